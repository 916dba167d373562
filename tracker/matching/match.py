"""The answer to "which of the framework's ids does this text mean?"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

EXACT = 100
ASK_FROM = 60
_MOST_CANDIDATES = 5


class Kind(StrEnum):
    ACCEPTED = "accepted"
    ASK = "ask"
    NONE = "none"


class Candidate(NamedTuple):
    """An id that the text may mean, how near it is (0-100) and the name that it was found by."""

    id: str
    score: int
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """`id` and `score` are of the accepted one; candidates are best first; `reason` is for a person to read."""

    kind: Kind = Kind.NONE
    id: str = ""
    score: int = 0
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""

    @property
    def is_accepted(self) -> bool:
        return self.kind is Kind.ACCEPTED

    @property
    def is_asked(self) -> bool:
        return self.kind is Kind.ASK


NOTHING = Match(reason="nothing in the model is called that")


def accepted(id: str, name: str, score: int = EXACT, others: Iterable[Candidate] = ()) -> Match:
    candidate = Candidate(id, score, name)
    also = [other for other in others if other.id != id]
    reason = f"is called {name}" if score == EXACT else f"is near to {name}"
    return Match(Kind.ACCEPTED, id, score, (candidate, *also)[:_MOST_CANDIDATES], reason)


def asked(candidates: Iterable[Candidate], reason: str) -> Match:
    """A question with the best candidates, or nothing where there is none to offer."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        known = best.get(candidate.id)
        if known is None or candidate.score > known.score:
            best[candidate.id] = candidate
    ranked = sorted(best.values(), key=lambda c: (-c.score, c.id))[:_MOST_CANDIDATES]
    return Match(Kind.ASK, candidates=tuple(ranked), reason=reason) if ranked else NOTHING
