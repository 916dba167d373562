"""What each text of a file was matched to and why: for `--explain`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from tracker.engine.framework import Framework
from tracker.matching import Found, Match

_WIDTH = 80


def matches_document(found: Iterable[Found]) -> list[dict[str, Any]]:
    """Each match as JSON values: where the text stands, what it was taken for, how near, why."""
    return [
        {
            "where": entry.where,
            "text": entry.text,
            "kind": entry.match.kind.value,
            "id": entry.match.id or None,
            "score": entry.match.score,
            "reason": entry.match.reason,
            "candidates": [{"id": c.id, "score": c.score, "name": c.why} for c in entry.match.candidates],
        }
        for entry in found
    ]


def matches_text(found: Iterable[Found], framework: Framework) -> str:
    """The same as lines of 80 columns."""
    entries = list(found)
    head = f"What each text was matched to: {len(entries)}"
    return "\n".join([head, *(line for entry in entries for line in _lines(entry, framework))])


def _lines(entry: Found, framework: Framework) -> Iterator[str]:
    said = f"{entry.text} ({entry.where}): {_said(entry.match, framework)}"
    yield from textwrap.wrap(said, _WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False)


def _said(match: Match, framework: Framework) -> str:
    if match.is_accepted:
        return f"{_name(match.id, framework)} [{match.id}], {match.reason}"
    if match.is_asked:
        maybe = ", ".join(candidate.id for candidate in match.candidates)
        return f"to be asked, {match.reason}: maybe {maybe}"
    return f"nothing, {match.reason or 'no name is near to it'}"


def _name(id: str, framework: Framework) -> str:
    """What the framework calls the competency, role family, field or certificate of that id."""
    if id in framework.competency:
        return framework.competency[id].name
    if id in framework.role_rule:
        return framework.role_rule[id].name
    if id in framework.certification_rule:
        return framework.certification_rule[id].title
    return framework.degree_rule[id].names[0]
