"""What stands in lists: skills, certificates, projects and publications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.interchange.readers.document_text import TextLine, joined
from tracker.interchange.readers.resume_dates import Span, is_only_a_date, main_span, without_span
from tracker.interchange.readers.resume_entries import Row, rows_of
from tracker.interchange.readers.resume_words import heading_kind, plain, plain_words, says_issuer, says_tongue, words

# Skills

_LABEL = re.compile(r"(?:^|(?<=[.;•|\t])\s*|(?<=\)\.)\s*)([^\W\d_][^:,;|•\t.]{1,45}):(?!//)\s*")
_LONGEST_SKILL = 80
_ITEM_END = re.compile(r"[,;、•·|\t]|\s/\s|\s-\s(?=[A-Z])")
_YEARS = re.compile(r"[\s(,:-]*\b[0-9]{1,2}\+?\s?(?:years?|yrs?|jahre|ans|años|anni)\b[^,;]{0,20}\)?", re.IGNORECASE)
_PERCENT = re.compile(r"[\s(:-]*\b[0-9]{1,3}\s?%\)?|[\s(]*\b[0-9]{1,2}\s?/\s?(?:5|10)\)?$")
_NOT_NOW = re.compile(
    r"\b(?:no longer|not|never|nicht(?: mehr)?|kein\w*|to learn|want|wish|goals?|interests?|interessen|learning)\b",
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
        elif kind in ("other", "summary"):
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
    for line in _with_colons(_unwrapped(lines)):
        text = line.bare
        marks = list(_LABEL.finditer(text))
        first = text[: marks[0].start()] if marks else text
        if first.strip():
            yield line, "", _items(first)
        for number, mark in enumerate(marks):
            end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
            yield line, mark[1].strip(), _items(text[mark.end() : end])


def _with_colons(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with a colon behind a label that stands in a column of its own."""
    lines = _in_one_column(_with_label_words_apart(lines))
    halves = [re.split(r"\t|\s-\s(?=[^,]*,)", line.bare) for line in lines]
    labelled = [len(half) > 1 and not _ITEM_END.search(half[0]) and ":" not in half[0] for half in halves]
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
    if text.endswith(".") and text.count(".") == 1:
        text = text[:-1]
    text = re.sub(r"\s*\(([^()]*)\)", lambda inside: "" if _is_level(inside[1]) else inside[0], text)
    before, mark, after = text.rpartition(":") if ":" in text else text.rpartition(" - ")
    if mark and _is_level(after):
        text = before
    text = re.sub(r"\s{2,}", " ", text).strip(" -:;•*")
    if not text or len(text) > _LONGEST_SKILL or not re.search(r"[^\W\d_]", text) or _is_level(text):
        return ""
    return "" if len(text.split()) > 9 else text


def _is_level(text: str) -> bool:
    found = plain_words(text)
    return bool(found) and all(word in words().levels for word in found)


def _once(skills: Sequence[Skill]) -> list[Skill]:
    kept: dict[str, Skill] = {}
    for skill in skills:
        kept.setdefault(skill.text.casefold(), skill)
    return list(kept.values())


# Certificates

_NO_NAME = re.compile(
    r"(?:credential|zertifikat|certificate|licen[cs]e|id|no|nr)\b[\s.:#-]*(?:id|number|no|nr)?\b[\s.:#]*[\w-]*[0-9][\w-]*|"
    r"(?:show|see|view) (?:credential|certificate|all)|https?://\S+|www\.\S+|skills?:.*",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?:issued(?: on)?|awarded|completed|obtained|earned|date|ausgestellt|délivrée?|obtenue?|expedición)[:\s]*$",
    re.IGNORECASE,
)
_EXPIRES = re.compile(
    r"[\s·,|;(-]*(?:expires?|expiring|expiry|valid (?:until|till|through|to)|gültig bis|valable jusqu'(?:en|au)|"
    r"no expiration date|ablaufdatum|caduca)\b[:\s]*(?P<when>[^)·|]{0,25})\)?",
    re.IGNORECASE,
)
_BRACKETED_DATE = re.compile(r"\([^()]{0,20}(?:19|20)[0-9]{2}\)")
_BEHIND_DATE = re.compile(r"(?<=[0-9]\))\s?[,;]\s")
_MOST_OF_ONE = 5  # lines that one certificate takes at most
_RENEWED = re.compile(
    r"[\s,;(]*\b(?:renewed|recertified|verlängert|erneuert|renouvelée?|renovad[oa]|rinnovat[oa])\b.{0,25}$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\t|\s+[|·]\s+|\s+-{1,2}\s+|,\s+|\s(?:by|from|issued by|von|par)\s(?=[A-Z])|、")


