"""From a question to a plan: solved and proven where the solver is there and in time, else the greedy sequence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from tracker.engine.framework import Course, Framework
from tracker.engine.plan.ask import Ask, Goal, Mode, after, goal_of, points_of
from tracker.engine.plan.order import PlanStep, laid_out, on_weeks
from tracker.engine.plan.problem import Problem, problem_of
from tracker.engine.plan.solver import Optimum, SolverMissingError, Watch, best_plan
from tracker.engine.recommend import Purse, Step, sequence

TIME_LIMIT = 20.0


class Source(StrEnum):
    """Where the steps come from."""

    SOLVER = "solver"
    GREEDY = "greedy"


class Obstacle(StrEnum):
    """Why a plan has no step, or does not get to its goal."""

    NONE = ""
    NOTHING_MISSING = "nothing missing"
    NOT_TAUGHT = "not taught"  # no resource that is left closes what is open
    PURSE = "purse"  # more hours or money would get further
    WANTED = "wanted"  # what was asked to be part of it cannot be started, or not be paid for


@dataclass(frozen=True, slots=True)
class Left:
    """A competency still below what the stage asks, and the reason: whether more hours or money could change it."""

    competency: str
    level: int
    target: int
    is_taught: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The best use of the hours and the money, and how far that is proven.

    Points are weight x level of `total`; readiness is their fraction. `bound`: the highest readiness (mode most), or
    the fewest hours (mode shortest), that any plan can have. `greedy_points`: what the same hours and money give when
    the recommendations are followed; `greedy_hours` (mode shortest): hours after which following them reaches the
    stage, None if that never happens.
    """

    ask: Ask
    goal: Goal
    steps: tuple[PlanStep, ...]
    source: Source
    is_proven: bool
    reaches: bool
    bound: Fraction
    points_before: int
    points_after: int
    greedy_points: int
    greedy_hours: Fraction | None
    left: tuple[Left, ...]
    obstacle: Obstacle = Obstacle.NONE

    @property
    def hours(self) -> Fraction:
        return sum((s.resource.hours for s in self.steps), Fraction(0))

    @property
    def cost(self) -> Fraction:
        return sum((s.resource.cost for s in self.steps), Fraction(0))

    @property
    def weeks(self) -> int:
        return max((s.last_week for s in self.steps), default=0)

    def readiness(self, points: int) -> float:
        """In [0, 1]; 1 where the stage asks nothing."""
        return points / self.goal.total if self.goal.total else 1.0

    @property
    def before(self) -> float:
        return self.readiness(self.points_before)

    @property
    def after(self) -> float:
        return self.readiness(self.points_after)

    @property
    def greedy_after(self) -> float:
        return self.readiness(self.greedy_points)


def make_plan(
    framework: Framework,
    levels: Mapping[str, int],
    ask: Ask,
    *,
    time_limit: float = TIME_LIMIT,
    watch: Watch | None = None,
) -> Plan:
    """The plan for the question, from the levels held (competency -> level).

    `time_limit`: seconds of the solver in all. Kept courses stand first and are taken as ready, for they were begun.
    """
    return _Planner(framework, levels, ask, time_limit, watch).plan()


def at_pace(plan: Plan, hours_a_week: Fraction) -> Plan:
    """The plan with so many hours a week instead: its steps stay, their weeks change.

    True to the question where the hours in all do not follow from those of a week: in mode shortest.
    """
    return replace(plan, ask=replace(plan.ask, hours_a_week=hours_a_week), steps=on_weeks(plan.steps, hours_a_week))


@dataclass(frozen=True, slots=True)
class _Picked:
    """Courses that were chosen, where from, and what is proven of them. `bound` as Plan has it, None: nothing known.
    `is_out_of_reach`: that no plan reaches the stage is proven."""

    courses: tuple[Course, ...]
    source: Source
    is_proven: bool = False
    bound: Fraction | None = None
    is_out_of_reach: bool = False


_IMPOSSIBLE = _Picked((), Source.SOLVER, is_proven=True)


