"""Names of the framework's things, looked up by comparable words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tracker.matching.match import ASK_FROM, Candidate
from tracker.matching.text import is_typo, root
from tracker.matching.words import Tokens

_TYPO_RATIO = 85
_LITTLE = frozenset(["a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "with"])
_LONG_ENOUGH = 5  # letters of a word that may be mistyped
_TURNED = 95
_FEWEST_ROOTS = 2
_WITHIN = 25  # what a name that is nearly the whole text scores above the least that is asked


class _Lookup(NamedTuple):
    """Built when asked: names without blanks, with one between words by first letter and number of words, by their
    roots; and their words by first letter."""

    closed: dict[str, Tokens]
    joined: dict[tuple[str, int], list[str]]
    turned: dict[Tokens, list[Tokens]]
    words: dict[str, set[str]]


class Names:
    """Which ids are called what. `fold` turns a text into the words that are compared."""

    def __init__(self, pairs: Iterable[tuple[str, str]], fold: Callable[[str], Tokens]) -> None:
        self.fold = fold
        self._ids: dict[Tokens, tuple[tuple[str, str], ...]] = {}  # (id, name) of each: many thousand
        for id, name in pairs:
            self.add(id, name, fold(name))
        self._known: _Lookup | None = None

    def add(self, id: str, name: str, tokens: Tokens) -> None:
        """One more name; that by which an id was called first with these words stands."""
        if tokens:
            called = self._ids.get(tokens, ())
            if all(id != other for other, _ in called):
                self._ids[tokens] = (*called, (id, name))
            self._known = None

    def add_all(self, id: str, names: Mapping[Tokens, str]) -> None:
        """Many names of one id, by their comparable words."""
        for tokens, name in names.items():
            self.add(id, name, tokens)

    def __contains__(self, tokens: Tokens) -> bool:
        return tokens in self._ids

    def exact(self, tokens: Tokens) -> list[Candidate]:
        """Who is called exactly that, blanks aside (`ML Ops`, `MLOps`)."""
        found = self._ids.get(tokens) or self._ids.get(self._lookup().closed.get("".join(tokens), ()), ())
        return [Candidate(id, 100, name) for id, name in sorted(found)]

    def typed_wrong(self, tokens: Tokens) -> list[Candidate]:
        """Who is called that but for slips of the keyboard."""
        text = " ".join(tokens)
        found: list[Candidate] = []
        for joined, score, _ in process.extract(
            text, self._lookup().joined.get(_shelf(tokens), ()), scorer=fuzz.ratio, score_cutoff=_TYPO_RATIO, limit=5
        ):
            called = tuple(joined.split())
            if is_typo(tokens, called) and not self._has_other_words(tokens, called):
                found += [Candidate(id, round(score), name) for id, name in sorted(self._ids[called])]
        return found

    def turned_round(self, tokens: Tokens) -> list[Candidate]:
        """Who is called the same in another order or form: `monitoring of models`, `deployed a model`."""
        roots = _roots_of(tokens)
        found: dict[str, Candidate] = {}
        for called in self._lookup().turned.get(roots, ()):
            for id, name in self._ids[called]:
                found.setdefault(id, Candidate(id, _TURNED, name))
        return sorted(found.values())

    def _has_other_words(self, tokens: Tokens, called: Tokens) -> bool:
        """Whether a word that the name has otherwise is one of its own: `tracking` is no slip of `tracing`."""
        words = self._lookup().words
        return any(
            mine != theirs and mine in words.get(mine[:1], ()) for mine, theirs in zip(tokens, called, strict=True)
        )

    def put_right(self, tokens: Tokens, known: Collection[str]) -> Tokens:
        """The words; one that no name has, nor `known`, put right where a single word of the names is a slip away."""
        return tuple(word if word in known else self._word_put_right(word) for word in tokens)

    def _word_put_right(self, word: str) -> str:
        words = self._lookup().words
        if len(word) < _LONG_ENOUGH or word in words.get(word[0], ()):
            return word
        near = process.extract(word, words.get(word[0], ()), scorer=OSA.distance, score_cutoff=1, limit=None)
        slips = [other for other, _, _ in near if is_typo((word, ""), (other, ""))]
        return slips[0] if len(slips) == 1 else word

    def within(self, tokens: Tokens, fewest_words: int) -> list[Candidate]:
        """Whose name stands in the text, among other words; the longer the part, the nearer."""
        found: list[Candidate] = []
        for length in range(fewest_words, len(tokens)):
            score = ASK_FROM + round(_WITHIN * length / len(tokens))
            for at in range(len(tokens) - length + 1):
                ids = self._ids.get(tokens[at : at + length], ())
                found += [Candidate(id, score, name) for id, name in ids]
        return found

    def overlapping(self, tokens: Tokens, fewest: int) -> list[Candidate]:
        """Whose name has the most words in common with the text, from a score of `fewest`."""
        text = " ".join(tokens)
        found: list[Candidate] = []
        for called, ids in self._ids.items():
            score = round(fuzz.token_sort_ratio(text, " ".join(called)))
            if score >= fewest:
                found += [Candidate(id, min(score, 84), name) for id, name in ids]
        return found

    def _lookup(self) -> _Lookup:
        if self._known is None:
            closed = {"".join(tokens): tokens for tokens in reversed(list(self._ids))}
            joined: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
            turned: defaultdict[Tokens, list[Tokens]] = defaultdict(list)
            by_letter: defaultdict[str, set[str]] = defaultdict(set)
            for tokens in self._ids:
                joined[_shelf(tokens)].append(" ".join(tokens))
                for word in tokens:
                    by_letter[word[0]].add(word)
                if len(roots := _roots_of(tokens)) >= _FEWEST_ROOTS:
                    turned[roots].append(tokens)
            self._known = _Lookup(closed, dict(joined), dict(turned), dict(by_letter))
        return self._known


def _shelf(tokens: Tokens) -> tuple[str, int]:
    """A slip of the keyboard (`is_typo`) changes neither the first letter nor the number of words."""
    return (tokens[0][:1] if tokens else "", len(tokens))


def _roots_of(tokens: Tokens) -> Tokens:
    """The roots of the words in an order of their own, so that it does not matter in which they stand."""
    return tuple(sorted({root(word) for word in tokens if word not in _LITTLE}))
