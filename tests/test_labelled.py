"""Texts as people write them, labelled by the statements: nearly all that is accepted is right, most is found."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.labels import items, score
from tracker.interchange.shipped import shipped_framework
from tracker.matching import Matcher, matcher_of
from tracker.matching.answers import KINDS

LEAST_PRECISION, LEAST_RECALL, LEAST_ASKED = 0.97, 0.90, 0.85
STRINGS = ("skills", "titles", "degrees", "certificates")  # adverts and prose: tests/matching
LEAST_LEFT_ALONE = 0.90
Record = Callable[[str, object], None]


@pytest.mark.parametrize("kind", STRINGS)
def test_what_is_accepted_is_right_and_most_is_found(kind: str, record_property: Record) -> None:
    matcher, labelled = matcher_of(shipped_framework()), items(kind)
    found = score(labelled, {item["id"]: KINDS[kind](matcher, item["text"]) for item in labelled})
    record_property(
        "figures", f"own labels, {kind}: precision {found.precision:.1%}, recall {found.recall:.1%} of {found.wanted}"
    )
    assert found.precision >= LEAST_PRECISION
    assert found.recall >= LEAST_RECALL
    assert found.kept_as_question >= LEAST_ASKED * found.to_ask


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, kind) for name in ("blind", "blind_more") for kind in STRINGS),
        *(("blind_further", kind) for kind in STRINGS if kind != "degrees"),
    ],
)
def test_texts_that_were_once_blind_stay_read(name: str, kind: str, record_property: Record) -> None:
    matcher, labelled = matcher_of(shipped_framework()), items(f"{name}_{kind}")
    answers = {item["id"]: KINDS[kind](matcher, item["text"]) for item in labelled}
    found = score(labelled, answers)
    record_property(
        "figures",
        f"{name} labels, {kind}: precision {found.precision:.1%}, recall {found.recall:.1%} of {found.wanted}",
    )
    assert found.precision >= LEAST_PRECISION
    assert found.recall >= LEAST_RECALL
    foreign = [item["id"] for item in labelled if item["answer"] == "none" and "also" not in item]
    assert sum(answers[id] == "none" for id in foreign) >= LEAST_LEFT_ALONE * len(foreign)


@pytest.mark.parametrize("kind", STRINGS)
def test_nothing_is_accepted_where_the_text_does_not_tell(kind: str) -> None:
    matcher = matcher_of(shipped_framework())
    unsure = [i for i in items(kind) if i["answer"] == "none" or set(i["answer"]) == {"ask"}]
    answers = {item["text"]: KINDS[kind](matcher, item["text"]) for item in unsure}
    assert [t for t, answer in answers.items() if isinstance(answer, list) or "accept" in answer] == []


@pytest.mark.parametrize("kind", STRINGS)
def test_a_text_without_end_is_answered_at_once(kind: str) -> None:
    matcher = Matcher(shipped_framework())
    began = time.perf_counter()
    for text in ("Python " * 50_000, "((((" * 50_000, "a/b " * 50_000, "and " * 50_000, "\u0301" * 100_000):
        KINDS[kind](matcher, text)
    assert time.perf_counter() - began < 5
