"""A file comes in: nothing is stored before it is confirmed, every row is the person's to take, change or refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tracker.interchange.reading import Reading
from tracker.models import Claim, Degree, Event, ListedSkill, Match, Role
from tracker.services.claims import claim_set
from tracker.services.history import event_undo

pytestmark = pytest.mark.django_db

RESUME = {
    "basics": {"name": "Ada"},
    "work": [
        {"position": "Data Scientist", "name": "Acme", "startDate": "2019-03", "endDate": "2022-03"},
        {"position": "Architect", "name": "Acme", "startDate": "2022-04"},
        {"position": "Barista", "name": "Bar"},
    ],
    "education": [{"studyType": "MSc", "area": "Statistics", "institution": "Uni", "endDate": "2014"}],
    "certificates": [{"name": "Certified Kubernetes Administrator", "date": "2023-05"}],
    "skills": [{"name": "Python"}, {"name": "Juggling"}],
    "languages": [{"language": "French"}],
}


def send(member: Client, document: Any = RESUME, **fields: Any) -> Any:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return member.post("/import/", {"file": SimpleUploadedFile("resume.json", data), **fields})


def review(member: Client) -> Any:
    return member.get("/import/review/").context["review"]


def answers(member: Client, **changes: Any) -> dict[str, Any]:
    """The review's form as a browser sends it untouched, but for the changes."""
    page = member.get("/import/review/")
    sent: dict[str, Any] = {"draft": page.context["draft"].id}
    for group in page.context["review"].groups:
        sent[f"all-{group.id}"] = group.whole
        sent[f"take-{group.id}"] = [line.place for line in group.shown if line.is_ticked]
        for line in group.shown:
            if line.is_asked or line.options:
                sent[f"rule-{line.row}"] = line.counts_as
    return sent | {name.replace("__", "-"): value for name, value in changes.items()}


def keep(member: Client, **changes: Any) -> Any:
    return member.post("/import/review/", answers(member, **changes))


# Reading


def test_a_file_leads_to_its_review_and_nothing_is_stored(member: Client, user: User) -> None:
    assert send(member).headers["Location"] == "/import/review/"
    assert member.get("/import/review/").status_code == 200
    assert not Role.objects.filter(user=user).exists()
    assert not Event.objects.filter(user=user).exists()


def test_pasted_text_does_as_well(member: Client) -> None:
    assert member.post("/import/", {"text": json.dumps(RESUME)}).headers["Location"] == "/import/review/"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", "the file is empty"),
        (b"{\\rtf1 x}", "this is RTF: save it as DOCX or PDF"),
        (b"[1, 2]", "both are a JSON object"),
        (b"[" * 100_000, "nested deeper"),
        (b'{"a": NaN}', "NaN"),
        (b'{"schema": "mlarch-profile/1", "claims": {"cs.pythn": 3}}', "did you mean"),
        (b'{"schema": "mlarch-profile/1", "claims": {"cs.python": 7}}', "at most 5"),
        (b'{"schema": "mlarch-profile/1", "roles": [{"title": "X", "start": "2021", "end": "2020"}]}', "run backwards"),
        (b'{"basics": {"summary": "' + b"x" * 2_000_001 + b'"}}', "larger than 2 MB"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
    ids=["empty", "rtf", "list", "deep", "nan", "id", "level", "dates", "2MB", "5MB"],
)
def test_what_cannot_be_read_is_said_beside_the_field(member: Client, data: bytes, error: str) -> None:
    answer = send(member, data)
    assert answer.status_code == 422
    assert error in answer.context["form"].errors["file"][0]


def test_nothing_chosen_is_said_beside_the_field(member: Client) -> None:
    answer = member.post("/import/", {"text": "  "})
    assert "Choose a file or paste its text." in answer.context["form"].errors["file"]


def test_without_a_file_there_is_nothing_to_review(member: Client) -> None:
    assert member.get("/import/review/").headers["Location"] == "/import/"


