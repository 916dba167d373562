"""LinkedIn's data export: its ZIP as it comes or packed again, or one CSV of it.

Columns are found by their headers, never by position. An export also holds messages, contacts and addresses, which are
other people's: only the files of `_TABLES` are ever opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import islice
from types import MappingProxyType

from tracker.interchange.dates import says_open
from tracker.interchange.degree_words import degree_level, says_unfinished
from tracker.interchange.readers import csv_text
from tracker.interchange.readers.archive import Archive
from tracker.interchange.readers.csv_text import Row
from tracker.interchange.readers.degree_text import field_of
from tracker.interchange.readers.draft import Draft
from tracker.interchange.reading import Origin, ReadError, Reading
from tracker.interchange.strict_json import shown

ZIP_FORMAT, CSV_FORMAT = "linkedin-zip", "linkedin-csv"

_ROWS_TO_HEADER = 25  # a note of some lines may stand before the header
_E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,}", re.IGNORECASE)
_FLUENCY = re.compile(r"\b(?:native|bilingual|working|elementary|professional) (?:or \w+ )?proficiency", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"([^\W\d_]{3,9})\.?[-\s/]\s?['\u2019]?([0-9]{2})")
_BETWEEN_DATES = re.compile(r"\s+[-\u2013\u2014]\s+|\s*[\u2013\u2014]\s*")
_NO_END = re.compile(r"no expir\w*(?: date)?|does not expire|never", re.IGNORECASE)
_GONE = "content metadata no longer exists"
_NEVER = frozenset(("", "n/a", "na", "null", "none", "-"))


@dataclass(frozen=True, slots=True)
class _Table:
    """A file of the export. `known_by`: headers that tell it without its name. `needs`: one of these makes it its
    own when the name says so."""

    name: str
    known_by: frozenset[str]
    needs: frozenset[str]
    take: Callable[[_Entry, Draft], None]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row with the headers of its table."""

    file: str
    row: Row
    columns: Mapping[str, int]

    @property
    def where(self) -> str:
        return f"{self.file}, line {self.row.line}"

    def text(self, *headers: str) -> str:
        """The cell under the first of the headers that the table has and the row fills."""
        cells = (self.row.cell(self.columns.get(header)) for header in headers)
        return next((unescape(cell).strip() for cell in cells if cell), "")

    @property
    def origin(self) -> Origin:
        return Origin(self.where, ", ".join(unescape(cell) for cell in self.row.cells if cell))

    def date(self, *headers: str) -> str:
        return _full_year(self.text(*headers))


# Reading


def read(data: bytes) -> Reading:
    """The reading of an export's ZIP. Raises ReadError: none of its files is there, nothing is in them."""
    return read_archive(Archive(data))


def read_archive(archive: Archive) -> Reading:
    draft = Draft(ZIP_FORMAT)
    for stray in archive.strays:
        draft.note(f"{shown(stray)} leads out of the ZIP and was not opened")
    members = _members(archive)
    if not members:
        raise ReadError("none of the files of a LinkedIn export is in this ZIP, nor is it a Word document")
    for table, name in sorted(members.items(), key=lambda item: _ORDER.index(item[0])):
        decoded = csv_text.decode(archive.read(name))
        if decoded.note:
            draft.note(f"{_file(table)}: {decoded.note}")
        _take(draft, _TABLES[table], decoded.text)
    unopened = len(archive.names) - len(members)
    if unopened:
        draft.note(f"{unopened} other files of the export were not opened" if unopened > 1 else _ONE_UNOPENED)
    return draft.reading()


_ONE_UNOPENED = "1 other file of the export was not opened"


def looks_like_csv(text: str) -> bool:
    """Whether the text is one CSV of an export, also one of those that are refused."""
    return _told_by_headers(text) is not None or bool(_why_unread(text))


def read_csv(data: bytes) -> Reading:
    """The reading of one CSV of an export. Raises ReadError: no such CSV, nothing in it."""
    decoded = csv_text.decode(data)
    table = _told_by_headers(decoded.text)
    if table is None:
        why = _why_unread(decoded.text)
        raise ReadError(why or "this is none of the files of a LinkedIn export that are read")
    draft = Draft(CSV_FORMAT)
    if decoded.note:
        draft.note(decoded.note)
    _take(draft, table, decoded.text)
    return draft.reading()


