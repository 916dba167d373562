"""From a reviewed line to a row: what is kept of a match, what is cut to size."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.services.test_start import person_of
from tracker.interchange.profile import read_profile
from tracker.interchange.reading import Origin, ReadError, Reading
from tracker.models import (
    Activity,
    Advert,
    Claim,
    Event,
    ListedSkill,
    Match,
    MatchAnswer,
    MilestoneWord,
    ResourceMark,
    Role,
)
from tracker.queries.importing.lines import REFUSED
from tracker.queries.importing.review import read_review
from tracker.services.claims import claims_set
from tracker.services.history import event_undo
from tracker.services.importing import profile_import

pytestmark = pytest.mark.django_db


def bring(user: User, rule: str | None = None, **sections: Any) -> None:
    """Import the sections; every line with its own rule, or with this one."""
    person = person_of(user)
    reading = Reading("mlarch-profile", read_profile({"schema": "mlarch-profile/1", **sections}, person.framework))
    lines = [line for line in read_review(person, reading).lines if not line.known]
    taken = [(line, line.rule if rule is None else rule) for line in lines]
    profile_import(person=person, taken=taken, name="a file")


@pytest.mark.parametrize(
    ("title", "rule", "match"),
    [
        ("Data Scientist", None, Match.MATCHED),
        ("Data Scientist", "ml-engineer", Match.CONFIRMED),
        ("Data Scientist", REFUSED, Match.REFUSED),
        ("Architect", "", Match.UNSURE),
        ("Barista", "", Match.NONE),
    ],
)
def test_a_row_says_how_its_match_came_about(user: User, title: str, rule: str | None, match: str) -> None:
    bring(user, rule, roles=[{"title": title}])
    assert Role.objects.get(user=user).match == match


def test_what_an_export_says_of_a_match_stands(user: User) -> None:
    bring(user, roles=[{"title": "Data Scientist", "family": "none", "match": "refused"}])
    row = Role.objects.get(user=user)
    assert (row.rule, row.match) == ("", Match.REFUSED)


def test_when_something_was_logged_comes_back_but_never_a_time_to_come(user: User) -> None:
    bring(
        user,
        roles=[
            {"title": "A", "logged_at": "2020-05-01T10:00:00+00:00"},
            {"title": "B", "logged_at": "9999-01-01"},
            {"title": "C", "logged_at": "0001-01-01T00:00:00+14:00"},
        ],
    )
    rows = {row.title: row.logged_at for row in Role.objects.filter(user=user)}
    assert rows["A"] == datetime(2020, 5, 1, 10, tzinfo=UTC)
    assert rows["B"].year < 9999
    assert rows["C"].year >= 2020


def test_texts_addresses_and_hours_are_cut_to_what_the_tables_hold(user: User) -> None:
    entry = {"kind": "k" * 60, "title": "t" * 400, "url": "javascript:alert(1)", "hours": 1e9}
    bring(user, activities=[entry])
    row = Activity.objects.get(user=user)
    assert (len(row.kind), len(row.title), row.url, row.hours) == (40, 300, "", None)


def test_a_claim_outranks_an_offer_confirmed_in_the_same_file(user: User) -> None:
    bring(user, claims={"cs.python": 2}, confirmed={"cs.python": 4, "cs.sql": 3})
    kept = {row.competency.key: (row.level, row.origin) for row in Claim.objects.select_related("competency")}
    assert kept == {"cs.python": (2, "import"), "cs.sql": (3, "offer")}


def test_a_taken_level_replaces_the_one_that_was_there(user: User) -> None:
    claims_set(user=user, levels={"cs.python": 1})
    person = person_of(user)
    document = read_profile({"schema": "mlarch-profile/1", "claims": {"cs.python": 4}}, person.framework)
    review = read_review(person, Reading("mlarch-profile", document))
    profile_import(person=person, taken=[(line, "") for line in review.lines], name="a file")
    assert Claim.objects.get(user=user).level == 4


def test_an_import_is_one_event_with_one_undo(user: User) -> None:
    bring(user, roles=[{"title": "ML Engineer", "start": "2020-01"}], skills=["SQL"])
    assert Role.objects.filter(user=user).exists() and ListedSkill.objects.filter(user=user).exists()
    event_undo(user=user, event=Event.objects.get(user=user))
    assert not Role.objects.filter(user=user).exists()
    assert not ListedSkill.objects.filter(user=user).exists()


def test_milestones_and_finished_resources_come_in(user: User) -> None:
    bring(
        user,
        milestones={"ms.bachelor": "2010", "ms.project": False, "ms.first-role": True},
        finished=[{"resource": "r.google-mlcc", "date": "2023-02", "hours": 12.5}],
    )
    words = {row.milestone.key: (row.met, row.on) for row in MilestoneWord.objects.select_related("milestone")}
    assert words == {"ms.bachelor": (True, "2010"), "ms.project": (False, ""), "ms.first-role": (True, "")}
    mark = ResourceMark.objects.get(user=user)
    assert (mark.status, mark.on, float(mark.hours or 0)) == ("finished", "2023-02", 12.5)


# Levels that a file gives


def bring_levels(user: User, **levels: int) -> Any:
    person = person_of(user)
    document = read_profile({"schema": "mlarch-profile/1", "skills": list(levels)}, person.framework)
    review = read_review(person, Reading("skill-table", document, levels=levels))
    profile_import(person=person, taken=[(line, line.rule) for line in review.lines], name="skills.csv")
    return review


def test_a_level_in_the_file_is_ticked_where_the_person_has_none(user: User) -> None:
    claims_set(user=user, levels={"cs.sql": 2})
    review = bring_levels(user, Python=3, SQL=5, Juggling=4)
    kept = {row.competency.key: (row.level, row.origin) for row in Claim.objects.select_related("competency")}
    assert kept == {"cs.python": (3, "import"), "cs.sql": (2, "tick")}
    assert [line.said for line in review.lines][:2] == [
        "the file says level 3: it becomes your level if you keep the row",
        "the file says level 5; the level that you ticked before stands",
    ]


def test_the_level_of_a_skill_that_is_listed_already_is_proposed_where_there_is_none(user: User) -> None:
    bring(user, skills=["Python", "SQL"])
    claims_set(user=user, levels={"cs.sql": 2})
    review = bring_levels(user, Python=4, SQL=5)
    assert [(line.is_ticked, bool(line.known)) for line in review.lines] == [(True, True), (False, True)]
    assert Claim.objects.get(competency__key="cs.python").level == 4
    assert ListedSkill.objects.count() == 2


def test_of_two_levels_for_one_competency_the_higher_is_ticked(user: User) -> None:
    bring_levels(user, Python=2, Python3=4)
    assert Claim.objects.get(user=user).level == 4


# Answers that are remembered


def lines_of(user: User, **sections: Any) -> Any:
    person = person_of(user)
    document = read_profile({"schema": "mlarch-profile/1", **sections}, person.framework)
    return list(read_review(person, Reading("json-resume", document)).lines)


def test_an_answer_is_remembered_for_the_next_file(user: User) -> None:
    bring(user, "ml-engineer", roles=[{"title": "Grand  Wizard of Models"}])
    line = lines_of(user, roles=[{"title": "grand wizard of models", "start": "2020"}])[0]
    assert (line.rule, line.is_remembered, line.is_asked) == ("ml-engineer", True, False)


def test_a_refusal_is_remembered_too(user: User) -> None:
    bring(user, REFUSED, skills=["Python"])
    line = lines_of(user, skills=["PYTHON"])[0]
    assert (line.rule, line.is_remembered) == ("", True)


def test_what_was_taken_as_it_was_matched_or_left_open_is_no_answer(user: User) -> None:
    bring(user, skills=["SQL"], roles=[{"title": "Architect"}])
    assert not MatchAnswer.objects.exists()


def test_answers_go_with_an_undo_of_their_import(user: User) -> None:
    bring(user, REFUSED, skills=["Python"])
    event_undo(user=user, event=Event.objects.get(user=user))
    assert not MatchAnswer.objects.exists()


def test_answers_of_an_export_come_in(user: User) -> None:
    answers = [
        {"section": "roles", "text": "wizard", "rule": "ml-engineer"},
        {"section": "skills", "text": "ml"},
        {"section": "roles", "text": "x", "rule": "no-such-family"},
        {"section": "plans", "text": "x"},
    ]
    bring(user, account={"answers": answers})
    assert set(MatchAnswer.objects.values_list("section", "text", "rule")) == {
        ("roles", "wizard", "ml-engineer"), ("skills", "ml", ""),
    }  # fmt: skip


# Where a line stands in its file


def test_a_line_says_where_in_the_file_it_stands(user: User) -> None:
    person = person_of(user)
    document = read_profile(
        {"schema": "mlarch-profile/1", "roles": [{"title": "ML Engineer"}], "skills": ["R and Python"]},
        person.framework,
    )
    origins = {"roles[0]": Origin("page 1, line 3", "ML Engineer at Acme"), "skills[0]": Origin("page 2, line 9")}
    lines = list(read_review(person, Reading("pdf", document, origins=origins)).lines)
    assert [line.origin.where for line in lines] == ["page 1, line 3", "page 2, line 9", "page 2, line 9"]


# Skills that the words of a role speak of


def test_what_a_description_says_was_done_is_offered_with_its_sentence(user: User) -> None:
    role = {
        "title": "ML Engineer",
        "summary": "Built data pipelines in Airflow. I have no experience with Kubernetes. A colleague tuned Kafka.",
    }
    lines = [line for line in lines_of(user, roles=[role], skills=["Python"]) if line.section == "skills"]
    assert lines[0].text == "Python"
    spoken = lines[1:]
    assert spoken and all(line.said == "your own words speak of it" for line in spoken)
    assert {line.origin.where for line in spoken} == {"ML Engineer"}
    rules = {line.rule for line in spoken}
    assert "data.pipelines" in rules and not rules & {"cloud.containers", "data.streaming"}


def test_what_is_listed_anyway_is_not_offered_twice(user: User) -> None:
    roles = [{"title": "ML Engineer", "summary": "Wrote Python services."}, {"title": "Dev", "summary": "More Python."}]
    rules = [line.rule for line in lines_of(user, roles=roles, skills=["Python"]) if line.section == "skills"]
    assert rules.count("cs.python") == 1


def test_roles_of_an_own_export_speak_of_nothing_new(user: User) -> None:
    roles = [{"title": "ML Engineer", "summary": "Wrote Python services."}]
    assert not [line for line in lines_of(user, roles=roles, account={}) if line.section == "skills"]


# What a file may not do


def test_a_row_of_a_file_sets_no_settings(user: User) -> None:
    fields = {"stage": "nonsense", "hours_per_week": 0, "cards": {"x": "y"}}
    before = person_of(user).preferences.hours_per_week
    bring(user, degrees=[{"level": "bachelor", "field": "Physics", "fields": fields}])
    bring(user, roles=[{"title": "Dev", "fields": 5}])
    after = person_of(user).preferences
    assert (after.stage, after.hours_per_week, after.cards) == ("", before, {})


def test_levels_of_the_own_model_never_come_in_beside_the_review(user: User) -> None:
    value = {"level": 5, "on": None, "origin": "tick", "note": "", "link": "", "logged_at": "2024-01-01T00:00:00+00:00"}
    bring(user, account={"elsewhere": {"claim:cs.python": value}})
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "account",
    [
        {"skills": [{"text": "Python", "rule": "cs.python", "match": "confirmed", "level": "x"}]},
        {"answers": [{"section": "skills", "text": "a" * 301 + end, "rule": ""} for end in "bc"]},
        {"adverts": [{"title": "x", "text": "y", "employer": 5, "requirements": []}]},
        {"adverts": [{"title": "x", "text": "y", "requirements": [{
            "kind": "degree", "strength": "required", "quote": "q", "line": 1, "taken": True, "level": [],
            "fields": [], "or_experience": True,
        }]}]},
        {"adverts": [{"title": "x", "text": "y", "requirements": [{
            "kind": "skill", "strength": "required", "quote": "q", "line": 1, "taken": True,
            "competencies": ["cs.python"], "names": ["Python"],
        }]}]},
        {"adverts": [{"title": "x", "text": "y", "requirements": [], "read_for": 5}]},
        {"adverts": [{"title": "x", "text": "y", "requirements": [], "set_aside": {"doc": [{"kind": "skill"}]}}]},
        {"adverts": [{"title": "x", "text": "y", "requirements": [], "set_aside": [[]]}]},
    ],
    ids=["level", "answers", "employer", "degree", "no level", "read for", "set aside", "set aside as a list"],
)  # fmt: skip
def test_odd_values_of_an_own_file_are_left_out(user: User, account: dict[str, Any]) -> None:
    bring(user, account=account)
    assert not Claim.objects.exists() and not Advert.objects.exists()


def test_a_long_text_that_was_answered_is_known_again(user: User) -> None:
    title = "Wizard of models " * 30
    bring(user, "ml-engineer", roles=[{"title": title}])
    assert lines_of(user, roles=[{"title": title, "start": "2021"}])[0].rule == "ml-engineer"


# A role that has ended since


def test_a_role_that_has_ended_since_gets_its_end(user: User) -> None:
    role = {"title": "ML Engineer", "employer": "Acme", "start": "2019-03"}
    bring(user, roles=[role])
    line = lines_of(user, roles=[{**role, "end": "2024-01"}])[0]
    assert line.said == "you have it without an end: 2024-01 is put in" and not line.known
    bring(user, roles=[{**role, "end": "2024-01"}])
    assert [row.end for row in Role.objects.filter(user=user)] == ["2024-01"]
    event_undo(user=user, event=Event.objects.filter(user=user).latest("id"))
    assert [row.end for row in Role.objects.filter(user=user)] == [""]


def test_an_end_that_is_there_stands(user: User) -> None:
    role = {"title": "ML Engineer", "employer": "Acme", "start": "2019-03"}
    bring(user, roles=[{**role, "end": "2024-01"}])
    assert lines_of(user, roles=[role])[0].known == "you have it until 2024-01; yours stands"


def test_too_many_entries_are_refused_before_anything_is_looked_at(user: User) -> None:
    many = {"schema": "mlarch-profile/1", "account": {"skills": [{"text": "x"}] * 10_001}}
    with pytest.raises(ReadError, match="more than 10000 entries"):
        read_profile(many, person_of(user).framework)
