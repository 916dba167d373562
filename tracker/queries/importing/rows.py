"""The rows that the lines of a file would become, not saved: what a service saves, and a correction begins with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from tracker.engine.dates import parse_date
from tracker.models import Activity, Certification, Degree, ListedSkill, Role
from tracker.models.profile import MatchedText
from tracker.queries.counting import Counted, is_counted, is_elsewhere
from tracker.queries.importing.lines import AS_SAVED, Entry, Line

MODELS: dict[str, type[MatchedText]] = {
    "degrees": Degree,
    "roles": Role,
    "certifications": Certification,
    "skills": ListedSkill,
}


def row_of(line: Line) -> Any:
    """The degree, role, certificate, activity or listed skill of the line, without owner and match; cut to size."""
    rows: dict[str, Callable[[Entry], models.Model]] = {
        "degrees": _degree,
        "roles": _role,
        "certifications": _certification,
        "activities": _activity,
        "skills": _skill,
    }
    return fitted(rows[line.section](line.entry))


def _degree(entry: Entry) -> Degree:
    return Degree(
        level=entry["level"],
        field=entry["field"] or entry.get("title") or entry["level"],
        completed=entry.get("completed", True),
        **texts(entry, "title", "institution", "start", "end"),
    )


def _role(entry: Entry) -> Role:
    return Role(**texts(entry, "title", "employer", "start", "end", "summary"))


def _certification(entry: Entry) -> Certification:
    return Certification(on=entry.get("date", ""), **texts(entry, "name", "issuer", "expires", "url"))


def _activity(entry: Entry) -> Activity:
    levels = {competency: int(level) for competency, level in entry.get("competencies", {}).items()}
    return Activity(
        on=entry.get("date", ""),
        hours=entry.get("hours"),
        levels=levels,
        **texts(entry, "kind", "title", "url", "note"),
    )


def _skill(entry: Entry) -> ListedSkill:
    return ListedSkill(text=entry["text"], on=written_date(entry.get("date")))


def saved_as(section: str, entry: Entry) -> Counted | None:
    """The `rule` and the `match` that the entry's row had, as an own export says where they may be of another model."""
    given = entry if section == "skills" else entry.get(AS_SAVED)
    if not isinstance(given, Mapping) or not is_counted(given.get("rule", ""), given.get("match")):
        return None
    return given.get("rule", ""), given["match"]


def said_elsewhere(entry: Entry) -> dict[str, Any]:
    """What an own export tells of answers under frameworks with rules of their own; empty where it is misshapen."""
    given = entry.get("elsewhere", {})
    return given if is_elsewhere(given) else {}


def texts(entry: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: entry[name] for name in names if isinstance(entry.get(name), str)}


def written_date(text: Any) -> str:
    try:
        parse_date(text)
    except (TypeError, ValueError):
        return ""
    return str(text)


def fitted(row: models.Model) -> models.Model:
    """The row with what the tables have no room for cut to size: long texts, addresses that are none, odd hours."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, models.DecimalField) and value is not None:
            setattr(row, field.attname, _number(field, value))
        elif isinstance(field, models.URLField) and value:
            setattr(row, field.attname, _address(field, value))
        elif isinstance(field, (models.CharField, models.TextField)) and field.max_length and isinstance(value, str):
            setattr(row, field.attname, value[: field.max_length])
    return row


def _number(field: models.DecimalField[Any, Any], value: Any) -> Decimal | None:
    """The number with as many places as the field has; None where it is none, below 0 or too large."""
    places = field.decimal_places or 0
    try:
        number = Decimal(str(value)).quantize(Decimal(1).scaleb(-places))
    except InvalidOperation:
        return None
    return number if 0 <= number < 10 ** ((field.max_digits or 0) - places) else None


def _address(field: models.URLField, value: str) -> str:
    try:
        field.run_validators(value)
    except ValidationError:
        return ""
    return value
