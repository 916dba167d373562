"""The DIRECT framework of digital research skills: its tree in one JSON, or its flat files in a ZIP, as ours.

Domains are the areas, skills the competencies; what stands between them is named with the skill. Its levels 0 to 4 are
the levels 0 to 4 here, and the one that it calls a competent practitioner's, 3, is asked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.interchange import strict_json
from tracker.interchange.outside_framework import Outline, Part, key_of, keys_of, one_line
from tracker.interchange.strict_json import shown

Json = Mapping[str, Any]

TITLE = "DIRECT: digital research skills"
LICENCE = "CC BY 4.0"
CITATION = (
    "Nenadic, A., Reed, P., Horsfall, D., Goel, A., Chadwick, E., Hogan, E., D'Alessandro, A., de Boer, L., Cooper, "
    "J., & Katz, D. (2026). DIRECT competencies framework for digital Research Technical Professionals (v2.0.0). "
    "Zenodo. https://doi.org/10.5281/zenodo.19485964. Licence: https://creativecommons.org/licenses/by/4.0/. "
    "Changed here: levels, targets and weights as the notes of the model say."
)
FILES = (
    "competency_domain.json",
    "competency.json",
    "skill.json",
    "skill_level.json",
    "tool_language_methodology.json",
)
NEEDED = FILES[:3]
MOST_MEMBERS, MOST_IN_A_MEMBER, MOST_IN_ALL = 300, 10_000_000, 30_000_000
_PUNCTUATION = re.compile(r"[^\w\s]")


class DirectError(ValueError):
    """The files are refused: `lines` holds one line for each thing to mend."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class _Skill:
    slug: str
    name: str
    description: str
    domain: str  # slug of the domain, empty where it has none
    competency: str  # name of what stands between
    tools: tuple[str, ...] = ()


