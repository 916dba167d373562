from __future__ import annotations

from datetime import date

import pytest

from tests.engine.builders import AS_OF, competency, course, day, framework, stage
from tracker.engine.evidence import Evidence, bracket_of, certification_remark, collect, months_in, offers
from tracker.engine.framework import (
    ActivityRule,
    Basis,
    CertificationRule,
    DegreeLevelRule,
    DegreeRule,
    EvidenceRules,
    Framework,
    ListedSkillRule,
    RoleRule,
)
from tracker.engine.profile import Accept, Activity, Certification, Degree, Finished, ListedSkill, Profile, Role

DEVELOPER = RoleRule("developer", ("Developer",), {"python": 2}, (0, 1, 2), 4)


def evidence_of(found: Framework, profile: Profile, accept: Accept = Accept.INFERRED) -> tuple[Evidence, ...]:
    return collect(found, profile, AS_OF, accept).get("python", ())


def levels_of(found: Framework, profile: Profile) -> list[int]:
    return [e.level for e in evidence_of(found, profile)]


class TestDegrees:
    rules = EvidenceRules(
        degrees=(DegreeRule("cs", ("Computer science",), {"python": 2}),),
        degree_levels={
            "master": DegreeLevelRule(shift=1, cap=3, also={"writing": 1}),
            "doctorate": DegreeLevelRule(shift=5, cap=4, also={"python": 1}),
            "associate": DegreeLevelRule(shift=-2),
        },
    )
    framework = framework(competency("python"), competency("writing"), evidence=rules)

    @pytest.mark.parametrize(
        ("level", "granted"), [("bachelor", [2]), ("master", [3]), ("doctorate", [3]), ("associate", []), ("other", [])]
    )
    def test_the_level_of_a_degree_shifts_what_its_field_grants(self, level: str, granted: list[int]) -> None:
        assert levels_of(self.framework, Profile(degrees=(Degree("Degree", level, "cs"),))) == granted

    def test_a_degree_grants_what_its_level_brings_besides(self) -> None:
        found = collect(self.framework, Profile(degrees=(Degree("MSc", "master", "cs"),)), AS_OF, Accept.INFERRED)
        assert [(e.rule, e.level) for e in found["writing"]] == [("degree:cs", 1)]

    @pytest.mark.parametrize(
        "degree",
        [
            Degree("no rule for its field", "master", ""),
            Degree("not completed", "master", "cs", completed=False),
            Degree("completed later", "master", "cs", end=date(2026, 1, 2)),
        ],
        ids=lambda degree: degree.item,
    )
    def test_a_degree_gives_nothing_if_it_is(self, degree: Degree) -> None:
        assert levels_of(self.framework, Profile(degrees=(degree,))) == []

    def test_nothing_inferred_counts_where_none_is_accepted(self) -> None:
        profile = Profile(degrees=(Degree("BSc", "bachelor", "cs"),))
        assert evidence_of(self.framework, profile, Accept.NONE) == ()


