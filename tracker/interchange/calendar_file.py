"""A calendar as a file that other programs read (iCalendar, RFC 5545): values in, bytes out.

The same values give the same bytes. A moment of writing would change them on every look, so each entry is stamped with
the moment that it was last decided.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlsplit

import icalendar

CONTENT_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=12)

_DAY = timedelta(days=1)
_PRODUCT = "-//mlarch//Plan and habits//EN"
_LINE_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """One all-day entry, from its first day to its last.

    `every`: it comes again after so many days (0: it does not), `times` in all (0: without end), but not on the days
    `without`. `uid` stays the same for the same thing; `decided_at` is when it was last changed.
    """

    uid: str
    summary: str
    first: date
    last: date
    decided_at: datetime
    description: str = ""
    address: str = ""
    categories: tuple[str, ...] = ()
    every: int = 0
    times: int = 0
    without: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    name: str
    entries: tuple[Entry, ...]


def to_bytes(calendar: Calendar) -> bytes:
    """The file: CRLF, folded lines, escaped text, entries by day."""
    file = icalendar.Calendar()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", _text(calendar.name))
    file.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", icalendar.vDuration(REFRESH).to_ical().decode())
    for entry in sorted(calendar.entries, key=lambda e: (e.first, e.last, e.uid)):
        file.add_component(_event(entry))
    if not calendar.entries:
        file.add_component(_universal_time())  # a calendar must hold something; this shows nowhere
    return file.to_ical()


def _event(entry: Entry) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.decided_at.astimezone(UTC))
    event.add("last-modified", entry.decided_at.astimezone(UTC))
    event.add("sequence", _sequence(entry.decided_at))
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + _DAY)  # the day on which it is over
    event.add("summary", _text(entry.summary))
    if entry.description:
        event.add("description", _text(entry.description))
    if entry.categories:
        categories = icalendar.vCategory(list(entry.categories))
        categories.cats = [_text(category) for category in entry.categories]
        event.add("categories", categories)
    if address := _address(entry.address):
        event.add("url", address)
    event.add("transp", "TRANSPARENT")  # a week of learning keeps nobody from a meeting
    if entry.every:
        event.add("rrule", _rule(entry))
    if entry.without:
        event.add("exdate", list(entry.without), parameters={"VALUE": "DATE"})
    return event


def _rule(entry: Entry) -> dict[str, str | int]:
    rule: dict[str, str | int] = {"freq": "DAILY", "interval": entry.every}
    return rule | {"count": entry.times} if entry.times else rule


def _sequence(decided_at: datetime) -> int:
    """Rises with each decision, and needs no count of them to be kept."""
    return max(0, int((decided_at - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds()))


class _Text(icalendar.vText):
    """Text as RFC 5545 escapes it: the library takes a backslash before an N for a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def _text(text: str) -> _Text:
    return _Text(_clean(text))


def _clean(text: str) -> str:
    """Text without what the form forbids: control characters, halves of characters; one kind of line break."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_BREAKS)
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _address(address: str) -> str:
    """The address where it is one of the web, in the characters that an address may have; else nothing."""
    try:
        is_web = urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return ""
    return quote(_clean(address), safe="%/:=&?~#+!$,;'@()*[]") if is_web else ""


def _universal_time() -> icalendar.Timezone:
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone
