"""One competency for one person: the level and its reasons, what asks it, teaches it, names it, and what happened.

Three reads beyond the person: grounds, the person's word, history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from tracker.engine.evidence import CLOSURE_OF_CLAIM, CLOSURE_OF_EVIDENCE, Evidence
from tracker.engine.framework import Area, Competency, Framework, Resource, Stage
from tracker.engine.gaps import Gap
from tracker.engine.levels import Level
from tracker.models import Claim, Event, Waiver
from tracker.queries.model import FAMILIES
from tracker.queries.person import Person, level_with_evidence
from tracker.queries.resources import DISMISSED, FINISHED, Line, line_of
from tracker.queries.skills import SkillRow, standing_words

TEACHERS_SHOWN = 5
SUPPORTERS_SHOWN = 4
EVENTS_SHOWN = 8
PRACTICE_FROM = "lead"


@dataclass(frozen=True, slots=True)
class Statement:
    """One level: what one sees a person do, and which stages ask it."""

    level: int
    text: str
    asked_by: tuple[Stage, ...]
    is_mine: bool

    @property
    def act(self) -> str:
        """What its button does."""
        return _("Set level %d") % self.level


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence in words. `implied_by`: the competency whose level implies this one, if it is closure."""

    entry: Evidence
    item: str
    rule: str
    basis: str
    cap: str
    implied_by: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A family of sources, its score of 3, and what in it names the competency."""

    family: str
    score: float
    names: str


@dataclass(frozen=True, slots=True)
class CompetencyPage:
    person: Person
    stage: Stage
    row: SkillRow
    gap: Gap
    asked: tuple[tuple[Stage, int], ...]
    statements: tuple[Statement, ...]
    evidence: tuple[EvidenceLine, ...]
    claim: Mapping[str, Any]
    origin: str
    waived_because: str
    events: tuple[tuple[str, datetime], ...]  # what the act was called, and when
    teachers: tuple[Line, ...]
    teachers_in_all: int
    supporters: tuple[Resource, ...]
    sources: tuple[Source, ...]
    needs_practice: bool

    @property
    def competency(self) -> Competency:
        return self.row.competency

    @property
    def area(self) -> Area:
        return self.person.framework.area[self.competency.area]

    @property
    def level(self) -> Level:
        return self.row.level


def competency_page(person: Person, key: str, number: int, stage: Stage) -> CompetencyPage:
    """All that the page of a competency shows. `number`: of its row."""
    framework, competency = person.framework, person.framework.competency[key]
    level = level_with_evidence(person, key)
    gap = next(g for g in person.report(stage.id).gaps if g.competency.id == key)
    is_waived = key in person.snapshot.marks.waived
    claim, reason = _said(person, number, is_waived)
    teachers = _teachers(person, key)
    return CompetencyPage(
        person=person,
        stage=stage,
        row=SkillRow(number, competency, level, gap.target, gap.is_must, is_waived),
        gap=gap,
        asked=tuple((s, competency.targets.get(s.id, 0)) for s in framework.stages),
        statements=tuple(_statements(framework, competency, level.level)),
        evidence=tuple(_line(framework, entry) for entry in level.evidence),
        claim=claim,
        origin=str(Claim.Origin(claim["origin"]).label) if claim else "",
        waived_because=reason,
        events=tuple(_events(person, competency)),
        teachers=tuple(teachers[:TEACHERS_SHOWN]),
        teachers_in_all=len(teachers),
        supporters=tuple(_supporters(person, key, {line.resource.id for line in teachers})[:SUPPORTERS_SHOWN]),
        sources=tuple(sources_of(framework, competency)),
        needs_practice=_needs_practice(framework, stage, level),
    )


def _said(person: Person, number: int, is_waived: bool) -> tuple[Mapping[str, Any], str]:
    """The claim (empty: none) and why the competency was waived, in one read."""
    claims = Claim.objects.filter(user=person.user.pk, competency=number)
    if not is_waived:
        return claims.values("level", "on", "origin", "note", "link").first() or {}, ""
    as_json = JSONObject(level="level", on="on", origin="origin", note="note", link="link")
    waivers = Waiver.objects.filter(user=person.user.pk, competency=number)
    claim, reason = waivers.values_list(Subquery(claims.values(json=as_json)[:1]), "reason").get()
    if claim and claim["on"]:
        claim["on"] = date.fromisoformat(claim["on"])
    return claim or {}, reason


def _statements(framework: Framework, competency: Competency, held: int) -> Iterator[Statement]:
    for level in range(len(framework.scale)):
        asking = tuple(s for s in framework.stages if level and competency.targets.get(s.id) == level)
        text = competency.levels.get(level, "") or (_("Nothing yet") if not level else "")
        yield Statement(level, text, asking, level == held)


def _line(framework: Framework, entry: Evidence) -> EvidenceLine:
    implied_by = entry.item if entry.rule in (CLOSURE_OF_CLAIM, CLOSURE_OF_EVIDENCE) else ""
    cap = ""
    if entry.uncapped > entry.level:
        cap = _("the rule says %(rule)d; what is %(basis)s counts up to %(level)d by itself") % {
            "rule": entry.uncapped, "basis": standing_words()[entry.basis], "level": entry.level,
        }  # fmt: skip
    return EvidenceLine(
        entry=entry,
        item=framework.competency[implied_by].name if implied_by else entry.item,
        rule=rule_words(framework, entry.rule),
        basis=standing_words()[entry.basis],
        cap=cap,
        implied_by=implied_by,
    )


def rule_words(framework: Framework, rule: str) -> str:
    """`years as Data Scientist`, `a finished resource`: an evidence rule as a person would say it."""
    sort, _colon, name = rule.partition(":")
    if sort == "role" and name in framework.role_rule:
        return _("years as %s") % framework.role_rule[name].name
    if sort == "degree":
        return _("a degree in %s") % name.replace("-", " ")
    if sort == "certification" and name in framework.certification_rule:
        return _("the certificate %s") % framework.certification_rule[name].title
    if sort == "activity":
        return _("something you did: %s") % name.replace("-", " ")
    known = {
        "resource": _("a finished resource"),
        "listed_skill": _("a skill that your file lists"),
        CLOSURE_OF_EVIDENCE: _("an evidenced skill that needs this one"),
        CLOSURE_OF_CLAIM: _("a claimed skill that needs this one: counts for the level, not as backed"),
    }
    return known.get(sort, rule)


def _events(person: Person, competency: Competency) -> Iterator[tuple[str, datetime]]:
    """What happened to the claim, newest first: single ticks by their key, bulk acts by what they touched."""
    kinds = (Event.Kind.CLAIM, Event.Kind.START, Event.Kind.IMPORT)
    found = Event.objects.filter(user=person.user.pk, kind__in=kinds, key__in=(competency.id, competency.area, ""))
    touched = found.filter(Q(key=competency.id) | Q(after__has_key=f"claim:{competency.id}"))
    yield from touched.values_list("title", "logged_at")[:EVENTS_SHOWN]


def _teachers(person: Person, key: str) -> list[Line]:
    """Active resources that teach it: ready ones first, by gain per hour, then what could be started later."""
    lines = [line_of(person, course.resource, course) for course in person.framework.courses_for[key]]
    shown = [line for line in lines if line.status not in (DISMISSED, FINISHED)]
    return sorted(shown, key=lambda line: (not line.gain, not line.is_ready, -line.gain_per_hour, line.resource.id))


def _supporters(person: Person, key: str, teaching: set[str]) -> list[Resource]:
    """Active resources worth reading on the way that don't teach it, the shortest first."""
    left_out = teaching | person.snapshot.marks.finished
    return [r for r in person.framework.supporters_of[key] if r.id not in left_out]


