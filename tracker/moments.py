"""A moment as a number, so that what was logged on one day has an order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 of a moment that names its zone; whole numbers all the way, so nothing is rounded."""
    return (moment - _EPOCH) // timedelta(microseconds=1)
