"""Plans that a person accepts, follows and gives up; steps left out of them."""

from __future__ import annotations

from typing import Any

from tracker.engine.weeks import plan_begin
from tracker.models import Event, Plan, Resource, SkippedStep, Solve
from tracker.plan_form import plan_from_json
from tracker.queries.frameworks import framework_of, row_ids
from tracker.services.ledger import Change, Outcome, changing


def plan_accept(*, user: Any, solve: Solve, query: str) -> Outcome | None:
    """Follow the solved plan from this week on; the one under way is closed. `query`: the options that asked for it.

    None: it is followed already, begun this week. Raises ValueError where the question is not solved or the plan has
    no step.
    """
    if solve.user_id != user.pk:
        raise PermissionError("The plan belongs to another person.")
    if not solve.answer or not solve.answer["steps"]:
        raise ValueError("There is no plan to accept.")
    plan = plan_from_json(framework_of(solve.release_id), solve.question, solve.answer)
    title = f"Accepted a plan: {len(plan.steps)} steps, {float(plan.hours):g} h"
    with changing(user, kind=Event.Kind.PLAN, title=title, key=plan.ask.stage) as change:
        accepted = {
            "stage": plan.ask.stage,
            "question": {**solve.question, "query": query},
            "answer": solve.answer,
            "starts_on": plan_begin(change.today),
        }
        followed = Plan.objects.filter(user=user, closed_on=None).values(*accepted).first()
        if followed != accepted:
            _close(change)
            change.save(Plan(user=user, **accepted))
    return change.outcome


def plan_close(*, user: Any) -> Outcome | None:
    """Follow no plan any more; what was under way stays readable. None: there was none."""
    with changing(user, kind=Event.Kind.PLAN, title="Closed the plan") as change:
        _close(change)
    return change.outcome


def _close(change: Change) -> None:
    for row in Plan.objects.filter(user=change.user_id, closed_on=None):
        row.closed_on = change.today
        change.save(row)


def step_skip(*, user: Any, resource: str) -> Outcome | None:
    """Leave the resource out of the plan and of those that follow. Raises KeyError for one that the model lacks."""
    with changing(user, kind=Event.Kind.PLAN, title="", key=resource) as change:
        change.title = f"Left out of the plan: {change.framework.resource[resource].title}"
        row = Resource(id=row_ids(change.release_id, "resource")[resource], key=resource)
        if not SkippedStep.objects.filter(user=user, resource=row.pk).exists():
            change.save(SkippedStep(user=user, resource=row))
    return change.outcome


def step_take_up(*, user: Any, resource: str) -> Outcome | None:
    """Let a resource that was left out be planned again. None: it was not left out."""
    with changing(user, kind=Event.Kind.PLAN, title="", key=resource) as change:
        change.title = f"Back in the plan: {change.framework.resource[resource].title}"
        row = SkippedStep.objects.select_related("resource").filter(user=user, resource__key=resource).first()
        if row:
            change.delete(row)
    return change.outcome
