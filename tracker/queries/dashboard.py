"""All that the dashboard shows, in four reads beyond the person: sequence, events, habits' days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import CharField, Max, Q
from django.db.models.functions import Cast, Left
from django.utils.translation import gettext as _

from tracker import clock
from tracker.engine.framework import Competency, Milestone, Resource, Stage
from tracker.engine.gaps import Readiness, readiness
from tracker.engine.habits import HabitStatus, habit_status
from tracker.engine.recommend import Step
from tracker.models import Activity, Event
from tracker.pictures import LineChart, Point, line_chart, thinned
from tracker.queries.dashboard_lines import (
    Line,
    StepLine,
    gap_lines,
    habit_lines,
    must_lines,
    step_lines,
    week_lines,
)
from tracker.queries.person import Person
from tracker.queries.profile import day
from tracker.queries.recommendations import BIG_STEPS, MUSTS, QUICK_WINS, read_shelves
from tracker.templatetags.numbers import points

GAPS_SHOWN = 6
ASKS_SHOWN = 8
STEPS_SHOWN = 5
EVENTS_READ = 200
DAYS_WITHOUT_VISIT = 30  # what "since" means where no earlier visit is known
CHART_POINTS = 30


@dataclass(frozen=True, slots=True)
class RoadStage:
    """One stage of the road: how far, whether reached, whether it is the one shown. `width`: its bar, out of 100."""

    id: str
    name: str
    width: str
    figure: str
    is_reached: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class AreaBar:
    """What is held of what the stage asks of an area: widths out of 100, figures in points."""

    id: str
    name: str
    claimed_width: str
    backed_width: str
    claimed: str
    backed: str


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a moment: readiness gained for the stage shown, and the acts by kind."""

    when: datetime
    gain: float
    acts: tuple[tuple[str, int], ...]  # (kind of event, how many)


@dataclass(frozen=True, slots=True)
class Week:
    """What fits into the person's week: what is under way, then the first quick wins that have room."""

    under_way: tuple[Resource, ...]
    lines: Sequence[Line]
    hours: float
    gain: float


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """The page, its lists as lines that are ready to print."""

    person: Person
    stage: Stage
    readiness: Readiness
    road: tuple[RoadStage, ...]
    areas: tuple[AreaBar, ...]
    gaps: Sequence[Line]
    gaps_count: int
    asks: Sequence[Line]
    asks_hidden: int
    shelf: str
    steps: Sequence[StepLine]
    week: Week
    habits: Sequence[tuple[Line, bool]]
    habits_ahead: int
    chart: LineChart | None
    since: Since | None
    waived: tuple[Competency, ...]
    without_waived: Readiness | None
    is_reached: bool
    is_empty: bool

    @property
    def shelves(self) -> tuple[tuple[str, str], ...]:
        """Each shelf with its name."""
        return (QUICK_WINS, _("Quick wins")), (MUSTS, _("Musts")), (BIG_STEPS, _("Big steps"))

    @property
    def is_focus(self) -> bool:
        return self.stage.id == self.person.focus.id


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
    habits = read_habits(person)
    asks = must_lines(_open_milestones(person, stage), (gap for gap in report.open_gaps if gap.is_must))
    waived = tuple(c for c in person.framework.competencies if c.id in person.snapshot.marks.waived)
    steps = road(person, stage)
    return DashboardPage(
        person=person,
        stage=stage,
        readiness=report.readiness,
        road=steps,
        areas=area_bars(person, report.areas),
        gaps=gap_lines(report.open_gaps[:GAPS_SHOWN], stage),
        gaps_count=len(report.open_gaps),
        asks=asks[:ASKS_SHOWN],
        asks_hidden=len(asks[ASKS_SHOWN:]),
        shelf=shelf,
        steps=step_lines(person.framework, stage, shelves[shelf][:STEPS_SHOWN], person.snapshot.marks.started),
        week=_week(person, shelves[QUICK_WINS]),
        habits=habit_lines(habits),
        habits_ahead=sum(status.last is None for status in habits),
        chart=_chart(events, stage, person.today),
        since=_since(events, stage, moment),
        waived=waived,
        without_waived=_without(person, stage, waived),
        is_reached=any(step.is_shown and step.is_reached for step in steps),
        is_empty=not events,
    )


def road(person: Person, shown: Stage) -> tuple[RoadStage, ...]:
    """The stages in order, with what is reached of each."""
    reached = person.snapshot.stage_reached
    last = -1 if reached is None else person.framework.stage_order[reached]
    words, of_hundred = _("reached"), _("%(points)s of 100")
    found = []
    for position, stage in enumerate(person.framework.stages):
        claimed = readiness(person.framework, person.snapshot.levels, stage.id).claimed
        is_reached = position <= last
        figure = words if is_reached else of_hundred % {"points": points(claimed)}
        width = "100" if is_reached else f"{100 * claimed:.1f}"
        found.append(RoadStage(stage.id, stage.name, width, figure, is_reached, stage.id == shown.id))
    return tuple(found)


def area_bars(person: Person, areas: Mapping[str, Readiness]) -> tuple[AreaBar, ...]:
    """The areas of which the stage asks something."""
    asked = ((area, areas[area.id]) for area in person.framework.areas if areas[area.id].total)
    return tuple(
        AreaBar(
            area.id, area.name, f"{100 * r.claimed:.1f}", f"{100 * r.backed:.1f}", points(r.claimed), points(r.backed)
        )
        for area, r in asked
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
    chosen = chosen or ahead[:1]
    resources = person.framework.resource
    return Week(
        under_way=tuple(sorted((resources[key] for key in marks.started if key in resources), key=lambda r: r.title)),
        lines=week_lines(chosen),
        hours=sum(float(step.resource.hours) for step in chosen),
        gain=sum(step.gain for step in chosen),
    )


def _chart(events: list[EventLine], stage: Stage, today: date) -> LineChart | None:
    found = [
        Point(e.logged_at.date(), 100 * values[0], 100 * values[1])
        for e in events
        if (values := e.readiness.get(stage.id))
    ]
    return line_chart(thinned(found, CHART_POINTS), today) if found else None


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
