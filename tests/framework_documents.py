"""The smallest framework document that is valid, and one that says something of everything."""

from __future__ import annotations

import copy
from typing import Any


def smallest(**members: Any) -> dict[str, Any]:
    """One area, one stage, one competency; `members` replace or add."""
    document: dict[str, Any] = {
        "schema": "mlarch-framework/1",
        "id": "small",
        "version": "1",
        "title": "Small",
        "areas": [{"id": "a", "name": "Area"}],
        "stages": [{"id": "one", "name": "One"}],
        "competencies": [competency("c")],
    }
    return copy.deepcopy({**document, **members})


def competency(key: str, **members: Any) -> dict[str, Any]:
    return {"id": key, "name": key.upper(), "area": "a", "weight": 1, "targets": {"one": 1}, **members}


def resource(key: str, **members: Any) -> dict[str, Any]:
    return {"id": key, "title": key, "kind": "course", "hours": 10, **members}


def teaches(key: str, start: int, reached: int) -> dict[str, Any]:
    return {"competency": key, "from": start, "to": reached}


def needs(key: str, level: int, for_level: int) -> dict[str, Any]:
    return {"id": key, "level": level, "for_level": for_level}


def full() -> dict[str, Any]:
    """Two stages, three competencies and one of each kind of rule."""
    return smallest(
        id="full",
        language="en",
        licence="MIT",
        sources=[{"id": "s", "what": "a source"}],
        effort_floors={"1": 1, "2": 6, "3": 20.5},
        stages=[
            {"id": "one", "name": "One", "pass_mark": 0.85, "musts": ["c"], "typical": "at first"},
            {"id": "two", "name": "Two", "pass_mark": 1.0},
        ],
        competencies=[
            competency("c", targets={"one": 1, "two": 3}, levels={"1": "knows", "3": "does"}, aliases=["see"]),
            competency("d", targets={"two": 2}, weight=9, prerequisites=[needs("c", 2, 2)], shelf_life_months=36),
            competency("e", targets={"one": 0, "two": 0}, extra={"kept": [1, 2.5]}),
        ],
        milestones=[
            {
                "id": "m",
                "name": "M",
                "stage": "two",
                "required": True,
                "met_by": [
                    {"degree": "bachelor", "fields": ["cs"]},
                    {"family": ["dev"], "years": 0.5, "as": "the same by experience"},
                    {"activity": ["talk"], "count": 2},
                    {"certificate": "any"},
                ],
            }
        ],
        habits=[{"id": "h", "name": "H", "cadence": {"count": 2, "period": "month"}, "kinds": ["talk"]}],
        rules=[{"id": "r", "rule": "a rule"}],
        evidence={
            "caps": {"inferred": 2, "credential": 4},
            "degrees": [{"id": "cs", "fields": ["Computing"], "bachelor": {"c": 2}}],
            "degree_level_rules": {
                "bachelor": "as listed",
                "master": {"raise_listed_by": 1, "cap": 3, "also": {"d": 1}},
                "associate_or_bootcamp": {"lower_listed_by": 1},
            },
            "roles": [
                {
                    "id": "dev",
                    "titles": ["Developer"],
                    "base": {"c": 1},
                    "add_by_years": {"under_2": 0, "2_to_5": 1, "over_5": 2},
                    "cap": 4,
                    "offers": {"over_5": {"a": "two"}},
                }
            ],
            "certifications": [
                {"id": "x", "title": "X", "aliases": ["X1"], "grants": {"c": 2}, "validity_years": 2, "retired": "2026"}
            ],
            "activities": [{"kind": "talk", "basis": "practised", "cap": 3}],
            "listed_skill": {"level": 1, "basis": "inferred", "offer": 2},
        },
        resources=[
            resource("r1", teaches=[teaches("c", 0, 2)], supports=[{"competency": "d", "level": 2}], cost=9.99),
            resource("r2", hours=70.5, teaches=[teaches("c", 2, 3)], mode="practice", reading=["r1"]),
            resource("r3", mode="credential", teaches=[teaches("d", 0, 2)], certification="x", status="paused"),
        ],
    )
