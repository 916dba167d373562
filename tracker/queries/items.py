"""A person's degrees, roles, certificates, activities and listed skills, each with what it is evidence for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.engine.evidence import CLOSURE_OF_CLAIM, CLOSURE_OF_EVIDENCE, Evidence, certification_remark, months_in
from tracker.engine.framework import Milestone
from tracker.engine.levels import Level
from tracker.engine.milestones import MilestoneStatus
from tracker.matching import Match as Matching
from tracker.matching import matcher_of
from tracker.models import Activity, Certification, Degree, ListedSkill, Match, Role
from tracker.queries.counting import counted
from tracker.queries.offers import open_offers
from tracker.queries.person import Person, levels_with_evidence
from tracker.queries.profile import activity_value, certification_value, day, degree_value, role_value
from tracker.queries.rules import activity_word, rules_of

ACTIVITIES_SHOWN = 20
NAMED_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A rule that an unsure text may mean."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One logged item. `counts_as`: the name of its rule; `supports`: (competency id, name, level), highest first;
    `meets`: the milestones that it meets; `remarks`: what must be said beside it; `choices`: asked where unsure."""

    row: models.Model
    sort: str
    meta: str
    counts_as: str = ""
    supports: tuple[tuple[str, str, int], ...] = ()
    meets: tuple[Milestone, ...] = ()
    remarks: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def is_unsure(self) -> bool:
        return getattr(self.row, "match", "") == Match.UNSURE

    @property
    def has_more(self) -> bool:
        """Whether there is more than a line can say at once."""
        return len(self.supports) > NAMED_AT_ONCE or len(self.meets) > 1

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
    activities_hidden: int
    skills: tuple[ItemLine, ...]
    offers: int

    @property
    def is_empty(self) -> bool:
        return not (self.degrees or self.roles or self.certifications or self.activities or self.skills)

    @property
    def unsure(self) -> int:
        lines = (*self.degrees, *self.roles, *self.certifications, *self.skills)
        return sum(line.is_unsure for line in lines)

    @property
    def milestones_met(self) -> tuple[MilestoneStatus, ...]:
        return tuple(s for s in self.person.snapshot.milestones if s.met)

    @property
    def milestones_open(self) -> tuple[MilestoneStatus, ...]:
        """The required ones that are open, in the order of the path."""
        return tuple(s for s in self.person.snapshot.milestones if s.milestone.required and not s.met)


def profile_page(person: Person, all_activities: bool = False) -> ProfilePage:
    """All items, a query a kind, and the evidence behind the person's levels in one more."""
    lines, user = _Lines(person), person.user.pk
    roles = counted(person.framework, Role.objects.filter(user=user).order_by("-start", "-pk"))
    degrees = counted(person.framework, Degree.objects.filter(user=user).order_by("-end", "-pk"))
    activities = Activity.objects.filter(user=user).order_by("-on", "-pk")
    shown = list(activities if all_activities else activities[: ACTIVITIES_SHOWN + 1])
    hidden = 0
    if not all_activities and len(shown) > ACTIVITIES_SHOWN:
        shown, hidden = shown[:ACTIVITIES_SHOWN], activities.count() - ACTIVITIES_SHOWN
    certificates = counted(person.framework, Certification.objects.filter(user=user).order_by("-on", "-pk"))
    skills = counted(person.framework, ListedSkill.objects.filter(user=user).order_by("text"))
    return ProfilePage(
        person=person,
        degrees=tuple(lines.degree(row) for row in degrees),
        roles=tuple(lines.role(row, roles) for row in roles),
        certifications=tuple(lines.certification(row) for row in certificates),
        activities=tuple(lines.activity(row) for row in shown),
        activities_hidden=hidden,
        skills=tuple(lines.skill(row) for row in skills),
        offers=len(open_offers(person)),
    )


