"""The laws of the calendar file: any plan comes back from a parser as it was, and no event leaves its weeks."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given
from hypothesis import strategies as st

from tracker.interchange.calendar_file import Calendar, Entry, to_bytes
from tracker.queries.calendar import in_weeks

WEEK = timedelta(days=7)
MONDAY = date(2026, 1, 5)

# What a calendar may hold: no control characters but tab and line break, one kind of line break.
allowed = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029") | st.sampled_from(
    '\n\t,;:\\"'
)
texts = st.text(allowed, max_size=300)
anything = st.text(st.characters() | st.sampled_from("\r\n\x00\x0b\u2028"), max_size=300)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(2020, 1, 2), datetime(2080, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    first = draw(days)
    return Entry(
        uid=f"{draw(st.integers(0))}@mlarch",
        summary=draw(texts.filter(bool)),
        first=first,
        last=first + timedelta(days=draw(st.integers(0, 400))),
        decided_at=draw(moments),
        description=draw(texts),
        categories=tuple(draw(st.lists(texts.filter(bool), max_size=3))),
    )


def read(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def days_of(event: icalendar.Event) -> set[date]:
    """Every day on which the event stands, its repetitions unrolled by another library."""
    length = (event["DTEND"].dt - event["DTSTART"].dt).days
    begin = datetime.combine(event["DTSTART"].dt, datetime.min.time())
    found = rruleset()
    if "RRULE" in event:
        found.rrule(rrulestr(event["RRULE"].to_ical().decode(), dtstart=begin))
    else:
        found.rdate(begin)
    if "EXDATE" in event:
        for out in event["EXDATE"].dts:
            found.exdate(datetime.combine(out.dt, datetime.min.time()))
    return {(start + timedelta(days=n)).date() for start in found for n in range(length)}


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


@given(st.lists(entries(), max_size=6, unique_by=lambda e: e.uid), texts)
def test_any_calendar_comes_back_as_it_was(given_entries: list[Entry], name: str) -> None:
    data = to_bytes(Calendar(name, tuple(given_entries)))
    found = read(data)
    written = str(icalendar.Calendar.from_ical(data)["X-WR-CALNAME"])  # of no type that this parser knows
    assert unescaped(written) == name
    expected = {e.uid: e for e in given_entries}
    assert {str(event["UID"]) for event in found} == set(expected)
    for event in found:
        entry = expected[str(event["UID"])]
        assert str(event["SUMMARY"]) == entry.summary
        assert str(event.get("DESCRIPTION", "")) == entry.description
        assert tuple(str(c) for c in event["CATEGORIES"].cats) == entry.categories if entry.categories else True
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (entry.first, entry.last + timedelta(days=1))
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == entry.decided_at


@given(anything, anything)
def test_whatever_is_written_the_file_stays_one_of_its_form(summary: str, address: str) -> None:
    entry = Entry(
        "u@mlarch", summary, MONDAY, MONDAY, datetime(2026, 1, 1, tzinfo=UTC), address="https://a.b/" + address
    )
    data = to_bytes(Calendar(summary, (entry,)))
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert [line for line in lines if line.startswith((b"BEGIN:", b"END:"))] == [
        b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"END:VEVENT", b"END:VCALENDAR",
    ]  # fmt: skip
    assert len(read(data)) == 1


@given(st.sets(st.integers(0, 30), min_size=1, max_size=12))
def test_no_event_stands_outside_its_weeks_and_each_of_them_is_filled(numbers: set[int]) -> None:
    mondays = [MONDAY + n * WEEK for n in sorted(numbers)]
    entry = Entry("u@mlarch", "A step", MONDAY, MONDAY, datetime(2026, 1, 1, tzinfo=UTC))
    off = {MONDAY + n * WEEK for n in range(-2, 33)} - set(mondays)
    (event,) = read(to_bytes(Calendar("", (in_weeks(entry, mondays[0], mondays[-1], off),))))
    assert days_of(event) == {monday + timedelta(days=n) for monday in mondays for n in range(7)}
