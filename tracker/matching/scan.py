"""Names of competencies in running text: the model's own, the trade's usual ones, and what people say they do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from tracker.engine.framework import Framework
from tracker.matching.matcher import Matcher
from tracker.matching.phrases import Phrases, deeds, listed, prose_words, small_words
from tracker.matching.sentences import Clause, Token
from tracker.matching.text import words
from tracker.matching.words import Tokens, inverted, table, trade_words, word_set

_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_MODELS_KEPT = 4
_SEPARATORS = frozenset(",;/:|)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a clause: `start` and `end` in its text, `places` of its words.

    One of `ids` is sure, several are to be asked; none: a skill of another trade, which an `or` may put beside one of
    ours. `is_deed`: told by what is done, not by its name.
    """

    text: str
    start: int
    end: int
    places: tuple[int, ...]
    ids: tuple[str, ...]
    is_umbrella: bool = False
    is_deed: bool = False

    @property
    def id(self) -> str:
        return self.ids[0] if len(self.ids) == 1 and not self.is_umbrella else ""

    def moved(self, offset: int, place: int) -> Mention:
        """The name in a clause that begins `offset` characters and `place` words later."""
        places = tuple(at - place for at in self.places)
        return replace(self, start=self.start - offset, end=self.end - offset, places=places)

    @property
    def is_asked(self) -> bool:
        return len(self.ids) > 1 or (self.is_umbrella and bool(self.ids))


class _Name(NamedTuple):
    tokens: Tokens
    ids: tuple[str, ...]
    is_umbrella: bool
    written: str  # as it must be written, "" where that does not matter
    is_listing: bool  # has a comma of its own: `Extract, Transform, Load`


