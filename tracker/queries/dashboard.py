"""All that the dashboard shows, in four reads beyond the person: sequence, events, habits' days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import CharField, Max, Q
from django.db.models.functions import Cast, Left

from tracker import clock
from tracker.engine.framework import Area, Competency, Milestone, Resource, Stage
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
READING_SHOWN = 2
EVENTS_READ = 200
DAYS_WITHOUT_VISIT = 30  # what "since" means where no earlier visit is known
CHART_POINTS = 30


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
    """What changed since a moment: readiness gained for the stage shown, and the acts by kind."""

    when: datetime
    gain: float
    acts: tuple[tuple[str, int], ...]  # (kind of event, how many)


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of a shelf, with what it rests on, what to read on the way, and whether it closes a must."""

    step: Step
    after: tuple[Resource, ...]
    reading: tuple[Resource, ...]
    is_must: bool
    is_started: bool


@dataclass(frozen=True, slots=True)
class Week:
    """What fits into the person's week: what is under way, then the first quick wins that have room."""

    under_way: tuple[Resource, ...]
    steps: tuple[Step, ...]

    @property
    def hours(self) -> float:
        return sum(float(step.resource.hours) for step in self.steps)

    @property
    def gain(self) -> float:
        return sum(step.gain for step in self.steps)


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
    entries: tuple[Entry, ...]
    week: Week
    habits: tuple[HabitStatus, ...]
    chart: LineChart | None
    since: Since | None
    waived: tuple[Competency, ...]
    without_waived: Readiness | None
    is_empty: bool

    @property
    def is_reached(self) -> bool:
        return any(step.is_shown and step.is_reached for step in self.road)

    @property
    def is_focus(self) -> bool:
        return self.stage.id == self.person.focus.id

    @property
    def musts_shown(self) -> tuple[Gap, ...]:
        """As many open musts as the page shows at first sight."""
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
    moment = person.preferences.previous_visit_at or clock.now() - timedelta(days=DAYS_WITHOUT_VISIT)
    events = read_events(person.user.pk, moment)
    waived = tuple(c for c in person.framework.competencies if c.id in person.snapshot.marks.waived)
    return DashboardPage(
        person=person,
        stage=stage,
        report=report,
        road=road(person, stage),
        areas=tuple(AreaBar(a, report.areas[a.id]) for a in person.framework.areas if report.areas[a.id].total),
        gaps=report.open_gaps[:GAPS_SHOWN],
        open_musts=tuple(gap for gap in report.open_gaps if gap.is_must),
        open_milestones=_open_milestones(person, stage),
        shelf=shelf,
        entries=tuple(_entry(person, stage, step) for step in shelves[shelf][:STEPS_SHOWN]),
        week=_week(person, shelves[QUICK_WINS]),
        habits=read_habits(person),
        chart=_chart(events, stage, person.today),
        since=_since(events, stage, moment),
        waived=waived,
        without_waived=_without(person, stage, waived),
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


def read_events(user_id: int, since: datetime) -> list[EventLine]:
    """The events after a moment and the last one of each earlier day, oldest first, 200 at most: one query."""
    mine = Event.objects.filter(user=user_id)
    day_of = Left(Cast("logged_at", CharField()), 10)  # text on both databases: no time zone is asked of each row
    last_of_days = mine.order_by().annotate(day=day_of).values("day").annotate(last=Max("id")).values("last")
    rows = mine.filter(Q(pk__in=last_of_days) | Q(logged_at__gt=since))
    return [EventLine(*row) for row in reversed(rows.values_list("kind", "logged_at", "readiness")[:EVENTS_READ])]


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


def _open_milestones(person: Person, stage: Stage) -> tuple[Milestone, ...]:
    until = {s.id for s in person.framework.stages_until(stage.id)}
    met = person.snapshot.met
    return tuple(m for m in person.framework.milestones if m.required and m.stage in until and m.id not in met)


def _entry(person: Person, stage: Stage, step: Step) -> Entry:
    resources = person.framework.resource
    musts = person.framework.musts_until(stage.id)
    return Entry(
        step=step,
        after=tuple(resources[key] for key in step.rests_on),
        reading=tuple(resources[key] for key in step.resource.reading[:READING_SHOWN]),
        is_must=any(closing.competency in musts for closing in step.closes),
        is_started=step.resource.id in person.snapshot.marks.started,
    )


def _week(person: Person, steps: tuple[Step, ...]) -> Week:
    """What is under way, and the first steps that fit into the hours, in their order; at least the first one."""
    marks = person.snapshot.marks
    hours = float(person.preferences.hours_per_week)
    ahead = [step for step in steps if step.resource.id not in marks.started]
    chosen: list[Step] = []
    for step in ahead:
        is_free = set(step.rests_on) <= {c.resource.id for c in chosen}
        if is_free and sum(float(c.resource.hours) for c in [*chosen, step]) <= hours:
            chosen.append(step)
    under_way = sorted((r for r in person.framework.resources if r.id in marks.started), key=lambda r: r.title)
    return Week(tuple(under_way), tuple(chosen) or tuple(ahead[:1]))


def _chart(events: list[EventLine], stage: Stage, today: date) -> LineChart | None:
    points = [
        Point(e.logged_at.date(), 100 * values[0], 100 * values[1])
        for e in events
        if (values := e.readiness.get(stage.id))
    ]
    return line_chart(thinned(points, CHART_POINTS), today) if points else None


def _since(events: list[EventLine], stage: Stage, moment: datetime) -> Since | None:
    """None where nothing was logged since, or nothing stood before."""
    after = [e for e in events if e.logged_at > moment]
    before = [e for e in events if e.logged_at <= moment]
    if not after or not before:
        return None
    gain = after[-1].readiness.get(stage.id, [0.0])[0] - before[-1].readiness.get(stage.id, [0.0])[0]
    return Since(moment, gain, tuple(Counter(e.kind for e in after).items()))


def _without(person: Person, stage: Stage, waived: Collection[Competency]) -> Readiness | None:
    """Readiness without what is waived, where that is asked for by the stage at all."""
    left_out = {c.id for c in waived} & person.framework.targets[stage.id].keys()
    return readiness(person.framework, person.snapshot.levels, stage.id, left_out) if left_out else None
