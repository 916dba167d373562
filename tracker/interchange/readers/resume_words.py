"""What a line of a résumé looks like by its words: a heading, a title, a firm, a school, a place, a deed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tracker.interchange import strict_yaml
from tracker.interchange.degree_words import degree_level

_FILE = Path(__file__).parents[2] / "data" / "resume_words.yaml"
_LONGEST_HEADING = 60
_MOST_BYTES = 200_000
_LEAVING = re.compile(
    r"abitur|matur|baccalaur|diploma|\bged\b|gcse|a[- ]levels?\b|leaving|bachillerato|reife|abschluss|\bbac\b|"
    r"certificate"
)
_GRADUATED = re.compile("大学(?!院).{0,30}(?:学部|学科).{0,20}卒業")  # which is, by law, with a bachelor's degree
_WHOLE_LETTERS = str.maketrans("øł\u0131", "oli")  # which carry their mark inside
_WORD = re.compile(r"[^\s,;:()\[\]|]+")
_PICTURES = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")  # such as people put before headings
_STATE = re.compile(r"(?:[^\W\d_]|[.' -]){2,40},\s?(?:[A-Z]{2}|[A-Z]\.[A-Z]\.)(?:,?\s(?:USA?|\d{5}))?")

# What stands between a title and its employer.
AT = re.compile(
    r"\s(?:en (?:la|el|los|las)(?-i:(?= [A-ZÀ-Þ]))|"
    r"at(?-i: the)?|bei(?: der)?|chez|presso(?: la)?|hos|ved|vid|bij(?: de| het)?|@)\s",
    re.IGNORECASE,
)
_IN_FIRST_PERSON = re.compile(r"(?:(?:I|We|My|Our|Ich|Wir|Je|Nous)\s|J')(?=[a-zà-ÿ])")

# `Retail group, 4,000 people`, `A maker of pumps`: what the firm is, below its name.
_DESCRIBES_FIRM = re.compile(
    r"\b[0-9][0-9.,]*\+?\s(?:people|employees|staff|mitarbeit\w+|salariés|empleados|dipendenti|persone|medewerkers)\b"
    r"|^series [a-f]\b|^(?:An?|Eine?|Une?|Una|The)\s[a-z]",
)


@dataclass(frozen=True, slots=True)
class Words:
    headings: Mapping[str, str]  # word -> kind
    kinds: tuple[str, ...]  # the strongest first
    fillers: frozenset[str]
    phrases: Mapping[str, str]
    titles: frozenset[str]
    title_parts: tuple[str, ...]
    firms: frozenset[str]
    firm_parts: tuple[str, ...]
    schools: frozenset[str]
    school_parts: tuple[str, ...]
    short_courses: frozenset[str]
    tongues: frozenset[str]
    levels: frozenset[str]
    skill_labels: frozenset[str]
    certificate_ends: frozenset[str]
    issuers: frozenset[str]
    city_beginnings: frozenset[str]
    countries: frozenset[str]
    cities: frozenset[str]
    table_heads: frozenset[str]
    columns: Mapping[str, str]  # word -> what, field, where, when, grade or told
    column_fillers: frozenset[str]
    issuing_bodies: frozenset[str]
    breaks: frozenset[str]
    times: frozenset[str]
    issuer_ends: frozenset[str]
    deeds: frozenset[str]
    not_deeds: frozenset[str]


@cache
def words() -> Words:
    """The lists, read once."""
    raw = strict_yaml.parse(_FILE.read_bytes(), most_bytes=_MOST_BYTES)
    lists = {name: tuple(plain(text).split()) for name, text in raw.items() if isinstance(text, str)}
    headings: dict[str, str] = {}
    for kind, text in raw["headings"].items():
        for word in plain(text).split():
            headings.setdefault(word, kind)
    return Words(
        headings=headings,
        kinds=tuple(raw["headings"]),
        fillers=frozenset(lists["heading_fillers"]),
        phrases={plain(phrase): kind for phrase, kind in raw["heading_phrases"].items()},
        titles=frozenset(lists["title_nouns"]),
        title_parts=lists["title_parts"],
        firms=frozenset(lists["firm_words"]),
        firm_parts=lists["firm_parts"],
        schools=frozenset(lists["school_words"]),
        school_parts=lists["school_parts"],
        short_courses=frozenset(lists["short_courses"]),
        tongues=frozenset(lists["human_languages"]),
        levels=frozenset(lists["skill_levels"]),
        certificate_ends=frozenset(lists["certificate_ends"]),
        skill_labels=frozenset(lists["skill_labels"]),
        issuers=_phrases(lists["issuers"]),
        city_beginnings=frozenset(lists["city_beginnings"]),
        countries=frozenset(lists["countries"]),
        cities=frozenset(lists["cities"]),
        table_heads=frozenset(lists["table_heads"]),
        columns={word: kind for kind, text in raw["table_columns"].items() for word in plain(text).split()},
        breaks=_phrases(lists["career_breaks"]),
        issuing_bodies=frozenset(lists["issuing_bodies"]),
        column_fillers=frozenset(lists["table_fillers"]),
        times=frozenset(lists["time_words"]),
        issuer_ends=frozenset(lists["issuer_ends"]),
        deeds=frozenset(lists["deed_words"]),
        not_deeds=frozenset(lists["not_deeds"]),
    )


def _phrases(found: Sequence[str]) -> frozenset[str]:
    """The words of a list, and what stands in it between double quotes as one."""
    return frozenset(quoted or word for quoted, word in re.findall(r'"([^"]+)"|([^\s"]+)', " ".join(found)))


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Without case and accents, on one line."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(mark for mark in spread if not "\u0300" <= mark <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", bare).translate(_WHOLE_LETTERS).split())


def plain_words(text: str) -> list[str]:
    return [word.strip(".'\"*#") or word for word in _WORD.findall(plain(text))]


# Headings


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> str:
    """The kind of section that a line heads; "" where it is no heading."""
    line = re.sub(r"\((?:continued|cont\.?|fortsetzung|suite)\)", "", plain(text))
    line = _PICTURES.sub("", line)
    line = re.sub(r"^(?:[0-9]{1,2}[.)]|[ivx]{1,4}[.)])\s", "", line).strip(" :.-_=~*#•|>/[]【】■◆")
    if not line or len(line) > _LONGEST_HEADING or re.search(r"[0-9@]", line):
        return ""
    known = words()
    if line in known.phrases:
        return known.phrases[line]
    parts = [part for part in re.split(r"[\s/,&+・•|]+", line) if part]
    parts = [part for part in parts if not part.endswith("-")] or parts  # `Aus- und Weiterbildung`
    parts = [half for part in parts for half in ([part] if part in known.headings else part.split("-")) if half]
    kinds = {kind for part in parts if (kind := _kind_of_word(part))}
    if not kinds and "training" in parts and all(part in known.fillers for part in parts):
        return "certifications"
    if "other" in kinds and len(kinds) > 1 and re.search(r"[&/,+]|\s(?:and|und|et|y|e|en|og|och)\s", line):
        kinds -= {"other"}  # `Skills & Interests`, `Memberships and Certificates`
    if kinds and len(parts) <= 7 and all(_kind_of_word(part) or part in known.fillers for part in parts):
        return next(kind for kind in known.kinds if kind in kinds)
    if any(len(part) <= 2 for part in parts) and len(parts) > 1:
        return _spaced_heading_kind("".join(parts))
    return ""


def _kind_of_word(word: str) -> str:
    """The kind of section that a word names, a German compound by its end: `Informatikkenntnisse`."""
    known = words().headings
    if word in known:
        return known[word]
    if re.match("(?:fremd)?(?:sprach|sprak|sprog)", word):
        return "languages" if word.endswith(("kenntnisse", "kunskaper", "kundskaber", "ferdigheter")) else ""
    return next((known[word[-size:]] for size in range(len(word) - 3, 8, -1) if word[-size:] in known), "")


def loose_heading_kind(text: str) -> str:
    """The kind that one word of a line names, for lines that are headings by how they are written; else ""."""
    known = words()
    parts = re.split(r"[\s/,&+・•|:-]+", _PICTURES.sub("", plain(text)))
    kinds = {kind for part in parts if (kind := _kind_of_word(part))}
    if not kinds and "training" in parts:
        return "certifications"
    return next((kind for kind in known.kinds if kind in kinds), "")


def _spaced_heading_kind(letters: str) -> str:
    """The kind that letters head which were written apart: `e x p e r i e n c e`, `c o n ta c t`."""
    known = words()
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(letters) + 1):
        best.append(None)
        for start in range(max(0, end - 24), end):
            word, before = letters[start:end], best[start]
            if before is not None and (word in known.headings or (word in known.fillers and len(word) > 1)):
                candidate = (*before, word)
                if best[end] is None or len(candidate) < len(best[end] or ()):
                    best[end] = candidate
    found = best[-1] or ()
    phrase = " ".join(found)
    if phrase in known.phrases:
        return known.phrases[phrase]
    kinds = {known.headings[word] for word in found if word in known.headings}
    return next((kind for kind in known.kinds if kind in kinds), "")


# Lines


@lru_cache(maxsize=8192)
def says_title(text: str) -> float:
    """How much a short text looks like what somebody is at work: 0 to 3."""
    known = words()
    found = [word for word in plain_words(text) if _names_title(word)]
    if any(part in text for part in known.title_parts):
        return 3.0
    if not found:
        return 0.0
    return 3.0 if len(text) <= 90 else 1.0


def _names_title(word: str) -> bool:
    known = words()
    for part in (word, *re.split(r"[-/:*_]", word)):
        bare = re.sub(r"(?:innen|in|frau|mann)$", "", part) if len(part) > 7 else part
        for form in (part, bare, part.removesuffix("s"), part.removesuffix("(in")):
            if form in known.titles or any(len(form) - n >= 3 and form[n:] in known.titles for n in _tails(form)):
                return True
    return False


def _tails(word: str) -> range:
    """Where a noun of five letters or more may begin at the end of a compound."""
    return range(1, max(1, len(word) - 4))


@lru_cache(maxsize=8192)
def says_firm(text: str) -> float:
    """How much a text looks like the name of an employer: 0 to 2."""
    known = words()
    found = plain_words(text)
    if any(word in known.firms for word in found) or any(part in text for part in known.firm_parts):
        return 2.0
    return 1.5 if says_school(text) else 0.0


@lru_cache(maxsize=8192)
def says_school(text: str) -> bool:
    known = words()
    for word in plain_words(text):
        if word in known.schools or any(part in known.schools for part in re.split(r"[-/']", word)):
            return True
        if word.endswith(
            (
                "universitat",
                "hochschule",
                "universitet",
                "universitetet",
                "hogskolen",
                "hogskolan",
                "universiteit",
                "schule",
                "akademie",
                "gymnasium",
            )
        ):
            return True
    return any(part in text for part in known.school_parts)


@lru_cache(maxsize=8192)
def says_place(text: str) -> bool:
    """Whether the text names a place and nothing else: `Austin, TX`, `Berlin, Germany`, `Remote`."""
    text = text.strip(" ()|,·-\t")
    if not text or len(text) > 60 or re.search(r"[0-9@]", text):
        return False
    if re.search(r"\t| - |\s[|·]\s", text):
        return all(says_place(part) for part in re.split(r"\t| - |\s[|·]\s", text))
    parts = [part.strip() for part in re.split(r"[,/|·()]| - ", text) if part.strip()]
    while len(parts) > 1 and plain(parts[-1]) in ("remote", "hybrid", "on-site", "onsite"):
        parts.pop()
    if not parts or len(parts) > 5:
        return False
    if all(is_known_place(part) for part in parts):
        return True
    if re.fullmatch(r"(?:greater )?[\w .-]{2,30} (?:metropolitan |bay )?(?:area|region)", plain(text)):
        return True
    ends_in_state = bool(_STATE.fullmatch(text))
    ends_in_country = len(parts) > 1 and is_country(parts[-1])
    is_sure = ends_in_state or len(parts) > 2
    return (ends_in_state or ends_in_country) and all(_could_be_city(part, is_sure) for part in parts[:-1])


def _could_be_city(text: str, is_sure: bool) -> bool:
    """Whether the text has the length of a city's name, and no word of a firm; one word, where little speaks for it."""
    found = text.split()
    if is_known_place(text) or plain(text).startswith(tuple(f"{word} " for word in words().city_beginnings)):
        return len(found) <= 4
    if plain(text).endswith((" area", " region", " metropolitan area")):
        return len(found) <= 5
    return len(found) <= (3 if is_sure else 1) and not says_firm(text) and not says_title(text)


