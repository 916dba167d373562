"""Texts of skill lists -> competencies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.engine.framework import Framework
from tracker.matching.match import ASK_FROM, EXACT, NOTHING, Candidate, Match, accepted, asked
from tracker.matching.names import Names
from tracker.matching.text import expand, is_version, words
from tracker.matching.words import Tokens, listed, table, trade_words, usual_skills, word_set

_PARENTHESIS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_LISTED = re.compile(r"[,;|\u2022\u00b7\u3001\n]+|\s[-\u2013\u2014]\s|:\s")
_JOINED = re.compile(r"\s*(?<!\b\w)/\s*|\s*/\s*(?!\w\b)|\s+[&+]\s+")  # not A/B
_TWO = re.compile(r"\s+(?:[&+]|and|or|und|oder|et|ou|y)\s+", re.IGNORECASE)
_FOR_KIND = re.compile(r"(.+)\s+(?:for|on|in|f\u00fcr|pour|para)\s+(.+)", re.IGNORECASE)
_WITH = re.compile(r"\s+w/\s*", re.IGNORECASE)
_LANGUAGE_NOTE = re.compile(r"programming language|language model|software|framework|library", re.IGNORECASE)
_LONGEST = 200
_MOST_PARTS = 20
_LONGEST_NAME = 7  # words
_LONGEST_SENTENCE = 16  # words
_COMPANY = 2
_LISTED_FROM = 3  # names one after the other
_SAID = 90
_NARROWER = 85  # how sure a name is with an unknown word before it, or put right
_RESPELLED = 85
_MOST_BEFORE = 3  # words before a name
_MOST_UNKNOWN = 2  # words beside the one name of a text
_MOST_JOINED = 1  # words that are strange to us in what is joined to it
_DEEDS = ("ing", "tion", "ment")
_AND = frozenset(("and", "or", "und", "oder", "et", "ou", "y"))
_STEM = 4  # letters that words of one root share
_SHORT = 3  # letters: too few to stand for a product without its vendor
# Too little to stand for a name once its vendor or its kind is taken off.
_GENERIC = frozenset(("cloud", "platform", "machine", "learning", "web", "service", "product", "lambda", "work"))
_GENERIC |= frozenset(
    ("document", "linear", "pair", "parallel", "plain", "presence", "professional", "radar", "review")
)
_GENERIC |= frozenset(("recognition", "selection", "teaming"))


class SkillMatch(NamedTuple):
    """What one part of a text (`Python` of `Python, SQL`) is matched to."""

    text: str
    match: Match


class Skills:
    def __init__(self, framework: Framework) -> None:
        data = trade_words()
        self._framework = framework
        self._abbreviations = table(data["abbreviations"])
        self._fillers, self._vendors = word_set(data["fillers"]), word_set(data["vendors"])
        self._modifiers, self._kinds = word_set(data["modifiers"]), word_set(data["kinds"])
        self._idle = self._fillers | self._vendors | word_set(data["neutral"])
        self._homonyms, self._not_held = word_set(data["homonyms"]), word_set(data["not_held"])
        self._on_things, self._elsewhere = word_set(data["on_things"]), word_set(data["elsewhere"])
        self._linking = word_set(data["linking"])
        self._wishing = frozenset((word,) for word in word_set(data["wishing"]))
        self._connected = re.compile(rf"\s+(?:{'|'.join(data['connectors'].split())})\s+", re.IGNORECASE)
        self._called = Names(((c.id, c.name) for c in framework.competencies), self._fold)
        self._names = Names(_all_names(framework), self._fold)
        self._umbrella = {
            self._fold(str(word)): [self._fold(str(name)) for name in entry["means"]]
            for entry in data["umbrella"]
            for word in entry["words"]
        }
        self._umbrella |= {self._fold(word): [] for word in listed(data["broad"])}
        self._outside = frozenset(map(self._fold, listed(data["outside"])))
        self._add_short_forms(framework)
        self._add_usual_names()
        self._first_meant = {self._fold(str(text)): self._fold(usual) for text, usual in data["first_meant"].items()}
        self._served = frozenset(map(self._fold, listed(data["served"])))
        self._open = Names((("", " ".join(words)) for words in self._umbrella), self._fold)
        self._sentences = list(self._read_sentences(data["sentences"]))
        self._products = frozenset(
            tokens for _, name in _all_names(framework) if len(tokens := self._fold(name)) == 1 and _is_product(name)
        )

    def match(self, text: str) -> Match:
        """The competency that the whole text means."""
        tokens = self._fold(text[:_LONGEST])
        if whole := self._plain(tokens):
            return whole
        found = self._spelled_out(tokens) or [self._uncertain(tokens)]
        if len(found) == 1:
            return found[0]
        return asked((c for match in found for c in match.candidates), "it names several things")

    def match_all(self, text: str) -> tuple[SkillMatch, ...]:
        """The competencies of a text that may list several; one entry with the whole text where it does not."""
        text = _WITH.sub(" with ", text[:_LONGEST])
        if whole := self._whole(text):
            return (SkillMatch(text, whole),)
        if self._is_wish(words(text)):
            return (SkillMatch(text, NOTHING),)
        base = _PARENTHESIS.sub(" ", text)
        parts = self._as_said(base, self._in_company(self._parts(base)))
        if not any(part.match.is_accepted for part in parts):
            inner = [p for found in _within(text) for p in self._parts(found) if p.match.is_accepted]
            parts = inner or parts
        elif len(parts) == 1 and any(self._is_changed_by(note, base, parts[0].match) for note in _within(text)):
            parts = [SkillMatch(text, asked(parts[0].match.candidates, "what stands beside it may change what it is"))]
        known = [part for part in parts if part.match.is_accepted or part.match.is_asked]
        if len(parts) == 1 or not known:
            return (SkillMatch(text, known[0].match if known else self.match(base)),)
        return tuple(parts)

    def _parts(self, text: str) -> list[SkillMatch]:
        """Each part of an enumeration; joined words (`Python/R`, `Python and R`) apart where the whole is unknown."""
        entries = _LISTED.split(text)[:_MOST_PARTS]
        found = [self._of_this_trade(entry, part) for entry in entries for part in self._part(entry)]
        # A plain word or letter is a product only in the company of one: R and Python, not R and D.
        if any(p.match.is_accepted and not self._is_homonym(p.text) for p in found) or len(found) < 2:
            return found
        if all(p.match.is_accepted or p.match.is_asked for p in found) or _are_company(found):
            return found
        return [p for p in found if not self._is_homonym(p.text)]

    def _of_this_trade(self, entry: str, part: SkillMatch) -> SkillMatch:
        """The part; a question where its surroundings are another trade's, or things (`transformer maintenance`)."""
        if part.match.is_accepted and not self._is_name(entry) and self._is_elsewhere(entry):
            return SkillMatch(part.text, asked(part.match.candidates, "what stands beside it may change what it is"))
        return part

    def _is_elsewhere(self, text: str) -> bool:
        said = set(words(text))
        if said & self._elsewhere:
            return True
        things = said & self._homonyms
        is_written_as_name = any(word[:1].isupper() for word in text.split()[1:])
        return len(things) == 1 and bool(said - things) and said - things <= self._on_things and not is_written_as_name

    def _as_said(self, text: str, parts: list[SkillMatch]) -> list[SkillMatch]:
        """What a whole sentence says goes before what its pieces may mean (`work with product managers`)."""
        joined = bool(_AND & set(words(text)))
        named = [part for part in parts if part.match.score == EXACT]
        if _LISTED.search(text) or len(named) == len(parts) or (joined and all(p.match.is_accepted for p in parts)):
            return parts
        said = self._said(self._fold(text))
        if said is None or not said.is_accepted or self._is_elsewhere(text):
            return parts
        return [
            SkillMatch(text, said),
            *(part for part in named if part.match.id != said.id and _has_capital(part.text)),
        ]

    def _in_company(self, parts: list[SkillMatch]) -> list[SkillMatch]:
        """Questions that the other parts of the text answer: `CV and NLP`."""
        sure = {part.match.id for part in parts if part.match.is_accepted}
        if not sure:
            return parts
        return [SkillMatch(text, self._answered(match, sure)) for text, match in parts]

    def _answered(self, match: Match, sure: set[str]) -> Match:
        offered = {candidate.id for candidate in match.candidates} if match.is_asked else set()
        if len(offered) == 1 or offered & sure:
            best = next(c for c in match.candidates if c.id in sure or len(offered) == 1)
            return accepted(best.id, best.why, score=best.score)
        return match

    def _part(self, text: str) -> Iterator[SkillMatch]:
        """One part, or what it is made of where words or a stroke part it."""
        tokens = self._fold(text)
        if not set(tokens) - self._fillers:
            return
        if whole := self._whole(text):
            yield SkillMatch(text.strip(), whole)
            return
        if kind := _FOR_KIND.fullmatch(text):
            held = self._without_kind(kind[1], kind[2])
            if held is not None:
                yield from held
                return
        spelled = self._spelled_out(tokens)
        is_one = len(spelled) == 1 and spelled[0].is_accepted
        for mark in (_JOINED, self._connected):
            pieces = [piece.strip() for piece in mark.split(text) if piece.strip()]
            found = [part for piece in self._filled_up(pieces) for part in self._part(piece)] if len(pieces) > 1 else []
            if found and (not is_one or all(part.match.is_accepted for part in found)):
                yield from found
                return
        yield from self._segments(text.strip(), tokens)

    def _without_kind(self, text: str, kind: str) -> list[SkillMatch] | None:
        """The parts of a text whose end only says of what kind it is (`hardware selection for ML`), if it does."""
        telling = set(self._fold(kind)) - self._idle
        is_kind = (telling and telling <= self._modifiers) or self._fold(kind) in self._served
        if not is_kind or not set(self._fold(text)) - self._idle:
            return None
        found = list(self._part(text))
        return found if found and all(part.match.is_accepted for part in found) else None

    def _filled_up(self, pieces: list[str]) -> list[str]:
        """What two parts share said of both: `supervised and unsupervised learning`, `data cleaning and checking`."""
        if len(pieces) != 2 or all(map(self._is_name, pieces)):
            return pieces
        first, last = (piece.split() for piece in pieces)
        whole = [" ".join(first + last[at:]) for at in range(1, len(last))]
        led = [" ".join(first[:at] + last) for at in range(len(first) - 1, 0, -1)]
        return [self._first_known(pieces[0], whole), self._first_known(pieces[1], led)]

    def _first_known(self, piece: str, longer: list[str]) -> str:
        if self._is_name(piece):
            return piece
        return next(filter(self._is_name, longer), piece)

    def _is_name(self, text: str) -> bool:
        match = self._plain(self._fold(text))
        return match is not None and match.is_accepted

    def _segments(self, text: str, tokens: Tokens) -> Iterator[SkillMatch]:
        found = self._spelled_out(tokens)
        if len(found) == 1 and found[0].is_asked and (said := self._said(tokens)) and said.is_accepted:
            found = [said]
        is_listed = len(found) >= _LISTED_FROM and all(word[:1].isupper() for word in text.split())
        if len(found) > 1 and not is_listed:
            found = [asked((c for match in found for c in match.candidates), "it names several things")]
        for match in found or [self._uncertain(tokens)]:
            yield SkillMatch(text, match)

    def _whole(self, text: str) -> Match | None:
        """What the text is called, less words that change nothing, unless it joins two names: `Scala and Spark`."""
        tokens = self._fold(text)
        return self._known(tokens) or (None if self._names_two(text) else self._plain(tokens))

    def _names_two(self, text: str) -> bool:
        pieces = _TWO.split(text)
        found = {match.id for piece in pieces if (match := self._plain(self._fold(piece))) and match.is_accepted}
        return len(pieces) == len(found) == 2

    def _plain(self, tokens: Tokens) -> Match | None:
        """What needs no guess: a name, an alias, a usual name, an umbrella word (which is asked)."""
        if not tokens:
            return None
        for form in self._forms(tokens):
            if match := self._known(form):
                return match
        return self._turned_round(tokens)

    def _turned_round(self, tokens: Tokens) -> Match | None:
        """The same in other words of the same roots: `selecting features`, `monitoring of models`."""
        if len(tokens) < 2 or _AND & set(tokens):
            return None
        for form in self._forms(tokens):
            if self._open.turned_round(form):
                return None
            found = self._names.turned_round(form)
            if len({candidate.id for candidate in found}) == 1:
                return accepted(found[0].id, found[0].why, found[0].score)
        return None

    def _known(self, tokens: Tokens) -> Match | None:
        if tokens in self._outside:
            return NOTHING
        if (means := self._umbrella.get(tokens)) is not None:
            if len(own := self._called.exact(tokens)) == 1:
                return accepted(own[0].id, own[0].why)
            candidates = [*self._names.exact(tokens), *(c for name in means for c in self._names.exact(name))]
            return asked([c._replace(score=80) for c in candidates], "it may mean several things")
        found = self._called.exact(tokens) or self._names.exact(tokens)
        if len(found) > 1:
            found = self._settled(found, tokens) or self._by_statements(found, tokens)
        if len(found) == 1:
            return accepted(found[0].id, found[0].why)
        return asked([c._replace(score=84) for c in found], "the model names it in several places") if found else None

    def _settled(self, found: list[Candidate], tokens: Tokens) -> list[Candidate]:
        """Of competencies that are all called so, the one that the trade means by it first, if that is known."""
        usual = self._first_meant.get(tokens, ())
        meant = {candidate.id for candidate in self._names.exact(usual)} if usual else set[str]()
        return [candidate for candidate in found if candidate.id in meant]

    def _by_statements(self, found: list[Candidate], tokens: Tokens) -> list[Candidate]:
        """Of competencies that are all called so, the only one whose statements speak of it; else all of them."""
        stated = [c for c in found if all(_is_among(word, self._statement_words(c.id)) for word in tokens)]
        return stated if len(stated) == 1 else found

    def _statement_words(self, id: str) -> Tokens:
        c = self._framework.competency[id]
        return words(" ".join((c.name, c.summary, *c.levels.values())))

    def _forms(self, tokens: Tokens) -> Iterator[Tokens]:
        """The words, then without versions, vendors and words that name nothing: those around a name first."""
        yield tokens
        yield from self._less_edges(tokens)
        bare = tuple(word for word in tokens if word not in self._fillers and not is_version(word))
        if bare and bare != tokens:
            yield bare
        short = tuple(word for word in bare if word not in self._vendors)
        is_list = bool(_AND & set(tokens))  # `Azure DevOps and AWS` names two
        if (
            short
            and short != bare
            and not is_list
            and not set(short) <= self._homonyms
            and len("".join(short)) > _SHORT
        ):
            yield short

    def _less_edges(self, tokens: Tokens) -> Iterator[Tokens]:
        """The words without fillers before and behind, the longest first: `software architecture` of `... design`."""
        starts = [0, *(at for at in range(1, len(tokens)) if self._fillers.issuperset(tokens[:at]))]
        ends = [len(tokens), *(at for at in range(len(tokens) - 1, 1, -1) if self._fillers.issuperset(tokens[at:]))]
        spans = {(start, end) for start in starts for end in ends if end - start > 1} - {(0, len(tokens))}
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
            yield tokens[start:end]

    def _spelled_out(self, tokens: Tokens) -> list[Match]:
        """What a text means that is all known names and words that change nothing (`Kubernetes in production`).

        One match each; a question alone where one of the names is open. Empty where other words stand there.
        """
        found: list[tuple[Tokens, Match]] = []
        at = 0
        while at < len(tokens):
            match, length = self._name_at(tokens, at)
            if match:
                found.append((tokens[at : at + length], match))
            elif tokens[at] not in self._idle and not is_version(tokens[at]):
                return []
            at += length
        # Before another name, a word of the trade (`machine learning model deployment`) only says of what kind it is.
        telling = [m for at, (part, m) in enumerate(found) if at == len(found) - 1 or not set(part) <= self._modifiers]
        if all(match.is_accepted for match in telling):
            if head := self._head(tokens, found):
                return [head]
            return list({match.id: match for match in telling}.values())
        sure = {match.id: match for match in telling if match.is_accepted}
        if len(sure) == 1 and all(sure.keys() & {c.id for c in match.candidates} for match in telling):
            return list(sure.values())  # `Python scripting`: one of what a wide word may mean is named
        candidates = [c._replace(score=80) for match in telling for c in match.candidates]
        return [asked(candidates, "it names several things")]

    def _head(self, tokens: Tokens, found: list[tuple[Tokens, Match]]) -> Match | None:
        """Of two names that make one: what stands before `of`, or what is done to the other (`BERT fine tuning`)."""
        if len(found) != 2:
            return None
        (first, before), (last, after) = found
        if "of" in tokens[len(first) : len(tokens) - len(last)]:
            return before
        is_deed = len(last) > 1 and last[-1].endswith(_DEEDS) and "performance" not in last
        return after if is_deed and first + last == tokens else None

    def _name_at(self, tokens: Tokens, at: int) -> tuple[Match | None, int]:
        """What the longest name that begins here means, and its number of words; one word where there is none."""
        for length in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
            part = tokens[at : at + length]
            is_idle = length == 1 and part[0] in self._idle
            if not is_idle and (match := self._known(part)):
                return match, length
        return None, 1

    def _said(self, tokens: Tokens) -> Match | None:
        """What the words of a sentence say together (`deploying our models to production`), where it is one thing."""
        if not 2 <= len(tokens) <= _LONGEST_SENTENCE:
            return None
        places: dict[Tokens, int] = {}
        for length in (1, 2, 3):
            for at in range(len(tokens) - length + 1):
                places.setdefault(tokens[at : at + length], at)
        found = [(c, order) for c, groups in self._sentences if (order := _order_of(groups, places))]
        if len({c.id for c, _ in found}) > 1 and not _AND & set(tokens):
            # The first word says what is done, the next thing to what: `lead the technical direction of a team`.
            nearest = min(order for _, order in found)
            found = [(c, order) for c, order in found if order == nearest] if nearest[0] == 0 else found
        candidates = {c.id: c for c, _ in found}
        if len(candidates) == 1:
            return accepted(*next(iter(candidates.values()))[::2], score=_SAID)
        return asked((c._replace(score=75) for c in candidates.values()), "it says several things") if found else None

    def _read_sentences(self, entries: Mapping[str, list[str]]) -> Iterator[tuple[Candidate, list[frozenset[Tokens]]]]:
        for name, patterns in entries.items():
            known = self._names.exact(self._fold(name))
            for pattern in patterns if len(known) == 1 else ():
                yield known[0], [frozenset(map(self._fold, group.split("/"))) for group in pattern.split("+")]

    def _is_wish(self, said: Tokens) -> bool:
        """Whether the text is about what someone lacks or wants."""
        return bool(self._not_held & set(said)) or said[:1] in self._wishing

    def _uncertain(self, tokens: Tokens) -> Match:
        """A slip of the keyboard, or a question where a name of the model stands among other words."""
        if not tokens:
            return NOTHING
        slips = self._names.typed_wrong(tokens)
        if len({slip.id for slip in slips}) == 1:
            return accepted(slips[0].id, slips[0].why, slips[0].score)
        if found := self._said(tokens) or self._narrower(tokens) or self._respelled(tokens) or self._alone(tokens):
            return found
        within = [c for c in self._names.within(tokens, 1) if len(self._fold(c.why)) > 1 or self._is_telling(c)]
        return asked([*slips, *(c for c in within if c.score >= ASK_FROM)], "the model has something near to it")

    def _narrower(self, tokens: Tokens) -> Match | None:
        """A name with words before it that say of which sort: `hidden technical debt` is technical debt."""
        end = len(tokens)
        while end and (tokens[end - 1] in self._idle or is_version(tokens[end - 1])):
            end -= 1
        for last in {len(tokens), end}:
            for at in range(1, min(_MOST_BEFORE, last - 1) + 1):
                before, name = tokens[:at], tokens[at:last]
                if set(before) & (self._elsewhere | self._linking | self._not_held):
                    break
                match = self._known(name) if self._is_telling_name(name) else None
                if match and match.is_accepted and not self._names_other(before, match.id):
                    return accepted(match.id, match.candidates[0].why, _NARROWER)
                if match:
                    return None
        return None

    def _alone(self, tokens: Tokens) -> Match | None:
        """The one competency that a text names before what joins something to it: `ROI tracking`, `webhooks to ERP`."""
        if set(tokens) & (self._elsewhere | self._not_held | self._on_things - self._idle):
            return None
        end = next((at for at, word in enumerate(tokens) if word in self._linking), len(tokens))
        found, unknown = self._names_in(tokens[:end])
        strange = [word for word in tokens[end:] if not self._is_known(word)]
        if not found or unknown > _MOST_UNKNOWN or len(strange) > _MOST_JOINED:
            return None
        if len({match.id for match in found}) > 1 or not all(match.is_accepted for match in found):
            return None
        return accepted(found[0].id, found[0].candidates[0].why, _NARROWER)

    def _names_in(self, tokens: Tokens) -> tuple[list[Match], int]:
        """The telling names in a text, and how many of its other words say something."""
        found: list[Match] = []
        unknown = at = 0
        while at < len(tokens):
            match, length = self._name_at(tokens, at)
            if match and self._is_telling_name(tokens[at : at + length]):
                found.append(match)
            elif match or tokens[at] not in self._idle:
                unknown += 1
            at += length
        return found, unknown

    def _is_known(self, word: str) -> bool:
        return word in self._idle | self._linking or bool((match := self._known((word,))) and match.is_accepted)

    def _is_telling_name(self, name: Tokens) -> bool:
        """Whether it is enough of a name to mean the same behind other words; a single word has to be a product's."""
        if len(name) == 1:
            return name in self._products and name[0] not in self._homonyms
        return not set(name) <= self._idle | self._modifiers

    def _names_other(self, tokens: Tokens, id: str) -> bool:
        """Whether one of the words is by itself the name of another competency."""
        found = (self._known((word,)) for word in tokens if word not in self._idle)
        return any(match.is_accepted and match.id != id for match in found if match)

    def _respelled(self, tokens: Tokens) -> Match | None:
        """The same with slips of the keyboard in words that no name has put right: `cloud computing aws cluod`."""
        put_right = self._names.put_right(tokens, self._idle) if len(tokens) > 1 else tokens
        if put_right == tokens or set(put_right) - self._idle <= self._homonyms:
            return None
        found = [whole] if (whole := self._plain(put_right)) else self._spelled_out(put_right)
        if len(found) == 1 and found[0].is_accepted:
            return accepted(found[0].id, found[0].candidates[0].why, _RESPELLED)
        return None

    def _is_changed_by(self, note: str, base: str, match: Match) -> bool:
        """Whether a note in brackets may say that the text before it is of another trade."""
        if self._elsewhere & set(words(note)):
            return True
        return (self._is_homonym(base) or match.score == _NARROWER) and self._is_strange(note)

    def _is_strange(self, note: str) -> bool:
        """Whether a note in brackets has words of another trade, or none of ours."""
        tokens = self._fold(note)
        telling = [word for word in tokens if not is_version(word) and word not in self._idle]
        if set(tokens) & (self._elsewhere | self._on_things - self._idle):
            return True
        is_ours = any(part.match.is_accepted or part.match.is_asked for part in self._parts(note))
        return bool(telling) and not is_ours

    def _is_homonym(self, text: str) -> bool:
        tokens = tuple(word for word in self._fold(text) if word not in self._fillers)
        return bool(tokens) and (set(tokens) <= self._homonyms or "".join(tokens) in self._homonyms)

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
                tuple(word for word in tokens if word not in self._kinds),
            ):
                if self._is_new_name(short, tokens):
                    self._names.add(id, name, short)

    def _add_usual_names(self) -> None:
        """What people write for the names of this model; what the model has itself keeps its own meaning."""
        meant = {name: self._names.exact(self._fold(name)) for name in usual_skills()}
        for name, texts in usual_skills().items():
            if meant[name]:
                new = {t: text for t, text in texts.items() if t not in self._umbrella and t not in self._names}
                for candidate in meant[name]:
                    self._names.add_all(candidate.id, new)


