from __future__ import annotations

from datetime import date

import pytest

from tests.engine.builders import AS_OF, competency, day, framework, level_of, needs
from tracker.engine.evidence import CLOSURE_OF_CLAIM, CLOSURE_OF_EVIDENCE
from tracker.engine.framework import ActivityRule, Basis, EvidenceRules, Framework, RoleRule
from tracker.engine.levels import grounds, settle
from tracker.engine.profile import Accept, Activity, Claim, Profile, Role

RULES = EvidenceRules(
    activities=(ActivityRule("project", Basis.PRACTISED, 4), ActivityRule("course", Basis.STUDIED, 3)),
    roles=(RoleRule("developer", ("Developer",), {"python": 2}, (0, 1, 2), 4, ({"core": "goal"},) * 3),),
)
FRAMEWORK = framework(competency("python", target=5), evidence=RULES)


def project(level: int, on: date | None = None, *, kind: str = "project", logged: int = 0) -> Activity:
    return Activity(kind, kind, on, {"python": level}, logged)


class TestClaimsAndEvidence:
    def test_of_several_sources_the_highest_counts_never_their_sum(self) -> None:
        level = level_of(FRAMEWORK, Profile(activities=(project(2), project(3, kind="course"), project(1))))
        assert (level.level, level.evidenced, level.claim) == (3, 3, None)

    def test_a_claim_below_the_evidence_stands(self) -> None:
        claims = {"python": Claim(1, day("2025-01-01"))}
        level = level_of(FRAMEWORK, Profile(claims, activities=(project(3, day("2024-01-01")),)))
        assert (level.level, level.evidenced, level.backed) == (1, 3, 1)

    def test_a_claim_above_the_evidence_counts_and_is_backed_by_no_more_than_the_evidence(self) -> None:
        level = level_of(FRAMEWORK, Profile({"python": Claim(5)}, activities=(project(3),)))
        assert (level.level, level.backed, level.standing) == (5, 3, None)

    def test_a_claim_of_nothing_is_a_claim(self) -> None:
        level = level_of(FRAMEWORK, Profile({"python": Claim(0)}, activities=(project(3),)))
        assert (level.level, level.claim, level.evidenced) == (0, 0, 3)

    def test_what_is_evidenced_after_a_claim_overrules_it(self) -> None:
        claims = {"python": Claim(1, day("2024-01-01"))}
        assert level_of(FRAMEWORK, Profile(claims, activities=(project(3, day("2024-01-02")),))).level == 3

    @pytest.mark.parametrize(("claimed", "finished", "level"), [(1, 2, 3), (2, 1, 1), (0, 0, 1)])
    def test_on_the_same_day_the_later_logged_wins_and_without_an_order_the_claim_stands(
        self, claimed: int, finished: int, level: int
    ) -> None:
        same = day("2024-01-01")
        profile = Profile({"python": Claim(1, same, claimed)}, activities=(project(3, same, logged=finished),))
        assert level_of(FRAMEWORK, profile).level == level

    def test_an_undated_claim_counts_as_newest_and_undated_evidence_never_as_newer(self) -> None:
        today = project(3, AS_OF)
        assert level_of(FRAMEWORK, Profile({"python": Claim(1)}, activities=(today,))).level == 1
        assert level_of(FRAMEWORK, Profile({"python": Claim(1, AS_OF)}, activities=(project(3),))).level == 1

    def test_a_claim_of_a_later_day_does_not_count_yet(self) -> None:
        level = level_of(FRAMEWORK, Profile({"python": Claim(5, day("2027-01-01"))}))
        assert (level.level, level.claim) == (0, None)

    def test_a_role_that_still_runs_does_not_overrule_what_was_claimed_since_it_began(self) -> None:
        claims = {"python": Claim(1, day("2024-01-01"))}
        running = Role("Developer", "developer", day("2020-01-01"))
        assert level_of(FRAMEWORK, Profile(claims, roles=(running,))).level == 1

    def test_the_standing_is_the_strongest_basis_at_or_above_the_level(self) -> None:
        studied_and_done = (project(3, kind="course"), project(2))
        assert level_of(FRAMEWORK, Profile(activities=studied_and_done)).standing is Basis.STUDIED
        lower = Profile({"python": Claim(2)}, activities=studied_and_done)
        assert level_of(FRAMEWORK, lower).standing is Basis.PRACTISED
        nothing = Profile({"python": Claim(0)}, activities=studied_and_done)
        assert level_of(FRAMEWORK, nothing).standing is None

    def test_the_level_that_practice_stands_behind_is_told_apart(self) -> None:
        assert level_of(FRAMEWORK, Profile(activities=(project(3, kind="course"), project(2)))).practice == 2


