"""Files read in a process of their own: the same answer, and a bound on what they cost."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from tests.framework_documents import competency, smallest
from tests.interchange.documents import lines_down, pdf_of
from tracker import read_process
from tracker.interchange import framework_file
from tracker.interchange.framework import FrameworkError
from tracker.interchange.framework_file import read_framework_file
from tracker.interchange.readers import read_file
from tracker.interchange.reading import ReadError
from tracker.reading_apart import framework_apart, read_apart

RESUME = pdf_of(lines_down("Experience", "Data Engineer, Pfahlbau AG", "2019 - 2021", "Skills", "Python, SQL"))


def test_a_file_is_read_apart_as_it_is_read_here() -> None:
    assert read_apart(RESUME) == read_file(RESUME)


def test_a_refusal_comes_back_as_one() -> None:
    with pytest.raises(ReadError, match="pictures only"):
        read_apart(pdf_of([]))


def test_what_no_library_reads_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_process(*_: Any) -> dict[str, Any]:
        raise AssertionError("a process was started")

    monkeypatch.setattr(read_process, "answer_of", no_process)
    assert read_apart(b'{"skills": ["Python"], "basics": {}}').document["skills"] == ["Python"]
    with pytest.raises(ReadError, match="Word 97"):
        read_apart(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(ReadError, match="larger than 5 MB"):
        read_apart(b"%PDF-" + b" " * 5_000_000)


def test_a_framework_is_read_apart_as_it_is_read_here() -> None:
    data = json.dumps(smallest()).encode()
    assert framework_apart(data) == read_framework_file(data)
    with pytest.raises(FrameworkError, match=r"competencies\[0\]\.weight"):
        framework_apart(json.dumps(smallest(competencies=[competency("c", weight=0)])).encode())


def test_a_framework_that_takes_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: Any, **__: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(read_process, "MOST_SECONDS", 0.01)
    with pytest.raises(FrameworkError, match="more time or memory"):
        framework_apart(b"{}")
    monkeypatch.setattr(framework_file, "read_framework_file", greedy)
    assert read_process.framework_answer_to(b"{}", 3) == {"refused": [read_process.TOO_HEAVY_FRAMEWORK]}


@pytest.mark.parametrize("limit", ["MOST_SECONDS", "_ROOT"])
def test_a_process_that_gives_no_answer_is_a_file_too_heavy(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(read_process, limit, {"MOST_SECONDS": 0.01, "_ROOT": "/nowhere"}[limit])
    with pytest.raises(ReadError, match="too heavy"):
        read_apart(RESUME)


def test_a_reader_that_runs_out_of_memory_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(read_process, "read_file", greedy)
    assert read_process.answer_to(b"x", None) == {"refused": read_process.TOO_HEAVY}


@pytest.mark.parametrize(
    ("deed", "ends"),
    [
        ("bytearray(400_000_000)", b"MemoryError"),
        ("import tempfile; tempfile.TemporaryFile()", b"No usable temporary directory"),
    ],
)
def test_the_process_gets_no_more_memory_and_writes_no_file(deed: str, ends: bytes) -> None:
    code = f"from tracker import read_process; read_process._limit(); {deed}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode != 0
    assert ends in done.stderr


def test_the_process_reads_its_input_and_writes_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Input:
        buffer = io.BytesIO(b'{"columns": null, "only_text": false}\n' + RESUME)

    monkeypatch.setattr(read_process, "_limit", lambda: None)
    monkeypatch.setattr(sys, "stdin", Input)
    read_process.main()
    assert json.loads(capsys.readouterr().out)["reading"]["format"] == "pdf"
    Input.buffer = io.BytesIO(b'{"target": 3}\n' + json.dumps(smallest()).encode())
    read_process.main()
    assert json.loads(capsys.readouterr().out)["framework"]["document"]["id"] == "small"
