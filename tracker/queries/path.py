"""The path as a page shows it: what each stage asks, what of it is met and by what, and the habits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tracker.engine.framework import Stage
from tracker.engine.gaps import Gap, Readiness
from tracker.engine.habits import HabitStatus
from tracker.engine.milestones import MilestoneStatus
from tracker.queries.dashboard import read_habits
from tracker.queries.person import Person

PLATEAU_WEIGHT = 7
PLATEAU_DAYS = 365

# Where a habit stands on the page; what is not named here stands with the first.
HABIT_GROUPS: dict[str, tuple[str, ...]] = {
    "Keep learning": ("hb.papers", "hb.workshops", "hb.conferences", "hb.tech-watch", "hb.diverse-projects"),
    "Compete and build": ("hb.hackathons", "hb.competitions"),
    "Be among people": ("hb.forums", "hb.network"),
    "Be seen, and choose the next step": ("hb.blog", "hb.online-presence", "hb.career-review"),
}


@dataclass(frozen=True, slots=True)
class StageSection:
    """One stage of the road: how far, which musts and milestones are met, which are open."""

    stage: Stage
    readiness: Readiness
    is_reached: bool
    is_focus: bool
    musts_met: tuple[Gap, ...]
    musts_open: tuple[Gap, ...]
    milestones: tuple[MilestoneStatus, ...]

    @property
    def width(self) -> float:
        return round(100 * self.readiness.claimed, 1)

    @property
    def pass_mark_x(self) -> float:
        return round(100 * float(self.stage.pass_mark), 1)

    @property
    def is_passed(self) -> bool:
        return self.readiness.passes(self.stage.pass_mark)

    @property
    def open_required(self) -> tuple[MilestoneStatus, ...]:
        return tuple(s for s in self.milestones if s.milestone.required and not s.met)


@dataclass(frozen=True, slots=True)
class HabitGroup:
    name: str
    statuses: tuple[HabitStatus, ...]


@dataclass(frozen=True, slots=True)
class PathPage:
    person: Person
    sections: tuple[StageSection, ...]
    habits: tuple[HabitGroup, ...]
    is_plateau: bool

    @property
    def focus(self) -> StageSection:
        return next(s for s in self.sections if s.is_focus)

    @property
    def reached(self) -> Stage | None:
        """The last stage reached."""
        return next((s.stage for s in reversed(self.sections) if s.is_reached), None)


def path_page(person: Person) -> PathPage:
    return PathPage(
        person=person,
        sections=tuple(_section(person, stage) for stage in person.framework.stages),
        habits=_habit_groups(read_habits(person)),
        is_plateau=_is_plateau(person),
    )


def _section(person: Person, stage: Stage) -> StageSection:
    report = person.report(stage.id)
    reached = person.snapshot.stage_reached
    order = person.framework.stage_order
    musts = [g for g in report.gaps if g.competency.id in stage.musts]
    return StageSection(
        stage=stage,
        readiness=report.readiness,
        is_reached=reached is not None and order[stage.id] <= order[reached],
        is_focus=stage.id == person.focus.id,
        musts_met=tuple(g for g in musts if not g.missing),
        musts_open=tuple(g for g in musts if g.missing),
        milestones=tuple(s for s in person.snapshot.milestones if s.milestone.stage == stage.id),
    )


def _habit_groups(statuses: tuple[HabitStatus, ...]) -> tuple[HabitGroup, ...]:
    group_of = {habit: name for name, habits in HABIT_GROUPS.items() for habit in habits}
    first = next(iter(HABIT_GROUPS))
    groups: dict[str, list[HabitStatus]] = {name: [] for name in HABIT_GROUPS}
    for status in statuses:
        groups[group_of.get(status.habit.id, first)].append(status)
    return tuple(HabitGroup(name, tuple(found)) for name, found in groups.items() if found)


def _is_plateau(person: Person) -> bool:
    """No news in any weighty competency for a year, though something was logged, and no required milestone open."""
    framework, snapshot = person.framework, person.snapshot
    if any(m.required and m.id not in snapshot.met for m in framework.milestones):
        return False
    days = [
        level.newest
        for c, level in snapshot.levels.items()
        if framework.competency[c].weight >= PLATEAU_WEIGHT and level.newest
    ]
    return bool(days) and max(days) < person.today - timedelta(days=PLATEAU_DAYS)
