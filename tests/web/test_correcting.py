"""A misread row is put right before it is kept: what is shown then is true of what will be stored."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from tests.web.test_importing import RESUME, answers, keep, review, send
from tracker.interchange.reading import Reading
from tracker.models import Activity, Certification, Claim, Degree, Event, ListedSkill, Match, MatchAnswer, Role
from tracker.queries.importing.lines import Line
from tracker.services.claims import claim_set
from tracker.services.history import event_undo

pytestmark = pytest.mark.django_db


def way_to(member: Client, row: str, **changes: Any) -> str:
    """The address of the row's form, by its button on the review, which sends what is chosen so far."""
    answer = member.post("/import/review/", {**answers(member, **changes), "correct": row})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def correct(member: Client, row: str, **changes: Any) -> Any:
    """The row's form as a browser sends it, but for the changes."""
    address = way_to(member, row)
    form = member.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: "on" if value is True else value for name, value in shown.items() if value not in (None, False)}
    return member.post(address, {**sent, **changes})


def line_of(member: Client, row: str) -> Line:
    line: Line | None = review(member).line(row)
    assert line is not None
    return line


def own(**sections: Any) -> dict[str, Any]:
    return {"schema": "mlarch-profile/1", **sections}


# Each kind


@pytest.mark.parametrize(
    ("section", "entry", "changes", "model", "stored"),
    [
        (
            "degrees",
            {"level": "bachelor", "field": "Statistics", "institution": "Uni"},
            {"level": "master", "institution": "University of Kiel", "end": "2014", "start": "2012"},
            Degree,
            {"level": "master", "field": "Statistics", "institution": "University of Kiel", "end": "2014"},
        ),
        (
            "roles",
            {"title": "Data Scientist", "employer": "Berlin", "start": "2019", "end": "2020"},
            {"employer": "Acme", "start": "March 2018", "end": "present"},
            Role,
            {"title": "Data Scientist", "employer": "Acme", "start": "2018-03", "end": ""},
        ),
        (
            "certifications",
            {"name": "Certified Kubernetes", "date": "2003"},
            {"name": "Certified Kubernetes Administrator", "issuer": "CNCF", "on": "2023-05", "expires": "2026"},
            Certification,
            {"name": "Certified Kubernetes Administrator", "issuer": "CNCF", "on": "2023-05", "expires": "2026"},
        ),
        (
            "activities",
            {"kind": "project", "title": "On drift", "date": "2001", "competencies": {"cs.python": 2}},
            {"kind": "talk", "on": "2021-02", "hours": "12.5", "skill_2": "SQL", "level_2": "3"},
            Activity,
            {"kind": "talk", "title": "On drift", "on": "2021-02", "levels": {"cs.python": 2, "cs.sql": 3}},
        ),
        ("skills", "Pyton", {"text": "Python"}, ListedSkill, {"text": "Python", "rule": "cs.python"}),
    ],
    ids=["degree", "role", "certificate", "activity", "skill"],
)
def test_what_is_corrected_is_what_is_kept(
    member: Client, user: User, section: str, entry: Any, changes: dict[str, str], model: Any, stored: dict[str, Any]
) -> None:
    send(member, own(**{section: [entry]}))
    row = review(member).groups[0].lines[0].row
    answer = correct(member, row, **changes)
    assert answer.headers["Location"] == f"/import/review/#{row}"
    assert "Corrected by you." in member.get("/import/review/").content.decode()
    assert not model.objects.filter(user=user).exists()
    keep(member)
    assert model.objects.filter(user=user).values(*stored).get() == stored


def test_the_form_begins_with_what_was_read_and_says_where(member: Client) -> None:
    text = "Ada\n\nEXPERIENCE\n\nData Scientist, Acme\n2019 - 2022\nBuilt models.\n"
    member.post("/import/", {"text": text})
    page = member.get(way_to(member, "roles-0"))
    form = page.context["form"]
    assert [form[name].value() for name in ("title", "employer", "start", "end")] == [
        "Data Scientist", "Acme", "2019", "2022",
    ]  # fmt: skip
    assert "line 5" in page.content.decode()
    assert "counts_as" not in form.fields


