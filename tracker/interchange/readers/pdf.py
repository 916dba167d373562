"""PDF as lines of text, each with its place on the page: read in the order of the file, mended by geometry.

A PDF has no lines, only text put at places. The order of the file is nearly always the order of reading; what is not
(dates put at the far side of a column, written long before or after what they date) is moved to where it stands.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pypdf
from pypdf.errors import LimitReachedError, PyPdfError

from tracker.interchange.readers import europass, resume_text
from tracker.interchange.readers.document_text import MOST_CHARACTERS, Document, TextLine, clean_line, document_of
from tracker.interchange.readers.resume_dates import is_only_a_date
from tracker.interchange.readers.resume_words import says_place
from tracker.interchange.reading import ReadError, Reading

MOST_PAGES = 30
_ATTACHMENT = "attachment.xml"  # what Europass puts into its PDFs
_MOST_ATTACHED = 3_000_000
_MOST_INFLATED = 20_000_000
_MOST_OPERATIONS = 150_000  # of one page: résumés have a tenth of it
_BROKEN = "the PDF is broken: open it, print it to a new PDF and bring that"
_TOO_HEAVY = "the PDF is too heavy to be read: print it to a new PDF, or bring it as DOCX or text"
# What the library lets through of files that are broken in ways it did not think of.
_ODD = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ArithmeticError, OSError),
    *(RecursionError, NotImplementedError, LookupError, StopIteration),
)
_LOCKED = "the PDF is locked with a password: open it with yours, print it to a new PDF without one, and bring that"
_WIDE_GAP = 1.4  # of the letters' size: more than a blank, less than the gap between two columns
_LETTER_WIDTH, _CHARACTER_WIDTH = 0.5, 1.0  # of the size: a Latin letter's, a guess; an East Asian character's


def read(data: bytes) -> Reading:
    """A résumé as PDF, or the Europass that is attached to it. Raises ReadError."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = _opened(data)
    attached = _attached(reader)
    if attached and (reading := _read_europass(attached)):
        return reading
    return resume_text.read(_document(reader), "pdf")


def lines_of(data: bytes) -> Document:
    """The lines of the text. Raises ReadError: broken, locked, too heavy, or pictures only."""
    return _document(_opened(data))


def _opened(data: bytes) -> pypdf.PdfReader:
    pypdf.overwrite_configuration(
        zlib_maximum_output_length=_MOST_INFLATED,
        lzw_maximum_output_length=_MOST_INFLATED,
        run_length_maximum_output_length=_MOST_INFLATED,
        stream_decoding_work_maximum_length=3 * _MOST_INFLATED,
        stream_parsing_work_maximum_count=_MOST_OPERATIONS,
    )
    try:
        reader = pypdf.PdfReader(io.BytesIO(data[data.index(b"%PDF-") :]))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(_LOCKED)
    except ReadError:
        raise
    except LimitReachedError:
        raise ReadError(_TOO_HEAVY) from None
    except (PyPdfError, *_ODD):
        raise ReadError(_BROKEN) from None
    return reader


def _document(reader: pypdf.PdfReader) -> Document:
    notes = []
    try:
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            notes.append(f"only the first {MOST_PAGES} of {pages} pages are read")
        lines = list(_lines(reader, min(pages, MOST_PAGES)))
    except LimitReachedError:
        raise ReadError(_TOO_HEAVY) from None
    except (PyPdfError, *_ODD):
        raise ReadError(_BROKEN) from None
    document = document_of(lines, notes)
    if not document.lines:
        if not pages:
            raise ReadError(_BROKEN)
        raise ReadError(
            "the PDF holds pictures only, and pictures are not read: bring a PDF with text, a DOCX or a JSON Resume, "
            "or type it in"
        )
    return document


def _lines(reader: pypdf.PdfReader, pages: int) -> Iterator[TextLine]:
    length = 0
    for number in range(pages):
        lines = _mended(_page_lines(reader.pages[number], number + 1))
        yield from lines
        length += sum(len(line.text) for line in lines)
        if length > MOST_CHARACTERS:
            return


def _page_lines(page: pypdf.PageObject, number: int) -> list[TextLine]:
    """The page's lines in the order of the file, a tab where the gap within a line is wide."""
    lines = _PageLines(number, float(page.mediabox.top))
    page.extract_text(visitor_text=lines.take)
    lines.end_line()
    return lines.in_columns()


