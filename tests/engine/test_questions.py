from __future__ import annotations

from collections.abc import Mapping

from tests.engine.builders import competency, framework, stage, standing_at
from tracker.engine.evidence import Offer
from tracker.engine.framework import Area, Framework
from tracker.engine.levels import Level
from tracker.engine.questions import MOST_QUESTIONS, NOTHING_YET, Question, card_claims, questions, stage_in_question

FRAMEWORK = framework(
    competency("python", targets={"first": 2, "goal": 4}, weight=3),
    competency("sql", targets={"first": 1, "goal": 2}),
    competency("talks", targets={"goal": 2}, area="people"),
    areas=(Area("core", "Core"), Area("people", "People")),
    stages=(stage("first", musts=("python",)), stage("goal")),
)
NOTHING: dict[str, Offer] = {}


def asked(
    held: Mapping[str, int], offers: Mapping[str, Offer] = NOTHING, found: Framework = FRAMEWORK, **more: object
) -> list[Question]:
    return list(questions(found, standing_at(found, held), offers, "goal", **more))  # type: ignore[arg-type]


def about(competency: str, questions: list[Question]) -> tuple[int, int, int | None] | None:
    return next(((q.low, q.high, q.card) for q in questions if q.competency.id == competency), None)


class TestCards:
    def test_a_card_claims_the_stages_target_or_what_is_evidenced_above_it(self) -> None:
        assert card_claims(FRAMEWORK, "core", "first", standing_at(FRAMEWORK, {"sql": 3})) == {"python": 2, "sql": 3}

    def test_nothing_yet_claims_0_only_where_nothing_is_evidenced(self) -> None:
        assert card_claims(FRAMEWORK, "core", NOTHING_YET, standing_at(FRAMEWORK, {"sql": 3})) == {"python": 0}


class TestStageInQuestion:
    def test_it_is_the_first_that_the_levels_do_not_carry(self) -> None:
        assert stage_in_question(FRAMEWORK, standing_at(FRAMEWORK, {})) == "first"
        assert stage_in_question(FRAMEWORK, standing_at(FRAMEWORK, {"python": 2, "sql": 1})) == "goal"

    def test_it_is_the_last_where_all_are_carried(self) -> None:
        assert stage_in_question(FRAMEWORK, standing_at(FRAMEWORK, {"python": 4, "sql": 2, "talks": 2})) == "goal"


class TestQuestions:
    def test_the_weightiest_doubt_is_asked_first(self) -> None:
        found = asked({})
        assert [(q.competency.id, q.swing) for q in found] == [("python", 3 * 4), ("sql", 2), ("talks", 2)]

    def test_where_nothing_speaks_the_answer_may_be_anything_up_to_the_target(self) -> None:
        assert about("python", asked({})) == (0, 4, None)

    def test_where_one_thing_speaks_it_may_be_a_level_off(self) -> None:
        assert about("python", asked({"python": 2})) == (1, 3, None)
        assert about("python", asked({}, cards={"core": "first"})) == (1, 3, 2)

    def test_where_card_evidence_and_offer_differ_it_may_be_anywhere_between(self) -> None:
        offers = {"python": Offer(4, "Lead", "offer:lead")}
        assert about("python", asked({"python": 1}, offers, cards={"core": "first"})) == (1, 4, 2)

    def test_nothing_yet_with_nothing_against_it_is_believed(self) -> None:
        assert [q.competency.id for q in asked({}, cards={"core": NOTHING_YET})] == ["talks"]

    def test_nothing_yet_against_evidence_is_asked(self) -> None:
        assert about("python", asked({"python": 3}, cards={"core": NOTHING_YET})) == (0, 3, 0)

    def test_what_is_settled_is_not_asked_again(self) -> None:
        assert about("python", asked({}, settled={"python"})) is None

    def test_there_are_never_more_than_thirteen_in_all(self) -> None:
        many = framework(*(competency(f"c{i:02}", target=3) for i in range(30)))
        assert len(asked({}, found=many)) == MOST_QUESTIONS == 13
        assert len(asked({}, found=many, asked=11)) == 2
        assert asked({}, found=many, asked=14) == []


def test_an_unbacked_level_leaves_the_question_open() -> None:
    held = standing_at(FRAMEWORK, {}) | {"python": Level("python", 4, 0)}
    assert about("python", list(questions(FRAMEWORK, held, NOTHING, "goal"))) == (0, 4, None)
