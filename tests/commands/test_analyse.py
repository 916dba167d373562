"""The command `analyse`: the main job without an account."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.interchange.small_model import DOCUMENT
from tracker.interchange import schema_check
from tracker.management.profile_command import printable

ROOT = Path(__file__).parent.parent.parent
RESUME = {
    "basics": {"name": "Zoë"},
    "work": [{"position": "Machine Learning Engineer", "name": "Acme", "startDate": "2018-01", "endDate": "2023-01"}],
    "education": [{"studyType": "BSc", "area": "Computer Science", "endDate": "2017"}],
    "skills": ["Python", "Jonglieren 東京"],
}

Write = Callable[[str, Any], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writing(name: str, content: Any) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return writing


def run(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("analyse", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def run_json(*args: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(*args, "--format", "json")[0])
    assert list(schema_check.problems("analysis", document)) == []
    return document


def refused(*args: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(*args)
    assert caught.value.returncode == 2
    return str(caught.value)


# With --framework: no database is touched (these tests may not use one)


def test_a_resume_against_another_framework_touches_no_database(write: Write) -> None:
    document = run_json(write("r.json", RESUME), "--framework", write("f.json", DOCUMENT), "--as-of", "2024-01-01")
    assert document["framework"]["id"] == "small" and document["stage"] == "architect"
    levels = {c["id"]: c["level"] for c in document["competencies"]}
    assert levels == {"cs.python": 2, "cs.r": 0, "ml.supervised": 2}
    assert document["unmatched"] == [{"text": "Jonglieren 東京", "where": "skills[1]", "candidates": []}]


def test_text_is_the_default(write: Write) -> None:
    out, err = run(write("r.json", RESUME), "--framework", write("f.json", DOCUMENT))
    assert out.startswith("You stand at ") and out.endswith("\n") and "Jonglieren 東京" in out
    assert all(line.startswith(("note: ", "warning: ")) for line in err.splitlines())


def test_warnings_of_a_framework_go_to_standard_error(write: Write) -> None:
    _, err = run(write("r.json", {}), "--framework", write("f.json", DOCUMENT))
    assert "warning: " in err and "pandas" in err


def test_the_stage_can_be_chosen(write: Write) -> None:
    framework = write("f.json", DOCUMENT)
    assert run_json(write("r.json", RESUME), "--framework", framework, "--stage", "entry")["stage"] == "entry"
    line = refused(write("r.json", RESUME), "--framework", framework, "--stage", "guru")
    assert line == '--stage: no such stage "guru"; there are entry, architect'


def test_accept_decides_which_inferred_evidence_counts(write: Write) -> None:
    args = (write("r.json", RESUME), "--framework", write("f.json", DOCUMENT))
    none, inferred, everything = (
        run_json(*args, "--accept", accept)["readiness"] for accept in ("none", "inferred", "all")
    )
    assert none == 0 < inferred <= everything


def test_top_bounds_the_recommendations_and_0_is_all(write: Write) -> None:
    args = (write("r.json", {}), "--framework", write("f.json", DOCUMENT))
    assert len(run_json(*args, "--top", "1")["recommendations"]) == 1
    assert len(run_json(*args, "--top", "0")["recommendations"]) == 2
    assert "--top" in refused(*args, "--top", "-1")


def test_as_of_looks_from_another_day(write: Write) -> None:
    profile = {"schema": "mlarch-profile/1", "claims": {"cs.r": {"level": 2, "date": "2023-05"}}}
    args = (write("p.json", profile), "--framework", write("f.json", DOCUMENT))
    assert run_json(*args, "--as-of", "2023-04-30")["readiness"] == 0
    assert run_json(*args, "--as-of", "2023-05-01")["readiness"] > 0
    assert "is not a day" in refused(*args, "--as-of", "2023-02-30")


def test_standard_input_is_a_dash(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(RESUME).encode())))
    assert run_json("-", "--framework", write("f.json", DOCUMENT))["readiness"] > 0


def test_a_refused_framework_is_one_line_an_error(write: Write) -> None:
    broken = {**DOCUMENT, "resources": [{"id": "r", "title": "R", "kind": "book", "hours": 0}], "stages": []}
    lines = refused(write("r.json", RESUME), "--framework", write("f.json", broken)).splitlines()
    assert len(lines) >= 2 and all("f.json: " in line for line in lines)


def test_a_framework_that_is_no_json_is_one_line(write: Write) -> None:
    assert "\n" not in refused(write("r.json", RESUME), "--framework", write("f.json", b"\x00"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"{", "not JSON"),
        (b"\xff\x00\x01", "no document that can be read"),
        (b"[" * 50_000, "nested deeper"),
        ([RESUME], "both are a JSON object"),
        ({"schema": "mlarch-profile/1", "claims": {"cs.python": "3"}}, 'claims."cs.python": must be'),
        ({"schema": "mlarch-profile/1", "claims": {"cs.pyton": 3}}, "did you mean cs.python?"),
        ({"schema": "mlarch-profile/1", "roles": [{"title": "A", "start": "2021", "end": "2020"}]}, "run backwards"),
    ],
)
def test_bad_input_is_one_clear_line(write: Write, content: Any, said: str) -> None:
    line = refused(write("p.json", content), "--framework", write("f.json", DOCUMENT))
    assert said in line and "\n" not in line and "p.json: " in line


def test_what_cannot_be_read_is_one_clear_line(write: Write, tmp_path: Path) -> None:
    framework = write("f.json", DOCUMENT)
    assert "this is a folder" in refused(str(tmp_path), "--framework", framework)
    assert "no such file" in refused(str(tmp_path / "nowhere.json"), "--framework", framework)
    assert "no name of a file" in refused("a\0b", "--framework", framework)
    assert "cannot be read" in refused("", "--framework", framework)


def test_a_file_too_large_is_refused_by_its_size(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert refused(str(path), "--framework", write("f.json", DOCUMENT)).endswith("larger than 5 MB")
    assert refused(write("r.json", RESUME), "--framework", str(path)).endswith("larger than 20 MB")


# Without --framework


@pytest.mark.django_db
def test_the_shipped_framework_serves_where_none_is_loaded(write: Write) -> None:
    document = run_json(write("r.json", RESUME), "--as-of", "2024-01-01")
    assert document["framework"]["id"] == "ml-architect"
    assert 0 < document["backed_readiness"] <= document["readiness"] < 1
    assert len(document["recommendations"]) == 10
    assert all(c["evidence"] or c["claim"] for c in document["competencies"] if c["level"])


def process(tmp_path: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    settings = {"DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}", "SECRET_KEY": "only-for-tests"}
    return subprocess.run(
        [sys.executable, "manage.py", "analyse", *args],
        cwd=ROOT, env={**os.environ, **settings, **environment}, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


def test_no_tables_are_needed(write: Write, tmp_path: Path) -> None:
    done = process(tmp_path, write("r.json", RESUME), "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["framework"]["id"] == "ml-architect"


@pytest.mark.parametrize("args", [("nowhere.json",), ("-", "--format", "xml"), ("-", "--top", "many"), ()])
def test_a_mistake_exits_2_with_one_line(tmp_path: Path, args: tuple[str, ...]) -> None:
    done = process(tmp_path, *args)
    assert done.returncode == 2 and done.stdout == b""
    assert len(done.stderr.decode().splitlines()) == 1 and b"Traceback" not in done.stderr


def test_a_terminal_without_unicode_still_gets_every_text(write: Write, tmp_path: Path) -> None:
    args = (write("r.json", RESUME), "--framework", write("f.json", DOCUMENT), "--format", "json")
    done = process(tmp_path, *args, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("ascii"))["unmatched"][0]["text"] == "Jonglieren 東京"


def test_only_what_the_stream_lacks_is_escaped() -> None:
    latin = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    assert printable("plain", latin) == "plain"  # type: ignore[arg-type]
    assert printable("é 東", latin) == "\\u00e9 \\u6771"  # type: ignore[arg-type]


# --explain


def test_explain_prints_what_each_text_was_matched_to_and_why(write: Write) -> None:
    path, framework = write("r.json", RESUME), write("f.json", DOCUMENT)
    said = " ".join(run(path, "--framework", framework, "--explain")[0].split())
    assert "Python (skills[0]): Python programming [cs.python], is called " in said
    assert "Jonglieren 東京 (skills[1]): nothing, nothing in the model is called that" in said
    found = run_json(path, "--framework", framework, "--explain")["matches"]
    python = next(match for match in found if match["text"] == "Python")
    assert (python["kind"], python["id"], python["score"], python["where"]) == (
        "accepted", "cs.python", 100, "skills[0]",
    )  # fmt: skip
    assert "matches" not in run_json(path, "--framework", framework)
