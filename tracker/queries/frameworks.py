"""The published framework as a value, built once a process and release."""

from __future__ import annotations

from functools import lru_cache

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.models import Model

from tracker.engine.framework import Framework
from tracker.interchange.framework import trusted_framework
from tracker.interchange.shipped import shipped_framework
from tracker.models import Competency, Milestone, Release, Resource
from tracker.models import Framework as FrameworkRow

SHIPPED = "ml-architect"


@lru_cache(maxsize=8)
def framework_of(release_id: int) -> Framework:
    """The framework value of a release; releases never change, so the first reading serves the process."""
    return trusted_framework(Release.objects.values_list("document", flat=True).get(pk=release_id))


def forget_frameworks() -> None:
    """After a release: what is held is read anew, for rows may have new keys and row ids may be given again."""
    framework_of.cache_clear()
    row_ids.cache_clear()


def default_framework() -> FrameworkRow | None:
    """The framework that a new person is compared with: the shipped one, else the first that is published."""
    published = FrameworkRow.objects.exclude(current_release=None)
    return published.filter(key=SHIPPED).first() or published.first()


def current_framework() -> Framework | None:
    """The default framework as it is published now; None where none is loaded. One query once it was built."""
    row = default_framework()
    return framework_of(row.current_release_id) if row and row.current_release_id else None


def loaded_or_shipped_framework() -> Framework:
    """What commands work with: the framework as it is published, the shipped one where none is loaded yet."""
    try:
        return current_framework() or shipped_framework()
    except DatabaseError:  # no tables yet: commands need no `migrate`
        return shipped_framework()


@lru_cache(maxsize=8)
def row_ids(release_id: int, sort: str) -> dict[str, int]:
    """Key -> row id of the framework's competencies, resources or milestones, as of a release."""
    models: dict[str, type[Model]] = {"competency": Competency, "resource": Resource, "milestone": Milestone}
    rows = models[sort]._default_manager.filter(framework__releases=release_id)
    return dict(rows.values_list("key", "id"))


def published_release(row: FrameworkRow) -> int:
    """The id of the framework's current release. Raises ImproperlyConfigured where nothing was published."""
    if row.current_release_id is None:
        raise ImproperlyConfigured(f"{row.key} has no release: run `python manage.py load_framework`.")
    return row.current_release_id
