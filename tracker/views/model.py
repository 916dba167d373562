"""The competency model, open to anyone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.queries.frameworks import current_framework
from tracker.queries.model import area_lines, stage_lines, weighting


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """The whole model at a glance, or one of its areas (`?area=`) with every statement."""
    framework = current_framework()
    if framework is None:
        return render(request, "model/none.html", status=503)
    lines = area_lines(framework)
    chosen = request.GET.get("area", "")
    if chosen and chosen not in framework.area:
        raise Http404
    context = {
        "framework": framework,
        "document": framework.document,
        "stages": stage_lines(framework),
        "areas": lines,
        "weighting": weighting(framework),
        "resources": sum(r.kind != "practice task" for r in framework.resources),
        "practice_tasks": sum(r.kind == "practice task" for r in framework.resources),
    }
    if chosen:
        area = next(line for line in lines if line.area.id == chosen)
        return render(request, "model/area.html", {**context, "line": area})
    return render(request, "model/model.html", context)
