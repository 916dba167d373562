"""A reading as it grows: entries with their places, bounded, with dates read and everything left out named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from tracker.interchange.dates import read_date, runs_backwards, says_open
from tracker.interchange.reading import SCHEMA, SECTIONS, Left, Origin, ReadError, Reading, Table
from tracker.interchange.strict_json import clean, shown

MOST = {"degrees": 100, "roles": 200, "certifications": 200, "activities": 400, "skills": 500}
MOST_LEFT = MOST_NOTES = 300
LONGEST_TITLE, LONGEST_TEXT, LONGEST_QUOTE = 200, 5_000, 300

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


class Draft:
    """Collects entries; `reading` gives them. `where` is always the place in the file."""

    def __init__(self, format_name: str) -> None:
        self.format = format_name
        self._entries: dict[str, list[Any]] = {section: [] for section in SECTIONS}
        self._offered: Counter[str] = Counter()
        self._seen: set[tuple[object, ...]] = set()
        self._left: list[Left] = []
        self._unnamed = 0
        self._notes: dict[str, None] = {}  # in their order, each once
        self._untold = 0
        self._origins: dict[str, Origin] = {}
        self._levels: dict[str, int] = {}

    # Entries

    def role(
        self, origin: Origin, *, title: str, employer: str = "", summary: str = "", span: Mapping[str, str]
    ) -> None:
        """A job; without an `end` in its span it is read as current."""
        named = {"title": self._short(origin, title), "employer": self._short(origin, employer)}
        self._add("roles", origin, filled({**named, "summary": self._long(origin, summary), **span}))

    def degree(
        self,
        origin: Origin,
        *,
        title: str,
        level: str,
        field: str,
        institution: str,
        span: Mapping[str, str],
        completed: bool,
    ) -> None:
        named = {"title": self._short(origin, title), "institution": self._short(origin, institution)}
        always = {"level": level or "other", "field": self._short(origin, field), "completed": completed}
        self._add("degrees", origin, {**always, **filled({**named, **span})})

    def certification(self, origin: Origin, *, name: str, issuer: str = "", date: str = "", expires: str = "") -> None:
        """A certificate; one that stands twice with the same issuer and date is one. An end before the start goes."""
        if date and expires and runs_backwards(date, expires):
            self.note(f"{origin.where}: expires {expires}, before its date {date}; the end is left out")
            expires = ""
        name, issuer = self._short(origin, name), self._short(origin, issuer)
        if self._is_new("certifications", name.casefold(), issuer.casefold(), date):
            entry = filled({"name": name, "issuer": issuer, "date": date, "expires": expires})
            self._add("certifications", origin, entry)

    def activity(self, origin: Origin, kind: str, *, title: str, date: str = "", url: str = "") -> None:
        """A course, project, post or another kind of activity of the framework; the same kind and title once."""
        title = self._short(origin, title)
        if self._is_new("activities", kind, title.casefold()):
            web = one_line(url)[:LONGEST_TEXT]
            web = web if web.startswith(("https://", "http://")) else ""
            self._add("activities", origin, filled({"kind": kind, "title": title, "date": date, "url": web}))

    def skill(self, origin: Origin, text: str, level: int | None = None) -> bool:
        """A skill as it is written, each once; False where it stood already. `level`: 0 to 5, if the file gives one."""
        text = self._short(origin, text)
        if not text or not self._is_new("skills", text.casefold()):
            return False
        if self._add("skills", origin, text) and level is not None:
            self._levels[text] = level
        return True

    def _add(self, section: str, origin: Origin, entry: Any) -> bool:
        entries = self._entries[section]
        if not entry or not (isinstance(entry, str) or entry.get("title") or entry.get("name")):
            self.leave(origin.where, origin.quote, "left out, its name holds nothing that can be read")
            return False
        self._offered[section] += 1
        if len(entries) >= MOST[section]:
            return False
        place = f"{section}[{len(entries)}]"
        self._origins[place] = Origin(origin.where, one_line(origin.quote)[:LONGEST_QUOTE])
        entries.append(entry)
        return True

    def _is_new(self, *key: object) -> bool:
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new

    # Dates

    def date(self, where: str, value: object) -> str:
        """The date in ISO, as exact as it stands there; "" and a note where it is none."""
        found = read_date(one_line(value)[:LONGEST_TITLE] if isinstance(value, str) else value)
        if found.note:
            self.note(f"{where}: {shown(value)} {found.note}")
        return found.text

    def span(self, where: str, start: object, end: object, *, is_open: bool = False) -> dict[str, str]:
        """`start` and `end` as far as they can be read; both left out where they run backwards."""
        first = self.date(where, start)
        last = "" if is_open or says_open(end) else self.date(where, end)
        if first and last and runs_backwards(first, last):
            self.note(f"{where}: its dates run backwards ({first} to {last}) and are left out")
            return {}
        return {key: day for key, day in (("start", first), ("end", last)) if day}

    # What was said and left

    def note(self, text: str) -> None:
        """Something that was changed or supposed, said once; after `MOST_NOTES` of them they are only counted."""
        if len(self._notes) < MOST_NOTES:
            self._notes[text] = None
        else:
            self._untold += text not in self._notes

    def leave(self, where: str, text: str, why: str) -> None:
        """A piece that is not taken; after `MOST_LEFT` of them they are only counted."""
        if len(self._left) < MOST_LEFT:
            self._left.append(Left(where, one_line(text)[:LONGEST_QUOTE], why))
        else:
            self._unnamed += 1

    def _short(self, origin: Origin, text: str) -> str:
        line = one_line(text)
        if len(line) > LONGEST_TITLE:
            self.note(f"{origin.where}: {shown(line, 40)} is cut to {LONGEST_TITLE} characters")
        return line[:LONGEST_TITLE].strip()

    def _long(self, origin: Origin, text: str) -> str:
        whole = several_lines(text)
        if len(whole) > LONGEST_TEXT:
            self.note(f"{origin.where}: its description is cut to {LONGEST_TEXT} characters")
        return whole[:LONGEST_TEXT].strip()

    # The outcome

    @property
    def is_empty(self) -> bool:
        """Whether no entry was found and nothing was left either: the file says nothing of a person."""
        return not any(self._entries.values()) and not self._left

    def reading(self, table: Table | None = None) -> Reading:
        """What was collected. Raises ReadError where there is nothing at all in it."""
        if self.is_empty:
            raise ReadError("there is nothing in it: no role, degree, certificate, activity or skill was found")
        return self.reading_even_if_empty(table)

    def reading_even_if_empty(self, table: Table | None = None) -> Reading:
        notes = list(self._notes)
        for section, offered in self._offered.items():
            if offered > MOST[section]:
                notes.append(f"{section}: the first {MOST[section]} of {offered} are taken")
        if self._unnamed:
            notes.append(f"{self._unnamed} more pieces were left out")
        if self._untold:
            notes.append(f"{self._untold} more notes were left out")
        document = {"schema": SCHEMA, **self._entries}
        return Reading(self.format, document, tuple(self._left), tuple(notes), self._origins, self._levels, table)


def one_line(text: str) -> str:
    """The text on one line, without what cannot be stored or turns the direction of text."""
    return " ".join(_CONTROLS.sub("", clean(text)).split())


def several_lines(text: str) -> str:
    """The text with its lines kept, each without blanks at its ends, and no two empty ones together."""
    lines = (one_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def filled(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value}
