"""The words of the trade in `data/matching.yaml` and `data/skill_words.yaml`, in comparable form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tracker.matching.text import Abbreviations, expand, words, words_of_each

_FOLDER = Path(__file__).parent.parent / "data"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Tokens = tuple[str, ...]


@cache
def trade_words() -> Mapping[str, Any]:
    """The files' content: section -> lists and mappings of plain texts; `skills` is usual name -> texts for it."""
    return {**_read("matching.yaml"), **_read("skill_words.yaml")}


@cache
def usual_skills() -> Mapping[str, Mapping[Tokens, str]]:
    """Usual name -> the comparable words, abbreviations written out, of each text that people write for it -> the text.

    The same for every framework, so it is worked out once a process.
    """
    abbreviations = table(trade_words()["abbreviations"])
    plain = abbreviations.starts.isdisjoint
    return {
        usual: {
            (tokens if plain(tokens) else expand(tokens, abbreviations)): " ".join(text.split())
            for text, tokens in zip(texts.split(","), words_of_each(texts), strict=True)
            if tokens
        }
        for usual, texts in trade_words()["skills"].items()
    }


def inverted(groups: Mapping[str, str]) -> dict[str, str]:
    """Usual name -> texts separated by commas, turned round: text -> usual name."""
    return {text: usual for usual, texts in groups.items() for text in listed(texts)}


def listed(texts: str) -> list[str]:
    """The texts that commas separate."""
    return [text for part in str(texts).split(",") if (text := part.strip())]


def table(entries: Mapping[object, object]) -> Abbreviations:
    """Text -> text, both as comparable words."""
    return Abbreviations({words(str(text)): words(str(usual)) for text, usual in entries.items()})


def word_set(texts: str | Iterable[object]) -> frozenset[str]:
    """Single words: of a text, or of a list of texts."""
    parts = [texts] if isinstance(texts, str) else [str(text) for text in texts]
    return frozenset(word for part in parts for word in words(part))


def phrases(text: str) -> frozenset[Tokens]:
    """Phrases, from a text that separates them by commas."""
    return frozenset(words(part) for part in text.split(","))


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load((_FOLDER / name).read_text("utf-8"), Loader=_Loader)
    return content
