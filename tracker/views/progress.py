"""Is it getting better: readiness over time, hours, levels, the log, and undo."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from tracker.models import Event
from tracker.pictures import heat_maps
from tracker.queries.history import log_lines, read_log_page, read_months_and_news, read_standings, readiness_chart
from tracker.queries.pace import forecast_of, pace_page, read_logged
from tracker.services.history import UndoError, event_undo, undoable
from tracker.services.people import visit_note
from tracker.views.access import get_owned, members_only, person_of
from tracker.views.back import came_from
from tracker.views.outcomes import tell
from tracker.views.solves import ask_usual, hours_left

RANGES = {"3": _("3 months"), "12": _("a year"), "": _("all of it")}


@require_safe
@members_only
def progress(request: HttpRequest) -> HttpResponse:
    """The whole history; `?stage=`, `?months=`, `?weeks=`, `?kind=` and `?page=` choose what of it."""
    person = person_of(request)
    visit_note(preferences=person.preferences)
    stage = person.framework.stage.get(request.GET.get("stage", ""), person.focus)
    months = request.GET.get("months", "")
    kind = request.GET.get("kind", "")
    standings = read_standings(person)
    page = read_log_page(person, request.GET.get("page"), kind)
    logged = read_logged(person)
    by_month, news = read_months_and_news(person, standings, stage.id, logged.spent)
    report = person.report(stage.id)
    shortest = ask_usual(request, person)
    context = {
        "person": person,
        "stage": stage,
        "ranges": RANGES,
        "months_chosen": months if months in RANGES else "",
        "kind": kind if kind in Event.Kind.values else "",
        "kinds": _kinds({s.kind for s in standings}),
        "page": page,
        "lines": log_lines(person, page, standings, stage.id, undoable(person.preferences, page)),
        "chart": readiness_chart(standings, stage.id, person.today, _begin(months, person.today)),
        "months": by_month,
        "pace": pace_page(person, logged, hours_left(shortest), shows_all=request.GET.get("weeks") == "all"),
        "is_waited_for": shortest is not None and shortest.is_waited_for,
        "news": news,
        "heat": heat_maps(report, person.framework.areas),
        "report": report,
        "first": standings[0] if standings else None,
        "first_claimed": standings[0].of(stage.id)[0] if standings else 0.0,
    }
    return render(request, "progress/progress.html", context)


@require_safe
@members_only
def forecast(request: HttpRequest) -> HttpResponse:
    """The forecast alone, asked again until the shortest way is known; a plain request goes to its page."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('tracker:progress')}#forecast")
    person = person_of(request)
    shortest = ask_usual(request, person)
    context = {
        "line": forecast_of(person, hours_left(shortest)),
        "is_waited_for": shortest is not None and shortest.is_waited_for,
    }
    return render(request, "progress/_forecast.html", context)


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
    if request.headers.get("HX-Request"):
        return HttpResponseClientRefresh()
    return redirect(came_from(request, reverse("tracker:progress")))


def _kinds(present: set[str]) -> list[tuple[str, str]]:
    """The kinds of events that the log holds, with their names."""
    return [(value, str(label)) for value, label in Event.Kind.choices if value in present]


def _begin(months: str, today: date) -> date | None:
    return today - timedelta(days=round(int(months) * 30.44)) if months in ("3", "12") else None
