"""Small frameworks and profiles in which everything happens: caps, cycles avoided, ties, days before and after.

Numbers are few on purpose, so that equal dates, equal gains per hour and equal levels come up all the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from tracker.engine.framework import (
    ActivityRule,
    Area,
    Basis,
    CertificationRule,
    Competency,
    Condition,
    DegreeLevelRule,
    DegreeRule,
    EvidenceRules,
    Framework,
    ListedSkillRule,
    Milestone,
    Prerequisite,
    Resource,
    RoleRule,
    Stage,
    Teaching,
)
from tracker.engine.profile import (
    Accept,
    Activity,
    Certification,
    Claim,
    Degree,
    Finished,
    ListedSkill,
    Profile,
    Role,
)

DAYS = tuple(
    date.fromisoformat(day)
    for day in ("2017-02-01", "2019-05-31", "2020-02-29", "2021-03-01", "2021-03-31", "2022-01-01", "2023-06-15")
)
LATER = (date(2023, 7, 1), date(2025, 1, 1))

Names = tuple[str, ...]
Draw = st.DrawFn

levels = st.integers(0, 5)
steps = st.integers(1, 5)
weights = st.integers(1, 3)
days = st.sampled_from(DAYS + LATER)
maybe_days = st.none() | days
as_of_days = st.sampled_from((*DAYS[3:], date(2023, 7, 1)))
accepts = st.sampled_from(Accept)
orders = st.integers(0, 2)
bases = st.sampled_from(Basis)
hours = st.sampled_from([Fraction(h) for h in ("0.1", "0.5", "1", "1.5", "2", "3", "4", "7.3")])
costs = st.sampled_from([Fraction(0), Fraction(50), Fraction("0.1")])
modes = st.sampled_from(["study", "study", "practice", "credential"])
statuses = st.sampled_from(["active", "active", "active", "paused", "retired"])
caps = st.just({Basis.INFERRED: 3, Basis.STUDIED: 3}) | st.dictionaries(bases, levels)
additions = st.sampled_from([(0, 0, 0), (0, 1, 1), (0, 1, 2)])
role_caps = st.integers(3, 5)
offered_stages = st.integers(-1, 2)
listed_skill_rules = st.none() | st.builds(ListedSkillRule, st.just(1), bases, st.integers(0, 3))
pass_marks = st.sampled_from([Fraction(0), Fraction("0.5"), Fraction("0.85"), Fraction(1)])
asked_degrees = st.sampled_from(["", "bachelor", "master"])
asked_years = st.sampled_from([Fraction(0), Fraction(1), Fraction("2.5")])
pairs_asked = st.tuples(*[st.sampled_from(["degree", "family", "activity", "certificate"])] * 2)
degree_levels = st.sampled_from(["secondary", "associate", "bachelor", "master", "doctorate", "bootcamp", "other"])
completed = st.sampled_from([True, True, True, False])
claims = st.builds(Claim, levels, maybe_days, orders)
words = st.booleans() | days


@cache
def one_of(names: Names) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


@cache
def ids(prefix: str, least: int, most: int) -> st.SearchStrategy[Names]:
    return st.integers(least, most).map(lambda n: tuple(f"{prefix}{i}" for i in range(n)))


@cache
def some_of(names: Names) -> st.SearchStrategy[Names]:
    return st.lists(one_of(names), unique=True).map(tuple) if names else st.just(())


@cache
def by_name(names: Names, values: st.SearchStrategy, most: int = 2) -> st.SearchStrategy[Mapping]:
    return st.dictionaries(one_of(names), values, max_size=most) if names else st.just({})


def grants(competencies: Names, most: int = 2) -> st.SearchStrategy[Mapping[str, int]]:
    return by_name(competencies, steps, most)


@cache
def prerequisites(needs: Names) -> st.SearchStrategy[list[tuple[int, str, int]]]:
    return st.lists(st.tuples(steps, one_of(needs), steps), max_size=2) if needs else st.just([])


@cache
def rising(values: st.SearchStrategy[int], size: int) -> st.SearchStrategy[list[int]]:
    return st.lists(values, min_size=size, max_size=size).map(sorted)


def some_competencies(draw: Draw, names: Names, areas: Names, stages: Names) -> tuple[Competency, ...]:
    """Each may need those named before it, so there are no cycles; targets never fall; the rows come in any order."""
    rows = [
        Competency(
            id=name,
            name=name,
            area=draw(one_of(areas)),
            weight=draw(weights),
            targets={s: level for s, level in zip(stages, draw(rising(levels, len(stages))), strict=True) if level},
            prerequisites=tuple(Prerequisite(name, k, p, m) for k, p, m in draw(prerequisites(names[:i]))),
        )
        for i, name in enumerate(names)
    ]
    return tuple(draw(st.permutations(rows)))


def a_role_rule(draw: Draw, name: str, names: Names, areas: Names, stages: Names) -> RoleRule:
    """More years never offer less: what each area is offered rises, or begins, with the bracket."""
    offers: tuple[dict[str, str], dict[str, str], dict[str, str]] = ({}, {}, {})
    for area in areas:
        for of_bracket, stage in zip(offers, draw(rising(offered_stages, 3)), strict=True):
            if 0 <= stage < len(stages):
                of_bracket[area] = stages[stage]
    return RoleRule(
        id=name,
        titles=(name,),
        base=draw(grants(names, 3)),
        add_by_bracket=draw(additions),
        cap=draw(role_caps),
        offers=offers,
    )


@cache
def degree_level_rules(names: Names) -> st.SearchStrategy[Mapping[str, DegreeLevelRule]]:
    rule = st.builds(DegreeLevelRule, shift=st.integers(-1, 1), cap=st.integers(2, 5), also=grants(names))
    return by_name(("associate", "bootcamp", "master", "doctorate"), rule, 3)


def some_evidence_rules(draw: Draw, names: Names, areas: Names, stages: Names) -> EvidenceRules:
    return EvidenceRules(
        caps=draw(caps),
        degrees=tuple(DegreeRule(d, (d,), draw(grants(names))) for d in draw(ids("field", 0, 2))),
        degree_levels=draw(degree_level_rules(names)),
        roles=tuple(a_role_rule(draw, r, names, areas, stages) for r in draw(ids("family", 0, 2))),
        certifications=tuple(
            CertificationRule(c, c, (), draw(grants(names)), retired="retired") for c in draw(ids("cert", 0, 2))
        ),
        activities=tuple(ActivityRule(k, draw(bases), draw(steps)) for k in draw(ids("kind", 0, 2))),
        listed_skill=draw(listed_skill_rules),
    )


@cache
def rows_taught(names: Names) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    return st.lists(st.tuples(one_of(names), st.integers(0, 4), st.integers(1, 3)), max_size=3)


def some_resources(draw: Draw, names: Names, certifications: Names) -> tuple[Resource, ...]:
    made = [
        Resource(
            id=name,
            title=name,
            kind="course",
            hours=draw(hours),
            cost=draw(costs),
            mode=draw(modes),
            status=draw(statuses),
            certification=draw(one_of(("", *certifications))),
            teaches=tuple(Teaching(c, a, min(5, a + up)) for c, a, up in draw(rows_taught(names))),
        )
        for name in draw(ids("r", 0, 7))
    ]
    return tuple(draw(st.permutations(made)))


def a_condition(draw: Draw, rules: EvidenceRules) -> Condition:
    """One or two things asked together."""
    first, second = draw(pairs_asked)
    asked: dict[str, object] = {}
    if "degree" in (first, second):
        asked |= {"degree": draw(asked_degrees), "fields": draw(some_of(tuple(d.id for d in rules.degrees)))}
    if "family" in (first, second):
        asked |= {"families": draw(some_of(tuple(r.id for r in rules.roles))), "years": draw(asked_years)}
    if "activity" in (first, second):
        asked |= {"activities": ("kind0", "kind1"), "count": draw(weights)}
    if "certificate" in (first, second):
        asked |= {"certificate": draw(one_of(("any", *(c.id for c in rules.certifications))))}
    return Condition(**asked)  # type: ignore[arg-type]


def some_milestones(draw: Draw, stages: Names, rules: EvidenceRules) -> tuple[Milestone, ...]:
    return tuple(
        Milestone(
            id=m,
            name=m,
            stage=draw(one_of(stages)),
            required=draw(st.booleans()),
            met_by=tuple(a_condition(draw, rules) for _ in draw(ids("condition", 0, 2))),
        )
        for m in draw(ids("m", 0, 2))
    )


def a_framework(draw: Draw) -> Framework:
    areas, stages, names = draw(ids("area", 1, 2)), draw(ids("stage", 1, 3)), draw(ids("c", 1, 5))
    rules = some_evidence_rules(draw, names, areas, stages)
    return Framework(
        id="generated",
        version="1",
        title="Generated",
        areas=tuple(Area(a, a) for a in areas),
        stages=tuple(Stage(s, s, draw(pass_marks), draw(some_of(names))) for s in stages),
        competencies=some_competencies(draw, names, areas, stages),
        milestones=some_milestones(draw, stages, rules),
        evidence=rules,
        resources=some_resources(draw, names, tuple(c.id for c in rules.certifications)),
    )


# --- profiles -------------------------------------------------------------------------------------------------------


def names_of(framework: Framework) -> Names:
    return tuple(sorted(framework.competency))


@cache
def degrees(fields: Names) -> st.SearchStrategy[Degree]:
    return st.builds(Degree, st.just("degree"), degree_levels, one_of(("", *fields)), completed, maybe_days, orders)


@cache
def roles(families: Names) -> st.SearchStrategy[Role]:
    return st.builds(in_order, one_of(("", *families)), maybe_days, maybe_days, orders)


def in_order(family: str, start: date | None, end: date | None, logged: int) -> Role:
    if start and end and end < start:
        start, end = end, start
    return Role("role", family, start, end, logged)


@cache
def certifications(rules: Names) -> st.SearchStrategy[Certification]:
    return st.builds(Certification, st.just("certificate"), one_of(("", *rules)), maybe_days, maybe_days, orders)


@cache
def activities(kinds: Names, names: Names) -> st.SearchStrategy[Activity]:
    kind = one_of(("unknown", *kinds))
    return st.builds(Activity, st.just("activity"), kind, maybe_days, by_name(names, levels), orders)


@cache
def finished(resources: Names) -> st.SearchStrategy[Finished]:
    return st.builds(Finished, one_of(resources), maybe_days, orders)


@cache
def skills(names: Names) -> st.SearchStrategy[ListedSkill]:
    return st.builds(ListedSkill, st.just("skill"), one_of(names), maybe_days, orders)


def items(framework: Framework) -> dict[str, st.SearchStrategy]:
    """Each sort of thing that a profile holds in a row, by the member that holds it."""
    names = names_of(framework)
    found = {
        "degrees": degrees(tuple(framework.degree_rule)),
        "roles": roles(tuple(framework.role_rule)),
        "certifications": certifications(tuple(framework.certification_rule)),
        "activities": activities(tuple(framework.activity_rule), names),
        "skills": skills(names),
    }
    if framework.resources:
        found["finished"] = finished(tuple(sorted(framework.resource)))
    return found


@cache
def few(elements: st.SearchStrategy, most: int) -> st.SearchStrategy[tuple]:
    return st.lists(elements, max_size=most).map(tuple)


def a_profile(draw: Draw, framework: Framework) -> Profile:
    names, most = names_of(framework), {"roles": 3, "skills": 1}
    return Profile(
        claims=draw(by_name(names, claims, 3)),
        confirmed=draw(by_name(names, levels)),
        milestones=draw(by_name(tuple(sorted(framework.milestone)), words)),
        **{member: draw(few(sort, most.get(member, 2))) for member, sort in items(framework).items()},
    )


@dataclass(frozen=True)
class Case:
    """A framework, somebody's profile, the day it is read on and what is accepted."""

    framework: Framework
    profile: Profile
    as_of: date
    accept: Accept


@st.composite
def cases(draw: Draw) -> Case:
    framework = a_framework(draw)
    return Case(framework, a_profile(draw, framework), draw(as_of_days), draw(accepts))
