"""Files of every kind that a person may own -> what they say of that person. One module a format.

A reader takes bytes and gives a `Reading`, or raises `ReadError`. It knows no framework and no database, fetches
nothing, and is bounded in bytes, depth, rows and pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracker.interchange.readers import europass, html, json_files, open_badges, pdf, skill_table, texts, zips
from tracker.interchange.readers.kinds import Kind, kind_of
from tracker.interchange.reading import Columns, ReadError, Reading

__all__ = ["MOST_BYTES", "ReadError", "Reading", "read_file"]

MOST_BYTES = 5_000_000
_READERS: Mapping[Kind, Callable[[bytes], Reading]] = {
    Kind.JSON: json_files.read,
    Kind.JWT: open_badges.read,
    Kind.PNG: open_badges.read_png,
    Kind.SVG: open_badges.read_svg,
    Kind.XML: europass.read,
    Kind.PDF: pdf.read,
    Kind.HTML: html.read,
    Kind.ZIP: zips.read,
    Kind.TEXT: texts.read,
}
_REFUSED = {
    Kind.EMPTY: "the file is empty",
    Kind.WORD_97: "this is a document of Word 97: save it as DOCX or PDF",
    Kind.RTF: "this is RTF: save it as DOCX or PDF",
    Kind.BINARY: "this is no document that can be read: bring a PDF, a DOCX, a text or one of the exports named",
}


def read_file(data: bytes, columns: Columns | None = None) -> Reading:
    """What the file says, whichever kind it is of. Raises ReadError.

    `columns`: which columns of a table are meant, where the person has said so; other kinds have none.
    """
    if len(data) > MOST_BYTES:
        raise ReadError(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    kind = kind_of(data)
    if kind not in _READERS:
        raise ReadError(_REFUSED.get(kind, f"this is {kind.upper()}, which is not read"))
    if columns and kind is Kind.TEXT:
        return skill_table.read(data, columns)
    return _READERS[kind](data)
