"""The exact model of ENGINE.md, "The plan", on HiGHS: one objective after the other, circles found and cut off.

A column x says whether a candidate is taken, a column z whether a rung (a competency at a level) is reached:

    z[c,l] <= sum of x over the candidates that can be the first to reach it      z[c,l+1] <= z[c,l]
    x[r]   <= z[p,m]   for every need (p, m) of r that is not held yet            hours, money <= what may be spent

z stands between x and x of the model as written there: with whole x it says the same, with one row a need.
Objectives are whole numbers and every answer is counted again in whole numbers, so that no tolerance decides a tie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, gcd, inf
from typing import Any

from tracker.engine.plan.ask import Mode
from tracker.engine.plan.problem import Candidate, Problem, Rung

Terms = Mapping[int, int]  # column -> coefficient
_NEARLY = 1e-6  # how far HiGHS may miss a whole number


class SolverMissingError(Exception):
    """highspy is not installed."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a solve is: seconds of the solver so far, the best found and the best possible of one objective."""

    seconds: float
    best: float
    possible: float


Watch = Callable[[Bounds], None]


@dataclass(frozen=True, slots=True)
class Optimum:
    """What the solver found. `chosen`: positions of candidates; None where it found nothing in time.

    `bound`: the most points (mode most) or the fewest hours (mode shortest) that any plan can have; None where the time
    was over before there was one. `is_proven` only where the ties are proven too. `is_possible` is False where it is
    proven that no plan reaches the goal. `seconds`: what the solver took.
    """

    chosen: tuple[int, ...] | None
    bound: Fraction | None
    is_proven: bool
    is_possible: bool = True
    seconds: float = 0.0


@dataclass(slots=True)
class _Row:
    lower: float
    upper: float
    terms: Terms


@dataclass(frozen=True, slots=True)
class _Objective:
    """A sum over columns, to be made large or small. `step`: its values are multiples of it."""

    terms: Terms
    is_to_grow: bool = False

    @property
    def step(self) -> int:
        return gcd(*self.terms.values()) or 1

    def value(self, columns: Iterable[int]) -> int:
        return sum(self.terms.get(column, 0) for column in columns)


@dataclass(frozen=True, slots=True)
class _Answer:
    """`columns` set to one, None if there is no such solution (yet); `bound` of the objective."""

    columns: frozenset[int] | None
    bound: float
    is_proven: bool


@dataclass(slots=True)
class _Model:
    """The rows so far, and the seconds that are left."""

    problem: Problem
    seconds: float
    watch: Watch | None
    rows: list[_Row] = field(default_factory=list)
    start: frozenset[int] = frozenset()
    used: float = 0.0

    @property
    def rung_column(self) -> dict[Rung, int]:
        first = len(self.problem.candidates)
        return {rung: first + i for i, rung in enumerate(self.problem.rungs)}

    @property
    def width(self) -> int:
        return len(self.problem.candidates) + len(self.problem.rungs)

    def at_most(self, terms: Terms, upper: float) -> None:
        self.rows.append(_Row(-inf, upper, terms))

    def at_least(self, terms: Terms, lower: float) -> None:
        self.rows.append(_Row(lower, inf, terms))

    def with_rungs(self, chosen: Iterable[int]) -> frozenset[int]:
        """The columns set to one where these candidates are taken."""
        chosen = tuple(chosen)
        levels = self.problem.after(chosen)
        return frozenset(chosen) | {column for (c, n), column in self.rung_column.items() if levels[c] >= n}

    def allows(self, columns: frozenset[int]) -> bool:
        """Whether every row holds where these columns are one and the others nought."""
        sums = (sum(n for column, n in row.terms.items() if column in columns) for row in self.rows)
        return all(row.lower <= held <= row.upper for row, held in zip(self.rows, sums, strict=True))

    def chosen(self, columns: frozenset[int]) -> tuple[int, ...]:
        return tuple(sorted(column for column in columns if column < len(self.problem.candidates)))


