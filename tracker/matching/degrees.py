"""Names of studies -> the framework's fields of study."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tracker.engine.framework import Framework
from tracker.interchange.degree_words import NO_DEGREE, degree_level, without_level
from tracker.matching.match import NOTHING, Candidate, Match, accepted, asked
from tracker.matching.names import Names
from tracker.matching.text import expand, is_version, words
from tracker.matching.words import Tokens, listed, phrases, table, trade_words, word_set

_PARENTHESIS = re.compile(r"\(([^()]*)\)?|\[([^\[\]]*)\]?")
_CUT = re.compile(r"[,;:|\n]|\s[-\u2013\u2014]\s|\s@\s|\s(?:at|from|bei|an der)\s", re.IGNORECASE)
_OF_PHILOSOPHY = re.compile(r"\bdo[ck]tor(?:ate)? of philosophy\b|\bmaster of philosophy\b", re.IGNORECASE)
_SOLID = re.compile(r"\b([bm]\.?s)\.?c\.?s\b\.?", re.IGNORECASE)  # MSCS, B.S.C.S.
_AND = frozenset(("and", "und", "et", "y", "e"))
_SURE_BUT_NOT_EXACT = 95
_MOST_FIELDS = 2
_LONGEST = 200
_LONGEST_NAME = 6  # words


class Fields:
    def __init__(self, framework: Framework) -> None:
        data = trade_words()["fields"]
        self._abbreviations = table(data["abbreviations"])
        self._around, self._places = word_set(data["around"]), word_set(data["places"])
        self._kinds, self._teaching = phrases(data["kinds"]), phrases(data["teaching"])
        self._names = Names(((r.id, name) for r in framework.evidence.degrees for name in r.names), self._fold)
        for usual, texts in data["synonyms"].items():
            meant = self._names.exact(self._fold(usual))
            for tokens in map(self._fold, listed(texts)):
                if tokens not in self._names:
                    for candidate in meant:
                        self._names.add(candidate.id, usual, tokens)
        self._asked, self._alone = self._questions(data["ask"]), self._questions(data["alone"])

    def _questions(self, entries: Mapping[str, Sequence[str]]) -> dict[Tokens, list[Candidate]]:
        return {
            self._fold(text): [c._replace(score=80) for name in means for c in self._names.exact(self._fold(name))]
            for text, means in entries.items()
        }

    def match(self, text: str) -> Match:
        """The field of study that the text names, a degree's name around it set aside; the first where it names two."""
        first, *others = self.match_all(text)
        if not others or not first.is_accepted:
            return first
        return accepted(first.id, first.reason, _SURE_BUT_NOT_EXACT, [c for match in others for c in match.candidates])

    def match_all(self, text: str) -> tuple[Match, ...]:
        """The field of study, or both where the text names two (`Mathematics and Physics`)."""
        text = text[:_LONGEST]
        if found := self._names.exact(self._fold(text)):
            return (accepted(found[0].id, found[0].why),) if len(found) == 1 else (asked(found, "it may be several"),)
        if degree_level(text) in NO_DEGREE:
            return (NOTHING,)
        matches = self._read(_PARENTHESIS.sub(" ", text))
        inner = [match for round, square in _PARENTHESIS.findall(text) for match in self._read(round or square)]
        if not any(match.candidates for match in matches):
            return tuple(match for match in inner if match.candidates)[:_MOST_FIELDS] or (self._bare(text),)
        if len(matches) == 1 and matches[0].is_accepted:
            others = [match for match in inner if match.is_accepted and match.id != matches[0].id]
            return (*matches, *others)[:_MOST_FIELDS]
        return matches

    def _read(self, text: str) -> tuple[Match, ...]:
        """The fields of a text, part by part; a part that names a place of study says nothing."""
        if whole := self._named(self._less_level(text)):
            return (self._unless_teaching(text, whole),)
        parts = [part for part in _CUT.split(text) if part and part.strip()]
        elsewhere = [part for part in parts if not self._places & set(words(part))]
        found = [match for part in elsewhere for match in self._within(self._less_level(part))]
        if not found:
            found = [match for part in parts for match in self._within(self._less_level(part))]
        sure = list({match.id: match for match in found if match.is_accepted}.values())
        if sure and (len(sure) == 1 or not any(match.is_asked for match in found)):
            return tuple(self._unless_teaching(text, match) for match in sure[:_MOST_FIELDS])
        open_ones = [candidate for match in found for candidate in match.candidates]
        return (asked(open_ones, "the words beside it may change what it is"),)

    def _within(self, tokens: Tokens) -> list[Match]:
        """The fields whose names make up the tokens, with words that change nothing; a question beside other words."""
        found: list[Match] = []
        is_stray = False
        at = 0
        while at < len(tokens):
            match, length = self._name_at(tokens, at)
            found += [match] if match else []
            is_stray |= not length and not self._is_around(tokens[at])
            at += length or 1
        if is_stray and found:
            return [asked([c._replace(score=75) for m in found for c in m.candidates], "other words stand beside it")]
        return found or self._slip(tokens)

    def _name_at(self, tokens: Tokens, at: int) -> tuple[Match | None, int]:
        """The longest name that begins here, and its number of words; no match where they say the degree's kind."""
        for length in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
            part = tokens[at : at + length]
            if part in self._kinds and not self._name_at(tokens, at + 1)[1] >= length:
                return None, length
            if match := self._named(part):
                return match, length
        return None, 0

    def _bare(self, text: str) -> Match:
        """A question where the degree's name says no more than engineering."""
        core = tuple(word for word in self._less_level(text) if not self._is_around(word))
        means = self._alone.get(core) or self._alone.get(self._fold(text))
        return asked(means, "it does not say of what") if means else NOTHING

    def _named(self, tokens: Tokens) -> Match | None:
        if not tokens:
            return None
        if means := self._asked.get(tokens):
            return asked(means, "it may count as one of these")
        found = self._names.exact(tokens)
        return accepted(found[0].id, found[0].why) if len(found) == 1 else None

    def _slip(self, tokens: Tokens) -> list[Match]:
        core = tuple(word for word in tokens if not self._is_around(word))
        slips = self._names.typed_wrong(core)
        if len({slip.id for slip in slips}) == 1:
            return [accepted(slips[0].id, slips[0].why, slips[0].score)]
        return [asked(slips, "it is near to several")] if slips else []

    def _unless_teaching(self, text: str, match: Match) -> Match:
        """A degree in teaching a subject, or in its philosophy, is not a degree in the subject."""
        said = words(_OF_PHILOSOPHY.sub(" ", text))
        is_beside = any(said[at : at + len(phrase)] == phrase for phrase in self._teaching for at in range(len(said)))
        if not is_beside:
            return match
        return asked([Candidate(match.id, 75, match.reason)], "the words beside it may change what it is")

    def _is_around(self, word: str) -> bool:
        return word in self._around or is_version(word) or (len(word) == 1 and word.isascii())

    def _less_level(self, text: str) -> Tokens:
        """What is left beside the words for level and state, with those that name a field too (`B.Math`, MSCS)."""
        text = _SOLID.sub(r"\1 computer science", text)
        left = self._fold(without_level(text))
        return left + tuple(w for w in self._fold(text) if w not in left and (w,) in self._names)

    def _fold(self, text: str) -> Tokens:
        return tuple(word for word in expand(words(text), self._abbreviations) if word not in _AND)