class TestRoles:
    framework = framework(evidence=EvidenceRules(roles=(DEVELOPER,)))

    def test_brackets_begin_at_two_and_five_years(self) -> None:
        assert [bracket_of(months) for months in (0, 23, 24, 59, 60, 600)] == [0, 0, 1, 1, 2, 2]

    def test_overlapping_spans_count_once_and_the_end_month_not_at_all(self) -> None:
        roles = [
            Role("a", "developer", day("2020-01-01"), day("2021-01-31")),
            Role("b", "developer", day("2020-07-01"), day("2020-12-01")),
            Role("c", "developer", day("2022-03-01"), day("2022-05-01")),
        ]
        assert months_in(roles, AS_OF) == 12 + 2

    def test_an_open_role_lasts_until_the_day_of_the_analysis(self) -> None:
        assert months_in([Role("a", "developer", day("2025-03-15"))], AS_OF) == 10
        assert months_in([Role("a", "developer", day("2025-03-15"), day("2030-01-01"))], AS_OF) == 10

    def test_years_in_a_family_raise_its_levels_up_to_the_cap_of_inference(self) -> None:
        roles = (Role("Developer", "developer", day("2022-01-01")),)
        assert levels_of(self.framework, Profile(roles=roles)) == [3]

    def test_a_role_without_a_start_is_in_the_lowest_bracket(self) -> None:
        profile = Profile(roles=(Role("Developer", "developer", None, day("2020-01-01")),))
        (entry,) = evidence_of(self.framework, profile)
        assert (entry.level, entry.on) == (2, day("2020-01-01"))

    @pytest.mark.parametrize(
        "role",
        [Role("of no family", "", day("2020-01-01")), Role("of an unknown one", "cook", day("2020-01-01")),
         Role("not begun", "developer", day("2026-02-01"))],
        ids=lambda role: role.item,
    )  # fmt: skip
    def test_a_role_gives_nothing_if_it_is(self, role: Role) -> None:
        profile = Profile(roles=(role,))
        assert levels_of(self.framework, profile) == []
        assert offers(self.framework, profile, AS_OF) == {}

    def test_an_open_role_is_dated_by_its_start_and_a_closed_one_by_its_end(self) -> None:
        opened, closed = Role("open", "developer", day("2021-01-01")), day("2023-01-01")
        (entry,) = evidence_of(self.framework, Profile(roles=(opened,)))
        assert (entry.on, entry.until) == (day("2021-01-01"), AS_OF)
        (entry,) = evidence_of(self.framework, Profile(roles=(Role("closed", "developer", opened.start, closed),)))
        assert (entry.on, entry.until) == (closed, closed)

    def test_a_family_is_dated_and_ordered_by_the_latest_of_its_roles(self) -> None:
        early = Role("early", "developer", day("2015-01-01"), day("2017-01-01"), logged=9)
        late = Role("late", "developer", day("2017-01-01"), day("2020-01-01"), logged=2)
        (entry,) = evidence_of(self.framework, Profile(roles=(late, early)))
        assert (entry.item, entry.on, entry.logged) == ("early; late", day("2020-01-01"), 2)


class TestCertifications:
    rule = CertificationRule("cloud", "Cloud", (), {"python": 3}, validity_years=2, retired="2025-06")
    framework = framework(
        evidence=EvidenceRules(caps={Basis.CREDENTIAL: 2}, certifications=(rule,)),
        resources=(course("exam", ("python", 0, 1), mode="credential", certification="cloud"),),
    )

    def test_a_certificate_grants_what_its_rule_says_up_to_the_cap_of_credentials(self) -> None:
        profile = Profile(certifications=(Certification("Cloud", "cloud", day("2025-01-01")),))
        (entry,) = evidence_of(self.framework, profile)
        assert (entry.level, entry.basis, entry.rule) == (2, Basis.CREDENTIAL, "certification:cloud")

    @pytest.mark.parametrize(
        ("certification", "remark"),
        [
            (Certification("", "cloud", day("2023-01-01")), "expired 2025-01-01"),
            (Certification("", "cloud", day("2023-01-01"), expires=day("2027-01-01")), "retired 2025-06"),
            (Certification("", "cloud", None), "retired 2025-06"),
        ],
    )
    def test_an_expired_or_retired_certificate_still_counts_and_says_so(
        self, certification: Certification, remark: str
    ) -> None:
        assert certification_remark(self.framework, certification, AS_OF) == remark
        (entry,) = evidence_of(self.framework, Profile(certifications=(certification,)))
        assert entry.remark == remark

    def test_a_certificate_in_force_needs_no_remark(self) -> None:
        rules = EvidenceRules(certifications=(CertificationRule("cloud", "Cloud", (), {}),))
        assert certification_remark(framework(evidence=rules), Certification("", "cloud", None), AS_OF) == ""

    def test_a_certificate_of_no_rule_or_of_a_later_day_gives_nothing(self) -> None:
        unknown, later = Certification("Unknown", ""), Certification("Later", "cloud", day("2026-06-01"))
        assert levels_of(self.framework, Profile(certifications=(unknown, later))) == []

    def test_a_finished_resource_that_leads_to_a_certificate_gives_its_grants_too(self) -> None:
        entries = evidence_of(self.framework, Profile(finished=(Finished("exam", day("2025-01-01")),)))
        assert [(e.rule, e.level) for e in entries] == [("certification:cloud", 2), ("resource:exam", 1)]


