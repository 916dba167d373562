"""What a clause of an advert or a CV is: asked, wished, offered, a boast, a duty; and how well something is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from tracker.matching.phrases import Hit, Phrases, listed, prose_words
from tracker.matching.scan import Mention
from tracker.matching.sentences import Clause
from tracker.matching.words import word_set

_AT_THE_HEAD = 4  # words within which a clause names whom it is about
_LEADING = frozenset(
    "and but or so because since although though while whereas today now here currently although also then even when if "
    "und aber oder weil denn da heute hier et mais ou car aujourd hui".split()
)


class Headings:
    """Which kind of section a heading opens, from its phrase and the small words round it."""

    def __init__(self, section: Any) -> None:
        self._phrases = Phrases(listed(section))
        self._fillers = word_set(prose_words()["heading_fillers"])
        self._order = {kind: at for at, kind in enumerate(section)}

    def kind(self, row: Sequence[str], is_alone: bool) -> str | None:
        """The kind that all of its words, fillers aside, belong to; half of them do where the line stands alone."""
        if not row or len(row) > 12:
            return None
        hits = self._phrases.all(row)
        if not hits:
            return None
        covered = {place for hit in hits for place in hit.places}
        loose = [at for at, word in enumerate(row) if at not in covered and word not in self._fillers]
        if loose and (not is_alone or len(loose) > len(covered)):
            return None
        # The longest phrase tells, else the first of the list: "don't need" before "need".
        return max(hits, key=lambda hit: (len(hit.places), -self._order[hit.value])).value


@cache
def subjects() -> Phrases:
    return Phrases(listed(prose_words()["subjects"]))


@cache
def advert_cues() -> Phrases:
    return Phrases(listed(prose_words()["cues"]))


@cache
def false_negations() -> Phrases:
    return Phrases((text, "") for text in prose_words()["not_negated"].split(",") if text.strip())


@cache
def level_cues() -> Phrases:
    return Phrases(listed(prose_words()["levels"]))


@cache
def _or_words() -> frozenset[str]:
    return word_set(prose_words()["or"].replace(",", " "))


@cache
def _and_words() -> frozenset[str]:
    return word_set(prose_words()["and"].replace(",", " "))


@cache
def either_of() -> Phrases:
    return Phrases((text, "") for text in prose_words()["either_of"].split(",") if text.strip())


def cues_of(row: Sequence[str], phrases: Phrases) -> dict[str, Hit]:
    """kind -> its first cue; a negation that only looks like one is none."""
    spared = {place for hit in false_negations().all(row) for place in hit.places}
    found: dict[str, Hit] = {}
    for hit in phrases.all(row):
        if hit.value != "negated" or spared.isdisjoint(hit.places):
            found.setdefault(hit.value, hit)
    return found


def head(row: Sequence[str]) -> Sequence[str]:
    """The clause from its first word that tells whom it is about."""
    at = 0
    while at < min(len(row), _AT_THE_HEAD) and row[at] in _LEADING:
        at += 1
    return row[at:]


def starts_with(row: Sequence[str], phrases: Phrases, within: int = 1) -> bool:
    """Whether one of the phrases begins among the first words."""
    return any(hit.start < within for hit in phrases.all(head(row)[: within + _AT_THE_HEAD]))


def levels(clause: Clause, mentions: Sequence[Mention]) -> list[int | None]:
    """How well each is to be known, by the words of its own part of the clause, or those before the list it stands in."""
    taken = {place for mention in mentions for place in mention.places}
    cues = [hit for hit in level_cues().all(clause.words) if taken.isdisjoint(hit.places)]
    ends = [at for at, char in enumerate(clause.text) if char in ",:"]
    found: list[int | None] = []
    carried: int | None = None
    last_part = -1
    cue_at = 0
    for mention in mentions:
        part = _part(ends, mention.start)
        while cue_at < len(cues) and clause.tokens[cues[cue_at].end - 1].end <= mention.start:
            cue_at += 1
        before = [hit for hit in cues[max(0, cue_at - 3) : cue_at] if _part(ends, clause.tokens[hit.start].start) == part]
        after = [hit for hit in cues[cue_at : cue_at + 2] if _part(ends, clause.tokens[hit.start].start) == part]
        if before:
            nearest = before[-1].start
            level = max(int(hit.value) for hit in before if hit.start >= nearest - 2)
            carried = level
        elif part == last_part and carried is not None:
            level = carried
        elif after:
            level, carried = max(int(hit.value) for hit in after), None
        elif carried is not None and _is_bare(clause, mention, ends):
            level = carried
        else:
            level, carried = None, None
        last_part = part
        found.append(level)
    return found


def _part(ends: Sequence[int], at: int) -> int:
    from bisect import bisect_right

    return bisect_right(ends, at)


def _is_bare(clause: Clause, mention: Mention, ends: Sequence[int]) -> bool:
    """Whether the part of the list holds little but the name."""
    part = _part(ends, mention.start)
    start = ends[part - 1] + 1 if part else 0
    return len(clause.text[start : mention.start].split()) <= 1


def alternatives(clause: Clause, mentions: Sequence[Mention]) -> list[list[int]]:
    """The mentions in groups: those joined by `or`, by a stroke, or listed behind `one of` stand in one group."""
    groups: list[list[int]] = []
    pending = False  # a list of commas that an `or` may still close
    chosen = either_of().first(clause.words)
    for at, mention in enumerate(mentions):
        joint = _joint(clause, mentions[at - 1], mention) if at else ""
        if at and joint == "or":
            groups[-1].append(at)
            pending = False
        elif at and joint == "," and (pending or _or_ahead(clause, mentions, at) or (chosen and chosen.start < mention.places[0])):
            groups[-1].append(at)
            pending = True
        else:
            groups.append([at])
            pending = False
    return groups


def _joint(clause: Clause, first: Mention, second: Mention) -> str:
    """What stands between two names: `or`, `,` or something else."""
    between = [t.word for t in clause.tokens[first.places[-1] + 1 : second.places[0]]]
    text = clause.text[first.end : second.start]
    said = [word for word in between if word in _or_words()]
    if said and len(between) <= 4 and not set(between) & _and_words() and ":" not in text:
        return "or"
    if not between:
        mark = text.strip()
        return "or" if mark == "/" else "," if mark == "," else ""
    return ""


def _or_ahead(clause: Clause, mentions: Sequence[Mention], at: int) -> bool:
    """Whether the list of commas that goes on here ends with `or`."""
    for next_at in range(at + 1, min(at + 8, len(mentions))):
        joint = _joint(clause, mentions[next_at - 1], mentions[next_at])
        if joint == "or":
            return True
        if joint != ",":
            break
    last = mentions[min(next_at if at + 1 < len(mentions) else at, len(mentions) - 1)] if mentions else mentions[at]
    return _or_follows(clause, last)


def _or_follows(clause: Clause, mention: Mention) -> bool:
    after = clause.tokens[mention.places[-1] + 1 : mention.places[-1] + 2]
    return bool(after) and after[0].word in _or_words()


def words_of(texts: Iterable[str]) -> frozenset[str]:
    return word_set(list(texts))
