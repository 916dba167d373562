"""Labelled strings: of what is accepted, nearly all must be right; what is left out is asked or left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.samples.sample_files import FOLDER, needs_samples
from tracker.interchange.shipped import shipped_framework
from tracker.matching import Match, matcher_of

LEAST_PRECISION = 0.97

pytestmark = needs_samples


def items(kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / "matching" / f"{kind}.yaml").read_text("utf-8"))["items"]
    return found


def of_skills(text: str) -> list[Match]:
    return [part.match for part in matcher_of(shipped_framework()).skills(text)]


def of_title(text: str) -> list[Match]:
    return [matcher_of(shipped_framework()).role(text)]


def of_certificate(text: str) -> list[Match]:
    return [matcher_of(shipped_framework()).certificate(text)]


def of_field(text: str) -> list[Match]:
    return [matcher_of(shipped_framework()).field(text)]


def truth(item: dict[str, Any]) -> set[str]:
    """The right ids; none where nothing may be accepted."""
    answer = (
        item["answer"]["field"] if isinstance(item["answer"], dict) and "field" in item["answer"] else item["answer"]
    )
    return set(answer) if isinstance(answer, list) else set()


@pytest.mark.parametrize(
    ("kind", "matches", "least_recall"),
    [
        ("skills", of_skills, 0.7),
        ("titles", of_title, 0.9),
        ("degrees", of_field, 0.85),
        ("certificates", of_certificate, 0.85),
    ],
)
def test_what_is_accepted_is_right(kind: str, matches: Callable[[str], list[Match]], least_recall: float) -> None:
    right = wrong = wanted = 0
    for item in items(kind):
        accepted = {match.id for match in matches(item["text"]) if match.is_accepted}
        right += len(accepted & truth(item))
        wrong += len(accepted - truth(item) - set(item.get("also") or ()))
        wanted += len(truth(item))
    assert right / (right + wrong) >= LEAST_PRECISION
    assert right / wanted >= least_recall


@pytest.mark.parametrize(("kind", "matches"), [("skills", of_skills), ("titles", of_title)])
def test_what_the_text_does_not_tell_is_never_accepted(kind: str, matches: Callable[[str], list[Match]]) -> None:
    unsure = [i for i in items(kind) if isinstance(i["answer"], dict)]
    assert unsure and not [i["text"] for i in unsure if any(m.is_accepted for m in matches(i["text"]))]
