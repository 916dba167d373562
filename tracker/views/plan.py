"""The plan: the shortest way, the most progress, what would change it, and the one that is followed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from tracker.engine.plan import Mode
from tracker.forms.plan import PlanForm
from tracker.models import Plan as PlanRow
from tracker.models import Solve
from tracker.queries.moves import read_moves
from tracker.queries.pace import forecast_of
from tracker.queries.person import Person
from tracker.queries.plan import Options, question_of, read_skipped
from tracker.queries.plan_view import (
    PlanView,
    UnderWay,
    alternatives,
    difference,
    pictures_of,
    read_earlier_plans,
    read_under_way,
    under_way,
    week_rows,
)
from tracker.queries.what_if import useful_certificates
from tracker.services.plans import plan_accept, plan_close, step_skip, step_take_up
from tracker.services.solves import TooManySolvesError
from tracker.views.access import get_owned, members_only, person_of
from tracker.views.outcomes import tell
from tracker.views.solves import ask


@require_safe
@members_only
def plan(request: HttpRequest) -> HttpResponse:
    """The shortest way to the stage, and the plan that is asked for; solved elsewhere and shown when it is there."""
    person = person_of(request)
    form = PlanForm(person, request.GET)
    context: dict[str, Any] = {"person": person, "form": form, "present": read_under_way(person)}
    if not form.is_valid():
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(request.get_full_path())  # the errors stand beside the fields there
        return render(request, "plan/plan.html", {**context, "earlier": read_earlier_plans(person.user.pk)}, status=422)
    try:
        context |= _answers(request, person, form, context["present"])
    except TooManySolvesError as error:
        context["refused"] = str(error)
    if request.headers.get("HX-Target") == "answer":
        return render(request, "plan/_fragment.html", context)
    return render(request, "plan/plan.html", {**context, "earlier": read_earlier_plans(person.user.pk)})


def _answers(request: HttpRequest, person: Person, form: PlanForm, present: UnderWay | None) -> dict[str, Any]:
    options = form.options()
    shortest = ask(request, person, question_of(person, replace(options, mode=Mode.SHORTEST)))
    asked, refused = shortest, ""
    if options.mode is not Mode.SHORTEST:
        try:
            asked = ask(request, person, question_of(person, options))
        except TooManySolvesError as error:
            refused = str(error)
    found: dict[str, Any] = {
        "options": options,
        "refused": refused,
        "stage": person.framework.stage[options.stage],
        "shortest": shortest,
        "asked": asked,
        "query": form.query(),
        "is_waited_for": shortest.is_waited_for or asked.is_waited_for,
    }
    if asked.view:
        found["pictures"], found["week_rows"] = pictures_of(asked.view), week_rows(asked.view)
        found["forecast"] = forecast_of(person, shortest.view.plan.hours) if shortest.view else None
        found["moves"] = moves = read_moves(person, options.stage)
        found["roles"] = [(move.rule.id, move.rule.name) for move in (*moves.best, *moves.others)]
        found["changes"] = difference(present, asked.view) if present else None
        found["certificates"] = [(rule.id, rule.title) for rule in useful_certificates(person)]
        found["others"] = _others(person, asked.view)
        found["query_pairs"] = parse_qsl(found["query"])
        found["skipped"] = [person.framework.resource[key] for key in sorted(read_skipped(person.user.pk))]
    return found


def _others(person: Person, view: PlanView) -> list[tuple[str, str]]:
    """Courses that are not part of the plan and could be, by title."""
    taken = {step.resource.id for step in view.plan.steps} | person.snapshot.marks.finished
    courses = (c.resource for c in person.framework.courses if c.resource.id not in taken)
    return sorted(((r.id, r.title) for r in courses), key=lambda pair: pair[1].casefold())


@require_POST
@members_only
def accept(request: HttpRequest) -> HttpResponse:
    """Follow a plan that was solved for this person."""
    number = request.POST.get("solve", "")
    solve = get_owned(Solve, request.user, int(number) if number.isdecimal() and len(number) < 19 else 0)
    try:
        outcome = plan_accept(user=request.user, solve=solve, query=request.POST.get("query", "")[:2000])
    except ValueError as error:
        messages.error(request, str(error))
    else:
        tell(request, outcome, person_of(request).focus.id)
    return redirect(f"{reverse('tracker:plan')}#under-way")


@require_POST
@members_only
def close(request: HttpRequest) -> HttpResponse:
    """Follow no plan any more."""
    tell(request, plan_close(user=request.user), person_of(request).focus.id)
    return redirect("tracker:plan")


@require_POST
@members_only
def step(request: HttpRequest, key: str) -> HttpResponse:
    """Leave a step out of the plan, put another in its place, or take it up again."""
    person = person_of(request)
    if key not in person.framework.resource:
        raise Http404
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    if "take_up" in request.POST:
        outcome = step_take_up(user=request.user, resource=key)
    else:
        outcome = step_skip(user=request.user, resource=key)
    if (instead := request.POST.get("instead", "")) in person.framework.resource:
        query.appendlist("wanted", instead)
    tell(request, outcome, person.focus.id)
    return redirect(f"{reverse('tracker:plan')}?{query.urlencode()}#answer")


@require_safe
@members_only
def replace_step(request: HttpRequest, key: str) -> HttpResponse:
    """What could stand in the place of a step of the plan under way."""
    person = person_of(request)
    present = read_under_way(person)
    line = next((line for line in present.view.lines if line.step.resource.id == key), None) if present else None
    if present is None or line is None:
        raise Http404
    query = present.row.question.get("query", "")
    form = PlanForm(person, QueryDict(query))
    options = form.options() if form.is_valid() else Options(present.row.stage)
    context = {"person": person, "line": line, "query": query, "others": alternatives(person, line, options)}
    return render(request, "plan/replace.html", context)


@require_safe
@members_only
def earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan that was closed, as it was and as it stood then."""
    person = person_of(request)
    row = get_owned(PlanRow, request.user, pk)
    return render(request, "plan/earlier.html", {"person": person, "present": under_way(person, row)})
