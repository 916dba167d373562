"""Adding a framework in the browser: staff alone, looked at first, every mistake named."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.commands.test_other_frameworks import package
from tests.framework_documents import competency, smallest
from tracker.interchange.framework import dump_document, read_framework
from tracker.models import Framework
from tracker.services.claims import claim_set
from tracker.views.frameworks import DRAFT

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(user: User) -> Client:
    """A client signed in as a member of the staff who may add and change frameworks."""
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_framework", "change_framework"]))
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, document: Any, name: str = "framework.json", **fields: Any) -> Any:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return client.post("/model/add/", {"file": SimpleUploadedFile(name, data), "target": "3", **fields})


def looked_at(client: Client, document: Any, name: str = "framework.json", **fields: Any) -> Any:
    answer = send(client, document, name, **fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer.headers["Location"]).context["review"]


def confirm(client: Client) -> Any:
    return client.post("/model/add/review/", {"draft": client.session[DRAFT]["id"]}, follow=True)


@pytest.mark.parametrize("address", ["/model/add/", "/model/add/review/"])
def test_it_is_there_for_the_staff_alone(member: Client, address: str) -> None:
    assert member.get(address).status_code == 404
    assert member.post(address, {}).status_code == 404
    assert "/model/add/" not in member.get("/model/").content.decode()


def test_the_staff_finds_it_on_the_model_page(staff: Client) -> None:
    assert 'href="/model/add/"' in staff.get("/model/").content.decode()
    assert staff.get("/model/add/").status_code == 200


def test_nothing_is_stored_before_it_is_confirmed(staff: Client) -> None:
    review = looked_at(staff, package())
    assert review.document["title"] == "Arts" and review.competencies == 2
    assert not Framework.objects.filter(key="doc").exists()
    answer = confirm(staff)
    assert answer.redirect_chain[-1][0] == "/model/?framework=doc"
    assert "Arts, version" in answer.content.decode() and "can be aimed at now" in answer.content.decode()
    assert staff.get("/model/add/review/").status_code == 302
    staff.post("/model/choose/", {"framework": "doc"})
    assert "on the way to Arts" in staff.get("/dashboard/").content.decode()


def test_the_review_says_what_comes_in_and_what_it_shares(staff: Client) -> None:
    review = looked_at(staff, package())
    assert [(part.name, part.skills) for part in review.areas] == [("Arts", 2)]
    assert [(part.name, part.skills) for part in review.stages] == [("Arts", 2)]
    assert [(skill.name, skill.ours) for skill in review.shared] == [("Does py", "Python programming")]
    assert review.loaded is None
    assert any("no stages" in note for note in review.notes)
    assert any("nothing teaches other" in line for line in review.warnings)
    page = staff.get("/model/add/review/").content.decode()
    for words in (
        "Shared with our model",
        "Python programming",
        "Odd, but taken",
        "Add it",
        "asks level 3 of every skill",
    ):
        assert words in page


def test_skills_of_our_own_form_with_our_ids_are_shared(staff: Client) -> None:
    document = smallest(competencies=[competency("cs.python", name="Snakes"), competency("own")])
    review = looked_at(staff, document)
    assert [(skill.name, skill.ours) for skill in review.shared] == [("Snakes", "Python programming")]


def test_the_level_asked_can_be_said_for_forms_that_have_none(staff: Client) -> None:
    review = looked_at(staff, package(), target="2")
    assert {level for row in review.document["competencies"] for level in row["targets"].values()} == {2}


def test_yaml_and_zips_are_told_from_their_content(staff: Client) -> None:
    yaml = dump_document(read_framework(smallest()), form="yaml")
    assert looked_at(staff, yaml, "anything.bin").document["id"] == "small"
    flat = {
        "competency_domain.json": [{"slug": "d", "name": "Domain"}],
        "competency.json": [{"slug": "c", "name": "Part", "competency_domain": "d"}],
        "skill.json": [{"slug": "s", "name": "Skill", "competency": "c"}],
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, rows in flat.items():
            archive.writestr(name, json.dumps(rows))
    assert looked_at(staff, buffer.getvalue(), "direct").document["id"] == "direct"


def test_each_mistake_is_a_line_with_the_file_and_the_key(staff: Client) -> None:
    wrong = smallest(competencies=[competency("c", weight=0), competency("d", area="z")])
    answer = send(staff, wrong, "mine.json")
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == [
        "mine.json: competencies[0].weight: must be at least 1, not 0",
        'mine.json: competencies[1].area: unknown area "z"',
    ]
    assert DRAFT not in staff.session


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"{", "not JSON"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04broken", "the ZIP is broken"),
        (b"[" * 1000, "nested deeper"),
        (b"a: &x [1]\nb: *x", "an alias"),
        (b" " * 5_000_001, "larger than 5 MB"),
        (json.dumps(smallest(title="x" * 1000)).encode(), "title: "),
    ],
    ids=["empty", "json", "pdf", "zip", "deep", "alias", "size", "room"],
)
def test_what_cannot_be_taken_is_said(staff: Client, data: bytes, said: str) -> None:
    answer = send(staff, data)
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors["file"])
    assert not Framework.objects.exclude(key="ml-architect").exists()


def test_a_file_must_be_chosen_and_a_level_be_one(staff: Client) -> None:
    assert "Choose a file" in str(staff.post("/model/add/", {"target": "3"}).context["form"].errors["file"])
    assert "target" in send(staff, package(), target="9").context["form"].errors


def test_a_file_with_many_mistakes_shows_the_first_of_them(staff: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("tracker.forms.frameworks.MOST_ERRORS", 2)
    wrong = smallest(competencies=[competency(f"c{n}", weight=0) for n in range(5)])
    errors = send(staff, wrong).context["form"].errors["file"]
    assert len(errors) == 3 and errors[-1] == "and 3 more"


def test_a_new_version_says_what_it_changes_and_for_whom(staff: Client, user: User) -> None:
    looked_at(staff, smallest(competencies=[competency("c"), competency("d")]))
    confirm(staff)
    staff.post("/model/choose/", {"framework": "small"})
    claim_set(user=user, competency="d", level=1)
    review = looked_at(staff, smallest(version="2", competencies=[competency("c"), competency("e")]))
    loaded = review.loaded
    assert (loaded.version, loaded.aimed_at_by, loaded.new, loaded.gone) == ("1", 1, ("E",), ("D",))
    page = staff.get("/model/add/review/").content.decode()
    assert "Publish the new version" in page and "1 account aims at Small, version 1." in page
    assert "1 entry of people stays, but counts for nothing" in confirm(staff).content.decode()


def test_what_is_renamed_is_neither_new_nor_gone(staff: Client) -> None:
    looked_at(staff, smallest())
    confirm(staff)
    loaded = looked_at(staff, smallest(competencies=[competency("n")], renames={"competencies": {"c": "n"}})).loaded
    assert (loaded.new, loaded.gone) == ((), ())


def test_the_same_file_again_would_change_nothing(staff: Client) -> None:
    looked_at(staff, package())
    confirm(staff)
    assert looked_at(staff, package()).loaded.is_same
    page = staff.get("/model/add/review/").content.decode()
    assert "nothing would change" in page and "Publish the new version" not in page
    assert "nothing changed" in confirm(staff).content.decode()


def test_it_can_be_left(staff: Client) -> None:
    looked_at(staff, package())
    staff.post("/model/add/review/", {"cancel": "1"})
    assert DRAFT not in staff.session
    assert not Framework.objects.filter(key="doc").exists()


def test_only_what_was_looked_at_is_stored(staff: Client) -> None:
    looked_at(staff, package())
    assert staff.post("/model/add/review/", {"draft": "another"}).status_code == 422
    assert not Framework.objects.filter(key="doc").exists()


def test_staff_without_the_permission_finds_no_page(staff: Client, user: User) -> None:
    user.user_permissions.clear()
    assert staff.get("/model/add/").status_code == 404
    assert "Add a framework" not in staff.get("/model/").content.decode()


def test_who_leaves_the_staff_stores_nothing(staff: Client, user: User) -> None:
    looked_at(staff, package())
    draft = staff.session[DRAFT]["id"]
    user.is_staff = False
    user.save()
    assert staff.post("/model/add/review/", {"draft": draft}).status_code == 404
    assert not Framework.objects.filter(key="doc").exists()


def test_texts_of_the_file_are_text(staff: Client) -> None:
    document = package()
    document["CFDocument"]["title"] = "<script>alert(1)</script>"
    looked_at(staff, document, "<b>.json")
    page = staff.get("/model/add/review/").content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


def test_a_new_version_of_the_shipped_model_says_so(staff: Client) -> None:
    document = json.loads(staff.get("/export/profile.json").content)["framework"]
    review = looked_at(staff, smallest(id=document["id"]))
    assert review.loaded.is_shipped and len(review.loaded.gone) == 109
    page = staff.get("/model/add/review/").content.decode()
    assert "the model that the product ships with" in page