@lru_cache(maxsize=8192)
def is_known_place(text: str) -> bool:
    """Whether the text is one of the countries and cities of the list."""
    return is_country(text) or plain(text).replace(" ", "-") in words().cities


def is_country(text: str) -> bool:
    return plain(text).replace(" ", "-") in words().countries


def without_city(text: str) -> str:
    """`Texas A&M University College Station, TX` without its city: the two stand at the ends of a line, or in a row."""
    match = re.fullmatch(r"(.+?),\s*((?:[^\W\d_]|[. ])+),\s*((?:[^\W\d_]|[. ])+)", text)
    if match and (re.fullmatch(r"[A-Z]{2}", match[3]) or is_country(match[3])) and not says_firm(match[2]):
        return match[1]
    state = re.fullmatch(r"(.+?),\s?([A-Z]{2}|[^\W\d_][\w .]+)", text)
    if not state or not (re.fullmatch(r"[A-Z]{2}", state[2]) or is_country(state[2])):
        return text
    if re.match(r"(?:city|county|town|state|municipality|village|port) of ", state[1], re.IGNORECASE):
        return state[1]  # the office is of the place
    names = state[1].split(" ")
    for place, name in reversed(list(enumerate(names[:-1]))):
        if (
            plain_words(name)
            and plain_words(name)[0] in words().firms | words().schools
            and 1 <= len(names) - place - 1 <= 3
        ):
            rest = names[place + 1 :]
            if all(part[:1].isupper() for part in rest):
                return " ".join(names[: place + 1])
    if len(names) < 2:
        return text
    size = 2 if len(names) > 2 and plain(names[-2]) in words().city_beginnings else 1
    return " ".join(names[:-size]) if re.fullmatch(r"[A-Z]{2}", state[2]) else text


