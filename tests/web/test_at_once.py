"""Two requests of one person at once: the later one updates, or says what has changed; never a server error."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client

from tests.web.test_importing import answers, send
from tracker.models import Claim, Event, ListedSkill, MilestoneWord, Preferences, ResourceMark, Role, Waiver
from tracker.services import importing, items, ledger

pytestmark = pytest.mark.django_db

Act = Callable[[], Any]

SKILL = {"text": "Python", "counts_as": ""}
ROLE = {"title": "Data Scientist", "employer": "Acme", "start": "2020", "end": "", "summary": "", "counts_as": ""}


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, Act], None]:
    """Let an act come in between what a request has read and its write: just before it locks the person's state."""

    def arrange(service: Any, act: Act) -> None:
        def changing(*args: Any, **kwargs: Any) -> Any:
            monkeypatch.setattr(service, "changing", ledger.changing)
            act()
            return ledger.changing(*args, **kwargs)

        monkeypatch.setattr(service, "changing", changing)

    return arrange


def same_browser(member: Client) -> Client:
    """Another window of the same browser."""
    other = Client()
    other.cookies.update(member.cookies)
    return other


def role(user: User, **fields: str) -> Role:
    row = Role(user=user, title="Data Scientist", start="2020", **fields)
    items.item_save(user=user, row=row)
    return row


# Listed skills: the only items that cannot stand twice


def test_the_same_skill_listed_twice_at_once_is_said_beside_its_field(
    member: Client, user: User, meanwhile: Any
) -> None:
    meanwhile(items, lambda: items.item_save(user=user, row=ListedSkill(user=user, text="Python")))
    answer = member.post("/profile/skill/new/", SKILL)
    assert answer.status_code == 422
    assert "This skill is listed already." in answer.context["form"].errors["text"]


def test_a_skill_renamed_to_one_listed_meanwhile_is_said_beside_its_field(
    member: Client, user: User, meanwhile: Any
) -> None:
    row = ListedSkill.objects.create(user=user, text="Pithon")
    meanwhile(items, lambda: items.item_save(user=user, row=ListedSkill(user=user, text="Python")))
    answer = member.post(f"/profile/skill/{row.pk}/", SKILL)
    assert answer.status_code == 422
    assert "This skill is listed already." in answer.content.decode()


def test_a_removed_skill_that_was_listed_anew_is_not_brought_back_beside_it(member: Client, user: User) -> None:
    first = ListedSkill(user=user, text="Python")
    items.item_save(user=user, row=first)
    outcome = items.item_remove(user=user, row=first)
    assert outcome is not None
    items.item_save(user=user, row=ListedSkill(user=user, text="Python"))
    answer = member.post(f"/progress/{outcome.event.pk}/undo/", follow=True)
    assert "is listed again" in answer.content.decode()
    assert ListedSkill.objects.filter(user=user).count() == 1


# Items that another window removed or changed


@pytest.mark.parametrize("htmx", [False, True])
def test_an_item_removed_meanwhile_is_not_saved(member: Client, user: User, meanwhile: Any, htmx: bool) -> None:
    row = role(user)
    meanwhile(items, lambda: items.item_remove(user=user, row=Role.objects.get(pk=row.pk)))
    headers = {"HX-Request": "true"} if htmx else {}
    answer = member.post(f"/profile/role/{row.pk}/", ROLE, headers=headers)
    assert answer.status_code == (200 if htmx else 422)
    assert "removed in the meantime" in answer.content.decode()


def test_an_item_removed_meanwhile_counts_as_nothing(member: Client, user: User, meanwhile: Any) -> None:
    row = role(user)
    meanwhile(items, lambda: items.item_remove(user=user, row=Role.objects.get(pk=row.pk)))
    answer = member.post(f"/profile/role/{row.pk}/match/", {"rule": "data-scientist"}, follow=True)
    assert "removed in the meantime" in answer.content.decode()


def test_removing_what_another_window_removed_changes_nothing(member: Client, user: User, meanwhile: Any) -> None:
    row = role(user)
    meanwhile(items, lambda: items.item_remove(user=user, row=Role.objects.get(pk=row.pk)))
    answer = member.post(f"/profile/role/{row.pk}/remove/", follow=True)
    assert "Nothing changed." in answer.content.decode()
    assert Event.objects.filter(user=user, title__startswith="Removed").count() == 1


