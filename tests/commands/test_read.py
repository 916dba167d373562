"""The command `read`: what a file says, before any matching."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def read(path: Path) -> dict[str, Any]:
    out = io.StringIO()
    call_command("read", str(path), stdout=out)
    document: dict[str, Any] = json.loads(out.getvalue())
    return document


def test_the_members_stand_beside_the_format_what_was_left_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "cv.json"
    resume = {
        "work": [{"position": "ML Engineer", "startDate": "2021-13"}, {"name": "Acme"}],
        "skills": ["Python"],
        "languages": ["Danish"],
    }
    path.write_text(json.dumps(resume))
    found = read(path)
    assert found["schema"] == "mlarch-profile/1" and found["format"] == "json-resume"
    assert found["roles"] == [{"title": "ML Engineer", "start": "2021"}] and found["skills"] == ["Python"]
    assert found["left"] == [
        {"where": "work[1]", "text": "Acme", "why": "left out, it names no position"},
        {"where": "languages", "why": "languages are not read"},
    ]
    assert found["notes"] == ['work[0].startDate: "2021-13" was read as 2021']


@pytest.mark.parametrize(("data", "said"), [(b"", "the file is empty"), (b"[]", "both are a JSON object")])
def test_what_is_refused_is_one_line(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "cv.json"
    path.write_bytes(data)
    with pytest.raises(CommandError) as caught:
        read(path)
    assert caught.value.returncode == 2
    assert str(caught.value).startswith(str(path)) and said in str(caught.value) and "\n" not in str(caught.value)
