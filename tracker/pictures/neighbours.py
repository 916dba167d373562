"""What a competency needs and what it unlocks, drawn as one column that fits a phone.

What is needed stands above, what is unlocked below, both indented and joined to the competency by a rail.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.engine.framework import Competency, Framework, Prerequisite

WIDTH = 320
INDENT = 24
RAIL = 11
GAP = 8
LINE = 17  # height of a line of text
NAME_CHARACTERS = 34
UNLOCKS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Node:
    """A competency in the drawing. `note` says what joins it; `level` is None where nobody's levels are drawn."""

    competency: Competency
    lines: tuple[tuple[int, str], ...]  # (y, text) of each line of the name
    note: str
    note_y: int
    level: int | None
    is_short: bool  # the level is below what the competency in the middle needs
    x: int
    y: int
    height: int

    @property
    def width(self) -> int:
        return WIDTH - self.x

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The drawing: `nodes` from top to bottom, `rails` as SVG paths, `more` unlocked ones that only the table names."""

    centre: Competency
    needs: tuple[Prerequisite, ...]
    unlocks: tuple[Prerequisite, ...]
    nodes: tuple[Node, ...]
    rails: tuple[str, ...]
    height: int
    more: int
    width: int = WIDTH


def neighbourhood(framework: Framework, competency: str, levels: Mapping[str, int]) -> Neighbourhood:
    """The drawing of one competency among its neighbours. `levels`: competency -> level held; empty: nobody's."""
    centre = framework.competency[competency]
    needs = tuple(sorted(centre.prerequisites, key=lambda p: (p.for_level, p.needs)))
    unlocks = _unlocked_by(framework, competency)
    column = _Column(framework, levels)
    above = [column.add(p.needs, _need_note(p, levels), INDENT, _is_short(p, levels)) for p in needs]
    middle = column.add(competency, "", 0, is_short=False)
    below = [column.add(p.competency, _unlock_note(p), INDENT, is_short=False) for p in unlocks[:UNLOCKS_SHOWN]]
    rails = [_rail(node, middle.y) for node in above] + [_rail(node, middle.y + middle.height) for node in below]
    return Neighbourhood(
        centre=centre,
        needs=needs,
        unlocks=unlocks,
        nodes=(*above, middle, *below),
        rails=tuple(rails),
        height=column.bottom,
        more=max(0, len(unlocks) - UNLOCKS_SHOWN),
    )


def _unlocked_by(framework: Framework, competency: str) -> tuple[Prerequisite, ...]:
    found = [p for c in framework.competencies for p in c.prerequisites if p.needs == competency]
    return tuple(sorted(found, key=lambda p: (p.level, p.for_level, p.competency)))


class _Column:
    """Nodes laid below each other."""

    def __init__(self, framework: Framework, levels: Mapping[str, int]) -> None:
        self.framework = framework
        self.levels = levels
        self.bottom = 1

    def add(self, key: str, note: str, x: int, is_short: bool) -> Node:
        competency = self.framework.competency[key]
        names = textwrap.wrap(competency.name, NAME_CHARACTERS if x else NAME_CHARACTERS + 3)
        top = self.bottom + (GAP if self.bottom > 1 else 0)
        lines = tuple((top + 19 + LINE * i, text) for i, text in enumerate(names))
        note_y = lines[-1][0] + LINE
        height = (note_y if note else lines[-1][0]) - top + 11
        self.bottom = top + height + 1
        return Node(competency, lines, note, note_y, self.levels.get(key), is_short, x, top, height)


def _is_short(p: Prerequisite, levels: Mapping[str, int]) -> bool:
    return p.needs in levels and levels[p.needs] < p.level


def _need_note(p: Prerequisite, levels: Mapping[str, int]) -> str:
    facts = {"level": p.level, "for_level": p.for_level}
    if _is_short(p, levels):
        return _("still to reach: level %(level)s, for level %(for_level)s") % facts
    return _("level %(level)s, for level %(for_level)s") % facts


def _unlock_note(p: Prerequisite) -> str:
    return _("its level %(for_level)s needs level %(level)s here") % {"level": p.level, "for_level": p.for_level}


def _rail(node: Node, to: int) -> str:
    """From the node's left edge to the rail, and along it to the competency in the middle."""
    bend = 6 if node.middle < to else -6
    return f"M{node.x} {node.middle}H{RAIL + 6}Q{RAIL} {node.middle} {RAIL} {node.middle + bend}V{to}"
