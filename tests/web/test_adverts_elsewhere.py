"""Job adverts under another model: read again for it, reviewed again, and back as they were."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.commands.test_other_frameworks import package
from tests.web.test_adverts import bring, keep
from tests.web.test_frameworks import aim
from tracker.interchange.framework_file import read_framework_file
from tracker.models import Advert
from tracker.services.frameworks import framework_load

pytestmark = pytest.mark.django_db

TEXT = """ML Engineer
Requirements
- Strong Python
- Singing
- SQL
"""


@pytest.fixture(autouse=True)
def arts(db: None) -> None:
    """Beside ours a model that shares Python with it and has singing of its own."""
    document = package()
    document["CFItems"][1]["fullStatement"] = "Singing"
    framework_load(read_framework_file(json.dumps(document).encode()).document)


def lines(row: Advert) -> list[list[str]]:
    row.refresh_from_db()
    return [line["competencies"] for line in row.requirements if line["taken"]]


def read_again(member: Client, row: Advert) -> str:
    answer = member.post(f"/adverts/{row.pk}/read-again/")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_the_page_says_of_which_model_its_lines_are_and_offers_to_read_it_again(member: Client) -> None:
    row = bring(member, TEXT)
    keep(member, row)
    button = f'action="/adverts/{row.pk}/read-again/"'
    assert button not in member.get("/adverts/").content.decode()
    aim(member, "doc")
    for address in ("/adverts/", f"/adverts/{row.pk}/", f"/adverts/{row.pk}/review/"):
        page = member.get(address).content.decode()
        assert button in page and "Machine Learning Architect" in page, address


def test_what_cannot_be_told_is_counted_beside_the_fit(member: Client) -> None:
    row = bring(member, TEXT)
    keep(member, row)
    aim(member, "doc")
    number = member.get(f"/adverts/{row.pk}/").context["view"].untold
    assert number >= 1
    said = "One line cannot be told" if number == 1 else f"{number} lines cannot be told"
    for address in (f"/adverts/{row.pk}/", "/report/"):
        assert said in member.get(address).content.decode()
    assert f"{number} cannot be told" in member.get("/adverts/").content.decode()


def test_read_again_it_is_reviewed_and_then_answers(member: Client) -> None:
    row = bring(member, TEXT)
    keep(member, row)
    aim(member, "doc")
    assert read_again(member, row) == f"/adverts/{row.pk}/review/"
    row.refresh_from_db()
    assert not row.is_reviewed
    assert "doc.other" in str(lines(row)) and "cs.sql" not in str(lines(row))
    keep(member, row)
    view = member.get(f"/adverts/{row.pk}/").context["view"]
    assert {line.standing for line in view.lines} == {"missing"}
    assert view.read_for == ""


def test_what_was_reviewed_comes_back_with_its_model(member: Client) -> None:
    row = bring(member, TEXT)
    keep(member, row, take=["0"])
    ours = lines(row)
    aim(member, "doc")
    read_again(member, row)
    row.refresh_from_db()
    keep(member, row)
    theirs = lines(row)
    aim(member, "ml-architect")
    assert lines(row) == ours and row.is_reviewed
    assert member.get(f"/adverts/{row.pk}/").status_code == 200
    aim(member, "doc")
    assert lines(row) == theirs and row.is_reviewed


def test_what_was_read_and_never_reviewed_leaves_no_trace(member: Client) -> None:
    row = bring(member, TEXT)
    keep(member, row)
    ours = lines(row)
    aim(member, "doc")
    read_again(member, row)
    aim(member, "ml-architect")
    assert lines(row) == ours and row.is_reviewed and row.set_aside == {}


def test_read_again_for_its_own_model_changes_nothing(member: Client) -> None:
    row = bring(member, TEXT)
    keep(member, row, take=["0"])
    before = Advert.objects.values().get()
    assert read_again(member, row) == f"/adverts/{row.pk}/"
    assert Advert.objects.values().get() == before
    assert member.get(f"/adverts/{row.pk}/read-again/").status_code == 405


def test_others_adverts_are_not_read(member: Client, other_user: User) -> None:
    row = Advert.objects.create(user=other_user, title="x", text="x", is_reviewed=True)
    assert member.post(f"/adverts/{row.pk}/read-again/").status_code == 404


def exported(member: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(member.get("/export/profile.json").content)
    return found


def test_the_export_holds_the_lines_of_every_model(member: Client) -> None:
    row = bring(member, TEXT)
    keep(member, row)
    ours = lines(row)
    aim(member, "doc")
    read_again(member, row)
    (advert,) = exported(member)["account"]["adverts"]
    assert advert["read_for"] == "doc"
    assert [line["competencies"] for line in advert["set_aside"]["ml-architect"] if line["taken"]] == ours
