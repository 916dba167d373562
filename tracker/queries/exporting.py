"""Everything that a person has here, as one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from tracker.interchange.own_export import Json, document, rule_member, skill_member
from tracker.interchange.own_history import numbering, renamed, renamed_key
from tracker.matching import Match as Matching
from tracker.matching import matcher_of
from tracker.models import (
    Activity,
    Advert,
    Certification,
    Claim,
    Degree,
    Effort,
    Event,
    ListedSkill,
    Match,
    MatchAnswer,
    MilestoneWord,
    Plan,
    ResourceMark,
    ResourceOverride,
    Role,
    SkippedStep,
    Waiver,
    WeekOff,
)
from tracker.queries.counting import Counting
from tracker.queries.elsewhere import elsewhere_of
from tracker.queries.frameworks import SHIPPED
from tracker.queries.importing.account import BROUGHT
from tracker.queries.importing.lines import AS_SAVED
from tracker.queries.person import Person


@dataclass(frozen=True, slots=True)
class Contents:
    """How much of each kind an export holds."""

    degrees: int
    roles: int
    certifications: int
    activities: int
    skills: int
    claims: int
    resources: int
    milestones: int
    waivers: int
    efforts: int
    weeks_off: int
    overrides: int
    plans: int
    adverts: int
    events: int


def read_contents(user_id: int) -> Contents:
    def count(model: type[models.Model]) -> int:
        return model._default_manager.filter(user=user_id).count()

    return Contents(*map(count, (
        Degree, Role, Certification, Activity, ListedSkill, Claim, ResourceMark, MilestoneWord, Waiver,
        Effort, WeekOff, ResourceOverride, Plan, Advert, Event,
    )))  # fmt: skip


def read_export(person: Person) -> Json:
    """The export: members of the profile as its schema says, the rest under `account`."""
    reader = _Reader(person)
    return document(reader.members(), reader.account(), person.framework)


class _Reader:
    def __init__(self, person: Person) -> None:
        self.person = person
        self.framework = person.framework
        self.matcher = matcher_of(person.framework)
        self.counting = Counting(person.framework)
        self.claims = list(Claim.objects.select_related("competency").filter(user=person.user.pk))
        self.marks = list(ResourceMark.objects.select_related("resource").filter(user=person.user.pk))
        self.skills = list(ListedSkill.objects.filter(user=person.user.pk))
        self.words = list(MilestoneWord.objects.select_related("milestone").filter(user=person.user.pk))
        self.waivers = list(Waiver.objects.select_related("competency").filter(user=person.user.pk))
        self.overrides = list(ResourceOverride.objects.select_related("resource").filter(user=person.user.pk))
        self.skips = list(SkippedStep.objects.select_related("resource").filter(user=person.user.pk))
        self.events = _told(Event.objects.filter(user=person.user.pk).order_by("logged_at", "id"))
        self.numbers = numbering(event.after or {} for event in self.events)

    def about_things(self) -> Iterator[models.Model]:
        """The rows that are about something of a framework."""
        yield from self.claims
        yield from self.marks
        yield from self.words
        yield from self.waivers
        yield from self.overrides
        yield from self.skips

    def members(self) -> Json:
        user, known = self.person.user.pk, self.framework.competency
        claims = [c for c in self.claims if c.competency.key in known]
        offered = Claim.Origin.OFFER
        return {
            "claims": {c.competency.key: _claim(c) for c in claims if c.origin != offered},
            "confirmed": {c.competency.key: c.level for c in claims if c.origin == offered},
            "degrees": [self._degree(row) for row in Degree.objects.filter(user=user)],
            "roles": [self._role(row) for row in Role.objects.filter(user=user)],
            "certifications": [self._certification(row) for row in Certification.objects.filter(user=user)],
            "activities": [self._activity(row) for row in Activity.objects.filter(user=user)],
            "skills": self._skills(),
            "finished": [_mark(m) for m in self.marks if m.status == "finished" and self._is_known(m)],
            "milestones": {
                w.milestone.key: (w.on or True) if w.met else False
                for w in self.words
                if w.milestone.key in self.framework.milestone
            },
        }

    def account(self) -> Json:
        """What the profile's schema has no place for."""
        user = self.person.user.pk
        answers = MatchAnswer.objects.filter(user=user)
        begun = (m for m in self.marks if m.status != "finished")
        return {
            "preferences": self._preferences(),
            "confirmed": _sorted("competency", self._confirmed()),
            "milestones": _sorted("milestone", self._milestones()),
            "skills": _sorted("text", map(self._skill, self.skills)),
            "marks": _sorted("resource", ({**_mark(m), "status": m.status} for m in begun)),
            "waivers": _sorted("competency", self._waivers()),
            "efforts": sorted(map(self._effort, Effort.objects.filter(user=user)), key=_when),
            "weeks_off": sorted(map(self._week_off, WeekOff.objects.filter(user=user)), key=_when),
            "overrides": _sorted("resource", map(_override, self.overrides)),
            "plans": sorted(map(self._plan, Plan.objects.filter(user=user)), key=_begin),
            "skips": _sorted("resource", self._skips()),
            "answers": [_answer(row) for row in answers.order_by("section", "text", "framework")],
            "adverts": [_advert(row) for row in Advert.objects.filter(user=user).order_by("logged_at", "id")],
            "events": self._events(),
            **_filled(elsewhere=elsewhere_of(self.framework, self.about_things())),
        }

    def _confirmed(self) -> Iterator[Json]:
        for claim in self.claims:
            if claim.origin == Claim.Origin.OFFER and claim.competency.key in self.framework.competency:
                yield {"competency": claim.competency.key, **_details(claim)}

    def _milestones(self) -> Iterator[Json]:
        for word in self.words:
            if word.milestone.key in self.framework.milestone:
                yield {"milestone": word.milestone.key, "logged_at": _at(word.logged_at)}

    def _waivers(self) -> Iterator[Json]:
        for waiver in self.waivers:
            yield _filled(competency=waiver.competency.key, reason=waiver.reason, logged_at=_at(waiver.logged_at))

    def _skips(self) -> Iterator[Json]:
        for skip in self.skips:
            yield {"resource": skip.resource.key, "logged_at": _at(skip.logged_at)}

    def _preferences(self) -> Json:
        kept = self.person.preferences
        return {
            "stage": kept.stage,
            "hours_per_week": float(kept.hours_per_week),
            "budget": None if kept.budget is None else float(kept.budget),
            "theme": kept.theme,
            "time_zone": kept.time_zone,
            "cards": kept.cards,
            "start_step": kept.start_step,
            **_filled(set_aside=kept.set_aside),
        }

    def _events(self) -> list[Json]:
        places = {event.pk: place for place, event in enumerate(self.events)}
        return [_event(e, self.numbers, places.get(e.undoes_id or 0)) for e in self.events]

    def _ref(self, sort: str, row: models.Model) -> str:
        """How the log of the export names the row; empty where it does not speak of it."""
        return self.numbers.get(f"{sort}:{row.pk}", "")

    def _is_known(self, mark: ResourceMark) -> bool:
        return mark.resource.key in self.framework.resource

    def _degree(self, row: Degree) -> Json:
        text = row.field or row.title
        return {
            "level": row.level,
            "field": row.field,
            "completed": row.completed,
            **_filled(title=row.title, institution=row.institution, start=row.start, end=row.end),
            **_filled(ref=self._ref("degree", row)),
            **self._matched("field_id", row, self.framework.degree_rule, self.matcher.field(text)),
        }

    def _role(self, row: Role) -> Json:
        return {
            "title": row.title,
            **_filled(employer=row.employer, start=row.start, end=row.end, summary=row.summary),
            **_filled(ref=self._ref("role", row)),
            **self._matched("family", row, self.framework.role_rule, self.matcher.role(row.title)),
        }

    def _certification(self, row: Certification) -> Json:
        matching = self.matcher.certificate(row.name, row.issuer)
        return {
            "name": row.name,
            **_filled(issuer=row.issuer, date=row.on, expires=row.expires, url=row.url),
            **_filled(ref=self._ref("certification", row)),
            **self._matched("rule", row, self.framework.certification_rule, matching),
        }

    def _matched(self, name: str, row: Any, known: Mapping[str, object], matching: Matching) -> Json:
        """What the item counts as in the framework that the export is of; beside it, where that may be another, what it
        was saved as, and what was said of it under other frameworks."""
        rule, match = self.counting.read(row)
        member = rule_member(rule, known.keys(), matching, is_refused=match == Match.REFUSED)
        is_same = self.framework.id == SHIPPED and (rule, match) == (row.rule, row.match)
        as_saved = {} if is_same else {AS_SAVED: _filled(rule=row.rule, match=row.match)}
        counts = _filled(**{name: member}, match=match, elsewhere=row.elsewhere, logged_at=_at(row.logged_at))
        return {**counts, **as_saved}

    def _activity(self, row: Activity) -> Json:
        known = self.framework.competency
        levels = {c: level for c, level in row.levels.items() if c in known}
        others = {c: level for c, level in row.levels.items() if c not in known}
        return {
            "kind": row.kind,
            "title": row.title,
            **_filled(date=row.on, hours=_number(row.hours), url=row.url, note=row.note, competencies=levels),
            **_filled(elsewhere=others, ref=self._ref("activity", row)),
            "logged_at": _at(row.logged_at),
        }

    def _skill(self, row: ListedSkill) -> Json:
        known = _filled(rule=row.rule, match=row.match, elsewhere=row.elsewhere)
        known |= _filled(date=row.on, ref=self._ref("skill", row))
        return {"text": row.text, **known, "logged_at": _at(row.logged_at)}

    def _effort(self, row: Effort) -> Json:
        return {
            "date": row.on.isoformat(),
            "hours": float(row.hours),
            **_filled(resource=row.resource, ref=self._ref("effort", row)),
            "logged_at": _at(row.logged_at),
        }

    def _week_off(self, row: WeekOff) -> Json:
        known = _filled(ref=self._ref("week-off", row))
        return {"date": row.week.isoformat(), **known, "logged_at": _at(row.logged_at)}

    def _plan(self, row: Plan) -> Json:
        closed = row.closed_on.isoformat() if row.closed_on else ""
        return {
            "stage": row.stage,
            "question": row.question,
            "answer": row.answer,
            "starts_on": row.starts_on.isoformat(),
            **_filled(closed_on=closed, ref=self._ref("plan", row)),
            "logged_at": _at(row.logged_at),
        }

    def _skills(self) -> list[str]:
        texts = (skill_member(self.matcher, row.text, self.counting.read(row)[0]) for row in self.skills)
        return list(dict.fromkeys(filter(None, texts)))


