"""The secret address of a calendar: made, renewed, closed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tracker import clock
from tracker.models import CalendarFeed


@transaction.atomic
def calendar_open(*, user: Any) -> CalendarFeed:
    """The person's address; a new one where there was none or it was closed, so that no closed one comes back."""
    feed, is_new = CalendarFeed.objects.get_or_create(user=user)
    feed = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    return feed if is_new or feed.is_open else _with_new_number(feed)


@transaction.atomic
def calendar_renew(*, user: Any) -> CalendarFeed | None:
    """A new address; the one so far leads nowhere from now on. None: there is none that is open."""
    feed = CalendarFeed.objects.select_for_update().filter(user=user, is_open=True).first()
    return _with_new_number(feed) if feed else None


def calendar_close(*, user: Any) -> bool:
    """No address leads to the calendar any more. False: none did."""
    return bool(CalendarFeed.objects.filter(user=user, is_open=True).update(is_open=False))


def _with_new_number(feed: CalendarFeed) -> CalendarFeed:
    feed.number += 1
    feed.is_open = True
    feed.made_at = clock.now()
    feed.save()
    return feed
