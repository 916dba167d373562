"""Hours logged, changed and removed, weeks off marked and taken back: each one event, and back again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from tracker import clock
from tracker.models import Effort, Event, WeekOff
from tracker.services.effort import EffortError, effort_change, effort_log, effort_remove
from tracker.services.history import UndoError, event_undo
from tracker.services.ledger import Outcome
from tracker.services.weeks_off import WeekOffError, week_off_mark, week_off_take_back

pytestmark = pytest.mark.django_db
COURSE = "r.google-mlcc"


@pytest.fixture
def today() -> date:
    return clock.today_in("UTC")


def log(user: User, on: date, hours: str, resource: str = "") -> Outcome:
    outcome = effort_log(user=user, on=on, hours=Decimal(hours), resource=resource)
    assert outcome is not None
    return outcome


def monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


class TestHours:
    def test_they_are_one_event_on_their_day_and_touch_no_level(self, user: User, today: date) -> None:
        outcome = log(user, today, "1.5", COURSE)
        event = outcome.event
        assert (event.kind, event.key, event.effective_on) == (Event.Kind.EFFORT, COURSE, today)
        assert event.title == "Logged 1.5 h on Machine Learning Crash Course"
        assert not outcome.levels_changed
        assert [(e.on, e.hours) for e in Effort.objects.for_user(user)] == [(today, Decimal("1.5"))]

    def test_two_entries_of_a_day_are_two(self, user: User, today: date) -> None:
        log(user, today, "1")
        log(user, today, "2")
        assert Effort.objects.filter(user=user).count() == 2

    def test_logging_can_be_undone(self, user: User, today: date) -> None:
        event_undo(user=user, event=log(user, today, "2").event)
        assert not Effort.objects.filter(user=user).exists()

    def test_a_change_says_what_it_is_now_and_can_be_undone(self, user: User, today: date) -> None:
        log(user, today, "2")
        row = Effort.objects.get()
        outcome = effort_change(user=user, row=row, on=today - timedelta(days=1), hours=Decimal(3))
        assert outcome is not None and outcome.event.title == "Changed to 3 h"
        event_undo(user=user, event=outcome.event)
        row.refresh_from_db()
        assert (row.on, row.hours) == (today, 2)

    def test_a_change_to_the_same_is_no_event(self, user: User, today: date) -> None:
        log(user, today, "2")
        assert effort_change(user=user, row=Effort.objects.get(), on=today, hours=Decimal(2)) is None

    def test_what_was_removed_can_be_brought_back(self, user: User, today: date) -> None:
        log(user, today, "2", COURSE)
        outcome = effort_remove(user=user, row=Effort.objects.get())
        assert outcome is not None and not Effort.objects.exists()
        event_undo(user=user, event=outcome.event)
        assert Effort.objects.get(user=user).resource == COURSE

    def test_a_week_has_168_hours_and_says_how_many_are_left(self, user: User, today: date) -> None:
        day = monday(today) - timedelta(days=7)
        log(user, day, "100")
        log(user, day + timedelta(days=6), "60.5")
        with pytest.raises(EffortError, match=r"160\.5 h are logged already: 7\.5 h fit in") as refused:
            log(user, day + timedelta(days=3), "8")
        assert refused.value.field == "hours"
        log(user, day + timedelta(days=7), "8")
        log(user, day, "7.5")
        assert Effort.objects.filter(user=user).count() == 4

    def test_a_change_counts_its_own_hours_once(self, user: User, today: date) -> None:
        log(user, today, "100")
        row = Effort.objects.get()
        assert effort_change(user=user, row=row, on=today, hours=Decimal(168))
        with pytest.raises(EffortError):
            log(user, today, "0.2")

    def test_the_hours_of_others_take_no_room(self, user: User, other_user: User, today: date) -> None:
        log(other_user, today, "168")
        log(user, today, "168")

    @pytest.mark.parametrize(("days", "why"), [(1, "still ahead"), (-366 * 21, "20 years ago")])
    def test_days_that_cannot_have_been_are_refused(self, user: User, today: date, days: int, why: str) -> None:
        with pytest.raises(EffortError, match=why) as refused:
            log(user, today + timedelta(days=days), "1")
        assert refused.value.field == "on"
        assert not Event.objects.filter(user=user).exists()

    def test_the_entries_of_others_are_theirs(self, user: User, other_user: User, today: date) -> None:
        log(other_user, today, "1")
        row = Effort.objects.get()
        with pytest.raises(PermissionError):
            effort_remove(user=user, row=row)
        with pytest.raises(PermissionError):
            effort_change(user=user, row=row, on=today, hours=Decimal(2))


class TestWeeksOff:
    def test_any_day_of_the_week_marks_it_by_its_monday(self, user: User, today: date) -> None:
        outcome = week_off_mark(user=user, day=monday(today) + timedelta(days=17))
        assert outcome is not None
        assert WeekOff.objects.get(user=user).week == monday(today) + timedelta(days=14)

    def test_twice_is_once(self, user: User, today: date) -> None:
        week_off_mark(user=user, day=today)
        assert week_off_mark(user=user, day=monday(today)) is None
        assert WeekOff.objects.filter(user=user).count() == 1

    def test_it_can_be_taken_back_and_that_undone(self, user: User, today: date) -> None:
        week_off_mark(user=user, day=today)
        outcome = week_off_take_back(user=user, day=today)
        assert outcome is not None and not WeekOff.objects.exists()
        event_undo(user=user, event=outcome.event)
        assert WeekOff.objects.filter(user=user).exists()

    def test_none_that_is_there_is_none_to_take_back(self, user: User, today: date) -> None:
        assert week_off_take_back(user=user, day=today) is None

    def test_an_undo_that_would_mark_it_twice_says_so(self, user: User, today: date) -> None:
        week_off_mark(user=user, day=today)
        taken_back = week_off_take_back(user=user, day=today)
        week_off_mark(user=user, day=today)
        assert taken_back is not None
        with pytest.raises(UndoError, match="listed again"):
            event_undo(user=user, event=taken_back.event)
        assert WeekOff.objects.filter(user=user).count() == 1

    def test_a_year_ahead_is_the_furthest(self, user: User, today: date) -> None:
        assert week_off_mark(user=user, day=monday(today) + timedelta(weeks=52))
        with pytest.raises(WeekOffError, match="more than a year ahead"):
            week_off_mark(user=user, day=monday(today) + timedelta(weeks=53))

    def test_past_ones_can_be_marked_too(self, user: User, today: date) -> None:
        assert week_off_mark(user=user, day=today - timedelta(weeks=30))
        with pytest.raises(WeekOffError):
            week_off_mark(user=user, day=date(1900, 1, 1))
