"""Moments as numbers keep their order and lose nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tracker.moments import microseconds

ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2999, 12, 30), timezones=ZONES)


def test_it_counts_from_1970() -> None:
    assert microseconds(datetime(1970, 1, 1, 0, 0, 1, 2, tzinfo=UTC)) == 1_000_002


@given(first=MOMENTS, second=MOMENTS)
def test_what_came_later_is_more_to_the_microsecond_in_whatever_zone(first: datetime, second: datetime) -> None:
    apart = microseconds(second) - microseconds(first)
    assert timedelta(microseconds=apart) == second - first
