"""Our own export: the profile as `mlarch-profile/1`, what goes beyond it under `account`, and bytes that repeat.

Every text that was matched carries the person's decision, so that reading the export gives the numbers of the day it
was written: an accepted id stands beside its text, a text that must not count although a matcher would take it
says "none".
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from tracker.engine.framework import Framework
from tracker.interchange.profile import REFUSED
from tracker.interchange.readers.kinds import MOST_JSON_BYTES
from tracker.interchange.reading import SCHEMA
from tracker.matching import Match, Matcher

Json = dict[str, Any]
LIST_MEMBERS = ("degrees", "roles", "certifications", "activities", "skills", "finished")
HISTORY_DETAILS = ("before", "after")


def rule_member(rule: str, known: Collection[str], matching: Match, *, is_refused: bool) -> str:
    """What to write for the rule of a matched text; empty: nothing, a reader may match it anew."""
    if rule and rule in known:
        return rule
    return REFUSED if is_refused or matching.is_accepted else ""


def skill_member(matcher: Matcher, text: str, competency: str) -> str:
    """A text that a reader matches to that competency, or to none if it is empty; empty where there is no such text.

    The schema has no place for a decision beside a skill: a text that would be read otherwise is written by the
    competency's own name, and left out if it counts for nothing.
    """
    wanted = {competency} if competency else set()
    if _accepted(matcher, text) == wanted:
        return text
    known = matcher.framework.competency.get(competency)
    return known.name if known and _accepted(matcher, known.name) == wanted else ""


def _accepted(matcher: Matcher, text: str) -> set[str]:
    return {part.match.id for part in matcher.skills(text) if part.match.is_accepted}


def document(members: Mapping[str, Any], account: Mapping[str, Any], framework: Framework) -> Json:
    """The whole export; lists in an order of their content, so that it does not matter how rows were stored."""
    profile: Json = {name: _ordered(part) if name in LIST_MEMBERS else part for name, part in members.items()}
    return {
        "schema": SCHEMA,
        "framework": {"id": framework.id, "version": framework.version},
        **profile,
        "account": dict(account),
    }


def to_bytes(export: Mapping[str, Any], *, every_detail: bool = False) -> bytes:
    """The export as JSON, the same bytes for the same content.

    Without `every_detail`, an export too large to be read back leaves out what each event changed (its title stays).
    """
    data = _dumped(export)
    if every_detail or len(data) <= MOST_JSON_BYTES:
        return data
    account = export["account"]
    lean = [{k: v for k, v in event.items() if k not in HISTORY_DETAILS} for event in account["events"]]
    return _dumped({**export, "account": {**account, "events": lean}})


def _dumped(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _ordered(part: list[Any]) -> list[Any]:
    return sorted(part, key=_place)


def _place(entry: Any) -> tuple[str, str]:
    when = (entry.get("start") or entry.get("date") or entry.get("end") or "") if isinstance(entry, dict) else ""
    return when, json.dumps(entry, sort_keys=True)
