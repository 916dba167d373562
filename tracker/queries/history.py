"""A person's history: the log page by page, readiness over time, hours and levels month by month, what is new."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.core.paginator import Page, Paginator
from django.utils import timezone

from tracker import clock
from tracker.engine.dates import add_months
from tracker.engine.forecast import Spent
from tracker.engine.framework import Framework
from tracker.engine.levels import levels
from tracker.engine.profile import Profile
from tracker.models import Activity, Event, ResourceMark
from tracker.pictures import LineChart, Point, line_chart, thinned
from tracker.queries.history_words import changes_in_words
from tracker.queries.person import Person
from tracker.queries.profile import day
from tracker.queries.replay import profiles_at

EVENTS_PER_PAGE = 25
EVENTS_READ = 5000
CHART_POINTS = 120
MONTHS_SHOWN = 12
DAYS_WITHOUT_VISIT = 30  # what "since" means where no earlier visit is known
WEEKS_IN_A_MONTH = 365.25 / 12 / 7

Readiness = Mapping[str, list[float]]  # stage -> [claimed, backed], fractions in [0, 1]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where readiness stood after an event."""

    event: int
    kind: str
    at: datetime
    readiness: Readiness

    def of(self, stage: str) -> list[float]:
        return self.readiness.get(stage, [0.0, 0.0])


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event in plain words: what changed, where readiness stood after it, by how much it moved."""

    event: Event
    changes: tuple[str, ...]
    claimed: float
    backed: float
    moved: float
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Hours spent and levels gained in one month; the widths are the lengths of the bars out of 100."""

    begin: date
    hours: float
    levels: int
    hours_width: str
    levels_width: str

    @property
    def hours_a_week(self) -> float:
        return self.hours / WEEKS_IN_A_MONTH


@dataclass(frozen=True, slots=True)
class News:
    """What changed since a moment: readiness, acts by kind, and each level that is not what it was."""

    since: datetime
    claimed: float
    backed: float
    acts: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, str, int, int], ...]  # (competency, its name, level before, level now)


def read_standings(person: Person) -> list[Standing]:
    """Where readiness stood after each event, oldest first; of very long logs the latest part."""
    rows = Event.objects.filter(user=person.user.pk).values_list("id", "kind", "logged_at", "readiness")
    return [Standing(*row) for row in reversed(rows[:EVENTS_READ])]


def read_log_page(person: Person, number: str | None, kind: str = "") -> Page[Event]:
    """One page of the log, newest first, of one kind or all."""
    events = Event.objects.filter(user=person.user.pk)
    if kind in Event.Kind.values:
        events = events.filter(kind=kind)
    return Paginator(events, EVENTS_PER_PAGE).get_page(number)


def log_lines(
    person: Person, page: Page[Event], standings: list[Standing], stage: str, undoable: Collection[int]
) -> list[LogLine]:
    """The events of the page in words; `undoable`: ids of those that can still be undone."""
    before = {later.event: earlier.of(stage)[0] for earlier, later in pairwise(standings)}
    return [
        _log_line(person.framework, event, stage, before.get(event.pk, 0.0), event.pk in undoable) for event in page
    ]


def _log_line(framework: Framework, event: Event, stage: str, before: float, can_undo: bool) -> LogLine:
    claimed, backed = event.readiness.get(stage, [0.0, 0.0])
    changes = tuple(changes_in_words(framework, event.before or {}, event.after or {}))
    return LogLine(event, changes, claimed, backed, claimed - before, can_undo)


def readiness_chart(standings: list[Standing], stage: str, today: date, begin: date | None) -> LineChart | None:
    """The chart from a day on (None: from the first); what stood on the first day is carried to its edge."""
    known = [
        Point(timezone.localdate(s.at), 100 * s.readiness[stage][0], 100 * s.readiness[stage][1])
        for s in standings
        if stage in s.readiness
    ]
    if begin:
        earlier = [p for p in known if p.on < begin]
        known = [Point(begin, p.claimed, p.backed) for p in earlier[-1:]] + [p for p in known if p.on >= begin]
    return line_chart(thinned(known, CHART_POINTS), today) if known else None


