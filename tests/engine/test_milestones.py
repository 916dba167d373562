from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.engine.builders import AS_OF, course, day, framework
from tracker.engine.framework import CertificationRule, Condition, EvidenceRules, Milestone
from tracker.engine.milestones import MilestoneStatus, milestone_statuses
from tracker.engine.profile import Activity, Certification, Degree, Finished, Profile, Role

RULES = EvidenceRules(certifications=(CertificationRule("cloud", "Cloud", (), {}),))


def status(profile: Profile, *conditions: Condition) -> MilestoneStatus:
    found = framework(
        milestones=(Milestone("m", "Milestone", "goal", met_by=conditions),),
        evidence=RULES,
        resources=(course("Exam", certification="cloud"),),
    )
    return milestone_statuses(found, profile, AS_OF)[0]


def evidence(profile: Profile, *conditions: Condition) -> tuple[str, ...]:
    found = status(profile, *conditions)
    assert found.met == bool(found.evidence)
    return found.evidence


class TestDegrees:
    bachelor = Condition(degree="bachelor", fields=("cs", "physics"))

    @pytest.mark.parametrize(
        ("degree", "met"),
        [
            (Degree("BSc", "bachelor", "cs"), True),
            (Degree("PhD", "doctorate", "physics"), True),
            (Degree("Lower", "associate", "cs"), False),
            (Degree("Bootcamp", "bootcamp", "cs"), False),
            (Degree("Other field", "bachelor", "law"), False),
            (Degree("Dropped", "bachelor", "cs", completed=False), False),
            (Degree("Later", "bachelor", "cs", end=day("2026-07-01")), False),
        ],
        ids=lambda value: getattr(value, "item", None),
    )
    def test_a_completed_degree_of_at_least_that_level_in_one_of_the_fields(self, degree: Degree, met: bool) -> None:
        assert status(Profile(degrees=(degree,)), self.bachelor).met is met

    def test_any_field_will_do_where_none_is_named(self) -> None:
        assert evidence(Profile(degrees=(Degree("MA", "master", ""),)), Condition(degree="master")) == ("MA",)

    def test_any_level_will_do_where_only_fields_are_named(self) -> None:
        degrees = (Degree("Bootcamp", "bootcamp", "cs"), Degree("LLB", "bachelor", "law"))
        assert evidence(Profile(degrees=degrees), Condition(fields=("cs",))) == ("Bootcamp",)

    def test_a_degree_outside_the_order_of_levels_is_met_by_its_like_alone(self) -> None:
        degrees = (Degree("Bootcamp", "bootcamp", "cs"), Degree("MSc", "master", "cs"))
        assert evidence(Profile(degrees=degrees), Condition(degree="bootcamp")) == ("Bootcamp",)


class TestRoles:
    def test_years_in_the_families_count_together_and_overlaps_once(self) -> None:
        roles = (
            Role("Analyst", "analyst", day("2020-01-01"), day("2021-01-01")),
            Role("Scientist", "scientist", day("2020-07-01"), day("2021-07-01")),
            Role("Cook", "cook", day("2010-01-01"), day("2020-01-01")),
        )
        families = ("analyst", "scientist")
        enough, more = (Condition(families=families, years=Fraction(years)) for years in ("1.5", "2"))
        assert evidence(Profile(roles=roles), enough) == ("Analyst", "Scientist")
        assert evidence(Profile(roles=roles), more) == ()

    def test_no_years_asks_for_a_role_that_has_begun(self) -> None:
        asked = Condition(families=("analyst",))
        assert evidence(Profile(roles=(Role("Analyst", "analyst"),)), asked) == ("Analyst",)
        assert evidence(Profile(roles=(Role("Analyst", "analyst", day("2026-02-01")),)), asked) == ()


def test_so_many_activities_of_the_kinds_by_that_day() -> None:
    asked = Condition(activities=("talk", "post"), count=2)
    talk, post, later = Activity("Talk", "talk"), Activity("Post", "post"), Activity("Next", "talk", day("2026-03-01"))
    assert evidence(Profile(activities=(talk, post, later)), asked) == ("Post", "Talk")
    assert evidence(Profile(activities=(talk, later)), asked) == ()


class TestCertificates:
    def test_any_certificate_that_has_a_rule(self) -> None:
        held = Profile(certifications=(Certification("Cloud", "cloud"), Certification("Swimming", "")))
        assert evidence(held, Condition(certificate="any")) == ("Cloud",)

    def test_one_certificate_by_its_rule(self) -> None:
        held = Profile(certifications=(Certification("Cloud", "cloud"),))
        assert evidence(held, Condition(certificate="cloud")) == ("Cloud",)
        assert evidence(held, Condition(certificate="other")) == ()

    def test_a_finished_resource_that_names_the_certification_is_one(self) -> None:
        assert evidence(Profile(finished=(Finished("Exam"),)), Condition(certificate="any")) == ("Exam",)

    def test_one_of_a_later_day_is_not(self) -> None:
        later = day("2026-06-01")
        held = Profile(certifications=(Certification("Cloud", "cloud", later),), finished=(Finished("Exam", later),))
        assert evidence(held, Condition(certificate="any")) == ()


def test_any_one_condition_suffices_and_all_that_one_asks_must_hold() -> None:
    profile = Profile(degrees=(Degree("BSc", "bachelor"),), activities=(Activity("Talk", "talk"),))
    degree, post = Condition(degree="bachelor"), Condition(activities=("post",))
    both = Condition(degree="bachelor", activities=("post",))
    assert evidence(profile, post, degree) == ("BSc",)
    assert evidence(profile, both) == ()
    assert evidence(profile, Condition(degree="bachelor", activities=("talk",))) == ("BSc", "Talk")


def test_the_first_condition_that_holds_is_the_reason() -> None:
    profile = Profile(degrees=(Degree("BSc", "bachelor"),), activities=(Activity("Talk", "talk"),))
    degree, talk = Condition(degree="bachelor"), Condition(activities=("talk",))
    assert evidence(profile, degree, talk) == ("BSc",)
    assert evidence(profile, talk, degree) == ("Talk",)


def test_a_condition_that_asks_nothing_is_met_by_nothing() -> None:
    assert not status(Profile(degrees=(Degree("BSc", "bachelor"),)), Condition()).met


class TestTheWordOfThePerson:
    rule = Condition(degree="bachelor")
    graduate = (Degree("BSc", "bachelor"),)

    @pytest.mark.parametrize(
        ("word", "met", "on"),
        [(True, True, None), (day("2024-05-01"), True, day("2024-05-01")), (day("2027-01-01"), False, None)],
    )
    def test_counts_where_no_rule_finds_anything(self, word: bool | date, met: bool, on: date | None) -> None:
        found = status(Profile(milestones={"m": word}), self.rule)
        assert (found.met, found.by_word, found.on) == (met, met, on)

    def test_not_met_outranks_the_rules(self) -> None:
        found = status(Profile(degrees=self.graduate, milestones={"m": False}), self.rule)
        assert (found.met, found.by_word, found.evidence) == (False, True, ())

    def test_the_rules_findings_are_shown_before_the_word(self) -> None:
        found = status(Profile(degrees=self.graduate, milestones={"m": True}), self.rule)
        assert (found.met, found.by_word, found.evidence) == (True, False, ("BSc",))
