"""What time it is for reads and writes. Always now, but for the demo, which tells a history."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Now, to the millisecond: what a backup in JSON can hold without loss."""
    moment = _set.get() or timezone.now()
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today_in(time_zone: str) -> date:
    """The day of now in that time zone."""
    return now().astimezone(zoneinfo.ZoneInfo(time_zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block it is that moment."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
