"""Degrees out of the section on education: level, field, place of study and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.interchange.degree_words import says_unfinished
from tracker.interchange.readers.document_text import TextLine, is_east_asian
from tracker.interchange.readers.resume_dates import Span, main_span, without_span
from tracker.interchange.readers.resume_entries import Entry, Row, drop_places, entries_of, lifted, rows_of
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

_THESIS = re.compile(
    r"\W*(?:\w+\s)?(?:\w*thesis|\w*arbeit\b|dissertation|mémoire|tesi\b|tesina|advisor|supervis|betreuer|gpa\b|"
    r"grade|note\b|abschlussnote|relevant|coursework|courses|major gpa|honou?rs?:|minor|conc(?:entration)?\b|卒業論文)",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"discontinu|abgebrochen|dropped? out|drop-?out|no degree|not completed|abandon|without (?:a )?degree|"
    r"ohne abschluss|non (?:terminé|achevé)|中退|interrott",
    re.IGNORECASE,
)
_ENTERED = re.compile(r"(?:入学|編入学?|進学)\s*$")  # the day on which studies began, in a line of its own
_GRADE = re.compile(
    r"\(?(?:(?:cum(?:ulative)?\.?|overall|major|final)\s)?(?:gpa|cgpa|note|grade|abschlussnote|average|mention|score|"
    r"voto|nota)\b[:\s]*(?:[0-9][.,][0-9]{1,2}(?:\s?/\s?[0-9.,]+)?|(?:(?!\s-\s)[^,;)\t]){0,30})\)?|\b[0-9][.,][0-9]{1,2}\s?/\s?[0-9.]+|"
    r"\b(?:summa|magna) cum laude|\bcum laude|\bmit auszeichnung|\bcon lode",
    re.IGNORECASE,
)
_HONOURS = re.compile(
    r"\b(?:with )?(?:first[- ]class )?(?:honou?rs|distinction)\b|\(hons?\.?\)|\bhons\b\.?|"
    r"\b(?:first|upper second)[- ]class\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\t|\s+[|·•]\s+|\s+-{1,2}\s+|;\s|\s+(?:at|from|@|presso|chez)\s+(?=[^\W\d_a-z])|"
    r"(?<!ymnasium)(?<!chule)(?<!niversität)(?<!kademie)\s+an der\s+(?=[^\W\d_a-z])"  # `Gymnasium an der Isar` is one
)
_COMMA = re.compile(r",\s+(?![^(]*\))")
# What of a degree's name says its level: the rest of it is the field.
_SUBJECTS = (
    "science|sciences|arts|engineering|technology|philosophy|laws?|business administration|applied science|fine arts|"
    "commerce|education|research|letters|medicine|natural sciences|computer applications"
)
_OF_SUBJECT = rf"(?:\s+of\s+(?:{_SUBJECTS})\b(?!\s+and\b))?"
_LEVEL_WORDS = re.compile(
    "|".join(
        (
            r"\b(?:bachelor|master|doctor|associate|doctorate|magister)(?:'?s|grad|eksamen|examen|studium|studiengang|"
            r"abschluss)?(?:\s+degree)?"
            rf"{_OF_SUBJECT}(?:\s+degree)?",
            r"\bdiplom(?:-ingenieur\w*|ingenieur\w*)?\b(?:\s?\([^)]*\))?",
            r"\bdipl(?:\.|\b)-?(?:(?:ing|inf|math|phys|wirt\.?-?ing|kfm|wi)\b)?\.?(?:\s?\([^)]*\))?",
            r"\bdipl[ôo]me d[' ]ing[ée]nieur\w*",
            r"\bph\.?\s?d\.?|\bd\.?phil\.?|\bdr\.(?:\s?-?\s?ing\.|\s?rer\.\s?nat\.)?",
            r"\b[mb]\.?\s?(?:sc|eng|tech|ed|a|s|e|phil|res|math|arch|com|stat|ba|s\.e)\b\.?(?![\w&])",
            r"\bmba\b\.?|\bbba\b|\b[mb]s(?:ee|cs)\b",
            r"\blicenciatura|\blicence(?: professionnelle)?|\bma[îi]trise|\bgrado\b|\bingenier[oa]\b|\bmestrado",
            r"\blaurea(?: magistrale| triennale| specialistica)?|\bdottorato(?: di ricerca)?|\bbacharelado",
            r"\bmáster|\bdoutorado",
            r"\bcivilingenjör|\bkandidat\w*|\bdoctorat\b|\bdoctorado|\bpromotion\b|\bsiviløkonom|\bfachinformatiker\w*",
            r"\babitur|\bbaccalaur[ée]at|\bmatura\b|\ba[- ]?levels?\b:?|\bgcses?\b:?",
            r"\bhigh school diploma|\bhigh school|\bdegree\b",
            r"\(?(?:修士課程|博士課程|修士|博士|学士)(?:修了|卒業|号)?\)?|卒業(?:\((?:学士|修士)\))?|修了",
            r"\bleaving cert(?:ificate)?\b|\bsecondary school\b|\bmatriculation\b|\bmgr\b\.?|\bin[żz](?:ynier\b|\.)|"
            r"\b(?:dut|bts|deust|hnd|hnc)\b|\bnanodegree|\bboot ?camp",
        )
    ),
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:\s|[,;:.()/&|-])*(?:(?:in|en|em|di|de|d'|of|on|der|i|inom|für|speciali[sz]ation in|spécialité|specialité|"
    r"major(?:ing)? in|major|fachrichtung|studiengang|schwerpunkt|option|mention|field of study|degree)\b[\s:,.]*)*",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:\s|[,;:.(/&|-])*$")
_CODES = re.compile(r"^(?:B\.?E|BS|BA|MS|MA|BSc|MSc|MBA|PhD|BEng|MEng|BTech|MTech)\b\.?,?\s*")
_AROUND = re.compile(
    r"\babschluss\b:?|\bstudium\b(?: der| des)?|\bausbildung (?:zu[mr]|als)\b|\b(?:berufs)?lehre\b(?: als\b)?|"
    r"\(?(?:berufsbegleitend|(?:full|part)[- ]time|(?:voll|teil)zeit|fernstudium|distance learning|online)\)?|"
    r"\b(?:level|degree|programme?|studies|student|cand\.?|candidate|expected|integrated)\b|'s\b|専攻$",
    re.IGNORECASE,
)
_MINOR = re.compile(
    r"\s*(?:,|;|\(|with|and|mit)?\s*(?:a\s)?(?:minor|nebenfach|concentration|emphasis)\b.*", re.IGNORECASE
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
    rows = lifted(rows_of(lines))
    drop_places(rows)
    for row in rows:
        _date_before_grade(row)
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


def _names_school_first(head: Sequence[Row], school: str) -> bool:
    """Whether a school stands above its degree, and so may stand above others."""
    head, _ = _from_last_dates(head)
    return any(school in row.text for row in head[: _degree_place(head) or 0])


def names_degree_and_school(line: TextLine) -> bool:
    """Whether a line of another section is a degree by itself: its name first, a school, dates."""
    row = rows_of([line.saying(line.bare)])[0]
    return row.span is not None and _begins_with_degree(row) and says_school(row.rest)


def _date_before_grade(row: Row) -> None:
    """The dates of a line that ends in a grade."""
    if row.span or row.is_body or row.is_gone or not _GRADE.search(row.text):
        return
    text = _GRADE.sub("", row.text).rstrip(" ,;|")
    if span := main_span(text):
        row.span, row.rest = span, "\t".join(filter(None, without_span(text, span)))


def is_degree_row(row: Row) -> bool:
    text = row.rest if row.span else row.text
    return (
        not row.is_gone
        and not row.is_body
        and len(text) < 200
        and bool(names_degree(text))
        and not _THESIS.match(text)
        and not (says_deed(text) and not row.span)
        and not _ENTERED.search(text)
    )


def _begins_with_degree(row: Row) -> bool:
    text = row.rest if row.span else row.text
    academic = names_degree(text) in ("bachelor", "master", "doctorate")
    return (
        is_degree_row(row)
        and academic
        and bool(_LEVEL_WORDS.match(text))
        and not re.search("certif", text, re.IGNORECASE)
    )


def _without_doubles(rows: Sequence[Row], anchors: Sequence[int]) -> list[int]:
    """The anchors, less a row that tells the same degree again: next to it, of its level, with what it lacks."""
    kept: list[int] = []
    for place in anchors:
        if kept and place == kept[-1] + 1 and _say_one(rows[kept[-1]], rows[place]):
            continue
        kept.append(place)
    return kept


def _say_one(first: Row, second: Row) -> bool:
    same = names_degree(first.text) == names_degree(second.text)
    return (
        same
        and not (first.span and second.span)
        and not (says_school(first.text) and says_school(second.text))
        and (bool(first.span) != bool(second.span) or says_school(first.text) != says_school(second.text))
    )


def _stray(row: Row) -> float:
    if row.is_gone or says_deed(row.text) or _THESIS.match(row.text):
        return 0.0
    return 1.0 if says_school(row.text) or row.is_only_dates else 0.3


def _read(head: Sequence[Row]) -> Degree:
    head, spare = _from_last_dates(head)
    span = next((row.span for row in head if row.span and row.span.is_range), None)
    span = span or next((row.span for row in head if row.span), None)
    texts = [(row.rest if row.span else row.text) for row in head]
    whole = " ".join(row.text for row in head)
    place = _degree_place(head)
    if place is None:
        return Degree(score=-4.0)
    level = names_degree(texts[place])
    own = _pieces(texts[place])
    before = [piece for text in texts[:place] for piece in _pieces(text)]
    behind = [piece for text in texts[place + 1 :] for piece in _pieces(text)]
    at = next(n for n, piece in enumerate(own) if names_degree(piece) or n == len(own) - 1)
    school, title_pieces = _school_of(own, at, [*before, *behind])
    if not school and level == "associate" and at < len(own) - 1:
        school, title_pieces = own[-1], own[:-1]  # who trains at work learns at a firm
    is_dated_below = head[place].span is None and place + 1 < len(head) and head[place + 1].span is not None
    if level == "secondary" and school in own[at + 1 :]:
        title_pieces = own[: own.index(school)]  # what stands behind the school is its town
    behind = _wrapped_into(title_pieces, behind, school, is_dated_below=is_dated_below)
    field_name = _field_of(title_pieces, [piece for piece in [*before, *behind] if piece != school])
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
        score=3.0 + dated + placed - 0.5 * spare - extra - deeds - sum(bool(_THESIS.match(text)) for text in texts),
    )  # fmt: skip


def _degree_place(head: Sequence[Row]) -> int | None:
    """Which of the rows names the degree."""
    for number, row in enumerate(head):
        text = row.rest if row.span else row.text
        if names_degree(text) and not _THESIS.match(text) and not _ENTERED.search(text):
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
    strong = [piece for piece in _STRONG.split(_GRADE.sub("", text)) if piece and not says_place(piece)]
    strong = [without_city(piece) if says_school(piece) else piece for piece in strong]
    if is_east_asian(text):
        strong = [piece for part in strong for piece in part.split()]
    pieces = [piece.strip(" ,;:|-·\t") for part in strong for piece in _COMMA.split(part)]
    kept = [piece for piece in pieces if re.search(r"\w", piece)]
    return [
        piece
        for number, piece in enumerate(kept)
        if names_degree(piece) or not (number and (is_known_place(piece) or re.fullmatch(r"[A-Z]{2}", piece)))
    ]


def _school_of(own: list[str], at: int, around: Sequence[str]) -> tuple[str, list[str]]:
    """The place of study, and the pieces of the degree's own line without it."""
    if says_school(own[at]):
        level = _LEVEL_WORDS.search(own[at])
        outside = _LEADING.sub("", (own[at][: level.start()] + own[at][level.end() :]) if level else own[at])
        school = outside.strip(" ,;:-()")
        if level and says_school(school):
            return school, [level[0].strip(), *(piece for n, piece in enumerate(own) if n != at)]
        if not level or names_degree(own[at]) == "secondary":
            return own[at], own
    for number, piece in enumerate(own):
        if number != at and says_school(piece):
            return piece, [other for n, other in enumerate(own) if n != number]
    named = next((piece for piece in around if says_school(piece) and not names_degree(piece)), "")
    if named:
        return named, own
    other = next(
        (piece for piece in around if not says_deed(piece) and not _THESIS.match(piece) and len(piece) < 80), ""
    )
    return other, own


