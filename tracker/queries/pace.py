"""The hours a person logs, the weeks off, and what follows: pace and forecast. One query, whatever is logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import DecimalField, Sum, Value
from django.utils.translation import gettext as _

from tracker.engine.forecast import (
    Forecast,
    Obstacle,
    Pace,
    Spent,
    Week,
    forecast,
    pace_of,
    weeks_between,
)
from tracker.engine.weeks import WEEK, monday_of
from tracker.models import Effort, WeekOff
from tracker.pictures import WEEKS_DRAWN, BarChart, hours_chart
from tracker.queries.person import Person
from tracker.templatetags.numbers import plain

YEARS_BACK = 20  # hours and weeks off are of these years
WEEKS_AHEAD = 52  # a week off is at most so far ahead
WEEKS_LISTED = 8  # this week and the coming ones, each a tap away from being off


@dataclass(frozen=True, slots=True)
class Logged:
    """Hours by day, and the Mondays of the weeks off."""

    spent: tuple[Spent, ...] = ()
    weeks_off: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class ThisWeek:
    """The hours of the week that runs, beside those that were said. `width`: the length of the bar, out of 100."""

    logged: Fraction
    said: Fraction
    is_off: bool

    @property
    def width(self) -> str:
        most = max(self.logged, self.said)
        return f"{100 * float(self.logged / most):.1f}" if most else "0"


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """The forecast as a page shows it; `forecast` is None while the hours that are left are not known."""

    pace: Pace
    words: str
    forecast: Forecast | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week that can be taken off."""

    begin: date
    end: date
    is_now: bool
    is_off: bool


@dataclass(frozen=True, slots=True)
class PacePage:
    """All that Progress says of hours: this week, the picture, pace and forecast, the weeks off."""

    week: ThisWeek
    chart: BarChart | None
    has_more: bool
    forecast: ForecastLine
    coming: tuple[WeekLine, ...]
    others_off: tuple[WeekLine, ...]


def weeks_off(user_id: int) -> frozenset[date]:
    """The Mondays of the person's weeks off."""
    return frozenset(WeekOff.objects.filter(user=user_id).values_list("week", flat=True))


def read_logged(person: Person, since: date | None = None) -> Logged:
    """All hours that were logged, or those since a day, and all weeks off: both come in one query."""
    return _read_logged(person.user.pk, since)


def _read_logged(user_id: int, since: date | None) -> Logged:
    mine = Effort.objects.filter(user=user_id, **({"on__gte": since} if since else {}))
    by_day = mine.order_by().values_list("on").annotate(sum=Sum("hours"))
    nothing = Value(None, output_field=DecimalField())
    off = WeekOff.objects.filter(user=user_id).order_by().annotate(sum=nothing).values_list("week", "sum")
    rows = sorted(by_day.union(off, all=True), key=lambda row: row[0])
    return Logged(
        spent=tuple((on, Fraction(str(hours))) for on, hours in rows if hours is not None),
        weeks_off=frozenset(week for week, hours in rows if hours is None),
    )


def read_recent(user_id: int, today: date) -> dict[str, Any]:
    """This week's days with hours and all weeks off, as JSON that is kept with the state until the next write."""
    recent = _read_logged(user_id, monday_of(today))
    return {
        "spent": [[on.isoformat(), str(hours)] for on, hours in recent.spent],
        "weeks_off": sorted(week.isoformat() for week in recent.weeks_off),
    }


def logged_of(kept: Mapping[str, Any]) -> Logged:
    """What was kept, as it was read."""
    return Logged(
        tuple((date.fromisoformat(on), Fraction(hours)) for on, hours in kept["spent"]),
        frozenset(map(date.fromisoformat, kept["weeks_off"])),
    )


def this_week(person: Person, logged: Logged) -> ThisWeek:
    (week,) = weeks_between(logged.spent, logged.weeks_off, person.today, person.today)
    return ThisWeek(week.hours, _said(person), week.is_off)


def pace_in_words(pace: Pace) -> str:
    """`6 h a week as you said`, or `median 4.5 h over the last 9 weeks, between 3 and 6`."""
    if pace.is_said:
        return _("%(hours)s h a week as you said") % {"hours": plain(pace.middle)}
    facts = {
        "hours": plain(pace.middle),
        "weeks": pace.weeks,
        "low": plain(pace.low),
        "high": plain(pace.high),
    }
    if pace.low == pace.high:
        return _("median %(hours)s h over the last %(weeks)d weeks") % facts
    return _("median %(hours)s h over the last %(weeks)d weeks, between %(low)s and %(high)s") % facts


def forecast_of(person: Person, hours_left: Fraction | None, logged: Logged | None = None) -> ForecastLine:
    """When the hours that are left on the shortest way will be done at the person's pace; None: not known yet.

    `logged`: what was read already, so that it is not read again.
    """
    known = read_logged(person) if logged is None else logged
    pace = pace_of(_said(person), known.spent, known.weeks_off, person.today)
    found = None if hours_left is None else forecast(hours_left, pace, known.weeks_off, person.today)
    return ForecastLine(pace, pace_in_words(pace), found, _why(found.obstacle) if found else "")


def pace_page(person: Person, logged: Logged, hours_left: Fraction | None, *, shows_all: bool = False) -> PacePage:
    """The part of Progress that is about hours; of the picture the last twelve weeks, or as far back as logged."""
    line = forecast_of(person, hours_left, logged)
    weeks = _weeks(person, logged)
    drawn = weeks if shows_all else weeks[-WEEKS_DRAWN:]
    coming = tuple(_coming(person, logged.weeks_off))
    listed = {week.begin for week in coming}
    return PacePage(
        week=this_week(person, logged),
        chart=hours_chart(drawn, None if line.pace.is_said else line.pace.middle) if drawn else None,
        has_more=len(weeks) > len(drawn),
        forecast=line,
        coming=coming,
        others_off=tuple(_line(person, week, True) for week in sorted(logged.weeks_off - listed, reverse=True)),
    )


def _weeks(person: Person, logged: Logged) -> tuple[Week, ...]:
    """From the week of the first log to this one; none where nothing was logged yet."""
    if not logged.spent:
        return ()
    first = min(on for on, _hours in logged.spent)
    return weeks_between(logged.spent, logged.weeks_off, first, max(first, person.today))


def _coming(person: Person, off: frozenset[date]) -> list[WeekLine]:
    mondays = [monday_of(person.today) + ahead * WEEK for ahead in range(WEEKS_LISTED)]
    return [_line(person, monday, monday in off) for monday in mondays]


def _line(person: Person, monday: date, is_off: bool) -> WeekLine:
    return WeekLine(monday, monday + timedelta(days=6), monday == monday_of(person.today), is_off)


def _said(person: Person) -> Fraction:
    return Fraction(str(person.preferences.hours_per_week))


def _why(obstacle: Obstacle) -> str:
    return {
        Obstacle.NONE: "",
        Obstacle.NOTHING_SAID: _("you said 0 hours a week, and too few weeks are logged to know better."),
        Obstacle.STANDS_STILL: _("in most of your logged weeks there were no hours."),
        Obstacle.TOO_FAR: _("at this pace it would take more than a hundred years."),
    }[obstacle]
