"""Certificates out of their section: name, issuer, date and end of each, on one line or on several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.interchange.readers.document_text import TextLine, joined
from tracker.interchange.readers.resume_dates import Span, is_only_a_date, main_span, without_span
from tracker.interchange.readers.resume_tables import with_columns_ordered
from tracker.interchange.readers.resume_words import names_body, plain, plain_words, says_issuer, words

_NO_NAME = re.compile(
    r"(?:credential|zertifikat|certificate|licen[cs]e|id|no|nr)\b[\s.:#-]*(?:id|number|no|nr)?\b[\s.:#]*[\w-]*[0-9][\w-]*|"
    r"(?:show|see|view) (?:credential|certificate|all)|https?://\S+|www\.\S+|skills?:.*",
    re.IGNORECASE,
)
# A certificate's number, within its line.
_NUMBER = re.compile(
    r"[\s,;|·(-]*\b(?:(?:credential|certificate|cert|licen[cs]e|certification|zertifikats?|diploma|candidate|registration)"
    r"[\s.-]?(?:id|number|no|nr|nummer)|(?:credential|licen[cs]e|id|no|nr)(?=[\s.:#]*[A-Z0-9-]*[0-9]))\b[\s.:#]*"
    r"[A-Za-z0-9-]*[0-9][\w-]*\)?",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?:issued(?: on)?|awarded|completed|obtained|earned|date|ausgestellt|délivrée?|obtenue?|expedición)[:\s]*$",
    re.IGNORECASE,
)
_EXPIRES = re.compile(
    r"[\s·,|;(-]*(?:expire[sd]?|expiring|expiry|valid (?:until|till|through|to)|gültig bis|valable jusqu'(?:en|au)|"
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
    lines = _dated_below(with_columns_ordered(lines))
    lines = [line.saying(_NUMBER.sub("", line.text)) for line in _one_a_line(lines)]
    groups = _grouped([line for line in lines if line.bare.strip() and not _NO_NAME.fullmatch(line.bare.strip())])
    names_below = any(len(group) > 1 and _issuer_in(group[-1].bare) for group in groups)
    for group in groups:
        if certificate := _certificate(group, issuer_below=names_below and len(group) > 1):
            found.append(certificate)
        else:
            left += group
    return found, left


def _dated_below(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with each date that stands above what it dates behind it, where the first line is such a date."""
    is_date = [is_only_a_date(line.bare) for line in lines]
    if not lines or not is_date[0] or is_date[-1]:
        return list(lines)
    return [
        line.saying(f"{line.text}\t{lines[number - 1].bare}") if number and is_date[number - 1] else line
        for number, line in enumerate(lines)
        if not is_date[number]
    ]


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
        if _ends_a_name(before[-1], line):
            before.append(line.saying(f"- {line.bare}"))
            continue
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


def _ends_a_name(before: TextLine, line: TextLine) -> bool:
    """Whether what looks like an item of a list is the end of a name that was broken before its dash."""
    is_end = set(plain_words(line.bare)) <= words().certificate_ends
    return line.is_bullet and not before.is_bullet and is_end and not main_span(before.bare)


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
    if span and not expires and _is_validity(span):
        date, expires = span.start, span.end
    return Certificate(name, (issuer or named_issuer)[:160], date, expires, tuple(group))


def _is_validity(span: Span) -> bool:
    """Whether two dates are a certificate's first and last day: those of a course are in one year."""
    return bool(span.start and span.end) and span.start[:4] != span.end[:4]


def _name_and_issuer(text: str) -> tuple[str, str]:
    pieces = [piece for piece in _PARTS.split(text) if piece and piece.strip()]
    for number, piece in enumerate(pieces):
        is_issuer = says_issuer(piece) or all(map(says_issuer, piece.split(" / ")))
        if len(pieces) > 1 and is_issuer and (number or "certif" not in plain(piece)):
            place = text.rindex(piece) if number else 0
            rest = text[:place].rstrip(" ,|·-\t") + (text[place + len(piece) :].strip() if number == 0 else "")
            rest = re.sub(r"\s(?:by|from|issued by|von|par)$", "", rest)
            return _tidy(rest), piece.strip(" ,.-|()")
    bracket = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)
    if bracket and (says_issuer(bracket[2]) or names_body(bracket[2])):
        return _tidy(bracket[1]), bracket[2]
    behind = text.rpartition(", ")
    if behind[0] and (
        names_body(behind[2]) or _is_initials_of_issuer(behind[2], behind[0]) or _could_be_issuer(behind[2], behind[0])
    ):
        return _tidy(behind[0]), behind[2].strip()
    if "\t" in text or re.search(r"\s[|·]\s", text):
        first, _, rest = re.sub(r"\s[|·]\s", "\t", text).partition("\t")
        return (_tidy(first), _tidy(rest.replace("\t", ", "))) if _tidy(first) else (_tidy(rest), "")
    return _tidy(text), ""


def _is_initials_of_issuer(text: str, name: str) -> bool:
    """Whether the end of a line is an issuer's initials, and not those of the certificate: `Analyst, INFORMS`."""
    initials = "".join(word[0] for word in re.findall(r"[A-Z][a-z]+", name))
    return re.fullmatch(r"[A-Z]{3,8}", text) is not None and text not in initials


def _could_be_issuer(text: str, name: str) -> bool:
    """Whether what stands behind the comma is a name of two words or more, none of which is one of certificates or of
    what they are on: `Introduction to MLOps, Invented Learning`.
    """
    parts = text.split()
    is_name = 2 <= len(parts) <= 4 and all(part[:1].isupper() and part.isalpha() for part in parts)
    ends = words().certificate_ends | words().short_courses
    return is_name and len(name.split()) > 1 and "," not in name and not (set(plain_words(text)) & ends)


def _tidy(text: str) -> str:
    text = re.sub(r"\s*取得$|(?<=[^\W\d_]{4})\.$|(?<=\))\.$", "", text)
    return re.sub(r"\s{2,}", " ", re.sub(r"\(\s*\)", "", text).replace("\t", " ")).strip(
        " ,;:|·-•()" if text.count("(") != text.count(")") else " ,;:|·-•"
    )
