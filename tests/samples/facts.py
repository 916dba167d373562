"""Readings of sample files against the facts that stand beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from tracker.interchange.reading import Reading


def expected(path: Path) -> dict[str, Any]:
    """The facts of the file, from the YAML beside it."""
    facts: dict[str, Any] = yaml.safe_load(path.with_name(f"{path.name}.expected.yaml").read_text("utf-8"))
    return facts


def check_roles(reading: Reading, facts: dict[str, Any]) -> None:
    roles = reading.document["roles"]
    assert [(r["title"], r.get("employer")) for r in roles] == [(r["title"], r["organisation"]) for r in facts["roles"]]
    for role, truth in zip(roles, facts["roles"], strict=True):
        _check_day(role.get("start", ""), truth["start"])
        _check_day(role.get("end", ""), truth["end"])


def check_degrees(reading: Reading, facts: dict[str, Any]) -> None:
    degrees = reading.document["degrees"]
    assert [(d["level"], d["field"], d["institution"], d["title"]) for d in degrees] == [
        (d["level"], d["field"], d["institution"], d["verbatim"]) for d in facts["degrees"]
    ]
    for degree, truth in zip(degrees, facts["degrees"], strict=True):
        _check_day(degree.get("start", ""), truth["start"])
        _check_day(degree.get("end", ""), truth["year"])
        assert degree["completed"]


def check_certificates(reading: Reading, facts: dict[str, Any]) -> None:
    found = reading.document["certifications"]
    assert [(c["name"], c.get("issuer")) for c in found] == [
        (c["name"], c.get("issuer")) for c in facts["certifications"]
    ]
    for certificate, truth in zip(found, facts["certifications"], strict=True):
        _check_day(certificate.get("date", ""), truth["year"])
        _check_day(certificate.get("expires", ""), truth.get("expires"))


def check_rest(reading: Reading, facts: dict[str, Any], whole: str) -> None:
    """Skills verbatim and no others, courses, and nothing that must not be there. `whole`: all that is printed."""
    assert reading.document["skills"] == facts["skills"]
    assert set(facts.get("courses", ())) == set(_titles(reading.document["activities"], "course"))
    assert not [text for text in facts.get("must_not", ()) if text in whole]


def _titles(activities: Iterable[dict[str, Any]], kind: str) -> list[str]:
    return [activity["title"] for activity in activities if activity["kind"] == kind]


def _check_day(found: str, truth: object) -> None:
    """The day is as exact as the facts say, or more; it is absent where they say none."""
    day = "" if truth is None else str(truth)
    assert found[: len(day)] == day
    assert bool(found) is bool(day)
