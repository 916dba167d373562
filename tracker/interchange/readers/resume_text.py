"""The lines of a résumé -> a profile: degrees, roles, certificates, skills, projects, and what was left.

General rules and lists of words, no model and no guessing: a role needs a title and dates or an employer, a degree its
level; what has less is left, with its place, for the person to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.interchange.dates import runs_backwards
from tracker.interchange.readers.document_text import Document, TextLine
from tracker.interchange.readers.resume_certificates import certificates_of
from tracker.interchange.readers.resume_dates import Span
from tracker.interchange.readers.resume_degrees import Degree, degrees_of, names_degree_and_school
from tracker.interchange.readers.resume_entries import Entry, Row, told
from tracker.interchange.readers.resume_roles import Role, roles_of
from tracker.interchange.readers.resume_sections import Section, sections
from tracker.interchange.readers.resume_skills import Skill, skills_of
from tracker.interchange.readers.resume_words import (
    says_break,
    says_certified,
    says_firm,
    says_school,
    says_title,
    says_tongue,
)
from tracker.interchange.readers.resume_works import projects_of, publications_of
from tracker.interchange.reading import SCHEMA, Left, Origin, ReadError, Reading

_MOST = {"roles": 200, "degrees": 100, "certifications": 200, "activities": 400, "skills": 500}
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_QUOTE = 200, 5_000, 300
_NOT_READ = {
    "other": "this section is not read",
    "unknown": "the heading is not known, so nothing under it is read",
    "talks": "talks are not read",
    "languages": "languages are not read",
    "summary": "a summary is not read",
}


def read(document: Document, format: str) -> Reading:
    """The profile of a résumé's lines, with the place of every entry and of every piece left."""
    reader = _Reader(document)
    reader.read()
    return Reading(format, reader.profile(), tuple(reader.left), tuple(reader.notes), reader.origins)


