"""Hours logged by one tap or as an entry with its day; weeks off."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tracker.forms.hours import HoursForm, WeekForm
from tracker.models import Effort
from tracker.queries.hours import read_entries, resource_choices
from tracker.queries.pace import pace_page, read_logged
from tracker.services.effort import EffortError, effort_change, effort_log, effort_remove
from tracker.services.ledger import Outcome
from tracker.services.weeks_off import WeekOffError, week_off_mark, week_off_take_back
from tracker.views.access import get_owned, members_only, person_of
from tracker.views.back import came_from
from tracker.views.outcomes import sentence, tell
from tracker.views.solves import ask_usual, hours_left


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def hours(request: HttpRequest) -> HttpResponse:
    """GET: every entry, and a form for one more. POST: log hours; a tap has only their number."""
    if request.method != "POST":
        return _entries(request, HoursForm(resources=resource_choices(person_of(request))))
    person = person_of(request)
    named = request.POST.get("resource", "")
    known = [named] if named in person.framework.resource else []
    form = HoursForm(request.POST, resources=resource_choices(person, *known))
    outcome = None
    if form.is_valid():
        outcome = _logged(request, form)
    if form.errors:
        return _changed(request, hours_form=form) if request.htmx else _entries(request, form, status=422)  # type: ignore[attr-defined]
    return _answer(request, outcome, reverse("tracker:hours"))


def _logged(request: HttpRequest, form: HoursForm) -> Outcome | None:
    """What was logged; None with an error beside its field where it cannot have been."""
    given = form.cleaned_data
    on = given["on"] or person_of(request).today
    try:
        return effort_log(user=request.user, on=on, hours=given["hours"], resource=given["resource"])
    except EffortError as error:
        form.add_error(error.field, str(error))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def hours_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, to be changed."""
    row = get_owned(Effort, request.user, pk)
    initial = {"hours": f"{row.hours.normalize():f}", "on": row.on.isoformat(), "resource": row.resource}
    choices = resource_choices(person_of(request), row.resource)
    form = HoursForm(request.POST or None, initial=initial, resources=choices)
    if form.is_valid():
        given = form.cleaned_data
        given["on"] = given["on"] or person_of(request).today
        try:
            outcome = effort_change(user=request.user, row=row, **given)
        except EffortError as error:
            form.add_error(error.field, str(error))
        else:
            return _answer(request, outcome, reverse("tracker:hours"), back=reverse("tracker:hours"))
    return render(request, "progress/entry.html", {"form": form, "row": row}, status=422 if form.errors else 200)


@require_POST
@members_only
def hours_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one entry; the message offers to bring it back."""
    outcome = effort_remove(user=request.user, row=get_owned(Effort, request.user, pk))
    return _answer(request, outcome, reverse("tracker:hours"), back=reverse("tracker:hours"))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def week_off(request: HttpRequest) -> HttpResponse:
    """POST: take the week of a day off (`off=`), or make it a week like others again (`on=`). GET: where they stand,
    as for one who loads the page of a refused day again."""
    if request.method != "POST":
        return redirect(f"{reverse('tracker:progress')}#weeks-off")
    act = week_off_take_back if "on" in request.POST else week_off_mark
    form = WeekForm({"day": request.POST.get("on") or request.POST.get("off")})
    outcome = None
    if form.is_valid():
        try:
            outcome = act(user=request.user, day=form.cleaned_data["day"])
        except WeekOffError as error:
            form.add_error("day", str(error))
    if form.errors:
        return _week_refused(request, form)
    return _answer(request, outcome, f"{reverse('tracker:progress')}#weeks-off")


def _week_refused(request: HttpRequest, form: WeekForm) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return _changed(request, week_form=form)
    return render(request, "progress/week_off.html", {"week_form": form}, status=422)


def _entries(request: HttpRequest, form: HoursForm, status: int = 200) -> HttpResponse:
    page, entries = read_entries(person_of(request), request.GET.get("page"))
    return render(request, "progress/hours.html", {"form": form, "page": page, "entries": entries}, status=status)


def _answer(request: HttpRequest, outcome: Outcome | None, otherwise: str, back: str = "") -> HttpResponse:
    """The pieces that changed, for htmx; else a message on the page where the button stood."""
    stage = person_of(request).focus.id
    if not request.htmx:  # type: ignore[attr-defined]
        tell(request, outcome, stage)
        return redirect(back or came_from(request, otherwise))
    said = sentence(outcome, stage) if outcome else _("Nothing changed.")
    undo = reverse("tracker:event_undo", args=[outcome.event.pk]) if outcome else ""
    return _changed(request, sentence=said, undo=undo)


def _changed(request: HttpRequest, **context: Any) -> HttpResponse:
    """This week's hours as they stand now; on Progress the picture, the forecast and the weeks off too."""
    stands_on = urlsplit(request.htmx.current_url or "")  # type: ignore[attr-defined]
    person, is_progress = person_of(request), stands_on.path == reverse("tracker:progress")
    shortest = ask_usual(request, person) if is_progress else None
    shows_all = "weeks=all" in stands_on.query
    found = {
        "pace": pace_page(person, read_logged(person), hours_left(shortest), shows_all=shows_all),
        "is_progress": is_progress,
        "is_waited_for": shortest is not None and shortest.is_waited_for,
    }
    return render(request, "progress/_changed.html", {**found, **context})