class _Planner:
    """One question under way: kept courses done, the rest chosen from the levels that they leave."""

    def __init__(
        self, framework: Framework, levels: Mapping[str, int], ask: Ask, time_limit: float, watch: Watch | None
    ) -> None:
        self.framework = framework
        self.ask = ask
        self.levels = dict(levels)
        self.seconds = time_limit  # of the solver, all its solves together
        self.watch = watch
        choice = ask.choice(framework)
        self.kept = tuple(c for c in choice if c.resource.id in ask.kept)
        self.courses = tuple(c for c in choice if c.resource.id not in ask.kept)
        self.wanted = ask.wanted - ask.kept
        self.begun = after(self.levels, self.kept)
        self.purse = _paid(ask.purse, self.kept)
        self.goal = goal_of(framework, ask.stage)

    def plan(self) -> Plan:
        picked = self._most() if self.ask.mode is Mode.MOST else self._shortest()
        return self._plan(picked)

    # The two modes

    def _most(self) -> _Picked:
        problem = self._problem(self.purse)
        greedy = self._greedy(self.purse)
        optimum = self._solved(problem, Mode.MOST, greedy)
        if optimum is None:
            return _Picked(greedy, Source.GREEDY)
        if not optimum.is_possible:
            return _IMPOSSIBLE
        bound = self._share(optimum.bound)
        found = _courses(problem, optimum)
        if found is None or self._is_no_better(optimum, found, greedy):
            return _Picked(greedy, Source.GREEDY, bound=bound)
        return _Picked(found, Source.SOLVER, optimum.is_proven, bound)

    def _shortest(self) -> _Picked:
        if self._is_reached(()) and not self.ask.wanted:
            return _Picked((), Source.SOLVER, is_proven=True, bound=_hours(self.kept))
        problem = self._problem(self.purse)
        greedy = self._greedy_to_goal()
        optimum = self._solved(problem, Mode.SHORTEST, greedy or ())
        if optimum is None:
            return _Picked(greedy or self._greedy(self.purse), Source.GREEDY)
        if not optimum.is_possible:
            return self._as_far_as_it_goes(problem)
        bound = None if optimum.bound is None else optimum.bound + _hours(self.kept)
        found = _courses(problem, optimum)
        if found is None or (greedy and self._is_no_better(optimum, found, greedy)):
            return _Picked(greedy or self._greedy(self.purse), Source.GREEDY, bound=bound)
        return _Picked(found, Source.SOLVER, optimum.is_proven, bound)

    def _share(self, points: Fraction | None) -> Fraction | None:
        """Points as a readiness."""
        if points is None or not self.goal.total:
            return None if points is None else Fraction(1)
        return min(Fraction(1), Fraction(points, self.goal.total))

    def _as_far_as_it_goes(self, problem: Problem) -> _Picked:
        """No plan reaches the stage within the money: the highest readiness, in the fewest hours."""
        greedy = self._greedy(self.purse)
        optimum = self._solved(problem, Mode.MOST, greedy)
        if optimum is not None and not optimum.is_possible:
            return _IMPOSSIBLE
        found = _courses(problem, optimum) if optimum else None
        if optimum is None or found is None or self._is_no_better(optimum, found, greedy):
            return _Picked(greedy, Source.GREEDY, is_out_of_reach=True)
        return _Picked(found, Source.SOLVER, optimum.is_proven, is_out_of_reach=True)

    def _solved(self, problem: Problem, mode: Mode, start: Iterable[Course]) -> Optimum | None:
        """None where there is no solver."""
        if not problem.is_possible:
            return Optimum(None, Fraction(0), is_proven=True, is_possible=False)
        positions = {c.id: i for i, c in enumerate(problem.candidates)}
        begin = [positions[c.resource.id] for c in start if c.resource.id in positions]
        try:
            optimum = best_plan(problem, mode, self.seconds, begin, self.watch)
        except SolverMissingError:
            return None
        self.seconds = max(0.0, self.seconds - optimum.seconds)
        return optimum if optimum.is_proven or optimum.chosen is None else self._thinned(problem, mode, optimum)

    def _thinned(self, problem: Problem, mode: Mode, optimum: Optimum) -> Optimum:
        """What was found in time, without what it can do without."""
        chosen = optimum.chosen or ()
        points, musts = problem.points(chosen), self.goal.musts

        def is_enough(rest: list[int]) -> bool:
            if mode is Mode.MOST:
                return problem.points(rest) >= points
            levels = problem.after(rest)
            return problem.points(rest) >= self.goal.points and all(levels[c] >= t for c, t in musts.items())

        return replace(optimum, chosen=problem.thinned(chosen, is_enough))

    def _problem(self, purse: Purse) -> Problem:
        return problem_of(self.framework, self.begun, self.ask.stage, self.goal, purse, self.courses, self.wanted)

    # The recommendations, followed as they come

    def _sequence(self, purse: Purse) -> tuple[Step, ...]:
        return sequence(self.framework, self.begun, self.ask.stage, courses=self.courses, purse=purse)

    def _greedy(self, purse: Purse) -> tuple[Course, ...]:
        by_id = {c.resource.id: c for c in self.courses}
        return tuple(by_id[s.resource.id] for s in self._sequence(purse))

    def _greedy_to_goal(self) -> tuple[Course, ...] | None:
        """The recommendations within the budget, up to the one that reaches the stage; None if none does."""
        done: list[Course] = []
        for course in self._greedy(Purse(None, self.purse.money)):
            done.append(course)
            if self._is_reached(done):
                return tuple(done)
        return None

    # What a choice is worth

    def _levels(self, courses: Iterable[Course]) -> dict[str, int]:
        return after(self.begun, list(courses))

    def _points(self, courses: Iterable[Course]) -> int:
        return points_of(self.framework, self.ask.stage, self._levels(courses))

    def _is_reached(self, courses: Iterable[Course]) -> bool:
        courses = list(courses)
        return self.goal.is_reached(self._points(courses), self._levels(courses))

    def _is_no_better(self, optimum: Optimum, found: Iterable[Course], greedy: Iterable[Course]) -> bool:
        """Whether an unproven answer says no more than the recommendations, which then stand by their own name."""
        if optimum.is_proven or self.wanted:
            return False
        if self.ask.mode is Mode.SHORTEST and self._is_reached(found):
            return _hours(found) >= _hours(greedy)
        return self._worth(found) <= self._worth(greedy)

    def _worth(self, courses: Iterable[Course]) -> tuple[int, Fraction, Fraction]:
        """More is better: readiness, then fewer hours, then less money."""
        courses = list(courses)
        return self._points(courses), -_hours(courses), -_cost(courses)

    # The answer

    def _plan(self, picked: _Picked) -> Plan:
        chosen = picked.courses
        points, reaches = self._points(chosen), self._is_reached(chosen)
        hours = _hours((*self.kept, *chosen))
        is_shortest = self.ask.mode is Mode.SHORTEST
        greedy_to_goal = self._greedy_to_goal() if is_shortest and not self._is_reached(()) else ()
        same = Purse(_hours(chosen), self.purse.money) if is_shortest else self.purse
        return Plan(
            ask=self.ask,
            goal=self.goal,
            steps=laid_out(
                self.levels, self.kept, chosen, targets=self.framework.targets[self.ask.stage],
                weights=self.framework.weights, hours_a_week=self.ask.hours_a_week,
            ),
            source=picked.source,
            is_proven=picked.is_proven,
            reaches=reaches,
            bound=self._bound(picked, hours),
            points_before=points_of(self.framework, self.ask.stage, self.levels),
            points_after=points,
            greedy_points=self._points(self._greedy(same)),
            greedy_hours=None if greedy_to_goal is None or not is_shortest else _hours((*self.kept, *greedy_to_goal)),
            left=tuple(self._left(self._levels(chosen))),
            obstacle=self._obstacle(chosen, reaches, is_impossible=picked is _IMPOSSIBLE),
        )  # fmt: skip

    def _bound(self, picked: _Picked, hours: Fraction) -> Fraction:
        """Without anything proven: readiness 1, or no hour at all; for a stage out of reach the plan's own hours."""
        if self.ask.mode is Mode.SHORTEST:
            if picked.is_out_of_reach:
                return hours
            return _hours(self.kept) if picked.bound is None else picked.bound
        return Fraction(1) if picked.bound is None else picked.bound

    def _left(self, levels: Mapping[str, int]) -> Iterator[Left]:
        reachable = _reachable(self.begun, self.courses)
        for competency, target in sorted(self.framework.targets[self.ask.stage].items()):
            if levels[competency] < target:
                yield Left(competency, levels[competency], target, reachable[competency] > levels[competency])

    def _obstacle(self, chosen: tuple[Course, ...], reaches: bool, *, is_impossible: bool) -> Obstacle:
        if is_impossible and not self.wanted <= {c.resource.id for c in chosen}:
            return Obstacle.WANTED
        targets = self.framework.targets[self.ask.stage]
        levels = self._levels(chosen)
        missing = [c for c, target in targets.items() if levels[c] < target]
        if not missing and not chosen:
            return Obstacle.NOTHING_MISSING
        if reaches if self.ask.mode is Mode.SHORTEST else bool(chosen) or not missing:
            return Obstacle.NONE
        reachable = _reachable(self.begun, self.courses)
        return Obstacle.PURSE if any(reachable[c] > levels[c] for c in missing) else Obstacle.NOT_TAUGHT


def _paid(purse: Purse, kept: Iterable[Course]) -> Purse:
    """What is left once the kept courses are paid for; they stand even where they take more than there is."""
    for course in kept:
        purse = purse.less(course.resource)
    return Purse(
        None if purse.hours is None else max(purse.hours, Fraction(0)),
        None if purse.money is None else max(purse.money, Fraction(0)),
    )


def _courses(problem: Problem, optimum: Optimum) -> tuple[Course, ...] | None:
    if optimum.chosen is None:
        return None
    return tuple(problem.candidates[position].course for position in optimum.chosen)


def _hours(courses: Iterable[Course]) -> Fraction:
    return sum((c.resource.hours for c in courses), Fraction(0))


def _cost(courses: Iterable[Course]) -> Fraction:
    return sum((c.resource.cost for c in courses), Fraction(0))


def _reachable(levels: Mapping[str, int], courses: Iterable[Course]) -> dict[str, int]:
    """The levels when everything that can be started is done."""
    reached, waiting = dict(levels), list(courses)
    while ready := [c for c in waiting if all(reached[n] >= level for n, level in c.needs)]:
        reached = after(reached, ready)
        taken = {c.resource.id for c in ready}
        waiting = [c for c in waiting if c.resource.id not in taken]
    return reached
