"""DOCX as lines of text: paragraphs, tables in tables, text boxes and page headers, without a library for Word.

What was deleted under tracking is not read, what was inserted is; a text box that is stored twice is read once.
"""

from __future__ import annotations

import io
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from tracker.interchange.readers import resume_text
from tracker.interchange.readers.archive import Archive
from tracker.interchange.readers.document_text import BULLET, MOST_CHARACTERS, Document, TextLine, document_of
from tracker.interchange.reading import ReadError, Reading

MAIN = "word/document.xml"
_MOST_PARAGRAPHS = 20_000
_MOST_HEADERS = 12
_DEEPEST = 200
_TOO_LONG = "the document is too long to be a résumé: bring one with fewer paragraphs"
_UNREAD = frozenset(("Fallback", "del", "moveFrom"))
_BODY_SIZE = 11.0
_INDENT = 2.5  # points: of a list within a list that says no indent
_HEADING_SIZES = {"title": 26.0, "titel": 26.0, "titre": 26.0, "heading1": 18.0, "heading2": 14.0}


def read(data: bytes) -> Reading:
    """A résumé written in Word."""
    return read_archive(Archive(data))


def read_archive(archive: Archive) -> Reading:
    return resume_text.read(_document(archive), "docx")


def lines_of(data: bytes) -> Document:
    """The lines of the document, page headers first. Raises ReadError: no DOCX, too much in it, entities in it."""
    return _document(Archive(data))


def _document(archive: Archive) -> Document:
    if MAIN not in archive.names:
        raise ReadError("this is no Word document (it has no word/document.xml): save it as DOCX or PDF")
    headers = sorted(name for name in archive.names if name.startswith("word/header") and name.endswith(".xml"))
    written = [line for part in (*headers[:_MOST_HEADERS], MAIN) for line in _written(archive.read(part))]
    if len(written) > _MOST_PARAGRAPHS or sum(len(line.text) for line in written) > 5 * MOST_CHARACTERS:
        raise ReadError(_TOO_LONG)
    document = document_of(
        TextLine(0, number, line.text, left=line.left, size=line.size) for number, line in enumerate(written, start=1)
    )
    if not document.lines:
        raise ReadError("the document holds no text: a picture of a text can't be read, bring a text or a JSON Resume")
    return document


def _written(part: bytes) -> list[_Written]:
    try:
        return _paragraphs(io.BytesIO(part))
    except DefusedXmlException:
        raise ReadError("the DOCX declares entities, which no résumé needs: save it again in Word") from None
    except (ParseError, LookupError):
        raise ReadError("the DOCX is broken, its text is no XML: save it again in Word, or as PDF") from None


def _paragraphs(stream: IO[bytes]) -> list[_Written]:
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
            raise ReadError(_TOO_LONG)
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
    elif name == "ilvl":
        level = _attribute(element, "val")
        paragraph.left = max(paragraph.left, _INDENT * int(level) if level.isdigit() and len(level) < 2 else 0.0)
    elif name == "ind":
        twips = _attribute(element, "left") or _attribute(element, "start")
        paragraph.left = int(twips) / 20 if twips.lstrip("-").isdigit() and len(twips) < 8 else 0.0


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _plain_style(style: str) -> str:
    plain = style.casefold().replace(" ", "").replace("-", "").replace("_", "")
    return plain.replace("berschrift", "heading").replace("überschrift", "heading").replace("uheading", "heading")