def _members(archive: Archive) -> dict[str, str]:
    """Table -> path of its file. Raises ReadError where two exports lie in one ZIP."""
    members: dict[str, str] = {}
    for path in archive.names:
        base = path.rpartition("/")[2].casefold()
        table = base.removesuffix(".csv")
        if base.endswith(".csv") and table in _TABLES:
            if table in members:
                message = f"the ZIP holds {_file(table)} twice, {shown(members[table])} and {shown(path)}: pack one"
                raise ReadError(message)
            members[table] = path
    return members


def _take(draft: Draft, table: _Table, text: str) -> None:
    found = next(((separator, row) for separator, row, columns in _heads(text) if table.needs & columns.keys()), None)
    if found is None:
        draft.leave(_file(table.name), "", "left out, none of its headers was found")
        return
    separator, header = found
    body, _ = csv_text.without_named_separator(text)
    shift = text[: len(text) - len(body)].count("\n")
    columns = csv_text.columns_of(header.cells)
    try:
        rows = csv_text.rows(body, separator)
    except ReadError as error:
        raise ReadError(f"{_file(table.name)}: {error}") from None
    for row in rows:
        if row.line > header.line:
            table.take(_Entry(_file(table.name), row._replace(line=row.line + shift), columns), draft)


def _heads(text: str) -> list[tuple[str, Row, dict[str, int]]]:
    """The first rows under each separator, as the headers that they might be."""
    body, named = csv_text.without_named_separator(text)
    return [
        (separator, row, csv_text.columns_of(row.cells))
        for separator in ((named,) if named else csv_text.SEPARATORS)
        for row in csv_text.first_rows(body, separator, _ROWS_TO_HEADER)
    ]


def _told_by_headers(text: str) -> _Table | None:
    """The table whose headers stand first in the text. A lone `Name`, or one with levels, is told by more than that."""
    heads = _heads(text)
    for table in _TABLES.values():
        is_sure = _DOUBTFUL.get(table.name, lambda text, separator, header: True)
        for separator, row, columns in heads:
            if table.known_by <= columns.keys():
                if is_sure(text, separator, row):
                    return table
                break
    return None


def _why_unread(text: str) -> str:
    """Why a CSV of an export is refused; "" where it is none of those."""
    seen = [columns.keys() for _, _, columns in _heads(text)]
    return next((why for headers, why in _UNREAD if any(headers <= columns for columns in seen)), "")


def _is_lone_name(text: str, separator: str, header: Row) -> bool:
    """A list under `Name`: the only column, at the head, and no page about a person."""
    first = next(iter(csv_text.first_rows(text, separator, 1)))
    return len([cell for cell in header.cells if cell]) == 1 and first == header and not _E_MAIL.search(text[:20_000])


def _is_of_languages(text: str, separator: str, header: Row) -> bool:
    column = csv_text.columns_of(header.cells)["proficiency"]
    below = (row for row in csv_text.first_rows(text, separator, 100) if row.line > header.line)
    return any(_FLUENCY.search(row.cell(column)) for row in islice(below, 100))


def _is_of_courses(text: str, separator: str, header: Row) -> bool:
    return len([cell for cell in header.cells if cell]) == 2


_DOUBTFUL: Mapping[str, Callable[[str, str, Row], bool]] = MappingProxyType(
    {"skills": _is_lone_name, "languages": _is_of_languages, "courses": _is_of_courses}
)


_OTHERS = "this file of a LinkedIn export holds other people's data and is not read: bring Positions.csv and its like"
_UNREAD = (
    (frozenset(("first name", "last name", "connected on")), _OTHERS),
    (frozenset(("conversation id", "from")), _OTHERS),
    (frozenset(("first name", "last name", "job title", "text")), _OTHERS),
    (frozenset(("first name", "last name", "headline")), "Profile.csv says nothing that is read: bring Positions.csv"),
)


def _file(table: str) -> str:
    return f"{table.capitalize()}.csv"


# Entries


def _position(entry: _Entry, draft: Draft) -> None:
    title, company = entry.text("title"), entry.text("company name")
    if not title:
        draft.leave(entry.where, company, "left out, it names no position")
        return
    span = draft.span(entry.where, entry.date("started on"), entry.date("finished on"))
    draft.role(entry.origin, title=title, employer=company, summary=entry.text("description"), span=span)


def _school(entry: _Entry, draft: Draft) -> None:
    school, title = entry.text("school name"), entry.text("degree name")
    if not title:
        draft.leave(entry.where, school, "left out, it names no degree")
        return
    end = entry.date("end date")
    span = draft.span(entry.where, entry.date("start date"), end)
    is_open = says_open(end) or says_unfinished(title)
    if is_open:
        draft.note(f"{entry.where}: read as not finished, it has no end")
    field = field_of(title)
    draft.degree(
        entry.origin,
        title=title,
        level=degree_level(title),
        field=field,
        institution=school,
        span=span,
        completed=not is_open,
    )