def _told(events: Iterable[Event]) -> list[Event]:
    """The log less the import that brought it here, unless that was undone: what was exported comes out again as the
    same bytes."""
    rows = list(events)
    undone = {row.undoes_id for row in rows}
    return [row for row in rows if not row.key.startswith(BROUGHT) or row.kind != Event.Kind.IMPORT or row.pk in undone]


def _claim(row: Claim) -> Json:
    return {
        "level": row.level,
        "origin": row.origin,
        **_details(row),
    }


def _details(row: Claim) -> Json:
    on = row.on.isoformat() if row.on else ""
    return {**_filled(date=on, note=row.note, link=row.link), "logged_at": _at(row.logged_at)}


def _mark(row: ResourceMark) -> Json:
    return {
        "resource": row.resource.key,
        **_filled(date=row.on, hours=_number(row.hours), rating=row.rating),
        "logged_at": _at(row.logged_at),
    }


def _override(row: ResourceOverride) -> Json:
    known = _filled(hours=_number(row.hours), cost=_number(row.cost), url=row.url)
    return {"resource": row.resource.key, **known, "logged_at": _at(row.logged_at)}


def _sorted(member: str, entries: Iterable[Json]) -> list[Json]:
    return sorted(entries, key=lambda entry: str(entry[member]))


