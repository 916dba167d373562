"""What the plan is worth, and how long it takes: `python -m tests.bench.bench_plan`.

The shortest way against following the recommendations until the stage is reached and against a greedy that closes the
musts first; the most progress against the recommendations within the same hours; then made-up catalogues: how far from
proven at the limit, and whether any step of a thousand plans on a university's course graph comes before what it needs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from fractions import Fraction

from tests.bench.bench_engine import AS_OF, architect, data_scientist
from tests.bench.catalogues import GOAL, tangled, university, with_goals
from tracker.engine.framework import Framework
from tracker.engine.gaps import open_musts
from tracker.engine.levels import Level, levels
from tracker.engine.plan import Ask, Mode, Plan, goal_of, make_plan
from tracker.engine.plan.ask import points_of
from tracker.engine.profile import Profile
from tracker.engine.recommend import Step, sequence
from tracker.interchange.shipped import shipped_framework

HOURS = (100, 200, 400, 800)
UNIVERSITY_GOALS = 1000

Held = dict[str, int]


def main() -> None:
    shipped = shipped_framework()
    people = {"nothing": Profile(), "data scientist": data_scientist(shipped), "architect": architect(shipped)}
    held = {
        name: {c: level.level for c, level in levels(shipped, profile, as_of=AS_OF).items()}
        for name, profile in people.items()
    }
    _shortest(shipped, held)
    _most(shipped, held)
    _tangled()
    _university()


def _shortest(framework: Framework, held: Mapping[str, Held]) -> None:
    print(f"\n{'shortest way':16}{'to':14}{'hours':>8}{'musts first':>13}{'as recommended':>16}{'proven':>8}{'s':>7}")
    for person, start in held.items():
        for stage in framework.stages:
            plan, seconds = _timed(framework, start, Ask(stage.id, Mode.SHORTEST))
            greedy = _musts_first(framework, start, stage.id)
            print(
                f"{person:16}{stage.id:14}{float(plan.hours):8,.0f}{_hours(greedy):>13}{_hours(plan.greedy_hours):>16}"
                f"{'yes' if plan.is_proven else 'no':>8}{seconds:7.2f}"
            )


def _most(framework: Framework, held: Mapping[str, Held]) -> None:
    stage = framework.last_stage.id
    print(f"\n{'most progress':16}{'hours':>8}{'readiness':>11}{'as recommended':>16}{'proven':>8}{'s':>7}")
    for person, start in held.items():
        for hours in HOURS:
            plan, seconds = _timed(framework, start, Ask(stage, Mode.MOST, hours=Fraction(hours)))
            print(
                f"{person:16}{hours:8}{100 * plan.after:11.2f}{100 * plan.greedy_after:16.2f}"
                f"{'yes' if plan.is_proven else 'no':>8}{seconds:7.2f}"
            )


def _tangled() -> None:
    print(f"\n{'1,000 x 150':16}{'asked':>20}{'proven':>8}{'from bound':>12}{'s':>7}")
    for seed in range(3):
        framework = tangled(seed)
        nobody = dict.fromkeys(framework.competency, 0)
        for hours in (None, 200, 800, 2000):
            ask = Ask(GOAL, Mode.SHORTEST) if hours is None else Ask(GOAL, Mode.MOST, hours=Fraction(hours))
            plan, seconds = _timed(framework, nobody, ask)
            asked = "the shortest way" if hours is None else f"most in {hours:,} h"
            print(
                f"catalogue {seed:<6}{asked:>20}{'yes' if plan.is_proven else 'no':>8}{_gap(plan):11.2%} {seconds:7.2f}"
            )


def _university() -> None:
    framework, dice = university(0), random.Random(0)
    names, nobody = sorted(framework.competency), dict.fromkeys(framework.competency, 0)
    begin, broken, proven = time.perf_counter(), 0, 0
    for _ in range(UNIVERSITY_GOALS):
        asked = with_goals(framework, set(dice.sample(names, dice.randint(1, 8))))
        plan = make_plan(asked, nobody, Ask(GOAL, Mode.SHORTEST))
        broken += out_of_order(asked, nobody, plan)
        proven += plan.is_proven and plan.reaches
    print(
        f"\na university's courses: {UNIVERSITY_GOALS:,} random goals, {proven:,} plans proven, "
        f"{broken} steps before what they need, {time.perf_counter() - begin:.0f} s"
    )


def out_of_order(framework: Framework, start: Mapping[str, int], plan: Plan) -> int:
    """Steps of the plan that are not ready when they start."""
    reached, courses, broken = dict(start), {c.resource.id: c for c in framework.courses}, 0
    for step in plan.steps:
        course = courses[step.resource.id]
        broken += any(reached[c] < level for c, level in course.needs)
        for c, level in course.reaches:
            reached[c] = max(reached[c], level)
    return broken


def _timed(framework: Framework, start: Held, ask: Ask) -> tuple[Plan, float]:
    begin = time.perf_counter()
    plan = make_plan(framework, start, ask)
    return plan, time.perf_counter() - begin


def _gap(plan: Plan) -> float:
    found = float(plan.hours) if plan.ask.mode is Mode.SHORTEST else plan.after
    return abs(float(plan.bound) - found) / float(plan.bound) if plan.bound else 0.0


def _musts_first(framework: Framework, start: Held, stage: str) -> Fraction | None:
    """Hours of the recommendations for the open musts until they are closed, then of those for the stage."""
    goal, held, hours = goal_of(framework, stage), dict(start), Fraction(0)
    musts = open_musts(framework, {c: Level(c, n, n) for c, n in held.items()}, stage)
    for wanted in (musts, framework.targets[stage]):
        for step in sequence(framework, held, stage, wanted=wanted):
            is_closed = wanted is musts and all(held[c] >= level for c, level in musts.items())
            if is_closed or goal.is_reached(points_of(framework, stage, held), held):
                break
            hours += step.resource.hours
            _take(framework, held, step)
    return hours if goal.is_reached(points_of(framework, stage, held), held) else None


def _take(framework: Framework, held: Held, step: Step) -> None:
    course = next(c for c in framework.courses if c.resource.id == step.resource.id)
    for c, level in course.reaches:
        held[c] = max(held[c], level)


def _hours(hours: Fraction | None) -> str:
    return "never" if hours is None else f"{float(hours):,.0f}"


if __name__ == "__main__":
    main()