class _Reader:
    def __init__(self, document: Document) -> None:
        self.sections = _with_languages_told(sections(document.lines))
        self.notes = list(document.notes)
        self.left: list[Left] = []
        self.origins: dict[str, Origin] = {}
        self.found: dict[str, list[Any]] = {name: [] for name in _MOST}

    def profile(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **{name: self.found[name] for name in _MOST}}

    def read(self) -> None:
        kinds = {section.kind for section in self.sections}
        for section in self.sections:
            if section.kind == "":
                self._read_loose(section, kinds)
            elif take := _TAKERS.get(section.kind):
                take(self, section)
            elif section.kind == "unknown" and _holds_roles(section):
                self.take_roles(section)
            else:
                self._leave_section(section)
        if not any(self.found.values()):
            raise ReadError(
                "nothing of a résumé was recognised: head its parts with words such as Experience, Education and Skills"
            )

    # Sections

    def take_roles(self, section: Section) -> None:
        degrees = [line for line in section.lines if names_degree_and_school(line) and not says_title(line.text)]
        if degrees:
            self.take_degrees(Section("degrees", None, tuple(degrees)))
            section = Section(section.kind, section.heading, tuple(x for x in section.lines if x not in degrees))
        entries = roles_of(section.lines)
        self._leave_before(section, entries)
        for entry in entries:
            if not self._take_role(entry):
                self._leave_rows(
                    entry.head + entry.body, "no title, neither dates nor an employer, or a break from work"
                )

    def _take_role(self, entry: Entry[Role]) -> bool:
        role = entry.facts
        if role is None or not role.title or not (role.span or role.employer) or not _is_sure(role):
            return False
        if says_break(role.title):
            return False
        value = {
            "title": role.title[:_LONGEST_TITLE],
            "employer": role.employer[:_LONGEST_TITLE],
            **self._dates(role.span, entry.head[0].line),
            "summary": told(entry.body)[:_LONGEST_TEXT],
        }
        return self._add("roles", _filled(value), [row.line for row in entry.head])

    def take_degrees(self, section: Section) -> None:
        entries = degrees_of(section.lines)
        self._leave_before(section, entries)
        for entry in entries:
            degree = entry.facts
            if degree is None or degree.was_stopped or not degree.level:
                self._leave_rows(entry.head, "studies that were not finished are no degree")
                continue
            if degree.level == "other":
                self._leave_rows(entry.head, "studies abroad and visits give no degree")
                continue
            self._add("degrees", self._degree(degree, entry), [row.line for row in entry.head])
            rest = _undescribed(entry)
            certified = [row.line for row in rest if row.span and says_certified(row.text)]
            self._take_certificates(certified)
            self._leave_rows([row for row in rest if row.line not in certified], "no level of a degree is named")

    def _degree(self, degree: Degree, entry: Entry[Degree]) -> dict[str, Any]:
        dates = self._dates(degree.span, entry.head[0].line)
        if not degree.is_finished:
            self.notes.append(f"{entry.head[0].line.where}: read as not finished, its words say so")
        rest = {"title": degree.title, "institution": degree.institution[:_LONGEST_TITLE], **dates}
        return {"level": degree.level, "field": degree.field, "completed": degree.is_finished, **_filled(rest)}

    def take_certifications(self, section: Section) -> None:
        lines = list(section.lines)
        for entry in degrees_of(lines, among_certificates=True):
            degree = entry.facts
            if degree and degree.span and says_school(degree.institution) and not degree.was_stopped:
                self._add("degrees", self._degree(degree, entry), [row.line for row in entry.head])
                used = {row.line.number for row in entry.head}
                lines = [line for line in lines if line.number not in used]
        self._take_certificates(lines)

    def _take_certificates(self, lines: Sequence[TextLine]) -> None:
        certificates, left = certificates_of(lines)
        for found in certificates:
            value = {"name": found.name, "issuer": found.issuer, "date": found.date, "expires": found.expires}
            self._add("certifications", _filled(value), found.lines)
        self._leave_lines(left, "no name of a certificate")

    def take_skills(self, section: Section) -> None:
        skills, prose, certificates = skills_of(section.lines)
        self._add_skills(skills)
        self._leave_lines(prose, "too long for a skill")
        if certificates:
            self._take_certificates(certificates)

    def _add_skills(self, skills: Iterable[Skill]) -> None:
        known = {text.casefold() for text in self.found["skills"]}
        for skill in skills:
            if skill.text.casefold() not in known:
                known.add(skill.text.casefold())
                self._add("skills", skill.text, [skill.line])

    def take_projects(self, section: Section) -> None:
        for work in projects_of(section.lines):
            value = {"kind": "project", "title": work.title, "date": work.date, "url": work.url}
            self._add("activities", _filled(value), work.lines)

    def take_publications(self, section: Section) -> None:
        for work in publications_of(section.lines):
            value = {"kind": "post", "title": work.title, "date": work.date, "url": work.url}
            self._add("activities", _filled(value), work.lines)

    def _read_loose(self, section: Section, kinds: set[str]) -> None:
        """Lines under no heading: a role or a degree is taken only where no section has it, and it is beyond doubt."""
        taken: set[int] = set()
        if "roles" not in kinds:
            for entry in roles_of(section.lines):
                role = entry.facts
                dated = role is not None and role.span is not None and role.span.is_range
                if dated and role and says_title(role.title) and self._take_role(entry):
                    taken |= {row.line.number for row in (*entry.head, *entry.body)}
        if "degrees" not in kinds:
            for other in degrees_of([line for line in section.lines if line.number not in taken]):
                degree = other.facts
                if degree and degree.span and degree.institution and not degree.was_stopped:
                    self._add("degrees", self._degree(degree, other), [row.line for row in other.head])
                    taken |= {row.line.number for row in other.head}
        rest = [line for line in section.lines if line.number not in taken]
        self._leave_together(rest, "stands under no heading")

    # What is left

    def _leave_section(self, section: Section) -> None:
        lines = [*([section.heading] if section.heading else []), *section.lines]
        self._leave_together(lines, _NOT_READ.get(section.kind, "this section is not read"))

    def _leave_before(self, section: Section, entries: Sequence[Entry[Any]]) -> None:
        """The lines of a section that no entry has."""
        used = {row.line.number for entry in entries for row in (*entry.head, *entry.body, *entry.durations)}
        rest = [line for line in section.lines if line.number not in used]
        if not entries or (rest and rest[0].number < min(used, default=0)):
            self._leave_together(
                [line for line in rest if not entries or line.number < min(used)], "belongs to no entry"
            )

    def _leave_rows(self, rows: Sequence[Row], why: str) -> None:
        self._leave_together([row.line for row in rows], why)

    def _leave_lines(self, lines: Sequence[TextLine], why: str) -> None:
        for line in lines:
            self.left.append(Left(line.where, _shortened(line.bare), why))

    def _leave_together(self, lines: Sequence[TextLine], why: str) -> None:
        if lines:
            self.left.append(Left(_where(lines), _shortened(" / ".join(line.bare for line in lines)), why))

    # Pieces

    def _add(self, name: str, value: Any, lines: Sequence[TextLine]) -> bool:
        found = self.found[name]
        if len(found) >= _MOST[name]:
            note = f"{name}: the first {_MOST[name]} are taken"
            if note not in self.notes:
                self.notes.append(note)
            return True
        self.origins[f"{name}[{len(found)}]"] = Origin(
            lines[0].where, _shortened(" / ".join(line.bare for line in lines))
        )
        found.append(value)
        return True

    def _dates(self, span: Span | None, line: TextLine) -> dict[str, str]:
        if span is None:
            return {}
        if span.start and span.end and runs_backwards(span.start, span.end):
            self.notes.append(f"{line.where}: its dates run backwards ({span.start} to {span.end}) and are left out")
            return {}
        return _filled({"start": span.start, "end": span.end})


