from __future__ import annotations

from fractions import Fraction

import pytest

from tests.engine.builders import competency, framework, stage, standing_at
from tracker.engine.framework import Area, Milestone
from tracker.engine.gaps import Readiness, open_musts, readiness, report, stage_reached
from tracker.engine.levels import Level

TWO_AREAS = framework(
    competency("python", target=4, weight=3),
    competency("sql", target=2, weight=1),
    competency("talks", target=2, weight=3, area="people"),
    competency("poetry", area="people"),
    areas=(Area("core", "Core"), Area("people", "People"), Area("empty", "Empty")),
    stages=(stage(musts=("python",)),),
)


def test_readiness_is_what_is_held_of_what_is_asked_by_weight() -> None:
    found = report(TWO_AREAS, standing_at(TWO_AREAS, {"python": 2, "sql": 5, "poetry": 5}), "goal")
    assert (found.readiness.held, found.readiness.total) == (3 * 2 + 1 * 2, 3 * 4 + 1 * 2 + 3 * 2)
    assert found.readiness.claimed == 8 / 20
    assert {a: r.claimed for a, r in found.areas.items()} == {"core": 8 / 14, "people": 0, "empty": 1}


def test_backed_readiness_counts_what_someone_else_would_believe() -> None:
    held = standing_at(TWO_AREAS, {}) | {"python": Level("python", 4, 1), "sql": Level("sql", 1, 2)}
    found = readiness(TWO_AREAS, held, "goal")
    assert (found.held, found.backed_held) == (12 + 1, 3 + 1)
    assert found.backed == 4 / 20


def test_impact_is_the_readiness_that_closing_the_gap_adds() -> None:
    found = report(TWO_AREAS, standing_at(TWO_AREAS, {"python": 3}), "goal")
    assert [(g.competency.id, g.missing, g.impact) for g in found.open_gaps] == [
        ("talks", 2, 6 / 20),
        ("python", 1, 3 / 20),
        ("sql", 2, 2 / 20),
    ]
    assert [g.competency.id for g in found.gaps if g.is_must] == ["python"]


def test_a_stage_that_asks_nothing_is_ready_from_the_start() -> None:
    found = framework(competency("python"))
    whole = report(found, standing_at(found, {}), "goal")
    assert (whole.readiness.claimed, whole.readiness.backed, whole.gaps[0].impact) == (1, 1, 0)
    assert whole.readiness.passes(Fraction(1))


def test_readiness_can_be_told_without_what_is_waived() -> None:
    held = standing_at(TWO_AREAS, {"python": 4, "sql": 2})
    assert readiness(TWO_AREAS, held, "goal", without=["talks"]).claimed == 1


def test_a_pass_mark_is_met_exactly() -> None:
    assert Readiness(85, 0, 100).passes(Fraction("0.85"))
    assert not Readiness(849, 0, 1000).passes(Fraction("0.85"))


class TestStageReached:
    """Two stages; python is a must of both, and the second asks a milestone."""

    framework = framework(
        competency("python", targets={"first": 1, "second": 3}),
        competency("sql", targets={"first": 2, "second": 2}),
        stages=(stage("first", pass_mark="1", musts=("python",)), stage("second", pass_mark="0.6", musts=("python",))),
        milestones=(Milestone("role", "A role", "second", required=True), Milestone("talk", "A talk", "second")),
    )

    @pytest.mark.parametrize(
        ("held", "met", "reached"),
        [
            ({}, [], None),
            ({"python": 1, "sql": 2}, [], "first"),
            ({"python": 2, "sql": 2}, ["role"], "first"),
            ({"python": 3, "sql": 2}, [], "first"),
            ({"python": 3, "sql": 2}, ["role"], "second"),
        ],
    )
    def test_it_is_the_last_stage_with_no_open_must_and_its_pass_mark(
        self, held: dict[str, int], met: list[str], reached: str | None
    ) -> None:
        assert stage_reached(self.framework, standing_at(self.framework, held), met) == reached

    def test_a_later_stage_may_be_reached_below_an_earlier_pass_mark(self) -> None:
        held = standing_at(self.framework, {"python": 3, "sql": 0})
        assert not readiness(self.framework, held, "first").passes(Fraction(1))
        assert stage_reached(self.framework, held, ["role"]) == "second"

    def test_open_musts_are_those_of_the_stage_and_the_earlier_ones_at_the_highest_target(self) -> None:
        nothing = standing_at(self.framework, {})
        assert open_musts(self.framework, nothing, "first") == {"python": 1}
        assert open_musts(self.framework, nothing, "second") == {"python": 3}
        assert open_musts(self.framework, standing_at(self.framework, {"python": 3}), "second") == {}
