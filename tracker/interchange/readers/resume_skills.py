"""Skills out of their section: lists behind labels, one a line, or wrapped over several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.interchange.readers.document_text import BULLET, TextLine, joined
from tracker.interchange.readers.resume_words import heading_kind, plain, plain_words, says_tongue, words

_LABEL = re.compile(r"(?:^|(?<=[.;•|\t])\s*|(?<=\)\.)\s*)([^\W\d_][^:,;|•\t.]{1,45}):(?!//)\s*")
_LONGEST_SKILL = 80
_ITEM_END = re.compile(r"[,;、•·|\t]|\s/\s|\s-\s(?=[A-Z])")
_YEARS = re.compile(r"[\s(,:-]*\b[0-9]{1,2}\+?\s?(?:years?|yrs?|jahre|ans|años|anni)\b[^,;]{0,20}\)?", re.IGNORECASE)
_PERCENT = re.compile(r"[\s(:-]*\b[0-9]{1,3}\s?%\)?|[\s(]*\b[0-9]{1,2}\s?/\s?(?:5|10)\)?$")
_NOT_NOW = re.compile(
    r"\b(?:no longer|not|never|nicht(?: mehr)?|kein\w*|to learn|want|wish|goals?|interests?|interessen)\b|"
    r"^(?:currently )?learning\b",
    re.IGNORECASE,
)
_SOFT = ("leadership", "management", "communication")  # which head sections of other things, and lists of skills
# What heads the two columns of a table of labels and lists.
_HEADS = re.compile(
    r"(?:areas?|categor(?:y|ies)|domains?|types?|groups?|bereiche?|kategorien?|skills?|domaines?|[áa]reas?|categor[íi]as?)\t"
    r"(?:tools?|skills?|technologies|technology|details|kenntnisse|outils|herramientas|items|levels?|niveau|nivel)",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"(?:over|more than|less than|about|up to|über|mehr als|bis zu) .{1,30}(?:years?|lines|months?|jahre)",
    re.IGNORECASE,
)
_LAST_AND = re.compile(r"\s(?:and|und|et|y|e|och|&)\s")


@dataclass(frozen=True, slots=True)
class Skill:
    text: str
    line: TextLine


def skills_of(lines: Sequence[TextLine]) -> tuple[list[Skill], list[TextLine], list[TextLine]]:
    """The skills, the lines that are prose and list none, and the lines that name certificates."""
    skills: list[Skill] = []
    prose: list[TextLine] = []
    certificates: list[TextLine] = []
    for line, label, items in _labelled(lines):
        kind = heading_kind(label) if label else ""
        if _NOT_NOW.search(label):
            prose.append(line.saying(f"{label}: {', '.join(items)}"))
        elif kind == "certifications":
            certificates += [line.saying(item) for item in items]
        elif label and _are_tongues(items, kind):
            continue
        elif kind in ("other", "summary") and plain(label) not in _SOFT:
            prose.append(line.saying(", ".join(items)))
        else:
            for item in items:
                if skill := _skill(item):
                    skills.append(Skill(skill, line))
                elif len(item) > _LONGEST_SKILL:
                    prose.append(line.saying(item))
    return _once(skills), prose, certificates


def _are_tongues(items: Sequence[str], kind: str) -> bool:
    """Whether the items are human languages: all of them, or one under a label that says so."""
    named = [bool(says_tongue(item)) for item in items]
    return any(named) and (kind == "languages" or all(named))


def _labelled(lines: Sequence[TextLine]) -> Iterator[tuple[TextLine, str, list[str]]]:
    """(line, label or "", items) of each list; a label holds on where its list is wrapped."""
    lines = [line for place, line in enumerate(lines) if not _only_labels(lines, place)]
    for line in _with_colons(_unwrapped(lines)):
        text = line.bare
        marks = list(_LABEL.finditer(text))
        first = text[: marks[0].start()] if marks else text
        if first.strip():
            yield line, "", _items(first)
        for number, mark in enumerate(marks):
            end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
            yield line, mark[1].strip(), _items(text[mark.end() : end])


def _only_labels(lines: Sequence[TextLine], place: int) -> bool:
    """Whether a line heads columns, or is larger than the list that it heads, and so names no skill."""
    line, after = lines[place], lines[place + 1] if place + 1 < len(lines) else None
    if _HEADS.fullmatch(line.text):
        return True
    is_larger = after is not None and 0 < after.size < line.size - 1
    return is_larger and len(line.text.split()) <= 3 and _ITEM_END.search(line.bare) is None


def _with_colons(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with a colon behind a label that stands in a column of its own."""
    lines = _in_one_column(_with_label_words_apart(lines))
    halves = [re.split(r"\t|\s-\s(?=[^,]*,)", line.bare) for line in lines]
    labelled = [
        len(half) > 1 and not _ITEM_END.search(half[0]) and ":" not in half[0] and not half[1].startswith(BULLET)
        for half in halves
    ]
    lists = sum(is_label and bool(_ITEM_END.search(half[1])) for is_label, half in zip(labelled, halves, strict=True))
    if not lists or lists * 2 < sum(labelled):
        return list(lines)
    return [
        line.saying(f"{half[0]}: {', '.join(half[1:])}") if is_label and len(half[0]) < 40 else line
        for line, half, is_label in zip(lines, halves, labelled, strict=True)
    ]


