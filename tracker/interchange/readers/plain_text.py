"""Plain text: the encoding told, its lines with how far in they begin."""

from __future__ import annotations

import codecs

from tracker.interchange.readers.document_text import Document, TextLine, document_of
from tracker.interchange.readers.markdown import is_markdown, without_marks
from tracker.interchange.reading import ReadError, Reading

_TAB = 4


def read(data: bytes) -> Reading:
    """A résumé in plain text."""
    from tracker.interchange.readers import resume_text  # much to load where the text is all that is asked

    return resume_text.read(lines_of(data), "text")


def lines_of(data: bytes) -> Document:
    """The lines of a text, of Markdown without its marks. Raises ReadError where there is nothing in it."""
    text, note = decoded(data)
    written = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    raw = [TextLine(0, number, line, left=_indent(line)) for number, line in enumerate(written, start=1)]
    document = document_of(without_marks(raw) if is_markdown(written) else raw, [note] if note else [])
    if not document.lines:
        raise ReadError("the file is empty")
    return document


def decoded(data: bytes) -> tuple[str, str]:
    """The text of the bytes, and a note where the encoding was guessed."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text, "the text is no UTF-8 and was read as Windows-1252: look whether its accents are right"


def _indent(line: str) -> float:
    expanded = line[:200].expandtabs(_TAB)
    return float(len(expanded) - len(expanded.lstrip(" ")))