class _PageLines:
    def __init__(self, page: int, height: float) -> None:
        self.done: list[TextLine] = []
        self._page, self._height = page, height
        self._text = ""
        self._left = self._top = self._size = self._end = 0.0
        self._capital = (0.0, 0.0)  # right edge and size of a lone capital that was written last
        self._inner: list[tuple[int, float]] = []  # where in the line a later piece begins, and where on the page
        self._starts: list[list[tuple[int, float]]] = []  # the same of every line done

    def take(self, text: str, cm: list[float], tm: list[float], font: Mapping[str, Any] | None, size: float) -> None:
        """A piece of text with the matrices under which it is written, as pypdf hands it on."""
        pieces = text.split("\n")
        across = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        up = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        scale = abs(cm[3] * tm[3] + cm[2] * tm[1]) or abs(cm[1] * tm[2]) or 1.0
        for place, piece in enumerate(pieces):
            if place:
                self.end_line()
            if piece.strip():
                self._add(piece, across, self._height - up + 1.2 * place * size * scale, size * scale)
            else:
                self._text += piece if self._text else ""

    def _add(self, piece: str, left: float, top: float, size: float) -> None:
        begins = len(piece) - len(piece.lstrip())
        if not self._text.strip():
            self._text, self._left, self._top, self._size = "", left, top, size
        elif piece.lstrip()[:1] in (".", ",", ")") or self._goes_on_in_small_capitals(piece, left, size):
            self._text, piece = self._text.rstrip(), piece.lstrip()
        elif abs(top - self._top) < size and left - self._end > _WIDE_GAP * size:
            self._text = self._text.rstrip() + "\t"
            piece = piece[begins:]
        if self._text and self._text[-1:].isspace() | piece[:1].isspace():
            self._inner.append((len(self._text) + len(piece) - len(piece.lstrip()), left))
        lone = piece.strip()[-1:].isupper() and not piece.strip()[-2:-1].isalpha()
        self._capital = (left + size * _width(piece.strip()), size) if lone else (0.0, 0.0)
        self._text += piece
        self._size = max(self._size, size)
        self._end = max(self._end if self._text != piece else 0.0, left + size * _width(piece.strip()))

    def _goes_on_in_small_capitals(self, piece: str, left: float, size: float) -> bool:
        """Whether the piece is the rest of a word whose first letter is written larger."""
        edge, larger = self._capital
        return 0.6 * larger <= size <= 0.92 * larger and piece.strip()[:1].isupper() and left - edge < 2 * larger

    def end_line(self) -> None:
        if self._text.strip():
            self.done.append(
                TextLine(self._page, len(self.done) + 1, self._text, self._left, self._top, round(self._size, 1))
            )
            self._starts.append(self._inner)
        self._text, self._end, self._capital, self._inner = "", 0.0, (0.0, 0.0), []

    def in_columns(self) -> list[TextLine]:
        """The lines with a tab where a piece begins right below or above one of the line next to it."""
        lines = []
        for number, line in enumerate(self.done):
            beside = [other for other in (number - 1, number + 1) if 0 <= other < len(self.done)]
            near = [left for other in beside for _, left in self._starts[other]]
            places = [at for at, left in self._starts[number] if any(abs(left - other) < 0.5 for other in near)]
            text = line.text
            for at in reversed(places):
                text = text[:at].rstrip() + "\t" + text[at:]
            lines.append(line.saying(text))
        return lines


def _width(text: str) -> float:
    wide = sum("\u2e80" <= mark <= "\uffef" for mark in text)
    return _CHARACTER_WIDTH * wide + _LETTER_WIDTH * (len(text) - wide)


def _mended(lines: list[TextLine]) -> list[TextLine]:
    """The lines with each lone date moved behind the line at whose height it stands, if the file has it elsewhere."""
    alone = [place for place, line in enumerate(lines) if is_only_a_date(clean_line(line.text))]
    moves: dict[int, list[int]] = {}
    for place in alone:
        if not _is_in_place(lines, place) and (beside := _beside(lines, place, alone)) is not None:
            moves.setdefault(beside, []).append(place)
    moved = {place for places in moves.values() for place in places}
    order: list[TextLine] = []
    for place, line in enumerate(lines):
        if place not in moved:
            order.append(line)
        order += [lines[other] for other in moves.get(place, ())]
    return order


def _is_in_place(lines: list[TextLine], place: int) -> bool:
    """Whether a line at the date's height is among those that the file has next to it."""
    if place and _is_below(lines[place - 1], lines[place]):
        return True
    after = place + 1
    while after < min(len(lines), place + 4) and abs(lines[after].left - lines[place].left) < 1:
        after += 1  # the rest of a date that is wrapped in a narrow column
    around = lines[max(0, place - 1) : place] + lines[after : after + 1]
    return any(_same_height(line, lines[place]) and line.left != lines[place].left for line in around)


def _is_below(upper: TextLine, lower: TextLine) -> bool:
    """Whether a line goes on in the next, at the same edge of the same column."""
    near = 0 < lower.top - upper.top < 2 * max(upper.size, 6.0)
    text = clean_line(upper.text)
    inset = lower.left - upper.left
    is_at_edge = -1 < inset < 1.5 * max(upper.size, 6.0)  # an icon may stand before it
    return near and is_at_edge and not is_only_a_date(text) and (abs(inset) < 0.5 or not says_place(text))


def _same_height(one: TextLine, other: TextLine) -> bool:
    return abs(one.top - other.top) < 0.5 * max(one.size, other.size, 6.0)


def _beside(lines: list[TextLine], place: int, alone: list[int]) -> int | None:
    """The line that begins nearest to the left of a lone date, at its height."""
    lone = set(alone)
    date = lines[place]
    candidates = [
        other
        for other, line in enumerate(lines)
        if other not in lone and line.left < date.left and _same_height(line, date)
    ]
    return max(candidates, key=lambda other: lines[other].left, default=None)


def _attached(reader: pypdf.PdfReader) -> bytes:
    """The XML that a Europass PDF carries, or nothing."""
    try:
        for attachment in reader.attachment_list:
            if re.fullmatch(r".*\.xml", attachment.name, re.IGNORECASE):
                content = attachment.content
                if len(content) <= _MOST_ATTACHED and _ATTACHMENT in attachment.name.casefold():
                    return content
    except (PyPdfError, *_ODD):
        pass  # a broken attachment is none: the text is still there
    return b""


def _read_europass(xml: bytes) -> Reading | None:
    """The Europass in the XML; None where it can't be read, and the text of the pages must do."""
    try:
        return europass.read(xml)
    except ReadError:
        return None
