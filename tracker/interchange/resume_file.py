"""What a person has here as a JSON Resume, the form that other sites and themes read. Valid against schema 1.2.1.

It holds less than our own export: the page that offers it names what a résumé has no place for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

VERSION = "v1.2.1"
WRITTEN = frozenset(("post",))  # kinds of activity that are publications
KEPT_UP = frozenset(
    ("paper-read", "networking", "forum", "conference", "self-study")
)  # habits: nobody's résumé has them
_DATE = re.compile(r"[12]\d{3}(?:-\d{2}){0,2}")  # the years that the schema knows


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill with its level in words, and what the person calls it."""

    name: str
    level: str = ""
    keywords: tuple[str, ...] = ()


def resume(profile: Mapping[str, Any], *, name: str, label: str = "", skills: Iterable[Skill] = ()) -> Json:
    """The résumé of a profile in the shape of mlarch-profile/1; newest first, sections that are empty left out."""
    activities = [a for a in profile["activities"] if a["kind"] not in KEPT_UP]
    sections = {
        "work": map(_work, _newest_first(profile["roles"], "end", "start")),
        "education": map(_education, _newest_first(profile["degrees"], "end", "start")),
        "certificates": map(_certificate, _newest_first(profile["certifications"], "date")),
        "projects": map(_project, _newest_first((a for a in activities if a["kind"] not in WRITTEN), "date")),
        "publications": map(_publication, _newest_first((a for a in activities if a["kind"] in WRITTEN), "date")),
        "skills": map(_skill, skills),
    }
    found = {section: list(entries) for section, entries in sections.items()}
    basics = {"basics": _filled(name=name, label=label)}
    return {
        **basics,
        **{section: entries for section, entries in found.items() if entries},
        "meta": {"version": VERSION},
    }


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """The résumé as JSON in the order of its sections; the same content gives the same bytes."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _newest_first(entries: Iterable[Json], *dates: str) -> Iterator[Json]:
    """What is still open first, then by the last of the dates; ties stay in the order of the profile."""
    yield from sorted(entries, key=lambda entry: [entry.get(date) or "9999" for date in dates], reverse=True)


def _work(role: Json) -> Json:
    return _filled(
        name=role.get("employer"), position=role["title"], startDate=_date(role, "start"), endDate=_date(role, "end"),
        summary=role.get("summary"),
    )  # fmt: skip


def _education(degree: Json) -> Json:
    """A résumé says "not finished" by naming no end, so what is under way names none."""
    area = degree["field"]
    kind = str(degree.get("title") or degree["level"]).removesuffix(area).rstrip(" ,") or degree["level"]
    return _filled(
        institution=degree.get("institution"), studyType=kind, area=area, startDate=_date(degree, "start"),
        endDate=_date(degree, "end") if degree["completed"] else "",
    )  # fmt: skip


def _certificate(entry: Json) -> Json:
    return _filled(name=entry["name"], issuer=entry.get("issuer"), date=_date(entry, "date"), url=entry.get("url"))


def _project(activity: Json) -> Json:
    day = _date(activity, "date")
    return _filled(
        name=activity["title"], description=activity.get("note"), startDate=day, endDate=day,
        url=activity.get("url"), type=activity["kind"].replace("-", " "),
    )  # fmt: skip


def _publication(activity: Json) -> Json:
    return _filled(
        name=activity["title"], releaseDate=_date(activity, "date"), url=activity.get("url"),
        summary=activity.get("note"),
    )  # fmt: skip


def _skill(skill: Skill) -> Json:
    return _filled(name=skill.name, level=skill.level, keywords=list(skill.keywords))


def _date(entry: Json, member: str) -> str:
    text = str(entry.get(member) or "")
    return text if _DATE.fullmatch(text) else ""


def _filled(**members: Any) -> Json:
    return {name: value for name, value in members.items() if value}
