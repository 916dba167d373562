"""The question to the solver, without what cannot matter: every cut made here leaves the optimum as it is.

- A course matters if it raises a level that the goal, or another course that matters, asks for.
- A course that cannot start even when all others are done never starts.
- What a course reaches beyond anything asked for is cut down to it.
- Of two courses, where one asks no more, reaches no less and takes neither more hours nor more money, the other is
  never needed: in any plan the better one can stand in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from tracker.engine.framework import Course, Framework
from tracker.engine.plan.ask import Goal
from tracker.engine.recommend import Purse

Rung = tuple[str, int]  # a competency at a level


@dataclass(frozen=True, slots=True)
class Candidate:
    """A course as the solver sees it. `reaches` only what is asked for, `needs` only what is not held yet."""

    course: Course
    reaches: Mapping[str, int]
    needs: Mapping[str, int]

    @property
    def id(self) -> str:
        return self.course.resource.id

    @property
    def hours(self) -> Fraction:
        return self.course.resource.hours

    @property
    def cost(self) -> Fraction:
        return self.course.resource.cost


@dataclass(frozen=True)
class Problem:
    """Levels held, what is aimed at, what may be spent, and the candidates in the order of their ids.

    `wanted`: ids of candidates that must be taken.
    """

    levels: Mapping[str, int]
    targets: Mapping[str, int]
    weights: Mapping[str, int]
    goal: Goal
    purse: Purse
    candidates: tuple[Candidate, ...]
    wanted: frozenset[str] = frozenset()

    @cached_property
    def required(self) -> tuple[int, ...]:
        """Positions of the candidates that must be taken."""
        return tuple(i for i, c in enumerate(self.candidates) if c.id in self.wanted)

    @property
    def is_possible(self) -> bool:
        """Whether all that must be taken can be paid for and started at all."""
        return len(self.required) == len(self.wanted)

    @cached_property
    def rungs(self) -> tuple[Rung, ...]:
        """Every level above the one held that the targets or the candidates' needs ask for, from the lowest."""
        highest: defaultdict[str, int] = defaultdict(int)
        for asked in (self.targets, *(c.needs for c in self.candidates)):
            for competency, level in asked.items():
                highest[competency] = max(level, highest[competency])
        return tuple((c, level) for c in sorted(highest) for level in range(self.levels[c] + 1, highest[c] + 1))

    @cached_property
    def lifters(self) -> dict[Rung, tuple[int, ...]]:
        """Rung -> the positions of the candidates that can be the first to reach it."""
        found: dict[Rung, list[int]] = {rung: [] for rung in self.rungs}
        for position, candidate in enumerate(self.candidates):
            for competency, reached in candidate.reaches.items():
                lowest = max(self.levels[competency], candidate.needs.get(competency, 0))
                for level in range(lowest + 1, reached + 1):
                    if (competency, level) in found:
                        found[competency, level].append(position)
        return {rung: tuple(positions) for rung, positions in found.items()}

    @cached_property
    def held_points(self) -> int:
        """Points of the levels held."""
        return sum(self.weights[c] * min(self.levels[c], target) for c, target in self.targets.items())

    @cached_property
    def worth(self) -> dict[Rung, int]:
        """Rung -> the points that reaching it adds; only rungs up to the target."""
        return {(c, n): self.weights[c] for c, n in self.rungs if n <= self.targets.get(c, 0)}

    @cached_property
    def hours_scale(self) -> int:
        """Hours times this are whole."""
        return lcm(*(c.hours.denominator for c in self.candidates))

    @cached_property
    def money_scale(self) -> int:
        return lcm(*(c.cost.denominator for c in self.candidates))

    def after(self, chosen: Iterable[int]) -> dict[str, int]:
        """Competency -> level once the candidates at these positions are done; only where it is asked for."""
        found = dict(self.levels)
        for position in chosen:
            for c, reached in self.candidates[position].reaches.items():
                found[c] = max(found[c], reached)
        return found

    def points(self, chosen: Iterable[int]) -> int:
        """Points of the stage once these are done."""
        levels = self.after(chosen)
        return sum(self.weights[c] * min(levels[c], target) for c, target in self.targets.items())

    def thinned(self, chosen: Iterable[int], is_enough: Callable[[list[int]], bool]) -> tuple[int, ...]:
        """Without what can be left out, the longest first, while the rest has an order and is enough."""
        kept = sorted(set(chosen))
        for position in sorted(kept, key=lambda p: (-self.candidates[p].hours, p)):
            rest = [p for p in kept if p != position]
            if self.candidates[position].id not in self.wanted and is_enough(rest) and not self.stuck(rest):
                kept = rest
        return tuple(kept)

    def stuck(self, chosen: Iterable[int]) -> tuple[int, ...]:
        """Those of the chosen that never become ready, in whatever order; empty: the choice has one."""
        levels, waiting = dict(self.levels), list(chosen)
        while True:
            ready = [p for p in waiting if all(levels[c] >= n for c, n in self.candidates[p].needs.items())]
            if not ready:
                return tuple(waiting)
            for position in ready:
                for c, reached in self.candidates[position].reaches.items():
                    levels[c] = max(levels[c], reached)
            waiting = [p for p in waiting if p not in set(ready)]


