"""CSV as spreadsheets and exports write it: any usual encoding and separator, bounded, each row with its line."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from tracker.interchange.reading import ReadError
from tracker.interchange.strict_json import clean

MOST_ROWS = 20_000
MOST_CELLS = 200
_MOST_LINES = 400_000  # a field may hold some
_LONGEST_HEADER = 100
_LENGTH_LOOKED_AT = 5_000
SEPARATORS = (",", ";", "\t", "|")

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FORMULA_GUARD = re.compile(r"\A'(?=[=+\-@\t\r])")
_NAMED_SEPARATOR = re.compile(r"\A\s*sep=(.)\s*(?:\r\n|\r|\n)", re.IGNORECASE)


class Row(NamedTuple):
    """A row that holds something: the line of the file on which it begins, counted from 1, and its cells."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """The cell of the column, counted from 0; "" where the row has none such."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


class Decoded(NamedTuple):
    text: str
    note: str = ""


def decode(data: bytes) -> Decoded:
    """The text, without NULs and what turns its direction; `note` says where the encoding was guessed."""
    if data[:2] in _UTF_16:
        return Decoded(_clean(data.decode("utf-16", errors="replace")))
    try:
        return Decoded(_clean(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        text = data.removeprefix(codecs.BOM_UTF8).decode("cp1252", errors="replace")
        return Decoded(_clean(text), "its encoding was guessed: it is no UTF-8 and was read as Windows-1252")


def _clean(text: str) -> str:
    return _CONTROLS.sub("", clean(text))


def rows(text: str, separator: str, *, most: int = MOST_ROWS) -> list[Row]:
    """The rows that hold something. Raises ReadError: too many rows or lines, a field too long, a quote left open."""
    if text.count("\n") + text.count("\r") > _MOST_LINES:
        raise ReadError(f"more than {_MOST_LINES:,} lines: bring a part of the table")
    lines = list(io.StringIO(text, newline=""))
    found = list(islice(_rows(lines, separator), most + 1))
    if len(found) > most:
        raise ReadError(f"more than {most:,} rows: bring a part of the table")
    if found and found[-1].line < len(lines):
        _check_closed(lines[found[-1].line - 1 :], separator, found[-1].line)
    return found


def first_rows(text: str, separator: str, count: int) -> list[Row]:
    """No more than the first rows, to see what the table is; whatever is wrong further down."""
    looked_at = text[: count * _LENGTH_LOOKED_AT]
    found: list[Row] = []
    with suppress(ReadError):
        found.extend(islice(_rows(io.StringIO(looked_at, newline=""), separator), count))
    is_cut = len(looked_at) < len(text) and len(found) < count
    return found[:-1] if is_cut else found


def without_named_separator(text: str) -> tuple[str, str]:
    """The text without the line `sep=;` that spreadsheets put first, and the separator named there, or ""."""
    named = _NAMED_SEPARATOR.match(text)
    return (text[named.end() :], named[1]) if named else (text, "")


def separator_of(text: str) -> str:
    """The separator that parts most of the first rows into the same number of cells; "" where none does."""
    text, named = without_named_separator(text)
    if named:
        return named
    best, best_score = "", 0.0
    for separator in SEPARATORS:
        widths = Counter(len(row.cells) for row in first_rows(text, separator, 50))
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
        score = count / sum(widths.values()) + min(width, 20) / 100
        if width > 1 and score > best_score:
            best, best_score = separator, score
    return best


def header_name(cell: str) -> str:
    """A column's header as it is compared: case, blanks and marks at its ends do not count."""
    return " ".join(cell[:_LONGEST_HEADER].replace("_", " ").casefold().split()).strip(" :*\"'\ufeff")


def columns_of(cells: Iterable[str]) -> dict[str, int]:
    """Header -> its column; of two that are called the same the first counts."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(cells):
        columns.setdefault(header_name(cell), index)
    return columns


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that a careful export puts before what looks like a formula."""
    return _FORMULA_GUARD.sub("", cell)


def _rows(lines: Iterable[str], separator: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=separator)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(line, tuple(cell.strip() for cell in cells[:MOST_CELLS]))
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            raise ReadError(f"line {line}: a field is longer than {csv.field_size_limit():,} characters") from None
        raise ReadError(f"line {line}: this is no CSV that can be read ({error})") from None


def _check_closed(last: Sequence[str], separator: str, line: int) -> None:
    """The last row, if it goes on over lines, must have closed its quote, or it swallowed what stands below."""
    try:
        list(csv.reader(iter(last), delimiter=separator, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            message = f"line {line}: a quote is opened and never closed: close it or take it out"
            raise ReadError(message) from None
