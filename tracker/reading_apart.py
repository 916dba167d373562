"""A file of any kind, read where it can do no harm: what the forms and the commands call."""

from __future__ import annotations

from typing import Any

from tracker import read_process
from tracker.interchange.framework import FrameworkError
from tracker.interchange.framework_file import FrameworkFile
from tracker.interchange.readers import MOST_BYTES, read_file, text_of
from tracker.interchange.readers.kinds import Kind, kind_of
from tracker.interchange.reading import Columns, ReadError, Reading, reading_of

# Read by our own code alone, bounded in bytes and depth: they need no process of their own.
_HARMLESS = frozenset((Kind.EMPTY, Kind.JSON, Kind.JWT, Kind.WORD_97, Kind.RTF, Kind.BINARY))
_SHORT_TEXT = 50_000


def read_apart(data: bytes, columns: Columns | None = None) -> Reading:
    """What the file says. Raises ReadError, also for a file that takes more time or memory than is given.

    `columns`: which columns of a table are meant, where the person has said so.
    """
    if _is_harmless(data):
        return read_file(data, columns)
    return reading_of(_answer(data, columns)["reading"])


def text_apart(data: bytes) -> str:
    """The text of a document. Raises ReadError as `read_apart`."""
    if _is_harmless(data):
        return text_of(data)
    text: str = _answer(data, None, only_text=True)["text"]
    return text


def framework_apart(data: bytes, *, target: int = 0) -> FrameworkFile:
    """The framework that an uploaded file holds; its form is told from its content. `target`: as in
    `read_framework_file`. Raises FrameworkError with a line for each problem."""
    if len(data) > MOST_BYTES:
        raise FrameworkError([f"the file is larger than {MOST_BYTES // 1_000_000} MB"])
    try:
        answer = read_process.framework_answer_of(data, target)
    except read_process.TooHeavyError:
        raise FrameworkError([read_process.TOO_HEAVY_FRAMEWORK]) from None
    if "refused" in answer:
        raise FrameworkError(answer["refused"])
    found = answer["framework"]
    return FrameworkFile(found["document"], found["form"], tuple(found["notes"]))


def _answer(data: bytes, columns: Columns | None, *, only_text: bool = False) -> dict[str, Any]:
    try:
        answer = read_process.answer_of(data, columns, only_text=only_text)
    except read_process.TooHeavyError as error:
        raise ReadError(str(error)) from None
    if "refused" in answer:
        raise ReadError(answer["refused"])
    return answer


def _is_harmless(data: bytes) -> bool:
    if len(data) > MOST_BYTES:
        return True  # refused by its size alone
    kind = kind_of(data)
    return kind in _HARMLESS or (kind is Kind.TEXT and len(data) <= _SHORT_TEXT)
