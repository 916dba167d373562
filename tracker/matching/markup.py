"""The visible text of a pasted piece of HTML; plain text stays what it is."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_LOOKS = re.compile(
    r"<(?:!doctype|html|body|div|p|ul|ol|li|br|h[1-6]|table|span|strong|b|script|main|section)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_UNSEEN = frozenset(
    ("script", "style", "template", "noscript", "head", "nav", "svg", "iframe", "object", "select", "footer")
)
_VOID = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "track")
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "section",
        "article",
        "main",
        "header",
        "aside",
        "br",
        "hr",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "form",
        "title",
    ]
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
)


def as_text(text: str) -> str:
    """Lines of the page's blocks, `- ` before list items, a tab between cells; what is hidden is left out."""
    if not _LOOKS.search(text[:20_000]):
        return text
    page = _Page()
    page.feed(text)
    page.close()
    return "\n".join(
        line
        for line in (" ".join(part.split(" ")).strip(" ") for part in "".join(page.out).split("\n"))
        if line.strip()
    )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            hides = tag in _UNSEEN or _is_hidden(dict(attrs))
            self._open.append((tag, hides))
            self._unseen += hides
        if self._unseen:
            return
        if tag in _BLOCKS:
            self.out.append("\n- " if tag == "li" else "\n\n" if tag in _HEADINGS else "\n")
        elif tag in ("td", "th"):
            self.out.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self._open[-60:]):
            return
        while self._open:
            name, hides = self._open.pop()
            self._unseen -= hides
            if name == tag:
                break
        if tag in _BLOCKS and not self._unseen:
            self.out.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.out.append(re.sub(r"[ \t\r\n]+", " ", data))


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    style = (attributes.get("style") or "").casefold()
    return "hidden" in attributes or attributes.get("aria-hidden") == "true" or bool(_HIDDEN_STYLE.search(style))
