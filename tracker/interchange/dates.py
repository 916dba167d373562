"""Dates as files hold them: strict for our own format, tolerant for everyone else's."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from tracker.engine.dates import parse_date

_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_ISO_LIKE = re.compile(r"([0-9]{4})(?:[-/.年]\s?([0-9]{1,2}))?(?:[-/.月]\s?([0-9]{1,2})日?)?月?年?(?:[T ].*)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")
_NAMED = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?)?([^\W\d_]{3,})\.?\s*(?:del?\s+)?(?:([0-9]{1,2}),)?\s*([0-9]{4})"
)
_OPEN = re.compile(
    "(?:present|now|current|currently|today|ongoing|heute|jetzt|actuel|aujourd'hui|actual|presente|nu|現在|至今)?"
)
_MONTHS = tuple(
    names.split()
    for names in (
        "january february march april may june july august september october november december",
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "januar februar marz april mai juni juli august september oktober november dezember",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "januar februar mars april mai juni juli august september oktober november desember",
        "januar februar marts april maj juni juli august september oktober november december",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
        "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",  # noqa: RUF001, these letters are Turkish
        "január február március április május június július augusztus szeptember október november december",
        "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
        "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu marraskuu joulukuu",
        "jan feb mrz apr mai jun jul aug sep okt nov dez",
        "jan feb mrt apr maj jun jul aug set okt nov dec",
    )
)
_EARLIEST, _LATEST = 1900, 2200


class ReadDate(NamedTuple):
    """`text` is ISO, as exact as the source is, or "" where there is none; `note` says what was changed."""

    text: str = ""
    note: str = ""


def is_date(text: object) -> bool:
    """Whether it is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and a day of the calendar."""
    if not isinstance(text, str) or not _ISO.fullmatch(text):
        return False
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


def runs_backwards(start: str, end: str) -> bool:
    """Whether the end lies before the start, as far as both are exact: 2020 does not lie before 2020-05."""
    shared = min(len(start), len(end))
    return end[:shared] < start[:shared]


def day_of(text: str) -> date | None:
    """The first day that an ISO date can mean; None for an empty text."""
    return parse_date(text) if text else None


def says_open(value: object) -> bool:
    """Whether an end says that it is none yet: absent, null, empty, "Present" and its like."""
    return value is None or (isinstance(value, str) and _OPEN.fullmatch(value.strip().casefold()) is not None)


def read_date(value: object) -> ReadDate:
    """A date of any usual writing, cut back to the part that exists; nothing is invented.

    A bare number is a year. Of `01/02/2020`, which people read in two ways, only the year is taken.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ReadDate("", "" if value is None else "is no date")
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if not text:
        return ReadDate()
    parts = _parts(text)
    if parts is None or not _EARLIEST <= parts[0] <= _LATEST:
        return ReadDate("", "is no date")
    kept = _longest(parts)
    asked = 1 + sum(part is not None for part in parts[1:])
    exact = kept.count("-") + 1 == asked
    return ReadDate(kept, "" if exact and _is_clear(text) else f"was read as {kept}")


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    """Year, month, day as far as the text names them."""
    if match := _ISO_LIKE.fullmatch(text):
        year, month, day = (int(part) if part else None for part in match.groups())
        return (year or 0, month, day)
    if match := _DAY_FIRST.fullmatch(text):
        return _day_first(int(match[1]), match[2], int(match[3]), int(match[4]))
    if match := _MONTH_YEAR.fullmatch(text):
        return (int(match[2]), int(match[1]), None)
    if match := _NAMED.fullmatch(text):
        named, number = month_number(match[2]), match[1] or match[3]
        return (int(match[4]), named, int(number) if number else None) if named else None
    return None


def _day_first(first: int, mark: str, second: int, year: int) -> tuple[int, int | None, int | None]:
    if mark == "." or first > 12:
        return (year, second, first)
    if second > 12 or first == second:
        return (year, first, second)
    return (year, None, None)


def _is_clear(text: str) -> bool:
    match = _DAY_FIRST.fullmatch(text)
    return not match or _day_first(int(match[1]), match[2], int(match[3]), 2000)[1] is not None


def month_number(word: str) -> int | None:
    """The month that a name or its beginning means, in the languages that are read; None for any other word."""
    if len(word) < 3:
        return None
    plain = word.casefold().translate(str.maketrans("éèäâûôç", "eeaauoc"))
    for language in _MONTHS:
        for number, name in enumerate(language, start=1):
            if name.startswith(plain):
                return number
    return None


def _longest(parts: tuple[int, int | None, int | None]) -> str:
    """The longest beginning of year-month-day that exists."""
    year, month, day = parts
    best = f"{year:04}"
    if month and is_date(f"{best}-{month:02}"):
        best = f"{best}-{month:02}"
        if day and is_date(f"{best}-{day:02}"):
            best = f"{best}-{day:02}"
    return best
