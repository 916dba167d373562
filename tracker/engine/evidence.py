"""From what a person logged to evidence: which item supports which competency at which level, by which rule.

ENGINE.md, "Level of a user". Each entry is dated by the day it was complete: the end of a degree or role, the day of a
certificate, an activity or a finished resource. A role that still runs is dated by its start, so that it never
overrules what the person has said of herself since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.engine.dates import add_months, month_index
from tracker.engine.framework import Basis, DegreeLevelRule, Framework
from tracker.engine.profile import (
    Accept,
    Activity,
    Certification,
    Degree,
    Finished,
    ListedSkill,
    Profile,
    Role,
)

CLOSURE_OF_EVIDENCE = "closure-of-evidence"
CLOSURE_OF_CLAIM = "closure-of-claim"

_MONTHS_IN_BRACKETS = (24, 60)  # under two years, under five, from five


@dataclass(frozen=True, slots=True)
class Evidence:
    """`item` supports `competency` at `level` by `rule`. `uncapped` is what the rule says before the cap of the basis.

    `on` is the day it was complete, `until` the day it was last in use (for freshness); None: unknown.
    """

    competency: str
    item: str
    rule: str
    basis: Basis
    level: int
    uncapped: int
    on: date | None = None
    until: date | None = None
    logged: int = 0
    remark: str = ""

    @property
    def is_practice(self) -> bool:
        """Something done, not only studied: a project, a role, a review."""
        return self.basis >= Basis.PRACTISED or self.rule.startswith("role:")


@dataclass(frozen=True, slots=True)
class _Item:
    """What all evidence of one logged item shares."""

    item: str
    rule: str
    basis: Basis
    on: date | None
    until: date | None = None
    logged: int = 0
    remark: str = ""

    def supports(self, framework: Framework, grants: Mapping[str, int]) -> Iterator[Evidence]:
        cap = framework.evidence.cap(self.basis)
        for competency, level in grants.items():
            if level > 0 and competency in framework.competency:
                yield Evidence(
                    competency, self.item, self.rule, self.basis, min(level, cap), level, self.on,
                    self.until or self.on, self.logged, self.remark,
                )  # fmt: skip


def collect(framework: Framework, profile: Profile, as_of: date, accept: Accept) -> dict[str, tuple[Evidence, ...]]:
    """Competency -> its evidence as of that day, strongest first; closure not included.

    With `Accept.NONE` nothing inferred counts; what its basis cannot carry at all is left out.
    """
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for entry in _all_evidence(framework, profile, as_of):
        if entry.level and (accept is not Accept.NONE or entry.basis is not Basis.INFERRED):
            found[entry.competency].append(entry)
    return {competency: tuple(sorted(entries, key=_strongest_first)) for competency, entries in found.items()}


def _strongest_first(entry: Evidence) -> tuple[int, int, str, str, int, int, str]:
    """Ties to the last member, newest first, so that the order of what was logged never shows."""
    day = entry.on.toordinal() if entry.on else 0
    return (-entry.level, -entry.basis, entry.rule, entry.item, -day, -entry.logged, entry.remark)


def _all_evidence(framework: Framework, profile: Profile, as_of: date) -> Iterator[Evidence]:
    for degree in profile.degrees:
        yield from _from_degree(framework, degree, as_of)
    for family, roles in roles_by_family(profile.roles, as_of).items():
        yield from _from_family(framework, family, roles, as_of)
    for certification in profile.certifications:
        yield from _from_certification(framework, certification, as_of)
    for activity in profile.activities:
        yield from _from_activity(framework, activity, as_of)
    for finished in profile.finished:
        yield from _from_finished(framework, finished, as_of)
    for skill in profile.skills:
        yield from _from_listed_skill(framework, skill, as_of)


def _known_on(day: date | None, as_of: date) -> bool:
    return day is None or day <= as_of


# Degrees


def degree_counts(degree: Degree, as_of: date) -> bool:
    """Whether the degree is completed as of that day."""
    return degree.completed and _known_on(degree.end, as_of)


def degree_grants(framework: Framework, field: str, level: str) -> dict[str, int]:
    """What a degree of that level in that field is evidence for, before caps; empty where no rule speaks of it."""
    rule = framework.degree_rule.get(field)
    by_level = framework.evidence.degree_levels.get(level)
    if by_level is None and level == "bachelor":
        by_level = DegreeLevelRule()
    if rule is None or by_level is None:
        return {}
    grants = {c: min(listed + by_level.shift, by_level.cap) for c, listed in rule.grants.items()}
    for competency, also in by_level.also.items():
        grants[competency] = max(also, grants.get(competency, 0))
    return grants


def _from_degree(framework: Framework, degree: Degree, as_of: date) -> Iterator[Evidence]:
    if not degree_counts(degree, as_of):
        return
    item = _Item(degree.item, f"degree:{degree.field}", Basis.INFERRED, degree.end, logged=degree.logged)
    yield from item.supports(framework, degree_grants(framework, degree.field, degree.level))


# Roles


def roles_by_family(roles: Iterable[Role], as_of: date) -> dict[str, tuple[Role, ...]]:
    """Family -> its roles that had begun by that day, in the order of their time; roles of no family left out."""
    families: defaultdict[str, list[Role]] = defaultdict(list)
    for role in roles:
        if role.family and _known_on(role.start, as_of):
            families[role.family].append(role)
    return {
        family: tuple(sorted(members, key=lambda r: (r.start or date.min, r.end or date.max, r.item)))
        for family, members in sorted(families.items())
    }


def months_in(roles: Iterable[Role], as_of: date) -> int:
    """Whole months from start to end (the end month not counted) in the roles' united spans, overlaps once."""
    spans = sorted(
        (month_index(role.start), month_index(min(role.end or as_of, as_of)))
        for role in roles
        if role.start is not None and role.start <= as_of
    )
    months, reached = 0, -1
    for start, end in spans:
        months += max(0, end - max(start, reached))
        reached = max(reached, end)
    return months


