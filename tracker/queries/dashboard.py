"""All that the dashboard shows, worked out from the person and from what is kept with her state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Max, Q
from django.db.models.functions import Cast, Left
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker import clock
from tracker.engine.framework import Area, Competency, Framework, Milestone, Resource, Stage
from tracker.engine.gaps import Readiness, readiness
from tracker.engine.recommend import Step
from tracker.models import Event
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
from tracker.queries.habits import habit_statuses, read_habit_days
from tracker.queries.kept import Kept
from tracker.queries.pace import ThisWeek, logged_of, this_week
from tracker.queries.person import Person
from tracker.queries.recommendations import BIG_STEPS, MUSTS, QUICK_WINS, read_shelf
from tracker.queries.what_if import Choices, choices
from tracker.state import PlanAhead
from tracker.templatetags.numbers import points

GAPS_SHOWN = 6
ASKS_SHOWN = 8
STEPS_SHOWN = 5
STEPS_FOR_A_WEEK = 20  # as many as are tried for room in the week
EVENTS_ONE_BY_ONE = 60
EVENTS_READ = 150
DAYS_WITHOUT_VISIT = 30  # what "since" means where no earlier visit is known
CHART_POINTS = 30
FINE = 100_000  # readiness of an event is kept in whole parts of this: half the text, and quick to read


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
    words: str


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a moment: readiness gained for the stage shown, and the acts by kind."""

    when: datetime
    gain: float
    acts: tuple[tuple[str, int], ...]  # (kind of event, how many)


@dataclass(frozen=True, slots=True)
class Week:
    """What fits into the person's week: what is under way, then what the plan has for it, or the first quick wins that
    have room."""

    under_way: tuple[Resource, ...]
    ahead: tuple[Resource, ...]
    lines: Sequence[Line]
    hours: float
    gain: float
    is_planned: bool = False


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
    hours: ThisWeek
    habits: Sequence[Line]
    habits_ahead: int
    chart: LineChart | None
    since: Since | None
    waived: tuple[Competency, ...]
    without_waived: Readiness | None
    is_reached: bool
    is_empty: bool
    what_if: tuple[Choices, ...]

    @property
    def shelves(self) -> tuple[tuple[str, str], ...]:
        """Each shelf with its name."""
        return (QUICK_WINS, _("Quick wins")), (MUSTS, _("Musts")), (BIG_STEPS, _("Big steps"))

    @property
    def is_focus(self) -> bool:
        return self.stage.id == self.person.focus.id


@dataclass(frozen=True, slots=True)
class EventLine:
    """What the dashboard needs of an event. `readiness`: claimed and backed for the stage shown, fractions in [0, 1];
    None where the event does not know the stage."""

    kind: str
    at: datetime
    readiness: tuple[float, float] | None


