"""The published framework as a value, built once a process and release."""

from __future__ import annotations

import gc
from functools import lru_cache
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.models import Model

from tracker.engine.framework import Framework
from tracker.interchange.framework import Document, trusted_framework
from tracker.interchange.shared_skills import shares, with_shared
from tracker.interchange.shipped import shipped_framework
from tracker.models import Competency, Milestone, Preferences, Release, Resource
from tracker.models import Framework as FrameworkRow
from tracker.models.framework import FrameworkRow as Keyed

SHIPPED = "ml-architect"
Row = TypeVar("Row", bound=Keyed)


@lru_cache(maxsize=8)
def framework_of(release_id: int) -> Framework:
    """The framework value of a release; releases never change, so the first reading serves the process.

    One that shares skills with the shipped model has what it takes from that; it gets a release of its own whenever
    the shipped model is published (`services.frameworks`).

    It lives as long as the process, like all that was imported: no collection of garbage need walk it again.
    """
    document = Release.objects.values_list("document", flat=True).get(pk=release_id)
    if shares(document) and document["id"] != SHIPPED:
        ours = shipped_document()
        document = with_shared(document, ours) if ours else document
    framework = trusted_framework(document)
    gc.unfreeze()
    gc.collect()  # a framework that had to make room is garbage by now
    gc.freeze()
    return framework


def shipped_document() -> Document | None:
    """The document of the shipped model as it is published here; None where it is not."""
    return FrameworkRow.objects.filter(key=SHIPPED).values_list("current_release__document", flat=True).first()


def forget_frameworks() -> None:
    """After a release: what is held is read anew, for rows may have new keys and row ids may be given again."""
    framework_of.cache_clear()
    row_ids.cache_clear()
    gc.unfreeze()


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
    """Key -> row id of the framework's competencies, resources or milestones, as of a release.

    What the shipped model has too is one thing with one record: its row is that model's (see `row_about`).
    """
    models: dict[str, type[Model]] = {"competency": Competency, "resource": Resource, "milestone": Milestone}
    manager = models[sort]._default_manager
    own = dict(manager.filter(framework__releases=release_id).values_list("key", "id"))
    if FrameworkRow.objects.filter(releases=release_id, key=SHIPPED).exists():
        return own
    known = getattr(framework_of(release_id), sort).keys() | own.keys()
    ours = manager.filter(framework__key=SHIPPED).values_list("key", "id")
    return own | {key: pk for key, pk in ours if key in known}


def row_about(model: type[Row], framework_id: int, key: str) -> Row:
    """The row that a person's entries about that key point at: the shipped model's, else the framework's own, else
    whichever has it. Raises DoesNotExist."""
    rows = model._default_manager.select_related("framework").filter(key=key)
    ranked = sorted(rows, key=lambda row: (row.framework.key != SHIPPED, row.framework_id != framework_id, row.pk))
    if not ranked:
        raise model.DoesNotExist
    return ranked[0]


def loaded_frameworks() -> list[FrameworkRow]:
    """Every framework that is published, the shipped one first."""
    rows = FrameworkRow.objects.exclude(current_release=None).defer("meta")
    return sorted(rows, key=lambda row: (row.key != SHIPPED, row.title))


def published_release(row: FrameworkRow | Preferences) -> int:
    """The id of the current release of the framework, or of the one that the preferences aim at. Raises
    ImproperlyConfigured where nothing was published."""
    if row.current_release_id is None:
        raise ImproperlyConfigured(f"Nothing is published for {row}: run `python manage.py load_framework`.")
    return row.current_release_id
