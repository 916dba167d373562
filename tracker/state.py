"""A person's state as a value, and as the JSON in which it is kept with every write.

`Snapshot` is what pages read: the engine's levels without their evidence, the milestones, and which resources are
finished, started, dismissed. The grounds (evidence and claims) stand apart, so that only what needs them reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from tracker.engine.evidence import Evidence
from tracker.engine.framework import Basis, Framework
from tracker.engine.gaps import readiness, stage_reached
from tracker.engine.levels import Grounds, Level
from tracker.engine.milestones import MilestoneStatus
from tracker.engine.profile import Claim
from tracker.engine.weeks import due, number_of_week

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marks:
    """Resource ids by what the person did with them, and the competencies waived."""

    finished: frozenset[str] = frozenset()
    started: frozenset[str] = frozenset()
    dismissed: frozenset[str] = frozenset()
    waived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StepAhead:
    """An open step of the plan under way: its resource, the plan's weeks from and to, and its points."""

    resource: str
    week: int
    last_week: int
    points: int


@dataclass(frozen=True, slots=True)
class PlanAhead:
    """The next open steps of the plan under way. Its weeks count from Monday `begin`; those `off` are passed over."""

    stage: str
    begin: date
    off: frozenset[date]
    steps: tuple[StepAhead, ...]

    def due(self, today: date) -> tuple[StepAhead, ...]:
        """What this week's hours are for, and what is late; the next step where nothing else is."""
        return due(self.steps, number_of_week(self.begin, today, self.off), lambda step: step.week)


@dataclass(frozen=True)
class Snapshot:
    """What follows from it is worked out once: a page asks for the stage in focus and the levels held many times.

    `recent`: hours of the week and weeks off, see `tracker.queries.pace`.
    """

    framework: Framework
    as_of: date
    levels: Mapping[str, Level]
    milestones: tuple[MilestoneStatus, ...]
    marks: Marks
    plan: PlanAhead | None = None
    recent: Json = field(default_factory=lambda: {"spent": [], "weeks_off": []})

    @cached_property
    def held(self) -> dict[str, int]:
        """Competency -> level, as the recommendations need it."""
        return {c: level.level for c, level in self.levels.items()}

    @cached_property
    def met(self) -> frozenset[str]:
        return frozenset(s.milestone.id for s in self.milestones if s.met)

    @cached_property
    def stage_reached(self) -> str | None:
        return stage_reached(self.framework, self.levels, self.met)

    @cached_property
    def next_stage(self) -> str:
        """The first stage after the one reached; the last once all are."""
        reached = self.stage_reached
        position = -1 if reached is None else self.framework.stage_order[reached]
        return self.framework.stages[min(position + 1, len(self.framework.stages) - 1)].id

    def readiness(self) -> dict[str, list[float]]:
        """Stage -> [claimed, backed], fractions in [0, 1]: what an event keeps."""
        found = {s.id: readiness(self.framework, self.levels, s.id) for s in self.framework.stages}
        return {stage: [r.claimed, r.backed] for stage, r in found.items()}


def levels_to_json(levels: Mapping[str, Level]) -> Json:
    """Only competencies of which something is known."""
    return {
        c: [
            level.level,
            level.evidenced,
            level.claim,
            level.standing,
            level.practice,
            _day_to_json(level.newest),
            int(level.is_stale),
        ]
        for c, level in levels.items()
        if level.level or level.evidenced or level.claim is not None
    }


def levels_from_json(framework: Framework, kept: Json) -> dict[str, Level]:
    """Every competency of the framework; those not kept are at level 0."""
    return {c.id: _level_from_json(c.id, kept.get(c.id)) for c in framework.competencies}


def _level_from_json(competency: str, kept: list[Any] | None) -> Level:
    if kept is None:
        return _nothing(competency)
    level, evidenced, claim, standing, practice, newest, is_stale = kept
    return Level(
        competency,
        level,
        evidenced,
        claim,
        standing=Basis(standing) if standing else None,
        practice=practice,
        newest=_day_from_json(newest),
        is_stale=bool(is_stale),
    )