def bracket_of(months: int) -> int:
    """0 under two years, 1 under five, 2 from five on."""
    return sum(months >= limit for limit in _MONTHS_IN_BRACKETS)


def role_grants(framework: Framework, family: str, months: int) -> dict[str, int]:
    """What so many months in a role family are evidence for, before the cap of the basis."""
    rule = framework.role_rule[family]
    add = rule.add_by_bracket[bracket_of(months)]
    return {c: min(base + add, rule.cap) for c, base in rule.base.items() if base > 0}


def _from_family(framework: Framework, family: str, roles: tuple[Role, ...], as_of: date) -> Iterator[Evidence]:
    if family not in framework.role_rule:
        return
    complete = [(day, role.logged) for role in roles if (day := _completed(role, as_of))]
    on, logged = max(complete, default=(None, 0))
    in_use = [day for role in roles if (day := min(role.end or as_of, as_of) if role.start or role.end else None)]
    item = _Item(
        "; ".join(role.item for role in roles),
        f"role:{family}",
        Basis.INFERRED,
        on,
        until=max(in_use, default=None),
        logged=logged,
    )
    yield from item.supports(framework, role_grants(framework, family, months_in(roles, as_of)))


def _completed(role: Role, as_of: date) -> date | None:
    return role.end if role.end and role.end <= as_of else role.start


# Certifications, activities, finished resources, listed skills


def _from_certification(framework: Framework, certification: Certification, as_of: date) -> Iterator[Evidence]:
    rule = framework.certification_rule.get(certification.rule)
    if rule is None or not _known_on(certification.on, as_of):
        return
    remark = certification_remark(framework, certification, as_of)
    item = _Item(
        certification.item, f"certification:{rule.id}", Basis.CREDENTIAL, certification.on,
        logged=certification.logged, remark=remark,
    )  # fmt: skip
    yield from item.supports(framework, rule.grants)


