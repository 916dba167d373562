"""The commands against frameworks of other forms; no database is touched."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

RESUME = {
    "work": [{"position": "Machine Learning Engineer", "name": "Acme", "startDate": "2018-01", "endDate": "2023-01"}],
    "education": [{"studyType": "BSc", "area": "Computer Science", "endDate": "2017"}],
}


def package() -> dict[str, Any]:
    items = [{"identifier": name, "fullStatement": f"Does {name}"} for name in ("py", "other")]
    same = {"uri": "https://example.org/ml-architect/cs.python"}
    links = [
        {"associationType": "isChildOf", "originNodeURI": "py", "destinationNodeURI": "doc"},
        {"associationType": "isChildOf", "originNodeURI": "other", "destinationNodeURI": "doc"},
        {"associationType": "exactMatchOf", "originNodeURI": "py", "destinationNodeURI": same},
    ]
    return {"CFDocument": {"identifier": "doc", "title": "Arts"}, "CFItems": items, "CFAssociations": links}


def answer(command: str, tmp_path: Path, profile: dict[str, Any], *options: str) -> tuple[dict[str, Any], str]:
    paths = []
    for name, value in (("profile.json", profile), ("framework.json", package())):
        (tmp_path / name).write_text(json.dumps(value), "utf-8")
        paths.append(str(tmp_path / name))
    out, err = io.StringIO(), io.StringIO()
    arguments = (paths[0], "--framework", paths[1], "--format", "json", "--as-of", "2026-01-01", *options)
    call_command(command, *arguments, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def level_of(document: dict[str, Any], competency: str) -> int:
    return int(next(c["level"] for c in document["competencies"] if c["id"] == competency))


def test_a_resume_counts_for_what_is_the_same_skill(tmp_path: Path) -> None:
    document, err = answer("analyse", tmp_path, RESUME)
    assert document["framework"]["id"] == document["stage"] == "doc"
    assert level_of(document, "py") > 0
    assert level_of(document, "other") == 0
    assert "note: The framework has no stages" in err


def test_a_claim_on_one_is_a_claim_on_the_other(tmp_path: Path) -> None:
    profile = {
        "schema": "mlarch-profile/1",
        "framework": {"id": "ml-architect"},
        "claims": {"cs.python": 2, "cs.sql": 4},
    }
    document, err = answer("analyse", tmp_path, profile)
    assert level_of(document, "py") == 2
    assert 'note: 1 of its entries are about skills that "Arts" does not share' in err


def test_the_plan_is_made_of_what_teaches_the_same_skill(tmp_path: Path) -> None:
    document, _ = answer("plan", tmp_path, {"schema": "mlarch-profile/1"}, "--hours", "200")
    assert document["stage"] == "doc"
    assert {c["competency"] for step in document["steps"] for c in step["closes"]} == {"py"}


def test_what_is_refused_is_named_by_file(tmp_path: Path) -> None:
    broken = {**package(), "CFItems": "none"}
    (tmp_path / "broken.json").write_text(json.dumps(broken), "utf-8")
    (tmp_path / "profile.json").write_text("{}", "utf-8")
    with pytest.raises(CommandError, match=r"broken\.json: CFItems: must be a list of items") as refused:
        call_command("analyse", str(tmp_path / "profile.json"), "--framework", str(tmp_path / "broken.json"))
    assert refused.value.returncode == 2
