"""Sample résumés against the facts that stand beside them."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.samples.sample_files import FOLDER, needs_samples
from tracker.engine.analysis import analyse
from tracker.engine.dates import parse_date
from tracker.interchange import schema_check
from tracker.interchange.analysis import analysis_document
from tracker.interchange.profile import read_profile
from tracker.interchange.readers import read_file
from tracker.interchange.shipped import shipped_framework
from tracker.matching import matcher_of, resolve

RESUMES = sorted((FOLDER / "json-resume").glob("*.resume.json"))

pytestmark = needs_samples
each_resume = pytest.mark.parametrize("path", RESUMES, ids=[path.name.split(".")[0] for path in RESUMES])


def plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(str.maketrans("\u2013\u2019", "-'"))
    return " ".join(folded.split())


def facts(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.with_name(f"{path.name}.expected.yaml").read_text("utf-8"))
    return found


def document(path: Path) -> dict[str, Any]:
    return dict(read_file(path.read_bytes()).document)


@each_resume
def test_it_becomes_a_valid_profile(path: Path) -> None:
    read_profile(document(path), shipped_framework())


@each_resume
def test_its_roles_are_read(path: Path) -> None:
    expected = facts(path)["roles"]
    roles = document(path)["roles"]
    assert [plain(r["title"]) for r in roles] == [r["title"] for r in expected]
    for role, truth in zip(roles, expected, strict=True):
        assert role.get("employer") == (truth["organisation"] or None)
        runs_backwards = "end before start" in truth.get("flag", "")
        for end, key in (("start", "start"), ("end", "end")):
            day = None if runs_backwards or truth[key] is None else str(truth[key])
            assert (role.get(end) or "")[: len(day or "")] == (day or ""), role
            assert bool(role.get(end)) is bool(day)


@each_resume
def test_its_degrees_are_read(path: Path) -> None:
    expected = facts(path)["degrees"]
    degrees = document(path)["degrees"]
    assert [plain(d["field"]) for d in degrees] == [d["field"] for d in expected]
    for degree, truth in zip(degrees, expected, strict=True):
        levels = [*truth.get("accept_levels", []), truth["level"].replace("unknown", "other")]
        assert degree["level"] in levels
        assert degree["completed"] is truth.get("finished", True)
        if truth["year"]:
            assert degree["end"].startswith(str(truth["year"]))


@each_resume
def test_its_certificates_are_read(path: Path) -> None:
    certificates = document(path)["certifications"]
    assert [(plain(c["name"]), c.get("issuer"), int(c["date"][:4])) for c in certificates if "date" in c] == [
        (plain(c["name"]), c.get("issuer"), c["year"]) for c in facts(path)["certifications"]
    ]


@each_resume
def test_its_skills_are_read(path: Path) -> None:
    read = {plain(skill).casefold() for skill in document(path)["skills"]}
    assert {plain(str(skill)).casefold() for skill in facts(path)["skills"]} <= read


@each_resume
def test_roles_outside_the_trade_give_no_evidence(path: Path) -> None:
    framework = shipped_framework()
    person = resolve(read_profile(document(path), framework), framework, matcher=matcher_of(framework))
    outside = {r["title"] for r in facts(path)["roles"] if r.get("technical") is False}
    assert all(not role.family for role in person.profile.roles if role.item.split(",")[0] in outside)


@each_resume
def test_its_analysis_adds_up_and_names_its_reasons(path: Path) -> None:
    framework = shipped_framework()
    person = resolve(read_profile(document(path), framework), framework, matcher=matcher_of(framework))
    shown = analysis_document(analyse(framework, person.profile, as_of=parse_date("2026-11"), top=5), person.unmatched)
    assert list(schema_check.problems("analysis", shown)) == []
    assert shown["readiness"] + sum(c["impact"] for c in shown["competencies"]) == pytest.approx(1, abs=1e-9)
    assert shown["backed_readiness"] <= shown["readiness"]
    assert all(c["evidence"] for c in shown["competencies"] if c["level"])
