"""What leaves in other forms: as a résumé what a person would say of herself, as tables all that is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.engine.framework import Basis, Competency
from tracker.engine.levels import Level
from tracker.interchange.resume_file import Json, Skill, resume
from tracker.interchange.tables import Table, tables
from tracker.models import ListedSkill, Match
from tracker.queries.counting import counted
from tracker.queries.exporting import read_export
from tracker.queries.person import Person
from tracker.queries.skills import standing, standing_words


def read_resume(person: Person) -> Json:
    """The person as a JSON Resume."""
    user: Any = person.user
    export = read_export(person)
    present = [role for role in export["roles"] if not role.get("end")]
    label = max(present, key=lambda role: role.get("start", ""))["title"] if present else ""
    return resume(export, name=user.get_full_name() or user.get_username(), label=label, skills=read_skills(person))


def read_tables(person: Person) -> list[Table]:
    """Everything that the export holds, as tables."""
    words = standing_words()
    rows = (
        (
            c.name,
            level.level,
            level.backed,
            standing(level, words),
            level.newest,
            person.framework.area[c.area].name,
            c.id,
        )
        for c, level in _held(person)
        if level.level or level.claim is not None
    )
    return tables(read_export(person), person.framework, rows)


def read_skills(person: Person) -> list[Skill]:
    """What the person ticked or listed, and what more than inference stands behind, the highest level first; then what
    she listed that the model does not know."""
    called: dict[str, list[str]] = {}
    listed = ListedSkill.objects.filter(user=person.user.pk).order_by("text")
    for row in counted(person.framework, listed):
        if row.match != Match.REFUSED:
            called.setdefault(row.rule, []).append(row.text)
    scale = person.framework.scale
    said = [(c, level) for c, level in _held(person) if level.level and (c.id in called or _is_said(level))]
    said.sort(key=lambda pair: (-pair[1].level, -pair[0].weight, pair[0].id))
    known = [
        Skill(
            c.name, f"{scale[level.level]} ({level.level} of 5)", tuple(t for t in called.get(c.id, ()) if t != c.name)
        )
        for c, level in said
    ]
    return known + [Skill(text) for text in called.get("", ())]


def _held(person: Person) -> Iterator[tuple[Competency, Level]]:
    return ((c, person.snapshot.levels[c.id]) for c in person.framework.competencies)


def _is_said(level: Level) -> bool:
    return level.claim is not None or (level.standing or Basis.INFERRED) > Basis.INFERRED