@dataclass(frozen=True, slots=True)
class Certificate:
    name: str
    issuer: str
    date: str
    expires: str
    lines: tuple[TextLine, ...]


def certificates_of(lines: Sequence[TextLine]) -> tuple[list[Certificate], list[TextLine]]:
    """The certificates, and the lines that name none."""
    found: list[Certificate] = []
    left: list[TextLine] = []
    groups = _grouped([line for line in _one_a_line(lines) if not _NO_NAME.fullmatch(line.bare.strip())])
    names_below = any(len(group) > 1 and _issuer_in(group[-1].bare) for group in groups)
    for group in groups:
        if certificate := _certificate(group, issuer_below=names_below and len(group) > 1):
            found.append(certificate)
        else:
            left += group
    return found, left


def _one_a_line(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, those with several dated names as several."""
    return [
        line.saying(piece)
        for line in lines
        for part in re.split(r";\s", line.text)
        for piece in (_BEHIND_DATE.split(part) if len(_BRACKETED_DATE.findall(part)) > 1 else [part])
        if piece.strip()
    ]


def _grouped(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of each certificate together."""
    dated = [bool(main_span(line.bare)) for line in lines]
    ends_dated = bool(lines) and any(dated) and dated[-1] and not any(line.is_bullet for line in lines)
    begins_dated = ends_dated and all(dated)
    pitch = _pitch(lines)
    groups: list[list[TextLine]] = []
    for number, line in enumerate(lines):
        if not groups:
            groups.append([line])
            continue
        before = groups[-1]
        if line.is_bullet or len(before) == _MOST_OF_ONE:
            joins = False
        elif is_only_a_date(line.bare) or _EXPIRES.fullmatch(line.bare) or line.text[:1] == "(":
            joins = not dated[number - 1] or bool(_EXPIRES.fullmatch(line.bare))
        elif before[0].is_bullet:
            joins = line.left > before[0].left + 1 or line.left == 0 or not before[-1].is_bullet
        elif _parts_a_sentence(before[-1].text, line.text):
            joins = True
        elif _issuer_in(line.bare):
            joins = not any(_issuer_in(other.bare) for other in before)
        elif _is_wide_apart(lines, number, pitch):
            joins = False
        elif begins_dated or not ends_dated:
            joins = pitch > 0 and not any(dated) and _is_tight(lines, number, pitch)
        else:
            joins = not any(main_span(other.bare) for other in before) and len(before) < 3
        if joins:
            before.append(line)
        else:
            groups.append([line])
    return groups


def _parts_a_sentence(first: str, second: str) -> bool:
    if main_span(first):
        return False
    if "certif" in plain(first) and set(plain_words(second)) <= words().certificate_ends:
        return True
    unfinished = first.endswith(("-", "&", ":", ",", "/", "("))
    return unfinished or first.casefold().endswith((" of", " and", " for", " in", " with")) or second[:1].islower()


def _pitch(lines: Sequence[TextLine]) -> float:
    """The distance of the lines of one paragraph, where there are two distances to tell apart; else 0."""
    gaps = [gap for number in range(1, len(lines)) if (gap := _gap(lines, number)) > 0]
    return min(gaps) if gaps and max(gaps) > 1.25 * min(gaps) else 0.0


def _gap(lines: Sequence[TextLine], number: int) -> float:
    before, line = lines[number - 1], lines[number]
    return line.top - before.top if line.page == before.page else 0.0


def _is_wide_apart(lines: Sequence[TextLine], number: int, pitch: float) -> bool:
    return pitch > 0 and _gap(lines, number) > 1.2 * pitch


def _is_tight(lines: Sequence[TextLine], number: int, pitch: float) -> bool:
    return 0 < _gap(lines, number) < 1.1 * pitch


def _short_name(text: str) -> str:
    """What stands before the date of a short line."""
    span = main_span(text)
    before = without_span(text, span)[0] if span else ""
    return _ISSUED.sub("", before).strip(" ,-·|(:") if len(before.split()) <= 4 else ""


def _issuer_in(text: str) -> str:
    """The issuer, where the line names one, perhaps with dates, and no certificate: `Microsoft, issued May 2022`."""
    text = _EXPIRES.sub("", text)
    span = main_span(text)
    if span is None:
        return text.strip(" ,-·|") if says_issuer(text) else ""
    before, after = without_span(text, span)
    named = _ISSUED.sub("", before).strip(" ,-·|(:")
    if _ISSUED.search(before) and not after:
        return named
    whole = " ".join(filter(None, (named, after)))
    return whole if says_issuer(whole) else ""


def _certificate(group: Sequence[TextLine], *, issuer_below: bool) -> Certificate | None:
    """What a group of lines names. `issuer_below`: other groups have their issuer in the last of their lines."""
    whole = ""
    issuer = ""
    for line in group:
        text = line.bare
        if (
            whole
            and (named := _issuer_in(text) or (_short_name(text) if issuer_below and line is group[-1] else ""))
            and not whole.endswith(("-", ":", ",", "&"))
        ):
            issuer = named
            text = text.replace(issuer, "", 1)
        whole = joined(whole, text) if whole else text
    expires = ""
    if match := _EXPIRES.search(whole):
        until = main_span(match["when"] or "")
        expires = until.end or until.start if until else ""
        whole = whole[: match.start()] + whole[match.end() :]
    whole = _RENEWED.sub("", whole)
    span: Span | None = main_span(whole)
    if span:
        before, after = without_span(whole, span)
        whole = "\t".join(filter(None, (_ISSUED.sub("", before).strip(" ,-·|:("), after)))
    whole += ")" * (whole.count("(") - whole.count(")"))  # the date was taken out of the brackets
    name, named_issuer = _name_and_issuer(whole)
    if not re.search(r"[^\W\d_]{2}", name) or len(name) > 160 or len(name.split()) > 20:
        return None
    date = (span.end or span.start) if span else ""
    return Certificate(name, (issuer or named_issuer)[:160], date, expires, tuple(group))


def _name_and_issuer(text: str) -> tuple[str, str]:
    pieces = [piece for piece in _PARTS.split(text) if piece and piece.strip()]
    for number, piece in enumerate(pieces):
        if len(pieces) > 1 and says_issuer(piece) and (number or "certif" not in plain(piece)):
            place = text.rindex(piece) if number else 0
            rest = text[:place].rstrip(" ,|·-\t") + (text[place + len(piece) :].strip() if number == 0 else "")
            rest = re.sub(r"\s(?:by|from|issued by|von|par)$", "", rest)
            return _tidy(rest), piece.strip(" ,.-|()")
    bracket = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
    if bracket and says_issuer(bracket[2]):
        return _tidy(bracket[1]), bracket[2]
    if "\t" in text or re.search(r"\s[|·]\s", text):
        first, _, rest = re.sub(r"\s[|·]\s", "\t", text).partition("\t")
        return (_tidy(first), _tidy(rest.replace("\t", ", "))) if _tidy(first) else (_tidy(rest), "")
    return _tidy(text), ""


def _tidy(text: str) -> str:
    text = re.sub(r"\s*取得$", "", text)
    return re.sub(r"\s{2,}", " ", re.sub(r"\(\s*\)", "", text).replace("\t", " ")).strip(
        " ,;:|·-•()" if text.count("(") != text.count(")") else " ,;:|·-•"
    )


# Projects and publications

_TITLE_END = re.compile(r"\t|\s+[|·•]\s+|\s+-{1,2}\s+|:\s+|\s\((?=https?:|www\.|github|20)|\s(?=https?://)")
_QUOTED = re.compile(r"[\"«„](.{8,200}?)[\"»],?")
_CITED = re.compile(r"\((?:19|20)[0-9]{2}[a-z]?(?:, \w+)?\)[.,:]\s*([^.]{8,250}[^.\s])\.")
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
            and not _continues(block[-1], line)
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
    return bool(_QUOTED.search(text) or _CITED.search(text))


def _continues(before: TextLine, line: TextLine) -> bool:
    return not line.is_bullet and (
        before.text.endswith((",", "-")) or line.text[:1].islower() or line.text[:1].isdigit()
    )


def _publication(block: Sequence[TextLine], dates: TextLine | None) -> Work | None:
    whole = ""
    for line in block:
        whole = joined(whole, line.bare) if whole else line.bare
    span = main_span(dates.bare) if dates else next((s for line in block if (s := main_span(line.bare))), None)
    match = _QUOTED.search(whole) or _CITED.search(whole)
    if match:
        title = match[1]
    else:
        head = block[0].bare
        inline = main_span(head)
        title = _tidy(" ".join(without_span(head, inline))) if inline else head
    title = re.sub(r"^(?:\[?[0-9]{1,3}[\].)]\s*)", "", title).strip(" ,.;")
    if len(title) < 6:
        return None
    year = re.search(r"\b(?:19|20)[0-9]{2}\b", whole)
    date = (span.end or span.start) if span else (year[0] if year else "")
    return Work(title[:_LONGEST_TITLE], date, "", tuple(block))
