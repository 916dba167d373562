"""Projects and publications: their titles, dates and addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.interchange.readers.document_text import TextLine, joined
from tracker.interchange.readers.resume_dates import is_only_a_date, main_span, without_span
from tracker.interchange.readers.resume_entries import Row, rows_of

_TITLE_END = re.compile(r"\t|\s+[|·•]\s+|\s+-{1,2}\s+|:\s+|\s\((?=https?:|www\.|github|20)|\s(?=https?://)")
_QUOTED = re.compile(r"[\"«„](.{8,200}?)[\"»],?|(?<=[0-9]\)\s)'(?P<single>.{3,200}?)'[,.]")
_CITED = re.compile(r"\((?:19|20)[0-9]{2}[a-z]?(?:, \w+)?\)[.,:]\s*([^.]{8,250}[^.\s])\.")
_INITIALS = r"(?:[A-Z]\.(?:[ -]?[A-Z]\.){0,2}|[A-Z]{1,3})"
_SURNAME = r"(?:(?:van|von|de|der|den|di|la|le|du) ){0,2}[^\W\d_a-z][\w'-]+"
_AUTHOR = re.compile(
    rf"(?:(?:[A-Z]\.[ -]?){{1,3}} ?{_SURNAME}(?: {_SURNAME})?|{_SURNAME}(?: {_SURNAME})?,? {_INITIALS}(?![\w'])|"
    r"et al\.?|\.\.\.)[*†]?"
)
_AUTHORS_GLUE = re.compile(r"(?:,|;)?\s*(?:(?:and|und|et|y|e|&)\s+)?")
_AUTHORS_END = re.compile(
    r"(?:(?<=\.)|[.:])\s+(?!(?:and|&)\s)(?=[^\W\d_a-z][\w'-]*[ :,])|\.?\s*\((?:19|20)[0-9]{2}[a-z]?\)[.,:]?\s+"
)
_NUMBERED = re.compile(r"\[?[0-9]{1,3}[\].)]\s+")
_SENTENCE_END = re.compile(r"(?<=[^\W_])[.?!]\s+(?=[^\W_a-z])|,\s+(?:in|In)(?::\s|\s)")
_IDENTIFIER = re.compile(r"doi\b|10\.[0-9]{4}|https?:|arxiv|isbn", re.IGNORECASE)
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Work:
    title: str
    date: str
    url: str
    lines: tuple[TextLine, ...]


def projects_of(lines: Sequence[TextLine]) -> list[Work]:
    """The projects: of each run of lines without bullets the first is a title, and so is each that looks like one."""
    if lines and lines[0].is_bullet:
        lines = [line.saying(line.bare) if line.is_bullet else line for line in lines]  # each is one, under no title
    rows = rows_of(lines)
    only_titles = not any(row.is_body for row in rows) and not any(row.span for row in rows)
    found: list[Work] = []
    in_run = False
    spare: Row | None = None  # dates that stand above their title
    for row in rows:
        if row.is_gone:
            continue
        if row.is_body:
            in_run = False
        elif row.is_only_dates:
            found, spare = _dated(found, row, in_run=in_run or not found, spare=spare)
            in_run = in_run and spare is None
        elif not in_run or only_titles or row.span or _names_and_tells(row.text):
            found.append(_work(row, spare))
            spare, in_run = None, True
    return [work for work in found if work.title]


def _dated(found: list[Work], row: Row, *, in_run: bool, spare: Row | None) -> tuple[list[Work], Row | None]:
    if found and not found[-1].date and row.span:
        last = found[-1]
        return [*found[:-1], Work(last.title, row.span.end or row.span.start, last.url, last.lines)], None
    return found, row if not found or in_run else spare


def _names_and_tells(text: str) -> bool:
    match = re.search(r"\s-\s|:\s|\s\|\s|\t", text)
    return match is not None and match.start() <= 60


def _work(row: Row, spare: Row | None) -> Work:
    text = row.rest if row.span else row.line.bare
    title = _TITLE_END.split(text, maxsplit=1)[0].strip(" ,;:()")
    span = row.span or (spare.span if spare else None)
    url = re.search(r"https?://[^\s)>,]{3,300}", row.text)
    return Work(
        title[:_LONGEST_TITLE] if len(title.split()) <= 25 else "",
        (span.end or span.start) if span else "",
        url[0] if url else "",
        (row.line,),
    )


def publications_of(lines: Sequence[TextLine]) -> list[Work]:
    """The publications: a citation a line, or a title with authors, place and date on lines of their own."""
    found: list[Work] = []
    block: list[TextLine] = []
    ends_in_stops = bool(lines) and lines[-1].text.endswith(".")
    for line in _dates_behind(lines):
        if not block and found and _IDENTIFIER.match(line.bare):
            continue
        if is_only_a_date(line.bare):
            if block and (work := _publication(block, line)):
                found.append(work)
            block = []
        elif (
            block
            and (line.is_bullet or main_span(line.text) or _is_citation(block))
            and not _continues(block[-1], line, ends_in_stops=ends_in_stops)
        ):
            if work := _publication(block, None):
                found.append(work)
            block = [line]
        else:
            block.append(line)
    if block and (work := _publication(block, None)):
        found.append(work)
    return found


def _dates_behind(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with each lone date behind what it dates, where they stand right above or right below the titles."""
    dates = [place for place, line in enumerate(lines) if is_only_a_date(line.bare)]
    if not dates or dates[0] > 1:
        return list(lines)
    titles = [place + 1 if dates[0] == 0 else place - 1 for place in dates]
    ends = [*titles[1:], len(lines)] if dates[0] else [*dates[1:], len(lines)]
    done: list[TextLine] = []
    for date, begin, end in zip(dates, titles, ends, strict=True):
        done += [line for place, line in enumerate(lines[begin:end], start=begin) if place != date]
        done.append(lines[date])
    return done


