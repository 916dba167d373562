"""The pace that was said or logged, and the date that it promises."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.engine.builders import day
from tracker.engine.forecast import Obstacle, Pace, Week, counted_weeks, forecast, pace_of, weeks_between

MONDAY = day("2026-03-02")
SIX = Fraction(6)
NEVER_OFF: frozenset[date] = frozenset()


def weeks_ago(number: int) -> date:
    return MONDAY - timedelta(weeks=number)


def logged(*hours: int | str) -> list[tuple[date, Fraction]]:
    """One log a week on its Monday, the last one in the week that has just ended; nought: none."""
    days = [weeks_ago(len(hours) - position) for position in range(len(hours))]
    return [(on, Fraction(taken)) for on, taken in zip(days, hours, strict=True) if Fraction(taken)]


def steady(hours: int | str) -> Pace:
    return Pace(Fraction(hours), Fraction(hours), Fraction(hours))


class TestPace:
    def test_without_a_log_it_is_what_was_said(self) -> None:
        found = pace_of(SIX, [], NEVER_OFF, MONDAY)
        assert (found, found.is_said) == (steady(6), True)

    def test_three_complete_weeks_are_too_few(self) -> None:
        assert pace_of(SIX, logged(1, 1, 1), NEVER_OFF, MONDAY).is_said

    def test_from_four_on_it_is_their_median_between_their_quartiles(self) -> None:
        assert pace_of(SIX, logged(1, 2, 3, 8), NEVER_OFF, MONDAY) == Pace(
            Fraction("2.5"), Fraction("1.75"), Fraction("4.25"), 4
        )

    def test_weeks_without_hours_count(self) -> None:
        assert pace_of(SIX, logged(4, 0, 0, 0, 4), NEVER_OFF, MONDAY) == Pace(Fraction(0), Fraction(0), Fraction(4), 5)

    def test_hours_of_one_week_are_one_number(self) -> None:
        twice = [*logged(1, 1, 1, 1), *logged(1, 1, 1, 1)]
        assert pace_of(SIX, twice, NEVER_OFF, MONDAY).middle == 2

    def test_only_the_last_twelve_weeks_count(self) -> None:
        assert pace_of(SIX, logged(*[40] * 12, *[1] * 12), NEVER_OFF, MONDAY) == Pace(*[Fraction(1)] * 3, 12)

    def test_a_week_off_is_left_out_whatever_was_logged_in_it(self) -> None:
        hours = logged(4, 4, 0, 4, 4)
        assert pace_of(SIX, hours, {weeks_ago(3)}, MONDAY) == Pace(*[Fraction(4)] * 3, 4)
        assert pace_of(SIX, hours, {weeks_ago(4), weeks_ago(5)}, MONDAY).is_said

    def test_the_week_that_still_runs_does_not_count(self) -> None:
        hours = [*logged(4, 4, 4, 4), (MONDAY, Fraction(40))]
        assert pace_of(SIX, hours, NEVER_OFF, MONDAY + timedelta(days=6)).middle == 4
        assert len(counted_weeks(hours, NEVER_OFF, MONDAY + timedelta(days=7))) == 5

    def test_a_week_counts_if_the_log_had_begun_by_its_monday(self) -> None:
        on_tuesday = [(weeks_ago(5) + timedelta(days=1), Fraction(2)), *logged(4, 4, 4, 4)]
        assert [week.hours for week in counted_weeks(on_tuesday, NEVER_OFF, MONDAY)] == [4, 4, 4, 4]

    def test_days_ahead_are_left_out(self) -> None:
        assert counted_weeks([(MONDAY + timedelta(days=1), SIX)], NEVER_OFF, MONDAY) == ()


def test_weeks_between_two_days_hold_those_without_hours_and_those_off() -> None:
    spent = [(weeks_ago(2) + timedelta(days=6), Fraction(3))]
    assert weeks_between(spent, {weeks_ago(1)}, weeks_ago(2) + timedelta(days=3), MONDAY) == (
        Week(weeks_ago(2), Fraction(3)),
        Week(weeks_ago(1), Fraction(0), is_off=True),
        Week(MONDAY, Fraction(0)),
    )


class TestForecast:
    def test_hours_left_by_the_pace_are_weeks_from_today(self) -> None:
        found = forecast(Fraction(12), steady(6), NEVER_OFF, MONDAY)
        assert (found.ready_on, found.has_range) == (MONDAY + timedelta(weeks=2), False)

    def test_part_of_a_day_is_a_day(self) -> None:
        assert forecast(Fraction(1), steady(6), NEVER_OFF, MONDAY).ready_on == MONDAY + timedelta(days=2)

    def test_the_range_goes_from_the_high_pace_to_the_low_one(self) -> None:
        found = forecast(Fraction(12), Pace(SIX, Fraction(3), Fraction(12), 9), NEVER_OFF, MONDAY)
        assert (found.early, found.ready_on, found.late) == tuple(MONDAY + timedelta(weeks=n) for n in (1, 2, 4))

    def test_a_week_off_ahead_is_skipped(self) -> None:
        off = {MONDAY + timedelta(weeks=1)}
        assert forecast(Fraction(12), steady(6), off, MONDAY).ready_on == MONDAY + timedelta(weeks=3)

    def test_of_a_week_off_under_way_the_days_still_ahead_are_skipped(self) -> None:
        thursday = MONDAY + timedelta(days=3)
        assert forecast(Fraction(6), steady(6), {MONDAY}, thursday).ready_on == thursday + timedelta(days=7 + 3)

    @pytest.mark.parametrize("off", [weeks_ago(1), MONDAY + timedelta(weeks=3)])
    def test_a_week_off_that_is_over_or_comes_after_changes_nothing(self, off: date) -> None:
        assert forecast(Fraction(12), steady(6), {off}, MONDAY).ready_on == MONDAY + timedelta(weeks=2)

    def test_with_nothing_left_it_is_reached_today_at_any_pace(self) -> None:
        found = forecast(Fraction(0), steady(0), NEVER_OFF, MONDAY)
        assert (found.is_reached, found.ready_on, found.obstacle) == (True, MONDAY, Obstacle.NONE)

    @pytest.mark.parametrize(
        ("pace", "why"),
        [
            (steady(0), Obstacle.NOTHING_SAID),
            (Pace(Fraction(0), Fraction(0), Fraction(3), 8), Obstacle.STANDS_STILL),
            (steady("1/1000"), Obstacle.TOO_FAR),
        ],
    )
    def test_what_cannot_be_forecast_says_why(self, pace: Pace, why: Obstacle) -> None:
        found = forecast(Fraction(100), pace, NEVER_OFF, MONDAY)
        assert (found.ready_on, found.early, found.late, found.obstacle) == (None, None, None, why)

    def test_a_low_pace_of_nought_leaves_the_late_end_open(self) -> None:
        found = forecast(Fraction(12), Pace(SIX, Fraction(0), SIX, 8), NEVER_OFF, MONDAY)
        assert found.ready_on and found.early and found.late is None
