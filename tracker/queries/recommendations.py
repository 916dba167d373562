"""The shelves of what to do next, kept with the person's state and filled at their first read.

A sequence depends on the state's revision, release and month and on the stage: the state row is emptied of its
sequences by each write, so what is found there holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tracker.engine.framework import Course, Framework
from tracker.engine.gaps import open_musts
from tracker.engine.recommend import Closing, Rank, Step, sequence
from tracker.queries.kept import Kept
from tracker.queries.person import Person

QUICK_WINS, MUSTS, BIG_STEPS = "quick", "musts", "big"
SHELVES = (QUICK_WINS, MUSTS, BIG_STEPS)
BIG_STEP_HOURS = 80  # a big step is the largest gain within two working weeks
KEPT_STEPS = 20


def read_shelf(person: Person, kept: Kept, shelf: str, stage: str = "", limit: int | None = None) -> tuple[Step, ...]:
    """The first steps of one shelf, out of what is kept; the caller saves what was not yet."""
    stage = stage or person.focus.id
    steps = kept.get(f"{stage}:{shelf}", lambda: _to_json(compute_shelf(person, shelf, stage)))
    return tuple(_from_json(person.framework, stage, steps[:limit]))


def compute_shelf(person: Person, shelf: str, stage: str) -> tuple[Step, ...]:
    """One shelf, scored anew."""
    framework, held = person.framework, person.snapshot.held
    courses = offered_courses(person)
    if shelf == MUSTS:
        musts = open_musts(framework, person.snapshot.levels, stage)
        return sequence(framework, held, stage, courses=courses, wanted=musts, limit=KEPT_STEPS)
    if shelf == BIG_STEPS:
        short = [c for c in courses if c.resource.hours <= BIG_STEP_HOURS]
        return sequence(framework, held, stage, courses=short, rank=Rank.GAIN, limit=KEPT_STEPS)
    return sequence(framework, held, stage, courses=courses, limit=KEPT_STEPS)


def offered_courses(person: Person) -> list[Course]:
    """The framework's courses less what the person finished or put aside."""
    marks = person.snapshot.marks
    left_out = marks.finished | marks.dismissed
    return [c for c in person.framework.courses if c.resource.id not in left_out]


def _to_json(steps: Iterable[Step]) -> list[Any]:
    return [
        [s.resource.id, s.points, [[c.competency, c.start, c.reached] for c in s.closes], list(s.rests_on)]
        for s in steps
    ]


def _from_json(framework: Framework, stage: str, kept: list[Any]) -> Iterator[Step]:
    for resource, points, closes, rests_on in kept:
        yield Step(
            framework.resource[resource],
            points,
            framework.totals[stage],
            tuple(Closing(*c) for c in closes),
            tuple(rests_on),
        )
