"""Markdown as plain lines: what its marks say of a line is kept as its size, and the marks go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.interchange.readers.document_text import MOST_CHARACTERS, TextLine

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(\S.*)")
_LEAST_HEADINGS = 2  # fewer may be a text with a stray mark
_LEAST_STRONG = 3
_SIZES = {1: 26.0, 2: 18.0, 3: 14.0, 4: 12.0}  # points, as headings of a page have
_BODY_SIZE = 11.0
_RULE = re.compile(
    r"\s*(?:={3,}|(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*)"
)
_LINK = re.compile(r"!?\[([^\[\]]{1,300})\]\([^()\s]{0,500}\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]{1,300})(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"`([^`]{1,300})`")


def is_markdown(lines: Sequence[str]) -> bool:
    """Whether a text has headings or bold words as Markdown writes them, and is as short as a résumé."""
    if sum(map(len, lines)) > MOST_CHARACTERS:
        return False
    headings = sum(_HEADING.fullmatch(line) is not None for line in lines)
    return headings >= _LEAST_HEADINGS or sum(_STRONG.search(line) is not None for line in lines) >= _LEAST_STRONG


def without_marks(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """The lines without rules and marks, headings in the size of their level."""
    for line in lines:
        if _RULE.fullmatch(line.text):
            continue
        heading = _HEADING.fullmatch(line.text)
        text = heading[2].rstrip(" #") or heading[2] if heading else line.text
        size = _SIZES.get(len(heading[1]), _BODY_SIZE) if heading else _BODY_SIZE
        yield TextLine(line.page, line.number, _plain(text), left=line.left, size=size)


def _plain(text: str) -> str:
    """A line without the marks of links, emphasis and code; the cells of a table parted by tabs."""
    text = re.sub(r"`\s+`", "`, `", text)  # words side by side are a list
    text = _CODE.sub(r"\1", _LINK.sub(r"\1", text))
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text)).replace("&nbsp;", " ")
    text = re.sub(r"\\(?=[^\w\s]|$)|<br\s?/?>$", "", text)
    bare = text.strip()
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 2:
        return "\t".join(cell.strip() or "-" for cell in bare[1:-1].split("|"))
    return re.sub(r"^\s{0,3}>\s?", "", text)
