"""A profile document and a framework -> the engine's profile, with what was matched and what was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tracker.engine.framework import Framework
from tracker.engine.profile import (
    Activity,
    Certification,
    Claim,
    Degree,
    Finished,
    ListedSkill,
    Profile,
    Role,
)
from tracker.interchange.dates import day_of
from tracker.matching.match import Match
from tracker.matching.matcher import Matcher
from tracker.moments import microseconds

REFUSED = "none"  # the person said that none of the ids fits


@dataclass(frozen=True, slots=True)
class Found:
    """What one text of the document was matched to; `where` is its place, `roles[0].title`."""

    where: str
    text: str
    match: Match


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A text that gives no evidence: nothing is called that, or it must be asked (then with candidate ids)."""

    where: str
    text: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    profile: Profile
    unmatched: tuple[Unmatched, ...] = ()
    matches: tuple[Found, ...] = ()


def resolve(
    document: Mapping[str, Any], framework: Framework, *, matcher: Matcher, levels: Mapping[str, int] | None = None
) -> Resolved:
    """The engine's profile of a document that `read_profile` found valid.

    An id in the document wins over matching; "none" means that the person refused them all. `levels`: text of a
    listed skill -> the level that the file gives it, a claim where the document has none.
    """
    reading = _Reading(framework, matcher)
    skills = tuple(skill for i, text in enumerate(document["skills"]) for skill in reading.skill(i, text, levels or {}))
    profile = Profile(
        claims={**reading.leveled, **{c: _claim(claim) for c, claim in document["claims"].items()}},
        confirmed=dict(document["confirmed"]),
        degrees=tuple(reading.degree(i, d) for i, d in enumerate(document["degrees"])),
        roles=tuple(reading.role(i, r) for i, r in enumerate(document["roles"])),
        certifications=tuple(reading.certification(i, c) for i, c in enumerate(document["certifications"])),
        activities=tuple(reading.activity(i, a) for i, a in enumerate(document["activities"])),
        finished=tuple(Finished(f["resource"], _day(f.get("date")), _logged(f)) for f in document["finished"]),
        skills=skills,
        milestones={m: met if isinstance(met, bool) else day for m, met, day in _milestones(document)},
    )
    return Resolved(profile, tuple(reading.unmatched), tuple(reading.matches))


@dataclass(slots=True)
class _Reading:
    """One pass over a document; keeps what was matched and what was not."""

    framework: Framework
    matcher: Matcher
    unmatched: list[Unmatched] = field(default_factory=list)
    matches: list[Found] = field(default_factory=list)
    leveled: dict[str, Claim] = field(default_factory=dict)

    def degree(self, index: int, entry: Mapping[str, Any]) -> Degree:
        title = entry.get("title", "")
        given = entry.get("field_id", "")
        text = entry["field"] or title
        field_id = given or self._accept(f"degrees[{index}].field", text, self.matcher.field(text))
        return Degree(
            item=degree_item(entry),
            level=entry["level"],
            field="" if field_id == REFUSED else field_id,
            completed=entry.get("completed", True),
            end=_day(entry.get("end")),
            logged=_logged(entry, index),
        )

    def role(self, index: int, entry: Mapping[str, Any]) -> Role:
        title = entry["title"]
        family = entry.get("family") or self._accept(f"roles[{index}].title", title, self.matcher.role(title))
        return Role(
            item=role_item(entry),
            family="" if family == REFUSED else family,
            start=_day(entry.get("start")),
            end=_day(entry.get("end")),
            logged=_logged(entry, index),
        )

    def certification(self, index: int, entry: Mapping[str, Any]) -> Certification:
        name = entry["name"]
        match = self.matcher.certificate(name, entry.get("issuer", ""))
        rule = entry.get("rule") or self._accept(f"certifications[{index}].name", name, match)
        return Certification(
            item=_with(name, entry.get("issuer", ""), _when(entry.get("date"))),
            rule="" if rule == REFUSED else rule,
            on=_day(entry.get("date")),
            expires=_day(entry.get("expires")),
            logged=_logged(entry, index),
        )

    def activity(self, index: int, entry: Mapping[str, Any]) -> Activity:
        kind = entry["kind"]
        if kind not in self.framework.activity_rule:
            self.unmatched.append(Unmatched(f"activities[{index}].kind", kind))
        return Activity(
            item=_with(entry["title"], "", _when(entry.get("date"), kind.replace("-", " "))),
            kind=kind,
            on=_day(entry.get("date")),
            competencies={c: int(level) for c, level in entry.get("competencies", {}).items()},
            logged=_logged(entry, index),
        )

    def skill(self, index: int, text: str, levels: Mapping[str, int]) -> Iterator[ListedSkill]:
        for part in self.matcher.skills(text):
            if competency := self._accept(f"skills[{index}]", part.text, part.match):
                if text in levels:
                    known = self.leveled.get(competency, Claim(0)).level
                    self.leveled[competency] = Claim(max(levels[text], known))
                yield ListedSkill(f"{part.text} (listed skill)", competency, logged=index)

    def _accept(self, where: str, text: str, match: Match) -> str:
        """The accepted id, or "" and an entry among the unmatched."""
        if not text.strip():
            return ""
        self.matches.append(Found(where, text, match))
        if match.is_accepted:
            return match.id
        self.unmatched.append(Unmatched(where, text, tuple(c.id for c in match.candidates)))
        return ""


def role_item(entry: Mapping[str, Any]) -> str:
    """`Machine Learning Engineer, Acme (2021-03 to 2024-06)`."""
    start, end = entry.get("start"), entry.get("end")
    when = f"{start} to {end}" if start and end else f"since {start}" if start else f"until {end}" if end else ""
    return _with(entry["title"], entry.get("employer", ""), when)


def degree_item(entry: Mapping[str, Any]) -> str:
    """`MSc, Computer Science, University of X (2014)`: the degree in the person's own words."""
    title = entry.get("title") or ", ".join(part for part in (entry["level"].capitalize(), entry["field"]) if part)
    return _with(title, entry.get("institution", ""), _when(entry.get("end")))


def _with(name: str, by: str, when: str) -> str:
    text = f"{name}, {by}" if by else name
    return f"{text} ({when})" if when else text


def _when(date: str | None, kind: str = "") -> str:
    return ", ".join(part for part in (kind, date) if part)


def _day(text: str | None) -> date | None:
    return day_of(text or "")


def _claim(entry: Mapping[str, Any]) -> Claim:
    return Claim(entry["level"], _day(entry.get("date")), _logged(entry))


def _logged(entry: Mapping[str, Any], place: int = 0) -> int:
    """What orders entries of one day: the moment that our own export names, in microseconds, else the place."""
    try:
        moment = datetime.fromisoformat(entry.get("logged_at", ""))
    except (TypeError, ValueError):
        return place
    return microseconds(moment) if moment.tzinfo else place


def _milestones(document: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for milestone, met in document["milestones"].items():
        yield milestone, met, None if isinstance(met, bool) else _day(met)
