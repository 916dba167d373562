"""Years of experience that a sentence asks for: figures, words and ranges, and what they are to be of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tracker.matching.phrases import Hit, Phrases, listed, prose_words, small_words
from tracker.matching.scan import Mention
from tracker.matching.sentences import Clause
from tracker.matching.text import words
from tracker.matching.words import word_set

ANY = "any"
_MOST = 40
_MONTHS = 12  # of a year; fewer are no experience that is asked for, but a contract, a trial or a plan
_FAR = 4  # words between a figure and its unit


@dataclass(frozen=True, slots=True)
class Span:
    """At least `least` years `of` any, software, data, ml, genai, architecture, management, lead or a competency."""

    least: float
    of: str
    place: int  # of the figure among the clause's words
    named: frozenset[int] = frozenset()  # places of the words that say of what


@cache
def _numbers() -> dict[str, int]:
    return {word: int(n) for n, texts in prose_words()["years"]["numbers"].items() for word in _singles(texts)}


def _singles(texts: str) -> list[str]:
    return [found[0] for text in texts.split(",") if len(found := words(text)) == 1]


@cache
def _units() -> frozenset[str]:
    return word_set(prose_words()["years"]["units"].replace(",", " "))


@cache
def _months() -> frozenset[str]:
    return word_set(prose_words()["years"]["months"].replace(",", " "))


@cache
def _noise() -> Phrases:
    return Phrases((text, "") for text in prose_words()["years"]["noise"].split(",") if text.strip())


@cache
def _parts() -> Phrases:
    return Phrases((text, "") for text in prose_words()["years"]["part"].split(",") if text.strip())


@cache
def _kinds() -> Phrases:
    return Phrases(listed(prose_words()["years"]["of"]))


def spans(clause: Clause, mentions: Sequence[Mention], has_earlier: bool = False) -> list[Span]:
    """The years that the clause speaks of; `has_earlier` says that a clause before it did, so `3 of them` counts."""
    row = clause.words
    figures = _figures(clause, row, has_earlier)
    found = []
    for at, (place, least) in enumerate(figures):
        end = figures[at + 1][0] if at + 1 < len(figures) else len(row)
        start = figures[at - 1][0] + 1 if at else 0
        of, named = _of(clause, row, place, start, end, mentions)
        found.append(Span(least, of, place, named))
    return found


def _figures(clause: Clause, row: Sequence[str], has_earlier: bool) -> list[tuple[int, float]]:
    """(place, years) of every figure with a unit, and of those that a `of which` makes a part of it."""
    noise = {place for hit in _noise().all(row) for place in range(hit.start, hit.end)}
    parts = {hit.start: hit for hit in _parts().all(row)}
    found: list[tuple[int, float]] = []
    at = 0
    while at < len(row):
        least = _number(row[at])
        if least is None:
            at += 1
            continue
        unit = _unit_after(row, at)
        is_part = unit is None and (
            ((has_earlier or bool(found)) and _is_part(row, at, parts)) or (bool(found) and _is_second(clause, at))
        )
        if unit is not None or is_part:
            touched = range(at, (unit if unit is not None else at) + 1)
            years = least if unit is None else _in_years(least, row, unit)
            if years is not None and years <= _MOST and noise.isdisjoint(touched) and not _is_age(clause, unit):
                found.append((at, years))
            at = (unit if unit is not None else at) + 1
        else:
            at += 1
    return found


def _in_years(least: float, row: Sequence[str], unit: int) -> float | None:
    """`24 months with Kafka` are two years; None where they make up no year or are of no work: `12 months contract`."""
    if row[unit] not in _months():
        return least
    is_of_work = bool((small_words("of_what") | small_words("experience")) & set(row[unit + 1 : unit + 2]))
    return least / _MONTHS if least >= _MONTHS and is_of_work else None


def _number(word: str) -> float | None:
    if word.isdigit() and len(word) <= 2:
        return float(word)
    return _numbers().get(word)


def is_number(word: str) -> bool:
    return _number(word) is not None


def _unit_after(row: Sequence[str], at: int) -> int | None:
    """The place of `years` behind the figure, over a range, a plus and `(10)`; None where it is of something else."""
    for place in range(at + 1, min(at + _FAR + 1, len(row))):
        if row[place] in _units() or row[place] in _months():
            return place
        if _number(row[place]) is None and row[place] not in small_words("before_years"):
            return None
    return None


def _is_part(row: Sequence[str], at: int, parts: dict[int, Hit]) -> bool:
    """Whether `2 of them`, `drei davon`, `of which 3`, `davon 3` stands there."""
    if at + 1 in parts and row[at + 1] in ("of", "davon", "dont"):
        return True
    follows = row[at + 1] if at + 1 < len(row) else ""
    if follows and follows not in small_words("after_a_part") and not follows.endswith("ing"):
        return False  # "at least one cloud"
    return any(start in parts and parts[start].end in (at, at - 1) for start in range(max(0, at - 5), at))


def _is_second(clause: Clause, at: int) -> bool:
    """`seven years in software, three in architecture`: a figure behind a comma, and what it is of."""
    if at + 1 >= len(clause.words) or clause.words[at + 1] not in small_words("of_a_part"):
        return False
    return "," in clause.text[clause.tokens[at - 1].end : clause.tokens[at].start]


def _is_age(clause: Clause, unit: int | None) -> bool:
    """`150-year-old`, `a 3-year contract`: a hyphen before the unit."""
    if unit is None:
        return False
    token = clause.tokens[unit]
    return clause.text[max(0, token.start - 1) : token.start] == "-" and token.word != "ans"


def _of(
    clause: Clause, row: Sequence[str], place: int, start: int, end: int, mentions: Sequence[Mention]
) -> tuple[str, frozenset[int]]:
    """What the years are of: the kind named behind the figure, else a competency there, else what stands before it."""
    stop = next(
        (
            at
            for at in range(place, end - 1)
            if clause.text[clause.tokens[at].end : clause.tokens[at].end + 1] in tuple(",;")
        ),
        end,
    )
    behind = _kind_in(row, place + 1, stop + 1)
    first = next((m for m in mentions if place < m.places[0] <= stop and m.id), None)
    if behind and not (first and not first.is_deed and first.places[-1] < min(behind[1])):
        return behind  # "three years of Python in production" is of Python
    for mention in mentions:
        if place < mention.places[0] <= stop and mention.id:
            return mention.id, frozenset()
    before = _kind_in(row, start, place) if not start else None
    if before:
        return before[0], frozenset()
    ids = [mention.id for mention in mentions if start <= mention.places[0] < place and mention.id]
    if len(set(ids)) == 1 and not start:
        return ids[0], frozenset()
    is_told = bool(small_words("of_what") & set(row[place + 1 : stop]))
    return (None if is_told else _kind_in(row, place + 1, end)) or (ANY, frozenset())


def kind_of(row: Sequence[str]) -> str:
    """The kind of work that the words name, "" for none."""
    kind = _kind_in(row, 0, len(row))
    return kind[0] if kind else ""


def _kind_in(row: Sequence[str], start: int, end: int) -> tuple[str, frozenset[int]] | None:
    hits = _longest(_kinds().all(row[start:end]))
    if not hits:
        return None
    named = frozenset(place + start for hit in hits for place in range(hit.start, hit.end))
    kinds = list(dict.fromkeys(hit.value for hit in hits))
    if {"software", "data"} <= set(kinds[:2]) or ("software" in kinds and "ml" in kinds[:2] and "or" in row[start:end]):
        return ANY, named
    return kinds[0], named


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Without those that lie within another: `data engineering` is not `engineering`."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (-len(h.places), h.start)):
        if taken.isdisjoint(hit.places):
            taken.update(hit.places)
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
