"""Job adverts as targets: read, reviewed line by line, then compared with what the person has."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.interchange.documents import docx_of, lines_down, paragraph, pdf_of
from tracker.models import Advert, Degree, Role
from tracker.models.target import MOST_ADVERTS
from tracker.services.claims import claims_set
from tracker.services.items import item_save

pytestmark = pytest.mark.django_db

TEXT = """Senior Machine Learning Engineer
Petrel & Moss Bakeries

About us
We are known for our Kubernetes platform.

What you bring
- 4+ years in software
- Strong Python
- PyTorch or TensorFlow
- Go or Java
- A bachelor's degree in computer science, or equivalent experience

Nice to have
- Airflow
"""


def bring(member: Client, text: str = TEXT) -> Advert:
    answer = member.post("/adverts/", {"text": text})
    assert answer.status_code == 302, answer.context["form"].errors
    row = Advert.objects.latest("id")
    assert answer.headers["Location"] == f"/adverts/{row.pk}/review/"
    return row


def as_it_stands(row: Advert) -> dict[str, Any]:
    """The review's form as a browser sends it untouched."""
    sent: dict[str, Any] = {"title": row.title, "employer": row.employer}
    sent["take"] = [str(n) for n, line in enumerate(row.requirements) if line["taken"]]
    for n, line in enumerate(row.requirements):
        sent[f"strength-{n}"] = line["strength"]
        if line["kind"] == "skill":
            sent[f"level-{n}"] = str(line["level"] or "")
    return sent


def keep(member: Client, row: Advert, **changes: Any) -> Any:
    return member.post(f"/adverts/{row.pk}/review/", as_it_stands(row) | changes)


def standing(member: Client, row: Advert) -> dict[str, str]:
    view = member.get(f"/adverts/{row.pk}/").context["view"]
    return {line.asks: line.standing for line in view.lines}


def test_nothing_counts_before_it_is_reviewed(member: Client, solver: Any) -> None:
    row = bring(member)
    assert (row.title, row.employer, row.is_reviewed) == (
        "Senior Machine Learning Engineer", "Petrel & Moss Bakeries", False,
    )  # fmt: skip
    assert member.get(f"/adverts/{row.pk}/").headers["Location"] == f"/adverts/{row.pk}/review/"
    assert "fit" not in member.get("/adverts/").content.decode().split("<main")[1].lower().split("<form")[0]
    assert keep(member, row).headers["Location"] == f"/adverts/{row.pk}/"
    assert "Fit " in member.get(f"/adverts/{row.pk}/").content.decode()


def test_each_line_stands_beside_its_sentence(member: Client) -> None:
    page = member.get(f"/adverts/{bring(member).pk}/review/").content.decode()
    assert "<q>Strong Python</q>" in page and "line 9" in page
    assert "Go programming or Java" in page or "or Java" in page
    assert "it tells of the employer" in page.lower()


def test_alternatives_years_and_degrees_are_met_by_what_the_person_has(member: Client, user: User) -> None:
    claims_set(user=user, levels={"cs.python": 3, "cs.java": 3, "dl.frameworks": 2})
    years = {"start": "2015", "end": "2020", "rule": "software-developer"}
    item_save(user=user, row=Role(user=user, title="Software Engineer", **years))
    row = bring(member)
    keep(member, row)
    found = standing(member, row)
    by_word = {word: [asks for asks, s in found.items() if s == word] for word in ("met", "nearly", "missing")}
    assert any("Python" in asks for asks in by_word["met"]) and any("Java" in asks for asks in by_word["met"])
    assert any("frameworks" in asks.lower() for asks in by_word["nearly"])
    assert "4 years in software" in by_word["met"]
    assert any(asks.endswith("or experience") for asks in by_word["met"])
    assert any("pipelines" in asks.lower() for asks in by_word["missing"])


def test_a_degree_in_another_field_is_nearly(member: Client, user: User) -> None:
    item_save(user=user, row=Degree(user=user, level="master", field="History", rule=""))
    row = bring(member)
    keep(member, row)
    view = member.get(f"/adverts/{row.pk}/").context["view"]
    degree = next(line for line in view.lines if line.asks.startswith("A bachelor"))
    assert (degree.standing, degree.stands) == ("nearly", "yours is in another field")


@pytest.mark.parametrize(
    ("asked", "standing"),
    [
        ("BSc in computer science or a related field", "met"),
        ("BSc in computer science or similar technical discipline", "met"),
        ("Bachelor in Informatik oder einem verwandten Fach", "met"),
        ("BSc in computer science", "nearly"),
    ],
)
def test_a_related_field_is_any_that_the_model_knows(member: Client, user: User, asked: str, standing: str) -> None:
    item_save(user=user, row=Degree(user=user, level="master", field="Statistics", rule="statistics"))
    row = bring(member, f"Engineer\n\nRequirements\n- {asked}\n- Python\n")
    keep(member, row)
    view = member.get(f"/adverts/{row.pk}/").context["view"]
    degree = next(line for line in view.lines if line.asks.startswith("A bachelor"))
    assert degree.standing == standing
    assert ("or a related field" in degree.asks) is (standing == "met")


