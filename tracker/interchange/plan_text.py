"""The plan as text of 80 columns for a terminal: one sentence first, then the steps by week."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from tracker.engine.estimates import hours_range
from tracker.engine.framework import Framework, Milestone
from tracker.engine.plan import Mode, Obstacle, Plan, PlanStep, Source
from tracker.interchange.analysis import number

_WIDTH = 80
_MOST_LEFT = 15


def plan_text(framework: Framework, plan: Plan, milestones: Iterable[Milestone] = ()) -> str:
    """What the plan gives, how far that is proven, its steps, and what stays open."""
    sections = (
        _headline(framework, plan),
        _proof(plan),
        _steps(framework, plan),
        _left(framework, plan),
        _milestones(list(milestones)),
    )
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section)))


def _headline(framework: Framework, plan: Plan) -> Iterator[str]:
    stage = framework.stage[plan.ask.stage].name
    if not plan.steps:
        yield from _wrapped(_why_nothing(stage, plan.obstacle))
        return
    found = hours_range(framework, [s.resource for s in plan.steps])
    high = f"{number(found.high):,}" if found.high is not None else "more"
    what = f"{len(plan.steps)} steps of {number(plan.hours):,} h in all ({_money(plan)}, {plan.weeks} weeks)"
    if plan.ask.mode is Mode.SHORTEST and plan.reaches:
        says = f"The shortest way to {stage}: {what}." if plan.is_proven else f"A way to {stage}: {what}."
    else:
        says = f"With {what} you stand at {_points(plan.after)} of 100 for {stage}, from {_points(plan.before)}."
    doubt = "" if found.is_exact else f" Most hours are estimates: it may be {number(found.low):,} to {high} h."
    yield from _wrapped(says + doubt)
    if plan.ask.mode is Mode.SHORTEST and not plan.reaches:
        why = (
            f"No plan within the budget reaches {stage}"
            if plan.is_proven
            else f"No plan that reaches {stage} was found"
        )
        yield from _wrapped(f"{why}: this is as far as it goes.")


def _why_nothing(stage: str, obstacle: Obstacle) -> str:
    why = {
        Obstacle.NOTHING_MISSING: f"Nothing that study could give is missing for {stage}.",
        Obstacle.NOT_TAUGHT: f"No resource that is left closes what is open for {stage}.",
        Obstacle.PURSE: f"No resource that helps for {stage} fits into these hours and this money.",
        Obstacle.NONE: f"The competencies of {stage} are reached.",
    }
    return why[obstacle]


def _proof(plan: Plan) -> Iterator[str]:
    if plan.is_proven:
        yield "Proven: no plan does better."
    else:
        bound = (
            f"{number(plan.bound):,} h" if plan.ask.mode is Mode.SHORTEST else f"{_points(float(plan.bound))} of 100"
        )
        best = "no plan takes less than" if plan.ask.mode is Mode.SHORTEST else "no plan gives more than"
        source = "the recommendations as they come" if plan.source is Source.GREEDY else "the best plan found in time"
        yield from _wrapped(f"Not proven: these are {source}; {best} {bound}.")
    if plan.ask.mode is Mode.SHORTEST:
        if plan.greedy_hours is not None and plan.steps:
            yield f"Following the recommendations as they come takes {number(plan.greedy_hours):,} h."
    elif plan.steps:
        yield f"The recommendations as they come give {_points(plan.greedy_after)} for the same hours and money."


def _steps(framework: Framework, plan: Plan) -> Iterator[str]:
    for step in plan.steps:
        weeks = f"week {step.week}" if step.week == step.last_week else f"weeks {step.week}-{step.last_week}"
        yield from _wrapped(f"{weeks}: {step.resource.title}", "", "    ")
        cost = f"${number(step.resource.cost):,}" if step.resource.cost else "free"
        yield f"    {number(step.resource.hours):,} h, {cost}  [{step.resource.id}]"
        if step.closes:
            yield from _wrapped(f"closes {_closes(framework, step)}", "    ")
        if step.needs:
            titles = ", ".join(framework.resource[key].title for key in step.needs)
            yield from _wrapped(f"after {titles}", "    ")


def _closes(framework: Framework, step: PlanStep) -> str:
    return "; ".join(f"{framework.competency[c.competency].name} {c.start} to {c.reached}" for c in step.closes)


def _left(framework: Framework, plan: Plan) -> Iterator[str]:
    if not plan.left:
        return
    yield f"Still below the target afterwards: {len(plan.left)}"
    for gap in plan.left[:_MOST_LEFT]:
        why = "" if gap.is_taught else "  nothing left teaches it"
        name = framework.competency[gap.competency].name
        yield f"  {name if len(name) <= 44 else name[:41] + '...':44}  {gap.level} to {gap.target}{why}"
    if len(plan.left) > _MOST_LEFT:
        yield f"  and {len(plan.left) - _MOST_LEFT} more"


def _milestones(milestones: list[Milestone]) -> Iterator[str]:
    if milestones:
        yield f"Milestones that no course gives: {len(milestones)}"
        for milestone in milestones:
            yield from _wrapped(milestone.name, "  ", "    ")


def _money(plan: Plan) -> str:
    return f"about ${number(plan.cost):,}" if plan.cost else "free"


def _points(fraction: float) -> str:
    return f"{100 * fraction:.1f}"


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    following = first if rest is None else rest
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=following, break_on_hyphens=False)
