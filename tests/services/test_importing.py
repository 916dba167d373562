"""From a reviewed line to a row: what is kept of a match, what is cut to size."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.services.test_start import person_of
from tracker.interchange.profile import read_profile
from tracker.models import Activity, Claim, Event, ListedSkill, Match, MilestoneWord, ResourceMark, Role
from tracker.queries.importing import REFUSED, read_review
from tracker.services.claims import claims_set
from tracker.services.history import event_undo
from tracker.services.importing import profile_import

pytestmark = pytest.mark.django_db


def bring(user: User, rule: str | None = None, **sections: Any) -> None:
    """Import the sections; every line with its own rule, or with this one."""
    person = person_of(user)
    document = read_profile({"schema": "mlarch-profile/1", **sections}, person.framework)
    lines = [line for line in read_review(person, document).lines if not line.known]
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
    profile_import(person=person, taken=[(line, "") for line in read_review(person, document).lines], name="a file")
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
