"""A person's history: the log page by page, readiness over time, hours and levels gained by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator

from tracker.engine.framework import Area, Framework
from tracker.engine.gaps import Gap
from tracker.models import Activity, Event, ResourceMark
from tracker.pictures import LineChart, Point, line_chart, thinned
from tracker.queries.person import Person
from tracker.queries.profile import day

EVENTS_PER_PAGE = 25
EVENTS_IN_CHART = 2000
CHART_POINTS = 120
MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event in plain words: what changed, and where readiness stood after it."""

    event: Event
    changes: tuple[str, ...]
    claimed: float
    backed: float
    is_undone: bool

    @property
    def can_undo(self) -> bool:
        """Whether an undo may be tried; whether it still fits is known when it is."""
        return not self.is_undone and self.event.kind not in (Event.Kind.UPGRADE, Event.Kind.START)


@dataclass(frozen=True, slots=True)
class Month:
    """Hours spent and levels gained in one month. `width` is the bar's length out of 100."""

    name: str
    hours: float
    levels: int
    width: float


@dataclass(frozen=True, slots=True)
class HeatRow:
    area: Area
    gaps: tuple[Gap, ...]


def read_log(person: Person, stage: str, number: str | None, kind: str = "") -> tuple[Page[Any], list[LogLine]]:
    """One page of the log, newest first, of one kind or all."""
    events = Event.objects.filter(user=person.user.pk).select_related("undone_by")
    if kind in Event.Kind.values:
        events = events.filter(kind=kind)
    page = Paginator(events, EVENTS_PER_PAGE).get_page(number)
    return page, [_log_line(person.framework, event, stage) for event in page.object_list]


def _log_line(framework: Framework, event: Event, stage: str) -> LogLine:
    claimed, backed = event.readiness.get(stage, [0.0, 0.0])
    changes = tuple(changes_in_words(framework, event.before or {}, event.after or {}))
    return LogLine(event, changes, claimed, backed, hasattr(event, "undone_by"))


def changes_in_words(framework: Framework, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[str]:
    """`Python programming 2 to 3` for a claim; other rows are named by the event's own title."""
    for ref, values in after.items():
        sort, _, key = ref.partition(":")
        if sort != "claim":
            continue
        competency = framework.competency.get(key)
        name = competency.name if competency else key
        was, now = ((v or {}).get("level") for v in (before.get(ref), values))
        if was is None:
            yield f"{name} {now}"
        elif now is None:
            yield f"{name}: claim of {was} taken back"
        elif was != now:
            yield f"{name} {was} to {now}"


def read_points(person: Person) -> list[tuple[datetime, Mapping[str, list[float]]]]:
    """When readiness was written down and what it was, oldest first; the latest 2,000 events at most."""
    rows = Event.objects.filter(user=person.user.pk).values_list("logged_at", "readiness")[:EVENTS_IN_CHART]
    return list(reversed(rows))


def readiness_chart(
    points: Iterable[tuple[datetime, Mapping[str, list[float]]]], stage: str, today: date, begin: date | None
) -> LineChart | None:
    """The chart from a day on (None: from the first); what stood on the first day is carried to its edge."""
    known = [Point(at.date(), 100 * r[stage][0], 100 * r[stage][1]) for at, r in points if stage in r]
    if begin:
        earlier = [p for p in known if p.on < begin]
        known = [Point(begin, p.claimed, p.backed) for p in earlier[-1:]] + [p for p in known if p.on >= begin]
    return line_chart(thinned(known, CHART_POINTS), today) if known else None


def read_months(person: Person, points: list[tuple[datetime, Mapping[str, list[float]]]]) -> list[Month]:
    """The last twelve months: hours of finished resources and activities, levels of claims gained."""
    hours: defaultdict[str, float] = defaultdict(float)
    marks = ResourceMark.objects.filter(user=person.user.pk, hours__gt=0).values_list("on", "hours")
    activities = Activity.objects.filter(user=person.user.pk, hours__gt=0).values_list("on", "hours")
    for on, taken in [*marks, *activities]:
        if when := day(on):
            hours[f"{when:%Y-%m}"] += float(taken or 0)
    levels = _levels_gained(person)
    names = _last_months(person.today)
    most = max((hours[name] for name in names), default=0) or 1
    return [Month(name, hours[name], levels.get(name, 0), round(100 * hours[name] / most, 1)) for name in names]


def _levels_gained(person: Person) -> dict[str, int]:
    """Month -> levels of claims gained less those lost, from the events that say so."""
    gained: defaultdict[str, int] = defaultdict(int)
    rows = Event.objects.filter(user=person.user.pk, kind=Event.Kind.CLAIM).values_list("logged_at", "before", "after")
    for at, before, after in rows[:EVENTS_IN_CHART]:
        for ref, values in (after or {}).items():
            was, now = (((v or {}).get("level") or 0) for v in ((before or {}).get(ref), values))
            gained[f"{at:%Y-%m}"] += now - was
    return gained


def _last_months(today: date) -> list[str]:
    index = today.year * 12 + today.month - 1
    return [f"{i // 12}-{i % 12 + 1:02d}" for i in range(index - MONTHS_SHOWN + 1, index + 1)]


def heat_rows(person: Person, stage: str) -> list[HeatRow]:
    """All competencies by area, each with its level and target for the stage."""
    by_area: defaultdict[str, list[Gap]] = defaultdict(list)
    for gap in person.report(stage).gaps:
        by_area[gap.competency.area].append(gap)
    return [HeatRow(area, tuple(by_area[area.id])) for area in person.framework.areas]