class Scanner:
    """Finds names, longest first. Time grows with the text alone: at a word only names that begin with it are tried."""

    def __init__(self, framework: Framework, matcher: Matcher) -> None:
        prose = prose_words()
        self._abbreviations = table(trade_words()["abbreviations"])
        self._longest_abbreviation = max(map(len, self._abbreviations), default=1)
        self._plain = frozenset(name.strip().casefold() for name in prose["plain_words"].split(","))
        # Written in capitals they are meant even at the head of a clause: `Kafka is a plus`.
        self._homonyms = frozenset(str(trade_words()["homonyms"]).split())
        self._silent = frozenset(map(self._fold, prose["silent"].split(",")))
        self._items_only = frozenset(map(self._fold, prose["items_only"].split(",")))
        fillers = (str(trade_words()["fillers"]), *(text for text, _ in listed(prose["levels"])))
        self._fillers = word_set(fillers) | small_words("links") | small_words("around_items")
        self._modifiers = frozenset(words(text) for text in prose["modifiers"].split(","))
        self._people = word_set(prose["people"].replace(",", " "))
        self._links = word_set(f"{prose['or']} {prose['and']}".replace(",", " "))
        self._by_first: defaultdict[str, list[_Name]] = defaultdict(list)
        for name in self._names(framework, matcher, prose["outside"].split(",")):
            self._by_first[name.tokens[0]].append(name)
        for names in self._by_first.values():
            names.sort(key=lambda name: -len(name.tokens))
        found = ((name, matcher.skill(name)) for name in deeds())
        known = {name: match.id for name, match in found if match.is_accepted}
        self._deeds = Phrases(
            ((text, known[n]) for n, texts in deeds().items() if n in known for text in texts), by_stem=True
        )

        self._fields = dict(_fields(framework, matcher))
        self._longest_field = max(map(len, self._fields), default=0)

    def fields(self, clause: Clause) -> dict[str, set[int]]:
        """The fields of study that the clause names, in order, and the places of their words."""
        row, found, at = clause.words, defaultdict[str, set[int]](set), 0
        while at < len(row):
            for length in range(min(self._longest_field, len(row) - at), 0, -1):
                field = self._fields.get(row[at : at + length])
                token = clause.tokens[at]
                raw = clause.text[token.start : token.end]
                is_one = "," not in clause.text[token.start : clause.tokens[at + length - 1].end]
                if field and is_one and (length > 1 or len(raw) > 3 or raw.isupper()):
                    found[field].update(range(at, at + length))
                    at += length
                    break
            else:
                at += 1
        return dict(found)

    def mentions(self, clause: Clause) -> list[Mention]:
        """The names of the clause in order, none within another."""
        row = clause.words
        named = (m for m in self._names_of(clause) if not self._is_item_only(m) or self._is_item(clause, m))
        found = [*self._deeds_of(clause, row), *named]
        found.sort(key=lambda m: (-len(m.places), not m.ids, m.is_deed, m.start - m.end))
        taken: set[int] = set()
        kept = []
        for mention in found:
            if taken.isdisjoint(mention.places):
                taken.update(mention.places)
                kept.append(mention)
        return self._without_modifiers(clause, sorted(kept, key=lambda m: m.start))

    def _is_item_only(self, mention: Mention) -> bool:
        is_single = len(mention.places) == 1
        return (mention.is_asked and is_single) or self._fold(mention.text) in self._items_only

    def _is_item(self, clause: Clause, mention: Mention) -> bool:
        """Whether the name is all that its part of the clause says, small words and levels aside."""
        for step in (-1, 1):
            at = mention.places[0 if step < 0 else -1]
            while 0 <= at + step < len(clause.tokens):
                left, right = sorted((at, at + step))
                if set(clause.text[clause.tokens[left].end : clause.tokens[right].start]) & _SEPARATORS:
                    break
                at += step
                if clause.words[at] in small_words("links"):
                    break
                if clause.words[at] not in self._fillers:
                    return False
        return True

    def _without_modifiers(self, clause: Clause, found: list[Mention]) -> list[Mention]:
        """`LLM fine-tuning` is fine-tuning, `evaluate LLM answers` their evaluation."""
        kept = []
        for at, mention in enumerate(found):
            follows = found[at + 1] if at + 1 < len(found) else None
            is_close = follows is not None and clause.text[mention.end : follows.start] in (" ", "-")
            is_within = any(other.start < mention.start and mention.end < other.end for other in found)
            if not ((is_close or is_within) and words(mention.text) in self._modifiers):
                kept.append(mention)
        return kept

    def is_of_people(self, clause: Clause, mention: Mention) -> bool:
        """Whether the name only says whose calling it is: `our Kubernetes administrators`, `data scientists`."""
        after = mention.places[-1] + 1
        if mention.is_deed and (len(mention.places) > 2 or clause.tokens[after - 1].word in small_words("qualities")):
            return False
        if clause.tokens[mention.places[0]].word in small_words("deeds_to_people"):
            return False
        if not mention.is_deed and any(clause.tokens[place].word in self._people for place in mention.places[1:]):
            return True
        follows = clause.tokens[after : after + 2]
        for at, token in enumerate(follows):
            before = clause.tokens[after + at - 1]
            if not _is_blank(clause.text[before.end : token.start]):
                return False
            if token.word in self._people:
                # "decision records people can follow" is about the records.
                beyond = clause.words[after + at + 1 : after + at + 2]
                return not small_words("modals") & set(beyond)
            if (
                token.word in self._links
                or not token.word.isalpha()
                or len(token.word) < 4
                or token.word in small_words("around_names")
            ):
                return False
        return False

    def _deeds_of(self, clause: Clause, row: Tokens) -> Iterator[Mention]:
        for hit in self._deeds.all(row):
            start, end = clause.tokens[hit.start].start, clause.tokens[hit.end - 1].end
            yield Mention(clause.text[start:end], start, end, hit.places, (hit.value,), is_deed=True)

    def _names_of(self, clause: Clause) -> Iterator[Mention]:
        expanded, origin = self._expand(clause.tokens)
        for at, word in enumerate(expanded):
            for name in self._by_first.get(word, ()):
                end = at + len(name.tokens)
                if expanded[at:end] != name.tokens:
                    continue
                places = tuple(sorted(set(origin[at:end])))
                first, last = clause.tokens[places[0]], clause.tokens[places[-1]]
                # An abbreviation is taken whole or not at all.
                if (at and origin[at - 1] == origin[at]) or (end < len(origin) and origin[end] == origin[end - 1]):
                    continue
                if "," in clause.text[first.start : last.end] and not name.is_listing:
                    continue
                if self._is_written(name, clause, places):
                    yield Mention(
                        clause.text[first.start : last.end], first.start, last.end, places, name.ids, name.is_umbrella
                    )
                    break

    def _is_written(self, name: _Name, clause: Clause, places: tuple[int, ...]) -> bool:
        """Whether a name that is also a plain word is meant as a name: `Go`, not `go`; `Go or Rust`, not `Go on`."""
        if not name.written or len(places) > 1:
            return True
        token = clause.tokens[places[0]]
        raw = clause.text[token.start : token.end]
        before, after = clause.text[token.start - 1 : token.start], clause.text[token.end : token.end + 2]
        if (
            raw.islower()
            or (len(raw) <= 2 and raw[0].islower())
            or (len(raw) == 1 and after[:1] in tuple("-&.'") and after.strip() != ".")
        ):
            return False
        if len(raw) <= 2 and (before in tuple("-&'") or (after[:1] in tuple("-&'") and after[:1])):
            return False
        if raw.isupper() and len(raw) > 1:
            return True
        is_plain = raw.casefold() in self._plain or len(raw) <= 2
        return not is_plain or places[0] > 0 or _stands_alone(clause, token, self._links)

    def _expand(self, tokens: tuple[Token, ...]) -> tuple[Tokens, list[int]]:
        """The words with abbreviations written out, and for each the place that it comes from."""
        result: list[str] = []
        origin: list[int] = []
        at = 0
        while at < len(tokens):
            for length in range(min(self._longest_abbreviation, len(tokens) - at), 0, -1):
                usual = self._abbreviations.get(tuple(token.word for token in tokens[at : at + length]))
                if usual:
                    result += usual
                    origin += [at + min(i, length - 1) for i in range(len(usual))]
                    at += length
                    break
            else:
                result.append(tokens[at].word)
                origin.append(at)
                at += 1
        return tuple(result), origin

    def _names(self, framework: Framework, matcher: Matcher, outside: Iterable[str]) -> Iterator[_Name]:
        seen: set[Tokens] = set()
        for text, usual in _texts(framework):
            key = text.casefold().strip()
            tokens = self._fold(text)
            if not tokens or tokens in seen or tokens in self._silent:
                continue
            match = matcher.skill(usual)
            ids = (match.id,) if match.is_accepted else tuple(c.id for c in match.candidates)
            if ids:
                seen.add(tokens)
                is_plain = key in self._plain | self._homonyms or (len(tokens) == 1 and len(key) <= 2)
                yield _Name(tokens, ids, match.is_asked, text if is_plain else "", "," in text)
        for text in outside:
            tokens = self._fold(text)
            if tokens and tokens not in seen:
                seen.add(tokens)
                yield _Name(tokens, (), False, text if text.strip().casefold() in self._plain else "", False)

    def _fold(self, text: str) -> Tokens:
        result: list[str] = []
        row = words(text)
        at = 0
        while at < len(row):
            for length in range(min(self._longest_abbreviation, len(row) - at), 0, -1):
                if usual := self._abbreviations.get(row[at : at + length]):
                    result += usual
                    at += length
                    break
            else:
                result.append(row[at])
                at += 1
        return tuple(result)