def test_an_answer_to_what_it_counts_as_leaves_what_changed_meanwhile(
    member: Client, user: User, meanwhile: Any
) -> None:
    row = role(user)

    def rename() -> None:
        same = Role.objects.get(pk=row.pk)
        same.title = "Lead Data Scientist"
        items.item_save(user=user, row=same)

    meanwhile(items, rename)
    member.post(f"/profile/role/{row.pk}/match/", {"rule": "data-scientist"})
    row.refresh_from_db()
    assert (row.title, row.rule) == ("Lead Data Scientist", "data-scientist")


# Imports


def test_a_file_confirmed_twice_at_once_comes_in_once(member: Client, user: User, meanwhile: Any) -> None:
    send(member, {"schema": "mlarch-profile/1", "roles": [{"title": "Data Scientist"}], "skills": ["Python"]})
    sent = answers(member)
    meanwhile(importing, lambda: same_browser(member).post("/import/review/", sent))
    answer = member.post("/import/review/", sent, follow=True)
    assert answer.status_code == 200
    assert Role.objects.filter(user=user).count() == ListedSkill.objects.filter(user=user).count() == 1


def test_an_import_updates_what_came_in_meanwhile(member: Client, user: User, meanwhile: Any) -> None:
    document = {
        "schema": "mlarch-profile/1",
        "claims": {"cs.python": 4},
        "skills": ["SQL"],
        "milestones": {"ms.cv": True},
        "finished": [{"resource": "r.google-mlcc"}],
        "account": {"waivers": [{"competency": "cs.java"}]},
    }
    send(member, document)
    sent = answers(member)

    def by_hand() -> None:
        other = same_browser(member)
        other.post("/skills/cs.python/level/", {"level": "1"})
        other.post("/profile/skill/new/", {"text": "SQL", "counts_as": ""})
        other.post("/path/milestones/ms.cv/", {"word": "open"})
        other.post("/resources/r.google-mlcc/mark/", {"status": "started"})
        other.post("/skills/cs.java/waive/", {"reason": "no"})

    meanwhile(importing, by_hand)
    assert member.post("/import/review/", sent).status_code == 302
    assert Claim.objects.get(user=user).level == 4
    assert ResourceMark.objects.get(user=user).status == "finished"
    assert MilestoneWord.objects.get(user=user).met
    assert ListedSkill.objects.filter(user=user).count() == Waiver.objects.filter(user=user).count() == 1


# For real, where the database locks rows


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("model", "address", "sent"),
    [
        (Claim, "/skills/cs.python/level/", {"level": "3"}),
        (Claim, "/skills/cs.python/note/", {"note": "ten years of it"}),
        (Claim, "/skills/area/cs/", {"all": "target"}),
        (Waiver, "/skills/cs.java/waive/", {"reason": "not my trade"}),
        (ResourceMark, "/resources/r.google-mlcc/mark/", {"status": "started"}),
        (MilestoneWord, "/path/milestones/ms.cv/", {"word": "met"}),
        (ListedSkill, "/profile/skill/new/", SKILL),
        (Claim, "/start/2/", {"card-cs": "lead"}),
        (Preferences, "/start/4/", {"stage": "lead", "hours_per_week": "6"}),
    ],
    ids=["tick", "note", "area", "waiver", "mark", "word", "skill", "cards", "first preferences"],
)
def test_a_first_write_sent_four_times_at_once_is_one_row(
    user: User, model: Any, address: str, sent: dict[str, str]
) -> None:
    at_once = 4 if connection.features.has_select_for_update else 1  # SQLite writes one after another anyway
    start, codes = Barrier(at_once), []

    def post() -> None:
        client = Client()
        client.force_login(user)
        start.wait()
        codes.append(client.post(address, sent).status_code)
        if at_once > 1:
            connections.close_all()

    if at_once == 1:
        for _ in range(4):
            post()
    else:
        _run_at_once(post, at_once)
    assert len(codes) == 4 and set(codes) <= {302, 422}
    about = "competency" if model in (Claim, Waiver) else "pk"
    rows = list(model.objects.filter(user=user).values_list(about, flat=True))
    assert rows and len(rows) == len(set(rows))
    assert model is not ListedSkill or len(rows) == 1


def _run_at_once(act: Act, times: int) -> None:
    threads = [Thread(target=act) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