_TAKERS = {
    "roles": _Reader.take_roles,
    "degrees": _Reader.take_degrees,
    "certifications": _Reader.take_certifications,
    "skills": _Reader.take_skills,
    "projects": _Reader.take_projects,
    "publications": _Reader.take_publications,
}


def _with_languages_told(found: Sequence[Section]) -> Iterator[Section] | tuple[Section, ...]:
    """A section `Languages` that names no human language is one of skills."""
    return tuple(
        Section("skills", section.heading, section.lines)
        if section.kind == "languages" and section.lines and not any(says_tongue(line.text) for line in section.lines)
        else section
        for section in found
    )


def _holds_roles(section: Section) -> bool:
    """Whether what stands under a heading that is not known is roles: two or more titles with employers and spans."""
    roles = [entry.facts for entry in roles_of(section.lines)]
    whole = [
        role for role in roles if role and role.span and role.span.is_range and role.employer and says_title(role.title)
    ]
    return len(roles) > 1 and len(whole) == len(roles) and any(says_firm(role.employer) for role in whole)


def _is_sure(role: Role) -> bool:
    """Whether the words make a role: a known title, or dates and an employer beside a title of some kind."""
    return bool(says_title(role.title)) or bool(role.span and role.span.is_range and role.employer)


def _undescribed(entry: Entry[Degree]) -> list[Row]:
    """What stands below a degree and is an entry of its own without a level: a course, a school."""
    rows = [row for row in entry.body if not row.is_body]
    return rows if any(row.span for row in rows) else []


def _where(lines: Sequence[TextLine]) -> str:
    first, last = lines[0], lines[-1]
    if len(lines) == 1 or first.page != last.page or first.number == last.number:
        return first.where
    low, high = sorted((first.number, last.number))
    return f"page {first.page}, lines {low}-{high}" if first.page else f"lines {low}-{high}"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


def _filled(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value}
