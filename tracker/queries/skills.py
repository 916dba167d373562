"""The checklist: every competency with its level against what a stage asks, filtered, area by area."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.engine.framework import TOP_LEVEL, Area, Basis, Competency, Framework, Stage
from tracker.engine.gaps import Readiness, StageReport
from tracker.engine.levels import Level
from tracker.templatetags.numbers import points

ALL, GAPS, MUSTS, STALE = "", "gaps", "musts", "stale"

CLAIMED, IMPLIED = "claimed", "implied"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the checklist is asked for; empty members ask nothing."""

    show: str = ALL
    area: str = ""
    text: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.show or self.text)


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One competency: where the person stands, what the stage asks. `number`: of its row in the database."""

    number: int
    competency: Competency
    level: Level
    target: int
    is_must: bool
    is_waived: bool = False

    @property
    def is_open_must(self) -> bool:
        return self.is_must and self.level.level < self.target

    @property
    def standing(self) -> str:
        """What stands behind the level, in a word or two."""
        return standing(self.level, standing_words())

    @property
    def statement(self) -> str:
        """What one sees a person of this level do, or of the next lower level that has words."""
        described = self.competency.levels
        return described.get(max((n for n in described if n <= self.level.level), default=0), "")

    @property
    def next_level(self) -> int:
        return self.level.level + 1

    @property
    def next_statement(self) -> str:
        """What one more level would show; empty at the top."""
        return self.competency.levels.get(self.next_level, "") if self.next_level <= TOP_LEVEL else ""

    @property
    def disagreement(self) -> str:
        """`you say 2, evidence says 3`, where a claim and what is evidenced differ."""
        return disagreement(self.level)


@dataclass(frozen=True, slots=True)
class AreaBlock:
    """An area: its readiness and gaps over all its competencies, and the rows that the filter lets through."""

    area: Area
    readiness: Readiness
    gaps: int
    rows: tuple[SkillRow, ...]

    @property
    def progress(self) -> str:
        """`67 of 100, 9 gaps`."""
        if not self.readiness.total:
            return _("not asked here")
        so_far = _("%s of 100") % points(self.readiness.claimed)
        if not self.gaps:
            return so_far
        return f"{so_far}, {ngettext('%d gap', '%d gaps', self.gaps) % self.gaps}"


@dataclass(frozen=True, slots=True)
class SkillsPage:
    """The checklist for one stage. `rows` are all that there are; gaps and open musts are those of all areas."""

    stage: Stage
    stages: tuple[Stage, ...]
    readiness: Readiness
    gaps: int
    open_musts: int
    blocks: tuple[AreaBlock, ...]
    rows: Sequence[SkillRow]
    wanted: Wanted = Wanted()

    def counts(self) -> Mapping[str, int]:
        """How many competencies each kind of filter shows."""
        inside = [row for row in self.rows if self.wanted.area in ("", row.competency.area)]
        return {show: sum(map(test, inside)) for show, test in _SHOWS.items()}

    @property
    def shown(self) -> tuple[AreaBlock, ...]:
        """The areas that have a row to show."""
        return tuple(block for block in self.blocks if block.rows)


def standing_words() -> dict[Basis | str, str]:
    """What stands behind a level, in a word: by its basis, or for what nothing but a claim stands behind."""
    return {
        Basis.INFERRED: _("inferred"),
        Basis.STUDIED: _("studied"),
        Basis.CREDENTIAL: _("certified"),
        Basis.PRACTISED: _("practised"),
        Basis.ENDORSED: _("endorsed"),
        CLAIMED: _("claimed"),
        IMPLIED: _("implied by a claim"),
    }


def standing(level: Level, words: Mapping[Basis | str, str]) -> str:
    """`practised`, `claimed`...: the strongest thing behind the level; empty at level 0 where nothing was said."""
    if level.standing:
        return words[level.standing]
    if not level.level:
        return ""
    return words[CLAIMED if level.claim is not None else IMPLIED]


def disagreement(level: Level) -> str:
    if level.claim is None or level.claim != level.level or level.evidenced in (0, level.claim):
        return ""
    return _("you say %(claim)d, evidence says %(evidence)d") % {"claim": level.claim, "evidence": level.evidenced}


def skills_page(
    framework: Framework,
    report: StageReport,
    numbers: Mapping[str, int],
    waived: frozenset[str] = frozenset(),
    wanted: Wanted = Wanted(),
) -> SkillsPage:
    """The checklist as the filter wants it; areas keep their place, counts and progress whatever is filtered.

    `numbers`: competency -> number of its row.
    """
    rows = rows_of(report, numbers, waived)
    lets_through = _test(framework, wanted)
    by_area: dict[str, list[SkillRow]] = {area.id: [] for area in framework.areas}
    for row in rows:
        by_area[row.competency.area].append(row)
    blocks = []
    for area in framework.areas:
        members = by_area[area.id]
        blocks.append(
            AreaBlock(
                area=area,
                readiness=report.areas[area.id],
                gaps=sum(row.level.level < row.target for row in members),
                rows=tuple(row for row in members if lets_through(row)),
            )
        )
    return SkillsPage(
        stage=report.stage,
        stages=framework.stages,
        readiness=report.readiness,
        gaps=sum(block.gaps for block in blocks),
        open_musts=sum(row.is_open_must for row in rows),
        blocks=tuple(blocks),
        rows=rows,
        wanted=wanted,
    )


def rows_of(report: StageReport, numbers: Mapping[str, int], waived: frozenset[str]) -> list[SkillRow]:
    """The rows of the competencies that are numbered, in the framework's order."""
    return [
        SkillRow(numbers[c.id], c, gap.level, gap.target, gap.is_must, c.id in waived)
        for gap in report.gaps
        if (c := gap.competency).id in numbers
    ]


_SHOWS: dict[str, Callable[[SkillRow], bool]] = {
    ALL: lambda row: True,
    GAPS: lambda row: row.level.level < row.target,
    MUSTS: lambda row: row.is_must,
    STALE: lambda row: row.level.is_stale,
}


def _test(framework: Framework, wanted: Wanted) -> Callable[[SkillRow], bool]:
    shows = _SHOWS.get(wanted.show, _SHOWS[ALL])
    words = wanted.text.casefold().split()

    def lets_through(row: SkillRow) -> bool:
        if wanted.area and row.competency.area != wanted.area:
            return False
        return shows(row) and (not words or _says(row.competency, words))

    return lets_through


def _says(competency: Competency, words: list[str]) -> bool:
    """Whether every word stands in the name, an alias, the summary or a statement."""
    hay = " ".join((competency.name, *competency.aliases, competency.summary, *competency.levels.values())).casefold()
    return all(word in hay for word in words)