class TestActivitiesAndResources:
    rules = EvidenceRules(
        activities=(ActivityRule("project", Basis.PRACTISED, 4), ActivityRule("talk", Basis.PRACTISED, 3))
    )
    framework = framework(
        evidence=rules,
        resources=(
            course("deep", ("python", 0, 2), ("python", 2, 5)),
            course("task", ("python", 4, 5), mode="practice"),
        ),
    )

    def test_an_activity_counts_at_the_stated_level_up_to_the_cap_of_its_kind(self) -> None:
        said = {"python": 5}
        profile = Profile(activities=(Activity("Project", "project", None, said), Activity("Talk", "talk", None, said)))
        assert levels_of(self.framework, profile) == [4, 3]

    def test_an_activity_of_an_unknown_kind_or_a_later_day_gives_nothing(self) -> None:
        activities = (
            Activity("Juggling", "juggling", None, {"python": 3}),
            Activity("Later", "project", day("2026-05-01"), {"python": 3}),
        )
        assert levels_of(self.framework, Profile(activities=activities)) == []

    def test_study_carries_no_further_than_its_cap_and_practice_does(self) -> None:
        profile = Profile(finished=(Finished("deep"), Finished("task")))
        assert [(e.basis, e.level) for e in evidence_of(self.framework, profile)] == [
            (Basis.PRACTISED, 5),
            (Basis.STUDIED, 3),
        ]

    def test_an_unknown_resource_or_one_finished_later_gives_nothing(self) -> None:
        finished = (Finished("gone"), Finished("task", day("2026-05-01")))
        assert levels_of(self.framework, Profile(finished=finished)) == []

    def test_what_is_practised_and_a_role_are_practice_and_a_course_is_not(self) -> None:
        studied = Evidence("python", "Course", "resource:deep", Basis.STUDIED, 3, 3)
        role = Evidence("python", "Developer", "role:developer", Basis.INFERRED, 3, 3)
        practised = Evidence("python", "Project", "activity:project", Basis.PRACTISED, 3, 3)
        assert [e.is_practice for e in (studied, role, practised)] == [False, True, True]


class TestListedSkills:
    framework = framework(evidence=EvidenceRules(listed_skill=ListedSkillRule(1, Basis.INFERRED, offer=2)))
    profile = Profile(skills=(ListedSkill("Python", "python"), ListedSkill("Later", "python", day("2026-02-01"))))

    def test_a_listed_skill_is_evidence_of_little_and_offers_more(self) -> None:
        (entry,) = evidence_of(self.framework, self.profile)
        assert (entry.rule, entry.basis, entry.level) == ("listed_skill", Basis.INFERRED, 1)
        assert offers(self.framework, self.profile, AS_OF)["python"].level == 2

    def test_without_a_rule_it_is_nothing(self) -> None:
        assert levels_of(framework(), self.profile) == []
        assert offers(framework(), self.profile, AS_OF) == {}


class TestOffers:
    def offered(self, profile: Profile, **roles: RoleRule) -> dict[str, tuple[int, str]]:
        found = framework(competency("python", target=4), evidence=EvidenceRules(roles=tuple(roles.values())))
        return {c: (o.level, o.rule) for c, o in offers(found, profile, AS_OF).items()}

    def test_years_in_a_family_offer_the_targets_of_a_stage_area_by_area(self) -> None:
        rule = RoleRule("lead", ("Lead",), {}, offers=({}, {"core": "goal"}, {"core": "goal"}))
        two_years = Profile(roles=(Role("Lead", "lead", day("2024-01-01")),))
        one_year = Profile(roles=(Role("Lead", "lead", day("2025-01-01")),))
        assert self.offered(two_years, lead=rule) == {"python": (4, "offer:lead")}
        assert self.offered(one_year, lead=rule) == {}

    def test_of_several_families_the_latest_stage_is_offered(self) -> None:
        targets = {"first": 1, "goal": 3}
        rules = tuple(
            RoleRule(name, (name,), {}, offers=({"core": offered},) * 3)
            for name, offered in (("a", "first"), ("b", "goal"), ("c", "first"))
        )
        found = framework(
            competency("python", targets=targets),
            stages=(stage("first"), stage("goal")),
            evidence=EvidenceRules(roles=rules),
        )
        profile = Profile(roles=tuple(Role(name, name) for name in "abc"))
        assert offers(found, profile, AS_OF)["python"].level == 3

    def test_what_is_inferred_above_its_cap_is_offered(self) -> None:
        profile = Profile(roles=(Role("Developer", "developer", day("2015-01-01")),))
        assert self.offered(profile, developer=DEVELOPER) == {"python": (4, "role:developer")}

    def test_a_basis_that_carries_nothing_by_itself_is_offered_whole(self) -> None:
        rules = EvidenceRules(caps={Basis.INFERRED: 0}, roles=(DEVELOPER,))
        profile = Profile(roles=(Role("Developer", "developer"),))
        assert levels_of(framework(evidence=rules), profile) == []
        assert offers(framework(evidence=rules), profile, AS_OF)["python"].level == 2
