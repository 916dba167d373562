"""Spans of time in a line of text: `Sept. 2018 - May 2023`, `03.2021 - heute`, `since 2019`, `2020年4月~現在`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tracker.interchange.dates import month_number, read_date, runs_backwards
from tracker.interchange.readers.resume_words import plain, words

_YEAR = r"(?:19[5-9]|20[0-4])[0-9]"
_MONTH_DIGITS = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_NAME = r"[^\W\d_]{3,11}"
_ALONE_BEFORE, _ALONE_AFTER = r"(?<![\w.,/$€£#])(?<![^\W\d]-)", r"(?![\w%€$£]|[.,/][0-9])"
_ERA = r"(?P<era>明治|大正|昭和|平成|令和)\s?(?P<eray>[0-9]{1,2}|元)年(?:\s?(?P<eram>[0-9]{1,2})\s?月)?"
_CJK = rf"(?P<cy>{_YEAR})\s?[年년](?:\s?(?P<cm>[0-9]{{1,2}})\s?[月월])?"
_CJK_DAY = r"(?:\s?[0-9]{1,2}\s?[日일])?度?(?:\s?取得)?"
_TO_YEAR = r"(?:1[3-9]|[2-9][0-9])(?![0-9-])"  # the end of `2010-14`: no month
_NAMED_YEAR = rf"(?P<namey>{_YEAR}|'[0-9]{{2}})(?![-/.][0-9]{{2}}(?![0-9]))"
_FORMS = (
    _ERA + _CJK_DAY,
    _CJK + _CJK_DAY,
    rf"(?P<fy>{_YEAR})-(?P<ty>{_TO_YEAR})",
    rf"(?P<iy>{_YEAR})(?P<sep>[-/.])(?P<im>{_MONTH_DIGITS})(?:(?P=sep)(?P<id>{_DAY}))?(?![0-9])",
    rf"{_DAY}(?P<ds>[./])(?P<dm>{_MONTH_DIGITS})(?P=ds)(?P<dy>{_YEAR})",
    rf"(?P<mm>{_MONTH_DIGITS})\s?[./-]\s?(?P<myy>{_YEAR})",
    rf"(?P<nm>{_NAME})\.?\s{_DAY}(?:st|nd|rd|th)?,?\s(?P<ny>{_YEAR})",
    rf"(?P<m1>{_NAME})\.?[-/](?P<m2>{_NAME})\.?\s(?P<m2y>{_YEAR})",
    rf"(?:{_DAY}\.?\s)?(?:(?:de|of)\s)?(?P<name>{_NAME})\.?(?:\s(?:de|del|of|von))?[\s,'/-]{{0,2}}{_NAMED_YEAR}",
    rf"(?P<ry>{_YEAR})/(?P<ry2>[0-9]{{2}})(?![0-9])",
    r"(?P<sm>0[1-9]|1[0-2])/(?P<sy>[0-9]{2})(?![0-9/])",
    rf"(?P<year>{_YEAR})",
    rf"(?P<bare>{_NAME})\.?(?=\s?(?:-|to|bis|until|à|a)\s)",
)
_OPEN_WORDS = (
    "the present day|the present|"
    "until now|up to now|till now|till date|to date|bis heute|bis jetzt|to present|til present|a ce jour|à ce jour|"
    "présent|la actualidad|actualidad|"
    "aujourd'hui|present day|present|presente|presently|currently|current|now|today|ongoing|"
    "heute|jetzt|aktuell|laufend|gegenwart|actuellement|actuel|en cours|en curso|actualmente|actual|attuale|oggi|"
    "in corso|atualmente|atual|o momento|heden|nu|nuvarande|pågående|nå|nykyinen|obecnie|teraz|настоящее время|"
    "по настоящее время|現在|在職中|至今|现在|현재|الآن|حتى الآن|"
    "dosud|doposud|současnost|súčasnosť|jelenleg|napjainkig|halen|günümüz|prezent|danas|sada|досі|"
    "теперішній час|σήμερα|(?<=[0-9] - )date|(?<=[0-9]-)date"
)
_TOKEN = re.compile(
    rf"(?<![^\W\d_])(?P<open>{_OPEN_WORDS})(?![^\W\d_])"  # before names of months: `oggi - `
    rf"|{_ALONE_BEFORE}(?:{'|'.join(_FORMS)}){_ALONE_AFTER}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\)?\s*(?:-{1,3}>?|=>|\.{2,3}|~|〜|"
    r"to|until|till?|through|thru|bis(?: zum?)?|à|a|au|al|à l'|hasta(?: la)?|até(?: a)?|"
    r"tot|do|по|"
    r"から|至|→|>|/)?\s*\(?",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:^|[\s(,;])(?:since|seit|(?-i:[Aa]b)|depuis|desde|dal|from|in[ií]cio em|beginn|started|begun|"
    r"sinds|sedan|siden|od)\s*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"(?:^|[\s(,;])(?:until|till|bis|jusqu'en|hasta|fino al|até)\s*$", re.IGNORECASE)
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_EXPECTED = r"(?:expected|anticipated|exp\.|est\.|voraussichtlich|prévue?|previsto|prevista|graduation|graduating)"
_AROUND = re.compile(
    rf"^[\s(\[|,;:·•-]*(?:{_EXPECTED}[\s:,]*)*$|^[\s)\]|,;:·•-]*(?:\(?(?:{_EXPECTED}|graduated)\)?)?[\s)\]]*$",
    re.IGNORECASE,
)
_UNIT = (
    r"(?:years?|yrs?|months?|mos?|jahre?n?|monate?n?|ans?|mois|años?|meses|mes|anni|anno|mesi|mese|anos?|年|か月|ヶ月|"
    r"ヵ月|个月)(?![a-zà-ÿ])\.?"
)
_DURATION = re.compile(
    rf"[\s(·,|-]*(?:(?:less than|über|ca\.|~)\s)?(?P<n1>[0-9]{{1,2}})\s?\+?\s?(?P<u1>{_UNIT})"
    rf"(?:[\s,]*(?:and |und |et |y )?(?P<n2>[0-9]{{1,2}})\s?(?P<u2>{_UNIT}))?[\s)·,|]*",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """`start` and `end`: ISO as exact as written, or "". `is_range`: two ends are named, or the second is open.
    `first`, `last`: where in the text it stands.
    """

    start: str
    end: str
    is_open: bool
    is_range: bool
    first: int
    last: int


class _Token(NamedTuple):
    text: str  # ISO, or "" for "present"
    last_text: str  # the second year of 2016/17
    is_open: bool
    is_bare_month: bool
    first: int
    last: int


@lru_cache(maxsize=4096)
def spans(text: str) -> tuple[Span, ...]:
    """The spans and single dates that the text names, in its order."""
    tokens = list(_tokens(text))
    found: list[Span] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if after and not token.is_open and _are_one_span(text, token, after):
            found.append(_between(token, after))
            place += 2
        else:
            if not token.is_open and not token.is_bare_month:
                found.append(_single(text, token))
            place += 1
    return tuple(found)


@lru_cache(maxsize=8192)
def main_span(text: str) -> Span | None:
    """The span that dates a line: its first range, or else a single date at either edge of the line."""
    found = spans(text)
    ranges = [span for span in found if span.is_range]
    if ranges:
        return ranges[0]
    for span in reversed(found):
        before, after = text[: span.first], text[span.last :]
        at_end = re.fullmatch(
            r"[\s)\].,;|]*(?:\(?(?:expected|anticipated|pursuing|ongoing|in progress|laufend)\)?)?[\s)\].]*",
            after,
            re.IGNORECASE,
        )
        at_start = re.fullmatch(rf"[\s(\[|]*(?:{_EXPECTED}:?\s*)?", before, re.IGNORECASE)
        if at_end and (not before.strip() or re.search(r"(?:[\s(\[,;:|·-]|[年月])$", before)):
            return span
        if at_start and re.match(r"[\s)\]:;,|·-]", after or " "):
            return span
    return None


@lru_cache(maxsize=8192)
def without_span(text: str, span: Span) -> tuple[str, str]:
    """What stands before and behind the span, without the brackets and marks that held it."""
    before, after = text[: span.first], text[span.last :]
    duration = _DURATION.match(after)
    if duration and duration.end() and (span.is_range or after[:1] in " (·"):
        after = after[duration.end() :]
    before = re.sub(
        rf"(?:\s*{_EXPECTED}:?|(?:^|\s+)(?:since|seit|depuis|desde|dal|from|von|(?-i:[Aa]b)|sinds|in|im))\s*$",
        "",
        before,
        flags=re.IGNORECASE,
    )
    before = re.sub(r"^\s*(?:de|du|da|dal|od|z|van|vom|between|entre|zwischen)\s*$", "", before, flags=re.IGNORECASE)
    before = re.sub(r"(?<=[^\W\d_]{4})\.\s*$", "", before)  # of the sentence before
    return before.rstrip(" \t([|,;:·•-~"), after.lstrip(" )].|,;:·•-~\t").rstrip()


@lru_cache(maxsize=8192)
def is_only_a_date(text: str) -> bool:
    """Whether a line says when and nothing else (how long it lasted and "expected" count as nothing)."""
    span = main_span(text)
    if span is None or len(text) > 60:
        return False
    before, after = without_span(text, span)
    return bool(_AROUND.match(before) and _AROUND.match(after))


@lru_cache(maxsize=8192)
def months_of_duration(text: str) -> int | None:
    """The months of a line that says how long something lasted and nothing else; None for other lines."""
    match = _DURATION.fullmatch(text)
    if not match or len(text) > 40:
        return None
    months = 0
    for number, unit in ((match["n1"], match["u1"]), (match["n2"], match["u2"])):
        if number:
            in_years = re.match(r"y|j|an|añ|年", unit.casefold())
            months += int(number) * (12 if in_years else 1)
    return months


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        if match["open"]:
            yield _Token("", "", True, False, *match.span())
            continue
        if match["bare"]:
            if month_number(match["bare"]):
                yield _Token(match["bare"], "", False, True, *match.span())
            continue
        if match["m1"] and not (month_number(match["m1"]) and month_number(match["m2"])):
            yield _Token(match["m2y"], "", False, False, *match.span("m2y"))
            continue
        if match["nm"] and not month_number(match["nm"]):  # `for SAS 9, 2013`
            yield _Token(match["ny"], "", False, False, *match.span("ny"))
            continue
        written, last = _iso(match)
        if match["name"] and not _is_time_word(match["name"]):
            is_apart = re.search(r"[,(]\s?$", text[: match.start("namey")]) or text[match.end() :][:1] in ("", ",", ";")
            if match["namey"].startswith("'") and not is_apart:
                continue
            yield _Token(written, last, False, False, match.start("namey"), match.end())
        elif written:
            yield _Token(written, last, False, False, *match.span())


def _iso(match: re.Match[str]) -> tuple[str, str]:
    """ISO of a token, and of its second year if it names two."""
    part = match.groupdict()
    if part["era"]:
        year = _ERAS[part["era"]] + (1 if part["eray"] == "元" else int(part["eray"]))
        return read_date(f"{year}-{int(part['eram']):02}" if part["eram"] else str(year)).text, ""
    if part["fy"]:
        return part["fy"], _later_year(part["fy"], part["ty"])
    if part["m1"]:
        first, last = (f"{part['m2y']}-{month_number(part[name]):02}" for name in ("m1", "m2"))
        return first, last  # `Jan-Apr 2025`
    if part["ry"]:
        return part["ry"], _second_year(part["ry"], part["ry2"])
    if part["iy"]:
        pieces = [part["iy"], part["im"].zfill(2), *([part["id"].zfill(2)] if part["id"] else [])]
        return read_date("-".join(pieces)).text, ""
    for named, month in (("cy", "cm"), ("dy", "dm"), ("myy", "mm")):
        if part[named]:
            return read_date(f"{part[named]}-{int(part[month]):02}" if part[month] else part[named]).text, ""
    if part["sy"]:
        return f"{_century(part['sy'])}-{part['sm']}", ""
    if part["year"]:
        return part["year"], ""
    return _named(match), ""


def _named(match: re.Match[str]) -> str:
    """`May 2021`, `May 3, 2021`, `Summer 2020`; a name that is no month leaves the year to stand alone."""
    name, year = (match["nm"], match["ny"]) if match["ny"] else (match["name"], match["namey"])
    if not year:
        return ""
    year = _century(year[1:]) if year.startswith("'") else year
    month = month_number(name)
    return f"{year}-{month:02}" if month else year


def _is_time_word(name: str) -> bool:
    return plain(name) in words().times or month_number(name) is not None


def _century(two_digits: str) -> str:
    return f"{'19' if int(two_digits) > 60 else '20'}{two_digits}"


def _later_year(year: str, two_digits: str) -> str:
    """`2014` of `2010-14`, where it is later by less than a working life."""
    last = f"{year[:2]}{two_digits}"
    return last if 0 < int(last) - int(year) < 50 else ""


def _second_year(year: str, two_digits: str) -> str:
    return f"{year[:2]}{two_digits}" if int(two_digits) == (int(year[2:]) + 1) % 100 else ""


def _are_one_span(text: str, first: _Token, second: _Token) -> bool:
    between = text[first.last : second.first]
    if not between.strip(" ()") and not second.is_open:
        return False
    if second.is_open and not between.strip():
        return True
    if second.is_bare_month or not _BETWEEN.fullmatch(between):
        return False
    return second.is_open or first.is_bare_month or not runs_backwards(first.text, second.text)


def _between(first: _Token, second: _Token) -> Span:
    start = first.text
    if first.is_bare_month:
        month, year = month_number(first.text), second.text[:4]
        known = month and year and (len(second.text) < 7 or month <= int(second.text[5:7]))
        start = f"{year}-{month:02}" if known else ""
    return Span(start, second.last_text or second.text, second.is_open, True, first.first, second.last)


def _single(text: str, token: _Token) -> Span:
    before, after = text[: token.first], text[token.last :]
    if since := _SINCE.search(before):
        return Span(token.text, "", True, True, since.start(), token.last)
    if re.fullmatch(r"\s*(?:-{1,2}|~|〜|から)\s*(?:\t.*)?", after):  # `2021-11 -` and nothing: still going on
        dash = re.match(r"\s*(?:-{1,2}|~|〜|から)", after)
        return Span(token.text, "", True, True, token.first, token.last + (dash.end() if dash else 0))
    if not before.strip() and (dash := re.match(r"-\s(?=[^\W\d_])", after)):  # `2021- Engineer`
        return Span(token.text, "", True, True, token.first, token.last + dash.end())
    if until := _UNTIL.search(before):
        return Span("", token.text, False, False, until.start(), token.last)
    if token.last_text:
        return Span(token.text, token.last_text, False, True, token.first, token.last)
    return Span("", token.text, False, False, token.first, token.last)