def test_a_review_belongs_to_its_session_alone(member: Client, other_user: User) -> None:
    send(member)
    stranger = Client()
    stranger.force_login(other_user)
    assert stranger.get("/import/review/").status_code == 302


# Reviewing


def test_each_row_says_what_it_matches_and_gives(member: Client) -> None:
    send(member)
    lines = {line.text: line for line in review(member).lines}
    assert lines["Data Scientist"].rule == "data-scientist"
    assert lines["Data Scientist"].gives
    assert "3 whole years" in lines["Data Scientist"].why
    assert lines["Architect"].is_asked
    assert lines["Barista"].rule == "" and not lines["Barista"].is_asked


def test_what_is_left_out_is_said_with_its_reason(member: Client) -> None:
    send(member)
    assert "languages are not read" in member.get("/import/review/").content.decode()


def test_what_the_profile_has_already_is_marked_and_not_ticked(member: Client, user: User) -> None:
    Role.objects.create(user=user, title="data scientist", employer="ACME", start="2019-03", end="2022-03")
    ListedSkill.objects.create(user=user, text="Python")
    send(member)
    known = {line.text for line in review(member).lines if line.known}
    assert known == {"Data Scientist", "Python"}
    keep(member)
    assert Role.objects.filter(user=user, title__iexact="data scientist").count() == 1


def test_what_stands_twice_in_the_file_is_taken_once(member: Client, user: User) -> None:
    send(member, {"work": [RESUME["work"][0]] * 2})
    keep(member)
    assert Role.objects.filter(user=user).count() == 1


# Taking


def test_all_that_is_taken_is_one_event_with_one_undo(member: Client, user: User) -> None:
    send(member)
    keep(member)
    event = Event.objects.get(user=user)
    assert event.title == "Imported resume.json: 7 entries"
    event_undo(user=user, event=event)
    assert not Role.objects.filter(user=user).exists()
    assert not ListedSkill.objects.filter(user=user).exists()


def test_rows_keep_how_their_match_came_about(member: Client, user: User) -> None:
    send(member)
    keep(member)
    matches = dict(Role.objects.filter(user=user).values_list("title", "match"))
    assert matches == {"Data Scientist": Match.MATCHED, "Architect": Match.UNSURE, "Barista": Match.NONE}


def test_a_match_can_be_changed_or_refused_row_by_row(member: Client, user: User) -> None:
    send(member)
    keep(member, **{"rule-roles-0": "none", "rule-roles-1": review(member).groups[1].lines[1].options[0].id})
    roles = {row.title: row for row in Role.objects.filter(user=user)}
    assert (roles["Data Scientist"].rule, roles["Data Scientist"].match) == ("", Match.REFUSED)
    assert roles["Architect"].match == Match.CONFIRMED


def test_a_row_can_be_left_out(member: Client, user: User) -> None:
    send(member)
    keep(member, **{"take-roles": ["1"]})
    assert [row.title for row in Role.objects.filter(user=user)] == ["Architect"]


@pytest.mark.parametrize(("whole", "kept"), [("all", 3), ("text", 1), ("none", 0)])
def test_a_group_can_be_taken_or_refused_as_a_whole(member: Client, user: User, whole: str, kept: int) -> None:
    send(member)
    keep(member, **{"all-roles": whole, "take-roles": ["0"]})
    rows = Role.objects.filter(user=user)
    assert rows.count() == kept
    if whole == "text":
        assert (rows[0].rule, rows[0].match) == ("", Match.REFUSED)


def test_keeping_nothing_keeps_nothing(member: Client, user: User) -> None:
    send(member)
    member.post("/import/review/", {"cancel": "1"})
    assert not Event.objects.filter(user=user).exists()
    assert member.get("/import/review/").status_code == 302


def test_a_confirmed_file_cannot_be_confirmed_twice(member: Client, user: User) -> None:
    send(member)
    sent = answers(member)
    for _ in range(2):
        member.post("/import/review/", sent)
    assert Event.objects.filter(user=user).count() == 1


