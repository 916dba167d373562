"""Degrees out of the section on education: level, field, place of study and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from tracker.interchange.degree_words import says_unfinished
from tracker.interchange.readers.document_text import TextLine, is_east_asian
from tracker.interchange.readers.resume_dates import Span, spans, without_span
from tracker.interchange.readers.resume_entries import Entry, Row, date_row, drop_places, entries_of, lifted, rows_of
from tracker.interchange.readers.resume_subjects import (
    ASIDE,
    DEPARTMENT,
    LEADING,
    LEVEL_WORDS,
    field_of,
    is_subject_named,
    without_grades,
)
from tracker.interchange.readers.resume_tables import with_columns_ordered
from tracker.interchange.readers.resume_words import (
    is_known_place,
    names_degree,
    plain,
    says_deed,
    says_place,
    says_school,
    says_short_course,
    without_city,
)

_STOPPED = re.compile(
    r"discontinu|abgebrochen|dropped? out|drop-?out|no degree|not completed|abandon|without (?:a )?degree|"
    r"ohne abschluss|withdr[ae]w|non (?:terminé|achevé)|中退|interrott",
    re.IGNORECASE,
)
_ENTERED = re.compile(r"(?:入学|編入学?|進学)\s*$")  # the day on which studies began, in a line of its own
_STRONG = re.compile(
    r"\t|\s+[|·•]\s+|\s+-{1,2}\s+|;\s|\s+(?:at|from|@|presso|chez)\s+(?=[^\W\d_a-z])|"
    r"(?<!ymnasium)(?<!chule)(?<!niversität)(?<!kademie)\s+an der\s+(?=[^\W\d_a-z])"  # `Gymnasium an der Isar` is one
)
_COMMA = re.compile(r",\s+(?![^(]*\))")
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_AND = re.compile(r"(?:\s(?:and|&|und|et|y|e|\+)|\s?[;,])\s+(?:an?\s)?$")
_LONGEST, _MOST_LEVELS = 300, 4  # letters of a line that names degrees, and what may name a level in it
_NEAR = 3  # rows between studies and the degree in which they ended
_LED_UP = re.compile(
    r"(?:(?:(?:I (?:have )?)?(?:successfully )?"
    r"(?:graduated|completed|obtained|earned|received|holds?|awarded)(?: with| from)?|"
    r"(?:currently )?(?:pursuing|studying(?: for| towards?)?|enrolled in|working towards?|completing))"
    r"(?: an?| the| my)?|"
    r"abschluss:?|degree:)\s+",
    re.IGNORECASE,
)
# How the name of a school begins behind the subject, without a mark: `BSc Physics University of X`.
_SCHOOL_BEGINS = re.compile(
    r"(?<=[^\s,])\s+(?=(?:(?:Technical )?University of|Universit(?:ät|é|à|atea)|Universidade?|Universitat|Universitet|"
    r"Uniwersytet|Politechnika|Politecnico|École|Hochschule|Fachhochschule|Technische (?:Universität|Hochschule)|TU|"
    r"FH|ETH(?! in)|IUT|INSA|Lycée|Istituto|Instituto|Akademia)\s)"
)
_SCHOOL_LED = re.compile(r"(?:(?:at|from|an der|à l'|en la|presso|der) )(?:(?:the|la) )?|the (?=univ)", re.IGNORECASE)
_WHOLE_SCHOOL = re.compile(
    r"universi|hochschule|college|polyt[eé]c|polit|technolog|academy|akademie|\b(?:eth|epfl|tu|fh|mit|iut|insa|univ)\b|大学|école|lyc[ée]e",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Degree:
    level: str = ""
    field: str = ""
    title: str = ""
    institution: str = ""
    span: Span | None = None
    is_finished: bool = True
    was_stopped: bool = False
    score: float = 0.0


def degrees_of(lines: Sequence[TextLine], *, among_certificates: bool = False) -> list[Entry[Degree]]:
    """The degrees of a section, each with the rows it came from. Among certificates only a line that begins with the
    name of a degree is one: a `Professional Scrum Master` is none.
    """
    if lines and lines[0].is_bullet:
        lines = [line.saying(line.bare) if names_degree(line.bare) else line for line in lines]  # a degree each
    rows = lifted(rows_of(_with_degrees_apart(with_columns_ordered(lines))))
    drop_places(rows)
    for row in rows:
        _simplify(row)
    is_anchor = _begins_with_degree if among_certificates else is_degree_row
    anchors = [place for place, row in enumerate(rows) if is_anchor(row)]
    entries = entries_of(rows, _without_doubles(rows, anchors), _read, _stray)
    school = ""
    for entry in entries:
        if degree := entry.facts:
            begins = bool(entry.head) and bool(names_degree(entry.head[0].text))
            alone = school and (not degree.institution or (begins and not says_school(degree.institution)))
            entry.facts = _with_body(replace(degree, institution=school) if alone else degree, entry.body)
            stands_first = bool(degree.institution) and _names_school_first(entry.head, degree.institution)
            school = degree.institution if stands_first else school if alone else ""
    return entries


def _with_degrees_apart(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with `BSc Economics and MSc Finance, University of X` as two, each with what stands around both."""
    return [line.saying(text) for line in lines for text in _degrees_apart(line.text)]


