"""Résumés in many layouts and languages against what a person reads in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tracker.interchange import schema_check
from tracker.interchange.readers import plain_text
from tracker.interchange.reading import Reading

FOLDER = Path(__file__).parent / "resumes"
RESUMES = sorted(FOLDER.glob("*.txt"))
each_resume = pytest.mark.parametrize("path", RESUMES, ids=[path.stem for path in RESUMES])


def facts(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
    return found


def read(path: Path) -> Reading:
    return plain_text.read(path.read_bytes())


@each_resume
def test_its_roles_are_read_and_no_other(path: Path) -> None:
    expected = facts(path)["roles"]
    roles = read(path).document["roles"]
    assert [(r["title"], r.get("start", ""), r.get("end", "")) for r in roles] == [(t, s, e) for t, _, s, e in expected]
    for role, (_, employer, _, _) in zip(roles, expected, strict=True):
        assert role.get("employer", "").startswith(employer)


@each_resume
def test_its_degrees_are_read_and_no_other(path: Path) -> None:
    expected = [(*entry[:4], "unfinished" not in entry) for entry in facts(path)["degrees"]]
    degrees = read(path).document["degrees"]
    assert [
        (d["level"], d["field"], d.get("institution", ""), d.get("end", ""), d["completed"]) for d in degrees
    ] == expected


@each_resume
def test_its_lists_are_read(path: Path) -> None:
    expected, document = facts(path), read(path).document
    assert [c["name"] for c in document["certifications"]] == expected["certifications"]
    assert document["skills"] == expected["skills"]
    if "activities" in expected:
        assert [a["title"] for a in document["activities"]] == expected["activities"]


@each_resume
def test_every_entry_knows_its_place_and_the_document_is_valid(path: Path) -> None:
    reading = read(path)
    assert list(schema_check.problems("profile", reading.document)) == []
    text = " ".join(path.read_text("utf-8").split())
    for name in ("roles", "degrees", "certifications", "activities", "skills"):
        for place in range(len(reading.document[name])):
            origin = reading.origins[f"{name}[{place}]"]
            assert origin.where.startswith("line ")
            assert origin.quote
    assert text
