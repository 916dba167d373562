"""Lines of a section -> its entries. One layout a section: how many lines stand before and behind the one that anchors
an entry (its dates, or its degree). Every layout is tried, and the one that explains all entries best is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Generic, Protocol, TypeVar

from tracker.interchange.readers.document_text import TextLine, is_east_asian, joined
from tracker.interchange.readers.resume_dates import Span, is_only_a_date, main_span, months_of_duration, without_span
from tracker.interchange.readers.resume_words import (
    describes_firm,
    heads_columns,
    says_deed,
    says_firm,
    says_place,
    says_title,
    without_label,
)

_MOST_BEFORE, _MOST_AFTER = 3, 4
_CLEARLY = 2.5  # what a firm by its name adds to a title
_MOST_TRIED = 30  # entries by which the layout is chosen
_MOST_ENTRIES = 250
_LONGEST_HEAD = 160
_UNFINISHED = re.compile(r"(?:,|\s(?:of|for|and|du|des|de la|der|für|und|di|della|del|y|&))$")
_INDENT = 2.0  # points or blanks: less is no indent
_WRAPPED_DATE = re.compile(r".*(?:[0-9]{4}-|[0-9]\s?[-~〜]|年[0-9]{1,2}|[0-9]{4}年)", re.DOTALL)
_DATE_REST = re.compile(r"(?:[0-9]{1,2}(?:\s|$)|月|[0-9]{1,2}月|年)")


@dataclass(slots=True)
class Row:
    """A line as its section uses it. `is_body`: it tells what was done and heads nothing. `span`: its dates, `rest`:
    its text without them. `months`: how long it says that something lasted.
    """

    line: TextLine
    text: str
    is_body: bool = False
    span: Span | None = None
    rest: str = ""
    months: int | None = None
    is_gone: bool = False
    begins_block: bool = False  # an empty line stands before it

    @property
    def is_only_dates(self) -> bool:
        return self.span is not None and not self.rest


class Assigned(Protocol):
    @property
    def score(self) -> float: ...


A = TypeVar("A", bound=Assigned)


@dataclass(slots=True)
class Entry(Generic[A]):
    """`head`: the rows that say what it is; `body`: what is told of it; `facts`: what was made of the head."""

    head: list[Row]
    body: list[Row] = field(default_factory=list)
    facts: A | None = None
    durations: list[Row] = field(default_factory=list)  # rows of the head that say how long, and nothing else


def rows_of(lines: Sequence[TextLine]) -> list[Row]:
    """The rows of a section: broken dates and wrapped bullets joined, indented lines told apart from heads."""
    lines = _joined_heads(_joined_dates(lines))
    if lines and not _has_open_head(lines):
        lines = [line.saying(line.bare) for line in _joined_bullets(lines)]
    rows = [
        Row(line, without_label(line.text), is_body=line.is_bullet, begins_block=_stands_apart(lines, place))
        for place, line in enumerate(lines)
    ]
    _mark_continuations(rows)
    _mark_indented(rows)
    for row in rows:
        date_row(row)
    return rows


def _joined_heads(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with a head that ends in a comma or in `of`, and so goes on in the next line, made whole."""
    done: list[TextLine] = []
    for line in lines:
        before = done[-1] if done else None
        goes_on = before is not None and _UNFINISHED.search(before.text) and not before.is_bullet and not line.is_bullet
        if before and goes_on and not main_span(line.text) and len(before.text) + len(line.text) < _LONGEST_HEAD:
            done[-1] = before.saying(f"{before.text} {line.text}")
        else:
            done.append(line)
    return done


def _stands_apart(lines: Sequence[TextLine], place: int) -> bool:
    """Whether an empty line stands before a line, where the lines are counted with the empty ones."""
    before = lines[place - 1] if place else None
    return before is None or (lines[place].page == 0 and lines[place].number - before.number > 1)


def _has_open_head(lines: Sequence[TextLine]) -> bool:
    """Whether a line without a bullet carries dates or stands first: then bullets tell, and do not list entries."""
    return any(not line.is_bullet and main_span(line.text) for line in lines) or not any(
        line.is_bullet and main_span(line.text) for line in lines
    )


