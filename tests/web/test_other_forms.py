"""The export as a JSON Resume and as tables."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from tests.web.test_exporting import exported, live
from tracker.models import Advert, ListedSkill, Match, MatchAnswer
from tracker.services.claims import claim_set
from tracker.services.items import item_save

pytestmark = pytest.mark.django_db


def resume_of(member: Client) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(member.get("/export/resume.json").content)
    return document


def tables_of(member: Client) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(member.get("/export/tables.zip").content)) as archive:
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
            )
            for name in archive.namelist()
        }


def test_the_page_offers_them_and_says_what_is_lost(member: Client) -> None:
    page = member.get("/export/").content.decode()
    assert "/export/resume.json" in page and "/export/tables.zip" in page
    assert "has no e-mail address" in page


@pytest.mark.parametrize("name", ["resume.json", "tables.zip"])
def test_they_are_private_files(member: Client, name: str) -> None:
    answer = member.get(f"/export/{name}")
    assert name in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_resume_holds_what_a_resume_has(member: Client, user: User) -> None:
    live(user)
    found = resume_of(member)
    assert found["basics"] == {"name": "ada", "label": "Chief of Everything"}
    assert [entry["position"] for entry in found["work"]] == [
        "Chief of Everything",
        "Data Scientist",
        "Software Developer",
    ]
    assert [entry["endDate"] for entry in found["education"]] == ["2014-09", "2011"]
    assert [entry["name"] for entry in found["projects"]] == ["On drift"]


def test_the_resume_names_skills_that_somebody_would_say_of_herself(member: Client, user: User) -> None:
    live(user)
    claim_set(user=user, competency="cs.python", level=3)
    skills = {entry["name"]: entry for entry in resume_of(member)["skills"]}
    # ticked by herself, whatever was refused of a list
    assert skills["SQL and relational databases"]["level"] == "Independent (3 of 5)"
    assert "Pandas, I think" in [word for entry in skills.values() for word in entry.get("keywords", ())]
    assert skills["Juggling"] == {"name": "Juggling"}


def test_an_inferred_or_refused_skill_is_not_in_the_resume(member: Client, user: User) -> None:
    item_save(user=user, row=ListedSkill(user=user, text="SQL", match=Match.REFUSED))
    assert "skills" not in resume_of(member)


def test_an_empty_account_is_a_resume_and_tables_too(member: Client) -> None:
    assert resume_of(member) == {"basics": {"name": "ada"}, "meta": {"version": "v1.2.1"}}
    assert not any(rows for name, rows in tables_of(member).items() if name != "settings")


def test_every_entry_of_the_export_is_a_row(member: Client, user: User) -> None:
    live(user)
    MatchAnswer.objects.create(user=user, section="roles", text="wizard", rule="ml-engineer")
    Advert.objects.create(user=user, title="ML Engineer", text="Strong Python")
    found, export = tables_of(member), exported(member)
    account = export["account"]
    for name, entries in {
        "degrees": export["degrees"],
        "roles": export["roles"],
        "certificates": export["certifications"],
        "activities": export["activities"],
        "claims": [*export["claims"], *export["confirmed"]],
        "milestones": export["milestones"],
        "resources": [*export["finished"], *account["marks"]],
        "listed-skills": account["skills"],
        "waivers": account["waivers"],
        "hours": account["efforts"],
        "weeks-off": account["weeks_off"],
        "own-figures": account["overrides"],
        "plans": account["plans"],
        "plan-steps": [step for plan in account["plans"] for step in plan["answer"]["steps"]],
        "skipped-steps": account["skips"],
        "answers": account["answers"],
        "adverts": account["adverts"],
        "history": account["events"],
        "settings": account["preferences"],
    }.items():
        assert len(found[name]) == len(entries) > 0, name


def test_the_tables_say_what_was_logged(member: Client, user: User) -> None:
    live(user)
    found = tables_of(member)
    sql = next(row for row in found["skills"] if row["Id"] == "cs.sql")
    assert (sql["Skill"], sql["Level"], sql["What stands behind it"]) == (
        "SQL and relational databases",
        "3",
        "claimed",
    )
    claim = next(row for row in found["claims"] if row["Id"] == "cs.sql")
    assert (claim["Note"], claim["Link"]) == ("ten years of it", "https://example.org/sql")
    assert [row["Met"] for row in found["milestones"]] == ["no", "yes"]
    assert found["activities"][0]["Levels shown"] == "ops.monitoring: 3"
    assert float(found["history"][-1]["lead: readiness"]) > 0


def test_no_cell_of_hers_is_a_formula(member: Client, user: User) -> None:
    item_save(user=user, row=ListedSkill(user=user, text="=cmd|' /C calc'!A0"))
    assert tables_of(member)["listed-skills"][0]["Text"] == "'=cmd|' /C calc'!A0"


def test_every_table_of_a_person_is_in_the_export(member: Client, user: User) -> None:
    """A new table has to be exported, or named here as one that is worked out anew or that never leaves."""
    worked_out, secret = {"State", "Solve"}, {"CalendarFeed"}
    owned = {
        model.__name__
        for model in apps.get_app_config("tracker").get_models()
        if any(field.name == "user" for field in model._meta.fields)
    }
    exported_by = {
        "Activity": "activities",
        "Advert": "adverts",
        "Certification": "certifications",
        "Claim": "claims",
        "Degree": "degrees",
        "Effort": "efforts",
        "Event": "events",
        "ListedSkill": "skills",
        "MatchAnswer": "answers",
        "MilestoneWord": "milestones",
        "Plan": "plans",
        "Preferences": "preferences",
        "ResourceMark": "marks",
        "ResourceOverride": "overrides",
        "Role": "roles",
        "SkippedStep": "skips",
        "Waiver": "waivers",
        "WeekOff": "weeks_off",
    }
    assert owned == exported_by.keys() | worked_out | secret
    document = exported(member)
    assert set(exported_by.values()) <= document.keys() | document["account"].keys()
