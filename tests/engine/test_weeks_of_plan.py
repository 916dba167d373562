"""A plan's weeks on the calendar, weeks off passed over."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.engine.weeks import LAST_MONDAY, due, monday_of, number_of_week, plan_begin, week_of_plan

BEGIN = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)


def test_the_first_week_is_the_one_of_the_day() -> None:
    assert week_of_plan(BEGIN, 1) == MONDAY
    assert week_of_plan(BEGIN, 3) == date(2026, 12, 7)
    assert number_of_week(BEGIN, date(2026, 11, 29)) == 1
    assert number_of_week(BEGIN, date(2026, 11, 22)) == 0


def test_a_week_off_moves_what_follows() -> None:
    off = {date(2026, 11, 30)}
    assert week_of_plan(BEGIN, 2, off) == date(2026, 12, 7)
    assert number_of_week(BEGIN, date(2026, 12, 2), off) == 1
    assert number_of_week(BEGIN, date(2026, 12, 8), off) == 2


@given(st.integers(1, 60), st.sets(st.integers(0, 30)))
def test_the_number_of_a_plans_week_is_found_again(number: int, off: set[int]) -> None:
    weeks_off = {MONDAY + timedelta(weeks=w) for w in off}
    monday = week_of_plan(BEGIN, number, weeks_off)
    assert monday == monday_of(monday) and monday not in weeks_off
    assert number_of_week(BEGIN, monday, weeks_off) == number


def test_a_plan_of_the_end_of_a_week_begins_with_the_next() -> None:
    assert [plan_begin(MONDAY + timedelta(days=d)) for d in range(7)] == [MONDAY] * 4 + [date(2026, 11, 30)] * 3


def test_a_week_beyond_the_calendar_is_its_last() -> None:
    assert week_of_plan(BEGIN, 10**7) == LAST_MONDAY


def test_what_is_due_are_the_weeks_that_have_come_or_else_the_next_step() -> None:
    def weeks(*open_steps: int, now: int) -> tuple[int, ...]:
        return due(open_steps, now, lambda week: week)

    assert weeks(1, 2, 2, 3, now=2) == (1, 2, 2)
    assert weeks(4, 5, now=2) == (4,)
    assert weeks(now=2) == ()
