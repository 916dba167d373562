"""The sections of a résumé: which lines stand under which heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tracker.interchange.readers.document_text import TextLine
from tracker.interchange.readers.resume_dates import spans
from tracker.interchange.readers.resume_words import heading_kind, loose_heading_kind, plain, says_firm, says_title

_INLINE = re.compile(r"\s*([^:]{3,40}):\s+(\S.*)")
_INLINE_KINDS = frozenset(("skills", "certifications", "languages"))
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[^:.;]{3,40}:\s)")
_SLUG = re.compile(r"linkedin\.com/in/([\w%-]{3,100})", re.IGNORECASE)
_SAME_SIZE = 0.6  # points


@dataclass(frozen=True, slots=True)
class Section:
    """`kind`: as in the word list, or "" for what stands above the first heading or under one that is not known."""

    kind: str
    heading: TextLine | None
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    is_upper: bool


def sections(lines: Sequence[TextLine]) -> tuple[Section, ...]:
    """The sections in the order of the lines; the first has no heading."""
    lines = _with_headings_apart(lines)
    heads = _headings(lines)
    name = _name_of_owner(lines)
    found: list[tuple[str, TextLine | None, list[TextLine]]] = [("", None, [])]
    for place, line in enumerate(lines):
        if place in heads:
            found.append((heads[place], line, []))
        elif found[-1][0] and name(line):
            found.append(("", None, [line]))
        elif _may_change(found[-1][0], lines, place) and (inline := _inline(line)):
            kind, rest = inline
            found.append((kind, line, [line.saying(rest)]))
        else:
            found[-1][2].append(line)
    return tuple(Section(kind, heading, tuple(inside)) for kind, heading, inside in found)


def _may_change(kind: str, lines: Sequence[TextLine], place: int) -> bool:
    """Whether `Skills: Python` begins a section here. Under a job it tells of the job, unless it stands apart."""
    if kind == "degrees" and heading_kind(lines[place].bare.partition(":")[0]) == "certifications":
        return not re.search(r"cours|kurs|cors", plain(lines[place].bare.partition(":")[0]))  # of the studies
    stands_apart = lines[place].page == 0 and place > 0 and lines[place].number - lines[place - 1].number > 1
    return kind != "skills" and (kind not in ("roles", "projects") or (stands_apart and not lines[place].is_bullet))


def _with_headings_apart(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with `... 2020 - 2023. Skills: Python` as two."""
    return [line.saying(piece) for line in lines for piece in _pieces(line.text)]


def _pieces(text: str) -> list[str]:
    pieces = _SENTENCE.split(text) if ":" in text else [text]
    if len(pieces) > 1 and any(heading_kind(piece.partition(":")[0]) in _INLINE_KINDS for piece in pieces[1:]):
        return pieces
    return [text]


def _inline(line: TextLine) -> tuple[str, str] | None:
    match = _INLINE.fullmatch(line.bare)
    if match and (kind := heading_kind(match[1])) in _INLINE_KINDS:
        return kind, match[2]
    return None


def _headings(lines: Sequence[TextLine]) -> dict[int, str]:
    """Place of a line -> kind of the section that it heads."""
    known = {place: kind for place, line in enumerate(lines) if (kind := _kind_of(line))}
    styles = {_style(lines[place]) for place, kind in known.items() if kind in ("roles", "degrees")}
    if styles:
        styles |= _side_styles(lines, known)
        known = {place: kind for place, kind in known.items() if _has_a_style(lines[place], styles)}
    others = {place: loose_heading_kind(lines[place].bare) or "unknown" for place in _unknown_headings(lines, known)}
    return {**others, **known}


def _side_styles(lines: Sequence[TextLine], known: dict[int, str]) -> set[_Style]:
    """How headings of a side column are written: larger than the text, and two of different kinds alike."""
    body = Counter(line.size for line in lines).most_common(1)[0][0]
    kinds: dict[_Style, set[str]] = {}
    for place, kind in known.items():
        kinds.setdefault(_style(lines[place]), set()).add(kind)
    return {style for style, found in kinds.items() if len(found) > 1 and style.size > body + _SAME_SIZE}


def _kind_of(line: TextLine) -> str:
    text = line.bare.replace("\t", " ")
    if len(text) > 60 or (text.endswith((".", ",")) and len(text) > 30):
        return ""
    return heading_kind(text)


def _style(line: TextLine) -> _Style:
    return _Style(line.size, line.text.isupper())


def _has_a_style(line: TextLine, styles: set[_Style]) -> bool:
    """Whether the line is written as one of the main headings is: a lone `Writing` in a list of skills is not."""
    letters_have_case = line.text.upper() != line.text.lower()
    return any(
        abs(line.size - style.size) <= _SAME_SIZE and (not letters_have_case or line.text.isupper() >= style.is_upper)
        for style in styles
    )


def _unknown_headings(lines: Sequence[TextLine], known: dict[int, str]) -> Iterator[int]:
    """Lines that are written as headings are, though their words are not known."""
    if len(known) < 2:
        return
    main = [place for place, kind in known.items() if kind in ("roles", "degrees")] or list(known)
    size = Counter(lines[place].size for place in main).most_common(1)[0][0]
    times = sum(lines[place].size == size for place in known)
    body = Counter(line.size for line in lines).most_common(1)[0][0]
    by_size = size > body + _SAME_SIZE and times > 1
    upper = all(lines[place].text.isupper() for place in known)
    if not by_size and not upper:
        return
    for place, line in enumerate(lines):
        if place in known or not _could_head(line) or line.text.isupper() < upper:
            continue
        stands_apart = line.page == 0 and place > 0 and line.number - lines[place - 1].number > 1
        if abs(line.size - size) <= 0.3 if by_size else stands_apart:
            yield place


def _could_head(line: TextLine) -> bool:
    text = line.text
    return (
        not line.is_bullet
        and len(text) <= 40
        and len(text.split()) <= 6
        and not re.search(r"[0-9@,\t]", text)
        and not spans(text)
        and not says_title(text)
        and not says_firm(text)
    )


def _name_of_owner(lines: Sequence[TextLine]) -> Callable[[TextLine], bool]:
    """A test for the line with which the page begins anew: the owner's name, in the middle of the text where a side
    column was written first. It is known by its size, or by the address of the owner's LinkedIn page.
    """
    body = Counter(line.size for line in lines).most_common(1)[0][0] if lines else 0.0
    largest = max((line.size for line in lines), default=0.0)
    slug = next((match[1].casefold() for line in lines[:40] if (match := _SLUG.search(line.text))), "")
    parts = set(re.split(r"[-_%]", slug))

    def is_name(line: TextLine) -> bool:
        words = [word for word in re.split(r"[\s'-]+", plain(line.text)) if word]
        by_slug = 2 <= len(words) <= 5 and len(line.text) < 50 and all(word in parts for word in words)
        return by_slug or (body > 0 and line.size >= max(largest - _SAME_SIZE, 1.5 * body))

    return is_name
