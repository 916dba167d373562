"""Weeks off: marked and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker.engine.weeks import WEEK, monday_of
from tracker.models import Event, WeekOff
from tracker.queries.pace import WEEKS_AHEAD, YEARS_BACK
from tracker.queries.person import local_today
from tracker.services.ledger import Outcome, changing


class WeekOffError(ValueError):
    """A week that cannot be taken off; the message is for the person."""


def week_off_mark(*, user: Any, day: date) -> Outcome | None:
    """Take the week of that day off: plan, pace and habits pause in it. None: it was off already.

    Raises WeekOffError for a week more than a year ahead, or longer ago than anything can be logged.
    """
    week = monday_of(day)
    title = f"Week off: {date_format(week, 'j F Y')}"
    with changing(user, kind=Event.Kind.PLAN, title=title, key=week.isoformat(), effective_on=week) as change:
        ahead = (week - monday_of(local_today(change.preferences))) // WEEK
        if ahead > WEEKS_AHEAD:
            raise WeekOffError(_("This is more than a year ahead."))
        if -ahead > WEEKS_AHEAD * YEARS_BACK:
            raise WeekOffError(_("This is more than %(years)d years ago.") % {"years": YEARS_BACK})
        if not WeekOff.objects.filter(user=user, week=week).exists():
            change.save(WeekOff(user=user, week=week))
    return change.outcome


def week_off_take_back(*, user: Any, day: date) -> Outcome | None:
    """The week of that day is a week like others again. None: it was not off."""
    week = monday_of(day)
    title = f"No week off: {date_format(week, 'j F Y')}"
    with changing(user, kind=Event.Kind.PLAN, title=title, key=week.isoformat(), effective_on=week) as change:
        row = WeekOff.objects.filter(user=user, week=week).first()
        if row:
            change.delete(row)
    return change.outcome
