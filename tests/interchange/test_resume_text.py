"""Résumés in many layouts and languages against what a person reads in them."""

from __future__ import annotations

import contextlib
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.documents import layout_of
from tracker.interchange import schema_check
from tracker.interchange.readers import pdf, plain_text
from tracker.interchange.reading import ReadError, Reading

FOLDER = Path(__file__).parent / "resumes"
RESUMES = sorted([*FOLDER.glob("*.txt"), *FOLDER.glob("*.layout")])
each_resume = pytest.mark.parametrize("path", RESUMES, ids=[path.stem for path in RESUMES])


def facts(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
    return found


def read(path: Path) -> Reading:
    if path.suffix == ".layout":
        return pdf.read(layout_of(path.read_text("utf-8")))
    return plain_text.read(path.read_bytes())


@each_resume
def test_its_roles_are_read_and_no_other(path: Path) -> None:
    expected = facts(path)["roles"]
    roles = read(path).document["roles"]
    assert [(r["title"], r.get("start", ""), r.get("end", "")) for r in roles] == [(t, s, e) for t, _, s, e in expected]
    for role, (_, employer, _, _) in zip(roles, expected, strict=True):
        assert role.get("employer", "").startswith(employer)


@each_resume
def test_its_degrees_are_read_and_no_other(path: Path) -> None:
    expected = [(*entry[:4], "unfinished" not in entry) for entry in facts(path)["degrees"]]
    degrees = read(path).document["degrees"]
    assert [
        (d["level"], d["field"], d.get("institution", ""), d.get("end", ""), d["completed"]) for d in degrees
    ] == expected


@each_resume
def test_its_lists_are_read(path: Path) -> None:
    expected, document = facts(path), read(path).document
    assert [c["name"] for c in document["certifications"]] == expected["certifications"]
    assert document["skills"] == expected["skills"]
    if "activities" in expected:
        assert [a["title"] for a in document["activities"]] == expected["activities"]


@each_resume
def test_every_entry_knows_its_place_and_the_document_is_valid(path: Path) -> None:
    reading = read(path)
    assert list(schema_check.problems("profile", reading.document)) == []
    for name in ("roles", "degrees", "certifications", "activities", "skills"):
        for place in range(len(reading.document[name])):
            origin = reading.origins[f"{name}[{place}]"]
            assert re.match("(?:page [0-9]+, )?line ", origin.where)
            assert origin.quote


LONG = {
    "roles": "Experience\n" + "".join(f"Engineer {n}\nFirm {n} GmbH\n2019 - 2020\nthing {n}\n" for n in range(4_000)),
    "dates": "Experience\n" + "2019 - 2020\n" * 15_000,
    "one date after another": "Experience\n" + "2019 - " * 28_000,
    "degrees": "Education\n" + "".join(f"BSc in Thing {n}, University of X{n}\n2019\n" for n in range(4_000)),
    "certificates": "Certificates\n" + "".join(f"Certified Thing {n} and\n" for n in range(8_000)),
    "skills": "Skills\n" + "(a, " * 50_000,
    "labels": "Skills\n" + "a b: " * 40_000,
    "letters": "E X P " * 33_000,
    "blanks": "Experience\n" + " " * 190_000 + "x",
    "brackets": "Education\nBSc " + "(" * 190_000,
    "short lines": "x y\n" * 50_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_however_long_it_is_it_is_read_in_a_moment(text: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(ReadError):
        plain_text.read(text.encode())
    assert time.process_time() - begun < 5  # 1 s where nothing else runs


PIECES = (
    "Experience",
    "Education",
    "Skills",
    "Certifications",
    "Projects",
    "Publications",
    "2019 - 2020",
    "2021",
    "since",
    "Engineer",
    "GmbH",
    "University",
    "BSc in",
    "(",
    ")",
    "•",
    "|",
    "\t",
    ":",
    "present",
    "May",
    "現在",
    "年",
    "株式会社",
    "-",
    "·",
    "&",
    "\n",
    "and",
    "Python",
    "©",
    "\u202e",
    "3.5/4.0",
    "GPA",
    "Berlin",
    "TX",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_whatever_it_says_it_is_read_or_refused_and_what_is_read_is_valid(pieces: list[str]) -> None:
    text = " ".join(pieces)
    try:
        reading = plain_text.read(text.encode())
    except ReadError:
        return
    assert list(schema_check.problems("profile", reading.document)) == []
    for role in reading.document["roles"]:
        assert role["title"]
        assert role.get("employer") or role.get("start") or role.get("end")


def read_text(text: str) -> Reading:
    return plain_text.read(text.encode())


def test_what_is_not_taken_is_left_with_its_place_and_reason() -> None:
    reading = read_text(
        "Ulla Testperson\nulla@example.com\n\nSummary\nLikes lakes.\n\nEducation\nBSc Physics, University of X, 2010\n"
        "Semester of Painting\nAcademy of Y\n2011\n\nLanguages\nGerman\n\nHobbies\nChess\n"
    )
    assert [(piece.where, piece.why) for piece in reading.left] == [
        ("lines 1-2", "stands under no heading"),
        ("lines 4-5", "a summary is not read"),
        ("lines 9-11", "no level of a degree is named"),
        ("lines 13-14", "languages are not read"),
        ("lines 16-17", "this section is not read"),
    ]


def test_without_headings_only_what_is_beyond_doubt_is_taken() -> None:
    reading = read_text(
        "Data Engineer, Pfahlbau AG, 2019 - 2021\nMet people, 2018 - 2019\nBSc Physics, University of X, 2010\n"
    )
    assert [role["title"] for role in reading.document["roles"]] == ["Data Engineer"]
    assert [degree["field"] for degree in reading.document["degrees"]] == ["Physics"]


def test_studies_that_were_stopped_are_no_degree() -> None:
    reading = read_text(
        "Education\n2015 - 2017\nPhD studies, discontinued\nUniversity of X\n2012\nMSc Physics\nUniversity of X\n"
    )
    assert [degree["level"] for degree in reading.document["degrees"]] == ["master"]
    assert any("not finished" in piece.why for piece in reading.left)


def test_dates_that_run_backwards_are_left_out() -> None:
    reading = read_text("Experience\nData Engineer, Pfahlbau AG\n12.02.2021 - 2019\n")
    assert "start" not in reading.document["roles"][0] or reading.document["roles"][0].get("end", "") >= "2019"


def test_a_degree_among_courses_is_a_degree() -> None:
    reading = read_text(
        "Training\nLicenciatura em Física (Bachelor), Universidade do Vale, 2013-2016\n"
        "Professional Scrum Master, 2020\nCKA, 2021, renewed 2024\n"
    )
    assert [degree["institution"] for degree in reading.document["degrees"]] == ["Universidade do Vale"]
    names = [(c["name"], c["date"]) for c in reading.document["certifications"]]
    assert names == [("Professional Scrum Master", "2020"), ("CKA", "2021")]


def test_skills_that_are_no_longer_or_not_yet_known_are_left() -> None:
    reading = read_text("Skills\nDaily: Python, SQL\nNo longer: Perl\nTo learn: Rust\nLanguages: German (native)\n")
    assert reading.document["skills"] == ["Python", "SQL"]
    assert {piece.text for piece in reading.left} == {"No longer: Perl", "To learn: Rust"}
