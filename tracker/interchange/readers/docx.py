"""DOCX as lines of text: paragraphs, tables in tables, text boxes and page headers, without a library for Word.

What was deleted under tracking is not read, what was inserted is; a text box that is stored twice is read once.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from tracker.interchange.readers import resume_text
from tracker.interchange.readers.document_text import BULLET, MOST_CHARACTERS, Document, TextLine, document_of
from tracker.interchange.reading import ReadError, Reading

MAIN = "word/document.xml"
_MOST_MEMBERS = 300
_MOST_BYTES = 10_000_000  # of one part, counted while it is inflated
_MOST_PARAGRAPHS = 20_000
_MOST_PARTS = 12
_DEEPEST = 200
_UNREAD = frozenset(("Fallback", "del", "moveFrom"))
_BODY_SIZE = 11.0
_HEADING_SIZES = {"title": 26.0, "titel": 26.0, "titre": 26.0, "heading1": 18.0, "heading2": 14.0}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)


def read(data: bytes) -> Reading:
    """A résumé written in Word."""
    return resume_text.read(lines_of(data), "docx")


def lines_of(data: bytes) -> Document:
    """The lines of the document, page headers first. Raises ReadError: no DOCX, too much in it, entities in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = _checked_names(archive)
            parts = [*_headers(names), MAIN, *(name for name in names if name.endswith("word/footnotes.xml"))]
            counter = _Counter()
            raw = [line for part in parts for line in _lines(archive, part, counter)]
    except _BROKEN as error:
        if isinstance(error, ReadError):
            raise
        raise ReadError("the DOCX is broken: open it in Word and save it again, or save it as PDF") from None
    document = document_of(raw)
    if not document.lines:
        raise ReadError("the document holds no text: a scan can't be read, bring it as text, DOCX or JSON Resume")
    return document


def _checked_names(archive: zipfile.ZipFile) -> list[str]:
    names = [entry.filename for entry in archive.infolist()]
    if len(names) > _MOST_MEMBERS:
        raise ReadError(f"the DOCX holds more than {_MOST_MEMBERS} parts")
    if len(set(names)) < len(names):
        raise ReadError("the DOCX names a part twice: save it again in Word")
    if MAIN not in names:
        raise ReadError("this is no Word document (it has no word/document.xml): save it as DOCX or PDF")
    return names


def _headers(names: list[str]) -> list[str]:
    return sorted(n for n in names if n.startswith("word/header") and n.endswith(".xml"))[:_MOST_PARTS]


class _Counter:
    """How much was read so far, of all parts together."""

    def __init__(self) -> None:
        self.lines = 0
        self.characters = 0

    def add(self, text: str) -> int:
        self.lines += 1
        self.characters += len(text)
        if self.lines > _MOST_PARAGRAPHS or self.characters > 5 * MOST_CHARACTERS:
            raise ReadError("the document is too long: a résumé has no more than 200,000 characters")
        return self.lines


def _lines(archive: zipfile.ZipFile, part: str, counter: _Counter) -> Iterator[TextLine]:
    with archive.open(part) as stream:
        try:
            for written in _paragraphs(_Bounded(stream)):
                number = counter.add(written.text)
                yield TextLine(0, number, written.text, left=written.left, size=written.size)
        except DefusedXmlException:
            raise ReadError("the DOCX declares entities, which no résumé needs: save it again in Word") from None
        except (ParseError, LookupError):
            raise ReadError("the DOCX is broken: its text is no XML") from None


