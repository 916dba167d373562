"""Sample exports of LinkedIn against the facts that stand beside them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from tests.samples import facts
from tests.samples.sample_files import FOLDER, needs_samples
from tracker.interchange.profile import read_profile
from tracker.interchange.readers import read_file
from tracker.interchange.reading import SECTIONS, Reading, printed
from tracker.interchange.shipped import shipped_framework

LINKEDIN = FOLDER / "linkedin"
ZIPS = ("Complete_LinkedInDataExport_fictional.zip", "Basic_LinkedInDataExport_nested_bom.zip")
ALONE = {"Positions", "Education", "Certifications", "Skills", "Courses", "Projects", "Publications", "Learning"}

pytestmark = needs_samples


def entries(reading: Reading) -> list[Any]:
    return [entry for section in SECTIONS for entry in reading.document[section]]


def said(reading: Reading) -> str:
    return json.dumps([printed(reading), [list(o) for o in reading.origins.values()]], ensure_ascii=False)


@pytest.mark.parametrize("name", ZIPS)
def test_an_export_is_read(name: str) -> None:
    truth, reading = facts.expected(LINKEDIN / name), read_file((LINKEDIN / name).read_bytes())
    assert reading.format == truth["format"]
    facts.check_roles(reading, truth)
    facts.check_degrees(reading, truth)
    facts.check_certificates(reading, truth)
    facts.check_rest(reading, truth, said(reading))
    read_profile(reading.document, shipped_framework())


def test_files_saved_again_by_a_spreadsheet_are_read_from_a_zip() -> None:
    folder = LINKEDIN / "resaved-german-spreadsheet"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(path.name, path.read_bytes())
    truth, reading = facts.expected(folder), read_file(packed.getvalue())
    facts.check_roles(reading, truth)
    facts.check_degrees(reading, truth)
    facts.check_rest(reading, truth, said(reading))
    assert "Positions.csv: its encoding was guessed" in " ".join(reading.notes)


@pytest.mark.parametrize("name", sorted(ALONE))
def test_a_file_alone_says_what_it_says_in_the_export(name: str) -> None:
    whole = read_file((LINKEDIN / ZIPS[0]).read_bytes())
    alone = read_file((LINKEDIN / "complete-en" / f"{name}.csv").read_bytes())
    assert alone.format == "linkedin-csv"
    assert entries(alone)
    assert all(entry in entries(whole) for entry in entries(alone))


def test_a_list_of_skills_alone_is_read() -> None:
    path = LINKEDIN / "Skills-only.csv"
    truth, reading = facts.expected(path), read_file(path.read_bytes())
    assert reading.format == truth["format"]
    facts.check_rest(reading, truth, said(reading))