@lru_cache(maxsize=8192)
def _nothing(competency: str) -> Level:
    return Level(competency, 0, 0)


def grounds_to_json(grounds: Grounds) -> Json:
    """Evidence with what its items share written once; claims; confirmed offers."""
    items: dict[tuple[Any, ...], int] = {}

    def item_number(e: Evidence) -> int:
        shared = (e.item, e.rule, int(e.basis), _day_to_json(e.on), _day_to_json(e.until), e.logged, e.remark)
        return items.setdefault(shared, len(items))

    evidence = {c: [[item_number(e), e.level, e.uncapped] for e in entries] for c, entries in grounds.evidence.items()}
    return {
        "items": [list(item) for item in items],
        "evidence": evidence,
        **claims_to_json(grounds),
    }


def claims_to_json(grounds: Grounds) -> Json:
    """The part of the grounds that a tick changes."""
    return {
        "claims": {c: claim_to_json(claim) for c, claim in grounds.claims.items()},
        "confirmed": dict(grounds.confirmed),
    }


class _KeptEvidence(Mapping[str, tuple[Evidence, ...]]):
    """Evidence as it is kept, made out at each look: a tick looks at that of a few competencies."""

    def __init__(self, items: Sequence[list[Any]], entries: Mapping[str, list[list[int]]]) -> None:
        self._items = items
        self._entries = entries

    def __getitem__(self, competency: str) -> tuple[Evidence, ...]:
        return tuple(self._entry(competency, *entry) for entry in self._entries[competency])

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def _entry(self, competency: str, number: int, level: int, uncapped: int) -> Evidence:
        item, rule, basis, on, until, logged, remark = self._items[number]
        days = _day_from_json(on), _day_from_json(until)
        return Evidence(competency, item, rule, Basis(basis), level, uncapped, *days, logged, remark)


def grounds_from_json(kept: Json) -> Grounds:
    return Grounds(
        evidence=_KeptEvidence(kept["items"], kept["evidence"]),
        claims={c: Claim(level, _day_from_json(on), logged) for c, (level, on, logged) in kept["claims"].items()},
        confirmed=kept["confirmed"],
    )


def claim_to_json(claim: Claim) -> list[Any]:
    return [claim.level, _day_to_json(claim.on), claim.logged]


def path_to_json(snapshot: Snapshot) -> Json:
    """All of the state but the levels."""
    marks, plan = snapshot.marks, snapshot.plan
    return {
        "milestones": {
            s.milestone.id: [int(s.met), list(s.evidence), int(s.by_word), _day_to_json(s.on)]
            for s in snapshot.milestones
        },
        "finished": sorted(marks.finished),
        "started": sorted(marks.started),
        "dismissed": sorted(marks.dismissed),
        "waived": sorted(marks.waived),
        "plan": _plan_to_json(plan) if plan else None,
        "recent": snapshot.recent,
    }


def _plan_to_json(plan: PlanAhead) -> list[Any]:
    steps = [[s.resource, s.week, s.last_week, s.points] for s in plan.steps]
    return [plan.stage, plan.begin.isoformat(), sorted(day.isoformat() for day in plan.off), steps]


def plan_from_json(kept: Json) -> PlanAhead | None:
    if not kept.get("plan"):
        return None
    stage, begin, off, steps = kept["plan"]
    return PlanAhead(
        stage, date.fromisoformat(begin), frozenset(map(date.fromisoformat, off)), tuple(StepAhead(*s) for s in steps)
    )


def marks_from_json(kept: Json) -> Marks:
    return Marks(
        frozenset(kept["finished"]),
        frozenset(kept["started"]),
        frozenset(kept["dismissed"]),
        frozenset(kept["waived"]),
    )


def milestones_from_json(framework: Framework, kept: Json) -> tuple[MilestoneStatus, ...]:
    nothing = [0, [], 0, None]
    rows = ((m, kept["milestones"].get(m.id, nothing)) for m in framework.milestones)
    return tuple(
        MilestoneStatus(m, bool(met), tuple(evidence), bool(by_word), _day_from_json(on))
        for m, (met, evidence, by_word, on) in rows
    )


def _day_to_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_from_json(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