class _Bounded:
    """A stream that says no after so many bytes, whatever the directory promised."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = _MOST_BYTES

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(min(size, 65_536) if size >= 0 else 65_536)
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(f"the DOCX unpacks to more than {_MOST_BYTES // 1_000_000} MB")
        return data


def _paragraphs(stream: _Bounded) -> list[_Written]:
    """Every paragraph in the order of the file; text boxes after theirs, the short cells of a row as one line."""
    walk = _Walk()
    above: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        name = element.tag.rpartition("}")[2]
        if event == "start":
            above.append(element)
            if len(above) > _DEEPEST:
                raise ReadError(f"the DOCX nests deeper than {_DEEPEST} levels")
            walk.start(name)
        else:
            walk.end(name, element)
            above.pop()
            if above:
                above[-1].remove(element)  # read is read: memory stays flat however long the document is
    return walk.lines


class _Written(NamedTuple):
    """A paragraph: its text, its size in points and its indent in points."""

    text: str
    size: float = _BODY_SIZE
    left: float = 0.0


class _Paragraph:
    def __init__(self) -> None:
        self.text: list[str] = []
        self.style = ""
        self.is_item = False
        self.left = 0.0
        self.inside: list[_Written] = []  # of text boxes: they are read after the paragraph that holds them

    def written(self) -> list[_Written]:
        text = "".join(self.text)
        if self.is_item and text.strip() and not self.style.startswith("heading"):
            text = f"{BULLET} {text}"
        pieces = text.split("\n")
        size = _HEADING_SIZES.get(self.style, _BODY_SIZE)
        return [_Written(piece, size, self.left) for piece in pieces if piece.strip()] + self.inside


class _Walk:
    """What is open while a part is read: paragraphs (in text boxes one in another), rows of tables and their cells."""

    def __init__(self) -> None:
        self.lines: list[_Written] = []
        self._into = [self.lines]  # where the next paragraph goes: the part, or the innermost open cell
        self._rows: list[list[list[_Written]]] = []
        self._open: list[_Paragraph] = []
        self._unread = 0
        self._taken = 0

    def start(self, name: str) -> None:
        if name in _UNREAD:
            self._unread += 1
        elif self._unread:
            return
        elif name == "p":
            self._open.append(_Paragraph())
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            cell: list[_Written] = []
            self._rows[-1].append(cell)
            self._into.append(cell)

    def end(self, name: str, element: Element) -> None:
        if name in _UNREAD:
            self._unread -= 1
        elif self._unread:
            return
        elif name == "p" and self._open:
            self._end_paragraph()
        elif name == "tc" and len(self._into) > 1:
            self._into.pop()
        elif name == "tr" and self._rows:
            self._into[-1] += _row_lines(self._rows.pop())
        elif self._open:
            _take(name, element, self._open[-1])

    def _end_paragraph(self) -> None:
        written = self._open.pop().written()
        self._taken += 1
        if self._taken > _MOST_PARAGRAPHS:
            raise ReadError("the document is too long to be a résumé: bring one with fewer paragraphs")
        if self._open:
            self._open[-1].inside += written
        else:
            self._into[-1] += written


def _row_lines(cells: list[list[_Written]]) -> list[_Written]:
    """A row of short cells reads as one line; a cell of several lines reads by itself."""
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
        return [filled[0][0]._replace(text="\t".join(cell[0].text for cell in filled))]
    return [line for cell in cells for line in cell]


def _take(name: str, element: Element, paragraph: _Paragraph) -> None:
    if name == "t":
        paragraph.text.append(element.text or "")
    elif name in ("tab", "ptab"):
        if not _attribute(element, "pos"):  # a tab stop is no tab
            paragraph.text.append("\t")
    elif name in ("br", "cr"):
        paragraph.text.append("\n")
    elif name == "noBreakHyphen":
        paragraph.text.append("-")
    elif name == "pStyle":
        paragraph.style = _plain_style(_attribute(element, "val"))
        paragraph.is_item = paragraph.is_item or paragraph.style.startswith(("listbullet", "listnumber"))
    elif name == "numPr":
        paragraph.is_item = True
    elif name == "ind":
        twips = _attribute(element, "left") or _attribute(element, "start")
        paragraph.left = int(twips) / 20 if twips.lstrip("-").isdigit() and len(twips) < 8 else 0.0


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _plain_style(style: str) -> str:
    plain = style.casefold().replace(" ", "").replace("-", "").replace("_", "")
    return plain.replace("berschrift", "heading").replace("überschrift", "heading").replace("uheading", "heading")
