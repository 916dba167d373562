"""What a framework's file brings, before it is stored: its parts, what it shares with ours, what it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.interchange.framework import Document, digest
from tracker.interchange.framework_file import FrameworkFile, remarks
from tracker.interchange.shared_skills import RULES, in_tables
from tracker.interchange.shipped import shipped_framework
from tracker.models import Framework, Preferences
from tracker.queries.frameworks import SHIPPED, shipped_document


@dataclass(frozen=True, slots=True)
class Part:
    """An area or a stage: how many skills it has, or asks."""

    name: str
    skills: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A skill of the file and the skill of our model that it is one record with."""

    name: str
    ours: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """The framework of that id that is loaded already: what the file would change of it, skills by name."""

    title: str
    version: str
    is_same: bool
    is_shipped: bool
    aimed_at_by: int
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameworkReview:
    """`rules`: how many degrees, roles, certificates and activities it has rules for. `loaded`: None for a new one."""

    document: Document
    areas: tuple[Part, ...]
    stages: tuple[Part, ...]
    competencies: int
    rules: int
    shared: tuple[Shared, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    loaded: Loaded | None


def read_framework_review(read: FrameworkFile) -> FrameworkReview:
    """The file beside what is loaded here; four queries at most."""
    document, ours = read.document, shipped_document() or shipped_framework().document
    in_area = Counter(row["area"] for row in document["competencies"])
    asked = Counter(stage for row in document["competencies"] for stage, level in row["targets"].items() if level)
    return FrameworkReview(
        document=document,
        areas=tuple(Part(row["name"], in_area[row["id"]]) for row in document["areas"]),
        stages=tuple(Part(row["name"], asked[row["id"]]) for row in document["stages"]),
        competencies=len(document["competencies"]),
        rules=sum(len(document["evidence"][name]) for name in RULES),
        shared=_shared(document, ours),
        notes=read.notes,
        warnings=tuple(remarks(document, ours)),
        loaded=_loaded(document),
    )


def _shared(document: Document, ours: Mapping[str, Any]) -> tuple[Shared, ...]:
    if document["id"] == ours["id"]:
        return ()
    known = _names(ours)
    return tuple(Shared(name, known[c]) for c, name in _names(in_tables(document)).items() if c in known)


def _loaded(document: Document) -> Loaded | None:
    framework = Framework.objects.select_related("current_release").filter(key=document["id"]).first()
    if framework is None or framework.current_release is None:
        return None
    release = framework.current_release
    stored = in_tables(document)
    before, after = _names(release.document), _names(stored)
    renamed = stored.get("renames", {}).get("competencies", {})
    return Loaded(
        title=framework.title,
        version=release.version,
        is_same=release.digest == digest(stored),
        is_shipped=framework.key == SHIPPED,
        aimed_at_by=Preferences.objects.filter(framework=framework).count(),
        new=tuple(name for key, name in after.items() if key not in before and key not in renamed.values()),
        gone=tuple(name for key, name in before.items() if key not in after and key not in renamed),
    )


def _names(document: Mapping[str, Any]) -> dict[str, str]:
    return {row["id"]: row["name"] for row in document["competencies"]}