def _is_blank(text: str) -> bool:
    return not text.strip(" -'")


def _stands_alone(clause: Clause, token: Token, links: frozenset[str]) -> bool:
    rest = clause.text[token.end :].lstrip(" ")
    if not rest or rest[0] in _SEPARATORS or rest[0] in ".(":
        return True
    follows = words(rest.split(" ", 1)[0])
    return bool(follows) and (follows[0] in links or follows[0] in small_words("after_a_name"))


def _fields(framework: Framework, matcher: Matcher) -> Iterator[tuple[Tokens, str]]:
    """What fields of study are called -> the framework's field, where that is plain."""
    names = [name for rule in framework.evidence.degrees for name in rule.names]
    synonyms = trade_words()["fields"]["synonyms"]
    others = (part for pair in synonyms.items() for text in pair for part in str(text).split(","))
    for text in (*names, *others):
        match = matcher.field(text)
        if match.is_accepted and words(text):
            yield words(text), match.id


def _texts(framework: Framework) -> Iterator[tuple[str, str]]:
    """Whatever may be looked for, and what it is usually called: names, aliases, the trade's words."""
    data = trade_words()
    vendors, fillers = word_set(data["vendors"]), word_set(data["fillers"])
    for c in framework.competencies:
        for name in (c.name, *c.aliases):
            for text in (name, _PARENTHESIS.sub(" ", name).strip(), *_PARENTHESIS.findall(name)):
                yield text, text
            bare = " ".join(word for word in name.split() if not set(words(word)) <= fillers)
            if bare != name and bare[:1].isupper() and " " not in bare:
                yield bare, bare  # "R programming", R
            first, _, rest = name.partition(" ")
            if rest and words(first) and words(first)[0] in vendors:
                yield rest, rest
    for entry in data["umbrella"]:
        if not entry.get("alone"):
            yield from ((str(word), str(word)) for word in entry["words"])
    yield from inverted(data["skills"]).items()


_scanners: dict[tuple[str, str], tuple[Matcher, Scanner]] = {}


def scanner_of(framework: Framework, matcher: Matcher) -> Scanner:
    """The scanner of a framework and its matcher, built once and shared."""
    key = (framework.id, framework.version)
    found = _scanners.get(key)
    if found is None or found[0] is not matcher:
        if len(_scanners) >= _MODELS_KEPT:
            _scanners.clear()
        found = _scanners[key] = (matcher, Scanner(framework, matcher))
    return found[1]
