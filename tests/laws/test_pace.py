"""The laws of pace, forecast and habits, each tried on generated logs and weeks off."""

from __future__ import annotations

import statistics
from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.engine.forecast import Forecast, Pace, Spent, forecast, pace_of
from tracker.engine.framework import Habit
from tracker.engine.habits import HabitStatus, habit_status
from tracker.engine.weeks import day_after, days_off_between, monday_of

ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(weeks=1)
BEGIN, TODAY = date(2025, 9, 1), date(2026, 3, 4)

days = st.dates(BEGIN, TODAY)
todays = st.dates(TODAY - timedelta(days=20), TODAY)
few_hours = st.fractions(min_value=Fraction(1, 10), max_value=20, max_denominator=10)
logs = st.lists(st.tuples(days, few_hours), max_size=40)
weeks = st.dates(BEGIN, TODAY + timedelta(weeks=60)).map(monday_of)
weeks_off = st.frozensets(weeks, max_size=8)
said = st.fractions(min_value=0, max_value=40, max_denominator=10)
hours_left = st.fractions(min_value=0, max_value=2000, max_denominator=10)
habits = st.builds(Habit, st.just("h"), st.just("h"), count=st.integers(1, 3), days=st.integers(1, 60))


@st.composite
def paces(draw: st.DrawFn) -> Pace:
    low, middle, high = sorted(draw(said) for _ in range(3))
    return Pace(middle, low, high, 12)


def not_later(one: date | None, other: date | None) -> bool:
    """Whether the first comes no later; no date is later than any."""
    return other is None or (one is not None and one <= other)


def assert_not_later(one: Forecast, other: Forecast) -> None:
    assert not_later(one.ready_on, other.ready_on)
    if one.ready_on and other.ready_on:
        assert not_later(one.early, other.early)
        assert not_later(one.late, other.late)


# Pace


def median_by_hand(given_hours: Fraction, log: list[Spent], off: Collection[date], today: date) -> Pace:
    """The pace read plainly: day by day, with the standard library's quartiles."""
    known = [(on, hours) for on, hours in log if on <= today]
    weekly, week = [], min((on for on, _ in known), default=today)
    while week.weekday():
        week += ONE_DAY
    while week + 6 * ONE_DAY < today:
        if week not in off:
            weekly.append(sum((hours for on, hours in known if 0 <= (on - week).days < 7), Fraction(0)))
        week += ONE_WEEK
    weekly = weekly[-12:]
    if len(weekly) < 4:
        return Pace(given_hours, given_hours, given_hours)
    low, middle, high = statistics.quantiles(weekly, n=4, method="inclusive")
    return Pace(middle, low, high, len(weekly))


@given(said, logs, weeks_off, todays)
def test_a_plain_reading_of_the_log_gives_the_same_pace(
    given_hours: Fraction, log: list[Spent], off: frozenset[date], today: date
) -> None:
    assert pace_of(given_hours, log, off, today) == median_by_hand(given_hours, log, off, today)


@given(said, logs, weeks_off, st.randoms())
def test_the_order_of_the_rows_does_not_matter(
    given_hours: Fraction, log: list[Spent], off: frozenset[date], chance: Random
) -> None:
    shuffled = list(log)
    chance.shuffle(shuffled)
    assert pace_of(given_hours, shuffled, off, TODAY) == pace_of(given_hours, log, off, TODAY)


@given(said, logs, weeks_off)
def test_the_median_lies_between_its_quartiles(given_hours: Fraction, log: list[Spent], off: frozenset[date]) -> None:
    pace = pace_of(given_hours, log, off, TODAY)
    assert 0 <= pace.low <= pace.middle <= pace.high


@given(hours_left, said, logs, few_hours, weeks_off, st.data())
def test_a_faster_week_is_never_later(
    left: Fraction, given_hours: Fraction, log: list[Spent], more: Fraction, off: frozenset[date], data: st.DataObject
) -> None:
    assume(log)
    on, _ = data.draw(st.sampled_from(log))
    faster = pace_of(given_hours, [*log, (on, more)], off, TODAY)
    assert_not_later(
        forecast(left, faster, off, TODAY), forecast(left, pace_of(given_hours, log, off, TODAY), off, TODAY)
    )


@given(said, logs, weeks_off, weeks)
def test_taking_a_week_off_in_which_nothing_was_done_slows_no_logged_pace(
    given_hours: Fraction, log: list[Spent], off: frozenset[date], week: date
) -> None:
    assume(not any(monday_of(on) == week for on, _ in log))
    before, after = (pace_of(given_hours, log, weeks, TODAY) for weeks in (off, off | {week}))
    assume(not after.is_said)
    assert after.low >= before.low and after.middle >= before.middle and after.high >= before.high


