"""Roles out of the section on work: which of the words of a head are the title, which the employer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tracker.interchange.readers.document_text import BULLET, TextLine, is_east_asian
from tracker.interchange.readers.resume_dates import Span, main_span
from tracker.interchange.readers.resume_entries import (
    Entry,
    Row,
    drop_places,
    entries_of,
    lifted,
    rows_of,
    tells_a_deed,
)
from tracker.interchange.readers.resume_subjects import DEPARTMENT
from tracker.interchange.readers.resume_tables import with_columns_ordered
from tracker.interchange.readers.resume_words import (
    AT,
    describes_firm,
    is_known_place,
    says_deed,
    says_firm,
    says_place,
    says_title,
    without_city,
)

_STRONG = re.compile(r"\t|\s+[|·•‧/]\s+|\s+-{1,2}\s+|\s*[|·‧]\s*|\s@\s|、(?=株|有|合)")
# How a line begins that tells of a role and names neither its title nor its employer.
_BESIDE = re.compile(
    r"(?:host|supervisors?|advis[eo]rs?|manager|mentor|pi|contact|reports? to|references?|betreuer(?:in)?|"
    r"team(?: size)?|"
    r"tech(?:nolog\w+| stack)?|stack|tools?|environment|environnement(?: technique)?|skills|keywords|key \w+|"
    r"highlights?|"
    r"achievements?|tasks?|duties|responsibilities|aufgaben|tätigkeiten|missions?|réalisations|hours per week|"
    r"salary|grade|"
    r"website|url|link)\s?:",
    re.IGNORECASE,
)
_IN_ONE = re.compile(r"([^()]{3,90}) \(([^()]{3,100})\)(?:\s?:\s(.+)|\.)?")  # `Developer (Acme, 2015-2017): billing`
# How a sentence begins and ends that says what somebody was and where.
_LED_IN = re.compile(
    r"(?:I (?:have |am |was )?)(?:(?:been|worked|working|work|employed|served|acted) )*(?:as )?(?:(?:an?|the) )?"
)
_SENTENCE_GOES_ON = re.compile(r"\.\s+(?=[^\W\d_a-z]).*|,\s+(?:where|which|who|with|and|leading|building)\b.*")
_PROJECT = re.compile(
    r"(?:(?:client|customer|key) )?(?:project|projekt|projet|proyecto|progetto|projeto)\s?:", re.IGNORECASE
)
_BEFORE_THAT = re.compile(
    r"(?:earlier|previously|before(?: that)?|prior|früher|davor|zuvor|auparavant|anteriormente)"
    r"(?: (?:roles?|positions?|jobs?|experience|employment|stationen))?\s?:\s+(?=\S)",
    re.IGNORECASE,
)
_WITH_AS = re.compile(r"(?:(?:worked|working|employed|associated) )?(?:with|at|for) (.{3,160})$")
_IN = re.compile(r"\s(?:en|em|na|no|i|w)\s(?=[A-ZÀ-Þ])")  # also before a subject: only where a firm follows
_COMMA = re.compile(r",\s+")
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_THEN = re.compile(r"(?:then|later|since|now|dann|später|zuletzt|puis|luego|poi)\s", re.IGNORECASE)  # a later title
_LENGTH = r"(?:full[- ]time|part[- ]time|vollzeit|teilzeit|temps plein|cdi|cdd|hybrid|remote|on-?site|[0-9]{1,3}\s?%)"
_TERMS = r"(?:freelance|contract|permanent)"  # also part of a title: `Contract Developer`
_NOISE = re.compile(
    rf"(?:https?://|www\.)\S+|\S+@\S+\.\S+|\((?:{_LENGTH}|{_TERMS})(?:[ ,/]+(?:{_LENGTH}|{_TERMS}))*\)"
    rf"|(?:\s(?:in|auf|en|à)\s+)?(?<![\w(]){_LENGTH}(?![\w)])(?![^()]*\))"
    rf"|(?<![\w(]){_TERMS}(?=\s*(?:[|·,/\t]|\s-\s|$))(?![^()]*\))",
    re.IGNORECASE,
)
_WHEN = r"([0-9]{4}年(?:[0-9]{1,2}月)?)"
_JOINED = re.compile(rf"{_WHEN}\s*(\S.{{0,80}}?)\s*(?:に)?(?:入社|入職|入行|入庁|入局)")
_LEFT = re.compile(
    rf"{_WHEN}\s*(?:\S.{{0,80}}?)?(?:を)?(?:一身上の都合により|契約期間満了により)?\s*(?:退社|退職|退行|退庁|退局)"
)
_TO_THIS_DAY = re.compile(r"(?:[0-9]{4}年(?:[0-9]{1,2}月)?\s*)?(?:現在に至る|在職中)")
_OWN_WORK = re.compile(
    r"\s*(?:freelancer?|freiberuflich|selbständig|self-employed|indépendante?)\b[\s,|·-]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Role:
    title: str = ""
    employer: str = ""
    span: Span | None = None
    score: float = 0.0
    title_stands_first: float = 0.0  # more than 0: surely before the employer; less: surely after it


def roles_of(lines: Sequence[TextLine]) -> list[Entry[Role]]:
    """The roles of a section, each with the rows it came from; one without a title has none."""
    rows = lifted(rows_of(with_columns_ordered(_careers_paired(_with_roles_apart(lines)))))
    drop_places(rows)
    _leave_projects(rows)
    for row in rows:
        row.is_body = row.is_body or (row.span is None and _BESIDE.match(row.line.bare) is not None)
        row.is_gone = row.is_gone or (row.span is None and not row.is_body and not _without_noise(row.text))
    edges = _edges_of_ranges(rows)
    anchors = [place for place, row in enumerate(rows) if _is_dated(row) or _is_dated_alike(row, edges)]
    if not anchors:
        anchors = [place for place, row in enumerate(rows) if _names_title_and_firm(row)]
    entries = entries_of(rows, anchors, _assign(0.0), _stray)
    leaning = sum(entry.facts.title_stands_first for entry in entries if entry.facts)
    if leaning:
        entries = entries_of(rows, anchors, _assign(1.0 if leaning > 0 else -1.0), _stray)
    _share_employers(entries)
    for entry in entries:
        if entry.facts and not entry.facts.employer:
            entry.facts = _with_employer_in_brackets(entry.facts)
    return entries


def _with_roles_apart(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with `Earlier: Developer, Acme (2016-2018); Tester, Acme (2014-2016)` as one each."""
    return [line.saying(text) for line in lines for text in _roles_apart(line.text)]


