"""The plan beyond its laws: what stands where the solver is missing, late or finds no way; kept steps; weeks."""

from __future__ import annotations

import builtins
import random
from fractions import Fraction
from math import inf
from typing import Any

import pytest

from tests.bench.bench_plan import out_of_order
from tests.bench.catalogues import GOAL, tangled, university, with_goals
from tests.engine.builders import competency, course, framework, needs, stage
from tracker.engine.plan import Ask, Mode, Obstacle, Plan, Source, at_pace, make_plan
from tracker.engine.plan import planner as planner_module
from tracker.engine.plan import solver as solver_module
from tracker.engine.plan.solver import Optimum

# Gain per hour tempts to `bit`; the hours are spent best on `whole`.
TEMPTING = framework(
    competency("python", target=3),
    resources=(course("bit", ("python", 0, 1), hours="1"), course("whole", ("python", 0, 3), hours="4")),
)


def plan(found: Any, levels: dict[str, int] | None = None, **ask: Any) -> Plan:
    held = dict.fromkeys(found.competency, 0) | (levels or {})
    return make_plan(found, held, Ask(**{"stage": "goal", **ask}))


def ids(found: Plan) -> list[str]:
    return [step.resource.id for step in found.steps]


def test_the_best_use_of_the_hours_is_not_the_best_gain_an_hour_first() -> None:
    found = plan(TEMPTING, hours=Fraction(4))
    assert ids(found) == ["whole"]
    assert (found.points_after, found.greedy_points) == (3, 1)


def test_without_the_solver_the_recommendations_stand_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **options: Any) -> Any:
        if name == "highspy":
            raise ImportError(name)
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    most = plan(TEMPTING, hours=Fraction(4))
    assert (ids(most), most.source, most.is_proven, most.bound) == (["bit"], Source.GREEDY, False, 1)
    shortest = plan(TEMPTING, mode=Mode.SHORTEST)
    assert (ids(shortest), shortest.source, shortest.reaches) == (["bit", "whole"], Source.GREEDY, True)


@pytest.mark.parametrize("mode", Mode)
def test_at_the_limit_the_better_of_what_was_found_and_the_recommendations_stands(
    monkeypatch: pytest.MonkeyPatch, mode: Mode
) -> None:
    monkeypatch.setattr(planner_module, "best_plan", lambda *args: Optimum(None, Fraction(2), is_proven=False))
    found = plan(TEMPTING, mode=mode, hours=Fraction(4))
    assert (found.source, found.is_proven) == (Source.GREEDY, False)
    assert found.bound == (2 if mode is Mode.SHORTEST else Fraction(2, 3))


def test_a_stage_out_of_reach_gets_as_far_as_it_goes() -> None:
    found = framework(
        competency("python", target=3),
        competency("r", target=1),
        resources=(course("p", ("python", 0, 3)), course("dear", ("r", 0, 1), cost=Fraction(80))),
    )
    short = plan(found, mode=Mode.SHORTEST, budget=Fraction(50))
    assert (ids(short), short.reaches, short.is_proven, short.bound) == (["p"], False, True, 10)
    assert [(gap.competency, gap.is_taught) for gap in short.left] == [("r", True)]
    assert short.obstacle is Obstacle.PURSE and short.greedy_hours is None
    assert plan(found, mode=Mode.SHORTEST, budget=Fraction(80)).reaches


def test_what_the_catalogue_cannot_close_is_said() -> None:
    found = framework(competency("python", target=3), resources=(course("p", ("python", 0, 2)),))
    short = plan(found, mode=Mode.SHORTEST)
    assert short.obstacle is Obstacle.NOT_TAUGHT and [gap.is_taught for gap in short.left] == [False]


def test_nothing_missing_asks_for_nothing() -> None:
    found = plan(TEMPTING, {"python": 3}, mode=Mode.SHORTEST)
    assert (ids(found), found.is_proven, found.reaches, found.greedy_hours) == ([], True, True, 0)
    assert found.obstacle is Obstacle.NOTHING_MISSING and found.after == 1


def test_a_framework_that_asks_nothing_is_ready() -> None:
    found = plan(framework(competency("python", target=0)), hours=Fraction(10))
    assert (found.before, found.after, found.bound, found.steps) == (1, 1, 1, ())


def test_what_unlocks_the_longest_chain_comes_first() -> None:
    found = framework(
        competency("python", target=1),
        competency("a", target=1),
        competency("deep", target=2, prerequisites=needs("deep", 1, "python", 1)),
        resources=(
            course("a", ("a", 0, 1), hours="9"),
            course("z", ("python", 0, 1), hours="2"),
            course("y", ("deep", 0, 1), hours="5"),
            course("x", ("deep", 1, 2), hours="5"),
        ),
    )
    laid = plan(found, mode=Mode.SHORTEST, hours_a_week=Fraction(6))
    assert [(s.resource.id, s.needs, s.week, s.last_week) for s in laid.steps] == [
        ("z", (), 1, 1),
        ("y", ("z",), 1, 2),
        ("a", (), 2, 3),
        ("x", ("y", "z"), 3, 4),
    ]


def test_what_was_started_stays_and_stands_first() -> None:
    kept = plan(TEMPTING, hours=Fraction(4), kept=frozenset({"bit"}))
    assert [(s.resource.id, s.is_kept) for s in kept.steps] == [("bit", True)]
    longer = plan(TEMPTING, hours=Fraction(5), kept=frozenset({"bit"}))
    assert ids(longer) == ["bit", "whole"] and longer.hours == 5
    shortest = plan(TEMPTING, mode=Mode.SHORTEST, kept=frozenset({"bit"}))
    assert (ids(shortest), shortest.bound) == (["bit", "whole"], 5)


