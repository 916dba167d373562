"""Pictures as tags: each computes its geometry and draws it as SVG with a title, a description and a table twin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tracker.engine.framework import Framework
from tracker.engine.levels import Level
from tracker.pictures import Neighbourhood
from tracker.pictures import neighbourhood as neighbourhood_of
from tracker.pictures.neighbours import Node
from tracker.templatetags.numbers import competency_name

register = template.Library()


@register.inclusion_tag("pictures/_neighbourhood.html")
def neighbourhood(framework: Framework, competency: str, levels: Mapping[str, Level | int] | str = "") -> Any:
    """What the competency (its id) needs and unlocks; with a person's levels where they are given."""
    held = levels if isinstance(levels, Mapping) else {}
    numbers = {c: level.level if isinstance(level, Level) else level for c, level in held.items()}
    return {"picture": neighbourhood_of(framework, competency, numbers), "framework": framework}


@register.filter
def neighbour_rows(picture: Neighbourhood, framework: Framework) -> SafeString:
    """The same as a table: skill, level, the skill that it needs, level of that."""
    name = picture.centre.name
    rows = [(name, p.for_level, competency_name(p.needs, framework), p.level) for p in picture.needs]
    rows += [(competency_name(p.competency, framework), p.for_level, name, p.level) for p in picture.unlocks]
    return mark_safe(
        "\n".join(
            f'<tr><th scope="row">{escape(skill)}</th><td>{reaches}</td><td>{escape(needed)}</td><td>{level}</td></tr>'
            for skill, reaches, needed, level in rows
        )
    )


@register.filter
def node_shapes(nodes: Iterable[Node]) -> SafeString:
    """Boxes with name, note and level, each but the one in the middle a link to its page. Written out here: as a
    template they are a tenth of the page's time."""
    skills = escape(reverse("tracker:skills"))
    return mark_safe("\n".join(_node_shape(node, skills) for node in nodes))


def _node_shape(node: Node, skills: str) -> str:
    x = node.x + 12
    shapes = [f'<rect class="box" x="{node.x}.5" y="{node.y}" width="{node.width - 1}" height="{node.height}" rx="6"/>']
    shapes += [f'<text class="name" x="{x}" y="{y}">{escape(line)}</text>' for y, line in node.lines]
    if node.note:
        shapes.append(f'<text class="note" x="{x}" y="{node.note_y}">{escape(node.note)}</text>')
    if node.level is not None:
        shapes.append(
            f'<rect class="l{node.level}" x="288" y="{node.y + 7}" width="24" height="20" rx="4"/>'
            f'<text class="on-l{node.level}" x="300" y="{node.y + 21}" text-anchor="middle">{node.level}</text>'
        )
    inside = "".join(shapes)
    if not node.x:
        return f'<g class="node centre">{inside}</g>'
    short = " short" if node.is_short else ""
    return f'<a class="node{short}" href="{skills}{escape(node.competency.id)}/">{inside}</a>'
