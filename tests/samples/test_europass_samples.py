"""Sample Europass files against the facts that stand beside them."""

from __future__ import annotations

import json

import pytest

from tests.samples import facts
from tests.samples.sample_files import FOLDER, needs_samples
from tracker.interchange.profile import read_profile
from tracker.interchange.readers import read_file
from tracker.interchange.reading import printed
from tracker.interchange.shipped import shipped_framework

FILES = ("candidate-v4.xml", "candidate-v4-empty.xml", "skillspassport-v3.4.xml", "skillspassport-v3.4.json")

pytestmark = needs_samples


@pytest.mark.parametrize("name", FILES)
def test_it_is_read(name: str) -> None:
    path = FOLDER / "europass" / name
    truth, reading = facts.expected(path), read_file(path.read_bytes())
    assert reading.format == truth["format"]
    facts.check_roles(reading, truth)
    facts.check_degrees(reading, truth)
    facts.check_certificates(reading, truth)
    whole = json.dumps([printed(reading), [list(o) for o in reading.origins.values()]], ensure_ascii=False)
    facts.check_rest(reading, truth, whole)
    for text in truth.get("mentioned_in_text", ()):
        assert text in whole
    read_profile(reading.document, shipped_framework())