def read_hours(person: Person, spent: Iterable[Spent] = ()) -> dict[tuple[int, int], float]:
    """(Year, month) -> hours spent in it: from the first day that hours were logged those alone (`spent`).

    Before it, the hours of resources finished and activities done. Each day has one source, so no hour counts twice.
    """
    logged = list(spent)
    begin = min((on for on, _hours in logged), default=date.max)
    marks = ResourceMark.objects.filter(user=person.user.pk, hours__gt=0).values_list("on", "hours")
    activities = Activity.objects.filter(user=person.user.pk, hours__gt=0).values_list("on", "hours")
    found: defaultdict[tuple[int, int], float] = defaultdict(float)
    for on, taken in [*marks, *activities]:
        if (when := day(on)) and when < begin:
            found[when.year, when.month] += float(taken or 0)
    for when, hours in logged:
        found[when.year, when.month] += float(hours)
    return found


def read_months_and_news(
    person: Person, standings: list[Standing], stage: str, spent: Iterable[Spent] = ()
) -> tuple[list[Month], News | None]:
    """The last twelve months, newest first, and what is new since the last visit: both from one reading of the log.

    `spent`: the hours that were logged, by day.
    """
    since = person.preferences.previous_visit_at or clock.now() - timedelta(days=DAYS_WITHOUT_VISIT)
    begins = _month_begins(person.today)
    moments = sorted({*begins, since})
    profiles = dict(zip(moments, profiles_at(person.user.pk, person.framework, moments), strict=True))
    held = {at: _levels(person.framework, profiles[at], at) for at in moments}
    held_by_month = [*(held[at] for at in begins), person.snapshot.held]
    gained = [sum(later.values()) - sum(earlier.values()) for earlier, later in pairwise(held_by_month)]
    months = _months([timezone.localdate(at) for at in begins], read_hours(person, spent), gained)
    return months, _news(person, standings, stage, since, held[since])


def _levels(framework: Framework, profile: Profile, at: datetime) -> dict[str, int]:
    found = levels(framework, profile, as_of=timezone.localdate(at))
    return {c: level.level for c, level in found.items()}


def _month_begins(today: date) -> list[datetime]:
    """The first moments of the last twelve months, oldest first."""
    first = today.replace(day=1)
    days = [add_months(first, -back) for back in range(MONTHS_SHOWN - 1, -1, -1)]
    return [timezone.make_aware(datetime.combine(on, time.min)) for on in days]


def _months(begins: list[date], hours: Mapping[tuple[int, int], float], gained: list[int]) -> list[Month]:
    taken = [hours.get((begin.year, begin.month), 0.0) for begin in begins]
    most_hours, most_levels = max(taken) or 1, max(map(abs, gained)) or 1
    found = [
        Month(begin, spent, levels, f"{100 * spent / most_hours:.1f}", f"{100 * max(0, levels) / most_levels:.1f}")
        for begin, spent, levels in zip(begins, taken, gained, strict=True)
    ]
    return found[::-1]


def _news(
    person: Person, standings: list[Standing], stage: str, since: datetime, held: Mapping[str, int]
) -> News | None:
    """None where nothing was logged since."""
    after = [s for s in standings if s.at > since]
    if not after:
        return None
    before = next((s.of(stage) for s in reversed(standings) if s.at <= since), [0.0, 0.0])
    now = after[-1].of(stage)
    return News(
        since=since,
        claimed=now[0] - before[0],
        backed=now[1] - before[1],
        acts=tuple(Counter(s.kind for s in after).items()),
        levels=tuple(_levels_changed(person, held)),
    )


def _levels_changed(person: Person, held: Mapping[str, int]) -> Iterator[tuple[str, str, int, int]]:
    for competency in person.framework.competencies:
        was, now = held[competency.id], person.snapshot.levels[competency.id].level
        if was != now:
            yield competency.id, competency.name, was, now
