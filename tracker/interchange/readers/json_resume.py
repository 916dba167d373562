"""JSON Resume (0.0.x to 1.2.x) as a profile document: tolerant, and saying what it changed or left out.

Real files break the schema in many small ways (old keys, null sections, bare strings, odd dates), so nothing of it is
refused: what can be read is taken, what cannot is named in the notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tracker.interchange.dates import read_date, runs_backwards, says_open
from tracker.interchange.degree_words import degree_level, says_unfinished
from tracker.interchange.reading import SCHEMA, Left, Origin, Reading
from tracker.interchange.strict_json import clean, shown

_LEFT = (
    ("volunteer", "volunteering"),
    ("awards", "awards"),
    ("languages", "languages"),
    ("interests", "interests"),
    ("hobbies", "interests"),
    ("references", "references"),
)
_MOST = {"work": 200, "education": 100, "certificates": 200, "projects": 200, "publications": 200}
_MOST_SKILLS = 500
_TELLING = frozenset(("basics", *_MOST, *(section for section, _ in _LEFT)))
_SECTIONS = _TELLING | {"skills", "meta", "$schema"}
_OURS = frozenset(("claims", "degrees", "roles", "certifications", "activities", "finished", "milestones", "confirmed"))
_LONGEST_TITLE, _LONGEST_TEXT = 200, 5_000


def looks_like(document: dict[str, Any]) -> bool:
    """Whether the object's sections are those of a JSON Resume; an empty object is an empty one."""
    keys = set(document)
    return not keys or bool(keys & _TELLING) or (bool(keys & _SECTIONS) and not keys & _OURS)


def read(document: dict[str, Any]) -> Reading:
    """The resume's profile; origins and pieces left name places such as `work[0]`."""
    reader = _Reader(clean(document))
    profile = {
        "schema": SCHEMA,
        "degrees": list(reader.degrees()),
        "roles": list(reader.roles()),
        "certifications": list(reader.certifications()),
        "activities": [*reader.projects(), *reader.publications()],
        "skills": reader.skills(),
    }
    reader.name_what_is_left()
    return Reading("json-resume", profile, tuple(reader.left), tuple(reader.notes), reader.origins)


