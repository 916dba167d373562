"""Job titles -> role families."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.engine.framework import Framework
from tracker.matching.match import ASK_FROM, NOTHING, Candidate, Match, accepted, asked
from tracker.matching.names import Names
from tracker.matching.text import expand, words
from tracker.matching.words import Tokens, inverted, phrases, table, trade_words, word_set

_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_OF_ANY_GENDER = re.compile(r"\b(?:[HFM]/[HFM]|[mwfdx]/[mwfdx](?:/[mwfdx])?)(?!\w)", re.IGNORECASE)
_CUT = re.compile(r"\s+[-\u2013\u2014|@]\s+|,|:|\s+at\s+|\s+in\s+(?!test\b)", re.IGNORECASE)
_EITHER = re.compile(r"\s*/\s*|\s+(?:and|&|und)\s+", re.IGNORECASE)
_LONGEST = 200
_NOT_YET = frozenset(("aspiring", "former", "ex", "future", "recruiter", "sale", "teacher", "non", "entry"))
_OF_SOFTWARE = frozenset(("software",))
_DOERS = frozenset(("engineer", "developer", "scientist", "analyst", "programmer"))


class Titles:
    def __init__(self, framework: Framework) -> None:
        data = trade_words()["titles"]
        self._abbreviations = table(data["abbreviations"])
        self._names = Names(((r.id, title) for r in framework.evidence.roles for title in r.titles), self._fold)
        self._usual = {self._fold(text): self._fold(usual) for text, usual in inverted(data["synonyms"]).items()}
        self._asked = {self._fold(str(text)): usual for text, usual in data["ask"].items()}
        self._shared = frozenset(self._fold(" ".join(phrase)) for phrase in phrases(data["shared"]))
        self._led = frozenset(self._fold(" ".join(phrase)) for phrase in phrases(data["led"]))
        self._families = {role: self._fold(title) for role, title in data["families"].items()}
        developer, architect = self._fold("Software Developer"), self._fold("Software Architect")
        self._families_by_doer = dict.fromkeys(("developer", "engineer", "programmer"), developer)
        self._families_by_doer["architect"] = architect
        self._seniority, self._leading = word_set(data["seniority"]), word_set(data["leading"])
        self._managing, self._neutral = word_set(data["managing"]), word_set(data["neutral"])
        self._learners, self._heads = word_set(data["learners"]), word_set(data["heads"])
        self._bare, self._trade = word_set(data["bare"]), word_set(data["trade"])
        self._industries = word_set(data["industries"])
        self._qualifiers, self._languages = word_set(data["qualifiers"]), word_set(data["languages"])

    def match(self, title: str) -> Match:
        """The role family of the title. Never a guess: what other trades use too is asked or left alone."""
        title = _OF_ANY_GENDER.sub(" ", title[:_LONGEST])
        base, *rest = _CUT.split(_PARENTHESIS.sub(" ", title).strip())
        if rest and set(self._fold(base)) <= self._managing | self._seniority:
            base, rest = f"{rest[0]} {base}", rest[1:]  # "Manager, Data Science"
        base = self._of_what(base, rest)
        beside = [word for part in (*rest, *_PARENTHESIS.findall(title)) for word in self._fold(part)]
        whole = self._match_one(self._fold(base), beside)
        pieces = [piece for piece in _EITHER.split(base) if piece.strip()]
        if whole.is_accepted or len(pieces) < 2:
            return whole
        found = [self._match_one(self._fold(piece), beside) for piece in pieces]
        families = {match.id for match in found if match.is_accepted}
        if len(families) == 1:
            return next(match for match in found if match.is_accepted)
        both = [candidate for match in (*found, whole) for candidate in match.candidates]
        return asked(both, "it names more than one kind of role")

    def _of_what(self, base: str, rest: list[str]) -> str:
        """`Software Engineer, Machine Learning`: what stands behind may say which engineer it is."""
        for part in rest:
            tokens = self._without(self._fold(f"{part} {base}"), self._seniority)
            if self._named(tokens) and self._named(tokens) != self._named(self._fold(part)):
                return f"{part} {base}"
        return base

    def _match_one(self, tokens: Tokens, beside: list[str]) -> Match:
        if question := self._asked.get(tokens) or self._asked.get(self._without(tokens, self._seniority)):
            if self._is_other_trade(beside):
                return NOTHING
            means = [c for title in question for c in self._names.exact(self._fold(title))]
            if len(means) == 1 and self._trade & set(beside):
                return accepted(means[0].id, means[0].why, 90)  # "Postdoc (machine learning)"
            return asked([c._replace(score=70) for c in means], "the title alone does not tell")
        if not tokens or tokens[0] in _NOT_YET:
            return NOTHING
        found = self._certain(tokens)
        if found is None:
            return self._uncertain(tokens, beside)
        learner = self._learners & {*tokens, *beside} and tokens not in self._names and tokens not in self._usual
        if learner or self._is_foreign(tokens, beside):
            return asked([Candidate(found.id, 80, found.why)], "the words beside it may change what it is")
        return accepted(found.id, found.why, found.score)

    def _certain(self, tokens: Tokens) -> Candidate | None:
        """The family by the title itself, by its usual name, or less what does not change the family."""
        return (
            self._named(tokens)
            or self._named(core := self._without(tokens, self._seniority))
            or self._manager(core)
            or self._leader(core)
            or self._at_the_end(core)
            or self._by_language(core)
            or self._slip(core)
        )

    def _named(self, tokens: Tokens) -> Candidate | None:
        usual = self._usual.get(tokens, tokens)
        found = self._names.exact(usual) if usual else []
        return found[0] if len(found) == 1 else None

    def _manager(self, tokens: Tokens) -> Candidate | None:
        """`Head of X`, `X manager`: the family of engineering managers where X is of this trade."""
        if not tokens or not self._managing & set(tokens):
            return None
        led = tuple(word for word in self._without(tokens, self._managing) if word not in ("of", "the"))
        return self._named(self._families["managing"]) if led in self._led else None

    def _leader(self, tokens: Tokens) -> Candidate | None:
        """`Lead X`, `staff X`, `principal X`: the family of tech leads where X is someone who builds."""
        core = self._without(tokens, self._leading)
        if core == tokens or not core:
            return None
        found = self._named(core) or self._at_the_end(core) or self._by_language(core)
        if found is None and core in self._led:
            return self._named(self._families["leading"])
        if found is None or self._fold(found.why)[-1] not in _DOERS:
            return found
        return self._named(self._families["leading"]) or found

    def _at_the_end(self, tokens: Tokens) -> Candidate | None:
        """A title behind words that do not change what it is: `AWS cloud architect`, `credit data scientist`."""
        for at in range(1, len(tokens) - 1):
            found, before = self._named(tokens[at:]), set(tokens[:at])
            if found is None or before & (_NOT_YET | self._managing):
                continue
            if before <= self._qualifiers | self._languages:
                return found._replace(score=95)
            is_shared = self._usual.get(tokens[at:], tokens[at:]) in self._shared
            if not is_shared and not before & self._trade and at <= 2:
                return found._replace(score=88)
            return None
        return None

    def _by_language(self, tokens: Tokens) -> Candidate | None:
        """`Java developer`, `developpeur Java`, `.NET architect`: whoever makes software in a named language."""
        around = self._languages | {"full", "stack", "backend", "native", "application"}
        tokens = self._without(tokens, _OF_SOFTWARE)
        if len(tokens) < 2:
            return None
        for doer, language in ((tokens[-1], set(tokens[:-1])), (tokens[0], set(tokens[1:]))):
            if doer in self._families_by_doer and language <= around and language & self._languages:
                return self._named(self._families_by_doer[doer])
        return None

    def _slip(self, tokens: Tokens) -> Candidate | None:
        slips = self._names.typed_wrong(tokens)
        return slips[0] if len({slip.id for slip in slips}) == 1 else None

    def _is_foreign(self, tokens: Tokens, beside: list[str]) -> bool:
        """Whether a title that other trades use too stands beside words that are not of this trade."""
        core = self._without(tokens, self._seniority)
        if self._usual.get(core, core) not in self._shared:
            return False
        # A scientist's field says what the research is about; an engineer's only who is served.
        return self._is_other_trade([w for w in beside if "research" in core or w not in self._industries])

    def _is_other_trade(self, beside: list[str]) -> bool:
        telling = [word for word in beside if word not in self._neutral | self._seniority]
        return bool(telling) and not self._trade & set(telling)

    def _uncertain(self, tokens: Tokens, beside: list[str]) -> Match:
        core = self._without(tokens, self._seniority)
        if len(core) == 1 and core[0] in self._bare:
            named = list(self._ending_in(core[0]))
            return asked(named, "the title does not say of what")
        said = {*core, *beside}
        has_head = bool(said & self._heads)
        if not (has_head and said & self._trade) or said & self._managing or core[0] in _NOT_YET:
            return NOTHING
        return asked(self._sharing(said & self._trade), "the model has something near to it")

    def _ending_in(self, head: str) -> Iterator[Candidate]:
        for candidate in self._names.overlapping((head,), 0):
            if self._fold(candidate.why)[-1] == head:
                yield candidate._replace(score=ASK_FROM)

    def _sharing(self, trade: set[str]) -> Iterator[Candidate]:
        for candidate in self._names.overlapping(tuple(sorted(trade)), 0):
            if trade & set(self._fold(candidate.why)):
                yield candidate._replace(score=max(ASK_FROM, candidate.score))

    def _without(self, tokens: Tokens, left_out: frozenset[str]) -> Tokens:
        return tuple(word for word in tokens if word not in left_out)

    def _fold(self, text: str) -> Tokens:
        return expand(words(text), self._abbreviations)
