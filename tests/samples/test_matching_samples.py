"""Labelled strings: of what is accepted, nearly all must be right; what is left out is asked or left alone."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from tests.samples.sample_files import FOLDER, needs_samples
from tracker.interchange.shipped import shipped_framework
from tracker.matching import matcher_of
from tracker.matching.answers import KINDS

LEAST_PRECISION, LEAST_RECALL, LEAST_ASKED = 0.97, 0.90, 0.85

pytestmark = needs_samples


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The scorer that comes with the labels."""
    spec = importlib.util.spec_from_file_location("labels_scorer", FOLDER / "matching" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(scorer: ModuleType, kind: str) -> dict[str, Any]:
    matcher = matcher_of(shipped_framework())
    items = scorer.load(FOLDER / "matching" / f"{kind}.yaml")
    found: dict[str, Any] = scorer.score(items, {i["id"]: KINDS[kind](matcher, i["text"]) for i in items})
    return found


@pytest.mark.parametrize("kind", ["skills", "titles", "degrees", "certificates"])
def test_the_score(scorer: ModuleType, kind: str, record_property: Callable[[str, object], None]) -> None:
    found = report(scorer, kind)
    record_property(
        "figures",
        f"labelled samples, {kind}: precision {found['precision']:.1%}, recall {found['recall']:.1%} of "
        f"{found['wanted']}, asked where one must {found['ask_kept']:.1%}, left alone {found['none_kept']:.1%}",
    )
    assert found["precision"] >= LEAST_PRECISION
    assert found["recall"] >= LEAST_RECALL
    assert found["ask_kept"] >= LEAST_ASKED
    assert found["guessed_where_to_ask"] == 0