def best_plan(
    problem: Problem, mode: Mode, seconds: float, start: Sequence[int] = (), watch: Watch | None = None
) -> Optimum:
    """The best set of candidates, within so many seconds of the solver. `start`: a plan to begin from (positions).

    Raises SolverMissingError where highspy is not installed.
    """
    model = _Model(problem, seconds, watch)
    columns = model.rung_column
    _add_reach(model, columns)
    _add_purse(model)
    for position in problem.required:
        model.at_least({position: 1}, 1)
    points = _Objective({columns[rung]: weight for rung, weight in problem.worth.items()}, is_to_grow=True)
    objectives = [_hours(problem), _money_and_count(problem)]
    if mode is Mode.MOST:
        objectives.insert(0, points)
    else:
        _add_goal(model, columns, points)
        objectives.append(points)  # of plans alike in hours, money and count the one that gives most
    model.start = model.with_rungs(start) if start else frozenset()
    return _in_turn(model, objectives, mode)


def _add_reach(model: _Model, columns: Mapping[Rung, int]) -> None:
    for (competency, level), lifters in model.problem.lifters.items():
        column = columns[competency, level]
        model.at_most({column: 1, **dict.fromkeys(lifters, -1)}, 0)
        if above := columns.get((competency, level + 1)):
            model.at_most({above: 1, column: -1}, 0)
    for position, candidate in enumerate(model.problem.candidates):
        for need in candidate.needs.items():
            model.at_most({position: 1, columns[need]: -1}, 0)


def _add_purse(model: _Model) -> None:
    problem = model.problem
    if problem.purse.hours is not None:
        model.at_most(_hours(problem).terms, floor(problem.purse.hours * problem.hours_scale))
    if problem.purse.money is not None:
        terms = {i: int(c.cost * problem.money_scale) for i, c in enumerate(problem.candidates) if c.cost}
        model.at_most(terms, floor(problem.purse.money * problem.money_scale))


def _add_goal(model: _Model, columns: Mapping[Rung, int], points: _Objective) -> None:
    problem = model.problem
    missing = problem.goal.points - problem.held_points
    if missing > 0:
        model.at_least(points.terms, missing)
    for competency, target in problem.goal.musts.items():
        if target > problem.levels[competency]:
            model.at_least({columns[competency, target]: 1}, 1)


def _hours(problem: Problem) -> _Objective:
    return _Objective({i: int(c.hours * problem.hours_scale) for i, c in enumerate(problem.candidates)})