def _certificate(entry: _Entry, draft: Draft) -> None:
    name = entry.text("name")
    if not name:
        draft.leave(entry.where, entry.text("authority"), "left out, it names no certificate")
        return
    start, end = entry.date("started on"), entry.date("finished on")
    if period := entry.text("time period"):
        start, end = (*map(_full_year, _BETWEEN_DATES.split(period, maxsplit=1)), "")[:2]
    if says_open(end) or _NO_END.fullmatch(end):
        end = ""
    date, expires = draft.date(entry.where, start), draft.date(entry.where, end)
    draft.certification(entry.origin, name=name, issuer=entry.text("authority"), date=date, expires=expires)


def _skill(entry: _Entry, draft: Draft) -> None:
    if name := entry.text("name"):
        draft.skill(entry.origin, name)


def _course(entry: _Entry, draft: Draft) -> None:
    if name := entry.text("name"):
        draft.activity(entry.origin, "course", title=name)


def _learning(entry: _Entry, draft: Draft) -> None:
    title, kind = entry.text("content title"), entry.text("content type")
    completed = entry.text("content completed at (if completed)")
    if title.casefold() in (*_NEVER, _GONE):
        draft.leave(entry.where, "", "left out, its title is not known any more")
    elif completed.casefold() in _NEVER:
        draft.leave(entry.where, title, "left out, it was begun or saved but not completed")
    elif kind.casefold() in ("video", "article", "post"):
        draft.leave(entry.where, title, f"left out, a single {kind.casefold()} is no course")
    else:
        draft.activity(entry.origin, "course", title=title, date=draft.date(entry.where, completed))


def _project(entry: _Entry, draft: Draft) -> None:
    if title := entry.text("title"):
        span = draft.span(entry.where, entry.date("started on"), entry.date("finished on"))
        date = span.get("end") or span.get("start", "")
        draft.activity(entry.origin, "project", title=title, date=date, url=entry.text("url"))


def _publication(entry: _Entry, draft: Draft) -> None:
    if title := entry.text("name"):
        date = draft.date(entry.where, entry.date("published on"))
        draft.activity(entry.origin, "post", title=title, date=date, url=entry.text("url"))


def _leaving(what: str, *headers: str) -> Callable[[_Entry, Draft], None]:
    def leave(entry: _Entry, draft: Draft) -> None:
        text = ", ".join(filter(None, (entry.text(header) for header in headers)))
        if text:
            draft.leave(entry.where, text, f"{what} not read")

    return leave


def _full_year(text: str) -> str:
    """`Mar-20`, which spreadsheets make of `Mar 2020`, with its century; what else there is stays."""
    found = _SHORT_YEAR.fullmatch(text)
    if not found:
        return text
    century = 19 if int(found[2]) >= 60 else 20
    return f"{found[1]} {century}{found[2]}"


def _table(
    name: str, take: Callable[[_Entry, Draft], None], known_by: tuple[str, ...], needs: tuple[str, ...]
) -> tuple[str, _Table]:
    return name, _Table(name, frozenset(known_by), frozenset(needs), take)


# In the order in which headers are asked: those of one table may be among another's.
_TABLES: Mapping[str, _Table] = MappingProxyType(
    dict(
        (
            _table("positions", _position, ("company name", "title"), ("title",)),
            _table("education", _school, ("school name",), ("school name", "degree name")),
            _table("certifications", _certificate, ("name", "authority"), ("name",)),
            _table("learning", _learning, ("content title",), ("content title",)),
            _table("publications", _publication, ("name", "published on"), ("name",)),
            _table("volunteering", _leaving("volunteering is", "role", "company name"),
                   ("company name", "role"), ("role", "company name")),
            _table("honors", _leaving("honours are", "title", "issued on"), ("title", "issued on"), ("title",)),
            _table("organizations", _leaving("memberships are", "position", "name"),
                   ("name", "position", "started on"), ("name",)),
            _table("projects", _project, ("title", "url", "started on"), ("title",)),
            _table("languages", _leaving("languages are", "name", "proficiency"), ("name", "proficiency"), ("name",)),
            _table("courses", _course, ("name", "number"), ("name",)),
            _table("skills", _skill, ("name",), ("name",)),
        )
    )
)  # fmt: skip
_ORDER = tuple(_TABLES)
