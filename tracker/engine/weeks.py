"""Weeks of the calendar: they begin on Monday; those off are passed over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

_WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def week_of_plan(begin: date, number: int, off: Collection[date] = ()) -> date:
    """The Monday of a plan's week by its number (from 1): weeks off do not count."""
    monday, counted = monday_of(begin), 0
    while True:
        if monday not in off:
            counted += 1
            if counted >= number:
                return monday
        monday += _WEEK


def number_of_week(begin: date, day: date, off: Collection[date] = ()) -> int:
    """Which week of the plan the day lies in; 0 before it begins. In a week off, the number of the week before it."""
    monday, last, counted = monday_of(begin), monday_of(day), 0
    while monday <= last:
        counted += monday not in off
        monday += _WEEK
    return counted
