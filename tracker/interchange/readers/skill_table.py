"""A table of skills and levels as people keep it in a spreadsheet: any sensible headers, separators and scales.

A table of jobs (title, employer, start, end) becomes roles. Which columns are meant is told from headers and content;
`columns` lets a person say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.interchange.dates import read_date
from tracker.interchange.readers import csv_text, skill_levels
from tracker.interchange.readers.csv_text import Row, header_name
from tracker.interchange.readers.draft import Draft
from tracker.interchange.readers.resume_words import heading_kind
from tracker.interchange.reading import Columns, Origin, ReadError, Reading, Table
from tracker.interchange.strict_json import shown

SKILLS_FORMAT, ROLES_FORMAT = "skills-csv", "roles-csv"

_ROWS_SHOWN = 5
_ROWS_LOOKED_AT = 50
_MOST_WORDS_OF_A_SKILL = 8
_NAMES = (
    r"skills?(?: ?names?)?|competenc(?:y|ies)(?: name)?|competences?|technolog(?:y|ies)|tech(?: stack)?|tools?|"
    r"abilit(?:y|ies)|capabilit(?:y|ies)|topics?|knowledge|expertise|text|kenntnis(?:se)?|fähigkeit(?:en)?|"
    r"fertigkeit(?:en)?|kompetenz(?:en)?|technologien?|werkzeuge?|thema|themen|können|skill-?name|compétences?|"
    r"savoir[- ]faire|technologies|outils?|aptitudes?|connaissances?|competencias?|habilidades?|competenz[ae]|"
    r"vaardigheid|vaardigheden"
)
_PLAIN_NAMES = r"names?|bezeichnung|nom|nombre|nome|naam|item|was|beschreibung|label|libellé"
_LEVELS = (
    r"(?:(?:skill|my|current|self|self[- ]?assessed|competency|aktuelles?|mein) ?)?(?:levels?|rating|score|proficiency|"
    r"mastery|experience level|self[- ]assessment|points?|stars?|grade|niveau|stufe|level|bewertung|einschätzung|"
    r"selbsteinschätzung|kenntnisstand|ausprägung|punkte|sterne|können|note sur [0-9]+|maîtrise|évaluation|étoiles|"
    r"nivel|livello|valoración|proficiency level|percent(?:age)?|prozent|pourcentage|confidence)"
)
_DATES = (
    r"date|last ?used|used last|last|as of|updated(?: at| on)?|year|when|assessed(?: on)?|datum|zuletzt(?: genutzt| "
    r"verwendet)?|stand|jahr|date d'utilisation|dernière utilisation|derni[eè]re fois|année|fecha|data"
)
_SCALE_HINT = (
    r"\s*[(\[/,:]?\s*(?:scale\s*|von\s*|out of\s*|de\s*)?[0-9][0-9 .,\u2013/=a-zàé\-]{0,40}%?[)\]]?|\s*[(\[]?%[)\]]?"
)
_NAME = re.compile(rf"(?:{_NAMES})(?:\s*\(.*\))?", re.IGNORECASE)
_PLAIN_NAME = re.compile(rf"(?:{_PLAIN_NAMES})", re.IGNORECASE)
_LEVEL = re.compile(rf"(?:{_LEVELS})(?:{_SCALE_HINT}|\s*\(.*\))?", re.IGNORECASE)
_DATE = re.compile(rf"(?:{_DATES})", re.IGNORECASE)

_ROLE_HEADERS = {
    "title": "title|job title|position|role|job|stelle|stellenbezeichnung|funktion|tätigkeit|beruf|poste|intitulé|"
    "fonction|puesto|cargo|ruolo|jobtitel",
    "employer": "company|company name|employer|organi[sz]ation|firm|firma|unternehmen|arbeitgeber|entreprise|société|"
    "employeur|empresa|azienda|datore di lavoro|bedrijf",
    "start": "start|start date|started|started on|from|since|begin|von|beginn|seit|ab|début|date de début|depuis|de|"
    "inicio|desde|inizio|dal",
    "end": "end|end date|ended|finished|finished on|to|until|bis|ende|fin|date de fin|jusqu'à|à|hasta|fine|al",
    "summary": "summary|description|notes?|details|beschreibung|aufgaben|missions?|descripción|descrizione",
}
_ROLE_HEADER = {field: re.compile(pattern, re.IGNORECASE) for field, pattern in _ROLE_HEADERS.items()}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The rows of a table below its headers, which are none where the table has none."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def looks_like(text: str) -> bool:
    """Whether the text is a table of skills or of jobs, and no prose."""
    sheet = _sheet(text, _first)
    if not sheet or not _is_even(sheet):
        return False
    return bool(_role_columns(sheet.headers)) or _found_columns(sheet) is not None


def read(data: bytes, columns: Columns | None = None) -> Reading:
    """The reading of a table; `columns`: those that are meant, or what headers and content tell.

    Raises ReadError: no table of skills, nothing in it, a column that is not there, more than 20,000 rows.
    """
    decoded = csv_text.decode(data)
    sheet = _sheet(decoded.text, csv_text.rows)
    if not sheet:
        raise ReadError("this is no table: it has neither columns nor rows")
    jobs = None if columns else _role_columns(sheet.headers)
    chosen = columns or (Columns(0) if jobs else _found_columns(sheet))
    if chosen is None:
        raise ReadError("no column of skills was found in the table: call one Skill and one Level")
    _check(chosen, sheet)
    draft = Draft(ROLES_FORMAT if jobs else SKILLS_FORMAT)
    if decoded.note:
        draft.note(decoded.note)
    if jobs:
        _take_roles(draft, sheet, jobs)
        return draft.reading()
    _take_skills(draft, sheet, chosen)
    shown_rows = tuple(row.cells for row in sheet.rows[:_ROWS_SHOWN])
    headers = sheet.headers or ("",) * max(len(row.cells) for row in sheet.rows)
    return draft.reading(Table(headers, shown_rows, chosen))


# Headers and columns


def _first(text: str, separator: str) -> list[Row]:
    return csv_text.first_rows(text, separator, _ROWS_LOOKED_AT)


def _sheet(text: str, rows_of) -> _Sheet | None:  # type: ignore[no-untyped-def]
    body, _ = csv_text.without_named_separator(text)
    shift = text[: len(text) - len(body)].count("\n")
    rows = rows_of(body, csv_text.separator_of(text) or ",")
    if not rows:
        return None
    rows = [row._replace(line=row.line + shift) for row in rows]
    start = _header_index(rows)
    if start is None:
        return _Sheet((), tuple(rows))
    return _Sheet(rows[start].cells, tuple(rows[start + 1 :]))


def _header_index(rows: Sequence[Row]) -> int | None:
    """The first of the first rows that is a header; a title or a remark may stand above it."""
    for index, row in enumerate(rows[:5]):
        is_alone = len([cell for cell in row.cells if cell]) == 1
        if _role_columns(row.cells) or (_named(row.cells, _NAME) is not None and not (is_alone and index)):
            return index
        if _named(row.cells, _PLAIN_NAME) is not None and _named(row.cells, _LEVEL) is not None:
            return index
    first = rows[0].cells
    return 0 if len(first) > 1 and _named(first, _LEVEL) is not None else None


def _is_even(sheet: _Sheet) -> bool:
    """Whether the rows are as wide as their headers say, which lines of prose with commas are not.

    One column may be a résumé that begins with its skills: further down it has the heading of another section.
    """
    width = len(sheet.headers)
    if width == 1 and any(heading_kind(row.cell(0)) in ("roles", "degrees") for row in sheet.rows):
        return False
    even = sum(len(row.cells) == 1 if width == 1 else 1 < len(row.cells) <= max(width, 2) for row in sheet.rows)
    return width == 0 or even >= len(sheet.rows) / 2


def _named(headers: Sequence[str], pattern: re.Pattern[str], but: Sequence[int | None] = ()) -> int | None:
    """The first column whose header is one of the pattern's."""
    return next((i for i, h in enumerate(headers) if i not in but and pattern.fullmatch(header_name(h))), None)


