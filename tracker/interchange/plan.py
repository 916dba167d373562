"""What `plan` prints: the engine's plan as `mlarch-plan/1`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.engine.estimates import Range, cost_range, hours_range
from tracker.engine.framework import Framework, Milestone
from tracker.engine.plan import Mode, Plan, PlanStep
from tracker.interchange.analysis import number

SCHEMA = "mlarch-plan/1"


def plan_document(
    framework: Framework, plan: Plan, as_of: date, milestones: Iterable[Milestone] = ()
) -> dict[str, Any]:
    """The plan in the shape of schemas/plan.schema.json; readiness in [0, 1], unrounded; hours and US dollars.

    `milestones`: those still open up to the stage, which no course gives.
    """
    resources = [step.resource for step in plan.steps]
    is_shortest = plan.ask.mode is Mode.SHORTEST
    return {
        "schema": SCHEMA,
        "framework": {"id": framework.id, "version": framework.version},
        "stage": plan.ask.stage,
        "as_of": as_of.isoformat(),
        "mode": plan.ask.mode.value,
        "status": "optimal" if plan.is_proven else "bounded",
        "source": plan.source.value,
        "reaches": plan.reaches,
        "bound": number(plan.bound) if is_shortest else float(plan.bound),
        "hours": number(plan.hours),
        "hours_range": _range(hours_range(framework, resources)),
        "cost": number(plan.cost),
        "cost_range": _range(cost_range(resources)),
        "weeks": plan.weeks,
        "readiness_before": plan.before,
        "readiness_after": plan.after,
        "greedy_readiness_after": plan.greedy_after,
        "greedy_hours": None if plan.greedy_hours is None else number(plan.greedy_hours),
        "steps": [_step(plan, step) for step in plan.steps],
        "left": [
            {"competency": gap.competency, "level": gap.level, "target": gap.target, "taught": gap.is_taught}
            for gap in plan.left
        ],
        "milestones": [m.id for m in milestones],
        "obstacle": plan.obstacle.value,
    }


def _step(plan: Plan, step: PlanStep) -> dict[str, Any]:
    return {
        "id": step.resource.id,
        "title": step.resource.title,
        "hours": number(step.resource.hours),
        "cost": number(step.resource.cost),
        "week": step.week,
        "last_week": step.last_week,
        "gain": step.points / plan.goal.total if plan.goal.total else 0.0,
        "closes": [{"competency": c.competency, "from": c.start, "to": c.reached} for c in step.closes],
        "needs": list(step.needs),
    }


def _range(found: Range) -> list[int | float | None]:
    return [number(found.low), None if found.high is None else number(found.high)]
