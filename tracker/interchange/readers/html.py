"""HTML as lines of text: what a reader of the page would see."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tracker.interchange.readers import plain_text
from tracker.interchange.readers.document_text import BULLET, MOST_CHARACTERS, Document, TextLine, document_of
from tracker.interchange.reading import ReadError, Reading

_UNSEEN = frozenset(
    ("script", "style", "head", "template", "noscript", "svg", "math", "iframe", "object", "select", "textarea")
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "fieldset", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
        *("pre", "section", "summary", "details", "table", "tr", "ul", "caption", "figcaption", "br"),
    )
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_INLINE = frozenset(("span", "b", "strong", "i", "em", "time", "small", "a", "label"))
_AROUND = frozenset(("nav", "footer"))  # what stands round the text on a page: its menus, other pages of the site
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?![.\d])", re.IGNORECASE
)
_LOOKS = re.compile(
    r"<(?:!doctype|html|body|div|p|ul|ol|li|br|h[1-6]|table|span|strong|b|script|main|section)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_HEADING_SIZES = {"h1": 26.0, "h2": 18.0, "h3": 14.0, "h4": 12.0}
_BODY_SIZE = 11.0
_INDENT = 2.5  # points: of a list within a list
_DEEPEST = 500
_NEAR = 20  # open elements among which a `pre` and the items of lists are looked for


def read(data: bytes) -> Reading:
    """A résumé in HTML."""
    from tracker.interchange.readers import resume_text  # much to load where a page's text is all that is asked

    return resume_text.read(lines_of(data), "html")


def lines_of(data: bytes) -> Document:
    """The visible lines of a page. Raises ReadError where it shows no text."""
    text, note = _decoded(data)
    document = document_of(_visible(text), [note] if note else [])
    if not document.lines:
        raise ReadError("the page shows no text")
    return document


def text_of(data: bytes) -> str:
    """The visible text of a page as one text. Raises ReadError where it shows none."""
    found = visible_text(_decoded(data)[0])
    if not found.strip():
        raise ReadError("the page shows no text")
    return found


def looks_like(text: str) -> bool:
    """Whether a pasted text is a piece of HTML."""
    return bool(_LOOKS.search(text[:20_000]))


def visible_text(text: str) -> str:
    """The visible lines of a piece of HTML as one text, menus and footers left out, an empty line before headings."""
    lines = _visible(text, _AROUND)
    return "\n".join(f"\n{line.text}" if line.size > _BODY_SIZE else line.text for line in lines)


def _visible(text: str, unseen: frozenset[str] = frozenset()) -> list[TextLine]:
    parser = _Lines(_UNSEEN | unseen)
    parser.feed(text)
    parser.close()
    parser.end_line()
    return parser.lines


def _decoded(data: bytes) -> tuple[str, str]:
    """The page's text in the encoding that it names, if it names one that is known."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(named[1].decode("ascii")), ""
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return plain_text.decoded(data)


class _Lines(HTMLParser):
    def __init__(self, unseen: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.unseen = unseen
        self.lines: list[TextLine] = []
        self.length = 0
        self._parts: list[str] = []
        self._open: list[tuple[str, bool]] = []  # every open element, and whether it hides what is in it
        self._hidden = 0
        self._sizes: list[float] = []
        self._after_inline = False
        self._named = False  # a term has ended whose meaning may follow

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "dd" and self._named:
            self._parts.append("\t")  # what a term means stands beside it
        elif tag in _BLOCKS:
            self.end_line()
        elif (self._after_inline and tag in _INLINE) or (tag == "small" and self._sizes):
            self._parts.append("\t")  # two neighbours without a blank between them: the page sets them apart
        self._after_inline = self._named = False
        if tag in _VOID:
            return
        hides = tag in self.unseen or self._says_hidden(dict(attrs))
        if len(self._open) < _DEEPEST:
            self._open.append((tag, hides))
            self._hidden += hides
        if tag in ("td", "th"):
            self._parts.append("\t")
        elif tag == "li":
            self._parts.append(f"{BULLET} ")
        elif tag in _HEADING_SIZES:
            self._sizes.append(_HEADING_SIZES[tag])

    def handle_endtag(self, tag: str) -> None:
        self._named = tag == "dt"
        if tag in _BLOCKS and not self._named:
            self.end_line()
        if tag in _HEADING_SIZES and self._sizes:
            self._sizes.pop()
        self._after_inline = tag in _INLINE and bool(self._parts) and len(self._parts[-1].strip()) > 1
        if any(name == tag for name, _ in reversed(self._open)):
            while self._open:
                name, hides = self._open.pop()
                self._hidden -= hides
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._hidden and self.length < 2 * MOST_CHARACTERS:
            preserved = any(name == "pre" for name, _ in self._open[-_NEAR:])
            self.length += len(data)
            self._after_inline = False
            if not preserved:
                self._parts.append(re.sub(r"\s+", " ", data))
                return
            first, *rest = data.split("\n")
            self._parts.append(first)
            for line in rest:
                self.end_line()
                self._parts.append(line)

    def end_line(self) -> None:
        text = "".join(self._parts).strip(" ")
        self._parts.clear()
        if text.strip() not in ("", BULLET):
            size = self._sizes[-1] if self._sizes else _BODY_SIZE
            left = _INDENT * max(0, self._items() - 1)
            self.lines.append(TextLine(0, len(self.lines) + 1, text.strip(), left=left, size=size))
        elif text.strip() == BULLET:
            self._parts.append(f"{BULLET} ")  # a block inside of a list item: the item's text is still to come

    def _items(self) -> int:
        """How many items of lists are open, one in another."""
        return sum(name == "li" for name, _ in self._open[-_NEAR:])

    @staticmethod
    def _says_hidden(attributes: dict[str, str | None]) -> bool:
        style = attributes.get("style") or ""
        return "hidden" in attributes or attributes.get("aria-hidden") == "true" or bool(_HIDING.search(style))
