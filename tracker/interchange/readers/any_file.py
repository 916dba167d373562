"""A file of any kind: told by its bytes, read by the module of its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracker.interchange.readers import (
    docx,
    europass,
    html,
    json_files,
    open_badges,
    pdf,
    plain_text,
    skill_table,
    texts,
    zips,
)
from tracker.interchange.readers.document_text import Document
from tracker.interchange.readers.kinds import MOST_BYTES, Kind, kind_of
from tracker.interchange.reading import Columns, ReadError, Reading

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
_TEXTS: Mapping[Kind, Callable[[bytes], Document]] = {
    Kind.PDF: pdf.lines_of,
    Kind.ZIP: docx.lines_of,
}


def text_of(data: bytes) -> str:
    """The text of a document (PDF, DOCX, HTML or plain), for what is no profile: a job advert. Raises ReadError."""
    kind = _kind(data)
    if kind is Kind.HTML:
        return html.text_of(data)
    if kind is not Kind.TEXT and kind not in _TEXTS:
        raise ReadError(_REFUSED.get(kind, f"this is {kind.upper()}: bring text, HTML, PDF or DOCX"))
    if kind is Kind.TEXT:
        return plain_text.decoded(data)[0]
    return "\n".join(line.text for line in _TEXTS[kind](data).lines)


def _kind(data: bytes) -> Kind:
    if len(data) > MOST_BYTES:
        raise ReadError(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    return kind_of(data)


def read_file(data: bytes, columns: Columns | None = None) -> Reading:
    """What the file says, whichever kind it is of. Raises ReadError.

    `columns`: which columns of a table are meant, where the person has said so; other kinds have none.
    """
    kind = _kind(data)
    if kind not in _READERS:
        raise ReadError(_REFUSED.get(kind, f"this is {kind.upper()}, which is not read"))
    if columns and kind is Kind.TEXT:
        return skill_table.read(data, columns)
    return _READERS[kind](data)
