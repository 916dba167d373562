"""Phrases of several words, with alternatives and gaps, found in a row of words. No backtracking beyond a few words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tracker.matching.text import words

_FILE = Path(__file__).parent.parent / "data" / "prose.yaml"
_DEEDS = _FILE.with_name("deeds.yaml")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GAPS = {"..": 4, "...": 12}  # the most words that they span
_ENDINGS = ("ations", "ation", "ions", "ion", "ing", "ed", "e")


class Hit(NamedTuple):
    """A phrase found: the places of its own words (not those that fill its gaps), and what it stands for."""

    places: tuple[int, ...]
    value: str

    @property
    def start(self) -> int:
        return self.places[0]

    @property
    def end(self) -> int:
        return self.places[-1] + 1


class _Phrase(NamedTuple):
    parts: tuple[frozenset[str] | int, ...]  # a number is a gap of at most so many words
    value: str
    length: int
    last: frozenset[str]  # one of these must stand in the row; of the many phrases that one word begins, few are left


class Phrases:
    """`a|b` stands for either word, `..` for up to four words of any kind, `...` for up to twelve."""

    def __init__(self, entries: Iterable[tuple[str, str]], *, by_stem: bool = False) -> None:
        self._by_stem = by_stem
        self._by_first: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for text, value in entries:
            for parts in self._readings(text):
                own = [part for part in parts if not isinstance(part, int)]
                phrase = _Phrase(parts, value, len(own), own[-1] if own else frozenset())
                for word in () if isinstance(parts[0], int) else parts[0]:
                    self._by_first[word].append(phrase)
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -phrase.length)

    def all(self, row: Sequence[str]) -> list[Hit]:
        """Every phrase of the row, at each place the longest first."""
        if self._by_stem:
            row = [stem(word) for word in row]
        found = []
        stops = _stemmed_stops() if self._by_stem else frozenset[str]()
        present = frozenset(row)
        for at, word in enumerate(row):
            for phrase in self._by_first.get(word, ()):
                if phrase.last.isdisjoint(present):
                    continue
                places = _match(phrase.parts, 1, row, (at,), stops)
                if places:
                    found.append(Hit(places, phrase.value))
        return found

    def first(self, row: Sequence[str]) -> Hit | None:
        return next(iter(self.all(row)), None)

    def values(self, row: Sequence[str]) -> set[str]:
        return {hit.value for hit in self.all(row)}

    def _readings(self, text: str) -> Iterator[tuple[frozenset[str] | int, ...]]:
        """The phrase's parts; several readings where an alternative is of more than one word (`non-technical|lay`)."""
        readings: list[tuple[frozenset[str] | int, ...]] = [()]
        for piece in text.split():
            if gap := _GAPS.get(piece):
                readings = [(*reading, gap) for reading in readings]
                continue
            either = [self._comparable(word) for word in piece.split("|")]
            single = frozenset(words[0] for words in either if len(words) == 1)
            added: list[tuple[frozenset[str], ...]] = [(single,)] if single else []
            added += [tuple(frozenset((word,)) for word in words) for words in either if len(words) > 1]
            readings = [(*reading, *more) for reading in readings for more in added]
        yield from (reading for reading in readings if reading)

    def _comparable(self, word: str) -> tuple[str, ...]:
        return tuple(stem(part) if self._by_stem else part for part in words(word))


def _match(
    parts: tuple[frozenset[str] | int, ...],
    at: int,
    row: Sequence[str],
    places: tuple[int, ...],
    stops: frozenset[str],
) -> tuple[int, ...]:
    """The places of the phrase's words from part `at` on, () where the row does not hold them; no gap spans a stop."""
    if at == len(parts):
        return places
    after = places[-1] + 1
    part = parts[at]
    if not isinstance(part, int):
        return _match(parts, at + 1, row, (*places, after), stops) if after < len(row) and row[after] in part else ()
    wanted = parts[at + 1]
    if isinstance(wanted, int):
        return ()
    for place in range(after, min(after + part + 1, len(row))):
        if row[place] in wanted and (found := _match(parts, at + 2, row, (*places, place), stops)):
            return found
        if row[place] in stops:
            break
    return ()


@cache
def _stemmed_stops() -> frozenset[str]:
    """`across` is compared as the words are: by its stem."""
    return frozenset(map(stem, small_words("gap_stops")))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Without the endings that only change how a word stands in its sentence: modelled, modelling -> model."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


@cache
def deeds() -> dict[str, list[str]]:
    """How people tell of work without naming it: usual name -> phrases."""
    content: dict[str, list[str]] = yaml.load(_DEEDS.read_text("utf-8"), Loader=_Loader)
    return content


@cache
def prose_words() -> dict[str, Any]:
    """The file's content: the general language that adverts and CVs are written in."""
    content: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), Loader=_Loader)
    return content


@cache
def small_words(key: str) -> frozenset[str]:
    """A set of small words that a rule asks for."""
    return frozenset(prose_words()["small"][key])


def listed(section: Any, prefix: str = "") -> Iterable[tuple[str, str]]:
    """(phrase, kind) of a mapping kind -> comma-separated phrases, or a list of them."""
    for kind, texts in section.items():
        for text in texts.split(",") if isinstance(texts, str) else texts:
            if text.strip():
                yield text.strip(), prefix + str(kind)