class _Lines:
    """Turns rows into lines; knows which evidence and which milestones belong to which item."""

    def __init__(self, person: Person) -> None:
        self.framework = person.framework
        self.today = person.today
        self.matcher = matcher_of(person.framework)
        self.evidence = _by_item(levels_with_evidence(person).values())
        self.milestones: defaultdict[str, list[Milestone]] = defaultdict(list)
        for status in person.snapshot.milestones:
            for item in status.evidence if status.met else ():
                self.milestones[item].append(status.milestone)

    def degree(self, row: Degree) -> ItemLine:
        value = degree_value(row)
        meta = _joined(row.get_level_display(), row.institution, _span(row.start, row.end))
        remarks = _from_then_on(value.end, self.today) if row.completed else [_("Counts once it is finished.")]
        return self._line(
            row, "degree", meta, value.item, (f"degree:{row.rule}", value.item),
            self.matcher.field(row.field), remarks,
        )  # fmt: skip

    def role(self, row: Role, roles: list[Role]) -> ItemLine:
        value = role_value(row)
        rule, remarks = self.framework.role_rule.get(row.rule), _from_then_on(value.start, self.today)
        if rule and not row.start:
            remarks.append(_("Without a start it counts as under two years."))
        years = months_in([role_value(r) for r in roles if r.rule == row.rule], self.today) / 12
        more = _(", %(years)s years in all") % {"years": f"{years:.1f}"} if rule and years else ""
        span = _span(row.start, row.end or (_("now") if row.start else ""))
        key, match = (f"role:{row.rule}", ""), self.matcher.role(row.title)
        return self._line(row, "role", span, value.item, key, match, remarks, more)

    def certification(self, row: Certification) -> ItemLine:
        value = certification_value(row)
        remarks = _from_then_on(value.on, self.today)
        if row.rule in self.framework.certification_rule and (
            remark := certification_remark(self.framework, value, self.today)
        ):
            remarks.append(_("%(remark)s; it still counts.") % {"remark": capfirst(remark)})
        return self._line(
            row, "certification", _joined(row.issuer, row.on), value.item, (f"certification:{row.rule}", value.item),
            self.matcher.certificate(row.name, row.issuer), remarks,
        )  # fmt: skip

    def activity(self, row: Activity) -> ItemLine:
        value = activity_value(row)
        word = activity_word(row.kind)
        meta = _joined(word, row.on, _("%(hours)s h") % {"hours": f"{float(row.hours):g}"} if row.hours else "")
        rule, remarks = self.framework.activity_rule.get(row.kind), _from_then_on(value.on, self.today)
        if rule and any(level > rule.cap for level in row.levels.values()):
            stated = max(row.levels.values())
            remarks.append(
                _("You said up to %(stated)s; this kind counts up to %(cap)s.") % {"stated": stated, "cap": rule.cap}
            )
        habits = [habit.name for habit in self.framework.habits if row.kind in habit.kinds]
        if habits:
            remarks.append(_("Logged for the habit: %(habits)s.") % {"habits": ", ".join(habits)})
        key = (f"activity:{row.kind}", value.item)
        return ItemLine(
            row, "activity", meta, "", self._supports(key), tuple(self.milestones.get(value.item, ())), tuple(remarks)
        )

    def skill(self, row: ListedSkill) -> ItemLine:
        item = f"{row.text} (listed skill)"
        return self._line(
            row, "skill", row.on, item, ("listed_skill", item), self.matcher.skill(row.text),
            _from_then_on(day(row.on), self.today),
        )  # fmt: skip

    def _line(
        self, row: Any, sort: str, meta: str, item: str, key: tuple[str, str], found: Matching,
        remarks: list[str], more: str = "",
    ) -> ItemLine:  # fmt: skip
        names = rules_of(self.framework, sort)
        is_asked = row.match == Match.UNSURE
        return ItemLine(
            row=row,
            sort=sort,
            meta=meta,
            counts_as=names.get(row.rule, row.rule) + more,
            supports=self._supports(key) if row.rule else (),
            meets=tuple(self.milestones.get(item, ())),
            remarks=tuple(remarks),
            choices=tuple(Choice(c.id, names.get(c.id, c.id)) for c in found.candidates) if is_asked else (),
        )

    def _supports(self, key: tuple[str, str]) -> tuple[tuple[str, str, int], ...]:
        """What the item is evidence for, the highest level first, of these what weighs most."""
        known = self.framework.competency
        entries = sorted(
            self.evidence.get(key, ()), key=lambda e: (-e.level, -known[e.competency].weight, e.competency)
        )
        return tuple((e.competency, known[e.competency].name, e.level) for e in entries)


def _by_item(levels: Iterable[Level]) -> dict[tuple[str, str], list[Evidence]]:
    """(rule, item) -> its evidence; a role family shares its evidence, so its item is left empty."""
    found: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for level in levels:
        for entry in level.evidence:
            if entry.rule not in (CLOSURE_OF_CLAIM, CLOSURE_OF_EVIDENCE):
                item = "" if entry.rule.startswith("role:") else entry.item
                found[entry.rule, item].append(entry)
    return found


def _from_then_on(on: date | None, today: date) -> list[str]:
    """What to say of an item that lies ahead."""
    return [_("Counts from %(day)s on.") % {"day": on.isoformat()}] if on and on > today else []


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def _span(start: str, end: str) -> str:
    if not start:
        return end
    return (_("%(start)s to %(end)s") if end else _("from %(start)s")) % {"start": start, "end": end}