def test_a_line_that_is_unticked_counts_nothing_and_levels_are_the_persons(member: Client) -> None:
    row = bring(member)
    python = next(n for n, line in enumerate(row.requirements) if line.get("competencies") == ["cs.python"])
    left = next(n for n, line in enumerate(row.requirements) if line.get("why") == "left")
    take = [t for t in as_it_stands(row)["take"] if t != str(python)]
    keep(member, row, take=[*take, str(left)], **{f"strength-{left}": "preferred", f"level-{left}": "4"})
    found = standing(member, row)
    assert not any("Python" in asks for asks in found)
    assert any(asks.endswith("level 4") for asks in found)


@pytest.mark.parametrize(
    "changes",
    [{"strength-1": "perhaps"}, {"level-2": "9"}, {"level-2": "x"}, {"competency-2": "cs.none"}, {"least-1": "-1"},
     {"least-1": "many"}, {"title": ""}],
)  # fmt: skip
def test_a_forged_answer_changes_nothing(member: Client, changes: dict[str, str]) -> None:
    row = bring(member)
    assert keep(member, row, **changes).status_code == 422
    row.refresh_from_db()
    assert not row.is_reviewed


def test_an_open_word_must_be_given_its_meaning_to_count(member: Client) -> None:
    row = bring(member, "Data Scientist\n\nRequirements\n- Python\n- Data Science\n- MLOps\n")
    place = next(n for n, line in enumerate(row.requirements) if line.get("why") == "open")
    take = [*as_it_stands(row)["take"], str(place)]
    assert keep(member, row, take=take).status_code == 422
    choice = row.requirements[place]["competencies"][0]
    assert keep(member, row, take=take, **{f"competency-{place}": choice}).status_code == 302
    row.refresh_from_db()
    assert row.requirements[place]["competencies"] == [choice] and "why" not in row.requirements[place]


def test_the_shortest_way_to_its_skills_is_solved_beside_the_page(member: Client, solved_at_once: Any) -> None:
    row = bring(member)
    keep(member, row)
    page = member.get(f"/adverts/{row.pk}/")
    plan = page.context["plan"]
    assert plan.is_proven and plan.reaches and plan.steps
    assert "Proven: nothing in the catalogue gets there in fewer." in page.content.decode()
    assert member.get(f"/adverts/{row.pk}/way/").context["plan"].hours == plan.hours


