"""The whole picture on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.queries.adverts import FIT_WEIGHTS
from tracker.queries.kept import kept_of
from tracker.queries.report import report_page
from tracker.views.access import members_only, person_of, state_of


@require_safe
@members_only
def report(request: HttpRequest) -> HttpResponse:
    """A page made to be printed, for the stage in focus; `?stage=` for another."""
    page = report_page(person_of(request), kept_of(state_of(request)), request.GET.get("stage", ""))
    return render(request, "report/report.html", {"page": page, "weights": FIT_WEIGHTS})
