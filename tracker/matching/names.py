"""Names of the framework's things, looked up by comparable words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz, process

from tracker.matching.match import Candidate
from tracker.matching.text import contains, is_typo
from tracker.matching.words import Tokens

_TYPO_RATIO = 85


class Names:
    """Which ids are called what. `fold` turns a text into the words that are compared."""

    def __init__(self, pairs: Iterable[tuple[str, str]], fold: Callable[[str], Tokens]) -> None:
        self.fold = fold
        self._ids: defaultdict[Tokens, dict[str, str]] = defaultdict(dict)
        for id, name in pairs:
            self.add(id, name, fold(name))
        self._closed: dict[str, Tokens] | None = None

    def add(self, id: str, name: str, tokens: Tokens) -> None:
        if tokens:
            self._ids[tokens].setdefault(id, name)
            self._closed = None

    def __contains__(self, tokens: Tokens) -> bool:
        return tokens in self._ids

    def exact(self, tokens: Tokens) -> list[Candidate]:
        """Who is called exactly that, blanks aside (`ML Ops`, `MLOps`)."""
        found = self._ids.get(tokens) or self._ids.get(self._by_closed().get("".join(tokens), ()), {})
        return [Candidate(id, 100, name) for id, name in sorted(found.items())]

    def typed_wrong(self, tokens: Tokens) -> list[Candidate]:
        """Who is called that but for slips of the keyboard."""
        text = " ".join(tokens)
        found: list[Candidate] = []
        keys = list(self._by_closed().values())
        for joined, score, index in process.extract(
            text, [" ".join(k) for k in keys], scorer=fuzz.ratio, score_cutoff=_TYPO_RATIO, limit=5
        ):
            if is_typo(tokens, tuple(joined.split())):
                found += [Candidate(id, round(score), name) for id, name in sorted(self._ids[keys[index]].items())]
        return found

    def within(self, tokens: Tokens, fewest_words: int) -> list[Candidate]:
        """Whose name stands in the text, among other words; the longer the part, the nearer."""
        found: list[Candidate] = []
        for called, ids in self._ids.items():
            if fewest_words <= len(called) < len(tokens) and contains(tokens, called):
                score = 60 + round(25 * len(called) / len(tokens))
                found += [Candidate(id, score, name) for id, name in ids.items()]
        return found

    def overlapping(self, tokens: Tokens, fewest: int) -> list[Candidate]:
        """Whose name has the most words in common with the text, from a score of `fewest`."""
        text = " ".join(tokens)
        found: list[Candidate] = []
        for called, ids in self._ids.items():
            score = round(fuzz.token_sort_ratio(text, " ".join(called)))
            if score >= fewest:
                found += [Candidate(id, min(score, 84), name) for id, name in ids.items()]
        return found

    def _by_closed(self) -> dict[str, Tokens]:
        if self._closed is None:
            self._closed = {"".join(tokens): tokens for tokens in reversed(list(self._ids))}
        return self._closed
