"""The competency model as a page shows it: what it asks, of whom, how much, and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.engine.framework import Area, Competency, Framework, Prerequisite, Stage


@dataclass(frozen=True, slots=True)
class StageLine:
    """What a stage asks: musts (the new ones by name), required milestones, hours of the effort floors from nothing."""

    stage: Stage
    new_musts: tuple[Competency, ...]
    earlier_musts: int
    milestones: tuple[str, ...]
    asked: int
    floor_hours: int


@dataclass(frozen=True, slots=True)
class CompetencyLine:
    """One row of the model; `targets` in the order of the stages."""

    competency: Competency
    targets: tuple[int, ...]
    needs: tuple[tuple[Prerequisite, Competency], ...]
    unlocks: tuple[Competency, ...]
    named_by: str


@dataclass(frozen=True, slots=True)
class AreaLine:
    area: Area
    weight: int
    competencies: tuple[CompetencyLine, ...]


# The families of sources behind a weight, in words.
FAMILIES = {
    "seed": "the source document",
    "roles": "role pages",
    "certs": "certification exams",
    "onet": "O*NET",
    "frameworks": "frameworks",
    "esco": "ESCO",
}


def stage_lines(framework: Framework) -> list[StageLine]:
    return [_stage_line(framework, position) for position in range(len(framework.stages))]


def _stage_line(framework: Framework, position: int) -> StageLine:
    stage = framework.stages[position]
    targets = framework.targets[stage.id]
    earlier = {c for s in framework.stages[:position] for c in s.musts}
    return StageLine(
        stage=stage,
        new_musts=tuple(framework.competency[c] for c in stage.musts if c not in earlier),
        earlier_musts=len(earlier),
        milestones=tuple(m.name for m in framework.milestones if m.required and m.stage == stage.id),
        asked=len(targets),
        floor_hours=round(sum(_floor(framework, level) for level in targets.values())),
    )


def _floor(framework: Framework, level: int) -> float:
    """Hours of the effort floors of all steps up to the level."""
    return float(sum(hours for step, hours in framework.effort_floors.items() if step <= level))


def area_lines(framework: Framework) -> list[AreaLine]:
    unlocks: dict[str, list[Competency]] = {c.id: [] for c in framework.competencies}
    for competency in framework.competencies:
        for needed in {p.needs for p in competency.prerequisites}:
            unlocks[needed].append(competency)
    return [
        AreaLine(
            area=area,
            weight=sum(c.weight for c in framework.by_area[area.id]),
            competencies=tuple(_competency_line(framework, c, unlocks[c.id]) for c in framework.by_area[area.id]),
        )
        for area in framework.areas
    ]


def _competency_line(framework: Framework, competency: Competency, unlocks: list[Competency]) -> CompetencyLine:
    return CompetencyLine(
        competency=competency,
        targets=tuple(competency.targets.get(s.id, 0) for s in framework.stages),
        needs=tuple((p, framework.competency[p.needs]) for p in competency.prerequisites),
        unlocks=tuple(unlocks),
        named_by=named_by(competency),
    )


def named_by(competency: Competency) -> str:
    """The families of sources that name the competency, strongest first: "the source document, O*NET"."""
    scores: Mapping[str, Any] = competency.weight_basis.get("scores") or {}  # type: ignore[assignment]
    ranked = sorted(((score, family) for family, score in scores.items() if score), key=lambda pair: -pair[0])
    return ", ".join(FAMILIES.get(family, family) for _, family in ranked)


def weighting(framework: Framework) -> Mapping[str, Any]:
    """How weights are computed, as the model says itself; empty for a model that does not say."""
    known = framework.document.get("weighting")
    return known if isinstance(known, Mapping) else {}
