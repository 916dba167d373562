"""Sample badges against the facts that stand beside them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.samples.sample_files import FOLDER, needs_samples
from tracker.interchange.profile import read_profile
from tracker.interchange.readers import ReadError, read_file
from tracker.interchange.shipped import shipped_framework

BADGES = FOLDER / "open-badges"
FACTS: dict[str, Any] = {}
if BADGES.is_dir():
    FACTS = yaml.safe_load((BADGES / "expected.yaml").read_text("utf-8"))
    FACTS = {name: {**FACTS.get(facts.get("same_as"), {}), **facts} for name, facts in FACTS.items()}
REFUSED = [name for name, facts in FACTS.items() if facts.get("valid") is False]
NAMED = [name for name, facts in FACTS.items() if name not in REFUSED and facts.get("name")]
ADDRESSES = [name for name, facts in FACTS.items() if name not in (*REFUSED, *NAMED)]

pytestmark = needs_samples


@pytest.mark.parametrize("name", NAMED)
def test_a_badge_is_one_certificate(name: str) -> None:
    truth, reading = FACTS[name], read_file((BADGES / name).read_bytes())
    keys = (("name", "name"), ("issuer", "issuer"), ("date", "issued"), ("expires", "expires"))
    expected = {ours: str(truth[theirs]) for ours, theirs in keys if truth.get(theirs)}
    assert reading.document["certifications"] == [expected]
    assert reading.format == f"open-badges-{truth['version']}"
    notes = "\n".join(reading.notes)
    assert "is not verified" in notes
    assert all(text in notes for text in (*truth.get("tags", ()), *truth.get("alignment", ())))
    assert ("expired on" in notes) is truth.get("expired", False)
    assert truth.get("credential_name", "") in notes
    read_profile(reading.document, shipped_framework())


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_badge_that_is_only_an_address_asks_for_its_name(name: str) -> None:
    reading = read_file((BADGES / name).read_bytes())
    assert reading.document["certifications"] == []
    (left,) = reading.left
    assert left.text.startswith("https://")
    assert "add it by hand" in left.why


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_award_of_a_badge_is_refused(name: str) -> None:
    with pytest.raises(ReadError) as refused:
        read_file((BADGES / name).read_bytes())
    assert "\n" not in str(refused.value)
