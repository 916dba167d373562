"""Pictures as tags: each computes its geometry and draws it as SVG with a title, a description and a table twin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from tracker.engine.framework import Framework
from tracker.engine.levels import Level
from tracker.pictures import neighbourhood as neighbourhood_of

register = template.Library()


@register.inclusion_tag("pictures/_neighbourhood.html")
def neighbourhood(framework: Framework, competency: str, levels: Mapping[str, Level | int] | str = "") -> Any:
    """What the competency (its id) needs and unlocks; with a person's levels where they are given."""
    held = levels if isinstance(levels, Mapping) else {}
    numbers = {c: level.level if isinstance(level, Level) else level for c, level in held.items()}
    return {"picture": neighbourhood_of(framework, competency, numbers), "framework": framework}