def test_an_advert_can_come_as_a_file(member: Client) -> None:
    file = SimpleUploadedFile("job.html", b"<h1>ML Engineer</h1><h2>Requirements</h2><ul><li>Strong SQL</li></ul>")
    assert member.post("/adverts/", {"file": file}).status_code == 302
    assert Advert.objects.get().requirements[0]["competencies"] == ["cs.sql"]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "Paste the text"),
        ({"text": "   "}, "Paste the text"),
        ({"text": "x" * 100_001}, "100000"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "empty"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(member: Client, fields: dict[str, Any], error: str) -> None:
    answer = member.post("/adverts/", fields)
    assert answer.status_code == 422 and error in str(answer.context["form"].errors)
    assert not Advert.objects.exists()


def test_an_advert_is_asked_for_before_it_is_removed(member: Client) -> None:
    row = bring(member)
    assert "Remove “" in member.get(f"/adverts/{row.pk}/remove/").content.decode()
    assert Advert.objects.exists()
    member.post(f"/adverts/{row.pk}/remove/")
    assert not Advert.objects.exists()


def test_a_removal_can_be_undone(member: Client) -> None:
    row = bring(member)
    keep(member, row, title="My dream")
    before = Advert.objects.values().get()
    page = member.post(f"/adverts/{row.pk}/remove/", follow=True).content.decode()
    assert f'action="/adverts/{row.pk}/bring-back/"' in page and ">Undo<" in page
    again = member.post(f"/adverts/{row.pk}/bring-back/", follow=True).content.decode()
    assert "The advert “My dream” is back." in again
    assert Advert.objects.values().get() == before


def test_what_was_not_removed_in_this_session_cannot_be_brought_back(member: Client, user: User) -> None:
    row = bring(member)
    assert "can no longer" in member.post(f"/adverts/{row.pk}/bring-back/", follow=True).content.decode()
    member.post(f"/adverts/{row.pk}/remove/")
    for _twice in range(2):
        member.post(f"/adverts/{row.pk}/bring-back/")
    assert Advert.objects.count() == 1
    assert member.get(f"/adverts/{row.pk}/bring-back/").status_code == 405


def test_only_the_last_removal_is_kept(member: Client, user: User) -> None:
    rows = [Advert.objects.create(user=user, title=title, text="x") for title in ("first", "second")]
    for row in rows:
        member.post(f"/adverts/{row.pk}/remove/")
    for row in rows:
        member.post(f"/adverts/{row.pk}/bring-back/")
    assert Advert.objects.get().title == "second"


def test_none_comes_back_where_there_is_no_room_for_it(member: Client, user: User) -> None:
    row = bring(member)
    member.post(f"/adverts/{row.pk}/remove/")
    Advert.objects.bulk_create(Advert(user=user, title="x", text="x") for _ in range(MOST_ADVERTS))
    assert "are kept at most" in member.post(f"/adverts/{row.pk}/bring-back/", follow=True).content.decode()
    Advert.objects.exclude(pk=row.pk).last().delete()
    member.post(f"/adverts/{row.pk}/bring-back/")
    assert Advert.objects.filter(pk=row.pk).exists()


def test_a_removed_advert_is_no_other_accounts(member: Client, user: User, other_user: User) -> None:
    row = bring(member)
    member.post(f"/adverts/{row.pk}/remove/")
    member.force_login(other_user)
    member.post(f"/adverts/{row.pk}/bring-back/")
    assert not Advert.objects.exists()


def test_there_are_only_so_many(member: Client, user: User) -> None:
    Advert.objects.bulk_create(Advert(user=user, title="x", text="x") for _ in range(MOST_ADVERTS))
    assert "are kept at most" in str(member.post("/adverts/", {"text": TEXT}).context["form"].errors)


@pytest.mark.parametrize("address", ["", "review/", "way/", "remove/"])
def test_an_advert_is_its_owners_alone(member: Client, other_user: User, address: str) -> None:
    row = Advert.objects.create(user=other_user, title="x", text="x", is_reviewed=True)
    assert member.get(f"/adverts/{row.pk}/{address}").status_code == 404


def test_the_list_costs_the_same_few_queries_however_many_there_are(
    member: Client, user: User, django_assert_max_num_queries: Any
) -> None:
    row = bring(member)
    keep(member, row)
    row.refresh_from_db()
    Advert.objects.bulk_create(
        Advert(user=user, title="x", text="x", requirements=row.requirements, is_reviewed=True) for _ in range(30)
    )
    with django_assert_max_num_queries(20):
        assert member.get("/adverts/").status_code == 200


def test_years_and_the_degree_can_be_put_right(member: Client) -> None:
    row = bring(member)
    place = {line["kind"]: n for n, line in enumerate(row.requirements)}
    changes = {f"least-{place['years']}": "2,5", f"degree-{place['degree']}": "master"}
    assert keep(member, row, **changes).status_code == 302
    asks = standing(member, row)
    assert "2.5 years in software" in asks and any(a.lower().startswith("a master's degree in computer") for a in asks)


def test_an_advert_comes_as_pdf_or_docx_read_in_a_process_of_its_own(member: Client) -> None:
    lines = ["ML Engineer", "Requirements", "- Strong SQL"]
    other = pdf_of(lines_down("Data Engineer", *lines[1:]))
    for name, data in (("job.docx", docx_of("".join(map(paragraph, lines)))), ("job.pdf", other)):
        assert member.post("/adverts/", {"file": SimpleUploadedFile(name, data)}).status_code == 302
    assert [row.requirements[0]["competencies"] for row in Advert.objects.all()] == [["cs.sql"], ["cs.sql"]]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"%PDF-1.7 broken", "This can"), (b"\x89PNG\r\n\x1a\n", "PNG: bring text, HTML, PDF or DOCX"),
     (b"<html><body></body></html>", "the page shows no text"), (b"x" * 5_000_001, "larger than 5 MB")],
    ids=["pdf", "png", "html", "size"],
)  # fmt: skip
def test_a_file_that_is_no_document_is_said(member: Client, data: bytes, said: str) -> None:
    answer = member.post("/adverts/", {"file": SimpleUploadedFile("job", data)})
    assert answer.status_code == 422 and said in answer.context["form"].errors["file"][0]


def test_the_same_advert_twice_is_one(member: Client) -> None:
    assert bring(member).pk == bring(member).pk


def test_there_is_no_way_to_an_advert_that_is_not_reviewed(member: Client) -> None:
    assert member.get(f"/adverts/{bring(member).pk}/way/").status_code == 404


def test_what_a_person_changed_stands_when_something_else_is_wrong(member: Client) -> None:
    row = bring(member)
    answer = keep(member, row, title="", take=[], **{"level-2": "5"})
    assert answer.status_code == 422
    lines = answer.context["lines"]
    assert not any(line.said["taken"] for line in lines) and lines[2].said["level"] == 5


def test_a_heading_is_no_employer(member: Client) -> None:
    assert bring(member, "ML Engineer\n\nRequirements\n- Strong Python\n").employer == ""


def test_long_lines_of_a_text_file_are_read_to_their_end(member: Client) -> None:
    text = "ML Engineer. " + "We bake bread and love it. " * 100 + "Strong Python is required."
    member.post("/adverts/", {"file": SimpleUploadedFile("job.txt", text.encode())})
    assert any(line["competencies"] == ["cs.python"] for line in Advert.objects.get().requirements if line["taken"])


def test_a_bootcamp_meets_a_short_degree(member: Client, user: User) -> None:
    item_save(user=user, row=Degree(user=user, level="bootcamp", field="Data Science"))
    row = bring(member, "Data Scientist\n\nRequirements\n- An associate degree or a coding bootcamp\n- Python\n")
    keep(member, row)
    assert standing(member, row)["A short degree or bootcamp"] == "met"
