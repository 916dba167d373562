"""Labelled adverts and CV texts, scored by their own scorer, and whole adverts against the facts beside them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from tests.samples.sample_files import FOLDER, needs_samples
from tracker.interchange.shipped import shipped_framework
from tracker.matching import matcher_of
from tracker.matching.adverts import Advert, advert_answer, read_advert
from tracker.matching.candidates import candidate_answer, read_candidate

LEAST_PRECISION = 0.95
LEAST_RECALL = 0.8
ADVERTS = sorted(path for path in (FOLDER / "job-adverts").glob("*") if path.suffix in (".txt", ".html"))

pytestmark = needs_samples


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_score", FOLDER / "matching" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def advert_of(text: str) -> Advert:
    return read_advert(text, shipped_framework(), matcher_of(shipped_framework()))


def of_advert(text: str) -> dict[str, Any]:
    return advert_answer(advert_of(text))


def of_candidate(text: str) -> dict[str, Any]:
    return candidate_answer(read_candidate(text, shipped_framework(), matcher_of(shipped_framework())))


@pytest.mark.parametrize(
    ("kind", "answer", "parts"),
    [
        ("adverts", of_advert, ["role", "required", "preferred", "any_of", "years", "degree"]),
        ("candidates", of_candidate, ["has", "studied", "negated", "intends", "others"]),
    ],
)
def test_labelled_texts_are_read(kind: str, answer: Callable[[str], dict[str, Any]], parts: list[str]) -> None:
    score = scorer()
    items = score.load(FOLDER / "matching" / f"{kind}.yaml")
    report = score.score(items, {item["id"]: answer(item["text"]) for item in items})
    told = "\n".join(score.lines(report, -1))
    assert report["trapped"] == 0, told
    assert report["precision"] >= LEAST_PRECISION and report["recall"] >= LEAST_RECALL, told
    for part in parts:
        figures = report["parts"][part]
        assert figures["precision"] >= LEAST_PRECISION and figures["recall"] >= LEAST_RECALL, (part, told)


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def sure_ids(texts: list[str]) -> set[str]:
    matcher = matcher_of(shipped_framework())
    return {match.id for match in map(matcher.skill, texts) if match.is_accepted}


@pytest.mark.parametrize("path", ADVERTS, ids=[path.name for path in ADVERTS])
def test_whole_adverts_are_read(path: Path) -> None:
    truth = yaml.safe_load(path.with_name(f"{path.name}.expected.yaml").read_text("utf-8"))
    advert = advert_of(text_of(path))
    asked = {id for requirement in advert.requirements for id in requirement.competencies}
    wanted = [ids for entry in truth["required"] if (ids := sure_ids(entry["any_of"]))]
    missing = [ids for ids in wanted if not ids & asked]
    assert len(missing) <= max(1, (1 - LEAST_RECALL) * len(wanted)), missing
    wished = sure_ids(truth["preferred"])
    assert len(wished & asked) >= LEAST_RECALL * len(wished), wished - asked
    assert not (sure_ids([*truth.get("must_not", []), *truth.get("not_required", [])]) - wished) & (
        asked - set().union(*wanted)
    )
    assert {entry["min"] for entry in truth["years"]} == {years.least for years in advert.years}
    levels = {degree.study.level for degree in advert.degrees}
    assert levels >= ({truth["degree"]["level"]} if truth.get("degree") else set())
    lines = text_of(path).splitlines()
    assert all(1 <= r.quote.line <= max(len(lines), 200) for r in advert.requirements)
