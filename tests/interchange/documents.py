"""Documents made in the test: a PDF and a DOCX of a few lines, as bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_HEIGHT, _EDGE = 842, 40  # points: of a page, and of its upper edge

Placed = tuple[float, float, str] | tuple[float, float, str, int]  # how far in, how far up (points), the text, its size


def pdf_of(*pages: Sequence[Placed], size: int = 10, catalog: bytes = b"") -> bytes:
    """A PDF with each text at its place, written in the order given."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b">>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count,
        _FONT,
    ]
    for number, page in enumerate(pages):
        content = b"\n".join(_put(across, up, text, *(own or [size])) for across, up, text, *own in page)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    return assembled(objects)


def lines_down(*texts: str, across: float = 50, top: float = 800, pitch: float = 14) -> list[Placed]:
    """Texts one below another."""
    return [(across, top - pitch * number, text) for number, text in enumerate(texts)]


def layout_of(text: str) -> bytes:
    """A PDF drawn as the text says, in its order. A line is `LEFT SIZE TEXT`, in points, with ` @LEFT TEXT` for each
    piece further right on the same line; `^` goes on at the page's head, `---` on a new page, `+ POINTS` further down.
    """
    pages: list[list[Placed]] = [[]]
    down = float(_EDGE)
    for line in text.splitlines():
        first, _, rest = line.partition(" ")
        if first in ("^", "---"):
            pages += [[]] if first == "---" else []
            down = float(_EDGE)
        elif first == "+":
            down += float(rest)
        elif rest:
            size, _, told = rest.partition(" ")
            down += 1.3 * int(size)
            pieces = [first, *re.split(r" @([0-9]+) ", told)]
            for left, words in zip(pieces[::2], pieces[1::2], strict=True):
                pages[-1].append((float(left), _HEIGHT - down, words, int(size)))
    return pdf_of(*pages)


def assembled(objects: Sequence[bytes]) -> bytes:
    """The objects, numbered from 1, as a file with its table of places; the first is the catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def _put(across: float, up: float, text: str, size: int) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /F1 %d Tf 1 0 0 1 %.1f %.1f Tm (" % (size, across, up) + escaped + b") Tj ET"


def docx_of(body: str, *, parts: dict[str, str] | None = None, prolog: str = "") -> bytes:
    """A DOCX whose document has this body (WordprocessingML), beside other parts."""
    files = {"word/document.xml": f"{prolog}<w:document {_WORD}><w:body>{body}</w:body></w:document>", **(parts or {})}
    return zip_of({name: text.encode() for name, text in files.items()})


def word_of(text: str) -> bytes:
    """A DOCX written as the text says: a paragraph a line, `# ` before a heading, `• ` before an item of a list; a line
    with ` || ` between its cells is a row of a table, with ` // ` between the paragraphs of a cell.
    """
    body: list[str] = []
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if "||" in line:
            rows.append(["".join(map(_word_paragraph, cell.split("//"))) for cell in line.split("||")])
            continue
        if rows:
            body.append(table(*rows))
            rows = []
        if line.strip():
            body.append(_word_paragraph(line))
    return docx_of("".join(body))


def _word_paragraph(line: str) -> str:
    mark, _, rest = line.strip().partition(" ")
    properties = {"#": '<w:pStyle w:val="Heading1"/>', "•": "<w:numPr/>"}.get(mark, "")
    return paragraph(escape(rest if properties else line.strip()), properties=properties)


def part_of(root: str, body: str) -> str:
    """Another part: a page header, say."""
    return f"<w:{root} {_WORD}>{body}</w:{root}>"


def zip_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def paragraph(text: str, *, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table of cells, each of them the XML of its paragraphs."""
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )
