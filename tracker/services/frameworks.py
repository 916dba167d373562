"""Loading and publishing a framework: rows and release change together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import ManyToOneRel, Max, Model, OuterRef, Subquery

from tracker.interchange.framework import Document, FrameworkError, checked, digest
from tracker.interchange.shared_skills import in_tables, shares
from tracker.models import Claim, MilestoneWord, ResourceMark, ResourceOverride, SkippedStep, State, Waiver
from tracker.models.framework import Competency, Framework, FrameworkRow, Habit, Milestone, Release, Resource
from tracker.queries.frameworks import SHIPPED, forget_frameworks
from tracker.services.framework_rows import document_of, unstorable, write_rows

RENAMED: dict[str, type[FrameworkRow]] = {
    "competencies": Competency,
    "milestones": Milestone,
    "habits": Habit,
    "resources": Resource,
}

# What a person logs about one row of a framework, and the field that points there.
RECORDS: tuple[tuple[type[Model], str], ...] = (
    (Claim, "competency"),
    (Waiver, "competency"),
    (ResourceMark, "resource"),
    (ResourceOverride, "resource"),
    (SkippedStep, "resource"),
    (MilestoneWord, "milestone"),
)


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


def framework_check(document: Document) -> None:
    """Raises FrameworkError for what the tables have no room for, with a line for each."""
    lines = list(unstorable(in_tables(document)))
    if lines:
        raise FrameworkError(lines)


@transaction.atomic
def framework_load(document: Document) -> LoadReport:
    """Writes a checked, complete document (`interchange.framework.checked`) as rows and publishes it.

    The same document again changes nothing. Skills that it declares the same as the shipped model's are one record with
    those (`interchange.shared_skills.in_tables`). Rows are renamed in place by the document's `renames`, so that what
    users logged stays with them. Raises FrameworkError for what the tables have no room for.
    """
    framework_check(document)
    document = in_tables(document)
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
    _join_records()
    _publish_sharing(framework)
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
    _join_records()
    _publish_sharing(framework)
    return LoadReport(framework.key, release.version, release.number, True)


def _join_records() -> None:
    """What people logged about another framework's row is moved to the shipped model's row of that key, so that there
    is one record of a skill; where somebody has logged both, the later word stands. States are worked out anew."""
    moved = set()
    for model, name in RECORDS:
        keys = Subquery(
            model._meta.get_field(name)  # type: ignore[union-attr]
            .related_model._default_manager.filter(framework__key=SHIPPED, key=OuterRef(f"{name}__key"))
            .values("pk")[:1]
        )
        rows = model._default_manager.exclude(**{f"{name}__framework__key": SHIPPED}).annotate(ours=keys)
        for row in rows.exclude(ours=None).order_by("logged_at", "pk"):
            there = model._default_manager.filter(user=row.user_id, **{f"{name}_id": row.ours})
            if there.filter(logged_at__gt=row.logged_at).exists():
                row.delete()
            else:
                there.delete()
                model._default_manager.filter(pk=row.pk).update(**{f"{name}_id": row.ours})
            moved.add(row.user_id)
    State.objects.filter(user__in=moved).update(as_of=date.min)


def _publish_sharing(framework: Framework) -> None:
    """After the shipped model: a new release, of the same document, of each framework that takes rules and resources
    of it, so that what rests on them is worked out anew."""
    if framework.key != SHIPPED:
        return
    for other in Framework.objects.exclude(pk=framework.pk).exclude(current_release=None):
        if other.current_release and shares(other.current_release.document):
            _release(other, other.current_release.document)


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
