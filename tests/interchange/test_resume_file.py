"""A profile as a JSON Resume."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.interchange.readers.json_resume import read
from tracker.interchange.resume_file import Skill, resume, to_bytes


def profile(**members: Any) -> dict[str, Any]:
    return {"roles": [], "degrees": [], "certifications": [], "activities": [], **members}


def written(**members: Any) -> dict[str, Any]:
    return resume(profile(**members), name="ada")


def degree(**members: Any) -> dict[str, Any]:
    return {"level": "master", "field": "Statistics", "completed": True, **members}


def test_a_role_has_its_dates_and_what_is_open_stands_first() -> None:
    roles = [
        {"title": "Developer", "employer": "Acme", "start": "2010-03", "end": "2015", "summary": "Built it."},
        {"title": "Architect", "start": "2015-01-07"},
    ]
    assert written(roles=roles)["work"] == [
        {"position": "Architect", "startDate": "2015-01-07"},
        {
            "name": "Acme",
            "position": "Developer",
            "startDate": "2010-03",
            "endDate": "2015",
            "summary": "Built it.",
        },
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("MSc, Statistics", "MSc"), ("MSc Statistics", "MSc"), ("Statistics", "master"), ("", "master"), ("MSc", "MSc")],
)
def test_the_field_of_a_degree_is_said_once(title: str, kind: str) -> None:
    (found,) = written(degrees=[degree(title=title, institution="A school", end="2014")])["education"]
    assert found == {"institution": "A school", "studyType": kind, "area": "Statistics", "endDate": "2014"}


def test_a_degree_that_is_not_finished_names_no_end() -> None:
    (found,) = written(degrees=[degree(start="2024", end="2027", completed=False)])["education"]
    assert found == {"studyType": "master", "area": "Statistics", "startDate": "2024"}


def test_a_date_that_the_schema_does_not_know_is_left_out() -> None:
    (found,) = written(certifications=[{"name": "Old", "date": "0980"}])["certificates"]
    assert found == {"name": "Old"}


def test_what_is_written_is_a_publication_what_is_kept_up_is_none_of_it() -> None:
    activities = [
        {"kind": "post", "title": "On drift", "date": "2024-03", "note": "Read by many", "url": "https://example.org/"},
        {"kind": "led-project", "title": "A platform", "date": "2023"},
        {"kind": "paper-read", "title": "Attention", "date": "2022"},
    ]
    found = written(activities=activities)
    assert found["publications"] == [
        {"name": "On drift", "releaseDate": "2024-03", "url": "https://example.org/", "summary": "Read by many"}
    ]
    assert found["projects"] == [{"name": "A platform", "startDate": "2023", "endDate": "2023", "type": "led project"}]


def test_skills_keep_their_level_and_what_the_person_calls_them() -> None:
    skills = [Skill("Python", "independent (3 of 5)", ("py",)), Skill("Juggling")]
    assert resume(profile(), name="ada", label="Engineer", skills=skills) == {
        "basics": {"name": "ada", "label": "Engineer"},
        "skills": [{"name": "Python", "level": "independent (3 of 5)", "keywords": ["py"]}, {"name": "Juggling"}],
        "meta": {"version": "v1.2.1"},
    }


def test_our_own_reader_reads_it_back() -> None:
    roles = [{"title": "Developer", "employer": "Acme", "start": "2010-03", "end": "2015"}]
    degrees = [degree(title="MSc, Statistics", institution="A school", end="2014")]
    certificates = [{"name": "CKA", "issuer": "CNCF", "date": "2022-05"}]
    found = read(resume(profile(roles=roles, degrees=degrees, certifications=certificates), name="ada"))
    assert found.document["roles"] == roles
    assert found.document["degrees"] == [{**degrees[0]}]
    assert [{k: c[k] for k in ("name", "issuer", "date")} for c in found.document["certifications"]] == certificates


def test_the_same_content_gives_the_same_bytes_and_other_scripts_stay_readable() -> None:
    found = written(roles=[{"title": "Датасаентист"}])
    assert to_bytes(found) == to_bytes(found)
    assert "Датасаентист" in to_bytes(found).decode()
