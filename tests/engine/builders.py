"""The smallest valid objects: name what the test is about, the rest takes care of itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from tracker.engine.framework import (
    Area,
    Competency,
    EvidenceRules,
    Framework,
    Prerequisite,
    Resource,
    Stage,
    Teaching,
)
from tracker.engine.levels import Level, levels
from tracker.engine.profile import Accept, Profile

AS_OF = date(2026, 1, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def competency(id: str, *, target: int = 0, area: str = "core", weight: int = 1, **more: object) -> Competency:
    """`target` is what the stage named `goal` asks."""
    targets = more.pop("targets", {"goal": target})
    return Competency(id=id, name=id, area=area, weight=weight, targets=targets, **more)  # type: ignore[arg-type]


def needs(id: str, level: int, other: str, needed: int) -> tuple[Prerequisite, ...]:
    """The prerequisites of a competency: `level` in it needs `needed` in another."""
    return (Prerequisite(id, level, other, needed),)


def stage(id: str = "goal", *, pass_mark: str = "1", musts: tuple[str, ...] = ()) -> Stage:
    return Stage(id, id, Fraction(pass_mark), musts)


def course(id: str, *taught: tuple[str, int, int], hours: str = "10", **more: object) -> Resource:
    """A resource that teaches (competency, from, to)."""
    teaches = tuple(Teaching(*row) for row in taught)
    return Resource(id=id, title=id, kind="course", hours=Fraction(hours), teaches=teaches, **more)  # type: ignore[arg-type]


def framework(*competencies: Competency, evidence: EvidenceRules | None = None, **more: object) -> Framework:
    """One area `core` and one stage `goal`, unless said otherwise; a competency `python` if none is given."""
    defaults: dict[str, object] = {"stages": (stage(),), "areas": (Area("core", "Core"),)}
    return Framework(
        id="test",
        version="1",
        title="Test",
        competencies=competencies or (competency("python"),),
        evidence=evidence or EvidenceRules(),
        **(defaults | more),  # type: ignore[arg-type]
    )


def level_of(
    found: Framework,
    profile: Profile,
    competency: str = "python",
    as_of: date = AS_OF,
    accept: Accept = Accept.INFERRED,
) -> Level:
    return levels(found, profile, as_of=as_of, accept=accept)[competency]


def standing_at(found: Framework, held: Mapping[str, int]) -> dict[str, Level]:
    """Levels as they are where somebody was simply endorsed for them: all of them backed."""
    return {c: Level(c, held.get(c, 0), held.get(c, 0)) for c in found.competency}
