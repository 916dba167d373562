"""Names of studies -> the framework's fields of study."""

from __future__ import annotations

import re

from tracker.engine.framework import Framework
from tracker.interchange.degree_words import without_level
from tracker.matching.match import NOTHING, Candidate, Match, accepted, asked
from tracker.matching.names import Names
from tracker.matching.text import expand, words
from tracker.matching.words import Tokens, table, trade_words, word_set

_PARENTHESIS = re.compile(r"\(([^()]*)\)?")
_SEVERAL = re.compile(r"\s*[,;/+&]\s*|\s+(?:and|und|et|y|with|mit)\s+", re.IGNORECASE)
# "of Science in", "of Engineering, " and the like: how the degree is called, not its field.
_KIND = re.compile(
    r"^\W*(?:s\W+)?(?:degree\W+)?(?:of|en)\W+(?:applied\s+)?(?:science|sciences|arts|ciencias|engineering|technology|"
    r"philosophy|commerce|business administration)\b\W*(?:\(?hon(?:our)?s\)?|degree)?\W*"
    r"(?:\bin\b|\bof\b|\ben\b|,|-|:|$)\W*",
    re.IGNORECASE,
)
_AROUND = word_set(
    "of in en de des di the a degree hon hons honour honours with programme program studies study major integrated "
    "double first class expected candidate cand year incomplete diploma s d cum laude dipl ing fh"
)
_AND = frozenset(("and", "und", "et", "y", "e"))
# A degree in teaching a subject is not a degree in the subject.
_TEACHING = re.compile(r"\b[bm]\.? ?ed\b|\beducation\b|\blehramt|\bteaching\b|\bphilosophy of\b", re.IGNORECASE)
_LONGEST = 200


class Fields:
    def __init__(self, framework: Framework) -> None:
        data = trade_words()["fields"]
        self._abbreviations = table(data["abbreviations"])
        self._names = Names(((r.id, name) for r in framework.evidence.degrees for name in r.names), self._fold)
        self._usual = {self._fold(str(text)): self._fold(str(usual)) for text, usual in data["synonyms"].items()}

    def match(self, text: str) -> Match:
        """The field of study that the text names, a degree's name around it set aside."""
        text = text[:_LONGEST]
        base = _PARENTHESIS.sub(" ", text)
        stripped = _KIND.sub("", without_level(base))
        for candidate in (base, stripped):
            if found := self._named(self._trimmed(candidate)):
                return self._unless_teaching(text, found)
        if not self._trimmed(stripped):
            return self._within_brackets(text)
        return self._several(stripped) or self._uncertain(self._trimmed(stripped))

    def _unless_teaching(self, text: str, found: Candidate) -> Match:
        if _TEACHING.search(text) and not re.search(r"\bdoctor of philosophy\b", text, re.IGNORECASE):
            return asked([found._replace(score=75)], "the words beside it may change what it is")
        return accepted(found.id, found.why)

    def _named(self, tokens: Tokens) -> Candidate | None:
        usual = self._usual.get(tokens, tokens)
        found = self._names.exact(usual) if usual else []
        return found[0] if len(found) == 1 else None

    def _within_brackets(self, text: str) -> Match:
        """`B.Com (Finance)`: the field is all that the brackets hold."""
        for inner in _PARENTHESIS.findall(text):
            if found := self._named(self._trimmed(inner)):
                return accepted(found.id, found.why)
        return NOTHING

    def _several(self, text: str) -> Match | None:
        """Of two fields the first is taken if both are known; one that is not known makes it a question."""
        parts = [part for part in _SEVERAL.split(text) if part.strip()]
        found = [self._named(self._trimmed(part)) for part in parts]
        known = [candidate for candidate in found if candidate]
        if len(parts) < 2 or not known:
            return None
        if len(known) == len(parts):
            return accepted(known[0].id, known[0].why, 95, known[1:])
        return asked([c._replace(score=75) for c in known], "it names more than one field")

    def _uncertain(self, tokens: Tokens) -> Match:
        slips = self._names.typed_wrong(tokens)
        if len({slip.id for slip in slips}) == 1:
            return accepted(slips[0].id, slips[0].why, slips[0].score)
        return asked([*slips, *self._names.within(tokens, 1)], "the words beside it may change what it is")

    def _trimmed(self, text: str) -> Tokens:
        tokens = list(self._fold(text))
        while tokens and (tokens[0] in _AROUND or tokens[0].isdigit()):
            tokens.pop(0)
        while tokens and (tokens[-1] in _AROUND or tokens[-1].isdigit()):
            tokens.pop()
        return tuple(tokens)

    def _fold(self, text: str) -> Tokens:
        return tuple(word for word in expand(words(text), self._abbreviations) if word not in _AND)