def test_all_of_it_is_one_event_with_one_undo(member: Client, user: User) -> None:
    send(member)
    correct(member, "roles-0", employer="Nordwind")
    correct(member, "degrees-0", end="2015")
    keep(member)
    event = Event.objects.get(user=user)
    event_undo(user=user, event=event)
    assert not Role.objects.filter(user=user).exists() and not Degree.objects.filter(user=user).exists()


# What follows from it


def test_other_words_are_matched_anew(member: Client, user: User) -> None:
    send(member)
    assert (line_of(member, "roles-2").rule, line_of(member, "roles-2").gives) == ("", ())
    correct(member, "roles-2", title="Data Engineer")
    assert line_of(member, "roles-2").rule == "data-engineer"
    assert line_of(member, "roles-2").gives
    keep(member)
    row = Role.objects.get(user=user, title="Data Engineer")
    assert (row.rule, row.match) == ("data-engineer", Match.MATCHED)


def test_other_dates_and_another_level_give_other_evidence(member: Client) -> None:
    send(member)
    assert "3 whole years" in line_of(member, "roles-0").why
    correct(member, "roles-0", start="2012-03")
    assert "10 whole years" in line_of(member, "roles-0").why
    before = dict(line_of(member, "degrees-0").gives)
    correct(member, "degrees-0", level="doctorate")
    assert dict(line_of(member, "degrees-0").gives) != before


def test_what_a_corrected_description_says_was_done_is_offered(member: Client) -> None:
    send(member, own(roles=[{"title": "ML Engineer"}]))
    correct(member, "roles-0", summary="Built data pipelines in Airflow.")
    assert line_of(member, "skills-said-data.pipelines").text == "data pipelines"


def test_a_row_that_now_repeats_the_profile_is_marked_and_not_ticked(member: Client, user: User) -> None:
    Role.objects.create(user=user, title="Barista", employer="Cafe Blau", start="2012")
    send(member)
    assert not line_of(member, "roles-2").known
    correct(member, "roles-2", employer="Cafe Blau", start="2012")
    line = line_of(member, "roles-2")
    assert line.known and not line.is_ticked
    keep(member)
    assert Role.objects.filter(user=user, title="Barista").count() == 1


def test_a_row_that_no_longer_repeats_anything_is_ticked(member: Client, user: User) -> None:
    ListedSkill.objects.create(user=user, text="Python")
    send(member)
    assert not line_of(member, "skills-0.0").is_ticked
    correct(member, "skills-0.0", text="PyTorch")
    assert line_of(member, "skills-0.0").is_ticked
    keep(member)
    assert set(ListedSkill.objects.filter(user=user).values_list("text", flat=True)) == {
        "Python", "PyTorch", "Juggling",
    }  # fmt: skip


def test_skills_of_one_enumeration_are_corrected_apart(member: Client, user: User) -> None:
    send(member, own(skills=["Pyton and SQL"]))
    assert [line.text for line in review(member).lines] == ["Pyton", "SQL"]
    correct(member, "skills-0.0", text="Python")
    keep(member)
    assert dict(ListedSkill.objects.filter(user=user).values_list("text", "rule")) == {
        "Python": "cs.python", "SQL": "cs.sql",
    }  # fmt: skip


def test_what_an_export_said_of_the_match_falls_with_its_words_only(member: Client, user: User) -> None:
    role = {"title": "Data Scientist", "family": "ml-engineer", "match": "confirmed"}
    send(member, own(roles=[role, role | {"start": "2020"}]))
    correct(member, "roles-0", title="Barista")
    correct(member, "roles-1", employer="Acme")
    keep(member)
    assert dict(Role.objects.filter(user=user).values_list("title", "rule")) == {
        "Barista": "", "Data Scientist": "ml-engineer",
    }  # fmt: skip


# Levels of skills

TABLE = b"Skill;Level\nPython;4\nSQL;2\n"


def test_a_level_that_was_misread_is_corrected(member: Client, user: User) -> None:
    member.post("/import/", {"file": SimpleUploadedFile("skills.csv", TABLE)})
    row = review(member).groups[0].lines[0].row
    correct(member, row, level="2")
    assert line_of(member, row).said == "you say level 2: it becomes your level if you keep the row"
    keep(member)
    assert Claim.objects.get(user=user, competency__key="cs.python").level == 2


