"""Hours spent learning: logged, changed, removed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker.engine.dates import add_months
from tracker.engine.weeks import WEEK, monday_of
from tracker.models import Effort, Event
from tracker.models.plan import HOURS_IN_A_WEEK
from tracker.queries.pace import YEARS_BACK
from tracker.queries.person import local_today
from tracker.services.entities import values
from tracker.services.ledger import Change, Outcome, changing

MOST_ENTRIES = 20_000


class EffortError(ValueError):
    """Hours that cannot have been; says which field is wrong and why, for the person who wrote it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def effort_log(*, user: Any, on: date, hours: Decimal, resource: str = "") -> Outcome | None:
    """Log hours on a day, on a resource of the framework (by its key) or on anything. Raises EffortError."""
    return _keep(user, Effort(user=user, on=on, hours=hours, resource=resource))


def effort_change(*, user: Any, row: Effort, on: date, hours: Decimal, resource: str = "") -> Outcome | None:
    """Change what was logged. The row must be the user's own. None: nothing changed. Raises EffortError."""
    _check_owner(user, row)
    was = values(row)
    row.on, row.hours, row.resource = on, hours, resource
    return _keep(user, row, was)


def effort_remove(*, user: Any, row: Effort) -> Outcome | None:
    """Remove what was logged; the event keeps it, so that it can be brought back."""
    _check_owner(user, row)
    title = f"Removed {_hours(row.hours)}"
    with changing(user, kind=Event.Kind.EFFORT, title=title, key=row.resource, effective_on=row.on) as change:
        change.title += _on_what(change, row)
        change.delete(row)
    return change.outcome


def _keep(user: Any, row: Effort, was: dict[str, Any] | None = None) -> Outcome | None:
    title = f"{'Changed to' if was else 'Logged'} {_hours(row.hours)}"
    with changing(user, kind=Event.Kind.EFFORT, title=title, key=row.resource, effective_on=row.on) as change:
        change.title += _on_what(change, row)
        _check(row, local_today(change.preferences))
        change.save(row, was=was)
    return change.outcome


def _check(row: Effort, today: date) -> None:
    """Within `changing`, which lets one write of a person in after the other: so the week's sum holds."""
    if row.on > today:
        raise EffortError("on", _("This day is still ahead."))
    if row.on < add_months(today, -12 * YEARS_BACK):
        raise EffortError("on", _("This is more than %(years)d years ago.") % {"years": YEARS_BACK})
    others = Effort.objects.filter(user=row.user_id).exclude(pk=row.pk)
    monday = monday_of(row.on)
    in_week = others.filter(on__gte=monday, on__lt=monday + WEEK).aggregate(sum=Sum("hours"))["sum"] or Decimal(0)
    if in_week + row.hours > HOURS_IN_A_WEEK:
        facts = {
            "all": HOURS_IN_A_WEEK,
            "week": date_format(monday, "j F"),
            "logged": _hours(in_week),
            "room": _hours(HOURS_IN_A_WEEK - in_week),
        }
        raise EffortError(
            "hours",
            _("A week has %(all)d hours. In the week of %(week)s %(logged)s are logged already: %(room)s fit in.")
            % facts,
        )
    if row._state.adding and others.count() >= MOST_ENTRIES:
        raise EffortError("hours", _("There is room for %(most)d entries; remove one first.") % {"most": MOST_ENTRIES})


def _on_what(change: Change, row: Effort) -> str:
    known = change.framework.resource.get(row.resource)
    return f" on {known.title if known else row.resource}" if row.resource else ""


def _hours(hours: Decimal) -> str:
    return f"{hours.normalize():f} h"


def _check_owner(user: Any, row: Effort) -> None:
    if row.user_id != user.pk:
        raise PermissionError("The row belongs to another person.")