class TestOffers:
    profile = Profile(roles=(Role("Developer", "developer", day("2024-01-01")),))

    def test_an_offer_counts_for_nothing_until_it_is_confirmed(self) -> None:
        assert level_of(FRAMEWORK, self.profile).level == 3

    def test_a_confirmed_offer_is_a_claim_that_never_lowers_or_masks(self) -> None:
        high = Profile(confirmed={"python": 4}, roles=self.profile.roles)
        low = Profile(confirmed={"python": 1}, roles=self.profile.roles)
        assert [(x.level, x.claim, x.backed) for x in (level_of(FRAMEWORK, high), level_of(FRAMEWORK, low))] == [
            (4, 4, 3),
            (3, 3, 3),
        ]

    def test_with_all_accepted_every_offer_counts_as_confirmed(self) -> None:
        level = level_of(FRAMEWORK, self.profile, accept=Accept.ALL)
        assert (level.level, level.claim, level.backed) == (5, 5, 3)

    def test_ones_own_claim_outranks_offers_also_with_all_accepted(self) -> None:
        claimed = Profile({"python": Claim(2)}, {"python": 4}, roles=self.profile.roles)
        assert level_of(FRAMEWORK, claimed, accept=Accept.ALL).level == 2

    def test_with_none_accepted_nothing_inferred_counts(self) -> None:
        assert level_of(FRAMEWORK, self.profile, accept=Accept.NONE).level == 0


class TestClosure:
    """`ml` from 3 on needs `stats` at 4, which from 2 on needs `algebra` at 1."""

    framework = framework(
        competency("algebra"),
        competency("ml", prerequisites=needs("ml", 3, "stats", 4)),
        competency("stats", prerequisites=needs("stats", 2, "algebra", 1)),
        competency("dl", prerequisites=needs("dl", 1, "stats", 4)),
        evidence=RULES,
    )

    def evidence_of(self, profile: Profile, competency: str) -> list[tuple[str, str, int]]:
        return [(e.rule, e.item, e.level) for e in level_of(self.framework, profile, competency).evidence]

    def test_evidence_implies_what_it_rests_on_down_the_graph_up_to_the_cap_of_inference(self) -> None:
        profile = Profile(activities=(Activity("Project", "project", None, {"ml": 3}),))
        stats, algebra = (level_of(self.framework, profile, c) for c in ("stats", "algebra"))
        assert [(x.level, x.backed, x.standing) for x in (stats, algebra)] == [
            (3, 3, Basis.INFERRED),
            (1, 1, Basis.INFERRED),
        ]
        assert self.evidence_of(profile, "stats") == [(CLOSURE_OF_EVIDENCE, "ml", 3)]

    def test_a_claim_implies_levels_that_nothing_backs(self) -> None:
        profile = Profile({"ml": Claim(3)})
        stats = level_of(self.framework, profile, "stats")
        assert (stats.level, stats.backed, stats.standing) == (3, 0, None)
        assert self.evidence_of(profile, "stats") == [(CLOSURE_OF_CLAIM, "ml", 3)]

    def test_a_level_below_the_one_that_needs_it_implies_nothing(self) -> None:
        assert level_of(self.framework, Profile({"ml": Claim(2)}), "stats").level == 0

    def test_nothing_is_implied_against_a_claim(self) -> None:
        assert level_of(self.framework, Profile({"ml": Claim(5), "stats": Claim(0)}), "stats").level == 0

    def test_of_two_that_imply_the_same_the_first_by_name_is_the_reason(self) -> None:
        assert self.evidence_of(Profile({"ml": Claim(3), "dl": Claim(1)}), "stats") == [(CLOSURE_OF_CLAIM, "dl", 3)]

    def test_there_is_no_closure_where_nothing_inferred_is_accepted(self) -> None:
        assert level_of(self.framework, Profile({"ml": Claim(3)}), "stats", accept=Accept.NONE).level == 0


class TestFreshness:
    perishable = framework(competency("python", shelf_life_months=12), evidence=RULES)

    def is_stale(self, profile: Profile, found: Framework | None = None) -> bool:
        return level_of(found or self.perishable, profile).is_stale

    def test_a_level_is_stale_the_day_after_its_shelf_life_and_keeps_its_number(self) -> None:
        assert not self.is_stale(Profile(activities=(project(3, day("2025-01-01")),)))
        level = level_of(self.perishable, Profile(activities=(project(3, day("2024-12-31")),)))
        assert (level.is_stale, level.level, level.newest) == (True, 3, day("2024-12-31"))

    def test_a_newer_claim_refreshes_old_evidence(self) -> None:
        claims = {"python": Claim(3, day("2025-06-01"))}
        assert not self.is_stale(Profile(claims, activities=(project(3, day("2020-01-01")),)))

    def test_a_role_that_still_runs_keeps_its_level_fresh(self) -> None:
        assert not self.is_stale(Profile(roles=(Role("Developer", "developer", day("2015-01-01")),)))

    def test_what_has_no_shelf_life_no_date_or_no_level_never_goes_stale(self) -> None:
        old = day("2000-01-01")
        assert not self.is_stale(Profile(activities=(project(3, old),)), FRAMEWORK)
        assert not self.is_stale(Profile(activities=(project(3),)))
        assert not self.is_stale(Profile({"python": Claim(0, old)}))


def test_kept_grounds_settle_to_the_same_levels_after_a_tick() -> None:
    profile = Profile(activities=(project(3, day("2024-01-01")),))
    found = grounds(FRAMEWORK, profile, as_of=AS_OF)
    assert settle(FRAMEWORK, found, AS_OF)["python"] == level_of(FRAMEWORK, profile)
