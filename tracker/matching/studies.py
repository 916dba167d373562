"""Degrees that a sentence asks for: the least level, the fields, and whether experience stands in for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tracker.matching.phrases import Phrases, prose_words, small_words
from tracker.matching.scan import Scanner
from tracker.matching.sentences import Clause
from tracker.matching.text import words

RANKS = ("associate_or_bootcamp", "bachelor", "master", "doctorate")


@dataclass(frozen=True, slots=True)
class Study:
    """A degree: the least of the levels that are named, the fields, and whether experience counts as much."""

    level: str
    fields: tuple[str, ...] = ()
    or_experience: bool = False


@cache
def _names() -> Phrases:
    return Phrases(_texts("names"))


@cache
def _levels() -> Phrases:
    return Phrases((text, level) for level in RANKS for text, _ in _texts(level))


@cache
def _or_experience() -> Phrases:
    return Phrases((*_texts("or_experience"), *((text, "no") for text, _ in _texts("not_experience"))))


@cache
def _related() -> Phrases:
    return Phrases(_texts("related"))


def takes_related_fields(sentence: str) -> bool:
    """Whether fields near to those that it names will do too: `or a related field`."""
    return bool(_related().all(words(sentence)))


def _texts(key: str) -> list[tuple[str, str]]:
    return [(text.strip(), "") for text in prose_words()["degrees"][key].split(",") if text.strip()]


def speaks_of_degree(clause: Clause) -> bool:
    """Whether the clause names a degree; `a high degree of care` does not, nor does `Scrum Master`."""
    return bool(degree_places(clause))


def _is_meant(clause: Clause, place: int) -> bool:
    row, token = clause.words, clause.tokens[place]
    raw = clause.text[token.start : token.end]
    if row[place] == "degree" and place and row[place - 1] in small_words("high_degree"):
        return False
    if row[place] in ("master", "doctor") and place and row[place - 1] in ("scrum", "you", "to", "web", "data"):
        return False
    if row[place] in ("but", "be", "ma", "ba", "bs", "ms", "bts", "dut", "these") and not raw.isupper():
        return False
    return not (row[place] in ("master", "licence", "promotion") and raw.islower() and not _is_noun(clause, place))


def _is_noun(clause: Clause, place: int) -> bool:
    """`a master's`, `licence en informatique`, but not `master Python`."""
    token = clause.tokens[place]
    after = clause.text[token.end : token.end + 4]
    return after.startswith(("'s", "s ", "s'", " en", " of", " in", " de", " or", " ou", "s.", "s,"))


def degree_places(clause: Clause) -> set[int]:
    """The places of the words that name a degree."""
    hits = (*_names().all(clause.words), *_levels().all(clause.words))
    return {place for hit in hits if _is_meant(clause, hit.start) for place in hit.places}


def study(clauses: Sequence[Clause], whole: Sequence[Clause], scanner: Scanner) -> Study:
    """The degree of the clauses that name it; `whole` is their sentence, which may say that experience counts."""
    named: list[int] = []
    general = False
    for clause in clauses:
        instead = {place for hit in _or_experience().all(clause.words) for place in hit.places}
        for hit in _levels().all(clause.words):
            if not _is_meant(clause, hit.start) or not instead.isdisjoint(hit.places):
                continue
            if hit.value == "bachelor" and clause.words[hit.start] in small_words("any_degree"):
                general = True
            else:
                named.append(RANKS.index(hit.value))
    level = RANKS[min(named)] if named else "bachelor" if general or clauses else ""
    fields = dict.fromkeys(field for clause in clauses for field in scanner.fields(clause))
    values = {hit.value for clause in whole for hit in _or_experience().all(clause.words)}
    return Study(level, tuple(fields), "" in values)


# Words for any degree, which a level beside them makes more exact.