def _degrees_apart(text: str) -> list[str]:
    levels = list(islice(LEVEL_WORDS.finditer(text[:_LONGEST]), _MOST_LEVELS))
    for level in levels[1:]:
        joined_by = _AND.search(text[: level.start()])
        first, second = text[: joined_by.start()] if joined_by else "", text[level.start() :]
        if not (first and names_degree(first) and names_degree(second)):
            continue
        if not is_subject_named(first) or (joined_by and "," in joined_by[0] and not is_subject_named(second)):
            continue
        before = first[: levels[0].start()]
        behind = re.search(r",\s|\t|\s[-|(]", text[level.end() :])
        own_date = spans(first)
        tail = text[level.end() + behind.start() :] if behind and not own_date else ""
        if own_date and (school := _COMMA.split(second)[-1]) and says_school(school) and not says_school(first):
            tail = f", {school}"
        return [first + tail, before + second if says_school(before) else second]
    return [text]


def _names_school_first(head: Sequence[Row], school: str) -> bool:
    """Whether a school stands above its degree, and so may stand above others."""
    head, _ = _from_last_dates(head)
    return any(school in row.text for row in head[: _degree_place(head) or 0])


def names_degree_and_school(line: TextLine) -> bool:
    """Whether a line of another section is a degree by itself: its name first, a school, dates."""
    row = rows_of([line.saying(line.bare)])[0]
    return row.span is not None and _begins_with_degree(row) and says_school(row.rest)


def _simplify(row: Row) -> None:
    """A row that names a degree less its grade and what leads up to it; its dates wherever in it they stand."""
    if row.is_body or row.is_gone or not names_degree(row.text) or ASIDE.match(row.text):
        return
    text = _IN_BRACKETS.sub(_school_apart, without_grades(row.text) or row.text)
    text = text.replace(" / ", "\t") if any(map(says_school, text.split(" / ")[1:])) else text
    text = text[led.end() :] if (led := _LED_UP.match(text)) and names_degree(text[led.end() :]) else text
    if text != row.text:
        row.text = text
        date_row(row)
    if row.span is None and (span := _inner_date(text)):
        row.span, row.rest = span, "\t".join(filter(None, without_span(text, span)))


def _school_apart(bracket: re.Match[str]) -> str:
    return f"\t{bracket[1]}" if says_school(bracket[1]) and len(bracket[1].split()) > 1 else bracket[0]


def _inner_date(text: str) -> Span | None:
    """The last date of a line that stands before a mark."""
    for span in reversed(spans(text)):
        after = text[span.last :].lstrip()
        if not after or after[0] in ",;|·)-\t.":
            return span
    return None


def is_degree_row(row: Row) -> bool:
    text = row.rest if row.span else row.text
    return (
        not row.is_gone
        and not row.is_body
        and len(text) < 200
        and bool(names_degree(text))
        and not ASIDE.match(text)
        and (bool(row.span) or not says_deed(text) or _first_piece_names_degree(text))
        and not _ENTERED.search(text)
    )


def _first_piece_names_degree(text: str) -> bool:
    return bool(names_degree(re.split(r"[,(|\t]", text, maxsplit=1)[0]))


def _begins_with_degree(row: Row) -> bool:
    text = row.rest if row.span else row.text
    academic = names_degree(text) in ("bachelor", "master", "doctorate")
    if names_degree(text) == "secondary" and row.span and says_school(text):
        return is_degree_row(row)
    return (
        is_degree_row(row)
        and academic
        and bool(LEVEL_WORDS.match(text))
        and not re.search("certif", text, re.IGNORECASE)
    )


def _without_doubles(rows: Sequence[Row], anchors: Sequence[int]) -> list[int]:
    """The anchors, less a row that tells the same degree again: next to it, of its level, with what it lacks."""
    kept: list[int] = []
    for place in anchors:
        if kept and place == kept[-1] + 1 and _say_one(rows[kept[-1]], rows[place]):
            continue
        if kept and place - kept[-1] <= _NEAR and _ends_the_same(rows[kept[-1]], rows[place]):
            continue
        kept.append(place)
    return kept


