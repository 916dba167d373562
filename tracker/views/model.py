"""The competency models, open to anyone; which of them a person aims at."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.models import Framework
from tracker.queries.frameworks import framework_of, loaded_frameworks, published_release
from tracker.queries.model import area_lines, stage_lines, weighting
from tracker.services.people import framework_choose, person_ensure
from tracker.views.access import may_add_frameworks, members_only


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """A whole model at a glance, or one of its areas (`?area=`) with every statement; `?framework=` another model than
    the one aimed at."""
    rows = loaded_frameworks()
    if not rows:
        return render(request, "model/none.html", status=503)
    target = person_ensure(user=request.user).framework.key if request.user.is_authenticated else ""
    row = _chosen(rows, request.GET.get("framework", ""), target)
    framework = framework_of(published_release(row))
    lines = area_lines(framework)
    chosen = request.GET.get("area", "")
    if chosen and chosen not in framework.area:
        raise Http404
    context = {
        "frameworks": rows,
        "may_add": may_add_frameworks(request.user),
        "target": target,
        "shown": row.key,
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


@require_POST
@members_only
def choose(request: HttpRequest) -> HttpResponse:
    """Aim at another model; all that is logged stays, and counts where the models share a skill."""
    row = _chosen(loaded_frameworks(), request.POST.get("framework", ""), "")
    framework_choose(preferences=request.preferences, framework=row)  # type: ignore[attr-defined]
    messages.success(request, _("You now aim at %(title)s. What you logged is all still there.") % {"title": row.title})
    return redirect("tracker:dashboard")


def _chosen(rows: list[Framework], key: str, target: str) -> Framework:
    """The model asked for, else the one aimed at, else the first; 404 for one that is not loaded."""
    wanted = key or target
    if not wanted:
        return rows[0]
    found = next((row for row in rows if row.key == wanted), None)
    if found is None and key:
        raise Http404
    return found or rows[0]