def _order_of(groups: list[frozenset[Tokens]], places: Mapping[Tokens, int]) -> tuple[int, int] | None:
    """Where a sentence says what is done and what it is done to; nothing where a group of its words is missing.

    What is done stands first: `stream processing` is a name, not a sentence.
    """
    found: list[int] = []
    for group in groups:
        at = min((places[part] for part in group if part in places), default=-1)
        if at < 0 or (found and at < found[0]):
            return None
        found.append(at)
    return (found[0], min(found[1:], default=found[0]))


def _is_among(word: str, others: Tokens) -> bool:
    """Whether the word is there, its ending aside (`test`, `testing`)."""
    stem = word[: max(_STEM, len(word) - 3)]
    return any(other == word or (len(word) >= _STEM and other.startswith(stem)) for other in others)


def _are_company(parts: list[SkillMatch]) -> bool:
    """Whether two of them are products by their names and capitals, one more than a letter: `C#, Java, Go`."""
    names = [part.text.strip() for part in parts if part.match.is_accepted and part.text.strip()[:1].isupper()]
    return len(names) >= _COMPANY and all(len(name) > 1 for name in names)


def _has_capital(text: str) -> bool:
    """Whether a word in it is written as names are."""
    return any(word[:1].isupper() for word in text.split())


def _within(text: str) -> Iterator[str]:
    """What stands in brackets."""
    for round, square in _PARENTHESIS.findall(text):
        yield round or square


def _all_names(framework: Framework) -> list[tuple[str, str]]:
    """(competency, each of its names), an abbreviation in brackets being a name of its own."""
    pairs: list[tuple[str, str]] = []
    for c in framework.competencies:
        for name in (c.name, *c.aliases):
            pairs.append((c.id, name))
            for inner in _within(name):
                pairs.append((c.id, _PARENTHESIS.sub(" ", name).strip()))
                if not _LANGUAGE_NOTE.search(inner):
                    pairs.append((c.id, inner))
    return pairs


def _is_product(name: str) -> bool:
    """Whether a single word is written as a product's name (`Kubernetes`, `spaCy`) and long enough to tell."""
    return len(name) >= 5 and name != name.lower()
