"""The product's own profile JSON, `mlarch-profile/1`: checked against its schema and against a framework's ids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any, TypeAlias

from rapidfuzz import fuzz, process

from tracker.engine.framework import Framework
from tracker.interchange import schema_check
from tracker.interchange.dates import is_date, runs_backwards
from tracker.interchange.reading import ReadError
from tracker.interchange.strict_json import shown

REFUSED = "none"  # family, field_id or rule: the person said that none of them fits

# A dict in the shape of schemas/profile.schema.json in which every section is present and claims are
# {"level": 0-5, "date": ISO date or absent}.
ProfileDocument: TypeAlias = dict[str, Any]

_LISTS = ("degrees", "roles", "certifications", "activities", "skills", "finished")
_MAPPINGS = ("claims", "milestones", "confirmed")
_DATED = {
    "degrees": ("start", "end"),
    "roles": ("start", "end"),
    "certifications": ("date", "expires"),
    "activities": ("date",),
    "finished": ("date",),
}
_MOST = {
    "degrees": 200,
    "roles": 1_000,
    "certifications": 1_000,
    "skills": 2_000,
    "activities": 5_000,
    "finished": 5_000,
    "claims": 5_000,
    "milestones": 5_000,
    "confirmed": 5_000,
}
_MOST_OF_ACCOUNT = 10_000  # entries of all lists that only our own export has, the log apart


class ProfileError(ReadError):
    """The input is no profile that can be taken. The message is one line that names the place."""


def read_profile(document: Mapping[str, Any], framework: Framework) -> ProfileDocument:
    """The document, found valid against the schema and the framework, with every section present.

    Raises ProfileError for the first thing that is wrong: a shape that the schema refuses, dates that do not exist or
    run backwards, ids that the framework does not have.
    """
    check_shape(document)
    return checked_profile(document, framework)


def checked_profile(document: Mapping[str, Any], framework: Framework) -> ProfileDocument:
    """As `read_profile`, of a document whose shape was checked before. Raises ProfileError for unknown ids."""
    for problem in _unknown_ids(document, framework):
        raise ProfileError(problem)
    return _complete(document)


def check_shape(document: Mapping[str, Any]) -> None:
    """Raises ProfileError for the first thing that is wrong whatever the framework: sizes, shape, dates."""
    checks = (_sizes(document), schema_check.problems("profile", document), _dates(document))
    for problem in chain.from_iterable(checks):
        raise ProfileError(problem)


def _complete(document: Mapping[str, Any]) -> ProfileDocument:
    result = dict(document)
    for section in _LISTS:
        result[section] = list(document.get(section, ()))
    for section in _MAPPINGS:
        result[section] = dict(document.get(section, {}))
    result["claims"] = {c: _claim(claim) for c, claim in result["claims"].items()}
    result["confirmed"] = {c: int(level) for c, level in result["confirmed"].items()}
    return result


def _claim(claim: Any) -> dict[str, Any]:
    return {**claim, "level": int(claim["level"])} if isinstance(claim, dict) else {"level": int(claim)}


def _sizes(document: Mapping[str, Any]) -> Iterator[str]:
    for section, most in _MOST.items():
        entries = document.get(section)
        if isinstance(entries, list | dict) and len(entries) > most:
            yield f"{section}: more than {most} entries"
    account = document.get("account")
    lists = account.items() if isinstance(account, dict) else ()
    if sum(len(part) for name, part in lists if isinstance(part, list) and name != "events") > _MOST_OF_ACCOUNT:
        yield f"account: more than {_MOST_OF_ACCOUNT} entries"


# Dates


def _dates(document: Mapping[str, Any]) -> Iterator[str]:
    for section, fields in _DATED.items():
        for index, entry in enumerate(document.get(section, ())):
            where = f"{section}[{index}]"
            for field in fields:
                if field in entry and not is_date(entry[field]):
                    yield f"{where}.{field}: {_no_date(entry[field])}"
            first, last = entry.get(fields[0], ""), entry.get(fields[-1], "")
            if runs_backwards(first, last):
                yield f"{where}: the dates run backwards, {fields[-1]} {last} is before {fields[0]} {first}"
    for competency, claim in document.get("claims", {}).items():
        if isinstance(claim, dict) and "date" in claim and not is_date(claim["date"]):
            yield f"{schema_check.place(['claims', competency, 'date'])}: {_no_date(claim['date'])}"
    for milestone, met in document.get("milestones", {}).items():
        if not isinstance(met, bool) and not is_date(met):
            yield f"{schema_check.place(['milestones', milestone])}: must be a date, true or false"


def _no_date(text: object) -> str:
    return f"{shown(text)} is no date of the calendar (YYYY, YYYY-MM or YYYY-MM-DD)"


# Ids


def _unknown_ids(document: Mapping[str, Any], framework: Framework) -> Iterator[str]:
    competencies, fields = framework.competency, (*framework.degree_rule, REFUSED)
    for section, known, what in (
        ("claims", competencies, "competency"),
        ("confirmed", competencies, "competency"),
        ("milestones", framework.milestone, "milestone"),
    ):
        for key in document.get(section, {}):
            yield from _unknown(key, known, what, [section, key])
    for section, field, known_ids, what in (
        ("degrees", "field_id", fields, "field of study"),
        ("roles", "family", (*framework.role_rule, REFUSED), "role family"),
        ("certifications", "rule", (*framework.certification_rule, REFUSED), "certification rule"),
        ("finished", "resource", framework.resource, "resource"),
    ):
        for index, entry in enumerate(document.get(section, ())):
            if entry.get(field):
                yield from _unknown(entry[field], known_ids, what, [section, index, field])
    for index, activity in enumerate(document.get("activities", ())):
        for key in activity.get("competencies", {}):
            yield from _unknown(key, competencies, "competency", ["activities", index, "competencies", key])


def _unknown(key: str, known: Collection[str], what: str, path: list[str | int]) -> Iterator[str]:
    if key in known:
        return
    nearest = process.extractOne(key, sorted(known), scorer=fuzz.ratio, score_cutoff=70)
    hint = f"; did you mean {nearest[0]}?" if nearest else ""
    named = "" if path[-1] == key else f" {shown(key)}"
    yield f"{schema_check.place(path)}: no such {what}{named}{hint}"
