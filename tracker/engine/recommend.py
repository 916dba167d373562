"""What to do next: a sequence of resources, each the best once those before it are done. ENGINE.md, "Recommendations".

Gains are whole numbers (weight x levels) over the stage's total; ranks are compared exactly. A resource's gain never
rises while levels rise, so a heap whose top is checked before it is taken gives the same sequence as scoring all of
the catalogue again at each step, at a small part of the cost.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import islice

from tracker.engine.framework import Course, Framework, Resource


class Rank(StrEnum):
    """What makes a resource the best one: gain per hour (then gain), or gain alone."""

    PER_HOUR = "per hour"
    GAIN = "gain"


@dataclass(frozen=True, slots=True)
class Closing:
    """A competency taken from one level to another."""

    competency: str
    start: int
    reached: int


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the sequence. `points` of `total` is the gain; `rests_on` names earlier steps that made it ready."""

    resource: Resource
    points: int
    total: int
    closes: tuple[Closing, ...]
    rests_on: tuple[str, ...] = ()

    @property
    def gain(self) -> float:
        """Readiness that it adds, in [0, 1]."""
        return self.points / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Purse:
    """What may be spent: hours, and money in US dollars; None: no limit."""

    hours: Fraction | None = None
    money: Fraction | None = None

    def pays_for(self, resource: Resource) -> bool:
        return (self.hours is None or resource.hours <= self.hours) and (
            self.money is None or resource.cost <= self.money
        )

    def less(self, resource: Resource) -> Purse:
        """What is left after the resource."""
        return Purse(
            None if self.hours is None else self.hours - resource.hours,
            None if self.money is None else self.money - resource.cost,
        )


UNLIMITED = Purse()


def gain(framework: Framework, course: Course, levels: Mapping[str, int], targets: Mapping[str, int]) -> int:
    """Sum over what the course reaches of weight x levels gained, capped at the targets."""
    points = 0
    for c, reached in course.reaches:
        target = targets.get(c, 0)
        credited = reached if reached < target else target
        if credited > levels[c]:
            points += framework.weights[c] * (credited - levels[c])
    return points


def is_ready(course: Course, levels: Mapping[str, int]) -> bool:
    """Whether the person can start: every level that the course needs is there."""
    return _lacking(course, levels) is None


def _lacking(course: Course, levels: Mapping[str, int]) -> str | None:
    """A competency in which the course needs more than is there."""
    for c, level in course.needs:
        if levels[c] < level:
            return c
    return None


def sequence(
    framework: Framework,
    levels: Mapping[str, int],
    stage: str,
    *,
    courses: Collection[Course] | None = None,
    wanted: Mapping[str, int] | None = None,
    rank: Rank = Rank.PER_HOUR,
    purse: Purse = UNLIMITED,
    limit: int | None = None,
) -> tuple[Step, ...]:
    """The recommendations for the stage, in order, until none is left (or `limit` is reached).

    `levels`: competency -> level held. `courses`: what is left after a person's filters, all of the framework's by
    default. `wanted`: competency -> target that ranks the resources (the open musts, say); the stage's own by default.
    `purse`: what all steps together may take; at each step only what it still pays for is looked at.
    """
    targets = framework.targets[stage]
    courses = framework.courses if courses is None else courses
    found = _Sequence(framework, dict(levels), targets if wanted is None else wanted, rank, purse, _scale(courses))
    steps = found.run(courses, targets, framework.totals[stage])
    return tuple(islice(steps, limit))


def _scale(courses: Collection[Course]) -> int:
    """Gains per hour, times this and cut to whole numbers, keep their order and their ties: two different fractions
    whose denominators are n or less lie at least 1 / n^2 apart."""
    return max((c.resource.hours.numerator for c in courses), default=1) ** 2


class _Sequence:
    """The greedy sequence under way: levels so far, a heap of ready courses, and who waits for which competency."""

    def __init__(
        self,
        framework: Framework,
        levels: dict[str, int],
        wanted: Mapping[str, int],
        rank: Rank,
        purse: Purse,
        scale: int,
    ) -> None:
        self.framework = framework
        self.levels = levels
        self.wanted = wanted
        self.rank = rank
        self.purse = purse
        self.scale = scale
        self.heap: list[tuple[int, int, Fraction, str, Course]] = []
        self.waiting: defaultdict[str, list[Course]] = defaultdict(list)
        self.raised_by: dict[str, str] = {}

    def run(self, courses: Collection[Course], targets: Mapping[str, int], total: int) -> Iterator[Step]:
        for course in courses:
            self._offer(course)
        while best := self._best():
            self.purse = self.purse.less(best.resource)
            points = gain(self.framework, best, self.levels, targets)
            rests_on = sorted({self.raised_by[c] for c, _ in best.needs if c in self.raised_by})
            closes = tuple(self._take(best, targets))
            yield Step(best.resource, points, total, closes, tuple(rests_on))

    def _offer(self, course: Course) -> None:
        """Put the course on the heap if it is ready and gains, else where what it lacks will find it."""
        lacking = _lacking(course, self.levels)
        if lacking is not None:
            self.waiting[lacking].append(course)
        elif points := gain(self.framework, course, self.levels, self.wanted):
            heapq.heappush(self.heap, (*self._key(course, points), course))

    def _key(self, course: Course, points: int) -> tuple[int, int, Fraction, str]:
        resource = course.resource
        worth = points
        if self.rank is Rank.PER_HOUR:
            worth = points * resource.hours.denominator * self.scale // resource.hours.numerator
        return (-worth, -points, resource.cost, resource.id)

    def _best(self) -> Course | None:
        """The course that ranks first at the levels of now."""
        while self.heap:
            _, negative_points, _, _, course = heapq.heappop(self.heap)
            if not self.purse.pays_for(course.resource):
                continue  # and never will: what is left only falls
            points = gain(self.framework, course, self.levels, self.wanted)
            if points == -negative_points:
                return course
            if points:
                heapq.heappush(self.heap, (*self._key(course, points), course))
        return None

    def _take(self, course: Course, targets: Mapping[str, int]) -> Iterator[Closing]:
        """Assume what the course reaches; yields what that closes of the stage's gaps."""
        for c, reached in course.reaches:
            held = self.levels[c]
            if reached <= held:
                continue
            if targets.get(c, 0) > held:
                yield Closing(c, held, reached)
            self.levels[c] = reached
            self.raised_by[c] = course.resource.id
            for waiting in self.waiting.pop(c, ()):
                self._offer(waiting)