def _wrapped_into(title: list[str], behind: list[str], school: str, *, is_dated_below: bool) -> list[str]:
    """A title that goes on in the next line gets its end; what is left of the lines behind is handed back. It goes on
    where the school stands below its end, or where the school stands above and its end has the dates.
    """
    if not behind or behind[0] == school or says_deed(behind[0]) or len(behind[0].split()) > 4:
        return behind
    if _THESIS.match(behind[0]) or not says_school(school):
        return behind
    if school not in behind and not (is_dated_below and len(behind) == 1):
        return behind
    title[-1] = f"{title[-1]} {behind[0]}"
    return behind[1:]


def _field_of(title: Sequence[str], others: Sequence[str]) -> str:
    """The subject: what the title says besides its level, else the next piece that is no school."""
    faculties = [
        piece
        for piece in [*title, *others]
        if re.search(r"専攻|学科|学部|研究科|科$|faculty|fakultät", piece, re.IGNORECASE)
    ]
    if faculties and is_east_asian(faculties[-1]):
        return _subject(faculties[-1])
    at = next((number for number, piece in enumerate(title) if names_degree(piece)), 0)
    for piece in [*title[at:], *title[:at]]:
        if subject := _subject(piece):
            return subject
    for piece in [*faculties[-1:], *others]:
        if not says_school(piece) and not says_deed(piece) and not _THESIS.match(piece) and (found := _subject(piece)):
            return found
    return _generic_subject(" ".join(title)) or next((_subject(piece) for piece in faculties), "")


def _subject(piece: str) -> str:
    text = _MINOR.sub("", _HONOURS.sub("", piece))
    text = _LEVEL_WORDS.sub(" ", re.sub(r"\((?:master|bachelor)[^)]*\)", " ", text, flags=re.IGNORECASE))
    text = re.sub(r"\(\s*[\w.'*+ ]{0,12}\s*\)", " ", text) if "(" in text else text
    text = _AROUND.sub(" ", text)
    text = _LEADING.sub("", _CODES.sub("", _LEADING.sub("", text)))
    text = _TRAILING.sub("", " ".join(text.split())).strip(" ,;:.-'\"()")
    text = f"{text})" if text.count("(") > text.count(")") else text
    is_name = len(text) > 1 and re.search(r"[^\W\d_]", text) and names_degree(text) != plain(text)
    return text[:120] if is_name else ""


def _generic_subject(title: str) -> str:
    """`Bachelor of Engineering` with no more to it: its subject is engineering."""
    match = re.search(
        r"\bof (engineering|technology|business administration|laws?|commerce|education|medicine)\b",
        title,
        re.IGNORECASE,
    )
    return match[1] if match else ""


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
