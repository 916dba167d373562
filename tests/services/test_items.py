"""Items saved and removed: each act one event, with what it changed, and back again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from tracker.models import Activity, Certification, Degree, Event, ListedSkill, Match, Role
from tracker.services.history import event_undo
from tracker.services.items import item_remove, item_save

pytestmark = pytest.mark.django_db


def role(user: User, **fields: str) -> Role:
    known = {"title": "ML Engineer", "start": "2020-01", "end": "2024-01", "rule": "ml-engineer"}
    return Role(user=user, match=Match.CONFIRMED, **(known | fields))


def test_a_new_item_is_one_event_that_says_what_it_changed(user: User) -> None:
    outcome = item_save(user=user, row=role(user))
    assert outcome is not None
    assert outcome.levels_changed["cs.python"][0] == 0 < outcome.levels_changed["cs.python"][1]
    assert "ms.first-role" in outcome.milestones_met
    assert outcome.readiness_gained("entry") > 0
    event = Event.objects.get(user=user)
    assert (event.kind, event.title, str(event.effective_on)) == ("role", "Added ML Engineer", "2024-01-01")


def test_saving_the_same_again_is_no_event(user: User) -> None:
    row = role(user)
    item_save(user=user, row=row)
    assert item_save(user=user, row=row) is None
    assert Event.objects.filter(user=user).count() == 1


def test_a_change_keeps_what_the_item_was(user: User) -> None:
    row = role(user)
    item_save(user=user, row=row)
    row.title = "Senior ML Engineer"
    outcome = item_save(user=user, row=row)
    assert outcome is not None
    assert outcome.event.title == "Changed Senior ML Engineer"
    event_undo(user=user, event=outcome.event)
    row.refresh_from_db()
    assert row.title == "ML Engineer"


def test_a_removed_item_takes_its_evidence_along_and_can_come_back_with_its_id(user: User) -> None:
    row = role(user)
    item_save(user=user, row=row)
    pk = row.pk
    outcome = item_remove(user=user, row=row)
    assert outcome is not None
    assert outcome.after.levels["cs.python"].level == 0
    event_undo(user=user, event=outcome.event)
    assert Role.objects.get(user=user).pk == pk


@pytest.mark.parametrize(
    "make",
    [
        lambda user: Degree(user=user, level="master", field="Statistics", rule="statistics", match=Match.MATCHED),
        lambda user: Certification(user=user, name="MLA-C01", rule="aws-mla", match=Match.MATCHED),
        lambda user: Activity(user=user, kind="project", title="A project", levels={"cs.sql": 3}),
        lambda user: ListedSkill(user=user, text="SQL", rule="cs.sql", match=Match.MATCHED),
    ],
    ids=["degree", "certification", "activity", "skill"],
)
def test_every_kind_of_item_becomes_evidence_at_once(user: User, make) -> None:
    outcome = item_save(user=user, row=make(user))
    assert outcome is not None
    assert outcome.levels_changed


def test_an_item_that_counts_as_nothing_is_kept_and_changes_no_level(user: User) -> None:
    outcome = item_save(user=user, row=role(user, rule="", title="Shift Supervisor"))
    assert outcome is not None
    assert outcome.levels_changed == {}
    assert Role.objects.filter(user=user).exists()


def test_an_activity_counts_up_to_the_cap_of_its_kind(user: User) -> None:
    outcome = item_save(user=user, row=Activity(user=user, kind="talk", title="A talk", levels={"biz.presenting": 5}))
    assert outcome is not None
    assert outcome.levels_changed["biz.presenting"] == (0, 3)


def test_an_item_that_cannot_be_is_refused_and_nothing_is_stored(user: User) -> None:
    with pytest.raises(ValidationError):
        item_save(user=user, row=role(user, start="2022-13"))
    assert not Role.objects.filter(user=user).exists()
    assert not Event.objects.filter(user=user).exists()


def test_nobody_saves_or_removes_what_belongs_to_another(user: User, other_user: User) -> None:
    row = role(other_user)
    with pytest.raises(PermissionError):
        item_save(user=user, row=row)
    item_save(user=other_user, row=row)
    with pytest.raises(PermissionError):
        item_remove(user=user, row=row)
    assert Role.objects.filter(user=other_user).exists()
