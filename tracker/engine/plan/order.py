"""The steps of a plan in an order in which each is ready when it starts, laid on weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from tracker.engine.framework import Course, Resource
from tracker.engine.recommend import Closing


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step: `start` and `end` in hours of the plan, `week` in which it starts and `last_week`, from 1.

    `closes`: what it closes of the stage's gaps; `needs`: ids of earlier steps that it rests on. `is_kept`: it stands
    there because it was started already.
    """

    resource: Resource
    start: Fraction
    week: int
    last_week: int
    closes: tuple[Closing, ...]
    needs: tuple[str, ...]
    points: int
    is_kept: bool = False

    @property
    def end(self) -> Fraction:
        return self.start + self.resource.hours


@dataclass(frozen=True, slots=True)
class _Placed:
    """A course in its place, and the ids of those before it that first brought what it needs."""

    course: Course
    needs: tuple[str, ...]


def in_order(levels: Mapping[str, int], courses: Iterable[Course], begun: Iterable[Course] = ()) -> tuple[_Placed, ...]:
    """Each ready when it starts, what unlocks the longest chain of hours first, then by id; `begun` is done before.

    Raises ValueError if there is no such order.
    """
    courses = sorted(courses, key=lambda c: c.resource.id)
    begun = tuple(begun)
    first = _placed(levels, courses, begun, {})
    return _placed(levels, courses, begun, _chains(first))


def _placed(
    levels: Mapping[str, int], courses: list[Course], begun: Iterable[Course], chains: Mapping[str, Fraction]
) -> tuple[_Placed, ...]:
    """Of those that are ready, always the one with the longest chain behind it."""
    reached, raised = dict(levels), _Raised()
    for done in begun:
        raised.take(done, reached)
    waiting = sorted(courses, key=lambda c: (-chains.get(c.resource.id, Fraction(0)), c.resource.id))
    placed: list[_Placed] = []
    while waiting:
        course = next((c for c in waiting if all(reached[n] >= level for n, level in c.needs)), None)
        if course is None:
            raise ValueError(f"No order: {', '.join(c.resource.id for c in waiting)} wait for each other.")
        waiting.remove(course)
        needs = {raised.by(c, n) for c, n in course.needs if n > levels[c]}
        placed.append(_Placed(course, tuple(sorted(needs))))
        raised.take(course, reached)
    return tuple(placed)


class _Raised:
    """Which course first brought a competency to a level."""

    def __init__(self) -> None:
        self._by: dict[tuple[str, int], str] = {}

    def take(self, course: Course, reached: dict[str, int]) -> None:
        """The course is done: `reached` rises to what it reaches."""
        for competency, level in course.reaches:
            for raised in range(reached[competency] + 1, level + 1):
                self._by[competency, raised] = course.resource.id
            reached[competency] = max(reached[competency], level)

    def by(self, competency: str, level: int) -> str:
        return self._by[competency, level]


def _chains(placed: tuple[_Placed, ...]) -> dict[str, Fraction]:
    """Course id -> the hours of the longest chain of later courses that rest on it."""
    chains = {p.course.resource.id: Fraction(0) for p in placed}
    for later in reversed(placed):
        resource = later.course.resource
        for earlier in (need for need in later.needs if need in chains):
            chains[earlier] = max(chains[earlier], chains[resource.id] + resource.hours)
    return chains


def laid_out(
    levels: Mapping[str, int],
    kept: Iterable[Course],
    chosen: Iterable[Course],
    *,
    targets: Mapping[str, int],
    weights: Mapping[str, int],
    hours_a_week: Fraction,
) -> tuple[PlanStep, ...]:
    """The steps one after the other, kept ones first, so that no week takes more hours than it has."""
    kept = sorted(kept, key=lambda c: c.resource.id)
    placed = (*(_Placed(course, ()) for course in kept), *in_order(levels, chosen, begun=kept))
    reached, hours, steps = dict(levels), Fraction(0), []
    for i, place in enumerate(placed):
        resource = place.course.resource
        closes = tuple(_closed(place.course, reached, targets))
        steps.append(
            PlanStep(
                resource=resource,
                start=hours,
                week=_first_week(hours, hours_a_week),
                last_week=_last_week(hours + resource.hours, hours_a_week),
                closes=closes,
                needs=place.needs,
                points=sum(weights[c.competency] * (min(c.reached, targets[c.competency]) - c.start) for c in closes),
                is_kept=i < len(kept),
            )
        )
        hours += resource.hours
        for c, level in place.course.reaches:
            reached[c] = max(reached[c], level)
    return tuple(steps)


def _closed(course: Course, levels: Mapping[str, int], targets: Mapping[str, int]) -> Iterator[Closing]:
    for c, reached in course.reaches:
        if reached > levels[c] and targets.get(c, 0) > levels[c]:
            yield Closing(c, levels[c], reached)


def on_weeks(steps: Iterable[PlanStep], hours_a_week: Fraction) -> tuple[PlanStep, ...]:
    """The same steps, laid on weeks of so many hours."""
    return tuple(
        replace(step, week=_first_week(step.start, hours_a_week), last_week=_last_week(step.end, hours_a_week))
        for step in steps
    )


def _first_week(start: Fraction, hours_a_week: Fraction) -> int:
    return floor(start / hours_a_week) + 1


def _last_week(end: Fraction, hours_a_week: Fraction) -> int:
    """The week in which the last hour falls; a week that ends with it is that week."""
    weeks = end / hours_a_week
    return max(1, floor(weeks) if weeks.denominator == 1 else floor(weeks) + 1)
