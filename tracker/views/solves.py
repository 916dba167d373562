"""How pages ask the solver: the question's row and, once it is there, the plan on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest

from tracker.engine.weeks import plan_begin
from tracker.models import Solve
from tracker.plan_form import Question, plan_from_json
from tracker.queries.pace import weeks_off
from tracker.queries.person import Person
from tracker.queries.plan import default_options, question_of
from tracker.queries.plan_view import PlanView, plan_view
from tracker.services.solves import TooManySolvesError, solve_ask
from tracker.views.access import state_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way: its row, and the plan once it is there."""

    solve: Solve
    view: PlanView | None

    @property
    def is_failed(self) -> bool:
        return self.solve.status == Solve.Status.FAILED

    @property
    def is_waited_for(self) -> bool:
        return self.view is None and not self.is_failed


def ask(request: HttpRequest, person: Person, question: Question) -> Asked:
    """The question, asked once and looked at again. Raises TooManySolvesError."""
    release = state_of(request).release_id
    solve = solve_ask(user=person.user, release_id=release, question=question)
    if solve.answer is None:
        return Asked(solve, None)
    found = plan_from_json(person.framework, solve.question, solve.answer)
    return Asked(solve, plan_view(person, found, plan_begin(person.today), weeks_off(person.user.pk)))


def ask_usual(request: HttpRequest, person: Person) -> Asked | None:
    """The shortest way to the stage in focus by the person's settings; None where the hour's number is used up."""
    try:
        return ask(request, person, question_of(person, default_options(person)))
    except TooManySolvesError:
        return None


def hours_left(asked: Asked | None) -> Fraction | None:
    """Hours of the shortest way; None: not known yet, or there is no way that reaches."""
    view = asked.view if asked else None
    return view.plan.hours if view and view.plan.reaches else None
