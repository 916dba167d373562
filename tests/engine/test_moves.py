from __future__ import annotations

from collections.abc import Mapping

from tests.engine.builders import AS_OF, competency, course, day, framework, needs
from tracker.engine.framework import Basis, Condition, EvidenceRules, Framework, Milestone, RoleRule
from tracker.engine.levels import levels
from tracker.engine.moves import Move, levels_after, moves
from tracker.engine.profile import Accept, Claim, Profile, Role
from tracker.engine.recommend import Closing


def family(id: str = "engineer", *, offers: Mapping[str, str] | None = None, **base: int) -> RoleRule:
    """Its years add a level from two years on; what it offers is the same whatever the years."""
    return RoleRule(id, (id.title(),), base, add_by_bracket=(0, 1, 2), cap=5, offers=(offers or {},) * 3)


def rules(*families: RoleRule, caps: Mapping[Basis, int] | None = None) -> EvidenceRules:
    return EvidenceRules(roles=families, **({"caps": caps} if caps else {}))  # type: ignore[arg-type]


def model(*families: RoleRule, **more: object) -> Framework:
    """One competency, python, of which 4 is asked."""
    return framework(competency("python", target=4, weight=2), evidence=rules(*families), **more)


def found(model: Framework, profile: Profile | None = None, accept: Accept = Accept.INFERRED) -> tuple[Move, ...]:
    profile = profile or Profile()
    held = {c: x.level for c, x in levels(model, profile, as_of=AS_OF, accept=accept).items()}
    return moves(model, profile, held, "goal", as_of=AS_OF, accept=accept)


def only(model: Framework, profile: Profile | None = None) -> Move:
    (move,) = found(model, profile)
    return move


def years(start: str, end: str = "") -> Role:
    return Role("a role", "engineer", day(start), day(end) if end else None)


class TestGain:
    def test_two_years_count_by_the_evidence_rule_of_the_family(self) -> None:
        move = only(model(family(python=1)))
        assert move.closes == (Closing("python", 0, 2),)
        assert (move.points, move.total, move.is_held) == (4, 8, False)

    def test_what_is_inferred_counts_up_to_its_cap(self) -> None:
        assert only(model(family(python=4))).closes == (Closing("python", 0, 3),)

    def test_where_the_family_is_held_two_years_are_added_to_what_is_there(self) -> None:
        held = Profile(roles=(years("2022-06-01", "2025-06-01"),))  # three years, and five with the move
        assert only(model(family(python=1)), held).closes == (Closing("python", 2, 3),)
        assert only(model(family(python=1)), held).is_held

    def test_a_role_that_still_runs_goes_on(self) -> None:
        held = Profile(roles=(years("2025-01-01"),))  # one year
        assert only(model(family(python=1)), held).closes == (Closing("python", 1, 2),)

    def test_nothing_that_closure_would_conclude_from_it_is_counted(self) -> None:
        ml = competency("ml", target=3, prerequisites=needs("ml", 1, "maths", 2))
        move = only(framework(ml, competency("maths", target=3), evidence=rules(family(ml=1))))
        assert [c.competency for c in move.closes] == ["ml"]

    def test_best_first_then_by_id_and_what_brings_nothing_is_left_out(self) -> None:
        families = [family("small", python=1), family("large", python=2), family("also", python=1), family("none")]
        assert [m.rule.id for m in found(model(*families))] == ["large", "also", "small"]

    def test_without_inference_no_role_closes_anything(self) -> None:
        assert found(model(family(python=2)), accept=Accept.NONE) == ()


class TestClaims:
    def test_the_role_ends_after_a_dated_claim_and_counts_beside_it(self) -> None:
        claimed = Profile(claims={"python": Claim(1, AS_OF)})
        assert only(model(family(python=2)), claimed).closes == (Closing("python", 1, 3),)

    def test_a_claim_without_a_date_counts_as_newest_and_stands(self) -> None:
        assert found(model(family(python=2)), Profile(claims={"python": Claim(1)})) == ()

    def test_a_higher_level_is_never_lowered(self) -> None:
        assert found(model(family(python=2)), Profile(claims={"python": Claim(4, AS_OF)})) == ()


class TestUpTo:
    def test_it_is_what_confirming_every_offer_would_give(self) -> None:
        move = only(model(family(python=1, offers={"core": "goal"})))
        assert (move.points, move.up_to, move.up_to_today) == (4, 8, 0)

    def test_evidence_above_its_cap_is_on_offer(self) -> None:
        move = only(model(family(python=4)))
        assert (move.points, move.up_to) == (6, 8)

    def test_a_claim_of_ones_own_outranks_offers(self) -> None:
        claimed = Profile(claims={"python": Claim(1, AS_OF)})
        move = only(model(family(python=1, offers={"core": "goal"})), claimed)
        assert (move.points, move.up_to) == (2, 2)

    def test_what_could_be_confirmed_today_is_said_and_makes_no_move(self) -> None:
        ten_years = Profile(roles=(years("2016-01-01"),))
        assert found(model(family(python=1, offers={"core": "goal"})), ten_years) == ()
        one_year = Profile(roles=(years("2025-01-01"),))
        move = only(model(family(python=1, offers={"core": "goal"})), one_year)
        assert (move.points, move.up_to, move.up_to_today) == (2, 6, 6)


class TestBeyondTheCatalogue:
    def test_points_in_levels_that_an_active_resource_reaches_are_not_beyond_it(self) -> None:
        move = only(model(family(python=2), resources=(course("Basics", ("python", 0, 1)),)))
        assert (move.points, move.untaught) == (6, 4)

    def test_a_paused_resource_reaches_nothing(self) -> None:
        move = only(model(family(python=2), resources=(course("Basics", ("python", 0, 3), status="paused"),)))
        assert move.untaught == move.points


class TestMilestones:
    def model(self, years_asked: int, *, required: bool = True) -> Framework:
        asked = Condition(families=("engineer",), years=years_asked)  # type: ignore[arg-type]
        return model(family(), milestones=(Milestone("m", "Experience", "goal", required, (asked,)),))

    def test_those_that_two_years_meet(self) -> None:
        assert [m.id for m in only(self.model(2)).milestones] == ["m"]
        assert found(self.model(3)) == ()

    def test_years_held_already_are_counted_with_them(self) -> None:
        held = Profile(roles=(years("2020-01-01", "2021-01-01"),))
        assert [m.id for m in only(self.model(3), held).milestones] == ["m"]

    def test_the_persons_word_that_it_is_not_met_stands(self) -> None:
        assert found(self.model(2), Profile(milestones={"m": False})) == ()

    def test_only_required_ones_that_are_open_are_told(self) -> None:
        assert found(self.model(2, required=False)) == ()
        assert found(self.model(2), Profile(milestones={"m": True})) == ()


def test_the_levels_after_a_move_are_those_that_a_plan_can_start_from() -> None:
    python, maths = competency("python", target=4), competency("maths", target=2)
    two = framework(python, maths, evidence=rules(family(python=1)))
    assert levels_after(two, Profile(), {"python": 0, "maths": 1}, "engineer", as_of=AS_OF) == {"python": 2, "maths": 1}