def _money_and_count(problem: Problem) -> _Objective:
    """Less money, then fewer resources, as one whole number: a resource more weighs less than the least money."""
    cents = [int(c.cost * problem.money_scale) for c in problem.candidates]
    unit = gcd(*cents) or 1
    most = len(problem.candidates) + 1
    return _Objective({i: cost // unit * most + 1 for i, cost in enumerate(cents)})


def _in_turn(model: _Model, objectives: list[_Objective], mode: Mode) -> Optimum:
    """Each objective at its best, the earlier ones held at theirs; proven only where each of them is.

    Once there is a plan, the rows that follow hold it at what it has: none of them can make it impossible.
    """
    first = objectives[0]
    found: frozenset[int] | None = None
    bound: int | None = None
    for objective in objectives:
        answer = _solved(model, objective)
        if objective is first:
            bound = _whole(answer.bound, objective.is_to_grow, objective.step)
        if answer.columns is None:
            is_impossible = answer.is_proven and found is None
            return _optimum(model, found, bound, mode, is_proven=is_impossible, is_possible=not is_impossible)
        found = answer.columns
        if not answer.is_proven:
            return _optimum(model, found, bound, mode, is_proven=False, is_possible=True)
        model.start = found
        value = objective.value(found)
        if objective.is_to_grow:
            model.at_least(objective.terms, value)
        else:
            model.at_most(objective.terms, value)
    return _optimum(model, found, bound, mode, is_proven=True, is_possible=True)


def _optimum(
    model: _Model, found: frozenset[int] | None, bound: int | None, mode: Mode, *, is_proven: bool, is_possible: bool
) -> Optimum:
    """`bound` as the mode counts it: points of the stage in all, or hours."""
    problem = model.problem
    counted = None
    if bound is not None:
        is_hours = mode is Mode.SHORTEST
        counted = Fraction(bound, problem.hours_scale) if is_hours else Fraction(problem.held_points + bound)
    return Optimum(None if found is None else model.chosen(found), counted, is_proven, is_possible, model.used)


def _whole(bound: float, is_to_grow: bool, step: int) -> int | None:
    """The nearest value that the objective can really have, on the safe side of what the solver proved."""
    if bound in (inf, -inf):
        return None
    return step * (floor(bound / step + _NEARLY) if is_to_grow else ceil(bound / step - _NEARLY))


def _solved(model: _Model, objective: _Objective) -> _Answer:
    """The best solution that has an order: what waits for itself is cut off, and the rest solved again."""
    orderly: frozenset[int] | None = None
    while True:
        answer = _solved_once(model, objective)
        if answer.columns is None:
            is_impossible = answer.is_proven and orderly is None
            return answer if is_impossible else _Answer(orderly, answer.bound, is_proven=False)
        chosen = model.chosen(answer.columns)
        stuck = model.problem.stuck(chosen)
        if not stuck:
            return answer
        if objective.is_to_grow and not set(stuck) & set(model.problem.required):
            rest = model.with_rungs(set(chosen) - set(stuck))  # a plan all the same, if not the best
            orderly = max((rest, orderly or rest), key=objective.value)
        if not answer.is_proven:
            return _Answer(orderly, answer.bound, is_proven=False)
        for terms in _cuts(model.problem, model.rung_column, chosen, stuck):
            model.at_most(terms, 0)


def _cuts(
    problem: Problem, columns: Mapping[Rung, int], chosen: tuple[int, ...], stuck: tuple[int, ...]
) -> Iterator[Terms]:
    """Rows that no plan with an order breaks, and the chosen one does.

    Take any set of rungs. The first candidate of a plan that reaches one of them needs none of them: so a rung of the
    set is reached only if a candidate is taken that enters the set from outside. Around each need that the stuck ones
    are left with there is such a set that none of the chosen enters. (For the set of all that is left unmet this
    implies the cut of ENGINE.md; a set as small as can be says more.)
    """
    levels = problem.after(set(chosen) - set(stuck))
    unmet = {p: [need for need in problem.candidates[p].needs.items() if levels[need[0]] < need[1]] for p in stuck}
    for start in sorted({need for needs in unmet.values() for need in needs}):
        lowest = _closed_off(problem, stuck, unmet, start)
        entering = [i for i, c in enumerate(problem.candidates) if _enters(c, lowest)]
        yield {columns[start]: 1, **dict.fromkeys(entering, -1)}


def _closed_off(
    problem: Problem, stuck: tuple[int, ...], unmet: Mapping[int, list[Rung]], start: Rung
) -> dict[str, int]:
    """Competency -> lowest level of a set of rungs around `start` that no stuck candidate enters from outside."""
    lowest = dict([start])
    while entering := [p for p in stuck if _enters(problem.candidates[p], lowest)]:
        competency, level = unmet[entering[0]][0]
        lowest[competency] = min(level, lowest.get(competency, level))
    return lowest


def _enters(candidate: Candidate, lowest: Mapping[str, int]) -> bool:
    """Whether it reaches a rung of the set (from the lowest level of each competency on) and needs none of them."""
    if any(c in lowest and level >= lowest[c] for c, level in candidate.needs.items()):
        return False
    return any(c in lowest and reached >= lowest[c] for c, reached in candidate.reaches.items())


def _solved_once(model: _Model, objective: _Objective) -> _Answer:
    if not model.width:
        return _trivial(model)
    highspy, solver = _new_solver(model)
    solver.passModel(_matrix(highspy, model, objective))
    if model.start:
        _begin_from(highspy, solver, model)
    if model.watch:
        watch, used = model.watch, model.used
        solver.cbMipLogging.subscribe(
            lambda e: watch(
                Bounds(used + e.data_out.running_time, e.data_out.mip_primal_bound, e.data_out.mip_dual_bound)
            )
        )
    solver.run()
    model.used += solver.getRunTime()
    answer = _answer(highspy, solver, objective)
    if answer.is_proven and answer.columns is None and model.allows(model.start):
        return _Answer(None, -inf if not objective.is_to_grow else inf, is_proven=False)  # it missed what is known
    return answer


def _trivial(model: _Model) -> _Answer:
    """No column at all: the empty plan, where every row allows it."""
    is_allowed = all(row.lower <= 0 <= row.upper for row in model.rows)
    return _Answer(frozenset() if is_allowed else None, 0, is_proven=True)


def _new_solver(model: _Model) -> tuple[Any, Any]:
    try:
        import highspy
    except ImportError as error:
        raise SolverMissingError("The solver (the package highspy) is not installed.") from error
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, bool | int | float] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,  # objectives are whole numbers
        "mip_feasibility_tolerance": 1e-8,
        "primal_feasibility_tolerance": 1e-8,
        "time_limit": max(0.001, model.seconds - model.used),
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return highspy, solver


def _matrix(highspy: Any, model: _Model, objective: _Objective) -> Any:
    import numpy

    lp = highspy.HighsLp()
    candidates = len(model.problem.candidates)
    lp.num_col_, lp.num_row_ = model.width, len(model.rows)
    lp.sense_ = highspy.ObjSense.kMaximize if objective.is_to_grow else highspy.ObjSense.kMinimize
    lp.col_cost_ = numpy.array([objective.terms.get(i, 0) for i in range(model.width)], dtype=numpy.double)
    lp.col_lower_ = numpy.zeros(model.width)
    lp.col_upper_ = numpy.ones(model.width)
    lp.row_lower_ = numpy.array([row.lower for row in model.rows], dtype=numpy.double)
    lp.row_upper_ = numpy.array([row.upper for row in model.rows], dtype=numpy.double)
    # With whole x every z is whole by itself; named as implied integers they once led HiGHS 1.15 past an optimum.
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger if i < candidates else kinds.kContinuous for i in range(model.width)]
    entries = [sorted(row.terms.items()) for row in model.rows]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = numpy.cumsum([0, *map(len, entries)]).astype(numpy.int32)
    lp.a_matrix_.index_ = numpy.array([column for row in entries for column, _ in row], dtype=numpy.int32)
    lp.a_matrix_.value_ = numpy.array([value for row in entries for _, value in row], dtype=numpy.double)
    return lp


def _begin_from(highspy: Any, solver: Any, model: _Model) -> None:
    solution = highspy.HighsSolution()
    solution.col_value = [1.0 if column in model.start else 0.0 for column in range(model.width)]
    solver.setSolution(solution)


def _answer(highspy: Any, solver: Any, objective: _Objective) -> _Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    statuses = highspy.HighsModelStatus
    if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):
        return _Answer(None, inf, is_proven=True)
    columns = None
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        values = solver.getSolution().col_value
        columns = frozenset(column for column, value in enumerate(values) if value > 0.5)
    if columns is None or status != statuses.kOptimal:
        return _Answer(columns, info.mip_dual_bound, is_proven=False)
    return _Answer(columns, info.mip_dual_bound, is_proven=_is_met(objective, columns, info.mip_dual_bound))


def _is_met(objective: _Objective, columns: frozenset[int], bound: float) -> bool:
    """Whether what was found, counted again in whole numbers, is the best that the bound leaves room for."""
    return abs(bound - objective.value(columns)) < objective.step