@dataclass(slots=True)
class _Read:
    """What either form says. Domains and skills in their order; levels: 0 to 4 -> (name, description)."""

    domains: list[Part] = field(default_factory=list)
    skills: list[_Skill] = field(default_factory=list)
    levels: dict[int, tuple[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def looks_like(document: Json) -> bool:
    return "competency_domains" in document


def read_tree(document: Json, version: str) -> Outline:
    """The all-in-one JSON. Raises DirectError where there is nothing in it."""
    read = _Read()
    for at_domain, domain in _rows(document, "competency_domains", read.notes):
        slug, name = _slug(domain, "title"), _text(domain, "title")
        read.domains.append(Part(slug, name, _text(domain, "description")))
        for at, competency in _rows(domain, "competencies", read.notes, at_domain):
            for _, skill in _rows(competency, "skills", read.notes, at):
                read.skills.append(_skill(skill, "title", _slug(skill, "title"), slug, _text(competency, "title"), {}))
    return _outline(read, version)


def read_zip(data: bytes, version: str) -> Outline:
    """The flat files in a ZIP, wherever they stand in it. Raises DirectError: no ZIP, too large, a file missing."""
    members = {name: _parsed(name, content) for name, content in zip_members(data, FILES).items()}
    missing = [name for name in NEEDED if name not in members]
    if missing:
        raise DirectError(*(f"{name} is missing: a ZIP of DIRECT's files has it" for name in missing))
    return read_flat(members, version)


def read_flat(members: Mapping[str, Json], version: str) -> Outline:
    """The flat files, file name -> its rows under `rows`; rows are joined by their slugs."""
    read = _Read()
    domains = _by_slug(members["competency_domain.json"], "competency_domain.json", read.notes)
    competencies = _by_slug(members["competency.json"], "competency.json", read.notes)
    skills = _by_slug(members["skill.json"], "skill.json", read.notes)
    tools = _by_slug(members.get("tool_language_methodology.json", {}), "tool_language_methodology.json", [])
    read.domains = [Part(slug, _text(row, "name"), _text(row, "description")) for slug, row in domains.items()]
    for slug, row in competencies.items():
        if _text(row, "competency_domain") not in domains:
            read.notes.append(f"competency.json: {shown(slug)} names no domain that is there")
    ranks = {slug: position for position, slug in enumerate(competencies)}
    for slug, row in sorted(skills.items(), key=lambda pair: ranks.get(_text(pair[1], "competency"), len(ranks))):
        within = competencies.get(_text(row, "competency"))
        if within is None:
            read.notes.append(f"skill.json: {shown(slug)} names no competency that is there, it stands at the root")
        domain = _text(within, "competency_domain") if within else ""
        name = _text(within, "name") if within else ""
        read.skills.append(_skill(row, "name", slug, domain if domain in domains else "", name, tools))
    for _, row in _rows(members.get("skill_level.json", {}), "rows", read.notes, "skill_level.json"):
        if (level := _text(row, "level")) in ("0", "1", "2", "3", "4", "5"):
            read.levels[int(level)] = (_text(row, "name"), _text(row, "short_description") or _text(row, "description"))
    return _outline(read, version)


def _outline(read: _Read, version: str) -> Outline:
    if not read.skills:
        raise DirectError("there is no skill in it: there is nothing to import")
    used = {skill.domain for skill in read.skills}
    domains = [domain for domain in read.domains if domain.key in used]
    keys = dict(zip((d.key for d in domains), keys_of(d.key for d in domains), strict=True))
    rest = Part("direct", TITLE)
    parts = [Part(keys[d.key], one_line(d.name), d.statement) for d in domains] + ([rest] if "" in used else [])
    skills = [
        Part(
            key=key,
            name=one_line(skill.name),
            statement=skill.description,
            part_of=keys.get(skill.domain, rest.key),
            within=(skill.competency,) if skill.competency else (),
            more={"tools": list(skill.tools)} if skill.tools else {},
        )
        for skill, key in zip(read.skills, keys_of(skill.slug for skill in read.skills), strict=True)
    ]
    return Outline("direct", version, TITLE, parts, skills, head=_head(read), notes=[*read.notes, *_about(read)])


def _head(read: _Read) -> dict[str, Any]:
    head: dict[str, Any] = {
        "form": "DIRECT",
        "language": "en",
        "licence": LICENCE,
        "attribution": [{"text": CITATION}],
        "sources": [{"id": "direct", "what": CITATION, "licence": LICENCE}],
    }
    if read.levels:
        head["scale"] = [
            {"level": n, "name": name, "anchor": words} for n, (name, words) in sorted(read.levels.items())
        ]
    return head


def _about(read: _Read) -> Iterator[str]:
    if read.levels:
        yield "Its own levels 0 to 4 are the levels 0 to 4 here; what is above them has no meaning of its own."
    yield "Level 3 is what it calls a competent practitioner's; it asks no level of anybody itself."


def _skill(row: Json, name: str, slug: str, domain: str, competency: str, tools: Mapping[str, Json]) -> _Skill:
    named = [part.strip() for part in _text(row, "tools_languages_methodologies").split("|") if part.strip()]
    return _Skill(
        slug=slug,
        name=_text(row, name),
        description=_text(row, "description"),
        domain=domain,
        competency=competency,
        tools=tuple(_text(tools[tool], "name") if tool in tools else tool for tool in named),
    )


def _by_slug(rows: Json, file: str, notes: list[str]) -> dict[str, Json]:
    """Slug -> row, by rank, those without one last."""
    found: dict[str, Json] = {}
    for place, row in _rows(rows, "rows", notes, file):
        slug = key_of(_text(row, "slug")) or _slug(row, "name")
        if slug in found:
            notes.append(f"{place}: {shown(slug)} stands here a second time, the first is taken")
        found.setdefault(slug, row)
    return dict(sorted(found.items(), key=lambda pair: _rank(pair[1])))


def _rank(row: Json) -> int:
    rank = _text(row, "rank")
    return int(rank) if re.fullmatch(r"\d{1,9}", rank) else 10**9


def _rows(value: Json, member: str, notes: list[str], where: str = "") -> list[tuple[str, Json]]:
    """The rows with a title or name, each with its place; what has none is noted."""
    rows, found = value.get(member), []
    place = where if member == "rows" else ".".join(filter(None, (where, member)))
    for position, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, Mapping) and (_text(row, "title") or _text(row, "name")):
            found.append((f"{place}[{position}]", row))
        else:
            notes.append(f"{place}[{position}]: left out, it has no title")
    return found


def _slug(row: Json, member: str) -> str:
    """The name as DIRECT makes slugs of names: without punctuation, dashes between words."""
    words = _PUNCTUATION.sub("", _text(row, member)).split()
    return key_of("-".join(words)) or key_of(_text(row, member))


def _text(row: Json | None, member: str) -> str:
    """The member as text; names have blanks at their ends and breaks within at times."""
    value = row.get(member) if row else None
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _parsed(name: str, content: bytes) -> Json:
    try:
        value = strict_json.parse(content, most_bytes=MOST_IN_A_MEMBER)
    except strict_json.JsonError as error:
        raise DirectError(f"{name}: {error}") from None
    if not isinstance(value, list):
        raise DirectError(f"{name}: must be a list of rows")
    return {"rows": value}


def zip_members(data: bytes, wanted: Iterable[str]) -> dict[str, bytes]:
    """Base name -> content of the wanted files; what they inflate to is counted while they inflate, nothing else is
    opened. Raises DirectError."""
    names, found, left = set(wanted), {}, MOST_IN_ALL
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MOST_MEMBERS:
                raise DirectError(f"the ZIP has more than {MOST_MEMBERS} members")
            for member in archive.infolist():
                base = member.filename.rsplit("/", 1)[-1]
                if base not in names or member.filename.startswith("__MACOSX/"):
                    continue
                if base in found:
                    raise DirectError(f"{base} stands in the ZIP a second time")
                most = min(MOST_IN_A_MEMBER, left)
                with archive.open(member) as opened:
                    found[base] = opened.read(most + 1)
                if len(found[base]) > most:
                    raise DirectError(f"{base} is larger than can be read")
                left -= len(found[base])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, DirectError):
            raise
        raise DirectError("the ZIP is broken, locked or of a kind that is not read") from None
    return found
