"""What is ahead of the plan under way, as it is kept with a person's state: the dashboard then reads nothing more."""

from __future__ import annotations

from tracker.engine.framework import Framework
from tracker.models import Plan, SkippedStep, WeekOff
from tracker.state import Marks, PlanAhead, StepAhead

STEPS_KEPT = 12


def is_for(plan: Plan, framework: Framework) -> bool:
    """Whether the plan was made for that framework, whichever version of it."""
    made_for, *_version = plan.question.get("framework") or [framework.id]
    return bool(made_for == framework.id)


def read_plan_ahead(user_id: int, framework: Framework, marks: Marks) -> PlanAhead | None:
    """The next open steps of the plan under way, as far as the model has them. One query where there is no plan, else
    three."""
    row = Plan.objects.filter(user=user_id, closed_on=None).first()
    if row is None or row.stage not in framework.stage or not is_for(row, framework):
        return None
    skipped = set(SkippedStep.objects.filter(user=user_id).values_list("resource__key", flat=True))
    ahead = framework.resource.keys() - marks.finished - marks.dismissed - skipped
    steps = (StepAhead(s[0], s[4], s[5], s[8]) for s in row.answer["steps"] if s[0] in ahead)
    return PlanAhead(
        stage=row.stage,
        begin=row.starts_on,
        off=frozenset(WeekOff.objects.filter(user=user_id).values_list("week", flat=True)),
        steps=tuple(steps)[:STEPS_KEPT],
    )
