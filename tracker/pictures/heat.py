"""Every competency at a glance: one small picture an area, one cell a competency, darker the higher its level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.engine.framework import Area
from tracker.engine.gaps import Gap, Readiness, StageReport

CELLS_A_ROW = 8
CELL, GAP = 26, 4
ROW = CELL + 8  # leaves room for the mark below the cell
WIDTH = CELLS_A_ROW * (CELL + GAP) - GAP


@dataclass(frozen=True, slots=True)
class Cell:
    gap: Gap
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.x + CELL // 2

    @property
    def baseline(self) -> int:
        return self.y + 18

    @property
    def mark(self) -> str:
        """The mark below the cell, as long as the part of the target that is missing."""
        missing = CELL * self.gap.missing / self.gap.target if self.gap.target else 0
        return f"M{self.x} {self.y + CELL + 3}h{missing:.1f}" if missing else ""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The picture of one area."""

    area: Area
    readiness: Readiness
    cells: tuple[Cell, ...]
    height: int
    width: int = WIDTH
    cell: int = CELL


def heat_maps(report: StageReport, areas: Iterable[Area]) -> list[HeatMap]:
    """A picture for each area, its competencies in the framework's order."""
    by_area: dict[str, list[Gap]] = {}
    for gap in report.gaps:
        by_area.setdefault(gap.competency.area, []).append(gap)
    return [_heat_map(area, report.areas[area.id], by_area[area.id]) for area in areas if area.id in by_area]


def _heat_map(area: Area, readiness: Readiness, gaps: list[Gap]) -> HeatMap:
    cells = tuple(Cell(gap, (i % CELLS_A_ROW) * (CELL + GAP), (i // CELLS_A_ROW) * ROW) for i, gap in enumerate(gaps))
    return HeatMap(area, readiness, cells, height=cells[-1].y + ROW)
