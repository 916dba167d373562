"""The laws of the plan, on small random catalogues, against every plan there is."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import given, target
from hypothesis import strategies as st

from tests.laws import brute_planner as brute
from tests.laws import reference_reading as reading
from tests.laws.strategies import Draw
from tracker.engine.framework import (
    Area,
    Competency,
    EvidenceRules,
    Framework,
    Prerequisite,
    Resource,
    Stage,
    Teaching,
)
from tracker.engine.plan import Ask, Mode, Obstacle, Plan, Source, make_plan

NAMES = ("a", "b", "c", "d")
HOURS = [Fraction(h) for h in ("0.5", "1", "1.5", "2", "3", "4", "7.3", "1/3")]
COSTS = [Fraction(0), Fraction(0), Fraction(50), Fraction("0.1"), Fraction(150)]
most_resources = st.integers(0, 8)
limits = st.none() | st.sampled_from([Fraction(h) for h in ("0", "1", "2.5", "4", "6", "9", "14")])
budgets = st.none() | st.sampled_from([Fraction(b) for b in ("0", "0.2", "50", "100", "250")])


@dataclass(frozen=True)
class Question:
    framework: Framework
    levels: dict[str, int]
    ask: Ask


@st.composite
def questions(draw: Draw) -> Question:
    """A few competencies that need each other, and resources that often unlock, repeat or wait for each other."""
    dice = random.Random(draw(st.integers(0, 2**32 - 1)))
    names = NAMES[: draw(st.integers(1, 4))]
    stages = ("one", "two")[: draw(st.integers(1, 2))]
    competencies = []
    for i, name in enumerate(names):
        targets = sorted(dice.choice([0, 1, 2, 3, 3, 4, 5]) for _ in stages)
        needs = [
            Prerequisite(name, dice.randint(1, 4), dice.choice(names[:i]), dice.randint(1, 4))
            for _ in range(dice.choice([0, 0, 1, 2]))
            if i
        ]
        asked = {s: t for s, t in zip(stages, targets, strict=True) if t}
        competencies.append(Competency(name, name, "core", dice.randint(1, 3), asked, prerequisites=tuple(needs)))
    resources = [_resource(dice, names, f"r{i}") for i in range(draw(most_resources))]
    if len(names) > 1 and draw(st.booleans()):
        resources += _knot(dice, names)
    dice.shuffle(resources)
    framework = Framework(
        id="generated",
        version="1",
        title="Generated",
        areas=(Area("core", "Core"),),
        stages=tuple(
            Stage(s, s, dice.choice([Fraction(0), Fraction("0.5"), Fraction("0.85"), Fraction(1)]),
                  tuple(n for n in names if dice.random() < 0.3))
            for s in stages
        ),
        competencies=tuple(competencies),
        evidence=EvidenceRules(),
        resources=tuple(resources),
    )  # fmt: skip
    levels = {n: dice.choice([0, 0, 0, 1, 2, 3]) for n in names}
    ask = Ask(
        dice.choice(stages),
        draw(st.sampled_from(Mode)),
        hours=draw(limits),
        budget=draw(budgets),
        hours_a_week=dice.choice([Fraction(1), Fraction(6), Fraction("2.5")]),
    )
    return Question(framework, levels, ask)


def _resource(dice: random.Random, names: tuple[str, ...], key: str) -> Resource:
    taught = []
    for name in dice.sample(names, min(len(names), dice.choice([1, 1, 2, 3]))):
        start = dice.choice([0, 0, 1, 2, 3])
        taught.append(Teaching(name, start, min(5, start + dice.choice([1, 1, 2, 3]))))
    return Resource(
        id=key,
        title=key,
        kind="course",
        hours=dice.choice(HOURS),
        cost=dice.choice(COSTS),
        mode=dice.choice(["study", "practice", "practice"]),
        status=dice.choice(["active"] * 9 + ["paused"]),
        teaches=tuple(taught),
    )


def _knot(dice: random.Random, names: tuple[str, ...]) -> list[Resource]:
    """Two or three resources that unlock only each other, and short enough to tempt a planner."""
    ring = dice.sample(names, min(len(names), dice.choice([2, 2, 3])))
    level = dice.choice([1, 2, 2])
    return [
        Resource(
            id=f"knot{i}",
            title=f"knot{i}",
            kind="course",
            hours=dice.choice(HOURS[:3]),
            mode="practice",
            teaches=(Teaching(name, 0, level), Teaching(ring[i - 1], level, level + dice.choice([1, 2]))),
        )
        for i, name in enumerate(ring)
    ]


def planned(question: Question) -> Plan:
    return make_plan(question.framework, question.levels, question.ask)


def choices_of(question: Question) -> list[brute.Choice]:
    return list(brute.all_choices(question.framework, question.levels, question.ask.stage))


def readiness_of(plan: Plan, points: int) -> Fraction:
    return Fraction(points, plan.goal.total) if plan.goal.total else Fraction(1)


@given(questions())
def test_law_1_readiness_hours_money_and_count_are_the_optimum(question: Question) -> None:
    plan, choices, ask = planned(question), choices_of(question), question.ask
    best = None
    if ask.mode is Mode.SHORTEST:
        best = brute.shortest(question.framework, choices, ask.stage, ask.budget)
        assert plan.reaches == (best is not None)
    if best is None:
        best = brute.most(choices, ask.purse.hours, ask.budget)
    assert plan.is_proven
    assert plan.source is Source.SOLVER
    assert (plan.hours, plan.cost, len(plan.steps)) == best.expense
    assert readiness_of(plan, plan.points_after) == best.readiness
    bound = best.hours if ask.mode is Mode.SHORTEST else best.readiness
    assert plan.bound == bound
    target(float(len(plan.steps)))


@given(questions(), st.data())
def test_what_is_wanted_is_part_of_the_best_plan_there_is_with_it(question: Question, data: st.DataObject) -> None:
    courses = [c.resource.id for c in question.framework.courses]
    wanted = frozenset(data.draw(st.lists(st.sampled_from(courses), max_size=2)) if courses else ())
    ask = replace(question.ask, wanted=wanted)
    plan = planned(replace(question, ask=ask))
    choices = [c for c in choices_of(question) if wanted <= c.resources]
    shortest = brute.shortest(question.framework, choices, ask.stage, ask.budget)
    best = shortest if ask.mode is Mode.SHORTEST and shortest else brute.most(choices, ask.purse.hours, ask.budget)
    if best is None:
        assert plan.obstacle is Obstacle.WANTED and not plan.steps
    else:
        assert plan.is_proven and wanted <= {s.resource.id for s in plan.steps}
        assert (plan.hours, plan.cost, len(plan.steps)) == best.expense
        assert readiness_of(plan, plan.points_after) == best.readiness


@given(questions(), st.data())
def test_what_was_started_stands_first_and_the_rest_is_the_best_beside_it(
    question: Question, data: st.DataObject
) -> None:
    framework, courses = question.framework, [c.resource.id for c in question.framework.courses]
    kept = frozenset(data.draw(st.lists(st.sampled_from(courses), max_size=3)) if courses else ())
    ask = replace(question.ask, kept=kept)
    plan = planned(replace(question, ask=ask))
    begun = question.levels
    for key in sorted(kept):
        begun = reading.after(framework, framework.resource[key], begun)
    hours = sum((framework.resource[key].hours for key in kept), Fraction(0))
    cost = sum((framework.resource[key].cost for key in kept), Fraction(0))
    hours_left = None if ask.purse.hours is None else max(Fraction(0), ask.purse.hours - hours)
    budget_left = None if ask.budget is None else max(Fraction(0), ask.budget - cost)
    choices = list(brute.all_choices(framework, begun, ask.stage, left_out=kept))
    shortest = brute.shortest(framework, choices, ask.stage, budget_left) if ask.mode is Mode.SHORTEST else None
    best = shortest or brute.most(choices, hours_left, budget_left)
    assert best is not None and plan.is_proven
    assert plan.reaches == (shortest is not None) or ask.mode is Mode.MOST
    assert {s.resource.id for s in plan.steps[: len(kept)]} == kept
    assert [s.is_kept for s in plan.steps] == [True] * len(kept) + [False] * len(best.resources)
    assert (plan.hours - hours, plan.cost - cost, len(plan.steps) - len(kept)) == best.expense
    assert readiness_of(plan, plan.points_after) == best.readiness
    bound = hours + best.hours if ask.mode is Mode.SHORTEST else best.readiness
    assert plan.bound == bound


@given(questions())
def test_law_2_following_the_recommendations_is_never_better(question: Question) -> None:
    plan, ask = planned(question), question.ask
    if ask.mode is Mode.MOST or not plan.reaches:
        assert plan.greedy_points <= plan.points_after
    hours = plan.hours if ask.mode is Mode.SHORTEST else ask.hours
    followed = list(brute.greedy(question.framework, question.levels, ask.stage, hours, ask.budget))
    levels = followed[-1][0] if followed else question.levels
    readiness = reading.readiness(question.framework, levels, ask.stage)
    assert readiness_of(plan, plan.greedy_points) == readiness


@given(questions())
def test_the_hours_of_following_the_recommendations_are_those_until_the_stage_is_reached(question: Question) -> None:
    ask = replace(question.ask, mode=Mode.SHORTEST)
    plan = planned(replace(question, ask=ask))
    followed = brute.greedy(question.framework, question.levels, ask.stage, None, ask.budget)
    stand = [(question.levels, Fraction(0)), *followed]
    reached = (
        hours
        for levels, hours in stand
        if brute.reaches(
            question.framework,
            brute.Choice(
                frozenset(), levels, reading.readiness(question.framework, levels, ask.stage), hours, Fraction(0)
            ),
            ask.stage,
        )
    )
    assert plan.greedy_hours == next(reached, None)


@given(questions(), st.sampled_from([Fraction("0.5"), Fraction(3)]))
def test_law_3_more_hours_or_more_money_never_give_less(question: Question, more: Fraction) -> None:
    plan, ask = planned(question), question.ask
    richer = replace(
        ask,
        hours=None if ask.hours is None else ask.hours + more,
        budget=None if ask.budget is None else ask.budget + 50 * more,
    )
    better = planned(replace(question, ask=richer))
    if plan.reaches and ask.mode is Mode.SHORTEST:
        assert better.reaches
        assert better.hours <= plan.hours
    else:
        assert better.points_after >= plan.points_after or better.reaches


@given(questions())
def test_law_4_every_step_is_ready_when_it_starts_and_rests_on_what_it_names(question: Question) -> None:
    framework, levels = question.framework, dict(question.levels)
    plan, resources = planned(question), framework.resource
    done: list[str] = []
    for step in plan.steps:
        assert reading.is_ready(framework, step.resource, levels)
        assert set(step.needs) <= set(done)
        alone = dict(question.levels)
        for earlier in (r for r in done if r in step.needs):
            alone = reading.after(framework, resources[earlier], alone)
        assert reading.is_ready(framework, step.resource, alone)
        after = reading.after(framework, step.resource, levels)
        open_now = reading.gap(framework, levels, question.ask.stage)
        closed = {c: (levels[c], after[c]) for c in levels if after[c] > levels[c] and open_now[c]}
        assert {c.competency: (c.start, c.reached) for c in step.closes} == closed
        levels = after
        done.append(step.resource.id)
    left = {c: (levels[c], t) for c, t in framework.targets[question.ask.stage].items() if levels[c] < t}
    assert {gap.competency: (gap.level, gap.target) for gap in plan.left} == left


@given(questions())
def test_no_week_holds_more_than_its_hours(question: Question) -> None:
    plan, hours_a_week = planned(question), question.ask.hours_a_week
    at = Fraction(0)
    for step in plan.steps:
        assert step.start == at
        assert (step.week - 1) * hours_a_week <= step.start < step.week * hours_a_week
        assert (step.last_week - 1) * hours_a_week < step.end <= step.last_week * hours_a_week
        at = step.end
    assert at == plan.hours


@given(questions(), st.randoms(use_true_random=False))
def test_law_5_the_order_of_rows_changes_nothing(question: Question, dice: random.Random) -> None:
    framework = question.framework
    rows = {name: list(getattr(framework, name)) for name in ("competencies", "resources")}
    for members in rows.values():
        dice.shuffle(members)
    shuffled = replace(framework, **{name: tuple(members) for name, members in rows.items()})
    turned = dict(sorted(question.levels.items(), reverse=True))
    assert planned(replace(question, framework=shuffled, levels=turned)) == planned(question)
