"""What an advert asks and leaves out, as values: each with the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.matching.openings import Opening
from tracker.matching.studies import Study


class Sense(StrEnum):
    """What a clause is to the person who applies."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    NEGATED = "negated"
    BENEFIT = "benefit"
    BOAST = "boast"
    DUTY = "duty"
    ASIDE = "aside"  # how to apply, other jobs, or nothing that says what it is

    @property
    def is_asked(self) -> bool:
        return self in (Sense.REQUIRED, Sense.PREFERRED)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the advert, and the line that it begins on (from 1)."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """One competency that is asked, or several of which one is enough. `alternatives`: names that each meet it."""

    quote: Quote
    strength: str
    competencies: tuple[str, ...]
    level: int | None = None
    alternatives: tuple[str, ...] = ()
    name: str = ""  # the words that it was found by


@dataclass(frozen=True, slots=True)
class Years:
    quote: Quote
    strength: str
    least: float
    of: str


@dataclass(frozen=True, slots=True)
class DegreeAsked:
    quote: Quote
    strength: str
    study: Study


@dataclass(frozen=True, slots=True)
class Question:
    """Words that may mean several competencies: for the person to say."""

    quote: Quote
    strength: str
    text: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Competencies that the sentence names without asking for them."""

    quote: Quote
    sense: str
    why: str
    competencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advert:
    opening: Opening
    requirements: tuple[Requirement, ...] = ()
    years: tuple[Years, ...] = ()
    degrees: tuple[DegreeAsked, ...] = ()
    questions: tuple[Question, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def negated(self) -> tuple[str, ...]:
        """Competencies that are said not to be needed and that no other sentence asks for."""
        asked = {id for r in self.requirements for id in r.competencies}
        named = (id for left in self.left_out if left.sense == Sense.NEGATED for id in left.competencies)
        return tuple(dict.fromkeys(id for id in named if id not in asked))
