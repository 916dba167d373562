"""JSON from outside, read strictly: bounded, UTF-8, no NaN, no key twice, text that can be stored and printed."""

from __future__ import annotations

import json
import math
import re
from typing import Any

DEEPEST = 60
LONGEST_NUMBER = 40

# U+0000, lone surrogates and the marks that turn the direction of text: none of them is ever part of a fact.
_UNWANTED = re.compile("[\x00\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xfe", "UTF-16 text, write it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text, write it as UTF-8"),
    (b"<", "XML or HTML"),
)


class JsonError(ValueError):
    """The bytes are no JSON that can be taken; the message is one line for the person who can mend it."""


def parse(data: bytes, *, most_bytes: int) -> Any:
    """The value that the bytes hold: dict, list, str, int, float, bool or None.

    Raises JsonError: too many bytes, another kind of file, not UTF-8, not JSON, nested deeper than `DEEPEST`, NaN,
    a number too long to be meant, an object that names a key twice.
    """
    if len(data) > most_bytes:
        raise JsonError(f"the file is larger than {most_bytes // 1_000_000} MB")
    text = _decode(data)
    if not text.strip():
        raise JsonError("the file is empty")
    _check_depth(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_fraction,
        )
    except json.JSONDecodeError as error:
        raise JsonError(f"not JSON: {error.msg.lower()} at line {error.lineno}, column {error.colno}") from None
    return clean(value)


def clean(value: Any) -> Any:
    """The same value with what cannot be stored or printed taken out of every text."""
    if isinstance(value, str):
        return _UNWANTED.sub("", value)
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def shown(text: object, length: int = 60) -> str:
    """The text in quotes on one line, cut where it is long: for messages."""
    line = " ".join(str(text).split())
    line = line if len(line) <= length else line[: length - 1] + "…"
    return f'"{line}"'


def _decode(data: bytes) -> str:
    start = data[:1024].lstrip()
    for mark, kind in _KINDS:
        if start.startswith(mark):
            raise JsonError(f"not JSON: this is {kind}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JsonError(f"not UTF-8 text (byte {error.start + 1}): save the file as UTF-8") from None


def _check_depth(text: str) -> None:
    """Counts brackets outside of strings, so that no parser ever recurses into a file made to exhaust it."""
    depth = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', text, re.DOTALL):
        if mark[0] in "[{":
            depth += 1
            if depth > DEEPEST:
                raise JsonError(f"nested deeper than {DEEPEST} levels")
        elif mark[0] in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise JsonError(f"the key {shown(_UNWANTED.sub('', key))} stands twice in one object")
            seen.add(key)
    return result


def _no_constant(name: str) -> Any:
    raise JsonError(f"not JSON: {name} is no number")


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise JsonError(f"a number of {len(digits)} digits is too long")
    return int(digits)


def _fraction(digits: str) -> float:
    value = float(digits)
    if len(digits) > LONGEST_NUMBER or not math.isfinite(value):
        raise JsonError(f"the number {shown(digits, 20)} is too large or too long")
    return value
