"""Is it getting better: readiness over time, hours, levels, the log, and undo."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tracker.models import Event
from tracker.queries.history import heat_rows, read_log, read_months, read_points, readiness_chart
from tracker.services.history import UndoError, event_undo
from tracker.views.access import get_owned, members_only, person_of
from tracker.views.outcomes import tell

RANGES = {"3": _("3 months"), "12": _("a year"), "": _("all of it")}


@require_safe
@members_only
def progress(request: HttpRequest) -> HttpResponse:
    """The whole history; `?stage=`, `?months=`, `?kind=` and `?page=` choose what of it."""
    person = person_of(request)
    stage = person.framework.stage.get(request.GET.get("stage", ""), person.focus)
    months = request.GET.get("months", "")
    kind = request.GET.get("kind", "")
    page, lines = read_log(person, stage.id, request.GET.get("page"), kind)
    points = read_points(person)
    context = {
        "person": person,
        "stage": stage,
        "ranges": RANGES,
        "months_chosen": months if months in RANGES else "",
        "kind": kind,
        "kinds": Event.Kind.choices,
        "page": page,
        "lines": lines,
        "chart": readiness_chart(points, stage.id, person.today, _begin(months, person.today)),
        "months": read_months(person, points),
        "heat": heat_rows(person, stage.id),
        "report": person.report(stage.id),
        "first": points[0] if points else None,
    }
    return render(request, "progress/progress.html", context)


@require_POST
@members_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what an event changed; what has changed since is said and left alone."""
    event = get_owned(Event, request.user, pk)
    try:
        outcome = event_undo(user=request.user, event=event)
    except UndoError as error:
        messages.warning(request, str(error))
    else:
        tell(request, outcome, person_of(request).focus.id)
    return redirect(_back(request))


def _begin(months: str, today: date) -> date | None:
    return today - timedelta(days=round(int(months) * 30.44)) if months in ("3", "12") else None


def _back(request: HttpRequest) -> str:
    """The page where the button stood, if it is one of ours."""
    came_from = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(came_from, allowed_hosts=hosts, require_https=request.is_secure()):
        return came_from
    return "/progress/"