class _Reader:
    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.notes: list[str] = []
        self.left: list[Left] = []
        self.origins: dict[str, Origin] = {}
        self.placed: Counter[str] = Counter()

    # Sections

    def roles(self) -> Iterator[dict[str, Any]]:
        for where, entry in self.entries("work"):
            title = _text(entry, "position", "title")
            if not title:
                self.leave(where, _text(entry, "name", "company"), "left out, it names no position")
                continue
            role = {
                "title": title,
                "employer": _text(entry, "name", "company"),
                "summary": _long_text(entry.get("summary")),
                **self.span(where, entry),
            }
            self.place("roles", where, role)
            yield _filled(role)
        self.note_open_roles()

    def degrees(self) -> Iterator[dict[str, Any]]:
        for where, entry in self.entries("education"):
            kind, area = _text(entry, "studyType"), _text(entry, "area")
            institution = _text(entry, "institution")
            if not kind and not area:
                self.leave(where, institution, "left out, it names neither a degree nor a field")
                continue
            span = self.span(where, entry)
            given_end = entry.get("endDate")
            open_ended = says_open(given_end) or says_unfinished(f"{kind} {area}")
            if open_ended:
                self.notes.append(f"{where}: read as not finished, it has no end")
            degree = {"title": ", ".join(part for part in (kind, area) if part), "institution": institution, **span}
            self.place("degrees", where, degree)
            level = degree_level(kind) or degree_level(area) or "other"
            yield {"level": level, "field": area, "completed": not open_ended, **_filled(degree)}

    def certifications(self) -> Iterator[dict[str, Any]]:
        for where, entry in self.entries("certificates"):
            name = _text(entry, "name", "title")
            if name:
                date = self.date(f"{where}.date", entry.get("date"))
                certificate = {"name": name, "issuer": _text(entry, "issuer"), "date": date}
                self.place("certifications", where, certificate)
                yield _filled(certificate)

    def projects(self) -> Iterator[dict[str, Any]]:
        for where, entry in self.entries("projects"):
            if title := _text(entry, "name", "title"):
                span = self.span(where, entry)
                date = span.get("end") or span.get("start")
                self.place("activities", where, {"title": title, **span})
                yield _filled({"kind": "project", "title": title, "date": date, "url": _url(entry)})

    def publications(self) -> Iterator[dict[str, Any]]:
        for where, entry in self.entries("publications"):
            if title := _text(entry, "name", "title"):
                date = self.date(f"{where}.releaseDate", entry.get("releaseDate"))
                self.place("activities", where, {"title": title, "publisher": _text(entry, "publisher"), "date": date})
                yield _filled({"kind": "post", "title": title, "date": date, "url": _url(entry)})

    def skills(self) -> list[str]:
        """Names and keywords of the skills section, then the keywords of projects and work; each text once."""
        found: dict[str, tuple[str, str]] = {}
        for where, text in self._skill_texts():
            found.setdefault(text.casefold(), (where, text))
        if len(found) > _MOST_SKILLS:
            self.notes.append(f"skills: the first {_MOST_SKILLS} of {len(found)} are taken")
        taken = list(found.values())[:_MOST_SKILLS]
        for where, text in taken:
            self.place("skills", where, {"text": text})
        return [text for _, text in taken]

    def _skill_texts(self) -> Iterator[tuple[str, str]]:
        """Each text with its place."""
        for index, item in enumerate(self.list_of("skills")):
            where = f"skills[{index}]"
            if isinstance(item, dict):
                yield from ((where, text) for text in (_text(item, "name"), *_keywords(item)) if text)
            elif isinstance(item, str) and item.strip():
                yield where, _short(item)
        for section in ("projects", "work"):
            for where, entry in self.entries(section, noting=False):
                yield from ((where, text) for text in _keywords(entry))

    # What is left

    def name_what_is_left(self) -> None:
        for section, what in _LEFT:
            if self.document.get(section):
                self.leave(section, "", f"{what} are not read")

    def note_open_roles(self) -> None:
        """An open role is read as current; say so where a later one makes that doubtful."""
        starts = {where: read_date(e.get("startDate")).text for where, e in self.entries("work", noting=False)}
        for where, entry in self.entries("work", noting=False):
            start = starts[where]
            if start and says_open(entry.get("endDate")) and any(later > start for later in starts.values()):
                self.notes.append(f"{where}: read as current, it has no end")

    # Pieces

    def place(self, section: str, where: str, words: dict[str, Any]) -> None:
        """Remembers where the section's next entry stands in the file, and its words there."""
        said = ", ".join(str(words[key]) for key in words if key != "summary" and words[key])
        self.origins[f"{section}[{self.placed[section]}]"] = Origin(where, said)
        self.placed[section] += 1

    def leave(self, where: str, text: str, why: str) -> None:
        self.left.append(Left(where, text, why))

    def list_of(self, section: str) -> list[Any]:
        """The section's items; a section of another type is noted and taken as empty."""
        value = self.document.get(section)
        if isinstance(value, dict):
            return [value]
        if value is not None and not isinstance(value, list):
            self.leave(section, shown(value), "left out, it is no list")
        return value if isinstance(value, list) else []

    def entries(self, section: str, *, noting: bool = True) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each entry that is an object, with its place; no more than may be taken."""
        value = self.document.get(section)
        items = self.list_of(section) if noting else (value if isinstance(value, list) else [])
        most = _MOST[section]
        if noting and len(items) > most:
            self.notes.append(f"{section}: the first {most} of {len(items)} are taken")
        for index, item in enumerate(items[:most]):
            if isinstance(item, dict):
                yield f"{section}[{index}]", item
            elif noting and item is not None:
                self.leave(f"{section}[{index}]", shown(item), "left out, it is no object")

    def span(self, where: str, entry: dict[str, Any]) -> dict[str, str]:
        """`start` and `end` as far as they can be read; both left out where they run backwards."""
        start = self.date(f"{where}.startDate", entry.get("startDate"))
        given_end = entry.get("endDate")
        end = "" if says_open(given_end) else self.date(f"{where}.endDate", given_end)
        if start and end and runs_backwards(start, end):
            self.notes.append(f"{where}: its dates run backwards ({start} to {end}) and are left out")
            return {}
        return {key: day for key, day in (("start", start), ("end", end)) if day}

    def date(self, where: str, value: object) -> str:
        found = read_date(value)
        if found.note:
            self.notes.append(f"{where}: {shown(value)} {found.note}")
        return found.text


def _text(entry: dict[str, Any], *keys: str) -> str:
    """The first of the keys that holds text, on one line and of bounded length."""
    for key in keys:
        value = entry.get(key)
        if isinstance(value, str) and value.strip():
            return _short(value)
    return ""


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_TITLE]


def _long_text(value: object) -> str:
    return value.strip()[:_LONGEST_TEXT] if isinstance(value, str) else ""


def _url(entry: dict[str, Any]) -> str:
    """The entry's address if it is one of the web: no other scheme is ever kept."""
    url = _text(entry, "url", "website")
    return url if url.startswith(("https://", "http://")) else ""


def _keywords(entry: dict[str, Any]) -> Iterator[str]:
    keywords = entry.get("keywords")
    for keyword in keywords if isinstance(keywords, list) else [keywords]:
        if isinstance(keyword, str) and keyword.strip():
            yield _short(keyword)


def _filled(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value}