def _role_columns(headers: Sequence[str]) -> dict[str, int] | None:
    """Field of a role -> its column, where title and employer are both there."""
    found = {field: _named(headers, pattern) for field, pattern in _ROLE_HEADER.items()}
    if found["title"] is None or found["employer"] is None:
        return None
    return {field: column for field, column in found.items() if column is not None}


def _found_columns(sheet: _Sheet) -> Columns | None:
    """The columns that headers name, else those whose content tells them; None where no column can be of skills."""
    if not sheet.headers:
        return _columns_of_content(sheet.rows)
    name = _named(sheet.headers, _NAME)
    level = _named(sheet.headers, _LEVEL, (name,))
    if name is None:
        name = _named(sheet.headers, _PLAIN_NAME, (level,))
    if name is None:
        name = 0 if level != 0 and level is not None else None
    if name is None:
        return None
    return Columns(name, level, _named(sheet.headers, _DATE, (name, level)))


def _columns_of_content(rows: Sequence[Row]) -> Columns | None:
    """Without headers: one column of short texts, one of levels beside it, perhaps one of dates."""
    looked = rows[:_ROWS_LOOKED_AT]
    width = min((len(row.cells) for row in looked), default=0)
    level = next((c for c in range(width) if _is_mostly(looked, c, skill_levels.is_level)), None)
    if level is None or width < 2:
        return None
    name = next((c for c in range(width) if c != level and _is_mostly(looked, c, _is_name)), None)
    if name is None:
        return None
    dates = (c for c in range(width) if c not in (name, level) and _is_mostly(looked, c, _is_date))
    return Columns(name, level, next(dates, None))


