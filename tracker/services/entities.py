"""The rows a person owns, as JSON for the log and back, so that what was done can be undone.

A row is named by a reference: `claim:cs.python` (by the key of what it is about) or `degree:17` (by its id).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from tracker.engine.framework import TOP_LEVEL
from tracker.models import (
    Activity,
    Certification,
    Claim,
    Competency,
    Degree,
    Effort,
    ListedSkill,
    MatchAnswer,
    Milestone,
    MilestoneWord,
    Plan,
    Preferences,
    Resource,
    ResourceMark,
    ResourceOverride,
    Role,
    SkippedStep,
    Waiver,
    WeekOff,
)
from tracker.models.framework import FrameworkRow
from tracker.plan_check import is_plan
from tracker.queries.counting import is_elsewhere
from tracker.queries.frameworks import row_about

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entity:
    """How one kind of row is written down. `about`: the foreign key whose key names the row, if not its id; `beside`:
    fields that are written only where they say something, for logs from before they were there are read too."""

    model: type[models.Model]
    fields: tuple[str, ...]
    about: str = ""
    beside: tuple[str, ...] = ()

    def values(self, row: models.Model) -> Json:
        known = {name: _plain(getattr(row, name)) for name in (*self.fields, "logged_at")}
        return known | {name: getattr(row, name) for name in self.beside if getattr(row, name)}

    def is_complete(self, kept: Json) -> bool:
        """Whether these are the fields that `values` writes."""
        known = {*self.fields, "logged_at"}
        return known <= kept.keys() <= known | set(self.beside) and all(kept[n] for n in self.beside if n in kept)


_SAID = ("elsewhere",)  # what was said of a matched text under frameworks with rules of their own
ENTITIES: dict[str, Entity] = {
    "claim": Entity(Claim, ("level", "on", "origin", "note", "link"), "competency"),
    "waiver": Entity(Waiver, ("reason",), "competency"),
    "degree": Entity(
        Degree,
        ("level", "field", "title", "institution", "start", "end", "completed", "rule", "match"),
        beside=_SAID,
    ),
    "role": Entity(Role, ("title", "employer", "start", "end", "summary", "rule", "match"), beside=_SAID),
    "certification": Entity(Certification, ("name", "issuer", "on", "expires", "url", "rule", "match"), beside=_SAID),
    "activity": Entity(Activity, ("kind", "title", "on", "hours", "url", "note", "levels")),
    "skill": Entity(ListedSkill, ("text", "on", "rule", "match"), beside=_SAID),
    "resource": Entity(ResourceMark, ("status", "on", "hours", "rating"), "resource"),
    "milestone": Entity(MilestoneWord, ("met", "on"), "milestone"),
    "plan": Entity(Plan, ("stage", "question", "answer", "starts_on", "closed_on")),
    "answer": Entity(MatchAnswer, ("section", "text", "rule"), beside=("framework",)),
    "skip": Entity(SkippedStep, (), "resource"),
    "effort": Entity(Effort, ("on", "hours", "resource")),
    "week-off": Entity(WeekOff, ("week",)),
    "override": Entity(ResourceOverride, ("hours", "cost", "url"), "resource"),
}
_ABOUT: dict[str, type[FrameworkRow]] = {"competency": Competency, "resource": Resource, "milestone": Milestone}
_SORT_OF_MODEL = {entity.model: sort for sort, entity in ENTITIES.items()}


def sort_of(row: models.Model) -> str:
    """`claim`, `degree`...: the first part of the row's reference."""
    return _SORT_OF_MODEL[type(row)]


def about_of(row: models.Model) -> str:
    """The field that says what the row is about: competency, resource or milestone; empty for a row of its own."""
    return ENTITIES[sort_of(row)].about


def reference(row: models.Model) -> str:
    """The row's name in the log."""
    about = ENTITIES[sort_of(row)].about
    return f"{sort_of(row)}:{getattr(row, about).key if about else row.pk}"


def values(row: models.Model) -> Json:
    """The row as the log keeps it."""
    return ENTITIES[sort_of(row)].values(row)


def find_all(preferences: Preferences, refs: Iterable[str]) -> dict[str, models.Model]:
    """Reference -> the person's row of that reference, where there is one: a query for each kind of row."""
    by_sort: dict[str, list[str]] = {}
    for ref in refs:
        sort, _, name = ref.partition(":")
        by_sort.setdefault(sort, []).append(name)
    return {reference(row): row for sort, names in by_sort.items() for row in _rows(preferences, sort, names)}


def _rows(preferences: Preferences, sort: str, names: list[str]) -> Iterable[models.Model]:
    entity = ENTITIES[sort]
    rows = entity.model._default_manager.filter(user=preferences.user_id)
    if not entity.about:
        return rows.filter(pk__in=names)
    return rows.select_related(entity.about).filter(**{f"{entity.about}__key__in": names})


def restored(preferences: Preferences, ref: str, row: models.Model | None, kept: Json) -> models.Model:
    """The row as it was kept, not saved yet: a new one, or the present one with the kept values.

    Raises DoesNotExist if what it was about is no longer in the framework.
    """
    sort, _, name = ref.partition(":")
    entity = ENTITIES[sort]
    if row is None:
        row = entity.model(user_id=preferences.user_id)
        if entity.about:
            setattr(row, entity.about, row_about(_ABOUT[entity.about], preferences.framework_id, name))
        else:
            row.pk = int(name)
    at_first = {field: _field(entity.model, field).get_default() for field in entity.beside}
    for field, value in (at_first | kept).items():
        setattr(row, field, _field(entity.model, field).to_python(value))
    return row


def is_loaded(ref: str) -> bool:
    """Whether there is a framework that has what a row of that reference would be about."""
    sort, _separator, name = ref.partition(":")
    return _ABOUT[ENTITIES[sort].about]._default_manager.filter(key=name).exists()


def is_kept(ref: str, kept: Any) -> bool:
    """Whether a stranger's words (a file's) are what `values` could have said of a row; None: that it is not there."""
    sort, _separator, name = ref.partition(":")
    entity = ENTITIES.get(sort)
    if entity is None or not name:
        return False
    if kept is None:
        return True
    if not isinstance(kept, dict) or not entity.is_complete(kept):
        return False
    if sort == "plan" and not is_plan(kept):
        return False
    return all(_is_plain(_field(entity.model, field), value) for field, value in kept.items())


def _is_plain(field: models.Field[Any, Any], value: Any) -> bool:
    try:
        plain = _plain(field.clean(value, None))
    except ValidationError:
        return False
    if field.model is Plan and isinstance(field, models.JSONField):
        return True  # looked at by `is_plan`
    if field.name == "elsewhere":
        return is_elsewhere(value)
    if isinstance(field, models.JSONField):
        return isinstance(value, dict) and all(type(n) is int and 0 <= n <= TOP_LEVEL for n in value.values())
    return type(plain) is type(value) and plain == value


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value