def test_a_level_can_be_taken_away(member: Client, user: User) -> None:
    member.post("/import/", {"file": SimpleUploadedFile("skills.csv", TABLE)})
    correct(member, review(member).groups[0].lines[0].row, level="")
    keep(member)
    assert [claim.competency.key for claim in Claim.objects.filter(user=user)] == ["cs.sql"]


def test_a_level_that_the_person_ticked_before_stands(member: Client, user: User) -> None:
    claim_set(user=user, competency="cs.python", level=3)
    send(member)
    correct(member, "skills-0.0", level="5")
    assert "the level that you ticked before stands" in line_of(member, "skills-0.0").said
    keep(member)
    assert Claim.objects.get(user=user).level == 3


# What was chosen before


def test_the_answers_so_far_come_back_from_a_correction(member: Client) -> None:
    send(member)
    chosen = {"rule-roles-1": "ml-architect", "take-roles": ["0", "1"], "all-skills": "text"}
    address = way_to(member, "degrees-0", **chosen)
    for _look in ("before", "after"):
        groups = {group.id: group for group in review(member).groups}
        assert [line.is_ticked for line in groups["roles"].lines] == [True, True, False]
        assert groups["roles"].lines[1].counts_as == "ml-architect"
        assert groups["skills"].whole == "text"
        member.post(address, {"level": "master", "field": "Physics", "completed": "on"})
    page = member.get("/import/review/").content.decode()
    assert '<option value="text" selected>' in page
    assert 'name="rule-roles-1" value="ml-architect" checked' in page
    assert 'name="take-roles" value="2">' in page


def test_what_a_row_shall_count_as_stands_until_its_words_change(member: Client, user: User) -> None:
    send(member)
    way_to(member, "roles-0", **{"rule-roles-0": "ml-engineer"})
    correct(member, "roles-0", employer="Nordwind")
    assert line_of(member, "roles-0").counts_as == "ml-engineer"
    correct(member, "roles-0", title="Data Engineer")
    assert line_of(member, "roles-0").counts_as == "data-engineer"
    keep(member)
    assert not MatchAnswer.objects.filter(user=user).exists()


def test_a_row_can_go_back_to_what_was_read(member: Client) -> None:
    send(member)
    correct(member, "roles-2", title="Data Engineer", employer="Acme")
    address = way_to(member, "roles-2")
    assert "Back to what was read" in member.get(address).content.decode()
    member.post(address, {"as_read": "1", "title": "x"})
    line = line_of(member, "roles-2")
    assert (line.text, line.entry.get("employer"), line.is_corrected) == ("Barista", "Bar", False)


def test_a_form_sent_as_it_was_corrects_nothing(member: Client) -> None:
    summary = "Built models.\n\nRan them."
    send(member, own(roles=[{"title": "T" * 400, "summary": summary}], activities=[{"kind": "talk", "title": "x"}]))
    correct(member, "roles-0", summary=summary.replace("\n", "\r\n"))
    correct(member, "activities-0")
    assert not any(line.is_corrected for line in review(member).lines)


def test_two_corrections_of_a_row_add_up(member: Client) -> None:
    send(member)
    correct(member, "roles-0", employer="Nordwind")
    correct(member, "roles-0", end="2023")
    entry = line_of(member, "roles-0").entry
    assert (entry["employer"], entry["end"]) == ("Nordwind", "2023")


# What cannot be