def _joined_bullets(lines: Sequence[TextLine]) -> list[TextLine]:
    done: list[TextLine] = []
    for line in lines:
        if done and done[-1].is_bullet and not line.is_bullet and not main_span(done[-1].text):
            done[-1] = done[-1].saying(joined(done[-1].text, line.text))
        else:
            done.append(line)
    return done


def _joined_dates(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with dates that a narrow column broke in two made whole again, and lone East Asian letters put back."""
    done: list[TextLine] = []
    for line in lines:
        before = done[-1] if done else None
        if before is None or before.page != line.page:
            done.append(line)
        elif _WRAPPED_DATE.fullmatch(before.text) and _DATE_REST.match(line.text):
            done[-1] = before.saying(before.text + line.text)
        elif _are_one_date(before.text, line.text):
            done[-1] = before.saying(f"{before.text} {line.text}")
        elif len(line.text) <= 2 and is_east_asian(line.text) and is_east_asian(before.text[-1:]):
            done[-1] = before.saying(before.text + line.text)
        else:
            done.append(line)
    return done


def _are_one_date(first: str, second: str) -> bool:
    """Whether two lines are the two halves of one span: `Sept. 2022 -` and `today`, `March - August` and `2019`."""
    if len(first) > 30 or len(second) > 20 or "-" not in first + second[:1]:
        return False
    whole = f"{first} {second}"
    span = main_span(whole)
    if span is None or not span.is_range or not is_only_a_date(whole):
        return False
    own, other = main_span(first), main_span(second)
    open_end = own is not None and own.is_open and first.rstrip().endswith("-")
    return not (own and own.is_range and not open_end) and not (other and other.is_range)


def _mark_continuations(rows: Sequence[Row]) -> None:
    """What follows a bullet further in than it, or in the middle of a sentence, is part of it."""
    before: Row | None = None
    for row in rows:
        if _stands_aside(row.text):
            continue
        before, last = row, before
        if last is None or not last.is_body or row.is_body:
            continue
        further_in = row.line.left > last.line.left + _INDENT and row.line.page == last.line.page
        wrapped = not last.line.is_bullet and row.line.left == last.line.left > 0
        in_sentence = row.text[:1].islower() and "\t" not in row.text
        row.is_body = bool(further_in or ((wrapped or in_sentence) and not main_span(row.text)))


def _stands_aside(text: str) -> bool:
    """Whether a line says only when, how long or where: it is part of no sentence."""
    return is_only_a_date(text) or months_of_duration(text) is not None or says_place(text)


def _mark_indented(rows: Sequence[Row]) -> None:
    """Lines further in than the heads of their column are body, where a section has lines at the edge at all."""
    for column in _columns(rows):
        dated = [row for row in column if not row.is_body and main_span(row.text)]
        heads = [row for row in column if not row.is_body and not _begins_with_date(row.text)]
        if not heads or not dated:
            continue
        edge = min(row.line.left for row in heads)
        if edge <= min(row.line.left for row in dated) + _INDENT:
            for row in heads:
                if row.line.left > edge + 2 * _INDENT and not main_span(row.text):
                    row.is_body = True


def _begins_with_date(text: str) -> bool:
    span = main_span(text)
    return span is not None and not text[: span.first].strip(" (")


def _columns(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of one column after another: a new one begins where the text jumps up or turns the page."""
    columns: list[list[Row]] = []
    for row in rows:
        if columns and columns[-1][-1].line.page == row.line.page and columns[-1][-1].line.top <= row.line.top + 1:
            columns[-1].append(row)
        else:
            columns.append([row])
    return columns


def date_row(row: Row) -> None:
    """Finds the dates of a row, and its text without them."""
    if row.is_body:
        return
    row.months = months_of_duration(row.text)
    if row.months is not None:
        row.is_gone = True
        return
    span = main_span(row.text)
    if span is None or (not span.is_range and says_deed(row.text) and len(row.text) > 80):
        row.rest = row.text
        return
    before, after = without_span(row.text, span)
    row.span = span
    row.months = _months_beside(row.text[span.last :])
    row.rest = "\t".join(part for part in (before, after) if part)
    if is_only_a_date(row.text) or says_place(row.rest):
        row.rest = ""


def _months_beside(after: str) -> int | None:
    match = re.match(r"[\s·,|]*\(?([^()]{3,40})\)?$", after)
    return months_of_duration(match[1]) if match else None


def lifted(rows: Sequence[Row]) -> list[Row]:
    """The rows with dates that stand behind what they date put up to its head, where the section is written so."""
    present = [row for row in rows if not row.is_gone and not _is_place(row)]
    if not _dates_stand_behind(present):
        return list(rows)
    done: list[Row] = []
    head = 0  # the place behind the last head
    for row in present:
        if row.is_only_dates:
            done.insert(head, row)
            head += 1
        else:
            done.append(row)
            head = head if row.is_body else len(done)
    return done


def _dates_stand_behind(rows: Sequence[Row]) -> bool:
    """Whether entries end in their dates: the first stand behind a body, or the last, which end the section, do."""
    dated = [place for place, row in enumerate(rows) if row.span]
    if not dated or not rows[dated[0]].is_only_dates:
        return False
    if any(row.is_body for row in rows[: dated[0]]):
        return True
    ends = all(rows[place].is_only_dates for place in dated) and dated[0] > 0 and dated[-1] == len(rows) - 1
    return ends and any(rows[place - 1].is_body for place in dated)


def _is_place(row: Row) -> bool:
    return not row.line.is_bullet and row.span is None and says_place(row.text)


def entries_of(
    rows: Sequence[Row],
    anchors: Sequence[int],
    assign: Callable[[list[Row]], A],
    stray: Callable[[Row], float],
) -> list[Entry[A]]:
    """The entries under the layout that explains the section best.

    `assign` makes facts of the rows of a head, and scores them; `stray` says how odd it is that a row heads nothing.
    """
    if not anchors:
        return []
    first, rest = anchors[:_MOST_TRIED], anchors[_MOST_TRIED : _MOST_TRIED + 1]
    before, after = _best_layout(rows[: rest[0]] if rest else rows, first, assign, stray)
    kept, beyond = anchors[:_MOST_ENTRIES], anchors[_MOST_ENTRIES : _MOST_ENTRIES + 1]
    entries = _laid_out(rows[: beyond[0]] if beyond else rows, kept, before, after, assign)
    for entry in entries:
        _lengthen(entry, assign)
    return entries


def _lengthen(entry: Entry[A], assign: Callable[[list[Row]], A]) -> None:
    """Takes the rows right below a head into it where they make it so much better that the section's layout is not
    this entry's.
    """
    best, size = entry.facts.score + _CLEARLY if entry.facts else 0.0, 0
    for count, row in enumerate(entry.body[:_MOST_AFTER], start=1):
        if row.is_body or row.span or row.begins_block or tells_a_deed(row.text):
            break
        if (found := assign([*entry.head, *entry.body[:count]])).score > best:
            entry.facts, best, size = found, found.score, count
    entry.head, entry.body = [*entry.head, *entry.body[:size]], entry.body[size:]


def _best_layout(
    rows: Sequence[Row],
    anchors: Sequence[int],
    assign: Callable[[list[Row]], A],
    stray: Callable[[Row], float],
) -> tuple[int, int]:
    """How many rows before and behind the anchors explain the entries best; of equals the fewest."""
    begins = _rows_before(rows, anchors[0])
    best: tuple[float, tuple[int, int]] | None = None
    for before, after in product(range(min(begins, _MOST_BEFORE) + 1), range(_MOST_AFTER + 1)):
        entries = _laid_out(rows, anchors, before, after, assign)
        score = (
            sum(entry.facts.score for entry in entries if entry.facts) - 0.3 * (before + after) * len(entries) ** 0.5
        )
        score -= sum(stray(row) for entry in entries for row in entry.body if not row.is_body)
        score -= 2.0 * max(0, min(begins, _MOST_BEFORE) - before)
        if best is None or score > best[0] + 1e-9:
            best = (score, (before, after))
    return best[1] if best else (0, 0)


def _rows_before(rows: Sequence[Row], anchor: int) -> int:
    """How many heads stand right before the first anchor: no other entry can claim them."""
    count = 0
    for row in reversed(rows[:anchor]):
        if row.is_body:
            break
        count += not row.is_gone
    return count


def _laid_out(
    rows: Sequence[Row], anchors: Sequence[int], before: int, after: int, assign: Callable[[list[Row]], A]
) -> list[Entry[A]]:
    first = _start(rows, anchors, 0, before, dates_above=True)
    dates_above = any(row.span for row in rows[first : anchors[0]])
    begins = [_start(rows, anchors, number, before, dates_above=dates_above) for number in range(len(anchors))]
    if not dates_above and before:
        blocks = [_block_start(rows, anchors, number) for number in range(len(anchors))]
        begins = [begin if block is None else min(begin, block) for begin, block in zip(begins, blocks, strict=True)]
    if rows[first].is_only_dates:  # every entry begins with its dates, on a line of their own or of its first words
        begins = [
            anchor if _begins_with_date(rows[anchor].text) and rows[anchor].rest else begin
            for anchor, begin in zip(anchors, begins, strict=True)
        ]
    entries = []
    for number, anchor in enumerate(anchors):
        end = begins[number + 1] if number + 1 < len(anchors) else len(rows)
        last = _end(rows, anchor, end, after)
        whole = rows[begins[number] : last]
        head = [row for row in whole if not row.is_gone]
        body = [row for row in rows[last:end] if not row.is_gone]
        durations = [row for row in whole if row.is_gone and row.months is not None]
        entries.append(Entry(head, body, assign(head), durations))
    return entries


def _start(rows: Sequence[Row], anchors: Sequence[int], number: int, before: int, *, dates_above: bool) -> int:
    """Where the head of an entry begins: up to `before` rows above its anchor, none of them another entry's: where the
    first entry has no dates above its anchor, dates are the end of the entry before.
    """
    place = anchors[number]
    floor = anchors[number - 1] + 1 if number else 0
    taken = 0
    while place > floor and taken < before and not rows[place - 1].is_body:
        if rows[place - 1].span and not dates_above:
            break
        if number and tells_a_deed(rows[place - 1].text):
            break
        place -= 1
        taken += not rows[place].is_gone
    return place


def _block_start(rows: Sequence[Row], anchors: Sequence[int], number: int) -> int | None:
    """Where the block of an entry begins, if its dates stand in a block of their own that begins above them with heads
    alone: then what the block begins with is the entry's.
    """
    anchor = anchors[number]
    floor = anchors[number - 1] + 1 if number else 0
    if number and not any(row.begins_block for row in rows[floor : anchor + 1]):
        return None
    for place in range(anchor, max(floor, anchor - _MOST_BEFORE) - 1, -1):
        row = rows[place]
        if row.is_body or (place < anchor and (row.span or tells_a_deed(row.text))):
            return None
        if row.begins_block:
            return place
    return None


def tells_a_deed(text: str) -> bool:
    """Whether a line is prose, and so names neither a title nor a firm."""
    is_title = says_title(text) and len(text.split()) <= 4  # `Support Engineer`
    is_firm = says_firm(text) > 0 and len(text.split()) <= 6
    tells_of_firm = describes_firm(text) and len(text.split()) <= 12
    return says_deed(text) and not is_firm and not is_title and not tells_of_firm


def _end(rows: Sequence[Row], anchor: int, limit: int, after: int) -> int:
    place, taken = anchor + 1, int(bool(rows[anchor].rest))
    while place < limit and taken < after and not rows[place].is_body:
        if rows[place].span is None and tells_a_deed(rows[place].text):
            break
        taken += not rows[place].is_gone
        place += 1
    return place


def drop_places(rows: Sequence[Row]) -> None:
    """Rows that name a place alone, or the columns of a table, say nothing that is kept."""
    for row in rows:
        if _is_place(row) or (not row.line.is_bullet and row.span is None and heads_columns(row.text)):
            row.is_gone = True


def told(body: Sequence[Row]) -> str:
    """The body's text, a bullet a line, wrapped lines joined where it is sure that they are."""
    lines: list[str] = []
    in_bullet = False
    for row in body:
        in_bullet = row.line.is_bullet or (in_bullet and row.is_body)
        if lines and not row.line.is_bullet and (in_bullet or row.text[:1].islower()):
            lines[-1] = joined(lines[-1], row.text)
        else:
            lines.append(row.line.bare)
    return "\n".join(lines)
