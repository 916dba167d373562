"""All that the dashboard shows, in four reads beyond the person: sequence, events, habits' days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.engine.framework import Area, Milestone, Stage
from tracker.engine.gaps import Gap, Readiness, StageReport, readiness
from tracker.engine.habits import HabitStatus, habit_status
from tracker.engine.recommend import Step
from tracker.models import Activity, Event
from tracker.pictures import LineChart, Point, line_chart, thinned
from tracker.queries.person import Person
from tracker.queries.profile import day
from tracker.queries.recommendations import QUICK_WINS, read_shelves

GAPS_SHOWN = 6
MUSTS_SHOWN = 6
STEPS_SHOWN = 5
EVENTS_READ = 60
CHART_POINTS = 40


@dataclass(frozen=True, slots=True)
class RoadStage:
    """One stage of the road: how far, whether reached, whether it is the one shown."""

    stage: Stage
    readiness: Readiness
    is_reached: bool
    is_shown: bool

    @property
    def width(self) -> float:
        """The length of its bar, out of 100."""
        return round(100 * self.readiness.claimed, 1)


@dataclass(frozen=True, slots=True)
class AreaBar:
    area: Area
    readiness: Readiness

    @property
    def claimed_width(self) -> float:
        return round(100 * self.readiness.claimed, 1)

    @property
    def backed_width(self) -> float:
        return round(100 * self.readiness.backed, 1)


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the last visit: readiness gained for the stage shown, and the acts by kind."""

    when: datetime
    gain: float
    acts: tuple[tuple[str, int], ...]  # (kind of event, how many)


@dataclass(frozen=True, slots=True)
class DashboardPage:
    person: Person
    stage: Stage
    report: StageReport
    road: tuple[RoadStage, ...]
    areas: tuple[AreaBar, ...]
    gaps: tuple[Gap, ...]
    open_musts: tuple[Gap, ...]
    open_milestones: tuple[Milestone, ...]
    shelf: str
    steps: tuple[Step, ...]
    week: tuple[Step, ...]
    habits: tuple[HabitStatus, ...]
    chart: LineChart | None
    since: Since | None
    without_waived: Readiness | None
    is_empty: bool

    @property
    def musts_shown(self) -> tuple[Gap, ...]:
        return self.open_musts[:MUSTS_SHOWN]

    @property
    def musts_hidden(self) -> int:
        return len(self.open_musts) - len(self.musts_shown)

    @property
    def habits_kept(self) -> list[HabitStatus]:
        """Habits that the person has begun, the due ones first."""
        return [status for status in self.habits if status.last]

    @property
    def habits_ahead(self) -> int:
        """How many habits are not begun yet."""
        return sum(status.last is None for status in self.habits)


@dataclass(frozen=True, slots=True)
class EventLine:
    """What the dashboard needs of an event."""

    kind: str
    logged_at: datetime
    readiness: Mapping[str, list[float]]


def dashboard_page(person: Person, stage_key: str = "", shelf: str = QUICK_WINS) -> DashboardPage:
    """The page for the stage in focus, or for the one that is looked at."""
    stage = person.framework.stage.get(stage_key, person.focus)
    report = person.report(stage.id)
    shelves = read_shelves(person, stage.id)
    events = read_events(person.user.pk)
    return DashboardPage(
        person=person,
        stage=stage,
        report=report,
        road=road(person, stage),
        areas=tuple(AreaBar(a, report.areas[a.id]) for a in person.framework.areas if report.areas[a.id].total),
        gaps=report.open_gaps[:GAPS_SHOWN],
        open_musts=_open_musts(report),
        open_milestones=_open_milestones(person, stage),
        shelf=shelf,
        steps=shelves[shelf][:STEPS_SHOWN],
        week=_week(shelves[QUICK_WINS], float(person.preferences.hours_per_week)),
        habits=read_habits(person),
        chart=_chart(events, stage, person.today),
        since=_since(events, stage, person.preferences.previous_visit_at),
        without_waived=_without_waived(person, stage),
        is_empty=not events,
    )


def road(person: Person, shown: Stage) -> tuple[RoadStage, ...]:
    """The five stages, with what is reached of each."""
    reached = person.snapshot.stage_reached
    last = -1 if reached is None else person.framework.stage_order[reached]
    return tuple(
        RoadStage(s, readiness(person.framework, person.snapshot.levels, s.id), i <= last, s.id == shown.id)
        for i, s in enumerate(person.framework.stages)
    )


def read_events(user_id: int) -> list[EventLine]:
    """The latest events, oldest first."""
    rows = Event.objects.filter(user=user_id).values_list("kind", "logged_at", "readiness")[:EVENTS_READ]
    return [EventLine(*row) for row in reversed(rows)]


def read_habits(person: Person) -> tuple[HabitStatus, ...]:
    """Each habit of the framework, the due ones first."""
    kinds = {kind for habit in person.framework.habits for kind in habit.kinds}
    longest = max((habit.days for habit in person.framework.habits), default=0)
    begin = (person.today - timedelta(days=2 * longest)).isoformat()[:4]
    logged = Activity.objects.filter(user=person.user.pk, kind__in=kinds, on__gte=begin).values_list("kind", "on")
    days = [(kind, found) for kind, on in logged if (found := day(on))]
    return _habits(person, days)


def _habits(person: Person, days: Iterable[tuple[str, date]]) -> tuple[HabitStatus, ...]:
    known = list(days)
    found = [
        habit_status(habit, [on for kind, on in known if kind in habit.kinds], person.today)
        for habit in person.framework.habits
    ]
    return tuple(sorted(found, key=lambda status: not status.is_due))


def _open_musts(report: StageReport) -> tuple[Gap, ...]:
    return tuple(gap for gap in report.open_gaps if gap.is_must)


def _open_milestones(person: Person, stage: Stage) -> tuple[Milestone, ...]:
    until = {s.id for s in person.framework.stages_until(stage.id)}
    met = person.snapshot.met
    return tuple(m for m in person.framework.milestones if m.required and m.stage in until and m.id not in met)


def _week(steps: tuple[Step, ...], hours: float) -> tuple[Step, ...]:
    """The first steps that fit into the person's week, in their order; at least the first one."""
    chosen: list[Step] = []
    for step in steps:
        if set(step.rests_on) - {c.resource.id for c in chosen}:
            continue
        if sum(float(c.resource.hours) for c in chosen) + float(step.resource.hours) <= hours:
            chosen.append(step)
    return tuple(chosen) or steps[:1]


def _chart(events: list[EventLine], stage: Stage, today: date) -> LineChart | None:
    points = [
        Point(e.logged_at.date(), 100 * values[0], 100 * values[1])
        for e in events
        if (values := e.readiness.get(stage.id))
    ]
    return line_chart(thinned(points, CHART_POINTS), today) if points else None


def _since(events: list[EventLine], stage: Stage, visit: datetime | None) -> Since | None:
    if visit is None:
        return None
    after = [e for e in events if e.logged_at > visit]
    before = [e for e in events if e.logged_at <= visit]
    if not after or not before:
        return None
    gain = after[-1].readiness.get(stage.id, [0.0])[0] - before[-1].readiness.get(stage.id, [0.0])[0]
    counts: dict[str, int] = {}
    for event in after:
        counts[event.kind] = counts.get(event.kind, 0) + 1
    return Since(visit, gain, tuple(counts.items()))


def _without_waived(person: Person, stage: Stage) -> Readiness | None:
    waived = person.snapshot.marks.waived
    return readiness(person.framework, person.snapshot.levels, stage.id, waived) if waived else None