def _roles_apart(text: str) -> list[str]:
    if (match := _IN_ONE.fullmatch(text.lstrip(f"{BULLET} "))) and says_title(match[1]) and _ends_in_range(match[2]):
        return [f"{match[1]}\t{match[2]}", *([f"{BULLET} {match[3]}"] if match[3] else [])]
    pieces = [piece.rstrip(" .") for piece in _BEFORE_THAT.sub("", text, count=1).split("; ")]
    spans = [main_span(piece) for piece in pieces]
    are_roles = all(span and span.is_range for span in spans) and any(says_title(piece) for piece in pieces)
    return pieces if are_roles and (len(pieces) > 1 or _BEFORE_THAT.match(text)) else [text]


def _ends_in_range(text: str) -> bool:
    """Whether the text names something, and then from when to when."""
    span = main_span(text)
    return span is not None and span.is_range and not text[span.last :].strip() and len(text[: span.first]) > 2


def _careers_paired(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a Japanese form, which tells of the first and the last day with a firm apart, with both in one."""
    done: list[TextLine] = []
    begun: int | None = None  # the place of the line with which the last firm began
    for line in lines:
        if match := _JOINED.fullmatch(line.bare):
            begun = len(done)
            done.append(line.saying(f"{match[1]} {match[2]}"))
        elif begun is not None and (match := _LEFT.fullmatch(line.bare)):
            done[begun] = done[begun].saying(done[begun].text.replace(" ", f"〜{match[1]} ", 1))
            begun = None
        elif begun is not None and _TO_THIS_DAY.fullmatch(line.bare):
            done[begun] = done[begun].saying(done[begun].text.replace(" ", "〜現在 ", 1))
            begun = None
        else:
            done.append(line)
    return done


def _leave_projects(rows: Sequence[Row]) -> None:
    """Projects told of below a job, with their dates, are part of it where not all that is dated is such a project."""
    dated = [row for row in rows if row.span and not row.is_body]
    projects = [row for row in dated if _PROJECT.match(row.line.bare)]
    for row in projects if len(projects) < len(dated) else ():
        row.is_body = True


def _is_dated(row: Row) -> bool:
    if row.is_gone or row.is_body or row.span is None:
        return False
    names_firm = is_east_asian(row.rest) and says_firm(row.rest) > 0  # a form's day of joining, without one of leaving
    return row.span.is_range or row.is_only_dates or says_title(row.rest) > 0 or names_firm


def _edges_of_ranges(rows: Sequence[Row]) -> set[bool]:
    """At which ends of their lines the section's ranges stand: True for the first. Only where all stand alike."""
    inside = [row for row in rows if row.span and row.span.is_range and row.rest and not row.is_body]
    edges = {_begins_with_span(row) for row in inside}
    return edges if len(inside) > 1 and len(edges) == 1 else set()


def _is_dated_alike(row: Row, edges: set[bool]) -> bool:
    """Whether a row names two things and one date, where the section's ranges stand: a short job, titled oddly."""
    if row.is_gone or row.is_body or row.span is None or _begins_with_span(row) not in edges:
        return False
    return len(row.rest) < 100 and not says_deed(row.rest) and bool(_STRONG.search(row.rest) or ", " in row.rest)


def _begins_with_span(row: Row) -> bool:
    return row.span is not None and not row.text[: row.span.first].strip(" (")


def _names_title_and_firm(row: Row) -> bool:
    role = _read([row], 0.0)
    return not row.is_body and bool(role.title and role.employer) and says_title(role.title) > 0


def _stray(row: Row) -> float:
    """How odd it is that a row heads nothing."""
    if row.is_gone or says_deed(row.text):
        return 0.0
    if says_title(row.text) and len(row.text) < 70:
        return 1.5
    return 0.7 if says_firm(row.text) and len(row.text) < 50 else 0.2


def _assign(leaning: float) -> Callable[[list[Row]], Role]:
    def assign(head: list[Row]) -> Role:
        return _read(head, leaning)

    return assign


def _read(head: Sequence[Row], leaning: float) -> Role:
    span = next((row.span for row in head if row.span and row.span.is_range), None)
    span = span or next((row.span for row in head if row.span), None)
    parts = [text for row in head if not row.is_body and (text := _without_noise(row.rest if row.span else row.text))]
    parts = [part for part in parts if not says_place(part)]
    parts = [part for part in parts if not describes_firm(_IN_BRACKETS.sub("", part))] or parts
    deeds = sum(2.5 for part in parts if says_deed(part))
    if not parts:
        return Role(span=span, score=-4.0)
    parts = [part for part in parts if not tells_a_deed(part)] or parts
    if len(parts) == 1:
        alone = _of_one(parts[0], leaning)
        return replace(alone, span=span, score=alone.score - deeds)
    title, employer, unused, order = _of_several(parts, leaning)
    score = _title_score(title) + _employer_score(employer) - unused - deeds
    return Role(_clean_title(title), _clean_employer(employer), span, score, order)


def _of_several(parts: Sequence[str], leaning: float) -> tuple[str, str, float, float]:
    """Title, employer, how much is left over, and how sure their order is."""
    worth = [says_title(part) - 0.8 * says_firm(part) - (2.0 if says_deed(part) else 0.0) for part in parts]
    hints = [leaning * (0.6 if place == 0 else -0.6 if place == 1 else 0.0) for place in range(len(parts))]
    best = max(range(len(parts)), key=lambda place: (worth[place] + hints[place], -place))
    title, rest = parts[best], [part for place, part in enumerate(parts) if place != best]
    split = _of_one(title, leaning)
    says_at = AT.search(title) is not None
    names_firm = says_at or (says_firm(split.employer) > 0 and not any(says_firm(part) for part in rest))
    if split.title and split.employer and names_firm:
        return split.title, split.employer, 0.7 * len(rest), 0.0  # the line names both by itself
    fit = [_employer_score(part) - (2.0 if says_deed(part) else 0.0) - 0.3 * says_title(part) for part in rest]
    near = max(range(len(rest)), key=lambda place: (fit[place], -place))
    others = [gap for place, gap in enumerate(worth) if place != best]
    sure = worth[best] - max(others)
    order = 0.0 if sure < 1.5 else (1.0 if parts.index(title) < parts.index(rest[near]) else -1.0)
    return title, rest[near], 0.7 * (len(rest) - 1), order


def _of_one(text: str, leaning: float) -> Role:
    """A line that names the title, and the employer too if it can be told apart."""
    at = AT.split(text, maxsplit=1)
    if len(at) == 2 and says_title(at[0]) and (led := _LED_IN.match(at[0])):
        employer = re.sub(r"\s+in\s+[^\W\d_a-z][\w -]{1,30}\.?$", "", _SENTENCE_GOES_ON.sub("", at[1]))
        return _paired(at[0][led.end() :], employer, 1.0)
    if len(at) == 2 and says_title(at[0]) and not _STRONG.search(at[0]):
        return _paired(at[0], at[1], 1.0)
    within = _IN.split(text, maxsplit=1)
    if len(within) == 2 and says_title(within[0]) and says_firm(within[1]) and not _COMMA.search(within[0]):
        return _paired(within[0], within[1], 1.0)
    if (match := _WITH_AS.match(text)) and " as " in match[1]:
        employer, _, title = match[1].partition(" as ")
        return _paired(re.sub(r"^(?:an?|the) ", "", title), employer, -1.0)
    if is_east_asian(text) and (role := _parted_by_blanks(text)):
        return role
    for mark in (_STRONG, _COMMA):
        pieces = [piece.strip() for piece in mark.split(text) if piece and piece.strip()]
        kept = [piece for number, piece in enumerate(pieces) if not _is_place(pieces, number)] or pieces
        if mark is _COMMA:
            kept = _without_last_places(kept)
        if len(kept) > 1:
            return _of_pieces(kept, leaning, ", " if mark is _COMMA else " - ")
        if mark is _STRONG or len(pieces) > 1:
            text = kept[0] if kept else text
    title = _title_score(text)
    if says_firm(text) > 0 and not says_title(text):
        return Role("", _clean_employer(text), score=-2.0)
    return Role(_clean_title(text), "", score=title - 1.0)


def _parted_by_blanks(text: str) -> Role | None:
    """Firm and title of a line that has them side by side in two columns, and in no words with blanks of their own."""
    pieces = text.split()
    firm = next((piece for piece in pieces if says_firm(piece) and not says_title(piece)), "")
    title = next((piece for piece in pieces if says_title(piece) and not says_firm(piece)), "")
    if not firm or not title:
        return None
    return _paired(title, firm, 1.0 if pieces.index(title) < pieces.index(firm) else -1.0)


def _is_place(pieces: Sequence[str], number: int) -> bool:
    """Whether a piece is a place, or the state behind one."""
    is_state = number > 1 and re.fullmatch(r"[A-Z]{2}", pieces[number]) is not None
    return says_place(pieces[number]) or (is_state and not says_title(pieces[number]))


def _of_pieces(pieces: list[str], leaning: float, glue: str) -> Role:
    worth = [says_title(piece) - 0.8 * says_firm(piece) for piece in pieces]
    hints = [0.3 * leaning * (1 if place == 0 else -1) for place in range(len(pieces))]
    best = max(range(len(pieces)), key=lambda place: (worth[place] + hints[place], -place))
    whole = [piece for number, piece in enumerate(pieces) if number == best or not _is_department(piece)]
    if len(whole) > 1 and len(whole) < len(pieces) and says_firm(whole[-1]):
        return _of_pieces(whole, leaning, glue)  # of a department and a house the house employs
    firms = [place for place, piece in enumerate(pieces) if place != best and says_firm(piece)]
    beside = next((place for place in range(1, len(pieces)) if not _THEN.match(pieces[place])), 1) if best == 0 else 0
    other = min(firms, key=lambda place: abs(place - best)) if firms else beside
    if other > best:
        title, employer = glue.join(pieces[best:other]), pieces[other]
    else:
        title, employer = glue.join(pieces[best:]), glue.join(pieces[other : other + 1])
    order = (1.0 if other > best else -1.0) if worth[best] >= 1.5 else 0.0
    return _paired(title, employer, order)


def _is_department(text: str) -> bool:
    return DEPARTMENT.match(text) is not None and not text.casefold().startswith(("inst", "college"))


def _paired(title: str, employer: str, order: float) -> Role:
    score = _title_score(title) + _employer_score(employer)
    return Role(_clean_title(title), _clean_employer(employer), score=score, title_stands_first=order)


def _without_last_places(pieces: list[str]) -> list[str]:
    while len(pieces) > 2 and (is_known_place(pieces[-1]) or re.fullmatch(r"[A-Z]{2}", pieces[-1])):
        pieces = pieces[:-1]
    return pieces


def _title_score(text: str) -> float:
    if not text or len(text) > 120:
        return -2.0
    return says_title(text) or (0.6 if text[:1].isupper() or not text[:1].isalpha() else 0.2)


def _employer_score(text: str) -> float:
    if not text or len(text) > 120:
        return -1.0
    return max(says_firm(text), 1.0)


def _without_noise(text: str) -> str:
    """The text less how and where the work is done; who works for himself names that where others name a firm."""
    own = _OWN_WORK.match(text)
    if own and (own.end() == len(text) or says_place(text[own.end() :])):
        return text
    return re.sub(r"\s*\(\s*\)", "", _NOISE.sub("", text)).strip(" ,;|·•-/\t")


def _clean_title(text: str) -> str:
    pieces = [piece.strip() for piece in re.split(r"\t|\s[|·]\s|\s-\s", text) if piece.strip()]
    kept = [piece for piece in pieces if not says_place(piece)] or pieces
    if is_east_asian(text):
        kept = [re.split(":|として", kept[0])[0]]
        return kept[0].strip()
    whole = text if len(kept) == len(pieces) else " - ".join(kept)
    title, _, behind = whole.partition(", ")
    whole = title if _is_department(behind) and says_title(title) else whole
    return re.sub(r"\s{2,}", " ", whole.replace("\t", ", ")).strip(" ,;:|-·")


def _clean_employer(text: str) -> str:
    """The firm without the place behind it, where the two can be told apart."""
    pieces = [piece.strip() for piece in re.split(r"\t|\s[|·]\s|\s-{1,2}\s", text) if piece.strip()]
    if not pieces:
        return ""
    kept = [piece for piece in pieces if not says_place(piece)] or pieces
    named = next((piece for piece in kept if says_firm(piece)), kept[0])
    named = re.sub(r"(?<=[^\W\d_]{5})\.$|(?<=\))\.$", "", named)  # of the sentence
    named = _IN_BRACKETS.sub(lambda bracket: "" if _tells_of_firm(bracket[1]) else bracket[0], named)
    return without_city(named).strip(" ,;:|-·(")


def _tells_of_firm(bracket: str) -> bool:
    return says_place(bracket) or describes_firm(bracket)


def _share_employers(entries: Sequence[Entry[Role]]) -> None:
    """Titles that stand alone under an employer named once are of that employer."""
    employer = ""
    employer_stands_first = False
    whole: Span | None = None  # of all titles of a group whose employer names its years
    months = total = 0
    for number, entry in enumerate(entries):
        role = entry.facts
        if role is None:
            continue
        if name := _heads_a_group(entries, number):
            employer, employer_stands_first, whole, months, total = name, True, role.span, 0, 0
            entry.facts = replace(role, title="", employer=name)
            continue
        if number and not role.employer and (name := _firm_above(entries[number - 1], entry)):
            employer, employer_stands_first, whole, months, total = name, True, None, 0, 0
        length = _months(entry, role.span)
        inside = bool(employer) and total > 0 and months + 1 < total
        alone = _is_lone_title(entry) and (not role.employer or _is_part_of_title(entry, role, whole))
        if inside or (employer_stands_first and alone):
            _give_employer(entry, employer)
            months += length
        elif role.employer:
            employer, whole = role.employer, None
            employer_stands_first = _names_employer_first(entry, role)
            months, total = length, _group_total(entry)


def _firm_above(before: Entry[Role], entry: Entry[Role]) -> str:
    """The firm that stands alone above a lone title, taken out of what is told of the entry before."""
    above = before.body[-1] if before.body else None
    if above is None or above.is_body or above.span or not _is_lone_title(entry):
        return ""
    if not says_firm(above.text) or says_title(above.text) or tells_a_deed(above.text):
        return ""
    return _of_one(before.body.pop().text, 0.0).employer


def _with_employer_in_brackets(role: Role) -> Role:
    """`Supervisor (Acme Grocers)`, where nothing else names the employer, with the two apart."""
    match = re.fullmatch(r"([^()]+) \(([^()]+)\)", role.title)
    if not match or not says_title(match[1]) or says_title(match[2]):
        return role
    names = match[2].split()
    is_name = len(names) > 1 and all(name[:1].isupper() or name in ("&", "of", "and", "und", "de") for name in names)
    return replace(role, title=match[1], employer=match[2]) if is_name or says_firm(match[2]) else role


def _heads_a_group(entries: Sequence[Entry[Role]], number: int) -> str:
    """The employer, where an entry names one with the years of all its titles, and the titles follow with theirs."""
    role, after = entries[number].facts, entries[number + 1].facts if number + 1 < len(entries) else None
    if role is None or after is None or says_title(role.title) or (role.title and role.employer):
        return ""
    follower = entries[number + 1]
    has_no_firm = not after.employer or _is_part_of_title(follower, after, role.span)
    alone = says_title(after.title) > 0 and has_no_firm and _is_lone_title(follower)
    return _clean_employer(role.employer or role.title) if alone and _is_lone_title(entries[number]) else ""


def _give_employer(entry: Entry[Role], employer: str) -> None:
    """The employer of the group; what was taken for one is told of the entry before."""
    role = entry.facts
    if role is None:
        return
    title = role.title
    texts = [row for row in entry.head if not row.is_only_dates]
    if role.employer and texts:
        nearest = _nearest_to_date(entry)
        title = _clean_title(nearest.rest if nearest.span else nearest.text) if nearest else title
        entry.head = [row for row in entry.head if row is nearest or row.span]
    entry.facts = replace(role, title=title, employer=employer)


def _nearest_to_date(entry: Entry[Role]) -> Row | None:
    place = next((n for n, row in enumerate(entry.head) if row.span), len(entry.head))
    if place < len(entry.head) and entry.head[place].rest:
        return entry.head[place]
    return entry.head[place - 1] if place else (entry.head[1] if len(entry.head) > 1 else None)


def _is_lone_title(entry: Entry[Role]) -> bool:
    return sum(not row.is_only_dates and not describes_firm(row.text) for row in entry.head) == 1


def _is_part_of_title(entry: Entry[Role], role: Role, whole: Span | None) -> bool:
    """Whether what was taken for the employer is the end of a title: `Data Scientist, Pricing`, and no firm by name,
    or, whatever its name, within the years of the employer above.
    """
    text = next((row.rest if row.span else row.text for row in entry.head if not row.is_only_dates), "")
    is_no_firm = not says_firm(role.employer) or _covers(whole, role.span)
    return f"{role.title}, {role.employer}" in text and is_no_firm and says_title(role.title) > 0


def _covers(whole: Span | None, part: Span | None) -> bool:
    """Whether the years of one span hold those of another."""
    if not whole or not part or not whole.start or not part.start or (part.is_open and not whole.is_open):
        return False
    return whole.start[:4] <= part.start[:4] and (whole.is_open or part.end[:4] <= whole.end[:4])


def _names_employer_first(entry: Entry[Role], role: Role) -> bool:
    texts = [row for row in entry.head if not row.is_only_dates]
    first = texts[0].rest if texts and texts[0].span else (texts[0].text if texts else "")
    return len(texts) > 1 and bool(role.employer) and role.employer in first and role.title not in first


def _group_total(entry: Entry[Role]) -> int:
    return next((row.months for row in entry.durations if row.months is not None), 0)


def _months(entry: Entry[Role], span: Span | None) -> int:
    beside = next((row.months for row in entry.head if row.span and row.months is not None), None)
    if beside is not None:
        return beside
    if span is None or not span.start or not span.end:
        return 0
    start, end = ((int(part[:4]) * 12 + int(part[5:7] or 1)) for part in (span.start, span.end))
    return max(0, end - start + 1)
