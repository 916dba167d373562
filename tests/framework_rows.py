"""The shipped framework in the test database: loaded once, put back where a test's flush took it away."""

from __future__ import annotations

from django.core.management import call_command
from django.db import models, transaction

from tracker.models import (
    Area,
    Competency,
    EvidenceRule,
    Framework,
    Habit,
    Milestone,
    Prerequisite,
    Release,
    Resource,
    Stage,
    Support,
    Teaching,
)
from tracker.models.framework import Target

_ORDER: tuple[type[models.Model], ...] = (
    Framework,
    Release,
    Area,
    Stage,
    Competency,
    Target,
    Prerequisite,
    Milestone,
    Habit,
    EvidenceRule,
    Resource,
    Teaching,
    Support,
)
_kept: dict[type[models.Model], list[models.Model]] = {}


def load() -> None:
    """Load the shipped framework and remember its rows."""
    call_command("load_framework", verbosity=0)
    for model in _ORDER:
        _kept[model] = list(model._default_manager.all())


def put_back() -> None:
    """Bring the remembered rows back with their ids, if they are gone."""
    if Framework.objects.exists():
        return
    with transaction.atomic():
        for model in _ORDER:
            rows = _kept[model]
            if model is Framework:
                current = {row.pk: row.current_release_id for row in rows}
                Framework.objects.bulk_create([_without_release(row) for row in rows])
            else:
                model._default_manager.bulk_create(rows)
        for pk, release in current.items():
            Framework.objects.filter(pk=pk).update(current_release=release)


def _without_release(row: models.Model) -> models.Model:
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return type(row)(**{**values, "current_release_id": None})