def _ends_the_same(first: Row, second: Row) -> bool:
    """Whether a row says no more than the degree in which the studies ended: `Abschluss: Bachelor of Science`."""
    labelled = re.match(
        r"(?:abschluss|degree|awarded|akademischer grad|titre|titolo|título)\b", second.line.text, re.IGNORECASE
    )
    return bool(labelled) and names_degree(first.text) == names_degree(second.text) and not second.span


def _say_one(first: Row, second: Row) -> bool:
    same = names_degree(first.text) == names_degree(second.text)
    return (
        same
        and not (first.span and second.span)
        and not (says_school(first.text) and says_school(second.text))
        and (bool(first.span) != bool(second.span) or says_school(first.text) != says_school(second.text))
    )


def _stray(row: Row) -> float:
    if row.is_gone or says_deed(row.text) or ASIDE.match(row.text):
        return 0.0
    return 1.0 if says_school(row.text) or row.is_only_dates else 0.3


def _read(head: Sequence[Row]) -> Degree:
    head, spare = _from_last_dates(head)
    span = next((row.span for row in head if row.span and row.span.is_range), None)
    span = span or next((row.span for row in head if row.span), None)
    texts = [(row.rest if row.span else row.text) for row in head]
    whole = " ".join(row.line.text for row in head)
    place = _degree_place(head)
    if place is None:
        return Degree(score=-4.0)
    level = names_degree(texts[place])
    own = _pieces(texts[place])
    before = [piece for text in texts[:place] for piece in _pieces(text)]
    behind = [piece for text in texts[place + 1 :] for piece in _pieces(text)]
    at = next(n for n, piece in enumerate(own) if names_degree(piece) or n == len(own) - 1)
    school, title_pieces = _school_of(own, at, [*before, *behind])
    trains = level == "associate" or (level == "secondary" and not is_subject_named(own[at]) and " " in own[-1])
    if not school and trains and at < len(own) - 1:
        school, title_pieces = (
            _clean_school(own[-1]),
            own[:-1],
        )  # who trains at work learns at a firm; not all schools are called so
    is_dated_below = head[place].span is None and place + 1 < len(head) and head[place + 1].span is not None
    if level == "secondary" and school in own[at + 1 :]:
        title_pieces = own[: own.index(school)]  # what stands behind the school is its town
    behind = _wrapped_into(title_pieces, behind, school, is_dated_below=is_dated_below)
    field_name = field_of(title_pieces, [piece for piece in [*before, *behind] if piece != school])
    dated, placed = (1.5 if span else -1.0), (2.0 if school and says_school(school) else 0.7 if school else -1.0)
    extra = sum(
        1.0 for piece in [*before, *behind] if piece != school and piece not in title_pieces and piece != field_name
    )
    deeds = sum(2.0 for row in head if says_deed(row.text) and not row.span)
    title = ", ".join(title_pieces)
    return Degree(
        level, field_name, title[:200], school, span,
        is_finished=not (says_unfinished(whole) or (span is not None and span.is_open)),
        was_stopped=bool(_STOPPED.search(whole)) or (says_short_course(title) and "exchange" in plain(title)),
        score=3.0 + dated + placed - 0.5 * spare - extra - deeds - sum(bool(ASIDE.match(text)) for text in texts),
    )  # fmt: skip


def _degree_place(head: Sequence[Row]) -> int | None:
    """Which of the rows names the degree."""
    for number, row in enumerate(head):
        text = row.rest if row.span else row.text
        if names_degree(text) and not ASIDE.match(text) and not _ENTERED.search(text):
            return number
    return None


def _from_last_dates(head: Sequence[Row]) -> tuple[Sequence[Row], int]:
    """The head less what stands above and has dates of its own, where the degree has its own too; and how much that is.

    A degree whose line names school and dates needs nothing above it; one with its dates right above needs no others.
    """
    place = _degree_place(head) or 0
    if head and head[place].span and says_school(head[place].rest):
        first = next((number + 1 for number in range(place - 1, -1, -1) if head[number].span), 0)
        return head[first:], first
    dates = [number for number, row in enumerate(head[:place]) if row.is_only_dates]
    first = dates[-1] if len(dates) > 1 else 0
    return head[first:], first


