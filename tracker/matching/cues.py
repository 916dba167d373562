"""What a clause of an advert or a CV is: asked, wished, offered, a boast, a duty; and how well something is known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any

from tracker.matching.phrases import Hit, Phrases, listed, prose_words, small_words
from tracker.matching.scan import Mention
from tracker.matching.sentences import Clause, tokens
from tracker.matching.words import word_set

_AT_THE_HEAD = 4  # words within which a clause names whom it is about


_SAME_KIND = {"asked": "required", "sought": "required", "wished": "preferred"}  # signs that weigh more than theirs
_SHORT = 4  # words of a line that speaks to somebody, and opens a list
_TURNING = frozenset(("negated", "preferred"))


class Headings:
    """Which kind of section a heading opens, from its phrase and the small words round it."""

    def __init__(self, section: Any, signs: Any = None, *, is_spoken: bool = False) -> None:
        """`is_spoken`: signs are looked for only where somebody speaks, `What I'd like next:`."""
        self._is_spoken = is_spoken
        self._phrases = Phrases(listed(section))
        self._signs = Phrases(listed(signs or {}))
        self._rank = {kind: at for at, kind in enumerate(signs or ())}
        self._fillers = word_set(prose_words()["heading_fillers"])
        self._order = {kind: at for at, kind in enumerate(section)}

    def kind(self, text: str, is_alone: bool) -> str | None:
        """The kind that all of its words, fillers aside, belong to; half of them do where the line stands alone.

        Before a colon (`text` ends with it) a denial or a wish among small words without a name is enough. Where it
        stands alone, or begins with `what` before a colon, and no phrase tells, its single words may.
        """
        row = [token.word for token in tokens(text)]
        if not row or len(row) > 12:
            return None
        if text.strip(" :").casefold() in small_words("wish_headings"):
            return "preferred"
        told = self._by_phrases(text, row, is_alone)
        has_signs = (is_alone and not self._is_spoken) or (text.endswith(":") and _is_spoken(row))
        return (self._by_signs(row) or told) if has_signs and not self._is_whole(row) else told

    def _is_whole(self, row: Sequence[str]) -> bool:
        """Whether phrases and small words make up the line."""
        hits = _outermost(self._phrases.all(row))
        covered = {place for hit in hits for place in hit.places}
        return (
            len({hit.value for hit in hits}) == 1  # "what the role needs" is no description of the role
            and "not" not in row
            and all(at in covered or word in self._fillers for at, word in enumerate(row))
        )

    def _by_signs(self, row: Sequence[str]) -> str | None:
        kinds = {hit.value for hit in _outermost(self._signs.all(row))}
        if "preferred" in kinds:
            kinds.discard("negated")  # "not a must, but it would please us"
        first = min(kinds, key=lambda kind: self._rank[kind], default=None)
        return _SAME_KIND.get(first, first) if first else None

    def _by_phrases(self, text: str, row: Sequence[str], is_alone: bool) -> str | None:
        hits = _outermost(self._phrases.all(row))
        if not hits:
            return None
        covered = {place for hit in hits for place in hit.places}
        loose = [at for at, word in enumerate(row) if at not in covered and word not in self._fillers]
        turns = [hit for hit in hits if hit.value in _TURNING]
        is_told = bool(turns) and text.endswith(":") and text[1:].islower()
        if loose and not (is_alone or is_told):
            return None
        if len(loose) > max(3, len(covered)):
            return None
        # What turns the others tells: "don't need", "a bonus if you bring"; else the longest phrase.
        return max(
            turns or hits, key=lambda hit: (-self._order[hit.value] if turns else len(hit.places), len(hit.places))
        ).value


def _is_spoken(row: Sequence[str]) -> bool:
    """`What I have not done`, `You might bring`."""
    return row[0] in small_words("asking") or (len(row) <= _SHORT and row[0] in small_words("addressing"))


def _outermost(hits: Sequence[Hit]) -> list[Hit]:
    """Without those whose words a longer phrase takes up: `desired candidate` is no wish."""
    return [hit for hit in hits if not any(set(hit.places) < set(other.places) for other in hits)]


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


def is_beside(clause: Clause, mention: Mention, denied: Hit) -> bool:
    """`An app that shows what is never borrowed`: a denial behind the name, in a clause of its own."""
    between = clause.words[mention.places[-1] + 1 : denied.start]
    is_embedded = any(
        word in small_words("embedding") and (not at or between[at - 1] not in small_words("links_of_being"))
        for at, word in enumerate(between)
    )
    return is_embedded or bool(small_words("relatives") & set(between))


def cues_of(row: Sequence[str], phrases: Phrases) -> dict[str, Hit]:
    """kind -> its first cue; a negation that only looks like one is none."""
    hits = phrases.all(row)
    if not hits:
        return {}
    spared = {place for hit in false_negations().all(row) for place in hit.places}
    found: dict[str, Hit] = {}
    for hit in hits:
        if _is_of_another(row, hit) or (hit.value == "negated" and not spared.isdisjoint(hit.places)):
            continue
        found.setdefault(hit.value, hit)
    return found


def _is_of_another(row: Sequence[str], hit: Hit) -> bool:
    """`you can` of `you can't`, and the course of `of course`."""
    is_contracted = row[hit.end - 1] == "can" and tuple(row[hit.end : hit.end + 1]) == ("t",)
    return is_contracted or tuple(row[max(0, hit.start - 1) : hit.start + 1]) == ("of", "course")


def says_no(row: Sequence[str]) -> bool:
    """`No Java please`, `keine Cloud`, `not a Java developer`: a clause that begins with a no that is meant."""
    is_said = bool(row) and row[0] in small_words("says_no")
    return is_said and all(hit.start > 2 for hit in false_negations().all(row))


def ends_with_not(row: Sequence[str]) -> bool:
    """`Python is expected; Kubernetes is not`."""
    return len(row) > 2 and row[-1] in small_words("denials") and row[-2] in small_words("links_of_being")


def head(row: Sequence[str]) -> Sequence[str]:
    """The clause from its first word that tells whom it is about."""
    at = 0
    while at < min(len(row), _AT_THE_HEAD) and row[at] in small_words("leading"):
        at += 1
    return row[at:]


@cache
def _persons() -> frozenset[str]:
    return word_set(prose_words()["persons"].replace(",", " "))


def is_of_others(row: Sequence[str]) -> bool:
    """Whether the clause begins with somebody else: `my engineers`, `the data team`."""
    row = head(row)
    is_counted = bool(row) and row[0] in small_words("counts") and "us" in row  # "two freelancers moved us to AWS"
    if not row or not (is_counted or row[0] in small_words("whose")):
        return False
    verb = next((at for at, word in enumerate(row[:5]) if word in small_words("finite")), 5)
    at = next((at for at, word in enumerate(row[1:verb], 1) if word in _persons()), 0)
    after = row[at + 1 : at + 3]
    return bool(at) and not ("and" in after and "i" in after) and not (after and after[0] in ("i", "whom"))


def is_behind_the_verb(row: Sequence[str]) -> bool:
    """Whether somebody else stands behind the verb, as German has it: `die Prognose verantwortet das Team`."""
    return any(
        (row[at] in _persons() or row[at] in small_words("departments"))
        and row[at - 1] in small_words("nominative")
        and (row[at - 2] in ("hat", "haben") or (len(row[at - 2]) > 3 and row[at - 2].endswith(("t", "te", "ten"))))
        for at in range(3, len(row))
    )


def is_of_whoever(row: Sequence[str], place: int) -> bool:
    """`I supervised a student who built a classifier`: behind a person and `who`, but not `I was the one who`."""
    return any(
        row[at] in small_words("relatives_of_persons")
        and row[at - 1] in _persons()
        and small_words("being").isdisjoint(row[:at])
        and "i" not in row[at:place]
        for at in range(1, place)
    )


def is_done_by_others(row: Sequence[str]) -> bool:
    """`The images are classified by a service we buy`: a passive with whoever does it; use is no such work."""
    for at in range(2, len(row) - 2):
        done, before = row[at - 1], row[max(0, at - 4) : at - 1]
        if row[at] != "by" or done in small_words("use") or small_words("being").isdisjoint(before):
            continue
        is_verb = done.endswith(("ed", "en")) or done in small_words("irregular")
        is_agent = row[at + 1] in small_words("whose") and row[at + 2] not in small_words("measures")
        if is_verb and is_agent:
            return True
    return False


def is_ours(row: Sequence[str]) -> bool:
    """Whether the clause begins with the employer: `we`, `our founders`, `two of our founders`."""
    row = head(row)
    at = 0
    while at < min(len(row), 3) and row[at] in small_words("counts"):
        at += 1
    return starts_with(row[at:], subjects()) if at < len(row) else False


def opens_as_a_title(clause: Clause, phrases: Phrases) -> bool:
    """`Consultant, AI strategy`: one person's calling, though several would be others (`consultants did it`)."""
    hit = phrases.first(clause.words[:2])
    if hit is None or hit.start or clause.words[0] in small_words("whose"):
        return False
    last = clause.tokens[hit.end - 1]
    return last.word in _persons() and not clause.text[last.start : last.end].casefold().endswith("s")