def test_an_answer_to_another_file_is_refused(member: Client, user: User) -> None:
    send(member)
    sent = answers(member)
    send(member, {"work": [{"position": "Barista"}]})
    assert member.post("/import/review/", sent).status_code == 422
    assert not Event.objects.filter(user=user).exists()


@pytest.mark.parametrize("wrong", [{"rule-roles-0": "emperor"}, {"all-roles": "some"}])
def test_an_answer_that_was_not_offered_is_refused(member: Client, user: User, wrong: dict[str, str]) -> None:
    send(member)
    assert keep(member, **wrong).status_code == 422
    assert not Event.objects.filter(user=user).exists()


def test_after_an_answer_that_does_not_fit_all_others_stand(member: Client) -> None:
    send(member)
    wrong = {"rule-roles-0": "emperor", "rule-roles-1": "ml-architect", "take-roles": ["0", "1"], "all-skills": "text"}
    groups = {group.id: group for group in keep(member, **wrong).context["review"].groups}
    assert [line.is_ticked for line in groups["roles"].lines] == [True, True, False]
    assert [line.counts_as for line in groups["roles"].lines] == ["data-scientist", "ml-architect", ""]
    assert groups["skills"].whole == "text"


def test_it_returns_to_where_it_was_asked_from(member: Client) -> None:
    send(member, next="/start/2/")
    assert keep(member).headers["Location"] == "/start/2/"


def test_it_never_leads_to_another_site(member: Client) -> None:
    send(member, next="https://evil.example/")
    assert keep(member).headers["Location"] == "/profile/"


# Our own format


def test_claims_come_with_their_dates_and_never_over_what_is_there(member: Client, user: User) -> None:
    claim_set(user=user, competency="cs.sql", level=2)
    send(member, {"schema": "mlarch-profile/1", "claims": {"cs.python": {"level": 3, "date": "2020-05"}, "cs.sql": 5}})
    keep(member)
    claims = {row.competency.key: row for row in Claim.objects.select_related("competency").filter(user=user)}
    assert (claims["cs.python"].level, str(claims["cs.python"].on), claims["cs.python"].origin) == (
        3, "2020-05-01", "import",
    )  # fmt: skip
    assert claims["cs.sql"].level == 2


def test_what_the_tables_have_no_room_for_is_cut_to_size(member: Client, user: User) -> None:
    activity = {"kind": "k" * 60, "title": "t" * 400, "url": "javascript:alert(1)", "hours": 1e9}
    degree = {"level": "master", "field": "", "institution": "i" * 500}
    send(member, {"schema": "mlarch-profile/1", "activities": [activity], "degrees": [degree]})
    assert keep(member).status_code == 302
    assert Degree.objects.get(user=user).field == "master"


@pytest.mark.parametrize(
    "account",
    [
        [],
        {"skills": "no", "marks": [1], "waivers": {}},
        {"skills": [{"text": "Python", "rule": ["x"], "match": {}}]},
        {"marks": [{"resource": "r.none", "status": "started"}], "waivers": [{"competency": "none", "reason": 5}]},
        {"waivers": [{"competency": "cs.java", "reason": 5, "logged_at": "9999"}]},
        {"marks": [{"resource": "r.google-mlcc", "status": "started", "date": 3, "hours": "x", "rating": 99}]},
    ],
)
def test_an_account_part_of_another_shape_does_no_harm(member: Client, account: Any) -> None:
    assert send(member, {"schema": "mlarch-profile/1", "account": account}).status_code == 302
    assert member.get("/import/review/").status_code == 200
    assert keep(member).status_code == 302


def test_a_long_list_stays_within_what_a_form_may_send(member: Client, user: User) -> None:
    send(member, {"schema": "mlarch-profile/1", "roles": [{"title": f"Barista {n}"} for n in range(900)]})
    group = review(member).groups[0]
    assert (len(group.shown), group.beyond) == (120, 780)
    keep(member, **{"take-roles": ["0"]})
    assert Role.objects.filter(user=user).count() == 781