def _in_one_column(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a table of two labels and two lists a row, one list a line."""
    cells = [line.bare.split("\t") for line in lines]
    doubled = [len(row) == 4 and not (_ITEM_END.search(row[0]) or _ITEM_END.search(row[2])) for row in cells]
    lists = sum(
        bool(_ITEM_END.search(row[1] + row[3])) for row, is_double in zip(cells, doubled, strict=True) if is_double
    )
    if sum(doubled) < 2 or not lists:
        return list(lines)
    return [
        line.saying(text)
        for line, row, is_double in zip(lines, cells, doubled, strict=True)
        for text in (("\t".join(row[:2]), "\t".join(row[2:])) if is_double else (line.text,))
    ]


def _with_label_words_apart(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with a tab behind the label, where two or more lists begin with a word that labels lists, and without
    a mark: `Languages Python, C++`.
    """
    listed = [line for line in lines if "," in line.bare]
    begun = [line for line in listed if _label_word(line)]
    if len(begun) < 2 or len(begun) * 3 < len(listed) * 2:
        return list(lines)
    return [line.saying(line.bare.replace(" ", "\t", 1)) if _label_word(line) else line for line in lines]


def _label_word(line: TextLine) -> bool:
    first, blank, rest = line.bare.partition(" ")
    return bool(blank) and plain(first) in words().skill_labels and rest[:1].isupper() and ":" not in line.bare


def _unwrapped(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with a list that runs over several of them as one."""
    done: list[TextLine] = []
    for line in lines:
        if done and _goes_on(done[-1], line):
            done[-1] = done[-1].saying(joined(done[-1].text, line.text))
        else:
            done.append(line)
    return done


def _goes_on(before: TextLine, line: TextLine) -> bool:
    if line.is_bullet or re.match(r"[^:,]{2,40}:\s", line.text) or "\t" in line.text:
        return False
    text = before.text.rstrip()
    if (
        line.text.startswith("(")
        or text.endswith((",", "&", "/", "(", "、", ";", "·", "|", ":"))
        or text.count("(") > text.count(")")
    ):
        return True
    if text.endswith("-") and text[-2:-1].isalpha() and line.text[:1].isalpha():
        return True
    inside = before.is_bullet and line.left > before.left + 1
    is_full = line.page > 0 or len(text) > 60
    listed = (
        is_full and ("," in text or "、" in text) and ("," in line.text or "、" in line.text or line.text.endswith("."))
    )
    return line.page == before.page and (
        inside or (listed and len(text) > 25 and (":" in text or before.left == line.left > 0))
    )


def _items(text: str) -> list[str]:
    """The parts of a list; a comma in brackets parts nothing."""
    parts: list[str] = []
    depth = start = place = 0
    while place < len(text):
        mark = text[place]
        depth += (mark in "([" and 1) or (mark in ")]" and depth > 0 and -1) or 0
        end = None if depth else _ITEM_END.match(text, place)
        if end:
            parts.append(text[start:place])
            place = start = end.end()
        else:
            place += 1
    parts.append(text[start:])
    parts = [part.strip() for part in parts if part.strip()]
    if (
        len(parts) > 1
        and (last := _LAST_AND.split(parts[-1], maxsplit=1))
        and len(last) == 2
        and len(parts[-1].split()) <= 4
    ):
        parts[-1:] = [piece for piece in last if piece]
    return parts


def _skill(item: str) -> str:
    """The item less how well and how long; "" where nothing is left that could be a skill."""
    text = _PERCENT.sub("", _YEARS.sub("", item))
    text = re.sub(r"^(?:and|und|et|y|och|&)\s", "", text.strip(" -:•*"))
    if text.endswith(".") and len(text.split()) > 3:
        return ""  # a sentence
    if text.endswith(".") and text.count(".") == 1:
        text = text[:-1]
    text = re.sub(r"\s*\(([^()]*)\)", lambda inside: "" if _is_level(inside[1]) else inside[0], text)
    before, mark, after = text.rpartition(":") if ":" in text else text.rpartition(" - ")
    if mark and _is_level(after):
        text = before
    text = re.sub(r"\s{2,}", " ", text).strip(" -:;•*")
    if not text or len(text) > _LONGEST_SKILL or not re.search(r"[^\W\d_]", text) or _is_level(text):
        return ""
    return "" if len(text.split()) > 9 or _HOW_LONG.fullmatch(text) else text


def _is_level(text: str) -> bool:
    found = plain_words(text)
    return bool(found) and all(word in words().levels for word in found)


def _once(skills: Sequence[Skill]) -> list[Skill]:
    kept: dict[str, Skill] = {}
    for skill in skills:
        kept.setdefault(skill.text.casefold(), skill)
    return list(kept.values())