def starts_with(row: Sequence[str], phrases: Phrases, within: int = 1) -> bool:
    """Whether one of the phrases begins among the first words."""
    return any(hit.start < within for hit in phrases.all(head(row)[: within + _AT_THE_HEAD]))


def levels(clause: Clause, mentions: Sequence[Mention]) -> list[int | None]:
    """How well each is to be known, by the words of its part of the clause, or before the list it stands in."""
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
        before = [
            hit for hit in cues[max(0, cue_at - 3) : cue_at] if _part(ends, clause.tokens[hit.start].start) == part
        ]
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


@lru_cache(maxsize=64)
def part_of_each(clause: Clause) -> tuple[int, ...]:
    """For each word of the clause the number of the part between commas that it stands in."""
    ends = [at for at, char in enumerate(clause.text) if char == ","]
    return tuple(_part(ends, token.start) for token in clause.tokens)


def parts_of(clause: Clause, places: Iterable[int]) -> set[int]:
    """The parts between commas that hold the words at these places."""
    parts = part_of_each(clause)
    return {parts[place] for place in places}


def _part(ends: Sequence[int], at: int) -> int:
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
        elif (
            at
            and joint == ","
            and (pending or _or_ahead(clause, mentions, at) or (chosen and chosen.start < mention.places[0]))
        ):
            groups[-1].append(at)
            pending = True
        else:
            groups.append([at])
            pending = False
    return groups


