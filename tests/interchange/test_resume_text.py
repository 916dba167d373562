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

from tests.interchange.documents import layout_of, word_of
from tracker.interchange import schema_check
from tracker.interchange.readers import docx, html, pdf, plain_text
from tracker.interchange.reading import ReadError, Reading

FOLDER = Path(__file__).parent / "resumes"
RESUMES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".yaml")
each_resume = pytest.mark.parametrize("path", RESUMES, ids=[path.stem for path in RESUMES])


def facts(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
    return found


def read(path: Path) -> Reading:
    if path.suffix == ".layout":
        return pdf.read(layout_of(path.read_text("utf-8")))
    if path.suffix == ".word":
        return docx.read(word_of(path.read_text("utf-8")))
    return (html if path.suffix == ".html" else plain_text).read(path.read_bytes())


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
    if "certificate_dates" in expected:
        assert [c.get("date", "") for c in document["certifications"]] == expected["certificate_dates"]
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
    "levels": "Education\n" + ("BSc and " * 240 + "\n") * 100,
    "rows": "Education\nDegree | School | Year\n"
    + "".join(f"BSc {n} | School {n} | {1990 + n % 30}\n" for n in range(3900)),
    "authors": "Publications\n" + "A. Bcd, " * 25_000,
    "citations": "Publications\n" + "A. Bcd, E. Fgh. A title that goes on. Journal, 2020.\n" * 3_500,
    "certificates": "Certificates\n" + "".join(f"Certified Thing {n} and\n" for n in range(8_000)),
    "skills": "Skills\n" + "(a, " * 50_000,
    "labels": "Skills\n" + "a b: " * 40_000,
    "letters": "E X P " * 33_000,
    "blanks": "Experience\n" + " " * 190_000 + "x",
    "brackets": "Education\nBSc " + "(" * 190_000,
    "short lines": "x y\n" * 50_000,
    "marks of emphasis": "# Experience\n## Work\n" + "**a " * 45_000,
    "links": "# Experience\n## Work\n" + "[a](b " * 30_000,
    "rules": "# Experience\n## Work\n" + ("- " * 900 + "x\n") * 100 + ("|---" * 450 + "x\n") * 50,
    "roles in one line": "Experience\n" + ("Engineer (Acme, 2019 - 2020): told; " * 50 + "\n") * 90,
    "numbers of people": "Experience\nEngineer, 2019 - 2020\n" + ("1," * 900 + "\n") * 100,
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


def titles(text: str) -> list[tuple[str, str, str, str]]:
    roles = read_text(text).document["roles"]
    return [(r["title"], r.get("employer", ""), r.get("start", ""), r.get("end", "")) for r in roles]


def test_a_japanese_form_that_names_no_last_day_keeps_firms_apart() -> None:
    form = (
        "職歴\n2018年4月 株式会社すいれん製作所 入社\nデータエンジニアとして従事\n"
        "2022年7月 ほたる信用株式会社 入社\n機械学習エンジニアとして従事\n現在に至る\n"
    )
    assert titles(form)[-1] == ("機械学習エンジニア", "ほたる信用株式会社", "2022-07", "")
    assert titles(form)[0][:2] == ("データエンジニア", "株式会社すいれん製作所")


def test_feet_of_pages_are_of_no_entry_and_fractions_are_no_feet() -> None:
    reading = read_text(
        "Skills\nPython\nAda Example - 1/2\nSQL\nScale 3/4\nAda Example - 2/2\n\n"
        "Experience\nData Engineer, Acme GmbH, 2019 - 2021\n"
    )
    assert reading.document["skills"] == ["Python", "SQL", "Scale 3/4"]


def test_courses_of_the_studies_are_no_certificates() -> None:
    reading = read_text(
        "Education\nBSc Physics, University of X, 2010\nRelevant Courses: Optics, Waves\n\n"
        "Coursework\nAlgebra\nAnalysis\n"
    )
    assert reading.document["certifications"] == []


def test_studies_abroad_give_no_degree() -> None:
    reading = read_text(
        "Education\nUniversity of X\nBSc Physics\n2007 - 2010\nUniversity of Y\n"
        "Exchange semester in Physics\n2009 - 2010\n"
    )
    assert [degree["institution"] for degree in reading.document["degrees"]] == ["University of X"]


@pytest.mark.parametrize(
    ("own", "employer"),
    [
        ("Freelance", "Freelance"),
        ("Self-employed | Leeds, UK", "Self-employed"),
        ("Freelance at Acme GmbH", "Acme GmbH"),
    ],
)
def test_who_works_for_oneself_has_that_for_a_firm(own: str, employer: str) -> None:
    found = titles(f"Experience\nWeb Developer\n{own}\n2016 - 2018\nData Analyst\nPfahlbau AG\n2014 - 2016\n")
    assert [role[0] for role in found] == ["Web Developer", "Data Analyst"]
    assert employer in found[0][1]


@pytest.mark.parametrize(
    ("first", "second", "start", "end"),
    [
        ("sept. 2022 -", "aujourd'hui", "2022-09", ""),
        ("mars - août", "2019", "2019-03", "2019-08"),
        ("Oct 2019 -", "Aug 2022", "2019-10", "2022-08"),
    ],
)
def test_dates_that_a_narrow_column_breaks_are_one(first: str, second: str, start: str, end: str) -> None:
    found = titles(f"Experience\n{first}\n{second}\nData Engineer\nPfahlbau AG\n")
    assert found == [("Data Engineer", "Pfahlbau AG", start, end)]


def test_lists_behind_words_that_label_lists_lose_the_label_and_others_keep_theirs() -> None:
    labelled = read_text("Skills\nLanguages Python, C++\nFrameworks Django, Flask\n").document["skills"]
    assert labelled == ["Python", "C++", "Django", "Flask"]
    assert read_text("Skills\nData Engineering, SQL\nPython\n").document["skills"] == [
        "Data Engineering",
        "SQL",
        "Python",
    ]
