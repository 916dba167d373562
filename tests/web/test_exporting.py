"""Everything out, and back in without loss."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from tests.plans import solved
from tests.services.test_start import person_of
from tracker import clock
from tracker.models import (
    Activity,
    Certification,
    Claim,
    Competency,
    Degree,
    Effort,
    ListedSkill,
    Match,
    Milestone,
    Resource,
    Role,
)
from tracker.queries.person import read_person
from tracker.services.adverts import advert_add
from tracker.services.claims import claim_set, claims_set
from tracker.services.effort import effort_log, effort_remove
from tracker.services.items import item_save
from tracker.services.ledger import ensure_state
from tracker.services.own_figures import figures_set
from tracker.services.path import competency_waive, milestone_word, resource_mark
from tracker.services.people import person_ensure
from tracker.services.plans import plan_accept, step_skip
from tracker.services.weeks_off import week_off_mark, week_off_take_back

pytestmark = pytest.mark.django_db

MEMBERS = (
    "claims",
    "confirmed",
    "degrees",
    "roles",
    "certifications",
    "activities",
    "skills",
    "finished",
    "milestones",
)
SCHEMA = Path(__file__).parents[2] / "tracker" / "interchange" / "schemas" / "profile.schema.json"


def live(user: User) -> None:
    """A profile with something of every kind."""
    person_ensure(user=user)
    claims_set(user=user, levels={"cs.python": 2, "math.statistics": 0}, origin=Claim.Origin.CARD)
    claim_set(user=user, competency="cs.sql", level=3, note="ten years of it", link="https://example.org/sql")
    claims_set(user=user, levels={"ml.supervised": 4}, origin=Claim.Origin.OFFER)
    rows: list[Any] = [
        Degree(level="master", field="Statistik", title="MSc Statistik", end="2014-09", rule="statistics",
               match=Match.CONFIRMED),
        Degree(level="bachelor", field="Computer Science", end="2011", match=Match.REFUSED),
        Role(title="Data Scientist", employer="Acme", start="2015-02", end="2019", rule="data-scientist"),
        Role(title="Chief of Everything", start="2019", rule="ml-engineer", match=Match.CONFIRMED, summary="All."),
        Role(title="Software Developer", start="2009", end="2010", match=Match.NONE),
        Certification(name="Certified Kubernetes Administrator", on="2022-05", match=Match.UNSURE),
        Activity(kind="talk", title="On drift", on="2024-03-02", hours=Decimal("7.5"), note="Full room",
                 levels={"ops.monitoring": 3}),
        ListedSkill(text="Python", rule="cs.python", match=Match.MATCHED),
        ListedSkill(text="Pandas, I think", rule="data.preparation", match=Match.CONFIRMED),
        ListedSkill(text="SQL", match=Match.REFUSED),
        ListedSkill(text="Juggling"),
    ]  # fmt: skip
    for row in rows:
        row.user = user
        item_save(user=user, row=row)
    course, book = Resource.objects.get(key="r.google-mlcc"), Resource.objects.exclude(key="r.google-mlcc")[0]
    resource_mark(user=user, resource=course, status="finished", on="2023-01-05", hours=Decimal("12.5"), rating=4)
    resource_mark(user=user, resource=book, status="dismissed")
    milestone_word(user=user, milestone=Milestone.objects.get(key="ms.bachelor"), met=False)
    milestone_word(user=user, milestone=Milestone.objects.get(key="ms.project"), met=True, on="2020")
    competency_waive(user=user, competency=Competency.objects.get(key="cs.java"), reason="not my trade")
    today = clock.today_in("UTC")
    for hours in ("1", "1", "2.5"):
        effort_log(user=user, on=today, hours=Decimal(hours), resource="r.google-mlcc" if hours == "2.5" else "")
    effort_remove(user=user, row=Effort.objects.filter(user=user).earliest("id"))
    effort_log(user=user, on=today - timedelta(days=30), hours=Decimal("0.5"))
    for weeks in (0, 3, -9):
        week_off_mark(user=user, day=today + timedelta(weeks=weeks))
    week_off_take_back(user=user, day=today)
    figures_set(user=user, resource=course, hours=Decimal("20.5"), cost=Decimal("9.95"), url="https://example.org/")
    figures_set(user=user, resource=book, cost=Decimal(0))
    plan_accept(user=user, solve=solved(user, hours=12), query="mode=most")
    plan_accept(user=user, solve=solved(user, hours=20), query="mode=most&weeks=4")
    step_skip(user=user, resource="r.coursera-ml-spec")


def exported(member: Client) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(member.get("/export/profile.json").content)
    return document


def bring(member: Client, data: bytes) -> None:
    """Import the file and keep everything that the review proposes."""
    member.post("/import/", {"file": SimpleUploadedFile("profile.json", data)})
    found = member.get("/import/review/")
    sent: dict[str, Any] = {"draft": found.context["draft"].id}
    for group in found.context["review"].groups:
        sent[f"take-{group.id}"] = [line.place for line in group.lines if not line.known]
    assert member.post("/import/review/", sent).status_code == 302


def test_the_page_says_what_is_in_it(member: Client, user: User) -> None:
    live(user)
    page = member.get("/export/").content.decode()
    assert "2 degrees, 3 roles, 1 certificate" in page


def test_it_is_a_private_file(member: Client) -> None:
    answer = member.get("/export/profile.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mlarch-profile.json"'
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]


def test_strangers_get_nothing(client: Client) -> None:
    assert client.get("/export/profile.json").status_code == 302


def test_its_members_are_valid_against_the_profile_schema(member: Client, user: User) -> None:
    live(user)
    jsonschema.validate(exported(member), json.loads(SCHEMA.read_text("utf-8")))


def test_the_same_content_gives_the_same_bytes(member: Client, user: User) -> None:
    live(user)
    assert member.get("/export/profile.json").content == member.get("/export/profile.json").content


def test_it_holds_what_the_schema_has_no_place_for(member: Client, user: User) -> None:
    live(user)
    account = exported(member)["account"]
    assert account["preferences"]["hours_per_week"] == 6
    assert account["waivers"][0]["reason"] == "not my trade"
    assert account["marks"][0]["status"] == "dismissed"
    assert [entry["hours"] for entry in account["efforts"]] == [0.5, 1, 2.5]
    assert [plan.get("closed_on", "") == "" for plan in account["plans"]] == [False, True]
    assert account["skips"][0]["resource"] == "r.coursera-ml-spec"
    assert len(account["weeks_off"]) == len(account["overrides"]) == 2
    assert len(account["events"]) == 33
    assert account["events"][0]["readiness"]


def test_it_holds_nothing_of_anybody_else(member: Client, other_user: User) -> None:
    live(other_user)
    document = exported(member)
    assert not any(document[name] for name in MEMBERS)
    assert not document["account"]["events"]


def test_importing_it_elsewhere_loses_nothing(member: Client, user: User, other_user: User) -> None:
    live(user)
    there = Client()
    there.force_login(other_user)
    before = member.get("/export/profile.json").content
    bring(there, before)
    here, copied = json.loads(before), exported(there)
    assert {name: copied[name] for name in MEMBERS} == {name: here[name] for name in MEMBERS}
    assert copied["account"]["skills"] == here["account"]["skills"]
    assert copied["account"]["marks"] == here["account"]["marks"]
    assert [w["competency"] for w in copied["account"]["waivers"]] == ["cs.java"]


def test_importing_it_where_it_came_from_proposes_nothing_new(member: Client, user: User) -> None:
    live(user)
    data = member.get("/export/profile.json").content
    member.post("/import/", {"file": SimpleUploadedFile("profile.json", data)})
    assert member.get("/import/review/").context["review"].new == 0


@pytest.mark.parametrize("stage", ["practitioner", "architect"])
def test_analyse_says_of_it_what_the_dashboard_says(member: Client, user: User, tmp_path: Path, stage: str) -> None:
    live(user)
    file = tmp_path / "profile.json"
    file.write_bytes(member.get("/export/profile.json").content)
    out = StringIO()
    call_command("analyse", str(file), format="json", stage=stage, stdout=out)
    said = json.loads(out.getvalue())
    preferences = person_ensure(user=user)
    person = read_person(user, preferences, ensure_state(user, preferences))
    report = person.report(stage)
    assert said["readiness"] == pytest.approx(report.readiness.claimed)
    assert said["backed_readiness"] == pytest.approx(report.readiness.backed)
    assert said["stage_reached"] == person.snapshot.stage_reached
    assert {c["id"]: (c["level"], c["evidenced"]) for c in said["competencies"]} == {
        c: (level.level, level.evidenced) for c, level in person.snapshot.levels.items()
    }
    assert {m["id"]: m["met"] for m in said["milestones"]} == {
        s.milestone.id: s.met for s in person.snapshot.milestones
    }


def test_too_large_a_history_is_thinned_so_that_it_can_come_back(member: Client, user: User, monkeypatch: Any) -> None:
    live(user)
    monkeypatch.setattr("tracker.interchange.own_export.MOST_JSON_BYTES", 1_000)
    assert "after" not in exported(member)["account"]["events"][0]
    whole = json.loads(member.get("/export/profile.json?details=all").content)
    assert "after" in whole["account"]["events"][0]


@pytest.mark.parametrize("roles", [10, 1_000])
def test_an_export_costs_the_same_few_queries_whatever_was_logged(
    member: Client, user: User, django_assert_max_num_queries: Any, roles: int
) -> None:
    member.get("/export/")
    Role.objects.bulk_create(Role(user=user, title="Data Scientist", employer=str(n)) for n in range(roles))
    with django_assert_max_num_queries(22):
        assert len(exported(member)["roles"]) == roles


def test_what_an_advert_asks_is_a_table_too(member: Client, user: User) -> None:
    text = "ML Engineer\n\nRequirements\n- Strong Python\n- 3 years in data\n- A bachelor's degree in physics\n"
    advert_add(user=user, framework=person_of(user).framework, text=text)
    with zipfile.ZipFile(io.BytesIO(member.get("/export/tables.zip").content)) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("advert-lines.csv").decode("utf-8-sig"))))
    found = {row[5]: row for row in rows[1:]}
    assert found["skill"][6:8] == ["cs.python", "3"] and found["years"][8:10] == ["3", "data"]
    assert found["degree"][10] == "bachelor" and all(row[0] == "ML Engineer" for row in rows[1:])
