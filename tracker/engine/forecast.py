"""The pace and what it promises: hours left / hours a week = the date of readiness, with its range.

ENGINE.md, Forecast. All numbers are exact; the answer does not depend on the order of the rows.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from tracker.engine.weeks import DAYS_IN_A_WEEK, WEEK, day_after, monday_of

WEEKS_NEEDED = 4  # complete weeks before the log outranks what was said
WEEKS_COUNTED = 12  # the latest ones
FURTHEST = 100 * 366  # days; a date beyond says nothing

Spent = tuple[date, Fraction]  # a day, the hours spent on it


@dataclass(frozen=True, slots=True)
class Week:
    """One week by its Monday, the hours logged in it, whether it was taken off."""

    begin: date
    hours: Fraction
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """Hours a week: the middle, and the quartiles around it. `weeks`: of how many logged ones; 0: as was said."""

    middle: Fraction
    low: Fraction
    high: Fraction
    weeks: int = 0

    @property
    def is_said(self) -> bool:
        return not self.weeks


class Obstacle(Enum):
    """Why there is no date."""

    NONE = ""
    NOTHING_SAID = "nothing said"  # nought hours a week, and no log that says otherwise
    STANDS_STILL = "stands still"  # in most of the logged weeks nothing was logged
    TOO_FAR = "too far"  # the date is more than a hundred years ahead


@dataclass(frozen=True, slots=True)
class Forecast:
    """When nothing is left to do. `early` at the high pace, `late` at the low one; None where no such date exists."""

    hours_left: Fraction
    pace: Pace
    ready_on: date | None
    early: date | None
    late: date | None
    obstacle: Obstacle = Obstacle.NONE

    @property
    def is_reached(self) -> bool:
        return not self.hours_left

    @property
    def has_range(self) -> bool:
        return self.early != self.late


def weeks_between(spent: Iterable[Spent], weeks_off: Collection[date], begin: date, end: date) -> tuple[Week, ...]:
    """Every week from that of `begin` to that of `end`, oldest first, those without hours too."""
    hours: defaultdict[date, Fraction] = defaultdict(Fraction)
    for day, taken in spent:
        hours[monday_of(day)] += taken
    count = (monday_of(end) - monday_of(begin)) // WEEK + 1
    mondays = [monday_of(begin) + position * WEEK for position in range(count)]
    return tuple(Week(monday, hours[monday], monday in weeks_off) for monday in mondays)


def counted_weeks(spent: Iterable[Spent], weeks_off: Collection[date], today: date) -> tuple[Week, ...]:
    """The weeks that make the pace: complete ones since the first log, zeros too, the last twelve that were not off.

    Complete: from its Monday on the log had begun, and its Sunday is over. Days after today are left out.
    """
    known = [(day, taken) for day, taken in spent if day <= today]
    if not known:
        return ()
    first = min(day for day, _ in known)
    weeks = weeks_between(known, weeks_off, first, today)
    complete = [w for w in weeks if w.begin >= first and w.begin + WEEK <= today and not w.is_off]
    return tuple(complete[-WEEKS_COUNTED:])


def pace_of(said: Fraction, spent: Iterable[Spent], weeks_off: Collection[date], today: date) -> Pace:
    """What was said (hours a week) until four complete weeks are logged; then their median and quartiles."""
    hours = sorted(week.hours for week in counted_weeks(spent, weeks_off, today))
    if len(hours) < WEEKS_NEEDED:
        return Pace(said, said, said)
    low, middle, high = (quantile(hours, Fraction(part, 4)) for part in (1, 2, 3))
    return Pace(middle, low, high, len(hours))


def quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """The value below which that share (in [0, 1]) of the sorted values lies; between two of them in proportion."""
    position = share * (len(values) - 1)
    below = math.floor(position)
    above = min(below + 1, len(values) - 1)
    return values[below] + (position - below) * (values[above] - values[below])


def forecast(hours_left: Fraction, pace: Pace, weeks_off: Collection[date], today: date) -> Forecast:
    """When the hours that are left (0 or more) will be done at that pace; in weeks off nothing is."""
    if not hours_left:
        return Forecast(hours_left, pace, today, today, today)
    middle, early, late = (
        _done_on(hours_left, hours, weeks_off, today) for hours in (pace.middle, pace.high, pace.low)
    )
    if middle is None:
        return Forecast(hours_left, pace, None, None, None, _obstacle(pace))
    return Forecast(hours_left, pace, middle, early, late)


def _done_on(hours_left: Fraction, hours_a_week: Fraction, weeks_off: Collection[date], today: date) -> date | None:
    """The day on which the last of the hours is done, spread evenly over the days; None: not within a hundred years."""
    if not hours_a_week:
        return None
    days = math.ceil(DAYS_IN_A_WEEK * hours_left / hours_a_week)
    return day_after(today, days, weeks_off) if days <= FURTHEST else None


def _obstacle(pace: Pace) -> Obstacle:
    if pace.middle:
        return Obstacle.TOO_FAR
    return Obstacle.NOTHING_SAID if pace.is_said else Obstacle.STANDS_STILL
