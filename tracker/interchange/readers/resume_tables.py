"""Tables whose first row names their columns: each row put in the order in which entries are mostly written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.interchange.readers.document_text import BULLET, TextLine
from tracker.interchange.readers.resume_words import column_kind, plain

_CELL = re.compile(r"\t|\s*\|\s*")
_ORDER = ("what", "field", "where", "when")
_UNTIL = "valid until "  # as certificates say it
_LEAST = 2  # columns that say what is needed of an entry: what, where or when


def with_columns_ordered(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, the rows of a table as `what, field<tab>where<tab>when`, with what else they tell below as bullets.

    Where two columns are of one kind the first is taken; columns of grades and places are left out.
    """
    return list(_ordered(lines))


def _ordered(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    columns: list[str] = []
    for line in lines:
        cells = [cell.strip() for cell in _CELL.split(line.bare)]
        if kinds := _columns(cells):
            columns = kinds
        elif columns and len(cells) == len(columns):
            yield from _entry(line, _by_kind(columns, cells))
        else:
            yield line


def _columns(cells: Sequence[str]) -> list[str]:
    """The kinds of the columns that a row of heads names; none where the row is no such row."""
    kinds = [_kind(cell) for cell in cells]
    if "what" not in kinds and kinds.count("name") == 1:
        kinds[kinds.index("name")] = "what"  # `Name, issuer, date`: the name of what the table lists
    known = all(kinds) and len(set(kinds) & {"what", "where", "when"}) >= _LEAST
    return kinds if known else []


def _kind(head: str) -> str:
    kinds = [column_kind(word) for word in re.split(r"[\s/&()]+", plain(head)) if word]
    if not kinds or None in kinds:
        return ""
    if "where" in kinds:
        return "where"  # `Issued by`
    return next((kind for kind in kinds if kind), "name" if plain(head) == "name" else "")


def _by_kind(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The text of each kind: of one kind the first that is filled, of two columns with dates both, as a span."""
    found: dict[str, str] = {}
    for kind, cell in zip(columns, cells, strict=True):
        if not cell.strip(" -"):
            continue
        found[kind] = f"{found[kind]} - {cell}" if kind == "when" and kind in found else found.get(kind, cell)
    return found


def _entry(line: TextLine, cells: dict[str, str]) -> Iterator[TextLine]:
    what = ", ".join(cells[kind] for kind in _ORDER[:2] if kind in cells)
    yield line.saying("\t".join([*filter(None, [what]), *(cells[kind] for kind in _ORDER[2:] if kind in cells)]))
    if "until" in cells:
        yield line.saying(_UNTIL + cells["until"])
    if "told" in cells:
        yield line.saying(f"{BULLET} {cells['told']}")
