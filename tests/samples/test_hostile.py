"""Files made to exhaust or to mislead a reader: each is answered in time and in memory, and as it should be."""

from __future__ import annotations

import importlib.util
import resource
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.samples.sample_files import FOLDER, needs_samples
from tracker import read_process
from tracker.interchange.readers import MOST_BYTES, ReadError, Reading
from tracker.reading_apart import read_apart

HOSTILE = FOLDER / "hostile"
EXPECTED: dict[str, Any] = (
    yaml.safe_load((HOSTILE / "expected.yaml").read_text("utf-8")) if HOSTILE.is_dir() else {"refuse": {}}
)
# What is no file of a person: frameworks, adverts and exports of skills are tested where they are read.
ELSEWHERE = ("case-", "advert-")
REFUSED = sorted(name for names in EXPECTED["refuse"].values() for name in names if not name.startswith(ELSEWHERE))
OTHERS = sorted(
    name for part in ("either", "take") for name in EXPECTED.get(part, {}) if not name.startswith(ELSEWHERE)
)

pytestmark = needs_samples


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    spec = importlib.util.spec_from_file_location("make_hostile", HOSTILE / "make_hostile.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main([str(made)])
    return made


# The reader's process, with the most memory that it had as its last word (kB; nothing where the system does not say).
METERED = """
import sys
from tracker import read_process
read_process.main()
try:
    status = open("/proc/self/status").read()
except OSError:
    status = ""
sys.stderr.write(status.partition("VmHWM:")[2].split("kB")[0])
"""


@pytest.fixture(autouse=True)
def within_bounds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No file may take more than 10 s or 400 MB, this process and its child together."""
    peaks: list[float] = []

    def metered(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        done = run([command[0], "-B", "-c", METERED], **options)
        peaks.append(float(done.stderr or 0) / 1000)
        return done

    run = subprocess.run
    monkeypatch.setattr(read_process.subprocess, "run", metered)
    before, begun = peak_here(), time.monotonic()
    yield
    assert time.monotonic() - begun < EXPECTED["defaults"]["seconds"]
    assert peak_here() - before + max(peaks, default=0) < EXPECTED["defaults"]["megabytes"]


def peak_here() -> float:
    """The most memory that this process had so far: MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def answer(path: Path) -> Reading | str:
    """The reading, or the one line of the refusal."""
    try:
        return read_apart(path.read_bytes())
    except ReadError as error:
        assert str(error) and "\n" not in str(error) and "Traceback" not in str(error)
        return str(error)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(folder: Path, name: str) -> None:
    assert isinstance(answer(folder / name), str)


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_answered(folder: Path, name: str) -> None:
    answer(folder / name)


@pytest.mark.parametrize(
    "name", ["pdf-wrong-extension.json", "polyglot-pdf-zip.pdf", "pdf-garbage-before.pdf", "pdf-javascript.pdf"]
)
def test_its_content_is_read_whatever_its_name_is(folder: Path, name: str) -> None:
    reading = answer(folder / name)
    assert isinstance(reading, Reading)
    assert (reading.format, [role["title"] for role in reading.document["roles"]]) == ("pdf", ["ML Engineer"])
    assert "alert" not in str(reading.as_json())


@pytest.mark.parametrize("name", ["json-utf8-bom.json", "json-wrong-extension.pdf", "name with ' quote; rm -rf.json"])
def test_a_json_resume_is_one_under_any_name(folder: Path, name: str) -> None:
    reading = answer(folder / name)
    assert isinstance(reading, Reading)
    assert [role["title"] for role in reading.document["roles"]] == ["Engineer"]


def test_what_is_too_large_is_refused_by_its_size() -> None:
    with pytest.raises(ReadError, match="larger than 5 MB"):
        read_apart(b"%PDF-" + b"x" * MOST_BYTES)
