"""Weeks from Monday to Sunday, and days counted past the weeks off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import TypeVar

Step = TypeVar("Step")

DAYS_IN_A_WEEK = 7
WEEK = timedelta(days=DAYS_IN_A_WEEK)
LAST_MONDAY = date.max - timedelta(days=date.max.weekday() + DAYS_IN_A_WEEK)
_THURSDAY = 3


def monday_of(day: date) -> date:
    """The Monday of the week in which the day lies."""
    return day - timedelta(days=day.weekday())


def is_off(day: date, weeks_off: Collection[date]) -> bool:
    """Whether the day lies in a week off; weeks are named by their Mondays."""
    return monday_of(day) in weeks_off


def days_off_between(start: date, end: date, weeks_off: Collection[date]) -> int:
    """How many of the days after `start`, up to and with `end`, lie in weeks off."""
    spans = ((max(week, start + timedelta(days=1)), min(week + WEEK, end + timedelta(days=1))) for week in weeks_off)
    return sum(max(0, (after - first).days) for first, after in spans)


def day_after(start: date, days: int, weeks_off: Collection[date]) -> date:
    """The day by which so many days (1 or more) have passed since `start`, those of weeks off not counted.

    Raises OverflowError where the calendar ends before.
    """
    found = start + timedelta(days=days)
    for week in sorted(weeks_off):
        first = max(week, start + timedelta(days=1))
        if first <= found:
            found += timedelta(days=max(0, (week + WEEK - first).days))
    return found


def plan_begin(day: date) -> date:
    """The Monday from which a plan made on that day counts: of its own week until Thursday, else of the next one."""
    return monday_of(day) + (WEEK if day.weekday() > _THURSDAY else timedelta(0))


def week_of_plan(begin: date, number: int, off: Collection[date] = ()) -> date:
    """The Monday of a plan's week by its number (from 1): weeks off do not count. The last Monday of the calendar where
    it would lie beyond."""
    try:
        monday = monday_of(begin) + (number - 1) * WEEK
        for week in sorted(week for week in off if week >= monday_of(begin)):
            if week > monday:
                break
            monday += WEEK
    except OverflowError:
        return LAST_MONDAY
    return min(monday, LAST_MONDAY)


def number_of_week(begin: date, day: date, off: Collection[date] = ()) -> int:
    """Which week of the plan the day lies in; 0 before it begins. In a week off, the number of the week before it."""
    first, last = monday_of(begin), monday_of(day)
    if last < first:
        return 0
    return (last - first) // WEEK + 1 - sum(first <= week <= last for week in off)


def due(steps: Sequence[Step], week: int, week_of: Callable[[Step], int]) -> tuple[Step, ...]:
    """Of the open steps of a plan those whose week has come, late ones too; the next step where none has."""
    return tuple(step for step in steps if week_of(step) <= week) or tuple(steps[:1])