def without_examples(clause: Clause, mentions: Sequence[Mention]) -> list[int]:
    """The mentions but those that only illustrate: GitLab in `CI/CD tools like Jenkins, GitLab or GitHub Actions`.

    What most of the examples are is what the name before them says; the others are examples of it as well.
    """
    kept: list[int] = []
    dropped: set[int] = set()
    for at, mention in enumerate(mentions):
        if at in dropped:
            continue
        kept.append(at)
        examples = _examples(clause, mentions, at) if mention.id else []
        alike = [place for place in examples if mentions[place].id == mention.id]
        if 2 * len(alike) > len(examples):
            dropped.update(set(examples) - set(alike))
    return kept


def _examples(clause: Clause, mentions: Sequence[Mention], at: int) -> list[int]:
    """The mentions of the list that `like` or `such as` opens behind this one."""
    found: list[int] = []
    for place in range(at + 1, len(mentions)):
        between = clause.words[mentions[place - 1].places[-1] + 1 : mentions[place].places[0]]
        is_opened = (
            0 < len(between) <= _AT_THE_HEAD and between[-1] in small_words("examples") and "well" not in between
        )
        is_next = len(between) <= 1 and set(between) <= _or_words() | _and_words()
        if not (is_next if found else is_opened):
            break
        found.append(place)
    return found


def goes_on_with_or(clause: Clause) -> bool:
    """Whether the clause, in brackets or behind them, begins with `or`."""
    return clause.joint in ("(", ")") and clause.words[0] in _or_words()


def _joint(clause: Clause, first: Mention, second: Mention) -> str:
    """What stands between two names: `or`, `,` or something else."""
    between = [t.word for t in clause.tokens[first.places[-1] + 1 : second.places[0]]]
    text = clause.text[first.end : second.start]
    said = [
        word
        for word, follows in zip_longest(between, between[1:], fillvalue="")
        if word in _or_words() and follows not in small_words("or_more")  # "teams of ten or more"
    ]
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
