"""Dates as people know them: a day, a month, or only a year."""

from __future__ import annotations

import calendar
import re
from datetime import date

_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def parse_date(text: str) -> date:
    """The first day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` can mean.

    Raises ValueError with a sentence for the person who wrote it.
    """
    match = _PARTIAL.match(text)
    if not match:
        raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None


def month_index(day: date) -> int:
    """Months since year 0, so that whole months are a subtraction."""
    return day.year * 12 + day.month - 1


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    year, month = divmod(month_index(day) + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
