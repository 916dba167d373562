"""The command `match`: what the matcher makes of texts, one prediction a line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.interchange.small_model import DOCUMENT
from tracker.interchange import texts

ROOT = Path(__file__).parent.parent.parent
LABELLED = """
about: {kind: skills}
items:
- {id: a, text: Python 3, answer: [cs.r], sort: match}
- id: b
  text: Jonglieren 東京
  answer: none
- {id: c, text: "Python, Juggling", why: mixed}
- {id: 4, text: 2024}
"""
Write = Callable[[str | bytes], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writing(content: str | bytes) -> str:
        path = tmp_path / "texts"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return writing


@pytest.fixture
def framework(tmp_path: Path) -> str:
    path = tmp_path / "framework.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return str(path)


def run(*args: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("match", *args, stdout=out, stderr=io.StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def refused(*args: str) -> str:
    with pytest.raises(CommandError) as caught:
        run(*args)
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_labelled_file_is_answered_in_its_order_whatever_its_labels(write: Write, framework: str) -> None:
    assert run("--kind", "skills", write(LABELLED), "--framework", framework) == [
        {"id": "a", "answer": ["cs.python"]},
        {"id": "b", "answer": "none"},
        {"id": "c", "answer": ["cs.python"]},
        {"id": "4", "answer": "none"},
    ]


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "a", "text": "Python"}\n\n{"id": "b", "text": "x"}\n',
        '\ufeff{"id": "a", "text": "Python"}\r\n{"id": "b", "text": "x"}',
        '{"items": [{"id": "a", "text": "Python"}, {"id": "b", "text": "x"}]}',
        '{\n "items": [\n  {"id": "a", "text": "Python"},\n  {"id": "b", "text": "x"}\n ]\n}\n',
        '[{"id": "a", "text": "Python"}, {"id": "b", "text": "x"}]',
    ],
)
def test_json_lines_and_json_do_as_well(content: str, write: Write, framework: str) -> None:
    answers = run("--kind", "skills", write(content), "--framework", framework)
    assert answers == [{"id": "a", "answer": ["cs.python"]}, {"id": "b", "answer": "none"}]


def test_one_json_line_is_one_text(write: Write, framework: str) -> None:
    assert run("--kind", "skills", write('{"id": "a", "text": "R"}'), "--framework", framework) == [
        {"id": "a", "answer": ["cs.r"]}
    ]


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        ("titles", "Sr. ML Engineer", ["ml-engineer"]),
        ("titles", "Lion tamer", "none"),
        ("degrees", "MSc Computer Science", {"level": "master", "field": ["computer-science"], "state": "finished"}),
        ("degrees", "BSc Dance (expected)", {"level": "bachelor", "field": "none", "state": "unfinished"}),
        ("degrees", "Computer Science", {"level": {"ask": []}, "field": ["computer-science"], "state": "finished"}),
        ("degrees", "Abitur", {"level": "none", "field": "none", "state": "finished"}),
        ("degrees", "Bootcamp", {"level": "associate_or_bootcamp", "field": "none", "state": "finished"}),
        ("certificates", "CKA", ["cka"]),
    ],
)
def test_each_kind_has_its_form(kind: str, text: str, answer: object, write: Write, framework: str) -> None:
    content = json.dumps({"id": "a", "text": text})
    assert run("--kind", kind, write(content), "--framework", framework) == [{"id": "a", "answer": answer}]


@pytest.mark.django_db
def test_without_a_file_the_loaded_framework_answers(write: Write) -> None:
    content = '{"id": "a", "text": "Data Science"}\n{"id": "b", "text": "Python, MLOps"}'
    umbrella, mixed = (line["answer"] for line in run("--kind", "skills", write(content)))
    assert set(umbrella) == {"ask"} and umbrella["ask"]
    assert mixed["accept"] == ["cs.python"] and mixed["ask"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "there are no texts in it: write items, each with id and text"),
        ("items: []", "there are no texts in it: write items, each with id and text"),
        ("nothing: here", "it has no list of items: write items, each with id and text, or JSON lines of them"),
        ("only words", "it has no list of items: write items, each with id and text, or JSON lines of them"),
        ("- just words", "items[0]: this is no object with id and text"),
        ("items: [{id: a}]", "items[0]: text is missing"),
        ("items: [{text: a}]", "items[0]: id is missing"),
        ("items: [{id: a, text: [b]}]", "items[0]: text must be text"),
        ("items: [{id: a, text: true}]", "items[0]: text must be text"),
        ('{"id": "a", "text": "b"}\n{"id": "a", "text": "c"}', 'line 2: the id "a" is that of line 1 too'),
        ('{"id": "a", "text": "b"}\n{"id": }', "line 2: not JSON: expecting value at line 1, column 8"),
        ('{"id": "a"', "not JSON: expecting ',' delimiter at line 1, column 11"),
        (b"\xff\xfe", "not UTF-8 text (byte 1): save the file as UTF-8"),
        ("a: &b [x]\nitems: *b", "line 2, column 8: not YAML: an alias (*name) is not taken, write the value out"),
        ("{" * 100, "nested deeper than 60 levels"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    content: str | bytes, message: str, write: Write, framework: str
) -> None:
    path = write(content)
    assert refused("--kind", "skills", path, "--framework", framework) == f"{path}: {message}"


def test_a_file_that_is_too_large_or_missing_is_refused(
    write: Write, framework: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = ("--kind", "skills", "--framework", framework)
    monkeypatch.setattr(texts, "MOST_TEXTS", 3)
    assert refused(write(LABELLED), *rest).endswith("there are more than 3 texts in it")
    assert "larger than 5 MB" in refused(write("#" * 5_000_001), *rest)
    assert "cannot be read" in refused("/no/such/file", *rest)


def test_standard_input_and_exit_codes(framework: str) -> None:
    command = [sys.executable, "manage.py", "match", "--framework", framework]

    def run_it(kind: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([*command, "--kind", kind, "-"], cwd=ROOT, capture_output=True, input=given, check=False)

    fine = run_it("skills", '{"id": "ü", "text": "Python"}'.encode())
    assert fine.returncode == 0 and all(line.startswith(b"warning: ") for line in fine.stderr.splitlines())
    assert json.loads(fine.stdout) == {"id": "ü", "answer": ["cs.python"]}
    wrong = run_it("hobbies", b"")
    assert wrong.returncode == 2 and wrong.stdout == b"" and wrong.stderr.count(b"\n") == 1


def test_a_reader_that_has_had_enough_is_no_error(write: Write, framework: str) -> None:
    command = [sys.executable, "manage.py", "match", "--kind", "skills", write(LABELLED), "--framework", framework]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0 and b"BrokenPipe" not in said


def test_adverts_and_prose_are_answered_part_by_part(write: Write, framework: str) -> None:
    advert = json.dumps({"id": "a", "text": "ML Engineer\n\nMust have\n- Solid Python\n- R would be a plus"})
    prose = json.dumps({"id": "p", "text": "Wrote Python packages\nPlan to learn R"})
    (read,) = run("--kind", "adverts", write(advert), "--framework", framework)
    assert read["answer"] == {
        "role": "ml-engineer", "required": {"cs.python": 3}, "preferred": {"cs.r": None}, "any_of": [], "negated": [],
        "years": [], "degree": [],
    }  # fmt: skip
    (read,) = run("--kind", "candidates", write(prose), "--framework", framework)
    assert read["answer"] == {
        "has": {"cs.python": None}, "studied": {}, "negated": [], "intends": ["cs.r"], "others": [],
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["adverts", "candidates"])
def test_too_long_an_advert_is_refused_in_one_line(kind: str, write: Write, framework: str) -> None:
    path = write(json.dumps({"id": "a", "text": "x" * 100_001}))
    message = refused("--kind", kind, path, "--framework", framework)
    assert message.startswith(f"{path}: a: The text has 100,001 characters")
