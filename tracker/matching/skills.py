"""Texts of skill lists -> competencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracker.engine.framework import Framework
from tracker.matching.match import ASK_FROM, NOTHING, Candidate, Match, accepted, asked
from tracker.matching.names import Names
from tracker.matching.text import expand, is_version, words
from tracker.matching.words import Tokens, table, trade_words, word_set

_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_LISTED = re.compile(r"[,;|•·、\n]+")
_JOINED = re.compile(r"\s*/\s*|\s+(?:&|\+|and|und|et|y|e)\s+", re.IGNORECASE)
_LANGUAGE_NOTE = re.compile(r"programming language|language model|software|framework|library", re.IGNORECASE)
_LONGEST = 200
_MOST_PARTS = 20
# Too little to stand for a name once its vendor is taken off.
_GENERIC = frozenset(("cloud", "platform", "machine", "learning", "web", "service", "product", "lambda", "work"))


class SkillMatch(NamedTuple):
    """What one part of a text (`Python` of `Python, SQL`) is matched to."""

    text: str
    match: Match


class Skills:
    def __init__(self, framework: Framework) -> None:
        data = trade_words()
        self._abbreviations = table(data["abbreviations"])
        self._fillers = word_set(data["fillers"])
        self._vendors = word_set(data["vendors"])
        self._called = Names(((c.id, c.name) for c in framework.competencies), self._fold)
        self._names = Names(_all_names(framework), self._fold)
        self._usual = {self._fold(str(text)): self._fold(str(usual)) for text, usual in data["skills"].items()}
        self._umbrella = {
            self._fold(str(word)): [self._fold(str(name)) for name in entry["means"]]
            for entry in data["umbrella"]
            for word in entry["words"]
        }
        self._umbrella |= {self._fold(word): [] for word in data["broad"].split(",")}
        self._add_short_forms(framework)
        self._products = frozenset(
            tokens for _, name in _all_names(framework) if len(tokens := self._fold(name)) == 1 and _is_product(name)
        )

    def match(self, text: str) -> Match:
        """The competency that the whole text means."""
        text = text[:_LONGEST]
        tokens = self._fold(text)
        if not tokens:
            return NOTHING
        return self._plain(tokens) or self._uncertain(tokens)

    def match_all(self, text: str) -> tuple[SkillMatch, ...]:
        """The competencies of a text that may list several; one entry with the whole text where it does not."""
        text = text[:_LONGEST]
        whole = self._plain(self._fold(text))
        if whole:
            return (SkillMatch(text, whole),)
        base = _PARENTHESIS.sub(" ", text)
        parts = list(self._parts(base))
        if not any(part.match.is_accepted for part in parts):
            inner = [p for found in _PARENTHESIS.findall(text) for p in self._parts(found) if p.match.is_accepted]
            parts = inner or parts
        known = [part for part in parts if part.match.is_accepted or part.match.is_asked]
        if len(parts) == 1 or not known:
            return (SkillMatch(text, known[0].match if known else self.match(base)),)
        return tuple(parts)

    def _parts(self, text: str) -> Iterator[SkillMatch]:
        """Each part of an enumeration; joined words (`Python/R`) apart where the whole is unknown."""
        for listed in _LISTED.split(text)[:_MOST_PARTS]:
            whole = self._plain(self._fold(listed))
            pieces = [piece for piece in _JOINED.split(listed) if piece and piece.strip()]
            if whole or len(pieces) < 2:
                if listed.strip():
                    yield SkillMatch(listed.strip(), whole or self._uncertain(self._fold(listed)))
                continue
            found = [SkillMatch(piece.strip(), self.match(piece)) for piece in pieces]
            sure = any(len(f.text) > 1 and f.match.is_accepted for f in found)
            # A letter is a language only in the company of one: R and Python, not R and D.
            yield from (f for f in found if len(f.text) > 1 or sure)

    def _plain(self, tokens: Tokens) -> Match | None:
        """What needs no guess: a name, an alias, a usual name, an umbrella word (which is asked)."""
        if not tokens:
            return None
        if (means := self._umbrella.get(tokens)) is not None:
            if len(own := self._called.exact(tokens)) == 1:
                return accepted(own[0].id, own[0].why)
            candidates = [*self._names.exact(tokens), *(c for name in means for c in self._names.exact(name))]
            return asked([c._replace(score=80) for c in candidates], "it may mean several things")
        for form in self._forms(tokens):
            found = self._called.exact(form) or self._names.exact(form)
            if len(found) == 1:
                return accepted(found[0].id, found[0].why)
            if found:
                return asked([c._replace(score=84) for c in found], "the model names it in several places")
        return None

    def _forms(self, tokens: Tokens) -> Iterator[Tokens]:
        """The words, their usual name, and both again without versions, vendors and words that name nothing."""
        yield tokens
        if usual := self._usual.get(tokens):
            yield usual
        bare = tuple(word for word in tokens if word not in self._fillers and not is_version(word))
        if bare and bare != tokens and bare not in self._umbrella:
            yield bare
            if usual := self._usual.get(bare):
                yield usual

    def _uncertain(self, tokens: Tokens) -> Match:
        """A slip of the keyboard, or a question where a name of the model stands among other words."""
        if not tokens:
            return NOTHING
        slips = self._names.typed_wrong(tokens)
        if len({slip.id for slip in slips}) == 1:
            return accepted(slips[0].id, slips[0].why, slips[0].score)
        within = [c for c in self._names.within(tokens, 1) if len(self._fold(c.why)) > 1 or self._is_telling(c)]
        return asked([*slips, *(c for c in within if c.score >= ASK_FROM)], "the model has something near to it")

    def _is_new_name(self, short: Tokens, whole: Tokens) -> bool:
        is_plain = set(short) <= self._vendors | _GENERIC or short in self._umbrella
        return bool(short) and short != whole and short not in self._names and not is_plain

    def _is_telling(self, candidate: Candidate) -> bool:
        return self._fold(candidate.why) in self._products

    def _fold(self, text: str) -> Tokens:
        return expand(words(text), self._abbreviations)

    def _add_short_forms(self, framework: Framework) -> None:
        """Names without their vendor (`Apache Spark`, Spark) or words that name nothing (`R programming`, R)."""
        for id, name in _all_names(framework):
            tokens = self._fold(name)
            halves = [self._fold(half) for half in re.split(r"\s+and\s+", name) if "," not in name]
            for short in (
                *(half for half in halves if len(half) > 1),
                tuple(word for word in tokens if word not in self._vendors),
                tuple(word for word in tokens if word not in self._fillers),
            ):
                if self._is_new_name(short, tokens):
                    self._names.add(id, name, short)


def _all_names(framework: Framework) -> list[tuple[str, str]]:
    """(competency, each of its names), an abbreviation in brackets being a name of its own."""
    pairs: list[tuple[str, str]] = []
    for c in framework.competencies:
        for name in (c.name, *c.aliases):
            pairs.append((c.id, name))
            for inner in _PARENTHESIS.findall(name):
                pairs.append((c.id, _PARENTHESIS.sub(" ", name).strip()))
                if not _LANGUAGE_NOTE.search(inner):
                    pairs.append((c.id, inner))
    return pairs


def _is_product(name: str) -> bool:
    """Whether a single word is written as a product's name (`Kubernetes`, `spaCy`) and long enough to tell."""
    return len(name) >= 5 and name != name.lower()
