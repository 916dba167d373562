"""What was logged under one model, edited and taken out under another."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.framework_documents import competency, smallest
from tests.services.test_other_frameworks import aiming_at
from tracker.interchange.framework import checked
from tracker.models import Activity, ListedSkill, Match
from tracker.services.frameworks import framework_load
from tracker.services.items import item_save

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own(db: None) -> None:
    skills = [competency("q", name="Quilting", targets={"one": 3})]
    rule = {"listed_skill": {"level": 1, "basis": "inferred", "offer": 2}}
    framework_load(checked(smallest(id="own", title="Own", competencies=skills, evidence=rule)))


def test_an_activity_of_another_model_keeps_its_kind_and_its_levels(user: User, member: Client) -> None:
    row = Activity(user=user, kind="talk", title="A talk", levels={"cs.python": 2, "cs.sql": 0})
    item_save(user=user, row=row)
    aiming_at(user, "own")
    page = member.get(f"/profile/activity/{row.pk}/").content.decode()
    assert "cs.python" not in page
    sent = {"kind": "talk", "title": "Another talk", "skill_1": "Quilting", "level_1": "2"}
    assert member.post(f"/profile/activity/{row.pk}/", sent).status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.title, row.levels) == ("talk", "Another talk", {"cs.python": 2, "cs.sql": 0, "q": 2})


def test_json_resume_names_skills_as_the_model_aimed_at_does(user: User, member: Client) -> None:
    for text, rule, match in [("Pandas", "data.preparation", Match.MATCHED), ("Quilting", "", Match.NONE)]:
        item_save(user=user, row=ListedSkill(user=user, text=text, rule=rule, match=match))
    aiming_at(user, "own")
    skills = json.loads(member.get("/export/resume.json").content)["skills"]
    assert [skill["name"] for skill in skills] == ["Quilting", "Pandas"]
    assert skills[0]["level"].endswith("(1 of 5)")
