"""Degrees, roles, certificates, activities and listed skills of a file, each with what it counts as and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.engine.evidence import degree_grants, months_in, role_grants
from tracker.engine.framework import Basis
from tracker.engine.profile import Role as RoleValue
from tracker.interchange.dates import day_of
from tracker.interchange.reading import Origin, Reading
from tracker.matching import Match as Matching
from tracker.matching import matcher_of
from tracker.matching.match import accepted
from tracker.models import ListedSkill, MatchAnswer
from tracker.queries.counting import Counting
from tracker.queries.importing.entries import corrected_entry, entries, is_named, own_records, words_of
from tracker.queries.importing.known import answered_text
from tracker.queries.importing.lines import MATCHED, REFUSED, SORTS, Corrections, Entry, Line, Option, granted, joined
from tracker.queries.importing.prose import spoken_of
from tracker.queries.importing.rows import MODELS, said_elsewhere, saved_as
from tracker.queries.person import Person
from tracker.queries.rules import rules_of


class _Listed(NamedTuple):
    """A listed skill: its place in the file, and the level that a table gives it."""

    place: str
    entry: Entry
    matching: Matching
    level: int | None = None
    origin: Origin | None = None


class ProfileLines:
    """Reads a section of what any file may hold; one query for the answers that the person gave before."""

    def __init__(self, person: Person, reading: Reading, corrections: Corrections) -> None:
        self.person = person
        self.framework = person.framework
        self.matcher = matcher_of(person.framework)
        self.reading = reading
        self.document = reading.document
        self.corrections = corrections
        self.counting = Counting(person.framework)
        self.answers = self._answers()

    def lines(self, section: str) -> Iterator[Line]:
        if section == "skills":
            yield from (line for line in self._skills() if is_named(section, line.entry))
            return
        reading: dict[str, Callable[[Entry], Line]] = {
            "degrees": self._degree,
            "roles": self._role,
            "certifications": self._certification,
            "activities": self._activity,
        }
        for place, entry in enumerate(entries(section, self.document)):
            if is_named(section, entry):
                origin = self.reading.origins.get(f"{section}[{place}]")
                yield replace(reading[section](entry), place=str(place), origin=origin)

    def _degree(self, entry: Entry) -> Line:
        text = entry.get("title") or entry["field"] or entry["level"]
        matching = self.matcher.field(*words_of("degrees", entry))
        line = self._matched("degrees", entry, text, entry.get("field_id", ""), matching)
        grants = degree_grants(self.framework, line.rule, entry["level"]) if entry.get("completed", True) else {}
        why = _("inferred from the field and the level") if grants else ""
        if not entry.get("completed", True):
            why = _("not finished: gives nothing yet")
        return self._giving(line, grants, Basis.INFERRED, why, joined(entry.get("institution"), entry.get("end")))

    def _role(self, entry: Entry) -> Line:
        line = self._matched("roles", entry, entry["title"], entry.get("family", ""), self.matcher.role(entry["title"]))
        start, end = day_of(entry.get("start", "")), day_of(entry.get("end", ""))
        months = months_in([RoleValue("", start=start, end=end)], self.person.today)
        grants = role_grants(self.framework, line.rule, months) if line.rule in self.framework.role_rule else {}
        whole = ngettext("%d whole year", "%d whole years", months // 12) % (months // 12)
        years = whole if months >= 12 else _("less than a year")
        why = _("inferred from the title and %s; years in one kind of role add up") % years
        span = f"{entry.get('start') or '?'} – {entry.get('end') or _('now')}"  # noqa: RUF001
        return self._giving(line, grants, Basis.INFERRED, why, joined(entry.get("employer"), span))

    def _certification(self, entry: Entry) -> Line:
        matching = self.matcher.certificate(*words_of("certifications", entry))
        line = self._matched("certifications", entry, entry["name"], entry.get("rule", ""), matching)
        rule = self.framework.certification_rule.get(line.rule)
        when = joined(entry.get("issuer"), entry.get("date"))
        return self._giving(line, rule.grants if rule else {}, Basis.CREDENTIAL, _("a certificate passed"), when)

    def _activity(self, entry: Entry) -> Line:
        rule = self.framework.activity_rule.get(entry["kind"])
        shown = {c: min(level, rule.cap) for c, level in entry.get("competencies", {}).items()} if rule else {}
        line = Line("activities", "", entry, entry["title"])
        when = joined(entry["kind"].replace("-", " "), entry.get("date"))
        why = _("something done") if shown else _("kept; say on your profile which skills it shows")
        return self._giving(line, shown, rule.basis if rule else Basis.INFERRED, why, when)

    def _skills(self) -> Iterator[Line]:
        listed: set[str] = set()
        for part in self._listed():
            line = self._skill(self._corrected(part))
            listed.add(line.rule)
            yield line
        for skill, origin in spoken_of(self.document, self.framework, self.matcher, listed):
            found, place = accepted(skill.competency, skill.text), f"said-{skill.competency}"
            part = _Listed(place, {"text": skill.text}, found, None, origin)
            yield self._skill(self._corrected(part), _("your own words speak of it"))

    def _skill(self, part: _Listed, said: str = "") -> Line:
        line = self._matched("skills", part.entry, part.entry["text"], self._said(part.entry), part.matching)
        rule = self.framework.evidence.listed_skill
        grants = {line.rule: rule.level} if rule and line.rule in self.framework.competency else {}
        line = replace(line, place=part.place, level=part.level, origin=part.origin)
        line = replace(line, said=self._level_said(line) or said, brings_level=self._brings_level(line))
        return self._giving(line, grants, Basis.INFERRED, _("merely listed"), "")

    def _said(self, entry: Entry) -> object:
        """What the entry says that its skill counts as: as an own export says it, for the model aimed at."""
        if kept := saved_as("skills", entry):
            rule, match = kept
            row = ListedSkill(text=entry["text"], rule=rule, match=match, elsewhere=said_elsewhere(entry))
            return self.counting.read(row)[0] or REFUSED
        return entry.get("rule") or (REFUSED if "match" in entry else "")

    def _listed(self) -> Iterator[_Listed]:
        """The skills as an own export keeps them, or the texts of a file, enumerations apart."""
        if own := own_records(self.document, "skills"):
            for place, entry in enumerate(own):
                yield _Listed(str(place), entry, self.matcher.skill(entry["text"]))
            return
        for place, text in enumerate(self.document["skills"]):
            level, origin = self.reading.levels.get(text), self.reading.origins.get(f"skills[{place}]")
            for number, part in enumerate(self.matcher.skills(text)):
                yield _Listed(f"{place}.{number}", {"text": part.text}, part.match, level, origin)

    def _corrected(self, part: _Listed) -> _Listed:
        changes = self.corrections.get(f"skills-{part.place}", {})
        entry = corrected_entry("skills", part.entry, changes)
        is_same = entry["text"] == part.entry["text"]
        matching = part.matching if is_same else self.matcher.skill(entry["text"])
        return part._replace(entry=entry, matching=matching, level=changes.get("level", part.level))

    def _brings_level(self, line: Line) -> bool:
        """Whether the level that the file gives becomes hers: she has ticked none."""
        held = self.person.snapshot.levels.get(line.rule)
        return line.level is not None and held is not None and held.claim is None

    def _level_said(self, line: Line) -> str:
        """What becomes of the level that the file or the person gives a skill: hers, unless she has one."""
        if line.level is None:
            return ""
        is_own = "level" in self.corrections.get(line.row, {})
        said = (_("you say level %s") if is_own else _("the file says level %s")) % line.level
        if line.rule not in self.framework.competency:
            return _("%s: it becomes your level once you say what it counts as") % said
        if self.person.snapshot.levels[line.rule].claim is not None:
            return _("%s; the level that you ticked before stands") % said
        return _("%s: it becomes your level if you keep the row") % said

    def _matched(self, section: str, entry: Entry, text: str, given: object, matching: Matching) -> Line:
        """The line with its rule: what the file says outranks what the text matches."""
        names = rules_of(self.framework, SORTS[section])
        answer = None if given else self.answers.get((section, answered_text(text)))
        if given == REFUSED or answer == "":
            rule = ""
        else:
            said = next((id for id in (given, answer) if isinstance(id, str) and id in names), "")
            rule = said or (matching.id if matching.is_accepted else "")
        candidates = [c.id for c in matching.candidates if c.id in names]
        ids = list(dict.fromkeys([*([rule] if rule else []), *candidates]))
        if section != "skills" and not (matching.is_asked and not rule):
            ids += [id for id in sorted(names, key=names.__getitem__) if id not in ids]
        options = tuple(Option(id, names[id]) for id in ids if id in names)
        is_remembered = answer is not None and answer == rule
        return Line(
            section, "", entry, text, "", matching, rule, names.get(rule, ""), options, is_remembered=is_remembered
        )

    def _giving(self, line: Line, grants: Mapping[str, int], basis: Basis, why: str, when: str) -> Line:
        gives = granted(self.framework, grants, basis)
        is_silent = not gives and line.section in MATCHED and line.entry.get("completed", True)
        return replace(line, gives=gives, why="" if is_silent else why, when=when)

    def _answers(self) -> dict[tuple[str, str], str]:
        """(section, folded text) -> what the person said under this model that it means."""
        rows = MatchAnswer.objects.filter(user=self.person.user.pk, framework__in=["", self.framework.id])
        known = rows.values_list("section", "text", "framework", "rule")
        return {(s, text): rule for s, text, framework, rule in known if framework == self.counting.scope(MODELS[s])}
