"""A comma that joins two sayings: `Strong Python, Rust is a plus` asks for the one and wishes for the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tracker.matching import cues
from tracker.matching.phrases import Hit, Phrases, small_words
from tracker.matching.scan import Mention, Scanner
from tracker.matching.sentences import Clause, clauses
from tracker.matching.studies import degree_places

_LONGEST_NAME = 5  # words between the comma and what is said of them


def spliced_clauses(
    sentence: str, scanner: Scanner, said: Phrases, kinds: Collection[str]
) -> Iterator[tuple[Clause, list[Mention]]]:
    """The sentence's clauses and their names, cut as well before a last part that one of `said` of `kinds` turns."""
    for clause in clauses(sentence):
        mentions = scanner.mentions(clause)
        place = _turn(clause, mentions, said, kinds) if "," in clause.text else 0
        if place:
            yield clause.between(0, place, clause.joint), [m for m in mentions if m.places[-1] < place]
            offset = clause.tokens[place].start
            moved = [m.moved(offset, place) for m in mentions if m.places[0] >= place]
            yield clause.between(place, len(clause.words), ","), moved
        else:
            yield clause, mentions


def _turn(clause: Clause, mentions: Sequence[Mention], said: Phrases, kinds: Collection[str]) -> int:
    """The place of the first word of the part that says something of its own, 0 where there is none."""
    hits = [hit for kind, hit in cues.cues_of(clause.words, said).items() if kind in kinds]
    if not hits:
        return 0
    parts = cues.part_of_each(clause)
    named = degree_places(clause).union(*(mention.places for mention in mentions))
    for hit in hits:
        part = parts[hit.start]
        first = parts.index(part)
        if part and _is_saying(clause.words, first, hit, named) and not _is_bare(clause.words[:first], parts, named):
            return first
    return 0


def _is_saying(row: Sequence[str], first: int, hit: Hit, named: Collection[int]) -> bool:
    """`Rust is a plus`: a name and what is said of it alone, neither the end of a list nor a plural."""
    before = row[first : hit.start]
    of_several = small_words("links") | small_words("plurals")
    return (
        0 < len(before) <= _LONGEST_NAME
        and any(place in named for place in range(first, hit.start))
        and of_several.isdisjoint((*before, row[hit.start]))
        and not small_words("relatives") & {row[first]}
    )


def _is_bare(row: Sequence[str], parts: Sequence[int], named: Collection[int]) -> bool:
    """Whether the part before the comma is only one more name of the list."""
    last = parts[len(row) - 1]
    loose = [word for at, word in enumerate(row) if parts[at] == last and at not in named and word not in _around()]
    return len(loose) < 1


def _around() -> frozenset[str]:
    return small_words("around_items") | small_words("demands") | small_words("links")
