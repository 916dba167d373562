"""Frameworks beside each other: one record of a skill that they share, nothing lost by a change of target."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.commands.test_other_frameworks import package
from tests.framework_documents import competency, resource, smallest, teaches
from tracker.interchange.framework import checked
from tracker.interchange.framework_file import read_framework_file
from tracker.interchange.shipped import read_folder
from tracker.models import Claim, Competency, Framework, Preferences, Resource, Role
from tracker.queries.frameworks import framework_of, published_release, row_about, row_ids
from tracker.queries.person import Person, read_person
from tracker.services.claims import claim_set
from tracker.services.frameworks import framework_load
from tracker.services.items import item_save
from tracker.services.ledger import ensure_state
from tracker.services.path import resource_mark
from tracker.services.people import framework_choose, person_ensure, preferences_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def arts(db: None) -> Framework:
    """A CASE framework of two skills, one of them Python."""
    framework_load(read_framework_file(json_of(package())).document)
    return Framework.objects.get(key="doc")


def json_of(document: Any) -> bytes:
    return json.dumps(document).encode()


def aiming_at(user: User, key: str) -> Person:
    preferences = person_ensure(user=user)
    framework_choose(preferences=preferences, framework=Framework.objects.get(key=key))
    preferences = person_ensure(user=user)
    return read_person(user, preferences, ensure_state(user, preferences))


def level_of(person: Person, competency: str) -> int:
    return person.snapshot.levels[competency].level


def test_a_shared_skill_has_our_id_and_the_rest_stands_within_its_framework(arts: Framework) -> None:
    assert set(Competency.objects.filter(framework=arts).values_list("key", flat=True)) == {"cs.python", "doc.other"}


def test_loading_it_again_changes_nothing(arts: Framework) -> None:
    assert not framework_load(read_framework_file(json_of(package())).document).changed


def test_a_claim_on_one_is_a_claim_on_the_other(user: User, arts: Framework) -> None:
    claim_set(user=user, competency="cs.python", level=2)
    person = aiming_at(user, "doc")
    assert level_of(person, "cs.python") == 2
    claim_set(user=user, competency="cs.python", level=4)
    claim_set(user=user, competency="doc.other", level=1)
    assert Claim.objects.filter(user=user, competency__key="cs.python").count() == 1
    assert level_of(aiming_at(user, "ml-architect"), "cs.python") == 4
    assert level_of(aiming_at(user, "doc"), "doc.other") == 1


def test_evidence_carries_over(user: User, arts: Framework) -> None:
    role = Role(user=user, title="ML Engineer", start="2015", rule="ml-engineer")
    item_save(user=user, row=role)
    person = aiming_at(user, "doc")
    assert person.snapshot.levels["cs.python"].evidenced > 0
    assert person.snapshot.levels["doc.other"].evidenced == 0


def test_resources_that_teach_the_shared_skill_are_there_and_one_finished_counts_in_both(
    user: User, arts: Framework
) -> None:
    person = aiming_at(user, "doc")
    key = next(r.id for r in person.framework.resources if r.teaches and r.mode == "study")
    row = row_about(Resource, person.preferences.framework_id, key)
    resource_mark(user=user, resource=row, status="finished", on="2025")
    for target in ("doc", "ml-architect"):
        assert key in aiming_at(user, target).snapshot.marks.finished
    release = published_release(arts)
    assert row_ids(release, "resource")[key] == row.pk


def test_what_was_chosen_comes_back(user: User, arts: Framework) -> None:
    preferences = person_ensure(user=user)
    preferences_update(preferences=preferences, stage="lead", cards={"cs": "lead"})
    there = aiming_at(user, "doc")
    assert (there.preferences.stage, there.focus.id) == ("", "doc")
    back = aiming_at(user, "ml-architect")
    assert (back.preferences.stage, back.preferences.cards, back.focus.id) == ("lead", {"cs": "lead"}, "lead")
    assert aiming_at(user, "ml-architect").preferences.set_aside == {}


def test_publishing_ours_publishes_anew_what_rests_on_it(user: User, arts: Framework) -> None:
    person = aiming_at(user, "doc")
    before = published_release(arts)
    document = read_folder()
    framework_load({**document, "version": "9"})
    arts.refresh_from_db()
    assert published_release(arts) != before
    assert framework_of(published_release(arts)).competency == person.framework.competency
    assert aiming_at(user, "doc").snapshot.framework is framework_of(published_release(arts))


def test_records_that_were_two_become_one_where_the_same_is_declared_later(user: User, other_user: User) -> None:
    own = smallest(
        id="own",
        competencies=[competency("x"), competency("y")],
        resources=[resource("z", teaches=[teaches("x", 0, 1)])],
    )
    framework_load(checked(own))
    for person in (user, other_user):
        aiming_at(person, "own")
        claim_set(user=person, competency="x", level=1)
    aiming_at(other_user, "ml-architect")
    claim_set(user=other_user, competency="cs.sql", level=5)
    framework_load(checked({**own, "version": "2", "same_as": {"x": "cs.sql"}}))
    assert level_of(aiming_at(user, "own"), "cs.sql") == 1
    assert level_of(aiming_at(user, "ml-architect"), "cs.sql") == 1
    assert level_of(aiming_at(other_user, "own"), "cs.sql") == 5
    assert {t.competency for r in aiming_at(user, "own").framework.resources for t in r.teaches} == {"cs.sql"}


def test_a_row_that_nobody_has_is_not_there(db: None) -> None:
    with pytest.raises(Competency.DoesNotExist):
        row_about(Competency, 0, "none.such")


def test_choosing_the_same_again_sets_nothing_aside(user: User) -> None:
    aiming_at(user, "ml-architect")
    assert Preferences.objects.get(user=user).set_aside == {}
