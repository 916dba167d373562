"""Bytes of a file that someone names, bounded before they are read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tracker.interchange.strict_json import clean

STANDARD_INPUT = "-"


class FileError(ValueError):
    """The file cannot be read, or is too large; the message is one line."""


def read_bytes(path: str, *, most_bytes: int) -> bytes:
    """The file's content, of standard input for `-`. Raises FileError; a file too large is refused unread."""
    name = shown_path(path) or "an empty name"
    if path == STANDARD_INPUT:
        return _bounded(sys.stdin.buffer.read(most_bytes + 1), "standard input", most_bytes)
    try:
        if path and Path(path).is_dir():
            raise FileError(f"{name}: this is a folder, not a file")
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size > most_bytes:
                raise FileError(_too_large(name, most_bytes))
            return _bounded(file.read(most_bytes + 1), name, most_bytes)
    except OSError as error:
        raise FileError(f"{name}: cannot be read ({(error.strerror or 'unknown reason').lower()})") from None
    except ValueError as error:
        if isinstance(error, FileError):
            raise
        raise FileError(f"{name}: this is no name of a file") from None


def shown_path(path: str) -> str:
    """The path as it can be printed on one line."""
    text: str = clean(" ".join(path.split()))
    return text if len(text) <= 200 else f"{text[:199]}…"


def _bounded(data: bytes, name: str, most_bytes: int) -> bytes:
    if len(data) > most_bytes:
        raise FileError(_too_large(name, most_bytes))
    return data


def _too_large(name: str, most_bytes: int) -> str:
    return f"{name}: the file is larger than {most_bytes // 1_000_000} MB"