def _pieces(text: str) -> list[str]:
    """The parts of a line between its tabs, dashes and commas, without grades and places."""
    strong = [piece for piece in _STRONG.split(without_grades(text)) if piece and not says_place(piece)]
    strong = [without_city(piece) if says_school(piece) else piece for piece in strong]
    if is_east_asian(text):
        strong = [piece for part in strong for piece in part.split()]
    parts = [part for piece in strong for part in _COMMA.split(piece)]
    pieces = [piece.strip(" ,;:|-·\t") for part in parts for piece in _with_school_apart(part)]
    kept = [piece for piece in pieces if re.search(r"\w", piece)]
    return [
        piece
        for number, piece in enumerate(kept)
        if names_degree(piece) or not (number and (is_known_place(piece) or re.fullmatch(r"[A-Z]{2}", piece)))
    ]


def _with_school_apart(piece: str) -> list[str]:
    """`BSc Physics University of X` as two."""
    if not says_school(piece) or not names_degree(piece):
        return [piece]
    parts = _SCHOOL_BEGINS.split(piece, maxsplit=1)
    return parts if len(parts) == 2 and names_degree(parts[0]) else [piece]


def _school_of(own: list[str], at: int, around: Sequence[str]) -> tuple[str, list[str]]:
    """The place of study, and the pieces of the degree's own line without it."""
    if says_school(own[at]):
        level = LEVEL_WORDS.search(own[at])
        outside = LEADING.sub("", (own[at][: level.start()] + own[at][level.end() :]) if level else own[at])
        school = outside.strip(" ,;:-()")
        others = any(says_school(piece) for n, piece in enumerate(own) if n != at)
        if level and says_school(school) and not _IN_BRACKETS.search(outside) and not (others and " " not in school):
            return school, [level[0].strip(), *(piece for n, piece in enumerate(own) if n != at)]
        if not level or (not others and names_degree(own[at]) == "secondary" and re.search(r"\w", outside)):
            return own[at], own
    beside = [piece for number, piece in enumerate(own) if number != at and says_school(piece)]
    named = [*beside, *(piece for piece in around if says_school(piece) and not names_degree(piece))]
    if named:
        school = max(named, key=_how_whole)
        title = [piece for piece in own if piece != school and not (piece in beside and DEPARTMENT.match(piece))]
        return _clean_school(school), title
    other = next((piece for piece in around if not says_deed(piece) and not ASIDE.match(piece) and len(piece) < 80), "")
    if not other and own[at + 1 :] and is_subject_named(own[at]) and not ASIDE.match(own[-1]):
        return _clean_school(own[-1]), own[
            :-1
        ]  # what stands behind a degree and its subject is a school, whatever its name
    return other, own


def _clean_school(text: str) -> str:
    """The name of a school without what leads up to it, its place in brackets, and the full stop of a sentence."""
    text = _SCHOOL_LED.sub("", text, count=1) if _SCHOOL_LED.match(text) else text
    text = _IN_BRACKETS.sub(lambda bracket: "" if says_place(bracket[1]) else bracket[0], text)
    text = re.sub(
        r"\s*\([^()]*$|\s+in kooperation mit\b.*|"
        r"[.;]\s+(?:\w+ )?(?:thesis|dissertation|advis[eo]r|supervisor|minor|thema)\b.*",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(r"(?<=\w{5})\.$", "", text)


def _how_whole(school: str) -> int:
    """How much a name is that of a whole place of study, and not of a part of one."""
    return 0 if DEPARTMENT.match(school) else 2 if _WHOLE_SCHOOL.search(school) else 1


def _wrapped_into(title: list[str], behind: list[str], school: str, *, is_dated_below: bool) -> list[str]:
    """A title that goes on in the next line gets its end; what is left of the lines behind is handed back. It goes on
    where the school stands below its end, or where the school stands above and its end has the dates.
    """
    if not behind or behind[0] == school or says_deed(behind[0]) or len(behind[0].split()) > 4:
        return behind
    if ASIDE.match(behind[0]) or not says_school(school):
        return behind
    if school not in behind and not (is_dated_below and len(behind) == 1):
        return behind
    title[-1] = f"{title[-1]} {behind[0]}"
    return behind[1:]


def _with_body(degree: Degree, body: Sequence[Row]) -> Degree:
    """The degree with what the lines below it say of its end, and the dates that only they name."""
    near = list(body[:4])
    text = " ".join(row.text for row in near if not row.is_body or len(row.text) < 80)
    span = degree.span or next((row.span for row in near if row.span), None)
    return replace(
        degree,
        span=span,
        is_finished=degree.is_finished
        and not re.search(r"\b(?:expected|anticipated|voraussichtlich|in progress)\b", text, re.IGNORECASE),
        was_stopped=degree.was_stopped or bool(_STOPPED.search(text)),
    )
