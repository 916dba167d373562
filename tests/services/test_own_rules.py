"""A framework with rules of its own: what is logged counts there by its words, and here as before."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.framework_documents import competency, smallest
from tests.services.test_other_frameworks import aiming_at, level_of
from tracker import clock
from tracker.interchange.framework import checked
from tracker.models import Activity, Certification, Degree, Event, ListedSkill, Match, Role
from tracker.queries.profile import read_profile
from tracker.queries.replay import profiles_at
from tracker.services.frameworks import framework_load
from tracker.services.history import event_undo
from tracker.services.items import item_save

pytestmark = pytest.mark.django_db

EVIDENCE = {
    "degrees": [{"id": "own-physics", "fields": ["Physics"], "bachelor": {"x": 2}}],
    "degree_level_rules": {"bachelor": "as listed", "master": {"raise_listed_by": 1, "cap": 3}},
    "roles": [{"id": "own-scientist", "titles": ["Data Scientist"], "base": {"y": 2}}],
    "certifications": [{"id": "own-cert", "title": "Certified Kubernetes Administrator", "grants": {"z": 2}}],
    "listed_skill": {"level": 1, "basis": "inferred", "offer": 2},
}


@pytest.fixture(autouse=True)
def own(db: None) -> None:
    targets = {"targets": {"one": 3}}
    skills = [competency(key, **targets) for key in "xyz"] + [competency("q", name="Quilting", **targets)]
    framework_load(checked(smallest(id="own", title="Own", competencies=skills, evidence=EVIDENCE)))


@pytest.fixture
def logged(user: User) -> dict[str, Any]:
    """Items with the rules that they have in our model, as its forms save them."""
    rows = {
        "degree": Degree(user=user, level="bachelor", field="Physics", end="2015", rule="physics"),
        "role": Role(user=user, title="Data Scientist", start="2016", rule="data-scientist"),
        "certification": Certification(user=user, name="Certified Kubernetes Administrator", on="2024", rule="cka"),
        "skill": ListedSkill(user=user, text="Quilting"),
    }
    for sort, row in rows.items():
        row.match = Match.NONE if sort == "skill" else Match.MATCHED
        item_save(user=user, row=row)
    return rows


def test_each_counts_by_the_rules_of_the_framework_aimed_at(user: User, logged: dict[str, Any]) -> None:
    person = aiming_at(user, "own")
    assert {c: level_of(person, c) for c in "xyzq"} == {"x": 2, "y": 2, "z": 2, "q": 1}


def test_nothing_of_them_is_changed_and_ours_count_as_before(user: User, logged: dict[str, Any]) -> None:
    before = aiming_at(user, "ml-architect").snapshot.held
    rows = {sort: type(row).objects.values().get(pk=row.pk) for sort, row in logged.items()}
    aiming_at(user, "own")
    assert rows == {sort: type(row).objects.values().get(pk=row.pk) for sort, row in logged.items()}
    assert aiming_at(user, "ml-architect").snapshot.held == before


def test_the_word_of_the_person_stands(user: User, logged: dict[str, Any]) -> None:
    Role.objects.update(rule="", match=Match.REFUSED)
    Degree.objects.update(field="Poetry", rule="own-physics", match=Match.CONFIRMED)
    person = aiming_at(user, "own")
    assert (level_of(person, "x"), level_of(person, "y")) == (2, 0)


def test_what_its_words_do_not_say_plainly_counts_nothing(user: User) -> None:
    item_save(user=user, row=Role(user=user, title="Baker", start="2016", rule="data-scientist"))
    assert level_of(aiming_at(user, "own"), "y") == 0


def test_the_profile_says_what_each_counts_as(member: Client, user: User, logged: dict[str, Any]) -> None:
    member.post("/model/choose/", {"framework": "own"})
    page = member.get("/profile/").context["page"]
    (degree,), (role,), (certificate,) = page.degrees, page.roles, page.certifications
    assert (degree.counts_as, degree.supports) == ("Physics", (("x", "X", 2),))
    assert role.counts_as.startswith("Data Scientist") and role.supports == (("y", "Y", 2),)
    assert certificate.counts_as == "Certified Kubernetes Administrator"
    assert page.skills[0].supports == (("q", "Quilting", 1),)


def test_an_item_saved_there_counts_here_too(member: Client, user: User, logged: dict[str, Any]) -> None:
    member.post("/model/choose/", {"framework": "own"})
    member.post("/profile/role/new/", {"title": "ML Engineer", "start": "2020", "end": "2022"})
    member.post("/profile/degree/new/", {"level": "bachelor", "field": "Physics", "completed": "on"})
    saved = Role.objects.get(title="ML Engineer")
    assert (saved.rule, saved.match) == ("ml-engineer", Match.MATCHED)
    assert Degree.objects.latest("id").rule == "own-physics"
    member.post("/model/choose/", {"framework": "ml-architect"})
    page = member.get("/profile/").context["page"]
    assert all(line.supports for line in (*page.degrees, *page.roles))


def test_an_edit_there_keeps_what_was_said_here(member: Client, user: User) -> None:
    row = Role(user=user, title="Wizard", start="2016", rule="data-scientist", match=Match.CONFIRMED)
    item_save(user=user, row=row)
    member.post("/model/choose/", {"framework": "own"})
    member.post(f"/profile/role/{row.pk}/", {"title": "Wizard", "start": "2017", "end": "", "counts_as": ""})
    row.refresh_from_db()
    assert (row.start, row.rule, row.match) == ("2017", "data-scientist", Match.CONFIRMED)
    member.post(f"/profile/role/{row.pk}/", {"title": "Baker", "start": "2017", "end": "", "counts_as": ""})
    row.refresh_from_db()
    assert (row.rule, row.match) == ("", Match.NONE)


def test_an_undo_there_goes_on_to_work(user: User, logged: dict[str, Any]) -> None:
    aiming_at(user, "own")
    event_undo(user=user, event=Event.objects.filter(user=user, kind=Event.Kind.ROLE).latest("id"))
    assert not Role.objects.filter(user=user).exists()
    assert level_of(aiming_at(user, "own"), "y") == 0


def test_the_export_says_what_the_pages_say(member: Client, user: User, logged: dict[str, Any]) -> None:
    item_save(user=user, row=Activity(user=user, kind="talk", title="On drift", on="2024"))
    member.post("/model/choose/", {"framework": "own"})
    document = json.loads(member.get("/export/profile.json").content)
    assert [row["field_id"] for row in document["degrees"]] == ["own-physics"]
    assert [row["family"] for row in document["roles"]] == ["own-scientist"]
    assert document["skills"] == ["Quilting"]


def test_an_earlier_day_counts_by_the_same_rules(user: User, logged: dict[str, Any]) -> None:
    framework = aiming_at(user, "own").framework
    (played,) = profiles_at(user.pk, framework, [clock.now()])
    assert played == read_profile(user.pk, framework)
    assert [role.family for role in played.roles] == ["own-scientist"]


def test_what_a_file_brings_there_counts_here_too(member: Client, user: User) -> None:
    member.post("/model/choose/", {"framework": "own"})
    resume = {"work": [{"position": "ML Engineer", "name": "Acme", "startDate": "2018-01"}], "basics": {}}
    member.post("/import/", {"file": SimpleUploadedFile("resume.json", json.dumps(resume).encode())})
    draft = member.session["import_draft"]["id"]
    member.post("/import/review/", {"draft": draft, "take-roles": ["0"]})
    saved = Role.objects.get(user=user)
    assert (saved.rule, saved.match) == ("ml-engineer", Match.MATCHED)