def heads_columns(text: str) -> bool:
    """Whether the line names the columns of a table, two at least, and nothing else."""
    found = re.split(r"[\s/|,・·‧]+", plain(text).strip())
    return len(found) > 1 and all(word in words().table_heads for word in found)


def column_kind(word: str) -> str | None:
    """What a word in the head of a column says of the cells below: what, field, where, when, grade, told; "" for a word
    that says nothing, None for one that heads no column.
    """
    kind = words().columns.get(word.strip(".:%"))
    return kind or ("" if word in words().column_fillers or not word.strip(".:%") else None)


def without_label(text: str) -> str:
    """`Position: Data Scientist` without the word that only says what is told."""
    label, mark, rest = text.partition(":")
    named = [word for word in re.split(r"[\s/]+", plain(label)) if word]
    rest = re.split(r"\.\s+(?=[^\W\d_a-z][\w ]{2,20}:\s)", rest, maxsplit=1)[0]  # `Role: Head of AI. Scope: 12 people`
    return rest.strip() if mark and rest.strip() and named and set(named) <= words().table_heads else text


@lru_cache(maxsize=8192)
def says_deed(text: str) -> bool:
    """Whether the line tells what was done, in prose, and so names neither a title nor a firm."""
    found = plain_words(text)
    if not found:
        return True
    if names_title_at(text):
        return False
    if _IN_FIRST_PERSON.match(text):
        return True
    first = found[0]
    if len(text) > 110 or (text.endswith((".", ";")) and len(found) > 4 and found[-1] not in words().firms):
        return True
    if text[:2].islower() or re.search(r"\s[a-z]{4,}\.$", text):
        return True
    if first in words().not_deeds:
        return False
    past = re.fullmatch(r"[a-z-]{3,}ed", first) and len(found) > 2
    names_title = any(word[:1].isupper() and _names_title(plain(word).strip(",;:")) for word in text.split()[1:3])
    progressive = re.fullmatch(r"[a-z]{4,}ing", first) and len(found) > 4 and not names_title  # `Teaching Assistant`
    return bool(first in words().deeds or past or progressive)


