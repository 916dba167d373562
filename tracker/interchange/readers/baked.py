"""What is baked into a badge's picture: the text chunks of a PNG, the assertion or credential in an SVG."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from tracker.interchange.readers import xml
from tracker.interchange.reading import ReadError

MOST_TEXT = 1_000_000

_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_KEYWORDS = (b"openbadgecredential", b"openbadges")
_ELEMENTS = ("credential", "assertion")
_BROKEN = "the PNG is broken: download the badge again"


def text_in_png(data: bytes) -> str:
    """The badge in a PNG: JSON, a signed token or an address. Raises ReadError: none there, broken, too large."""
    found = dict(_texts(data))
    for keyword in _KEYWORDS:
        if keyword in found:
            return _decode(found[keyword])
    raise ReadError("this PNG is a picture without a badge in it: download the badge from where you earned it")


def text_in_svg(data: bytes) -> str:
    """The badge in an SVG, from the element's text or its `verify` attribute. Raises ReadError as above."""
    root = xml.parse(data)
    for name in _ELEMENTS:
        for element in xml.below(root, name):
            text = "".join(element.itertext()).strip() or element.get("verify", "").strip()
            if text and len(text) <= MOST_TEXT:
                return text
    raise ReadError("this SVG is a picture without a badge in it: download the badge from where you earned it")


def _texts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Keyword and text of each text chunk that can hold a badge; of several under one keyword the first."""
    seen: set[bytes] = set()
    for kind, body in _chunks(data):
        if kind not in (b"tEXt", b"zTXt", b"iTXt"):
            continue
        keyword, mark, rest = body.partition(b"\0")
        if not mark or keyword not in _KEYWORDS or keyword in seen:
            continue
        seen.add(keyword)
        if kind == b"tEXt":
            yield keyword, _bounded(rest)
        elif kind == b"zTXt":
            yield keyword, _inflated(rest[1:])
        else:
            yield keyword, _international(rest)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG_MARK)
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            raise ReadError(_BROKEN)
        yield kind, data[at + 8 : at + 8 + length]
        if kind == b"IEND":
            return
        at += 12 + length


def _international(rest: bytes) -> bytes:
    """The text of an iTXt chunk, behind its flags, language and translated keyword."""
    parts = rest[2:].split(b"\0", 2)
    if len(rest) < 2 or len(parts) < 3:
        raise ReadError(_BROKEN)
    return _inflated(parts[2]) if rest[0] else _bounded(parts[2])


def _inflated(packed: bytes) -> bytes:
    try:
        return _bounded(zlib.decompressobj().decompress(packed, MOST_TEXT + 1))
    except zlib.error:
        raise ReadError(_BROKEN) from None


def _bounded(text: bytes) -> bytes:
    if len(text) > MOST_TEXT:
        raise ReadError(f"the badge in the PNG is larger than {MOST_TEXT // 1_000_000} MB")
    return text


def _decode(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")
