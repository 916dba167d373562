"""Gaps, impact and readiness for a stage. ENGINE.md, "Gap and readiness".

Sums are kept as whole numbers (weight x level) over a common total, so that nothing is lost to rounding; the
properties that end in a fraction of readiness are for showing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tracker.engine.framework import Competency, Framework, Stage
from tracker.engine.levels import Level


@dataclass(frozen=True, slots=True)
class Gap:
    """One competency against what the stage asks of it. `impact`: the readiness that closing it adds, in [0, 1]."""

    competency: Competency
    level: Level
    target: int
    is_must: bool
    total: int

    @property
    def missing(self) -> int:
        """Levels short of the target."""
        return max(0, self.target - self.level.level)

    @property
    def impact(self) -> float:
        return self.competency.weight * self.missing / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """Sums of weight x level towards `total`: what is held (capped at the target) and what of it is backed."""

    held: int
    backed_held: int
    total: int

    @property
    def claimed(self) -> float:
        """Readiness in [0, 1]; 1 where nothing is asked."""
        return self.held / self.total if self.total else 1.0

    @property
    def backed(self) -> float:
        return self.backed_held / self.total if self.total else 1.0

    def passes(self, mark: Fraction) -> bool:
        return not self.total or Fraction(self.held, self.total) >= mark


@dataclass(frozen=True, slots=True)
class StageReport:
    """How far a person is for one stage: overall, by area (in the framework's order), by competency (same)."""

    stage: Stage
    readiness: Readiness
    areas: Mapping[str, Readiness]
    gaps: tuple[Gap, ...]

    @property
    def open_gaps(self) -> tuple[Gap, ...]:
        """What is missing, largest impact first."""
        found = [g for g in self.gaps if g.missing]
        return tuple(sorted(found, key=lambda g: (-g.competency.weight * g.missing, g.competency.id)))


def readiness(
    framework: Framework, levels: Mapping[str, Level], stage: str, without: Collection[str] = ()
) -> Readiness:
    """Readiness for the stage over all competencies but those left out (what a person waived, where a page asks so)."""
    areas = framework.asked[stage].values()
    return _sum((row for area in areas for row in area if row[0] not in without), levels)


def _sum(asked: Iterable[tuple[str, int, int]], levels: Mapping[str, Level]) -> Readiness:
    """Over rows of (competency, weight, target)."""
    held = backed = total = 0
    for competency, weight, target in asked:
        level = levels[competency]
        credited = level.level if level.level < target else target
        held += weight * credited
        backed += weight * (credited if credited < level.evidenced else level.evidenced)
        total += weight * target
    return Readiness(held, backed, total)


def report(framework: Framework, levels: Mapping[str, Level], stage: str) -> StageReport:
    """Readiness, areas and gaps for the stage; every competency of the framework has its line."""
    targets, musts = framework.targets[stage], framework.musts_until(stage)
    total = framework.totals[stage]
    areas = {area: _sum(asked, levels) for area, asked in framework.asked[stage].items()}
    return StageReport(
        stage=framework.stage[stage],
        readiness=Readiness(sum(a.held for a in areas.values()), sum(a.backed_held for a in areas.values()), total),
        areas=areas,
        gaps=tuple(Gap(c, levels[c.id], targets.get(c.id, 0), c.id in musts, total) for c in framework.competencies),
    )


def open_musts(framework: Framework, levels: Mapping[str, Level], stage: str) -> dict[str, int]:
    """Competency -> target still open among the musts of the stage and of the earlier ones, each at its own stage's
    target (the highest of them)."""
    found: dict[str, int] = {}
    for s in framework.stages_until(stage):
        for competency in s.musts:
            target = framework.target(s.id, competency)
            if levels[competency].level < target:
                found[competency] = max(target, found.get(competency, 0))
    return found


def stage_reached(framework: Framework, levels: Mapping[str, Level], met: Collection[str]) -> str | None:
    """The last stage with no must open up to it and readiness at its pass mark; None if there is none.

    `met` holds the ids of the milestones that are met.
    """
    reached = None
    for stage in framework.stages:
        required = {m.id for m in framework.milestones if m.required and m.stage == stage.id}
        competency_open = any(levels[c].level < framework.target(stage.id, c) for c in stage.musts)
        if competency_open or not required <= set(met):
            break
        if readiness(framework, levels, stage.id).passes(stage.pass_mark):
            reached = stage.id
    return reached