def test_a_kept_step_stands_even_where_it_takes_more_than_there_is() -> None:
    found = plan(TEMPTING, hours=Fraction(1), kept=frozenset({"whole"}))
    assert ids(found) == ["whole"] and found.after == 1


def test_a_circle_is_not_planned_and_an_outsider_opens_it() -> None:
    circle = (
        course("ab", ("a", 0, 2), ("b", 2, 3), hours="1", mode="practice"),
        course("ba", ("b", 0, 2), ("a", 2, 3), hours="1", mode="practice"),
    )
    both = (competency("a", target=3), competency("b", target=3))
    assert plan(framework(*both, resources=circle), hours=Fraction(99)).steps == ()
    opened = plan(framework(*both, resources=(*circle, course("b", ("b", 0, 2), hours="50"))), hours=Fraction(99))
    assert ids(opened) == ["b", "ab", "ba"]


def test_the_pass_mark_and_the_musts_end_the_shortest_way() -> None:
    found = framework(
        competency("must", target=1),
        competency("rest", target=4, weight=2),
        stages=(stage(pass_mark="0.5", musts=("must",)),),
        resources=(
            course("m", ("must", 0, 1), hours="30"),
            course("half", ("rest", 0, 2), hours="3"),
            course("all", ("rest", 2, 4), hours="1", mode="practice"),
        ),
    )
    short = plan(found, mode=Mode.SHORTEST)
    assert sorted(ids(short)) == ["half", "m"] and short.hours == 33


def test_no_step_comes_before_what_it_needs_on_a_universitys_course_graph() -> None:
    graph, dice = university(1), random.Random(1)
    nobody = dict.fromkeys(graph.competency, 0)
    for _ in range(20):
        asked = with_goals(graph, set(dice.sample(sorted(graph.competency), 6)))
        found = make_plan(asked, nobody, Ask(GOAL, Mode.SHORTEST))
        assert found.is_proven and found.reaches and out_of_order(asked, nobody, found) == 0


def test_a_plan_that_is_cut_short_by_the_clock_is_orderly_and_no_worse_than_the_recommendations() -> None:
    found = tangled(0, resources=300, competencies=60)
    nobody = dict.fromkeys(found.competency, 0)
    for ask in (Ask(GOAL, hours=Fraction(1500)), Ask(GOAL, Mode.SHORTEST)):
        late = make_plan(found, nobody, ask, time_limit=0.05)
        assert out_of_order(found, nobody, late) == 0
        if ask.mode is Mode.MOST:
            assert late.hours <= 1500 and late.points_after >= late.greedy_points
            assert late.bound >= Fraction(late.points_after, late.goal.total)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("is_proven", [True, False], ids=["said to be impossible", "out of time"])
def test_a_tie_that_was_not_solved_is_not_claimed_as_proven(
    monkeypatch: pytest.MonkeyPatch, mode: Mode, is_proven: bool
) -> None:
    real, answers = solver_module._solved_once, []

    def once(model: Any, objective: Any) -> Any:
        answers.append(real(model, objective) if not answers else solver_module._Answer(None, inf, is_proven))
        return answers[-1]

    monkeypatch.setattr(solver_module, "_solved_once", once)
    found = plan(TEMPTING, mode=mode, hours=Fraction(4))
    assert len(answers) == 2 and not found.is_proven
    assert "whole" in ids(found) and found.reaches
    assert found.bound == (4 if mode is Mode.SHORTEST else 1)


@pytest.mark.parametrize("mode", Mode)
def test_that_nothing_is_possible_is_not_believed_against_a_known_plan(
    monkeypatch: pytest.MonkeyPatch, mode: Mode
) -> None:
    monkeypatch.setattr(solver_module, "_answer", lambda *args: solver_module._Answer(None, inf, is_proven=True))
    found = plan(TEMPTING, mode=mode, hours=Fraction(4))
    assert (found.source, found.is_proven, found.obstacle) == (Source.GREEDY, False, Obstacle.NONE)


def test_a_best_that_does_not_meet_its_bound_is_not_proven() -> None:
    objective = solver_module._Objective({0: 4, 1: 6}, is_to_grow=True)
    taken = frozenset({0, 1})
    assert solver_module._is_met(objective, taken, 10.00001) and solver_module._is_met(objective, taken, 11.5)
    assert not solver_module._is_met(objective, taken, 12) and not solver_module._is_met(objective, taken, 8)
    assert not solver_module._is_met(objective, taken, inf)


def test_no_bound_is_claimed_where_the_time_was_over_before_there_was_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner_module, "best_plan", lambda *args: Optimum(None, None, is_proven=False))
    assert plan(TEMPTING, hours=Fraction(4)).bound == 1
    assert plan(TEMPTING, mode=Mode.SHORTEST).bound == 0


@pytest.mark.parametrize("hours_a_week", [Fraction(1), Fraction("2.5"), Fraction(8), Fraction(40)])
def test_another_pace_lays_the_same_steps_on_other_weeks(hours_a_week: Fraction) -> None:
    asked = plan(TEMPTING, mode=Mode.SHORTEST)
    assert at_pace(asked, hours_a_week) == plan(TEMPTING, mode=Mode.SHORTEST, hours_a_week=hours_a_week)


def test_a_step_that_rests_on_what_was_started_says_so() -> None:
    found = framework(
        competency("python", target=2),
        resources=(course("base", ("python", 0, 1)), course("next", ("python", 1, 2))),
    )
    laid = plan(found, mode=Mode.SHORTEST, kept=frozenset({"base"}))
    assert [(s.resource.id, s.needs) for s in laid.steps] == [("base", ()), ("next", ("base",))]
