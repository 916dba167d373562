"""The job's title, its role family and the employer, from the first lines of an advert."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.matching.match import NOTHING, Match
from tracker.matching.matcher import Matcher
from tracker.matching.phrases import small_words
from tracker.matching.sentences import Line, lines, split

_FIRST_LINES = 12
_LONGEST_TITLE = 90
_NOTE = re.compile(
    r"\((?:[mwfdxhgi]\s*[/|,]\s*){1,3}[mwfdxhgi*]\)|\(all genders?\)|\bH/F\b|\bF/H\b|\bm/w/d\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"^(?:job title|title|position|role|job|stelle|poste|intitulé(?: du poste)?|vacancy)\s*:\s*", re.IGNORECASE
)
_WANTED = re.compile(r"\b(?:wanted(?: by .*)?|gesucht|needed|sought|(?:f|h)/(?:h|f))\b[!.]?", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\b(?:hiring|looking for|seeking|seeks|searching for|need|needs|want|wants|we are after|we're after|gesucht|suche|"
    r"sucht|suchen|recherchons?|recherche|cherche|cherchons|recrute|recrutons)(?:\s+|\s*:\s*)"
    r"(?:(?:an?|our|eine?n?|une?|notre|the|un\(e\)|first|next|another|verstärkung als)\s+){0,3}([^.,;:!?\n]{3,80})",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s+[-\u2013\u2014|\u00b7@]\s+|\s{3,}|,\s|;\s|/{2}")
_MARK = re.compile(r"\((?:e|ne|in|innen)\)|[*:_/]-?in(?:nen)?\b|\bconfirmée?s?\b|\bexpérimentée?s?\b", re.IGNORECASE)
_OF_WHAT = re.compile(r"\s+(?:für|for|pour|im|in|dans|with|mit|zur)\s+")
_AT = re.compile(r"\s+(?:at|bei|beim|chez|@)\s+(?:(?:the|der|dem|den|la|le)\s+)?(?=[A-Z0-9\u00c0-\u00de])")
_SOUGHT_AT_THE_END = re.compile(r"^(.{4,80}?)\s+(?:wanted|needed|sought|gesucht|recherchée?)\b", re.IGNORECASE)
_SAYS = re.compile(
    r"^((?:[A-Z0-9\u00c0-\u00de][\w&.'\u00df-\u00ff-]*|&|and|und|et|of|de)(?:\s+(?:[A-Z0-9\u00c0-\u00de][\w&.'-]*|&|and|und|et|of|de)){0,4})\s+(?=[a-z])"
)
_BRACKET = re.compile(r"\s*\([^()]{1,40}\)")
_AFTER_TITLE = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """`title` and `employer` are empty where the text does not show them."""

    title: str = ""
    employer: str = ""
    role: Match = NOTHING


def read_opening(text: str, matcher: Matcher) -> Opening:
    """The first line that names a role of the model plainly; else the first that may."""
    first = lines(text[:6000])[:_FIRST_LINES]
    may: tuple[int, str, Match] | None = None
    for at, line in enumerate(first):
        for title in _titles(line):
            match = matcher.role(title)
            if match.is_accepted:
                return Opening(title, _employer(first, at, matcher), match)
            if match.is_asked and may is None:
                may = (at, title, match)
    if may is not None:
        return Opening(may[1], _employer(first, may[0], matcher), may[2])
    is_title = bool(first) and len(first[0].text) <= _LONGEST_TITLE and not first[0].text.endswith((".", "!", "?", ":"))
    return Opening(
        _CUT.split(_titles_of(first[0].text)[0])[0].strip() if is_title else "",
        _employer(first, 0, matcher) if first else "",
    )


def _titles(line: Line) -> Iterator[str]:
    parts = split(line.text)
    if len(parts) == 1 and _may_be_title(line.text):
        yield from _titles_of(line.text)
    if match := _SOUGHT_AT_THE_END.match(line.text):
        yield from _titles_of(match.group(1))
    for match in _SOUGHT.finditer(line.text[:600]):
        sought = _AT.split(match.group(1))[0]
        words = sought.split()
        yield from (" ".join(words[:length]) for length in range(min(7, len(words)), 1, -1))
    if len(parts) > 1 and _may_be_title(parts[0]):  # an advert of one paragraph may begin with its title
        yield from _titles_of(parts[0])


def _may_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not text.endswith("?")


def _titles_of(text: str) -> list[str]:
    bare = " ".join(_WANTED.sub(" ", _NOTE.sub(" ", _MARK.sub("", _LABEL.sub("", text)))).split()).strip(" .!-,|")
    named = _AT.split(bare)[0]
    parts = [part.strip() for part in _CUT.split(named) if part.strip()]
    without = _BRACKET.sub(" ", named).strip()
    return list(dict.fromkeys([named, without, *parts[:3], *(_OF_WHAT.split(part)[0] for part in parts[:1])]))


def _is_name(text: str, matcher: Matcher) -> bool:
    """Whether it can be an employer's name: no pronoun, no skill, no job."""
    return _first_word(text) not in small_words("no_employer") and not (
        matcher.skill(text).is_accepted or matcher.role(text).is_accepted
    )


def _first_word(text: str) -> str:
    return re.split(r"[\s'.:]", text, maxsplit=1)[0].casefold()


def _employer(first: list[Line], at: int, matcher: Matcher) -> str:
    """Behind `at`; the line below the title; or whoever does something in the lines that follow."""
    behind = _AT.split(first[at].text)
    if len(behind) == 2 and len(behind[1]) <= 60:
        return _CUT.split(behind[1])[0].strip(" .,:")
    for line in first[at + 1 : at + 1 + _AFTER_TITLE]:
        match = _SAYS.match(line.text)
        if match and _is_name(match.group(1), matcher):
            return match.group(1).strip(" .,")
        part = _CUT.split(line.text)[0].strip()
        is_name = part[:1].isupper() and len(part.split()) <= 5 and _is_name(part, matcher)
        if (
            is_name
            and not line.is_item
            and not line.text.rstrip().endswith((":", "?", "!"))
            and at + 1 < len(first)
            and line is first[at + 1]
        ):
            return part.rstrip(".")
    return ""
