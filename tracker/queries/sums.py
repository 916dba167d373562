"""How a readiness adds up: area by area, competency by competency, to the last point."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.engine.framework import Area, Stage
from tracker.engine.gaps import Gap, Readiness
from tracker.queries.person import Person


@dataclass(frozen=True, slots=True)
class SumLine:
    """One competency: what it counts (weight x level, at most weight x target), what of it is backed, and of what."""

    gap: Gap

    @property
    def counts(self) -> int:
        return self.gap.competency.weight * min(self.gap.level.level, self.gap.target)

    @property
    def backed_counts(self) -> int:
        return self.gap.competency.weight * min(self.gap.level.backed, self.gap.target)

    @property
    def most(self) -> int:
        return self.gap.competency.weight * self.gap.target


@dataclass(frozen=True, slots=True)
class SumPart:
    area: Area
    readiness: Readiness
    lines: tuple[SumLine, ...]


@dataclass(frozen=True, slots=True)
class SumPage:
    """The sum for a stage; `area` empty: over all of them."""

    stage: Stage
    area: Area | None
    readiness: Readiness
    parts: tuple[SumPart, ...]


def sum_page(person: Person, stage: str, area: str = "") -> SumPage:
    """The sum for the stage, of one area or of all. Raises KeyError for a stage or an area that is not there."""
    framework = person.framework
    chosen = framework.area[area] if area else None
    report = person.report(framework.stage[stage].id)
    parts = [_part(a, report.areas[a.id], report.gaps) for a in framework.areas if chosen in (None, a)]
    return SumPage(
        stage=report.stage,
        area=chosen,
        readiness=report.areas[area] if area else report.readiness,
        parts=tuple(part for part in parts if part.lines),
    )


def _part(area: Area, readiness: Readiness, gaps: tuple[Gap, ...]) -> SumPart:
    asked = [gap for gap in gaps if gap.competency.area == area.id and gap.target]
    asked.sort(key=lambda gap: -gap.competency.weight * gap.missing)
    return SumPart(area, readiness, tuple(SumLine(gap) for gap in asked))
