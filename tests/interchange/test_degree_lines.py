"""Degrees as people write them, one entry a case, against what a person reads in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tracker.interchange.readers import plain_text

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("degree_lines.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["lines"][0][:60] for case in CASES])
def test_the_degrees_of_an_entry_are_read_and_no_other(case: dict[str, Any]) -> None:
    text = "\n".join(["Education", *case["lines"], "Skills", "Python"])
    degrees = plain_text.read(text.encode()).document["degrees"]
    assert [(d["level"], d["field"], d.get("institution", ""), d.get("end", ""), d["completed"]) for d in degrees] == [
        (*entry[:4], "unfinished" not in entry) for entry in case["degrees"]
    ]