def dashboard_page(person: Person, kept: Kept, stage_key: str = "", shelf: str = QUICK_WINS) -> DashboardPage:
    """The page for the stage in focus, or for the one that is looked at; `kept` stands with the person's state."""
    stage = person.framework.stage.get(stage_key, person.focus)
    report = person.report(stage.id)
    gaps = report.open_gaps
    steps = read_shelf(person, kept, shelf, stage.id, STEPS_SHOWN)
    week = _week(person, read_shelf(person, kept, QUICK_WINS, stage.id, STEPS_FOR_A_WEEK))
    events = _events(person, stage, kept.get(":history", lambda: read_events(person)))
    recent = logged_of(person.snapshot.recent)
    off = recent.weeks_off
    habits = habit_statuses(person, kept.get(":habits", lambda: read_habit_days(person, off)), off)
    kept.save()
    moment = person.preferences.previous_visit_at or clock.now() - timedelta(days=DAYS_WITHOUT_VISIT)
    asks = must_lines(_open_milestones(person, stage), (gap for gap in gaps if gap.is_must))
    waived = tuple(c for c in person.framework.competencies if c.id in person.snapshot.marks.waived)
    stages = road(person, stage)
    return DashboardPage(
        person=person,
        stage=stage,
        readiness=report.readiness,
        road=stages,
        areas=area_bars(person, report.areas),
        gaps=gap_lines(gaps[:GAPS_SHOWN], stage),
        gaps_count=len(gaps),
        asks=asks[:ASKS_SHOWN],
        asks_hidden=len(asks[ASKS_SHOWN:]),
        shelf=shelf,
        steps=step_lines(person.framework, stage, steps, person.snapshot.marks.started),
        week=week,
        hours=this_week(person, recent),
        habits=habit_lines(habits),
        habits_ahead=sum(status.last is None for status in habits),
        chart=_chart(events, person.today),
        since=_since(events, moment),
        waived=waived,
        without_waived=_without(person, stage, waived),
        is_reached=any(step.is_shown and step.is_reached for step in stages),
        is_empty=not events,
        what_if=_what_if(person, stage, week, steps),
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
    words = _("%(ready)s of 100, %(backed)s backed")
    return tuple(_area_bar(area, areas[area.id], words) for area in person.framework.areas if areas[area.id].total)


def _area_bar(area: Area, held: Readiness, words: str) -> AreaBar:
    claimed, backed = points(held.claimed), points(held.backed)
    return AreaBar(
        id=area.id,
        name=area.name,
        claimed_width=f"{100 * held.claimed:.1f}",
        backed_width=f"{100 * held.backed:.1f}",
        claimed=claimed,
        backed=backed,
        words=words % {"ready": claimed, "backed": backed},
    )


def read_events(person: Person) -> list[list[Any]]:
    """The latest events and the last one of each earlier day, oldest first, to be kept.

    Each is [kind, moment, [claimed, backed] of each stage, in parts of `FINE`]; None for a stage that the event does
    not know.
    """
    mine = Event.objects.filter(user=person.user.pk)
    day_of = Left(Cast("logged_at", CharField()), 10)  # text on both databases: no time zone is asked of each row
    last_of_days = mine.order_by().annotate(day=day_of).values("day").annotate(last=Max("id")).values("last")
    recent = mine.values("pk")[:EVENTS_ONE_BY_ONE]
    rows = mine.filter(Q(pk__in=last_of_days) | Q(pk__in=recent)).values_list("kind", "logged_at", "readiness")
    return [_event(person.framework, *row) for row in reversed(rows[:EVENTS_READ])]


def _event(framework: Framework, kind: str, at: datetime, found: Mapping[str, list[float]]) -> list[Any]:
    stages = (found.get(stage.id) for stage in framework.stages)
    return [kind, at.timestamp(), [values and [round(FINE * value) for value in values] for values in stages]]


def _events(person: Person, stage: Stage, kept: Iterable[list[Any]]) -> list[EventLine]:
    zone, position = timezone.get_current_timezone(), person.framework.stage_order[stage.id]
    return [
        EventLine(kind, datetime.fromtimestamp(at, zone), _fractions(stages[position])) for kind, at, stages in kept
    ]


def _fractions(parts: list[int] | None) -> tuple[float, float] | None:
    return (parts[0] / FINE, parts[1] / FINE) if parts else None


def _open_milestones(person: Person, stage: Stage) -> tuple[Milestone, ...]:
    until = {s.id for s in person.framework.stages_until(stage.id)}
    met = person.snapshot.met
    return tuple(m for m in person.framework.milestones if m.required and m.stage in until and m.id not in met)


def _week(person: Person, steps: tuple[Step, ...]) -> Week:
    """By the plan under way; without one the first recommendations that fit into the hours, at least the first."""
    marks, resources = person.snapshot.marks, person.framework.resource
    under_way = tuple(sorted((resources[key] for key in marks.started if key in resources), key=lambda r: r.title))
    if person.snapshot.plan:
        return _planned_week(person, person.snapshot.plan, under_way)
    hours = float(person.preferences.hours_per_week)
    ahead = [step for step in steps if step.resource.id not in marks.started]
    chosen: list[Step] = []
    for step in ahead:
        is_free = set(step.rests_on) <= {c.resource.id for c in chosen}
        if is_free and sum(float(c.resource.hours) for c in [*chosen, step]) <= hours:
            chosen.append(step)
    chosen = chosen or ahead[:1]
    return Week(
        under_way=under_way,
        ahead=tuple(step.resource for step in chosen),
        lines=week_lines(step.resource for step in chosen),
        hours=sum(float(step.resource.hours) for step in chosen),
        gain=sum(step.gain for step in chosen),
    )


def _planned_week(person: Person, plan: PlanAhead, under_way: tuple[Resource, ...]) -> Week:
    resources, total = person.framework.resource, person.framework.totals[plan.stage]
    due = [s for s in plan.due(person.today) if s.resource in resources]
    ahead = tuple(resources[s.resource] for s in due if s.resource not in person.snapshot.marks.started)
    return Week(
        under_way=under_way,
        ahead=ahead,
        lines=week_lines(ahead),
        hours=sum(float(resource.hours) for resource in ahead),
        gain=sum(s.points for s in due if s.resource not in person.snapshot.marks.started) / total if total else 0.0,
        is_planned=True,
    )


def _what_if(person: Person, stage: Stage, week: Week, steps: tuple[Step, ...]) -> tuple[Choices, ...]:
    """What can be tried here: the week's steps left out, those recommended beside them taken."""
    named = {resource.id for resource in (*week.under_way, *week.ahead)}
    return choices(person, stage.id, week.ahead, [s.resource for s in steps if s.resource.id not in named])


def _chart(events: list[EventLine], today: date) -> LineChart | None:
    found = [Point(e.at.date(), 100 * e.readiness[0], 100 * e.readiness[1]) for e in events if e.readiness]
    return line_chart(thinned(found, CHART_POINTS), today) if found else None


def _since(events: list[EventLine], moment: datetime) -> Since | None:
    """None where nothing was logged since, or nothing stood before."""
    after = [e for e in events if e.at > moment]
    before = [e for e in events if e.at <= moment]
    if not after or not before:
        return None
    now, then = (last.readiness[0] if last.readiness else 0.0 for last in (after[-1], before[-1]))
    return Since(moment, now - then, tuple(Counter(e.kind for e in after).items()))


def _without(person: Person, stage: Stage, waived: Collection[Competency]) -> Readiness | None:
    """Readiness without what is waived, where that is asked for by the stage at all."""
    left_out = {c.id for c in waived} & person.framework.targets[stage.id].keys()
    return readiness(person.framework, person.snapshot.levels, stage.id, left_out) if left_out else None