def problem_of(
    framework: Framework,
    levels: Mapping[str, int],
    stage: str,
    goal: Goal,
    purse: Purse,
    courses: Iterable[Course],
    wanted: frozenset[str] = frozenset(),
) -> Problem:
    """What is left to decide once all that cannot matter is gone."""
    targets = framework.targets[stage]
    affordable = [c for c in courses if purse.pays_for(c.resource)]
    startable = _startable(levels, affordable)
    asked = _asked(levels, targets, startable, wanted)
    cut = (_cut_down(course, levels, asked) for course in startable)
    candidates = _undominated([c for c in cut if c.reaches or c.id in wanted], wanted)
    in_order = tuple(sorted(candidates, key=lambda c: c.id))
    return Problem(levels, targets, framework.weights, goal, purse, in_order, wanted)


def _startable(levels: Mapping[str, int], courses: list[Course]) -> list[Course]:
    """Those that become ready when everything that is ready is done, again and again."""
    reached, found, waiting = dict(levels), [], courses
    while ready := [c for c in waiting if all(reached[n] >= level for n, level in c.needs)]:
        for course in ready:
            for c, level in course.reaches:
                reached[c] = max(reached[c], level)
        found += ready
        taken = {c.resource.id for c in ready}
        waiting = [c for c in waiting if c.resource.id not in taken]
    return found


def _asked(
    levels: Mapping[str, int], targets: Mapping[str, int], courses: list[Course], wanted: frozenset[str]
) -> dict[str, int]:
    """Competency -> the highest level above the one held that the targets ask for, or a course that matters."""
    asked = {c: target for c, target in targets.items() if target > levels[c]}
    waiting, is_growing = courses, True
    while is_growing:
        mattering = [c for c in waiting if c.resource.id in wanted or _raises(c, levels, asked)]
        taken = {c.resource.id for c in mattering}
        waiting = [c for c in waiting if c.resource.id not in taken]
        before = dict(asked)
        for course in mattering:
            for c, level in course.needs:
                if level > levels[c]:
                    asked[c] = max(level, asked.get(c, 0))
        is_growing = asked != before
    return asked


def _raises(course: Course, levels: Mapping[str, int], asked: Mapping[str, int]) -> bool:
    return any(min(reached, asked.get(c, 0)) > levels[c] for c, reached in course.reaches)


def _cut_down(course: Course, levels: Mapping[str, int], asked: Mapping[str, int]) -> Candidate:
    """Reaches up to what is asked for, and above what the course needs of the same competency; needs not held yet."""
    needs = {c: level for c, level in course.needs if level > levels[c]}
    reaches = {c: min(reached, asked.get(c, 0)) for c, reached in course.reaches}
    useful = {c: reached for c, reached in reaches.items() if reached > max(levels[c], needs.get(c, 0))}
    return Candidate(course, useful, needs)


def _undominated(candidates: list[Candidate], wanted: frozenset[str]) -> list[Candidate]:
    """What is wanted, and the rest without those in whose place another can always stand; of equals the first by id."""
    by_rung: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        for competency in candidate.reaches:
            by_rung[competency].append(candidate)
    kept = []
    for candidate in candidates:
        rarest = min((by_rung[c] for c in candidate.reaches), key=len, default=[])
        if candidate.id in wanted or not any(_stands_in_for(other, candidate) for other in rarest):
            kept.append(candidate)
    return kept


def _stands_in_for(other: Candidate, candidate: Candidate) -> bool:
    if other.hours > candidate.hours or other.cost > candidate.cost or other.id == candidate.id:
        return False
    if any(other.reaches.get(c, 0) < reached for c, reached in candidate.reaches.items()):
        return False
    if any(candidate.needs.get(c, 0) < level for c, level in other.needs.items()):
        return False
    is_same = (other.hours, other.cost, dict(other.reaches), dict(other.needs)) == (
        candidate.hours, candidate.cost, dict(candidate.reaches), dict(candidate.needs),
    )  # fmt: skip
    return not is_same or other.id < candidate.id