def _answer(row: MatchAnswer) -> Json:
    known = _filled(framework=row.framework, rule=row.rule)
    return {"section": row.section, "text": row.text, **known, "logged_at": _at(row.logged_at)}


def _advert(row: Advert) -> Json:
    return {
        "title": row.title,
        "text": row.text,
        "requirements": row.requirements,
        "is_reviewed": row.is_reviewed,
        **_filled(employer=row.employer, read_for=row.read_for, set_aside=row.set_aside),
        "logged_at": _at(row.logged_at),
    }


def _when(entry: Json) -> tuple[str, str]:
    return entry["date"], entry["logged_at"]


def _begin(entry: Json) -> tuple[str, str]:
    return entry["starts_on"], entry["logged_at"]


def _event(row: Event, numbers: Mapping[str, str], undoes: int | None) -> Json:
    return {
        "title": row.title,
        "kind": row.kind,
        "logged_at": _at(row.logged_at),
        "readiness": row.readiness,
        **_filled(key=renamed_key(row.kind, row.key, numbers), undoes=undoes),
        **_filled(effective_on=row.effective_on.isoformat() if row.effective_on else ""),
        **_filled(before=renamed(row.before, numbers), after=renamed(row.after, numbers)),
        **_filled(framework_version=row.framework_version),
    }


def _filled(**members: Any) -> Json:
    """The members that say something."""
    return {name: value for name, value in members.items() if value not in ("", None, {})}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _at(moment: datetime) -> str:
    return moment.isoformat()
