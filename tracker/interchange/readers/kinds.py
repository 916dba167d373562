"""What kind of file the bytes are, told from the bytes: names and content types lie."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

MOST_BYTES = 5_000_000  # of any file
MOST_JSON_BYTES = 2_000_000
_HEAD = 1024
_XML_ROOT = re.compile(r"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_PROLOG = re.compile(r"\A(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>)+", re.DOTALL | re.IGNORECASE)
_HTML = re.compile(
    r"\A\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|div|p|table|ul|h[1-6]|span|section|article|main)\b",
    re.DOTALL | re.IGNORECASE,
)
_JWT = re.compile(rb"\A\s*eyJ[\w-]+\.[\w-]+\.[\w-]*\s*\Z")


class Kind(StrEnum):
    EMPTY = "empty"
    PDF = "pdf"
    ZIP = "zip"  # also DOCX
    PNG = "png"
    JSON = "json"
    JWT = "jwt"
    SVG = "svg"
    XML = "xml"
    HTML = "html"
    TEXT = "text"  # also CSV
    WORD_97 = "doc"
    RTF = "rtf"
    BINARY = "binary"


def kind_of(data: bytes) -> Kind:
    """The kind of the file."""
    head = data[:_HEAD]
    if not data.strip(b"\x00\t\n\r\f\v \xef\xbb\xbf"):
        return Kind.EMPTY
    if b"%PDF-" in head:
        return Kind.PDF
    for mark, kind in (
        (b"PK\x03\x04", Kind.ZIP),
        (b"PK\x05\x06", Kind.ZIP),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.WORD_97),
        (b"{\\rtf", Kind.RTF),
    ):
        if head.startswith(mark):
            return kind
    if _JWT.match(data):
        return Kind.JWT
    return _kind_of_text(data)


def _kind_of_text(data: bytes) -> Kind:
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        start = data[: 4 * _HEAD].decode("utf-16", errors="replace")
    elif _is_binary(data):
        return Kind.BINARY
    else:
        start = data[: 4 * _HEAD].decode("utf-8-sig", errors="replace")
    start = start.lstrip("\ufeff\x00 \t\r\n")
    if start.startswith(("{", "[", '"')):
        return Kind.JSON
    if not start.startswith("<"):
        return Kind.TEXT
    return _kind_of_markup(start)


def _kind_of_markup(start: str) -> Kind:
    if _HTML.match(start):
        return Kind.HTML
    root = _XML_ROOT.match(_PROLOG.sub("", start))
    name = root[1].casefold() if root else ""
    if name == "svg":
        return Kind.SVG
    return Kind.HTML if name in ("html", "head", "body") else Kind.XML


def _is_binary(data: bytes) -> bool:
    """Whether so many bytes are control characters that it is no text; a stray NUL in a table is none of that."""
    sample = data[: 64 * _HEAD]
    odd = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return odd > len(sample) * 0.2
