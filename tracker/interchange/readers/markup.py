"""Descriptions with HTML in them, as some exports hold them, as plain text, and lists of skills written as one text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_LONGEST = 100_000
_UNSHOWN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_LINE_ENDS = re.compile(r"<(?:br|/?(?:p|div|ul|ol|li|tr|table|h[1-6]))\b[^<>]*>", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_BETWEEN = re.compile(r"[,;|•·●▪\n\t]|\s/\s|:\s")
_MOST_WORDS, _LONGEST_ITEM = 6, 70


def plain_text(text: str) -> str:
    """The text without its tags; paragraphs and list items are lines. What only looks like a tag (`a < b`) stays."""
    text = _UNSHOWN.sub(" ", text[:_LONGEST])
    text = unescape(_TAGS.sub("", _LINE_ENDS.sub("\n", text)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def items_of(text: str) -> Iterator[str]:
    """The pieces of a list that is written as one text: parted by commas, bars, bullets, lines; brackets stay whole."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"\x01{len(held) - 1}\x01"

    for piece in _BETWEEN.split(_BRACKETS.sub(hold, text.replace("\x01", ""))):
        whole = re.sub("\x01([0-9]+)\x01", lambda match: held[int(match[1])], piece)
        whole = whole.strip(" .:*-\u2013\u2014\r")
        if whole:
            yield whole


def is_item(text: str) -> bool:
    """Whether the piece is short enough to be a thing's name, and no sentence."""
    return len(text) <= _LONGEST_ITEM and len(text.split()) <= _MOST_WORDS