def describes_firm(text: str) -> bool:
    """Whether a line says what a firm is, as one below its name does."""
    return _DESCRIBES_FIRM.search(text) is not None


@lru_cache(maxsize=8192)
def names_title_at(text: str) -> bool:
    """Whether the line is a title, the word for at and a name, though it ends as a sentence does."""
    title, *rest = AT.split(text, maxsplit=1)
    first = plain_words(title)[:1]
    return (
        len(text) <= 110
        and bool(rest)
        and rest[0][:1].isupper()
        and title[:1].isupper()
        and len(title.split()) <= 7
        and not re.search(r"[.;:!?]\s", text)
        and not any(word in words().deeds or re.fullmatch(r"[a-z-]{3,}ed", word) for word in first)
        and says_title(title) > 0
    )


@lru_cache(maxsize=8192)
def names_degree(text: str) -> str:
    """The level of the degree that the line names, "" for none; the name of a school is no degree."""
    level = degree_level(text)
    if not level and _GRADUATED.search(text):
        return "bachelor"
    if level == "secondary" and says_school(text):
        beside = " ".join(piece for piece in re.split(r"[,|\t]|\s-\s", text) if not says_school(piece))
        if other := degree_level(beside):
            return other  # `BTS Informatique, Lycée X`: the school's name says nothing of it
        return level if _LEAVING.search(plain(text)) else ""
    return "" if level == "none" else level