def _is_mostly(rows: Sequence[Row], column: int, holds) -> bool:  # type: ignore[no-untyped-def]
    return sum(bool(holds(row.cell(column))) for row in rows) >= 0.8 * len(rows)


def _is_name(cell: str) -> bool:
    return any(c.isalpha() for c in cell) and len(cell.split()) <= _MOST_WORDS_OF_A_SKILL


def _is_date(cell: str) -> bool:
    return bool(read_date(cell).text)


def _check(columns: Columns, sheet: _Sheet) -> None:
    width = max(map(len, (sheet.headers, *(row.cells for row in sheet.rows))), default=0)
    for column in columns:
        if column is not None and not 0 <= column < width:
            raise ReadError(f"the table has {width} columns, there is no column {column + 1}")


# Entries


def _take_skills(draft: Draft, sheet: _Sheet, columns: Columns) -> None:
    cells = [row.cell(columns.level) for row in sheet.rows]
    header = sheet.headers[columns.level] if columns.level is not None and columns.level < len(sheet.headers) else ""
    scale = skill_levels.scale_of(cells, header)
    if columns.level is not None and any(cells):
        draft.note(f"levels of {_called(sheet, columns.level)}: {scale.said}")
    levels: dict[str, int | None] = {}
    for row, written in zip(sheet.rows, cells, strict=True):
        where, text = f"line {row.line}", csv_text.unguarded(row.cell(columns.name))
        if not text:
            draft.leave(where, ", ".join(filter(None, row.cells)), "left out, it names no skill")
            continue
        level = scale.level_of(written)
        if written and level is None:
            draft.leave(where, f"{text}: {written}", "its level is not understood: the skill is taken without it")
        is_new = draft.skill(Origin(where, ", ".join(filter(None, row.cells))), text, level)
        if is_new:
            levels[text.casefold()] = level
        elif level is not None and levels.get(text.casefold()) != level:
            draft.leave(where, f"{text}: {written}", "left out, the skill stands above with another level")


def _called(sheet: _Sheet, column: int) -> str:
    header = sheet.headers[column] if column < len(sheet.headers) else ""
    return shown(header) if header else f"column {column + 1}"


def _take_roles(draft: Draft, sheet: _Sheet, columns: dict[str, int]) -> None:
    for row in sheet.rows:
        where = f"line {row.line}"
        cell = {field: csv_text.unguarded(row.cell(column)) for field, column in columns.items()}
        if not cell["title"]:
            draft.leave(where, cell["employer"], "left out, it names no position")
            continue
        span = draft.span(where, cell.get("start", ""), cell.get("end", ""))
        origin = Origin(where, ", ".join(filter(None, row.cells)))
        draft.role(origin, title=cell["title"], employer=cell["employer"], summary=cell.get("summary", ""), span=span)
