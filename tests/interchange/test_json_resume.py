"""JSON Resume as people's files have it: what can be read is taken, what cannot is said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interchange.small_model import small_framework
from tracker.interchange.dates import read_date
from tracker.interchange.degree_words import degree_level, says_unfinished
from tracker.interchange.profile import read_profile
from tracker.interchange.readers.json_resume import looks_like, read

FRAMEWORK = small_framework()


def taken(**sections: Any) -> dict[str, Any]:
    return dict(read(sections).document)


def notes(**sections: Any) -> str:
    return "\n".join(read(sections).told)


def test_work_becomes_roles() -> None:
    job = {"position": "ML Engineer", "name": "Acme", "startDate": "2021-03-01", "endDate": "2024-06", "summary": " x "}
    assert taken(work=[job])["roles"] == [
        {"title": "ML Engineer", "employer": "Acme", "summary": "x", "start": "2021-03-01", "end": "2024-06"}
    ]


def test_old_keys_are_understood() -> None:
    assert taken(work=[{"position": "Dev", "company": "Acme"}])["roles"] == [{"title": "Dev", "employer": "Acme"}]


@pytest.mark.parametrize("end", [None, "", "Present", "present ", "heute", "至今"])
def test_an_end_that_says_it_is_none_leaves_the_role_open(end: str | None) -> None:
    assert "end" not in taken(work=[{"position": "Dev", "startDate": "2020", "endDate": end}])["roles"][0]


def test_dates_that_run_backwards_are_left_out_and_said() -> None:
    job = {"position": "Dev", "startDate": "2020-05-01", "endDate": "2019-01-01"}
    assert taken(work=[job])["roles"] == [{"title": "Dev"}]
    assert "work[0]: its dates run backwards (2020-05-01 to 2019-01-01) and are left out" in notes(work=[job])


def test_a_role_without_a_position_is_left_out_and_said() -> None:
    assert taken(work=[{"name": "Acme", "position": "  "}])["roles"] == []
    assert "work[0]: left out, it names no position" in notes(work=[{"name": "Acme"}])


def test_an_open_role_with_a_later_one_is_said() -> None:
    jobs = [{"position": "A", "startDate": "2014"}, {"position": "B", "startDate": "2020"}]
    assert "work[0]: read as current" in notes(work=jobs)
    assert "work[1]: read as current" not in notes(work=jobs)


def test_education_becomes_degrees() -> None:
    study = {"institution": "X", "area": "Computer Science", "studyType": "MSc", "startDate": "2012", "endDate": "2014"}
    assert taken(education=[study])["degrees"] == [
        {
            "level": "master", "field": "Computer Science", "completed": True, "title": "MSc, Computer Science",
            "institution": "X", "start": "2012", "end": "2014",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    "study",
    [
        {"studyType": "PhD", "area": "Physics", "startDate": "2020"},
        {"studyType": "PhD", "area": "Physics", "endDate": "Present"},
        {"studyType": "PhD candidate", "area": "Physics", "endDate": "2027"},
    ],
)
def test_a_degree_without_an_end_is_not_finished(study: dict[str, str]) -> None:
    assert taken(education=[study])["degrees"][0]["completed"] is False
    assert "read as not finished" in notes(education=[study])


def test_certificates_projects_and_publications() -> None:
    document = taken(
        certificates=[{"name": "CKA", "issuer": "CNCF", "date": "12.06.2020"}, {"issuer": "nobody"}],
        projects=[{"name": "Drift", "startDate": "2019", "endDate": "2020-02", "url": "javascript:alert(1)"}],
        publications=[{"name": "On drift", "releaseDate": "2021-05", "url": "https://example.org/a"}],
    )
    assert document["certifications"] == [{"name": "CKA", "issuer": "CNCF", "date": "2020-06-12"}]
    assert document["activities"] == [
        {"kind": "project", "title": "Drift", "date": "2020-02"},
        {"kind": "post", "title": "On drift", "date": "2021-05", "url": "https://example.org/a"},
    ]


def test_skills_are_names_and_keywords_also_of_projects_each_once() -> None:
    document = taken(
        skills=["Python", {"name": "Data", "level": 3, "keywords": ["SQL", "python", 7, None]}, {"name": ""}, None],
        projects=[{"name": "P", "keywords": ["Go", "SQL"]}],
        work=[{"position": "Dev", "keywords": ["Rust"]}],
    )
    assert document["skills"] == ["Python", "Data", "SQL", "Go", "Rust"]


def test_what_is_not_read_is_said() -> None:
    said = notes(volunteer=[{"position": "Mentor"}], awards=[{"title": "A"}], languages="German", interests=[])
    assert said.splitlines() == [
        "volunteer: volunteering are not read",
        "awards: awards are not read",
        "languages: languages are not read",
    ]


def test_sections_and_entries_of_a_wrong_type_are_said() -> None:
    said = notes(work="none", education=[3, None], skills=None, certificates={"name": "A"})
    assert sorted(said.splitlines()) == ["education[0]: left out, it is no object", "work: left out, it is no list"]
    assert taken(certificates={"name": "A"})["certifications"] == [{"name": "A"}]


def test_long_lists_and_texts_are_cut_and_said() -> None:
    reading = read({"skills": [f"skill {n}" for n in range(600)], "work": [{"position": "x" * 999}] * 300})
    document, said = reading.document, reading.told
    assert len(document["skills"]) == 500 and len(document["roles"]) == 200
    assert len(document["roles"][0]["title"]) == 200
    assert "skills: the first 500 of 600 are taken" in said and "work: the first 200 of 300 are taken" in said


@pytest.mark.parametrize(
    ("document", "is_resume"),
    [
        ({}, True),
        ({"basics": {}}, True),
        ({"skills": []}, True),
        ({"work": [], "certifications": []}, True),
        ({"skills": [], "claims": {}}, False),
        ({"colour": "red"}, False),
    ],
)
def test_a_resume_is_known_by_its_sections(document: dict[str, Any], is_resume: bool) -> None:
    assert looks_like(document) is is_resume


@pytest.mark.parametrize(
    ("written", "read_as", "is_changed"),
    [
        ("2021-03-01", "2021-03-01", False),
        ("2021", "2021", False),
        (2014, "2014", False),
        ("03/2017", "2017-03", False),
        ("04.2019", "2019-04", False),
        ("Sept 2015", "2015-09", False),
        ("Feb. 2017", "2017-02", False),
        ("March 5, 2019", "2019-03-05", False),
        ("März 2020", "2020-03", False),
        ("12.06.2020", "2020-06-12", False),
        ("25/02/2020", "2020-02-25", False),
        ("2020年4月", "2020-04", False),
        ("2024-01-01T00:00:00Z", "2024-01-01", False),
        ("2022-13-01", "2022", True),
        ("2010-02-30", "2010-02", True),
        ("01/02/2020", "2020", True),
        ("Marmalade 2020", "", True),
        ("soon", "", True),
        ("99999", "", True),
        (True, "", True),
        ([], "", True),
        (None, "", False),
        ("", "", False),
    ],
)
def test_a_date_is_read_as_far_as_it_exists(written: object, read_as: str, is_changed: bool) -> None:
    found = read_date(written)
    assert (found.text, bool(found.note)) == (read_as, is_changed)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Bachelor of Science", "bachelor"), ("B.Eng. (Hons)", "bachelor"), ("BSc", "bachelor"), ("学士", "bachelor"),
        ("MSc", "master"), ("Magíster en Ciencias", "master"), ("Dipl.-Ing. (FH)", "master"), ("M.A.", "master"),
        ("MBA", "master"), ("BSc/MSc Physics", "master"), ("修士", "master"),
        ("Ph.D.", "doctorate"), ("Dr.-Ing.", "doctorate"), ("doctorat", "doctorate"),
        ("Associate of Applied Science", "associate"), ("HND", "associate"), ("Data Science Bootcamp", "bootcamp"),
        ("High school diploma", "secondary"), ("Abitur", "secondary"),
        ("Staatsexamen", ""), ("Computer Science", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_level_of_a_degree_is_read_from_its_words(text: str, level: str) -> None:
    assert degree_level(text) == level


def test_a_text_can_say_that_a_degree_is_not_held() -> None:
    assert says_unfinished("MSc Data Science (expected 2027)") and says_unfinished("Computer Science, no degree")
    assert not says_unfinished("MSc Data Science")


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 99_999)
    | st.text("aZ é\n\u0000\ud8007年-/.", max_size=8)
    | st.sampled_from(["2020", "2019-05", "Present"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["position", "name", "startDate", "endDate", "studyType", "area", "keywords", "date", "title"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
sections = st.sampled_from(["work", "education", "skills", "certificates", "projects", "publications", "awards"])


@given(st.dictionaries(sections, anything))
def test_whatever_a_file_holds_the_result_is_a_valid_profile(document: dict[str, Any]) -> None:
    profile = read(document).document
    read_profile(profile, FRAMEWORK)


def test_each_entry_knows_where_it_stands_in_the_file() -> None:
    reading = read(
        {
            "work": [{"name": "Acme"}, {"position": "Dev", "name": "Foo", "startDate": "2020", "keywords": ["Go"]}],
            "education": [{"studyType": "BSc", "area": "Physics", "institution": "Uni", "endDate": "2015"}],
            "certificates": [{"name": "CKA", "issuer": "CNCF", "date": "2023"}],
            "projects": [{"name": "Robot", "endDate": "2021"}],
            "publications": [{"name": "Paper", "publisher": "Press"}],
            "skills": [{"name": "Data", "keywords": ["SQL"]}, "Python", "sql"],
        }
    )
    assert {place: tuple(origin) for place, origin in reading.origins.items()} == {
        "roles[0]": ("work[1]", "Dev, Foo, 2020"),
        "degrees[0]": ("education[0]", "BSc, Physics, Uni, 2015"),
        "certifications[0]": ("certificates[0]", "CKA, CNCF, 2023"),
        "activities[0]": ("projects[0]", "Robot, 2021"),
        "activities[1]": ("publications[0]", "Paper, Press"),
        "skills[0]": ("skills[0]", "Data"),
        "skills[1]": ("skills[0]", "SQL"),
        "skills[2]": ("skills[1]", "Python"),
        "skills[3]": ("work[1]", "Go"),
    }
    assert set(reading.origins) == {
        f"{section}[{index}]"
        for section, entries in reading.document.items()
        if section != "schema"
        for index in range(len(entries))
    }
