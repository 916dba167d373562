from __future__ import annotations

from datetime import timedelta

from tests.engine.builders import AS_OF, day
from tracker.engine.framework import Habit
from tracker.engine.habits import habit_status

PAPERS = Habit("papers", "Read papers", kinds=("paper-read",), count=2, days=30)


def test_a_habit_never_logged_is_due_today() -> None:
    found = habit_status(PAPERS, [], AS_OF)
    assert (found.done, found.last, found.is_due, found.due_on) == (0, None, True, AS_OF)


def test_it_is_on_time_while_the_last_period_holds_as_many_as_it_asks() -> None:
    found = habit_status(PAPERS, [day("2025-12-20"), day("2025-12-10")], AS_OF)
    assert (found.done, found.last, found.is_due) == (2, day("2025-12-20"), False)


def test_it_falls_due_when_the_first_of_those_leaves_the_period() -> None:
    days = [day("2025-12-10"), day("2025-12-20"), day("2025-12-25")]
    found = habit_status(PAPERS, days, AS_OF)
    assert found.due_on == day("2026-01-19")
    assert not habit_status(PAPERS, days, day("2026-01-18")).is_due
    assert habit_status(PAPERS, days, found.due_on).is_due


def test_what_lies_in_the_future_is_not_done_yet() -> None:
    assert habit_status(PAPERS, [day("2026-01-02"), day("2026-01-03")], AS_OF).last is None


def test_weeks_off_that_lie_between_put_it_off_by_their_days() -> None:
    days = [day("2025-12-10"), day("2025-12-20")]
    off = {day("2025-12-22"), day("2026-01-05")}
    assert habit_status(PAPERS, days, AS_OF, off).due_on == day("2026-01-09") + timedelta(days=14)


def test_weeks_off_before_it_was_done_change_nothing() -> None:
    days = [day("2025-12-10"), day("2025-12-20")]
    assert habit_status(PAPERS, days, AS_OF, {day("2025-12-01")}) == habit_status(PAPERS, days, AS_OF)


def test_within_a_week_off_nothing_is_due_before_it_is_over() -> None:
    found = habit_status(PAPERS, [], AS_OF, {day("2025-12-29")})
    assert (found.is_paused, found.is_due, found.due_on) == (True, False, day("2026-01-05"))
