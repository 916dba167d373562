"""Sample résumés as PDF and DOCX against the facts that stand beside them: floors for what is read of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.samples.sample_files import FOLDER, needs_samples
from tracker.interchange.profile import read_profile
from tracker.interchange.readers import ReadError, read_file
from tracker.interchange.shipped import shipped_framework

FILES = sorted([*FOLDER.glob("pdf/*.pdf"), *FOLDER.glob("docx/*.docx")])
Facts = list[tuple[str, ...]]

pytestmark = needs_samples


def plain(text: object) -> str:
    folded = unicodedata.normalize("NFKC", str(text)).replace("\u2019", "'")
    return re.sub("[\u2010-\u2015]", "-", " ".join(folded.split())).casefold()


def facts(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.with_name(f"{path.name}.expected.yaml").read_text("utf-8"))
    return found


@cache
def document(path: Path) -> dict[str, Any]:
    return dict(read_file(path.read_bytes()).document)


RESUMES = [path for path in FILES if "roles" in facts(path)]
each_resume = pytest.mark.parametrize("path", RESUMES, ids=[path.name for path in RESUMES])


def roles(path: Path) -> tuple[Facts, Facts]:
    read = [(r["title"], r.get("employer", ""), r.get("start", ""), r.get("end", "")) for r in document(path)["roles"]]
    true = [(r["title"], r["organisation"], r["start"], r["end"] or "") for r in facts(path)["roles"]]
    return listed(read), listed(true)


def degrees(path: Path) -> tuple[Facts, Facts]:
    read = [(d["level"], d["field"], d.get("institution", ""), d.get("end", "")[:4]) for d in document(path)["degrees"]]
    true = [(d["level"], d["field"], d["institution"], d["year"]) for d in facts(path)["degrees"]]
    return listed(read), listed(true)


def certificates(path: Path) -> tuple[Facts, Facts]:
    read = [(c["name"], c.get("date", "")[:4]) for c in document(path)["certifications"]]
    return listed(read), listed([(c["name"], c["year"]) for c in facts(path)["certifications"]])


def skills(path: Path) -> tuple[Facts, Facts]:
    read, true = document(path)["skills"], facts(path)["skills"]
    return listed([(s.replace(" ", ""),) for s in read]), listed([(s.replace(" ", ""),) for s in true])


def listed(entries: Sequence[Sequence[object]]) -> Facts:
    return [tuple(plain(part) for part in entry) for entry in entries]


@pytest.mark.parametrize(
    ("of", "least_recall", "least_precision"),
    [(roles, 0.95, 0.95), (degrees, 0.95, 0.95), (certificates, 0.9, 0.9), (skills, 0.9, 0.9)],
)
def test_what_is_read_is_there_and_what_is_there_is_read(
    of: Callable[[Path], tuple[Facts, Facts]], least_recall: float, least_precision: float
) -> None:
    right = read = true = 0
    for path in RESUMES:
        found, expected = of(path)
        right += sum(min(found.count(fact), expected.count(fact)) for fact in set(expected))
        read, true = read + len(found), true + len(expected)
    assert right / true >= least_recall
    assert right / read >= least_precision


@each_resume
def test_every_title_is_read(path: Path) -> None:
    found, expected = roles(path)
    assert [fact[0] for fact in found] == [fact[0] for fact in expected]


@each_resume
def test_it_becomes_a_valid_profile(path: Path) -> None:
    read_profile(document(path), shipped_framework())


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("pdf/encrypted-password-needed.pdf", "locked with a password"),
        ("pdf/scanned-image-only.pdf", "pictures only"),
        ("docx/old-word-97.doc", "save it as DOCX or PDF"),
        ("docx/plain-headings.rtf", "save it as DOCX or PDF"),
        ("docx/plain-headings.odt", "DOCX"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(name: str, says: str) -> None:
    with pytest.raises(ReadError, match=says):
        read_file((FOLDER / name).read_bytes())