def certification_remark(framework: Framework, certification: Certification, as_of: date) -> str:
    """What must be said beside a credential that still counts: expired, or retired by who issued it."""
    rule = framework.certification_rule[certification.rule]
    expires = certification.expires
    if expires is None and certification.on and rule.validity_years:
        expires = add_months(certification.on, 12 * rule.validity_years)
    if expires and expires < as_of:
        return f"expired {expires.isoformat()}"
    return f"retired {rule.retired}" if rule.retired else ""


def _from_activity(framework: Framework, activity: Activity, as_of: date) -> Iterator[Evidence]:
    rule = framework.activity_rule.get(activity.kind)
    if rule is None or not _known_on(activity.on, as_of):
        return
    item = _Item(activity.item, f"activity:{rule.kind}", rule.basis, activity.on, logged=activity.logged)
    grants = {c: min(level, rule.cap) for c, level in activity.competencies.items()}
    yield from item.supports(framework, grants)


def _from_finished(framework: Framework, finished: Finished, as_of: date) -> Iterator[Evidence]:
    resource = framework.resource.get(finished.resource)
    if resource is None or not _known_on(finished.on, as_of):
        return
    taught: dict[str, int] = {}
    for t in resource.teaches:
        taught[t.competency] = max(t.reached, taught.get(t.competency, 0))
    item = _Item(resource.title, f"resource:{resource.id}", resource.basis, finished.on, logged=finished.logged)
    yield from item.supports(framework, taught)
    if rule := framework.certification_rule.get(resource.certification):
        passed = _Item(
            resource.title, f"certification:{rule.id}", Basis.CREDENTIAL, finished.on, logged=finished.logged
        )
        yield from passed.supports(framework, rule.grants)


def _from_listed_skill(framework: Framework, skill: ListedSkill, as_of: date) -> Iterator[Evidence]:
    rule = framework.evidence.listed_skill
    if rule is None or not _known_on(skill.on, as_of):
        return
    item = _Item(skill.item, "listed_skill", rule.basis, skill.on, logged=skill.logged)
    yield from item.supports(framework, {skill.competency: rule.level})


# Offers: shown for confirmation, never counted unconfirmed


@dataclass(frozen=True, slots=True)
class Offer:
    """A level that a person may confirm, and what offers it."""

    level: int
    item: str
    rule: str


def offers(framework: Framework, profile: Profile, as_of: date) -> dict[str, Offer]:
    """Competency -> the highest level on offer: stage targets by role family, inferred levels above their cap,
    and what a listed skill offers."""
    found: dict[str, Offer] = {}

    def offer(competency: str, level: int, item: str, rule: str) -> None:
        known = found.get(competency)
        if level and (known is None or (level, rule, item) > (known.level, known.rule, known.item)):
            found[competency] = Offer(level, item, rule)

    for entry in _all_evidence(framework, profile, as_of):
        if entry.basis is Basis.INFERRED and entry.uncapped > entry.level:
            offer(entry.competency, entry.uncapped, entry.item, entry.rule)
    for area, (stage, family, item) in offered_stages(framework, profile, as_of).items():
        for competency in framework.by_area[area]:
            offer(competency.id, framework.target(stage, competency.id), item, f"offer:{family}")
    listed = framework.evidence.listed_skill
    for skill in profile.skills if listed else ():
        if listed and skill.competency in framework.competency and _known_on(skill.on, as_of):
            offer(skill.competency, listed.offer, skill.item, "listed_skill")
    return found


def offered_stages(framework: Framework, profile: Profile, as_of: date) -> dict[str, tuple[str, str, str]]:
    """Area -> (stage, role family, item) that the years in role families offer; of several the latest stage."""
    best: dict[str, tuple[str, str, str]] = {}
    for family, roles in roles_by_family(profile.roles, as_of).items():
        if family not in framework.role_rule:
            continue
        by_area = framework.role_rule[family].offers[bracket_of(months_in(roles, as_of))]
        for area, stage in by_area.items():
            if area not in best or framework.stage_order[stage] > framework.stage_order[best[area][0]]:
                best[area] = (stage, family, "; ".join(role.item for role in roles))
    return best
