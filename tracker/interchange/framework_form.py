"""The complete form of a framework document: every default written out, every list that has no order of its own sorted.

Two documents that say the same have the same complete form, and so the same bytes and the same digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]

_LISTS = ("milestones", "habits", "resources")
_RULE_LISTS = ("degrees", "roles", "certifications", "activities")
_LEFT_OUT_IF_EMPTY = ("summary", "provider", "url", "language", "licence", "certification")


def complete(document: Mapping[str, Any]) -> Document:
    """The document, which has no problems, with its optional members in place. The argument stays as it is."""
    stages = [stage["id"] for stage in document["stages"]]
    order = {row["id"]: position for position, row in enumerate(document["competencies"])}
    lists = {section: document.get(section, []) for section in _LISTS}
    evidence = document.get("evidence", {})
    return {
        **_filled(document),
        "areas": [_filled(row) for row in document["areas"]],
        "stages": [_stage(row, order) for row in document["stages"]],
        "competencies": [_competency(row, stages, order) for row in document["competencies"]],
        "milestones": [{"required": False, "met_by": [], **row} for row in lists["milestones"]],
        "habits": [dict(row) for row in lists["habits"]],
        "evidence": {"degree_level_rules": {}, **{name: [] for name in _RULE_LISTS}, **evidence},
        "resources": [_resource(row) for row in lists["resources"]],
    }


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document's JSON with its keys sorted."""
    return hashlib.sha256(compact(document)).hexdigest()


def compact(document: object) -> bytes:
    """The document's JSON without white space, keys sorted."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _filled(row: Mapping[str, Any]) -> Document:
    return {key: value for key, value in row.items() if key not in _LEFT_OUT_IF_EMPTY or value not in ("", None)}


def _stage(row: Mapping[str, Any], order: Mapping[str, int]) -> Document:
    musts = sorted(row.get("musts", ()), key=order.__getitem__)
    return {**row, "pass_mark": row.get("pass_mark", 1), "musts": musts}


def _competency(row: Mapping[str, Any], stages: list[str], order: Mapping[str, int]) -> Document:
    needs = row.get("prerequisites", ())
    return {
        "levels": {},
        "aliases": [],
        "shelf_life_months": None,
        **_filled(row),
        "targets": {stage: row["targets"].get(stage, 0) for stage in stages},
        "prerequisites": sorted(needs, key=lambda p: (p["for_level"], order[p["id"]], p["level"])),
    }


def _resource(row: Mapping[str, Any]) -> Document:
    supports = {(s["competency"], s["level"]): s for s in row.get("supports", ())}
    return {
        "mode": "study",
        "cost": 0,
        "status": "active",
        "teaches": [],
        **_filled(row),
        "supports": list(supports.values()),
    }
