"""From nothing to a useful dashboard: what one brings, a card an area, a few questions, a target."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tracker.forms.importing import ACCEPTED
from tracker.forms.start import AnswerForm, CardsForm, DegreeLines, RoleLines, TargetForm
from tracker.matching import matcher_of
from tracker.models import Degree, Role
from tracker.queries.person import Person
from tracker.queries.start import proposed_target, read_answers, read_cards, read_logged, read_question, read_targets
from tracker.services import start as service
from tracker.services.ledger import Outcome
from tracker.services.people import preferences_update
from tracker.views.access import members_only, person_of

SKIPPED = "start_skipped"  # in the session: questions passed over


@members_only
def start(request: HttpRequest) -> HttpResponse:
    """Where the start was left; from the beginning where it was finished."""
    ahead = person_of(request).preferences.start_step
    return redirect("tracker:start_step", step=ahead if ahead < service.DONE else 1)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def step(request: HttpRequest, step: int) -> HttpResponse:
    """One step: shown, saved, or skipped."""
    if step not in _STEPS:
        raise Http404
    person = person_of(request)
    if request.method == "POST" and "skip" in request.POST:
        return _passed(person, step)
    return _STEPS[step](request, person)


def _passed(person: Person, step: int) -> HttpResponse:
    service.step_pass(preferences=person.preferences, step=step)
    return redirect("tracker:start_step", step=step + 1) if step < service.STEPS else redirect("tracker:dashboard")


def _page(request: HttpRequest, person: Person, step: int, status: int = 200, **context: object) -> HttpResponse:
    shown = {"person": person, "step": step, "steps": range(1, service.STEPS), **context}
    return render(request, f"start/step_{step}.html", shown, status=status)


def _history(request: HttpRequest, person: Person) -> HttpResponse:
    options = {"matcher": matcher_of(person.framework)}
    data = request.POST if request.method == "POST" else None
    degrees = DegreeLines(data, prefix="degrees", form_kwargs=options)
    roles = RoleLines(data, prefix="roles", form_kwargs=options)
    if data is None or not (degrees.is_valid() & roles.is_valid()):
        status = 200 if data is None else 422
        lines = {"degrees": degrees, "roles": roles, "logged": read_logged(person)}
        return _page(request, person, 1, status, accepted=ACCEPTED, **lines)
    typed = [form.row(person.user) for form in (*degrees, *roles) if form.has_changed()]
    if typed:
        outcome = service.history_add(user=person.user, rows=typed, title=_history_title(typed))
        _tell(request, outcome)
    return _passed(person, 1)


def _tell(request: HttpRequest, outcome: Outcome | None) -> None:
    """One short sentence: how many skills it moved, for a newcomer has no readiness in mind yet."""
    if outcome is None:
        return
    moved = len(outcome.levels_changed)
    said = ngettext("%d skill has a new level.", "%d skills have a new level.", moved) % moved
    undo = reverse("tracker:event_undo", args=[outcome.event.pk])
    messages.success(request, f"{outcome.event.title}. {said}", extra_tags=undo)


def _history_title(rows: list[Degree | Role]) -> str:
    degrees = sum(isinstance(row, Degree) for row in rows)
    roles = len(rows) - degrees
    parts = [ngettext("%d degree", "%d degrees", degrees) % degrees] if degrees else []
    parts += [ngettext("%d role", "%d roles", roles) % roles] if roles else []
    return _("Started: %s") % ", ".join(parts)


def _areas(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method != "POST":
        return _page(request, person, 2, cards=read_cards(person))
    form = CardsForm(person.framework, request.POST)
    if not form.is_valid():
        messages.error(request, _("A card named a stage that is not there. Choose again."))
        return _page(request, person, 2, 422, cards=read_cards(person))
    outcome = service.cards_set(person=person, cards=form.cards())
    _tell(request, outcome)
    return _passed(person, 2)


def _questions(request: HttpRequest, person: Person) -> HttpResponse:
    skipped = request.session.get(SKIPPED, [])
    if request.method != "POST":
        asked = read_question(person, skipped, again=request.GET.get("again", ""))
        return _page(request, person, 3, asked=asked, answers=read_answers(person))
    if "done" in request.POST:
        return _passed(person, 3)
    form = AnswerForm(person.framework, request.POST)
    if not form.is_valid():
        asked = read_question(person, skipped)
        return _page(request, person, 3, 422, asked=asked, answers=read_answers(person), errors=form.errors)
    competency, level = form.cleaned_data["competency"], form.cleaned_data["level"]
    if level is None:
        request.session[SKIPPED] = [*(c for c in skipped if c != competency), competency]
    else:
        service.question_answer(user=person.user, competency=competency, level=level)
    return redirect("tracker:start_step", step=3)


def _target(request: HttpRequest, person: Person) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = TargetForm(person.framework, data, instance=person.preferences, initial={"stage": _first_choice(person)})
    if data is None or not form.is_valid():
        status = 200 if data is None else 422
        return _page(request, person, 4, status, form=form, targets=read_targets(person))
    preferences_update(preferences=person.preferences, **form.cleaned_data)
    service.step_pass(preferences=person.preferences, step=4)
    messages.success(request, _("You are set. Every answer can be changed on its own, under Skills and Profile."))
    return redirect(reverse("tracker:dashboard"))


def _first_choice(person: Person) -> str:
    """The target to preselect: "the next one not reached" unless a missing milestone alone would put it too low."""
    proposed = proposed_target(person)
    return "" if not person.preferences.stage and proposed == person.snapshot.next_stage else proposed


_STEPS: dict[int, Callable[[HttpRequest, Person], HttpResponse]] = {
    1: _history,
    2: _areas,
    3: _questions,
    4: _target,
}
