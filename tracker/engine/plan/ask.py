"""What is asked of a plan, and what it aims at. ENGINE.md, "The plan: proven, not guessed"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil

from tracker.engine.framework import Course, Framework
from tracker.engine.recommend import Purse


class Mode(StrEnum):
    """The largest readiness within hours and money, or the fewest hours that reach the stage within the money."""

    MOST = "most"
    SHORTEST = "shortest"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the planner.

    `hours` (mode most only) and `budget` (US dollars): None is no limit. `courses`: what is left after a person's
    filters, None for all of the framework's. `kept`: resource ids that stand in the plan first, whatever they bring
    (started ones, in a re-plan). `wanted`: ids that must be part of it, wherever they fit best. `hours_a_week` lays the
    steps on weeks.
    """

    stage: str
    mode: Mode = Mode.MOST
    hours: Fraction | None = None
    budget: Fraction | None = None
    courses: tuple[Course, ...] | None = None
    kept: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    hours_a_week: Fraction = Fraction(6)

    @property
    def purse(self) -> Purse:
        """What the plan may take: hours only where the mode has them given."""
        return Purse(self.hours if self.mode is Mode.MOST else None, self.budget)

    def choice(self, framework: Framework) -> tuple[Course, ...]:
        return framework.courses if self.courses is None else self.courses


@dataclass(frozen=True, slots=True)
class Goal:
    """What reaches a stage, of what study can give: so many points (weight x level, of `total`), and the musts of the
    stage and of the earlier ones, each at the highest target of those stages that make it one."""

    points: int
    total: int
    musts: Mapping[str, int]

    def is_reached(self, points: int, levels: Mapping[str, int]) -> bool:
        return points >= self.points and all(levels[c] >= target for c, target in self.musts.items())


def goal_of(framework: Framework, stage: str) -> Goal:
    musts: dict[str, int] = {}
    for s in framework.stages_until(stage):
        for competency in s.musts:
            musts[competency] = max(framework.target(s.id, competency), musts.get(competency, 0))
    total = framework.totals[stage]
    return Goal(ceil(framework.stage[stage].pass_mark * total), total, musts)


def points_of(framework: Framework, stage: str, levels: Mapping[str, int]) -> int:
    """Weight x level over what the stage asks, capped at its targets: readiness is this over the stage's total."""
    return sum(framework.weights[c] * min(levels[c], target) for c, target in framework.targets[stage].items())


def after(levels: Mapping[str, int], courses: tuple[Course, ...] | list[Course]) -> dict[str, int]:
    """The levels once the courses are done; what they themselves need is not looked at."""
    found = dict(levels)
    for course in courses:
        for c, reached in course.reaches:
            found[c] = max(found[c], reached)
    return found
