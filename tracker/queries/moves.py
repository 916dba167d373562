"""The next roles of one person: what each closes beside courses, and the levels that it would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.engine.framework import Framework, Stage
from tracker.engine.moves import Move, levels_after, moves
from tracker.queries.person import Person
from tracker.queries.profile import read_profile

SHOWN = 4


@dataclass(frozen=True, slots=True)
class MovesList:
    """The best few and the rest, for the stage; `framework` names what they close."""

    framework: Framework
    stage: Stage
    best: tuple[Move, ...]
    others: tuple[Move, ...]


def read_moves(person: Person, stage: str = "") -> MovesList:
    """The moves for a stage, the one in focus by default; reads the profile."""
    chosen = stage or person.focus.id
    snapshot, profile = person.snapshot, read_profile(person.user.pk, person.framework)
    found = moves(person.framework, profile, snapshot.held, chosen, as_of=snapshot.as_of)
    return MovesList(person.framework, person.framework.stage[chosen], found[:SHOWN], found[SHOWN:])


def levels_after_move(person: Person, family: str) -> Mapping[str, int]:
    """Competency -> level if the next role were of that family and held for two years: a plan can start from there.

    Raises KeyError for a family that the framework has no rule for.
    """
    snapshot, profile = person.snapshot, read_profile(person.user.pk, person.framework)
    return levels_after(person.framework, profile, snapshot.held, family, as_of=snapshot.as_of)