@pytest.mark.parametrize("rows", [10, 500])
def test_a_review_costs_the_same_few_queries_whatever_the_file_holds(
    member: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    send(member, {"work": [{"position": f"Barista {n}"} for n in range(rows)]})
    with django_assert_max_num_queries(21):
        assert member.get("/import/review/").status_code == 200


def test_it_says_that_levels_set_by_hand_stand(member: Client, user: User) -> None:
    claim_set(user=user, competency="cs.python", level=2)
    send(member)
    assert "Levels that you set yourself stand" in member.get("/import/review/").content.decode()


def test_a_file_read_before_the_model_changed_is_asked_for_again(member: Client, user: User) -> None:
    send(member, {"schema": "mlarch-profile/1", "claims": {"cs.python": 3}})
    session = member.session
    session["import_draft"] = {
        **session["import_draft"],
        "reading": Reading("mlarch-profile", {"schema": "mlarch-profile/1", "claims": {"cs.gone": 3}}).as_json(),
    }
    session.save()
    answer = member.get("/import/review/", follow=True)
    assert answer.redirect_chain == [("/import/", 302)]
    assert "The model has changed since this file was read" in answer.content.decode()
    assert not Claim.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    ("section", "entry"),
    [
        ("roles", {"title": ""}),
        ("roles", {"title": "\u0000 \u200b"}),
        ("certifications", {"name": " "}),
        ("activities", {"kind": "project", "title": ""}),
        ("activities", {"kind": "", "title": "On drift"}),
        ("degrees", {"level": "master", "field": " "}),
        ("skills", ""),
        ("skills", "\u0000"),
    ],
)
def test_an_entry_without_a_name_is_left_out_or_named_by_what_it_is(
    member: Client, user: User, section: str, entry: Any
) -> None:
    named: dict[str, Any] = {"roles": [{"title": "Data Scientist\u0000"}]}
    named[section] = [*named.get(section, ()), entry]
    send(member, {"schema": "mlarch-profile/1", **named})
    assert keep(member).status_code == 302
    assert [row.title for row in Role.objects.filter(user=user)] == ["Data Scientist"]


def test_a_skill_of_an_own_export_without_a_text_is_left_out(member: Client, user: User) -> None:
    send(member, {"schema": "mlarch-profile/1", "account": {"skills": [{"text": "\u0000"}, {"text": "Python"}]}})
    assert keep(member).status_code == 302
    assert [row.text for row in ListedSkill.objects.filter(user=user)] == ["Python"]


# A table of skills

TABLE = b"Thing;How well;Topic\nx1;4;Python\nx2;2;SQL\n"


def send_table(member: Client, data: bytes = TABLE) -> Any:
    return member.post("/import/", {"file": SimpleUploadedFile("skills.csv", data)})


def test_the_columns_of_a_table_can_be_chosen(member: Client, user: User) -> None:
    assert send_table(member).status_code == 302
    assert "Other columns are meant?" in member.get("/import/review/").content.decode()
    member.post("/import/review/", {"columns": "1", "name": "2", "level": "1", "date": ""})
    found = review(member)
    assert [line.text for line in found.lines] == ["Python", "SQL"]
    keep(member)
    claims = {c.competency.key: c.level for c in Claim.objects.select_related("competency").filter(user=user)}
    assert claims == {"cs.python": 4, "cs.sql": 2}


@pytest.mark.parametrize("name", ["9", "", "x"])
def test_a_column_that_is_not_there_is_said(member: Client, name: str) -> None:
    send_table(member)
    answer = member.post("/import/review/", {"columns": "1", "name": name, "level": ""}, follow=True)
    assert answer.status_code == 200 and list(answer.context["messages"])


def test_what_is_no_table_has_no_columns_to_choose(member: Client) -> None:
    send(member)
    assert "Other columns" not in member.get("/import/review/").content.decode()
    assert member.post("/import/review/", {"columns": "1", "name": "0"}).status_code in (302, 422)