# Forecast


def walked(left: Fraction, hours_a_week: Fraction, off: Collection[date], today: date) -> date:
    """The day read plainly: a seventh of the week's hours each day that is not off, from tomorrow on."""
    on = today
    while left > 0:
        on += ONE_DAY
        if monday_of(on) not in off:
            left -= hours_a_week / 7
    return on


@given(st.fractions(0, 300, max_denominator=10), st.fractions(1, 40, max_denominator=10), weeks_off, todays)
def test_a_walk_day_by_day_ends_on_the_same_date(
    left: Fraction, pace: Fraction, off: frozenset[date], today: date
) -> None:
    assert forecast(left, Pace(pace, pace, pace), off, today).ready_on == walked(left, pace, off, today)


@given(hours_left, paces(), weeks_off)
def test_the_range_holds_the_middle(left: Fraction, pace: Pace, off: frozenset[date]) -> None:
    found = forecast(left, pace, off, TODAY)
    assert (found.ready_on is None) == bool(found.obstacle.value)
    if found.ready_on:
        assert found.early is not None and TODAY <= found.early <= found.ready_on
        assert not_later(found.ready_on, found.late)


@given(hours_left, few_hours, paces(), weeks_off)
def test_more_hours_left_are_never_earlier(left: Fraction, more: Fraction, pace: Pace, off: frozenset[date]) -> None:
    assert_not_later(forecast(left, pace, off, TODAY), forecast(left + more, pace, off, TODAY))


@given(hours_left, paces(), weeks_off, weeks)
def test_a_week_off_is_never_earlier(left: Fraction, pace: Pace, off: frozenset[date], week: date) -> None:
    before, after = forecast(left, pace, off, TODAY), forecast(left, pace, off | {week}, TODAY)
    assert_not_later(before, after)
    if before.ready_on and after.ready_on:
        # By its seven days at most; what lies behind may be weeks that were off already.
        assert (after.ready_on - before.ready_on).days <= 7 + days_off_between(before.ready_on, after.ready_on, off)


@given(hours_left, paces(), weeks_off)
def test_nobody_is_ready_on_a_day_off(left: Fraction, pace: Pace, off: frozenset[date]) -> None:
    found = forecast(left, pace, off, TODAY)
    assume(left and found.ready_on)
    assert monday_of(found.ready_on or TODAY) not in off


# Days past weeks off


@given(days, st.integers(1, 200), weeks_off)
def test_as_many_days_have_passed_as_were_asked_for(start: date, count: int, off: frozenset[date]) -> None:
    end = day_after(start, count, off)
    assert (end - start).days - days_off_between(start, end, off) == count
    assert monday_of(end) not in off


# Habits


@given(habits, st.lists(days, max_size=8), weeks_off, todays)
def test_a_habit_is_due_from_its_day_on_and_not_before(
    habit: Habit, done: list[date], off: frozenset[date], today: date
) -> None:
    known = [on for on in done if on <= today]
    found = habit_status(habit, known, today, off)
    assert found.due_on >= today
    assert habit_status(habit, known, found.due_on, off).is_due
    assert not any(status.is_due for status in _until(habit, known, today, found.due_on, off))


def _until(habit: Habit, done: list[date], begin: date, end: date, off: frozenset[date]) -> list[HabitStatus]:
    return [habit_status(habit, done, begin + n * ONE_DAY, off) for n in range((end - begin).days)]


@given(habits, st.lists(days, max_size=8), weeks_off, weeks, todays)
def test_a_week_off_never_brings_a_habit_nearer(
    habit: Habit, done: list[date], off: frozenset[date], week: date, today: date
) -> None:
    before, after = habit_status(habit, done, today, off), habit_status(habit, done, today, off | {week})
    assert before.due_on <= after.due_on
    assert after.done >= before.done
    assert before.is_due or not after.is_due


@given(habits, st.lists(days, max_size=8), todays)
def test_without_weeks_off_the_calendar_alone_decides(habit: Habit, done: list[date], today: date) -> None:
    known = sorted(on for on in done if on <= today)
    within = [on for on in known if on > today - timedelta(days=habit.days)]
    found = habit_status(habit, done, today)
    assert (found.done, found.is_due) == (len(within), len(within) < habit.count)
    if not found.is_due:
        assert found.due_on == within[-habit.count] + timedelta(days=habit.days)