def says_short_course(text: str) -> bool:
    return any(word in words().short_courses for word in plain_words(text))


def says_certified(text: str) -> bool:
    """Whether the text names a certificate by its words: `Chartered Statistician`, `AWS Certified Developer`."""
    return bool(re.search(r"\b(?:certif\w+|chartered|zertifi\w+|licensed)\b", plain(text)))


def says_tongue(text: str) -> bool:
    """Whether the text names a human language."""
    return any(word in words().tongues for word in plain_words(text))


def says_break(text: str) -> bool:
    """Whether what looks like a title is the name of a time without work: `Career break`, `Elternzeit`."""
    found = [word.strip(",;:()-") for word in plain(text).split()]
    return any(" ".join(found[:size]) in words().breaks for size in (1, 2, 3))


def says_issuer(text: str) -> bool:
    """Whether the text names who gives certificates, and hardly more."""
    line = re.sub(r"\s*\([^()]*\)$", "", plain(text)).strip(" .,()-")
    return any(_is_issuer(name.split()) for name in {line, line.removeprefix("the ")})


def names_body(text: str) -> bool:
    """Whether the text is, by its words, the name of a body that gives certificates: `Invented Bar Association`."""
    found = plain_words(text)
    return 1 < len(found) <= 8 and text[:1].isupper() and any(word in words().issuing_bodies for word in found)


def _is_issuer(names: Sequence[str]) -> bool:
    return any(
        " ".join(names[:size]) in words().issuers
        and all(word.strip(".,") in words().issuer_ends for word in names[size:])
        for size in range(1, min(len(names), 5) + 1)
    )
