"""The secret address of a person's calendar.

The address signs whose calendar it is and its number with the server's key: the database alone gives no address away,
and a new number makes every earlier address worthless.
"""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer

from tracker.models import CalendarFeed

_SALT = "tracker.calendar_feed"


def read_feed(user: Any) -> CalendarFeed | None:
    """The person's open feed; None where it was never opened or is closed."""
    return CalendarFeed.objects.filter(user=user, is_open=True).first()


def token_of(feed: CalendarFeed) -> str:
    """What stands for the feed in its address."""
    return _signer().sign_object([feed.user_id, feed.number])


def feed_by(token: str) -> CalendarFeed | None:
    """The open feed of that token, its user with it; None for a forged, renewed or closed one.

    Signatures are compared in constant time.
    """
    try:
        user_id, number = _signer().unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    feeds = CalendarFeed.objects.select_related("user")
    return feeds.filter(pk=user_id, number=number, is_open=True, user__is_active=True).first()


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")
