"""The calendar as a file: what strict readers ask of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import pytest

from tracker.interchange.calendar_file import Calendar, Entry, to_bytes

DECIDED = datetime(2026, 1, 4, 18, 30, tzinfo=UTC)
STEP = Entry("u1@mlarch", "A course", date(2026, 1, 5), date(2026, 1, 18), DECIDED)


def text_of(*entries: Entry) -> str:
    return to_bytes(Calendar("mlarch", entries)).decode()


def read(*entries: Entry) -> icalendar.Calendar:
    found = icalendar.Calendar.from_ical(to_bytes(Calendar("mlarch", entries)))
    found.validate()
    assert not found.errors
    assert not any(event.errors for event in found.walk("VEVENT"))
    return found


def event(entry: Entry) -> icalendar.Event:
    (found,) = read(entry).walk("VEVENT")
    return found


def test_it_names_product_version_and_itself_and_when_to_look_again() -> None:
    lines = text_of(STEP).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "PRODID:-//mlarch//Plan and habits//EN", "CALSCALE:GREGORIAN", "X-WR-CALNAME:mlarch",
            "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H"} <= set(lines)  # fmt: skip
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_it_is_something_to_follow_and_no_invitation() -> None:
    assert "METHOD" not in text_of(STEP)
    assert "ORGANIZER" not in text_of(STEP)


def test_an_entry_is_whole_days_and_ends_on_the_day_after_its_last() -> None:
    lines = text_of(STEP).split("\r\n")
    assert "DTSTART;VALUE=DATE:20260105" in lines
    assert "DTEND;VALUE=DATE:20260119" in lines
    assert "TRANSP:TRANSPARENT" in lines


def test_the_same_values_give_the_same_bytes_in_any_order() -> None:
    other = replace(STEP, uid="u2@mlarch", first=date(2025, 12, 29), last=date(2026, 1, 4))
    assert text_of(STEP, other) == text_of(other, STEP)
    assert "DTSTAMP:20260104T183000Z" in text_of(STEP)


def test_a_later_decision_has_a_higher_sequence() -> None:
    later = replace(STEP, decided_at=datetime(2026, 1, 4, 18, 31, tzinfo=UTC))
    assert event(later)["SEQUENCE"] > event(STEP)["SEQUENCE"] > 0
    assert event(later)["LAST-MODIFIED"].dt > event(STEP)["LAST-MODIFIED"].dt


@pytest.mark.parametrize(
    "said",
    [
        "Commas, semicolons; and \\ backslashes",
        "Two\nlines",
        "C:\\New\\notes \\N",
        "\N{ROCKET} " * 90,
        "é" * 300,
        'a: b=c "quoted" %0A\\n',
    ],
)
def test_text_of_all_sorts_comes_back_as_it_was_on_lines_of_75_bytes(said: str) -> None:
    entry = replace(STEP, summary=said, description=said, categories=(said, "Plan"))
    assert all(len(line) <= 75 for line in to_bytes(Calendar(said, (entry,))).split(b"\r\n"))
    found = event(entry)
    assert (str(found["SUMMARY"]), str(found["DESCRIPTION"])) == (said, said)
    assert [str(c) for c in found["CATEGORIES"].cats] == [said, "Plan"]


def test_what_no_calendar_may_hold_is_left_out() -> None:
    entry = replace(STEP, summary="a\x00b\x07c\r\nd\x0be\ud800", description="\rf\u2028g")
    assert str(event(entry)["SUMMARY"]) == "abc\nd\ne"
    assert str(event(entry)["DESCRIPTION"]) == "\nf\ng"


def test_a_reminder_comes_again_by_days_but_not_on_those_left_out() -> None:
    habit = replace(STEP, last=STEP.first, every=15, without=(date(2026, 1, 20), date(2026, 2, 4)))
    lines = text_of(habit).split("\r\n")
    assert "RRULE:FREQ=DAILY;INTERVAL=15" in lines
    assert "EXDATE;VALUE=DATE:20260120,20260204" in lines


def test_what_comes_again_so_many_times_says_so() -> None:
    assert "RRULE:FREQ=DAILY;COUNT=3;INTERVAL=7" in text_of(replace(STEP, every=7, times=3)).split("\r\n")


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a?b=1,2;c", "https://example.org/a?b=1,2;c"),
        ("https://example.org/a b\nX-EVIL:1", "https://example.org/a%20b%0AX-EVIL:1"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
    ],
)
def test_an_address_of_the_web_is_given_in_its_own_characters(address: str, written: str) -> None:
    assert str(event(replace(STEP, address=address))["URL"]) == written


@pytest.mark.parametrize(
    "address", ["", "javascript:alert(1)", "file:///etc/passwd", "http://[", "mailto:a@example.org"]
)
def test_any_other_address_is_not(address: str) -> None:
    assert "URL" not in event(replace(STEP, address=address))


def test_one_that_holds_nothing_is_valid_too_and_shows_nothing() -> None:
    found = read()
    assert [part.name for part in found.subcomponents] == ["VTIMEZONE"]
