"""A text as people paste it -> clean headed sentences, and sentences -> clauses. Linear in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tracker.matching.phrases import small_words
from tracker.matching.text import words

MOST_CHARACTERS = 100_000
UNKNOWN = "unknown"  # the kind of a heading whose words say nothing
_LONGEST_TITLE = 10  # words of a heading above a paragraph
_FEWEST_ITEMS = 2  # of a list whose items no sign marks
_LONGEST_ITEM = 120
_LONGEST_HEADING = 60
_LONGEST_QUESTION = 4  # words of a question that is answered at once
_MOST_WORDS = 400  # a longer sentence is read in pieces

_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\v\f"), " "
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2212"), "-")
_QUOTES = {
    ord("\u2019"): "'",
    ord("\u2018"): "'",
    ord("\u02bc"): "'",
    ord("\u201c"): '"',
    ord("\u201d"): '"',
    ord("\u201e"): '"',
}
_LINE_ENDS = {0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_SELECTORS = dict.fromkeys((0xFE0E, 0xFE0F))  # say only how the sign before them is drawn
_PLAIN: dict[int, str | None] = {**_SPACES, **_DASHES, **_QUOTES, **_LINE_ENDS, **_SELECTORS}
_BULLET = re.compile(
    r"""(?:
        (?:o|[^\w\s"'(\[<&$\u20ac\u00a3\u00a5@\u00a7\u00ab\u00bb\u2026]{1,2})(?=\s)  # any sign on its own
        | >{1,3}
        | \(?(?:\d{1,2}|[a-h]|[ivx]{1,4})[.)](?=\s)  # 1. 2) (a) iv)
        | [A-Z]{1,2}\d{1,2}[.):](?=\s)  # E1. D2)
    )\s*""",
    re.VERBOSE,
)
_RULE = re.compile(r"[-=_*~#\u2500]{3,}")
_TOKEN = re.compile(r"[^\W_]+(?:\+\+|#)?")
_STOPS = ".!?"
_OPENING = "\"'(["
# Words before a full stop that does not end the sentence.


@dataclass(frozen=True, slots=True)
class Token:
    """A word in comparable form, and where it stands in its sentence."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    is_item: bool
    after_blank: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """`section` is the kind of the heading above, "" without one; `lead` that of one on its own line; lines from 1."""

    text: str
    line: int
    section: str = ""
    lead: str = ""
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence that says one thing; an aside stands in brackets; `joint` parts it from the last."""

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    is_aside: bool = False
    joint: str = ""

    def between(self, first: int, end: int, joint: str) -> Clause:
        """The clause of the words from `first` to before `end`; there is at least one."""
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        moved = tuple(Token(t.word, t.start - start, t.end - start) for t in self.tokens[first:end])
        return Clause(self.text[start:stop], moved, self.words[first:end], self.is_aside, joint)


class TextTooLongError(ValueError):
    """More text than is read; the message is for the person who gave it."""


def check_length(text: str) -> None:
    """Raises TextTooLongError."""
    if len(text) > MOST_CHARACTERS:
        raise TextTooLongError(
            f"The text has {len(text):,} characters, more than the {MOST_CHARACTERS:,} that are read: take out what is "
            "not part of it."
        )


def clean(text: str) -> str:
    """The text without what cannot be seen (marks of direction, joiners, soft hyphens); blanks and dashes plain."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_PLAIN)
    unseen = (ord(c) for c in set(plain) - {"\n", "\t"} if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return plain.translate(dict.fromkeys(unseen))


def tokens(text: str) -> tuple[Token, ...]:
    found = []
    for match in _TOKEN.finditer(text):
        for word in _comparable(match.group()):
            found.append(Token(word, match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=20_000)
def _comparable(raw: str) -> tuple[str, ...]:
    return words(raw)


def lines(text: str) -> list[Line]:
    """The lines that say something; one that only goes on where a mail or a PDF broke the last is joined to it."""
    found: list[Line] = []
    after_blank = True
    for number, raw in enumerate(clean(text).split("\n"), 1):
        stripped = raw.strip(" \t|")
        if not stripped or _RULE.fullmatch(stripped):
            after_blank = after_blank or not stripped
            continue
        bullet = _BULLET.match(stripped)
        body = stripped[bullet.end() :] if bullet else stripped
        if not body:
            continue
        if found and not bullet and not after_blank and _goes_on(found[-1].text, body):
            last = found[-1]
            found[-1] = Line(last.number, f"{last.text} {body}", last.is_item, last.after_blank)
        else:
            found.append(Line(number, body, bool(bullet), after_blank))
        after_blank = False
    return found


def _goes_on(last: str, body: str) -> bool:
    broken = last[-1] in ",-" or last.rsplit(None, 1)[-1].casefold() in small_words("open_ends")
    if "\t" in last or "\t" in body or not body.split(None, 1)[0].islower():
        return False
    return last[-1] not in ".!?:" and (broken or len(last) >= 50)


def sentences(text: str, heading: Callable[[str, bool], str | None]) -> Iterator[Sentence]:
    """The sentences under their headings.

    `heading(text, is_alone)` gives a heading's kind (UNKNOWN is for one that says nothing), or None for no heading; a
    heading alone on its line rules until the next one, one before a colon its own line, and the list that it opens.
    """
    section, has_items, is_led = "", False, False
    all_lines = _with_unmarked_items(lines(text), heading)
    for at, line in enumerate(all_lines):
        follows = at + 1 < len(all_lines) and all_lines[at + 1].is_item
        if not line.is_item:
            kind = _heading_alone(line, follows, _opens_prose(all_lines, at), heading)
            if kind is not None:
                section, has_items, is_led = kind, False, False
                continue
            if has_items:
                section, has_items, is_led = "", False, False  # what stands below a list is not of it
        lead, rest = _before_colon(line.text, heading)
        if lead is not None:
            if line.is_item and (is_led or not has_items):
                # `Required: Python` begins a list, and `Optional: Go` in the list goes on with others of its kind.
                section, is_led = lead, True
            if not rest:
                section, has_items = lead, False
                continue
        has_items = has_items or line.is_item
        yield from _of_line(line, rest if lead is not None else line.text, section, lead, heading)


def _with_unmarked_items(all_lines: list[Line], heading: Callable[[str, bool], str | None]) -> list[Line]:
    """Short lines of one sentence each that stand close below a known heading are a list without its signs."""
    found = list(all_lines)
    end = 0
    for at, line in enumerate(all_lines):
        if at < end or not _opens_list(line, heading):
            continue
        end = at + 1
        while end < len(all_lines) and _may_be_item(all_lines[end], heading):
            end += 1
        if end - at > _FEWEST_ITEMS:
            found[at + 1 : end] = [replace(item, is_item=True) for item in all_lines[at + 1 : end]]
    return found


def _opens_list(line: Line, heading: Callable[[str, bool], str | None]) -> bool:
    title = line.text.rstrip(" :\u2013-")
    is_apart = line.after_blank or line.text.endswith(":")
    return (
        is_apart
        and not line.is_item
        and len(title) <= _LONGEST_HEADING
        and title[-1:] not in ".!?,;"
        and heading(title, True) is not None
    )


def _may_be_item(line: Line, heading: Callable[[str, bool], str | None]) -> bool:
    text = line.text
    return not (
        line.is_item
        or line.after_blank
        or len(text) > _LONGEST_ITEM
        or text.endswith(":")
        or len(split(text)) > 1
        or heading(text, False) is not None
        or _before_colon(text, heading)[0] is not None
    )


def _opens_prose(all_lines: list[Line], at: int) -> bool:
    """Whether a short line without a stop stands above a paragraph that follows at once."""
    if at + 1 >= len(all_lines):
        return False
    line, below = all_lines[at], all_lines[at + 1]
    return line.after_blank and not below.after_blank and len(line.text.split()) <= _LONGEST_TITLE and at > 0


def _heading_alone(
    line: Line, follows: bool, opens_prose: bool, heading: Callable[[str, bool], str | None]
) -> str | None:
    """The heading's kind; UNKNOWN where a line only looks like one; None where it is no heading."""
    title = line.text.rstrip(" :\u2013-")
    has_colon = line.text.rstrip().endswith(":")
    if len(title) > 80 or title[-1:] in ".!?,;" or "\t" in title:
        return None
    is_shouted = line.after_blank and title.isupper() and len(title.split()) <= 8
    kind = heading(title, has_colon or follows or is_shouted or opens_prose)
    if kind is None and (has_colon or (follows and (line.after_blank or len(title.split()) <= 8))):
        return UNKNOWN
    return kind


def _before_colon(text: str, heading: Callable[[str, bool], str | None]) -> tuple[str | None, str]:
    """(kind, rest) of `Must: three years`; (None, text) where nothing known stands before a colon."""
    title, colon, rest = text.partition(":")
    if not colon or len(title) > 60:
        return None, text
    kind = heading(f"{title.strip()}:", False)
    return (kind, rest.strip()) if kind is not None else (None, text)


def _of_line(
    line: Line, text: str, section: str, lead: str | None, heading: Callable[[str, bool], str | None]
) -> Iterator[Sentence]:
    """The line's sentences; one of them may have a heading of its own before a colon: `Helpful: Kafka.`"""
    for at, part in enumerate(split(text)):
        own, rest = _before_colon(part, heading) if at else (None, part)
        kind = own if own is not None and rest else lead
        yield Sentence(rest or part, line.number, section if kind is None else kind, kind or "", line.is_item)


def split(text: str) -> list[str]:
    """The sentences of a line; very long ones in pieces, so that what follows stays quick."""
    parts, start = [], 0
    for at, char in enumerate(text):
        if char in _STOPS and _ends(text, start, at):
            parts.append(text[start : at + 1].strip())
            start = at + 1
    parts.append(text[start:].strip())
    return [piece for part in parts if part for piece in _pieces(part)]


def _ends(text: str, start: int, at: int) -> bool:
    after = text[at + 1 : at + 4].lstrip()
    if at + 1 < len(text) and not text[at + 1].isspace():
        return False
    if not after or text[at] != ".":
        # `Kubernetes? Not here.` is one: what follows answers it.
        return not (after and text[at] == "?" and len(text[start:at].split()) <= _LONGEST_QUESTION)
    before = text[max(start, at - 12) : at].rsplit(None, 1)[-1:] or [""]
    word = before[0].lstrip("(\"'").casefold()
    is_short = word in small_words("shortened") or (len(word) == 1 and word.isalpha() and word not in "cr") or not word
    return not is_short and (after[0].isupper() or after[0].isdigit() or after[0] in _OPENING)


def _pieces(sentence: str) -> Iterator[str]:
    if len(sentence) < _MOST_WORDS * 6:
        yield sentence
        return
    parts = sentence.split(" ")
    for at in range(0, len(parts), _MOST_WORDS):
        for piece in (" ".join(parts[at : at + _MOST_WORDS]),):
            yield from (piece[i : i + _MOST_WORDS * 10] for i in range(0, len(piece), _MOST_WORDS * 10))


def clauses(sentence: str) -> tuple[Clause, ...]:
    """The sentence's parts: at semicolons, dashes, brackets, `but` and `although`, and commas before a new subject."""
    found: list[Clause] = []
    for text, is_aside, joint in _bracketed(sentence):
        found += _cut(text, is_aside, joint)
    return tuple(found)


def _bracketed(sentence: str) -> Iterator[tuple[str, bool, str]]:
    """What stands outside and inside brackets, in order; brackets within brackets count as one."""
    depth, start = 0, 0
    for at, char in enumerate(sentence):
        if char in "([":
            if depth == 0 and _FIGURE.match(sentence, at):
                continue  # "ten (10) years" goes on
            if depth == 0:
                yield sentence[start:at], False, ")" if start else ""
                start = at + 1
            depth += 1
        elif char in ")]" and depth:
            depth -= 1
            if depth == 0:
                yield sentence[start:at], True, "("
                start = at + 1
    yield sentence[start:], depth > 0, ")" if start else ""


_FIGURE = re.compile(r"\(\d{1,3}\)")
_CUTS = re.compile(r";|\?|(?<!\d)\s[-\u2013\u2014]\s|\s[-\u2013\u2014]\s(?!\d)|\u2014|(?<!\d\s)\u2013(?=\s)|\t")


def _cut(text: str, is_aside: bool, joint: str) -> Iterator[Clause]:
    start = 0
    for match in _CUTS.finditer(text):
        yield from _by_words(text[start : match.start()], is_aside, joint)
        start, joint = match.end(), match.group().strip() or "-"
    yield from _by_words(text[start:], is_aside, joint)


def _by_words(text: str, is_aside: bool, joint: str) -> Iterator[Clause]:
    all_tokens = tokens(text)
    first = 0
    for at in range(1, len(all_tokens)):
        is_lone = at == first + 1 and all_tokens[first].word in small_words("refining")  # "Ideally, you know ..."
        if at > first and not is_lone and (cut := _new_clause(text, all_tokens, at)):
            yield from _clause(text, all_tokens[first:at], is_aside, joint)
            first, joint = at, cut
    yield from _clause(text, all_tokens[first:], is_aside, joint)


def _word_at(all_tokens: tuple[Token, ...], at: int) -> str:
    return all_tokens[at].word if at < len(all_tokens) else ""


def _new_clause(text: str, all_tokens: tuple[Token, ...], at: int) -> str:
    """What parts the word at `at` from the clause before it, "" where it goes on."""
    word = all_tokens[at].word
    between = text[all_tokens[at - 1].end : all_tokens[at].start]
    if word in small_words("joints") and word not in small_words("joints_after_comma"):
        return word
    if word in small_words("spares") and (word != "apart" or _word_at(all_tokens, at + 1) == "from"):
        return word
    follows = _word_at(all_tokens, at + 1)
    if (word, follows) in (("rather", "than"), ("instead", "of"), ("plutot", "que")):
        return word
    if word in small_words("denials") and "," in between and follows not in small_words("after_not"):
        return word  # "SQL, not Spark"
    if "," not in between and ":" not in between:
        return word if word in small_words("links") and follows in small_words("subjects_after_and") else ""
    if word in small_words("joints"):
        return word
    if word in small_words("links") and at + 1 < len(all_tokens):
        is_sentence = all_tokens[at + 1].word in small_words("new_subjects") or _has_verb_of_its_own(all_tokens, at)
        return "," if is_sentence else ""
    if word == "das" and follows in small_words("finite_behind_das"):
        return ","  # "das musst du nicht können" is no relative clause, whose verb would stand at its end
    return "," if word in small_words("new_subjects") else ""


def _has_verb_of_its_own(all_tokens: tuple[Token, ...], at: int) -> bool:
    """`..., and Kafka is run by others`: a singular verb close behind, so this is no last item of a list."""
    return any(_word_at(all_tokens, place) in small_words("singular") for place in range(at + 2, at + 5))


def _clause(text: str, part: tuple[Token, ...], is_aside: bool, joint: str) -> Iterator[Clause]:
    if not part:
        return
    start, end = part[0].start, part[-1].end
    moved = tuple(Token(t.word, t.start - start, t.end - start) for t in part)
    yield Clause(text[start:end], moved, tuple(t.word for t in part), is_aside, joint)
