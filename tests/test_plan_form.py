"""A question and its answer as JSON: nothing is lost, and the key says when two questions are the same."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from tests.engine.builders import competency, course, framework
from tracker.engine.plan import Ask, Mode, make_plan
from tracker.plan_form import (
    Figures,
    Question,
    answer_to,
    answer_to_json,
    key_of,
    plan_from_json,
    question_to_json,
)
from tracker.solve_process import SolveError, answer_of

MODEL = framework(
    competency("python", target=3),
    competency("r", target=2),
    resources=(
        course("a", ("python", 0, 1), hours="1"),
        course("b", ("python", 1, 3), hours="4.5", cost=Fraction(50)),
        course("c", ("python", 0, 3), hours="9"),
    ),
)
NOBODY = dict.fromkeys(MODEL.competency, 0)
QUESTION = Question(Ask("goal", Mode.MOST, hours=Fraction("5.5"), budget=Fraction(100)), NOBODY)


def through_text(value: object) -> dict:
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("mode", Mode)
def test_an_answer_reads_back_as_the_plan_it_was(mode: Mode) -> None:
    ask = replace(QUESTION.ask, mode=mode)
    kept = through_text(question_to_json(MODEL, replace(QUESTION, ask=ask)))
    plan = make_plan(MODEL, NOBODY, ask)
    read = plan_from_json(MODEL, kept, through_text(answer_to_json(plan)))
    assert replace(read, ask=ask) == plan
    assert answer_to(MODEL, kept, time_limit=5) == answer_to_json(plan)


def test_what_is_left_out_or_costs_otherwise_changes_the_answer_and_the_key() -> None:
    without = replace(QUESTION, left_out=frozenset({"b"}))
    cheaper = replace(QUESTION, figures={"c": Figures(Fraction(2), Fraction(0))})
    kept = [question_to_json(MODEL, q) for q in (QUESTION, without, cheaper)]
    assert len({key_of(q) for q in kept}) == 3
    assert [[s[0] for s in answer_to(MODEL, q, time_limit=5)["steps"]] for q in kept] == [["a", "b"], ["a"], ["c"]]


def test_the_order_of_what_is_asked_does_not_matter() -> None:
    turned = replace(QUESTION, levels=dict(reversed(NOBODY.items())))
    assert key_of(question_to_json(MODEL, turned)) == key_of(question_to_json(MODEL, QUESTION))


def test_a_step_that_the_model_has_dropped_keeps_its_id() -> None:
    kept = question_to_json(MODEL, QUESTION)
    answer = answer_to(MODEL, kept, time_limit=5)
    poorer = replace(MODEL, resources=MODEL.resources[:1])
    assert [s.resource.title for s in plan_from_json(poorer, kept, answer).steps] == ["a", "b"]


def test_a_process_of_its_own_gives_the_same_answer() -> None:
    kept = question_to_json(MODEL, QUESTION)
    assert answer_of(MODEL, kept, time_limit=5) == answer_to(MODEL, kept, time_limit=5)


def test_a_process_that_fails_or_hangs_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SolveError, match="goal-less"):
        answer_of(MODEL, {**question_to_json(MODEL, QUESTION), "stage": "goal-less"}, time_limit=5)
    monkeypatch.setattr("tracker.solve_process.SECONDS_TO_START_AND_END", -4.99)
    with pytest.raises(SolveError, match="no answer within"):
        answer_of(MODEL, question_to_json(MODEL, QUESTION), time_limit=5)
