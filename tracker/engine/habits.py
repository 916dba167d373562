"""Whether a habit is on time or due, from the days on which it was logged. Never part of readiness, never a streak."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.engine.framework import Habit


@dataclass(frozen=True, slots=True)
class HabitStatus:
    """`done` times of `habit.count` within the last `habit.days` days; `due_on`: the day from which it is due."""

    habit: Habit
    done: int
    last: date | None
    due_on: date
    is_due: bool


def habit_status(habit: Habit, days: Iterable[date], as_of: date) -> HabitStatus:
    """On time while the last period holds as many as the habit asks; days after `as_of` are left out."""
    known = sorted(day for day in days if day <= as_of)
    period = timedelta(days=habit.days)
    within = [day for day in known if day > as_of - period]
    is_due = len(within) < habit.count
    due_on = as_of if is_due else within[-habit.count] + period
    return HabitStatus(habit, len(within), known[-1] if known else None, due_on, is_due)
