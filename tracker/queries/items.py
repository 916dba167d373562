"""A person's degrees, roles, certificates, activities and listed skills, each with what it is evidence for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from tracker.engine.evidence import CLOSURE_OF_CLAIM, CLOSURE_OF_EVIDENCE, Evidence, Offer, months_in, offers
from tracker.engine.framework import Framework
from tracker.engine.levels import Level
from tracker.matching import Match as Matching
from tracker.matching import matcher_of
from tracker.models import Activity, Certification, Degree, ListedSkill, Match, Role
from tracker.queries.person import Person, levels_with_evidence
from tracker.queries.profile import activity_value, certification_value, degree_value, read_profile, role_value


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule that an unsure text may mean."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One logged item. `counts_as`: the name of its rule; `supports`: (competency id, name, level), highest first."""

    row: models.Model
    sort: str
    meta: str
    counts_as: str
    supports: tuple[tuple[str, str, int], ...]
    choices: tuple[Choice, ...] = ()

    @property
    def is_unsure(self) -> bool:
        return bool(self.choices)

    @property
    def matches_nothing(self) -> bool:
        return getattr(self.row, "match", "") in (Match.NONE, Match.REFUSED)


@dataclass(frozen=True, slots=True)
class ProfilePage:
    person: Person
    degrees: tuple[ItemLine, ...]
    roles: tuple[ItemLine, ...]
    certifications: tuple[ItemLine, ...]
    activities: tuple[ItemLine, ...]
    skills: tuple[ItemLine, ...]
    offers: int

    @property
    def is_empty(self) -> bool:
        return not (self.degrees or self.roles or self.certifications or self.activities or self.skills)

    @property
    def unsure(self) -> int:
        lines = (*self.degrees, *self.roles, *self.certifications, *self.skills)
        return sum(line.is_unsure for line in lines)


def profile_page(person: Person) -> ProfilePage:
    """All items, in five queries, and the evidence behind the person's levels in one more."""
    lines = _Lines(person)
    user = person.user.pk
    roles = list(Role.objects.filter(user=user).order_by("-start", "-pk"))
    return ProfilePage(
        person=person,
        degrees=tuple(lines.degree(row) for row in Degree.objects.filter(user=user).order_by("-end", "-pk")),
        roles=tuple(lines.role(row, roles) for row in roles),
        certifications=tuple(
            lines.certification(row) for row in Certification.objects.filter(user=user).order_by("-on")
        ),
        activities=tuple(lines.activity(row) for row in Activity.objects.filter(user=user).order_by("-on", "-pk")),
        skills=tuple(lines.skill(row) for row in ListedSkill.objects.filter(user=user).order_by("text")),
        offers=len(open_offers(person)),
    )


def open_offers(person: Person) -> dict[str, Offer]:
    """What is on offer beyond the present levels, where the person has made no claim of her own."""
    found = offers(person.framework, read_profile(person.user.pk), person.today)
    return {
        c: offer
        for c, offer in found.items()
        if offer.level > person.snapshot.levels[c].level and person.snapshot.levels[c].claim is None
    }


class _Lines:
    """Turns rows into lines; knows which evidence belongs to which item."""

    def __init__(self, person: Person) -> None:
        self.framework = person.framework
        self.today = person.today
        self.matcher = matcher_of(person.framework)
        self.by_item = _by_item(levels_with_evidence(person).values())

    def degree(self, row: Degree) -> ItemLine:
        meta = _joined(row.get_level_display(), row.institution, _span(row.start, row.end))
        rule = self.framework.degree_rule.get(row.rule)
        name = rule.names[0] if rule and rule.names else row.rule
        key = (f"degree:{row.rule}", degree_value(row).item)
        return self._line(row, "degree", meta, name, key, lambda m: m.field(row.field))

    def role(self, row: Role, roles: list[Role]) -> ItemLine:
        family = [role_value(r) for r in roles if r.rule == row.rule]
        rule = self.framework.role_rule.get(row.rule)
        years = months_in(family, self.today) / 12
        name = f"{rule.name}, {years:.1f} years in all" if rule else ""
        meta = _span(row.start, row.end or "now")
        return self._line(row, "role", meta, name, (f"role:{row.rule}", ""), lambda m: m.role(row.title))

    def certification(self, row: Certification) -> ItemLine:
        rule = self.framework.certification_rule.get(row.rule)
        meta = _joined(row.issuer, row.on)
        key = (f"certification:{row.rule}", certification_value(row).item)
        return self._line(
            row, "certification", meta, rule.title if rule else "", key, lambda m: m.certificate(row.name, row.issuer)
        )

    def activity(self, row: Activity) -> ItemLine:
        meta = _joined(row.kind.replace("-", " "), row.on, f"{float(row.hours):g} h" if row.hours else "")
        key = (f"activity:{row.kind}", activity_value(row).item)
        return ItemLine(row, "activity", meta, "", self._supports(key))

    def skill(self, row: ListedSkill) -> ItemLine:
        competency = self.framework.competency.get(row.rule)
        key = ("listed_skill", f"{row.text} (listed skill)")
        return self._line(row, "skill", row.on, competency.name if competency else "", key, lambda m: m.skill(row.text))

    def _line(self, row: Any, sort: str, meta: str, name: str, key: tuple[str, str], match: Any) -> ItemLine:
        choices = self._choices(sort, match(self.matcher)) if row.match == Match.UNSURE else ()
        return ItemLine(row, sort, meta, name, self._supports(key) if row.rule else (), choices)

    def _choices(self, sort: str, found: Matching) -> tuple[Choice, ...]:
        return tuple(Choice(c.id, rule_name(self.framework, sort, c.id)) for c in found.candidates)

    def _supports(self, key: tuple[str, str]) -> tuple[tuple[str, str, int], ...]:
        entries = sorted(self.by_item.get(key, ()), key=lambda e: (-e.level, e.competency))
        return tuple((e.competency, self.framework.competency[e.competency].name, e.level) for e in entries)


def rule_name(framework: Framework, sort: str, rule: str) -> str:
    """What the rule is called where a person reads it."""
    if sort == "degree" and rule in framework.degree_rule:
        return framework.degree_rule[rule].names[0]
    if sort == "role" and rule in framework.role_rule:
        return framework.role_rule[rule].name
    if sort == "certification" and rule in framework.certification_rule:
        return framework.certification_rule[rule].title
    if sort == "skill" and rule in framework.competency:
        return framework.competency[rule].name
    return rule


def _by_item(levels: Iterable[Level]) -> dict[tuple[str, str], list[Evidence]]:
    """(rule, item) -> its evidence; a role family shares its evidence, so its item is left empty."""
    found: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for level in levels:
        for entry in level.evidence:
            if entry.rule not in (CLOSURE_OF_CLAIM, CLOSURE_OF_EVIDENCE):
                item = "" if entry.rule.startswith("role:") else entry.item
                found[entry.rule, item].append(entry)
    return found


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _span(start: str, end: str) -> str:
    return f"{start} to {end}" if start and end else start or end
