"""What a framework of another form says, and the document of ours that says the same.

Other forms have few or no levels, stages and weights. What they lack is assumed, the same way for all, and each
assumption is a line of the document's `limits`, which the model page shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

SCHEMA = "mlarch-framework/1"
PLAIN_TARGET = 3
LONGEST_ID, LONGEST_NAME = 80, 300
_NO_PART = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A domain, or a skill within one (`part_of`: its domain's key). `levels`: level 1 to 5 -> statement."""

    key: str
    name: str
    statement: str = ""
    part_of: str = ""
    within: tuple[str, ...] = ()  # the names between the domain and the skill
    levels: Mapping[int, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outline:
    """A framework as it was read. `needs`: (skill, the skill that it needs); `same_as`: skill -> id of the shipped
    model; `head`: members of the document besides those that are made here; `notes`: what was left and why."""

    id: str
    version: str
    title: str
    domains: Sequence[Part]
    skills: Sequence[Part]
    head: Mapping[str, Any] = field(default_factory=dict)
    needs: Sequence[tuple[str, str]] = ()
    same_as: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()


def document_of(outline: Outline, *, target: int = 0) -> Json:
    """The document in our form, not yet checked. `target`: the level asked of every skill; 0: the plain one."""
    asked = target or PLAIN_TARGET
    targets = {skill.key: _target(skill, asked) for skill in outline.skills}
    needs: dict[str, list[str]] = {}
    for skill, needed in dict.fromkeys(outline.needs):
        needs.setdefault(skill, []).append(needed)
    stage = key_of(outline.id) or "target"
    return {
        "schema": SCHEMA,
        "id": outline.id,
        "version": outline.version,
        "title": outline.title,
        **outline.head,
        "areas": [{"id": d.key, "name": d.name, **_filled(summary=d.statement)} for d in outline.domains],
        "stages": [{"id": stage, "name": outline.title, "pass_mark": 1}],
        "competencies": [_competency(s, stage, targets, needs.get(s.key, ())) for s in outline.skills],
        **_filled(same_as=dict(outline.same_as)),
        "limits": [*outline.notes, *_assumptions(outline, asked)],
    }


def _competency(skill: Part, stage: str, targets: Mapping[str, int], needs: Iterable[str]) -> Json:
    asked = targets[skill.key]
    within = f"Part of {', '.join(skill.within)}." if skill.within else ""
    return {
        **skill.more,
        "id": skill.key,
        "name": skill.name,
        "area": skill.part_of,
        **_filled(summary=within),
        "weight": 1,
        "targets": {stage: asked},
        "levels": {
            str(n): text for n, text in sorted((skill.levels or {asked: skill.statement or skill.name}).items())
        },
        "prerequisites": [{"id": n, "for_level": asked, "level": targets[n]} for n in needs],
    }


def _target(skill: Part, asked: int) -> int:
    """The level asked, but never above the highest that the framework describes."""
    return min(asked, max(skill.levels, default=asked))


def _assumptions(outline: Outline, asked: int) -> list[str]:
    """What the other form does not say and this document has to."""
    found = [
        f"The framework has no stages: its one stage here asks level {asked} of every skill"
        + (", or the highest level that it describes." if any(s.levels for s in outline.skills) else "."),
        "It has no weights: every skill counts the same.",
    ]
    if not all(s.levels for s in outline.skills):
        found.append(
            "A skill without levels of its own has its title or description as the statement of the level asked."
        )
    if outline.needs:
        found.append("What is said to precede a skill is needed at its own target, for the target of that skill.")
    return found


def key_of(text: str) -> str:
    """The text as an id of ours; empty where nothing of it can stand in one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return _NO_PART.sub("-", plain).strip("-._")[:LONGEST_ID]


def keys_of(wanted: Iterable[str]) -> list[str]:
    """An id for each text, no id twice: what comes again, or to nothing, is numbered in its order."""
    found: dict[str, None] = {}
    for position, text in enumerate(wanted, start=1):
        first = key = key_of(text) or f"item-{position}"
        number = 1
        while key in found:
            number += 1
            key = f"{first[: LONGEST_ID - 5]}-{number}"
        found[key] = None
    return list(found)


def one_line(text: str) -> str:
    """The text as a name: on one line, shortened at a word where it is long."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_NAME:
        return line
    return line[: LONGEST_NAME - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _filled(**members: Any) -> Json:
    return {name: value for name, value in members.items() if value}
