"""A moment of the log: as a number, so that what was logged on one day has an order; and as a file has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_moment(text: object, now: datetime) -> datetime | None:
    """When a file says something was logged, in UTC; None for a moment without a zone, before 1970 or to come."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo and _EPOCH <= moment <= now else None


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 of a moment that names its zone; whole numbers all the way, so nothing is rounded."""
    return (moment - _EPOCH) // timedelta(microseconds=1)
