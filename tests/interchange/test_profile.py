"""Our own profile JSON: what is taken, and the one line that says what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.interchange.small_model import small_framework
from tracker.interchange.profile import ProfileError, read_profile
from tracker.interchange.readers import ReadError, read_file

FRAMEWORK = small_framework()


def profile(**sections: Any) -> dict[str, Any]:
    return {"schema": "mlarch-profile/1", **sections}


def refusal(**sections: Any) -> str:
    with pytest.raises(ProfileError) as caught:
        read_profile(profile(**sections), FRAMEWORK)
    message = str(caught.value)
    assert "\n" not in message
    return message


def parse_refusal(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_file(data)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_profile_of_nothing_has_every_section_empty() -> None:
    document = read_profile(profile(), FRAMEWORK)
    assert document["degrees"] == document["roles"] == document["skills"] == []
    assert document["claims"] == document["milestones"] == document["confirmed"] == {}


def test_a_claim_may_be_a_level_or_a_level_with_its_date() -> None:
    document = read_profile(profile(claims={"cs.python": 3, "cs.r": {"level": 1, "date": "2024-05"}}), FRAMEWORK)
    assert document["claims"] == {"cs.python": {"level": 3}, "cs.r": {"level": 1, "date": "2024-05"}}


def test_every_section_can_be_filled() -> None:
    document = profile(
        claims={"cs.python": 0},
        degrees=[{"level": "bachelor", "field": "Informatics", "end": "2019", "field_id": "computer-science"}],
        roles=[{"title": "Developer", "start": "2020-05", "end": "2020", "family": "none"}],
        certifications=[{"name": "CKA", "date": "2021-01", "expires": "2023-01", "rule": "cka"}],
        activities=[{"kind": "hike", "title": "Alps", "competencies": {"cs.python": 2}}],
        skills=["Python"],
        finished=[{"resource": "r.python", "date": "2022-02-02", "hours": 31.5}],
        milestones={"m.talk": "2022", "m.bachelor": False},
        confirmed={"cs.r": 2},
    )
    assert read_profile(document, FRAMEWORK)["roles"] == document["roles"]


def test_what_goes_beyond_the_schema_is_let_through() -> None:
    assert read_profile(profile(settings={"theme": "dark"}), FRAMEWORK)["settings"] == {"theme": "dark"}


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({"claims": {"cs.pyton": 3}}, 'claims."cs.pyton": no such competency; did you mean cs.python?'),
        ({"confirmed": {"zzz": 3}}, "confirmed.zzz: no such competency"),
        ({"milestones": {"m.tal": True}}, 'milestones."m.tal": no such milestone; did you mean m.talk?'),
        ({"finished": [{"resource": "x"}]}, 'finished[0].resource: no such resource "x"'),
        ({"roles": [{"title": "A", "family": "ml-engineeer"}]}, "did you mean ml-engineer?"),
        ({"degrees": [{"level": "master", "field": "A", "field_id": "arts"}]}, 'no such field of study "arts"'),
        (
            {"certifications": [{"name": "A", "rule": "ckx"}]},
            'certifications[0].rule: no such certification rule "ckx"',
        ),
        (
            {"activities": [{"kind": "project", "title": "A", "competencies": {"cs.x": 1}}]},
            'activities[0].competencies."cs.x": no such competency',
        ),
    ],
)
def test_an_unknown_id_is_named_with_its_place_and_the_nearest(sections: dict[str, Any], said: str) -> None:
    assert said in refusal(**sections)


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({"roles": [{"title": "A", "start": "2020-05", "end": "2019"}]}, "roles[0]: the dates run backwards"),
        ({"degrees": [{"level": "other", "field": "", "start": "2020", "end": "2019-12"}]}, "degrees[0]: the dates"),
        ({"certifications": [{"name": "A", "date": "2020-02", "expires": "2020-01"}]}, "expires 2020-01 is before"),
        ({"roles": [{"title": "A", "start": "2022-02-30"}]}, 'roles[0].start: "2022-02-30" is no date'),
        ({"roles": [{"title": "A", "start": "2022-13"}]}, '"2022-13" is no date of the calendar'),
        ({"roles": [{"title": "A", "start": "May 2022"}]}, "roles[0].start"),
        ({"roles": [{"title": "A", "start": "2022\n"}]}, "is no date"),
        ({"claims": {"cs.r": {"level": 1, "date": "2022-00"}}}, 'claims."cs.r".date'),
        ({"milestones": {"m.talk": "soon"}}, 'milestones."m.talk": must be a date, true or false'),
        ({"milestones": {"m.talk": 3}}, "must be a date, true or false"),
    ],
)
def test_a_date_that_is_none_or_runs_backwards_is_refused(sections: dict[str, Any], said: str) -> None:
    assert said in refusal(**sections)


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({"claims": {"cs.python": True}}, 'claims."cs.python": must be a whole number, not true'),
        ({"claims": {"cs.python": 6}}, "must be at most 5, not 6"),
        ({"claims": {"cs.python": -1}}, "must be at least 0, not -1"),
        ({"claims": {"cs.python": 2.5}}, "must be a whole number, not 2.5"),
        ({"claims": {"cs.python": {"date": "2020"}}}, '"level" is missing'),
        ({"claims": []}, "claims: must be an object, not a list"),
        ({"roles": {"title": "A"}}, "roles: must be a list, not an object"),
        ({"roles": [{}]}, 'roles[0]: "title" is missing'),
        ({"roles": ["Engineer"]}, 'roles[0]: must be an object, not "Engineer"'),
        ({"degrees": [{"level": "phd", "field": "A"}]}, "degrees[0].level: must be one of secondary"),
        ({"skills": [3]}, "skills[0]: must be text, not 3"),
        ({"finished": [{"resource": "r.python", "hours": -1}]}, "finished[0].hours: must be at least 0"),
        ({"skills": ["x"] * 2_001}, "skills: more than 2000 entries"),
    ],
)
def test_a_wrong_shape_is_refused_where_it_stands(sections: dict[str, Any], said: str) -> None:
    assert said in refusal(**sections)


def test_another_schema_is_refused() -> None:
    with pytest.raises(ProfileError, match="schema: must be"):
        read_profile({"schema": "mlarch-framework/1"}, FRAMEWORK)


def test_the_content_tells_a_profile_from_a_resume() -> None:
    ours = read_file(json.dumps(profile(skills=["Python"])).encode())
    resume = read_file(b'{"basics": {}, "skills": ["R"]}').document
    assert ours.document["skills"] == ["Python"] and ours.told == ()
    assert resume["schema"] == "mlarch-profile/1" and resume["skills"] == ["R"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b'{"a": 1,}', "not JSON"),
        (b"[]", "both are a JSON object"),
        (b'"text"', "both are a JSON object"),
        (b'{"claims": {}}', 'add "schema": "mlarch-profile/1"'),
        (b'{"colour": "red"}', "neither a JSON Resume nor a profile"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number of 5000 digits is too long"),
        (b'{"schema": 1, "schema": 2}', 'the key "schema" stands twice'),
        (b"[" * 100_000, "nested deeper than 60 levels"),
        (b"\xff\xfe{\x00}\x00", "UTF-16"),
        ('{"basics": {"name": "Zoë"}}'.encode("latin-1"), "not UTF-8"),
        (b"\x00\x01\x02", "no document that can be read"),
        (b"{" + b" " * 2_000_001, "larger than 2 MB"),
        (b"{" + b" " * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_is_no_json_object_of_ours_is_refused_in_one_line(data: bytes, said: str) -> None:
    assert said in parse_refusal(data)


def test_brackets_in_text_are_no_depth() -> None:
    text = json.dumps({"skills": ["[" * 500 + '\\"']}).encode()
    assert read_file(text).document["skills"][0].startswith("[[[")


def test_what_cannot_be_stored_or_printed_is_taken_out_of_every_text() -> None:
    data = b'{"schema": "mlarch-profile/1", "skills": ["Py\\u0000th\\ud800on", "\\u202eSQL"]}'
    assert read_file(data).document["skills"] == ["Python", "SQL"]