@pytest.mark.parametrize(
    ("row", "changes", "field"),
    [
        ("roles-0", {"start": "2022", "end": "2019"}, "end"),
        ("roles-0", {"start": "2019-13"}, "start"),
        ("roles-0", {"end": "some day"}, "end"),
        ("roles-0", {"title": "x" * 5_000}, "title"),
        ("roles-0", {"title": "  "}, "title"),
        ("roles-0", {"title": "\u200b"}, "title"),
        ("roles-0", {"title": "a\u0000b"}, "title"),
        ("degrees-0", {"level": "emperor"}, "level"),
        ("degrees-0", {"field": ""}, "field"),
        ("certifications-0", {"on": "2023", "expires": "2020"}, "expires"),
        ("certifications-0", {"url": "javascript:alert(1)"}, "url"),
        ("skills-0.0", {"level": "9"}, "level"),
        ("skills-0.0", {"text": ""}, "text"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_changes_nothing(
    member: Client, row: str, changes: dict[str, str], field: str
) -> None:
    send(member)
    before = line_of(member, row)
    answer = correct(member, row, **changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == changes[field]
    assert line_of(member, row) == before


@pytest.mark.parametrize(
    "changes", [{"kind": "conquest"}, {"hours": "-1"}, {"skill_1": "Python"}, {"skill_1": "Alchemy", "level_1": "2"}]
)
def test_an_activity_is_checked_as_on_the_profile(member: Client, changes: dict[str, str]) -> None:
    send(member, own(activities=[{"kind": "talk", "title": "On drift"}]))
    assert correct(member, "activities-0", **changes).status_code == 422


def test_a_full_profile_or_a_skill_that_is_listed_is_no_error_here(member: Client, user: User) -> None:
    Degree.objects.bulk_create(Degree(user=user, level="other", field=f"Field {n}") for n in range(100))
    ListedSkill.objects.create(user=user, text="PyTorch")
    send(member)
    assert correct(member, "degrees-0", field="Physics").status_code == 302
    assert correct(member, "skills-0.0", text="PyTorch").status_code == 302
    assert line_of(member, "skills-0.0").known == "in your profile already"


def test_the_draft_of_somebody_else_is_not_there(member: Client, other_user: User) -> None:
    send(member)
    address = way_to(member, "roles-0")
    stranger = Client()
    stranger.force_login(other_user)
    assert stranger.get(address).status_code == 404
    send(stranger)
    assert stranger.post(address, {"title": "Barista"}).status_code == 404
    assert line_of(member, "roles-0").text == "Data Scientist"


def test_a_file_opened_before_is_not_there_any_more(member: Client) -> None:
    send(member)
    address = way_to(member, "roles-0")
    send(member)
    assert member.post(address, {"title": "Barista"}).status_code == 404


@pytest.mark.parametrize("row", ["roles-9", "roles", "-", "claims-0", "skills-0", "../../x", ""])
def test_only_rows_that_can_be_misread_have_a_form(member: Client, row: str) -> None:
    send(member, own(roles=[{"title": "Dev"}], skills=["Python"], claims={"cs.python": 3}))
    assert member.post("/import/review/", {**answers(member), "correct": row}).status_code == 404
    draft = member.session["import_draft"]["id"]
    assert member.get(f"/import/review/{draft}/{row}/").status_code == 404


def test_a_model_that_changed_meanwhile_is_said_by_the_review(member: Client) -> None:
    send(member, own(roles=[{"title": "Dev"}], claims={"cs.python": 3}))
    address = way_to(member, "roles-0")
    session = member.session
    gone = Reading("mlarch-profile", own(roles=[{"title": "Dev"}], claims={"cs.gone": 3})).as_json()
    session["import_draft"] = {**session["import_draft"], "reading": gone}
    session.save()
    answer = member.get(address, follow=True)
    assert "The model has changed since this file was read" in answer.content.decode()


def test_the_longest_review_stays_within_what_a_form_may_send(member: Client, settings: Any) -> None:
    many = range(190)
    document = own(
        degrees=[{"level": "master", "field": f"Statistics {n}"} for n in many],
        roles=[{"title": f"Data Scientist {n}"} for n in many],
        certifications=[{"name": f"Certificate {n}"} for n in many],
        activities=[{"kind": "talk", "title": f"Talk {n}"} for n in many],
        skills=[f"Skill {n}" for n in many],
        claims={"cs.python": 3},
    )
    send(member, document)
    sent = QueryDict(mutable=True)
    for name, value in answers(member).items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    assert sum(len(values) for _name, values in sent.lists()) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert way_to(member, "skills-0.0")


def test_every_row_of_a_resume_leads_to_its_form(member: Client) -> None:
    send(member, RESUME)
    for line in review(member).lines:
        assert member.get(way_to(member, line.row)).status_code == 200
