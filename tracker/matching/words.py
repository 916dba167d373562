"""The words of the trade in `data/matching.yaml`, in comparable form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tracker.matching.text import words

_FILE = Path(__file__).parent.parent / "data" / "matching.yaml"

Tokens = tuple[str, ...]


@cache
def trade_words() -> Mapping[str, Any]:
    """The file's content: section -> lists and mappings of plain texts."""
    content: Mapping[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return content


def table(entries: Mapping[object, object]) -> dict[Tokens, Tokens]:
    """Text -> text, both as comparable words."""
    return {words(str(text)): words(str(usual)) for text, usual in entries.items()}


def word_set(texts: str | Iterable[object]) -> frozenset[str]:
    """Single words: of a text, or of a list of texts."""
    parts = [texts] if isinstance(texts, str) else [str(text) for text in texts]
    return frozenset(word for part in parts for word in words(part))


def phrases(text: str) -> frozenset[Tokens]:
    """Phrases, from a text that separates them by commas."""
    return frozenset(words(part) for part in text.split(","))
