"""Several adverts side by side: what each asks of skills, years and degrees, and what they share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.advert_form import ANY
from tracker.engine.fit import DegreeAsked, SkillAsked, YearsAsked
from tracker.engine.framework import DEGREE_RANK, Framework
from tracker.queries.adverts import WORDS, AdvertLine, AdvertView, degree_names, field_names, work_name

SKILL, YEARS, DEGREE = "skill", "years", "degree"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one advert asks of a row in a few words, empty where it asks nothing; and how that stands. `remark`: what
    would do as well."""

    asks: str = ""
    standing: str = ""
    word: str = ""
    is_required: bool = True
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that some of the adverts ask, with a cell for each advert."""

    name: str
    cells: tuple[Cell, ...]
    competency: str = ""

    @property
    def number(self) -> int:
        """How many of the adverts ask it."""
        return sum(bool(cell.asks) for cell in self.cells)

    @property
    def shared(self) -> str:
        """`asked by all`, `asked by 3 of 4`; empty where one advert alone asks it."""
        if self.number < 2:
            return ""
        if self.number == len(self.cells):
            return _("asked by all")
        return _("asked by %(number)d of %(all)d") % {"number": self.number, "all": len(self.cells)}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one kind, what most of the adverts share first."""

    title: str
    rows: tuple[Row, ...]


def side_by_side(framework: Framework, views: Sequence[AdvertView]) -> list[Section]:
    """What the adverts ask, by kind; a kind that none of them asks is left out."""
    asked = [_cells(framework, view) for view in views]
    titles = {SKILL: _("Skills, at which level"), YEARS: _("Years of work"), DEGREE: _("Degrees")}
    found = (Section(title, tuple(_rows(framework, kind, asked))) for kind, title in titles.items())
    return [section for section in found if section.rows]


def _rows(framework: Framework, kind: str, asked: Sequence[Mapping[tuple[str, str], Cell]]) -> list[Row]:
    keys = dict.fromkeys(key for cells in asked for sort, key in cells if sort == kind)
    rows = [
        Row(
            name=_name(framework, kind, key),
            cells=tuple(cells.get((kind, key), Cell()) for cells in asked),
            competency=key if kind == SKILL else "",
        )
        for key in sorted(keys, key=lambda key: DEGREE_RANK.get(key, 0))
    ]
    return sorted(rows, key=lambda row: (-row.number, row.name if kind == SKILL else ""))


def _name(framework: Framework, kind: str, key: str) -> str:
    if kind == SKILL:
        return framework.competency[key].name
    if kind == DEGREE:
        return degree_names()[key]
    return _("Of any work") if key == ANY else _("In %s") % work_name(framework, key)


def _cells(framework: Framework, view: AdvertView) -> dict[tuple[str, str], Cell]:
    """(kind, key of the row) -> what the advert asks there; of several lines the strongest."""
    strongest: dict[tuple[str, str], tuple[tuple[float, bool], Cell]] = {}
    for line in view.lines:
        for place, amount, asks, remark in _placed(framework, view, line):
            rank = (amount, line.is_required)
            if place not in strongest or strongest[place][0] < rank:
                word = str(WORDS[line.answer.standing])
                strongest[place] = rank, Cell(asks, line.standing, word, line.is_required, remark)
    return {place: cell for place, (_rank, cell) in strongest.items()}


def _placed(
    framework: Framework, view: AdvertView, line: AdvertLine
) -> Iterator[tuple[tuple[str, str], float, str, str]]:
    """(row, how much is asked, in words, what would do as well); nothing for what no skill of the model stands for."""
    said: Mapping[str, Any] = view.advert.requirements[line.answer.asked.key]
    match line.answer.asked:
        case SkillAsked() as asked if line.answer.competency:
            others = [framework.competency[c].name for c in asked.competencies if c != line.answer.competency]
            remark = _("or %s") % f" {_('or')} ".join(others) if others else ""
            yield (SKILL, line.answer.competency), asked.level, str(asked.level), remark
        case YearsAsked():
            years = ngettext("%s year", "%s years", 1 if said["least"] == 1 else 2) % f"{said['least']:g}"
            yield (YEARS, said["of"]), said["least"], years, ""
        case DegreeAsked():
            fields = field_names(framework, said)
            remark = _("or experience") if said["or_experience"] else ""
            yield (DEGREE, said["level"]), 0, _("in %s") % fields if fields else _("in any field"), remark