def sources_of(framework: Framework, competency: Competency) -> Iterator[Source]:
    """What the weight rests on, the strongest family first."""
    scores = competency.weight_basis.get("scores")
    named = competency.sources if isinstance(competency.sources, Mapping) else {}
    if not isinstance(scores, Mapping):
        return
    for family, score in sorted(scores.items(), key=lambda pair: -pair[1]):
        if score:
            words = named_by_family(framework, family, named.get(family))
            yield Source(str(FAMILIES.get(family, family)), score, words)


def named_by_family(framework: Framework, family: str, given: Any) -> str:
    """The names within a family of sources, readable; empty where there is nothing to name."""
    if family == "certs":
        exams = {e["id"]: e["name"] for e in framework.document.get("exams", ()) if isinstance(e, Mapping)}  # type: ignore[attr-defined]
        return ", ".join(dict.fromkeys(exams.get(c["exam"], c["exam"]) for c in given or ()))
    if family == "esco" and isinstance(given, Mapping):
        return ", ".join(given)
    if family == "onet" and isinstance(given, Mapping):
        return ", ".join([*given.get("in_demand", ()), *given.get("skills_15-1199.02_v24", {})])
    if family == "seed" and isinstance(given, Mapping):
        rows = [row for several in given.values() for row in several]
        return ", ".join(rows)
    return ", ".join(map(str, given or ()))


def _needs_practice(framework: Framework, stage: Stage, level: Level) -> bool:
    """The rule "theory and practice": from stage lead on something done should stand behind a level."""
    if PRACTICE_FROM not in framework.stage_order or not level.level:
        return False
    return framework.stage_order[stage.id] >= framework.stage_order[PRACTICE_FROM] and level.practice < level.level
