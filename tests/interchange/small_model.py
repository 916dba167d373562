"""A framework of a few rows, as a document: enough for each section of a profile to name something."""

from __future__ import annotations

from typing import Any

from tracker.engine.framework import Framework
from tracker.interchange.framework import read_framework

DOCUMENT: dict[str, Any] = {
    "schema": "mlarch-framework/1",
    "id": "small",
    "version": "1",
    "title": "Small model",
    "areas": [{"id": "cs", "name": "Programming"}, {"id": "ml", "name": "Machine learning"}],
    "stages": [
        {"id": "entry", "name": "Entry", "pass_mark": 0.5, "musts": ["cs.python"]},
        {"id": "architect", "name": "Architect", "pass_mark": 0.85, "musts": ["cs.python"]},
    ],
    "competencies": [
        {
            "id": "cs.python", "name": "Python programming", "area": "cs", "weight": 8,
            "targets": {"entry": 2, "architect": 4}, "aliases": ["Python (Programming Language)", "pandas"],
        },
        {
            "id": "cs.r", "name": "R programming", "area": "cs", "weight": 2,
            "targets": {"architect": 2}, "aliases": ["tidyverse"],
        },
        {
            "id": "ml.supervised", "name": "Supervised learning", "area": "ml", "weight": 5,
            "targets": {"architect": 3}, "aliases": ["scikit-learn", "Machine Learning", "pandas"],
        },
    ],
    "milestones": [
        {
            "id": "m.bachelor", "name": "Bachelor's degree", "stage": "entry", "required": True,
            "met_by": [{"degree": "bachelor", "fields": ["computer-science"]}],
        },
        {"id": "m.talk", "name": "Gave a talk", "stage": "architect"},
    ],
    "evidence": {
        "degrees": [{"id": "computer-science", "fields": ["Computer Science"], "bachelor": {"cs.python": 2}}],
        "roles": [
            {
                "id": "ml-engineer", "titles": ["Machine Learning Engineer", "ML Engineer"],
                "base": {"ml.supervised": 2, "cs.python": 2},
            }
        ],
        "certifications": [
            {
                "id": "cka", "title": "Certified Kubernetes Administrator", "aliases": ["CKA"],
                "grants": {"cs.python": 1},
            }
        ],
        "activities": [{"kind": "project", "basis": "practised", "cap": 4}],
        "listed_skill": {"level": 1, "basis": "inferred", "offer": 2},
    },
    "resources": [
        {
            "id": "r.python", "title": "Python from the start", "kind": "course", "hours": 30,
            "teaches": [{"competency": "cs.python", "from": 0, "to": 2}],
        },
        {
            "id": "r.python-2", "title": "Python in depth", "kind": "course", "hours": 40, "cost": 50,
            "teaches": [{"competency": "cs.python", "from": 2, "to": 3}],
        },
    ],
}  # fmt: skip


def small_framework() -> Framework:
    return read_framework(DOCUMENT)
