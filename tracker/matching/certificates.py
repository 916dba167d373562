"""Names and exam codes of certificates -> the framework's certification rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.engine.framework import Framework
from tracker.matching.match import NOTHING, Candidate, Match, accepted, asked
from tracker.matching.names import Names
from tracker.matching.text import expand, is_version, words
from tracker.matching.words import Tokens, inverted, table, trade_words, word_set

_CODE = re.compile(r"\b([A-Z]{2,4})([- ]?)(C?)(\d{2,3})\b")
_CUT = re.compile(r"\s[-\u2013\u2014]\s|[:,]\s|\|")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_MARKS = re.compile("[\u2122\u00ae\u00a9]")  # TM, (R), (C)
_LONGEST = 200
_SAYS_CERTIFIED = frozenset(("certified", "certification", "certificate"))
_SHORTEST = 3  # letters of a certificate's initials


@dataclass(frozen=True, slots=True)
class _Sense:
    """A certificate's name taken apart: who gives it, what it is in, at which level."""

    issuers: frozenset[str]
    subject: frozenset[str]
    levels: frozenset[str]


class Certificates:
    def __init__(self, framework: Framework) -> None:
        data = trade_words()["certificates"]
        self._abbreviations = table(data["abbreviations"])
        self._levels, self._fillers = word_set(data["levels"]), word_set(data["fillers"])
        self._idle = word_set(data["idle"])
        self._issuers = {word: issuer for issuer, names in data["issuers"].items() for word in word_set(names)}
        rules = framework.evidence.certifications
        pairs = [(r.id, name) for r in rules for name in (r.title, *r.aliases)]
        self._names = Names(pairs, self._fold)
        self._codes = {code: (id, name) for id, name in pairs for code in _codes(name)}
        earlier = data["predecessors"].items()
        self._codes |= {old: self._codes[new] for old, new in earlier if new in self._codes}
        self._initials = {name.casefold(): (id, name) for id, name in pairs if name.isupper() and name.isalpha()}
        self._short = self._unique_initials(pairs)
        self._own = {r.id: frozenset(w for n in (r.title, *r.aliases) for w in self._fold(n)) for r in rules}
        self._open = {
            self._fold(text): [c._replace(score=80) for c in self._names.exact(self._fold(usual))]
            for text, usual in inverted(data["open"]).items()
        }
        self._senses = [(id, name, self._sense(name)) for id, name in pairs]
        self._usual = {self._fold(str(text)): self._fold(str(usual)) for text, usual in data["synonyms"].items()}

    def _unique_initials(self, pairs: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
        """Initials that a single certificate has (`CKA`) -> its id and name."""
        holders: dict[str, dict[str, str]] = {}
        for id, name in pairs:
            for word in name.split():
                if word.isupper() and len(word) >= _SHORTEST and word.casefold() not in self._issuers:
                    holders.setdefault(word.casefold(), {}).setdefault(id, name)
        return {word: next(iter(ids.items())) for word, ids in holders.items() if len(ids) == 1}

    def match(self, name: str, issuer: str = "") -> Match:
        """The certification rule of a certificate's name; the issuer helps where the name leaves it out."""
        name = _MARKS.sub("", name[:_LONGEST])
        codes = _codes(name) | (_codes(name, loose=True) & set(self._codes))
        if codes and self._fold(name) not in self._usual:
            known = {self._codes[code][0]: self._codes[code] for code in codes if code in self._codes}
            # An exam code that the model does not have is another certificate, however near its name.
            return accepted(*known.popitem()[1]) if len(known) == 1 else NOTHING
        if open_ones := self._open.get(self._fold(name)):
            return asked(open_ones, "the name leaves open which level")
        return self._by_name(name, issuer)

    def _by_name(self, name: str, issuer: str) -> Match:
        found = self._as_written(name, issuer)
        if found.is_accepted or not (less := self._less_initials(name)):
            return found
        rest, (known, title) = less
        if set(self._fold(rest)) <= self._own[known] | (self._fillers | self._idle) - self._levels:
            return accepted(known, title)
        without = self._as_written(rest, issuer) if len(words(rest)) > 1 else found
        return without if without.id == known else found

    def _less_initials(self, name: str) -> tuple[str, tuple[str, str]] | None:
        """The name without one certificate's initials, and that certificate: `CKAD Certified ...`."""
        initials = {part for word in name.split() if len(part := words(word)) == 1 and part[0] in self._short}
        known = {self._short[initial] for (initial,) in initials}
        rest = " ".join(word for word in name.split() if words(word) not in initials)
        return (rest, known.pop()) if len(known) == 1 and words(rest) else None

    def _as_written(self, name: str, issuer: str) -> Match:
        base = _PARENTHESIS.sub(" ", name)
        for text in (name, base, *_PARENTHESIS.findall(name), *(_CUT.split(base) if _CUT.search(base) else ())):
            for tokens in self._forms(self._fold(text)):
                found = self._names.exact(self._usual.get(tokens, tokens))
                if len(found) == 1:
                    return accepted(found[0].id, found[0].why)
        return self._by_initials(name) or self._by_sense(name, issuer)

    def _forms(self, tokens: Tokens) -> Iterator[Tokens]:
        """The words, and again without years and words such as "certification" and "valid"."""
        yield tokens
        yield tuple(word for word in tokens if word not in self._idle and not _is_year(word))

    def _by_initials(self, name: str) -> Match | None:
        """`Certified Kubernetes Administrator` -> CKA, where the model knows the certificate by its initials."""
        tokens = [word for word in words(_PARENTHESIS.sub(" ", name)) if word not in ("and", "of", "the")]
        while tokens and (tokens[0].isdigit() or self._issuers.get(tokens[0]) or len(tokens[0]) < 2):
            tokens.pop(0)
        initials = "".join(word[0] for word in tokens)
        if len(tokens) >= 3 and "certified" in tokens and (found := self._initials.get(initials)):
            return accepted(*found)
        return None

    def _by_sense(self, name: str, issuer: str) -> Match:
        """The rule of the same issuer, subject and level; a question where the name leaves one of them out."""
        given = self._sense(name)
        issuers = given.issuers or frozenset(filter(None, map(self._issuers.get, words(issuer))))
        if not given.subject:
            return self._of_issuer(issuers, given.levels) if _SAYS_CERTIFIED & set(self._fold(name)) else NOTHING
        same, near = [], []
        for id, title, rule in self._senses:
            if rule.issuers and issuers and not rule.issuers & issuers:
                continue
            is_named = bool(issuers) or not rule.issuers
            if given.subject == rule.subject and given.levels == rule.levels and is_named:
                same.append((id, title))
            elif self._may_be(given, rule):
                near.append(Candidate(id, 75, title))
        if len({id for id, _ in same}) == 1:
            return accepted(*same[0], score=95)
        return asked([*(Candidate(id, 84, title) for id, title in same), *near], "the name leaves open which one")

    def _of_issuer(self, issuers: frozenset[str], levels: frozenset[str]) -> Match:
        """`AWS Certified`: who gave it, but not what for."""
        given = [Candidate(id, 70, title) for id, title, rule in self._senses if issuers & rule.issuers]
        return NOTHING if levels else asked(given, "the name does not say what for")

    def _may_be(self, given: _Sense, rule: _Sense) -> bool:
        """Whether the name leaves something out, but says nothing against it."""
        is_level_open = not given.levels or given.levels <= rule.levels
        if given.subject == rule.subject:
            return is_level_open or not rule.levels or "foundation" in given.levels
        return is_level_open and given.subject < rule.subject

    def _sense(self, text: str) -> _Sense:
        tokens = self._fold(text)
        plain = words(text)
        issuers = frozenset(filter(None, map(self._issuers.get, plain)))
        levels = self._levels & set(tokens)
        subject = frozenset(
            word
            for word in tokens
            if word not in self._fillers | levels and (not is_version(word) or (len(word) > 3 and not _is_year(word)))
        )
        return _Sense(issuers, subject, frozenset(levels))

    def _fold(self, text: str) -> Tokens:
        return expand(words(text), self._abbreviations)


def _codes(text: str, *, loose: bool = False) -> set[str]:
    """Exam codes without the number of their edition: `SAA-C02` and `SAA-C03` are one certificate.

    Loosely read, the hyphen may be left out or be a blank, and letters small (`az305`, `DP 100`).
    """
    return {
        f"{exam}-C" if edition else f"{exam}-{number}"
        for exam, mark, edition, number in _CODE.findall(text.upper() if loose else text)
        if loose or mark == "-"
    }


def _is_year(word: str) -> bool:
    return len(word) == 4 and word[:2] in ("19", "20")
