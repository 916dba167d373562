"""Loading and publishing a framework: rows and release change together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ManyToOneRel, Max, Model

from tracker.interchange.framework import Document, FrameworkError, checked, digest
from tracker.models.framework import Competency, Framework, FrameworkRow, Habit, Milestone, Release, Resource
from tracker.queries.frameworks import forget_frameworks
from tracker.services.framework_rows import document_of, unstorable, write_rows

RENAMED: dict[str, type[FrameworkRow]] = {
    "competencies": Competency,
    "milestones": Milestone,
    "habits": Habit,
    "resources": Resource,
}


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that a new version no longer has, and how many entries of users still point at it."""

    section: str
    key: str
    entries: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load or a publication did. `changed` is False where the document was the current release already."""

    framework: str
    version: str
    number: int
    changed: bool
    renamed: tuple[tuple[str, str], ...] = ()
    dropped: tuple[Dropped, ...] = ()


@transaction.atomic
def framework_load(document: Document) -> LoadReport:
    """Writes a checked, complete document (`interchange.framework.checked`) as rows and publishes it.

    The same document again changes nothing. Rows are renamed in place by the document's `renames`, so that what
    users logged stays with them. Raises FrameworkError for what the tables have no room for.
    """
    lines = list(unstorable(document))
    if lines:
        raise FrameworkError(lines)
    framework, _ = Framework.objects.select_for_update().get_or_create(
        key=document["id"], defaults={"title": document["title"], "version": document["version"]}
    )
    current = framework.current_release
    if current and current.digest == digest(document):
        return LoadReport(framework.key, current.version, current.number, changed=False)
    renamed = _rename(framework, document.get("renames", {}))
    before = _active_keys(framework)
    write_rows(framework, document)
    release = _release(framework, document)
    dropped = _dropped(framework, before)
    return LoadReport(framework.key, release.version, release.number, True, renamed, dropped)


@transaction.atomic
def framework_publish(framework: Framework) -> LoadReport:
    """Publishes the curators' draft, the rows as they stand, as a new release.

    Raises FrameworkError with a line for each problem; a draft that says what is published already changes nothing.
    """
    framework = Framework.objects.select_for_update().get(pk=framework.pk)
    document = checked(document_of(framework))
    current = framework.current_release
    if current and current.digest == digest(document):
        return LoadReport(framework.key, current.version, current.number, changed=False)
    release = _release(framework, document)
    return LoadReport(framework.key, release.version, release.number, True)


def _release(framework: Framework, document: Document) -> Release:
    last = framework.releases.aggregate(last=Max("number"))["last"] or 0
    release = Release.objects.create(
        framework=framework,
        number=last + 1,
        version=document["version"],
        digest=digest(document),
        document=document,
    )
    framework.current_release = release
    framework.save(update_fields=["current_release"])
    transaction.on_commit(forget_frameworks)
    forget_frameworks()
    return release


def _rename(framework: Framework, renames: Mapping[str, Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """Gives rows their new keys; where the new key has a row already, the old row is left to be retired."""
    done = []
    for section, names in renames.items():
        rows = RENAMED[section]._default_manager.filter(framework=framework)
        for old, new in names.items():
            if not rows.filter(key=new).exists() and rows.filter(key=old).update(key=new):
                done.append((old, new))
    return tuple(done)


def _active_keys(framework: Framework) -> dict[str, set[str]]:
    return {
        section: set(model._default_manager.filter(framework=framework, retired=False).values_list("key", flat=True))
        for section, model in RENAMED.items()
    }


def _dropped(framework: Framework, before: Mapping[str, set[str]]) -> tuple[Dropped, ...]:
    dropped = []
    for section, model in RENAMED.items():
        rows = model._default_manager.filter(framework=framework, retired=True, key__in=before[section])
        dropped += [Dropped(section, row.key, _entries_of_users(row)) for row in rows.order_by("key")]
    return tuple(dropped)


def _entries_of_users(row: Model) -> int:
    """How many rows outside the framework's own tables point at this one."""
    relations = [field for field in row._meta.get_fields(include_hidden=True) if isinstance(field, ManyToOneRel)]
    return sum(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).count()
        for relation in relations
        if relation.related_model.__module__ != Framework.__module__
    )