def _is_citation(block: Sequence[TextLine]) -> bool:
    text = " ".join(line.text for line in block)
    return bool(_QUOTED.search(text) or _CITED.search(text) or _title_behind_authors(text))


def _title_behind_authors(text: str) -> str:
    """The title of `A. Author, B. Writer. A title. A journal, 2020`; "" where the text does not begin with authors."""
    place = match.end() if (match := _NUMBERED.match(text)) else 0
    begin = place
    while (author := _AUTHOR.match(text, place)) and place < 600:
        place = author.end()
        if end := _AUTHORS_END.match(text, place):
            title = _SENTENCE_END.split(text[end.end() :], maxsplit=1)[0]
            return title.strip() if len(title) > 8 and place > begin else ""
        if not (glue := _AUTHORS_GLUE.match(text, place)):
            return ""
        place = glue.end()
    return ""


def _continues(before: TextLine, line: TextLine, *, ends_in_stops: bool) -> bool:
    """Whether a line is the rest of a citation. `ends_in_stops`: the section's citations end with a full stop."""
    is_unfinished = before.text.endswith((",", "-")) or (ends_in_stops and before.text[-1:].isalpha())
    return not line.is_bullet and (is_unfinished or line.text[:1].islower() or _goes_on_with_number(line.text))


def _goes_on_with_number(text: str) -> bool:
    return text[:1].isdigit() and not _NUMBERED.match(text)


def _publication(block: Sequence[TextLine], dates: TextLine | None) -> Work | None:
    whole = ""
    for line in block:
        whole = joined(whole, line.bare) if whole else line.bare
    span = main_span(dates.bare) if dates else next((s for line in block if (s := main_span(line.bare))), None)
    match = _QUOTED.search(whole) or _CITED.search(whole)
    if match:
        title = match.groupdict().get("single") or match[1]
    elif cited := _title_behind_authors(whole):
        title = cited
    else:
        head = block[0].bare
        inline = main_span(head)
        title = " ".join(" ".join(without_span(head, inline)).split()) if inline else head
    title = re.sub(r"^(?:\[?[0-9]{1,3}[\].)]\s*)", "", title).strip(" ,.;")
    if len(title) < 6 and not match:
        return None
    year = re.search(r"\b(?:19|20)[0-9]{2}\b", whole)
    date = (span.end or span.start) if span else (year[0] if year else "")
    return Work(title[:_LONGEST_TITLE], date, "", tuple(block))
