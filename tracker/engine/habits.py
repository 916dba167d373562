"""Whether a habit is on time or due, from the days on which it was logged. Never part of readiness, never a streak."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tracker.engine.framework import Habit
from tracker.engine.weeks import day_after, days_off_between, is_off


@dataclass(frozen=True, slots=True)
class HabitStatus:
    """`done` times of `habit.count` within the last `habit.days` days; `due_on`: the day from which it is due.

    Days of weeks off do not count, and within one nothing is due (`is_paused`).
    """

    habit: Habit
    done: int
    last: date | None
    due_on: date
    is_due: bool
    is_paused: bool = False


def habit_status(
    habit: Habit, days: Iterable[date], as_of: date, weeks_off: Collection[date] = frozenset()
) -> HabitStatus:
    """On time while the last period holds as many as the habit asks; days after `as_of` are left out.

    `weeks_off`: the Mondays of weeks in which habits pause; it falls due later by the days of them that lie between.
    """
    known = sorted(day for day in days if day <= as_of)
    within = [day for day in known if _age(day, as_of, weeks_off) < habit.days]
    is_paused = is_off(as_of, weeks_off)
    last = known[-1] if known else None
    if len(within) >= habit.count:
        due_on = day_after(within[-habit.count], habit.days, weeks_off)
        return HabitStatus(habit, len(within), last, due_on, is_due=False, is_paused=is_paused)
    due_on = day_after(as_of, 1, weeks_off) if is_paused else as_of
    return HabitStatus(habit, len(within), last, due_on, is_due=not is_paused, is_paused=is_paused)


def _age(day: date, as_of: date, weeks_off: Collection[date]) -> int:
    """Days passed since that day, those of weeks off not counted."""
    return (as_of - day).days - days_off_between(day, as_of, weeks_off)
