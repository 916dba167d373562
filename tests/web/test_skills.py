"""The checklist: what it shows, and what a tick does with and without scripts."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.services.test_claims import project
from tracker import clock
from tracker.models import Claim, Competency, Event, Preferences
from tracker.services.claims import claim_set, claims_set
from tracker.services.items import item_save
from tracker.services.people import person_ensure

pytestmark = pytest.mark.django_db

PYTHON = "cs.python"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/skills/"}


def number_of(key: str) -> int:
    return Competency.objects.get(key=key).pk


def level_of(user: User, key: str = PYTHON) -> int | None:
    return Claim.objects.filter(user=user, competency__key=key).values_list("level", flat=True).first()


def shown(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/skills/{query}").context["page"]
    return [row.competency.id for block in page.shown for row in block.rows]


# What it shows


def test_all_competencies_stand_there_by_area_with_target_and_statements(member: Client) -> None:
    response = member.get("/skills/?stage=lead")
    page = response.context["page"]
    assert len(page.blocks) == 12
    assert sum(len(block.rows) for block in page.blocks) == 109
    html = response.content.decode()
    assert "<legend>Python programming: 4 asked</legend>" in html
    assert "Reads a short script and says what it does" in html
    assert html.count(" checked>") == 109


def test_it_leads_with_where_one_is_and_what_is_missing(member: Client) -> None:
    html = member.get("/skills/?stage=architect").content.decode()
    assert "of 100 for <b>Machine Learning Architect</b>" in html
    assert "skills fall short of what it asks" in html


def test_an_areas_progress_counts_all_of_it_whatever_is_filtered(member: Client, user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=5)
    whole = {b.area.id: (b.readiness, b.gaps) for b in member.get("/skills/?stage=lead").context["page"].blocks}
    narrow = member.get("/skills/?stage=lead&q=python").context["page"]
    assert {b.area.id: (b.readiness, b.gaps) for b in narrow.blocks} == whole


def test_filters_let_through_what_they_name(member: Client, user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=5)
    assert PYTHON not in shown(member, "?show=gaps&stage=lead")
    assert {"ml.fundamentals", PYTHON} <= set(shown(member, "?show=musts&stage=architect"))
    assert set(shown(member, "?area=cs")) == {c for c in shown(member) if c.startswith("cs.")}
    assert PYTHON in shown(member, "?q=numpy")
    assert shown(member, "?show=stale") == []


def test_a_level_that_has_grown_old_is_marked_and_confirmed_in_one_click(member: Client, user: User) -> None:
    key = Competency.objects.filter(shelf_life_months__isnull=False).first().key
    with clock.at(datetime.now(UTC) - timedelta(days=365 * 12)):
        claim_set(user=user, competency=key, level=3)
    assert shown(member, "?show=stale") == [key]
    assert "Still true" in member.get("/skills/?show=stale").content.decode()
    member.post(f"/skills/{key}/level/", {"confirm": "1"}, **HTMX)
    assert shown(member, "?show=stale") == []
    assert level_of(user, key) == 3


def test_a_claim_that_differs_from_the_evidence_says_so(member: Client, user: User) -> None:
    item_save(user=user, row=project(user, PYTHON, 3, "2020"))
    claim_set(user=user, competency=PYTHON, level=2)
    assert "you say 2, evidence says 3" in member.get("/skills/?area=cs").content.decode()


def test_a_filter_without_a_hit_leads_on(member: Client) -> None:
    assert "No skill fits" in member.get("/skills/?q=zzzzzz").content.decode()


@pytest.mark.parametrize("query", ["?stage=nothing", "?area=nothing", "?show=nothing", "?q=%00<script>"])
def test_what_it_does_not_understand_asks_nothing(member: Client, query: str) -> None:
    response = member.get(f"/skills/{query}")
    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_the_statements_of_a_skill_open_in_place_or_on_its_page(member: Client) -> None:
    fragment = member.get(f"/skills/{PYTHON}/levels/", **HTMX).content.decode()
    assert fragment.count("<li") == 6
    assert member.get(f"/skills/{PYTHON}/levels/")["Location"] == f"/skills/{PYTHON}/"
    assert member.get("/skills/cs.nothing/levels/", **HTMX).status_code == 404


def test_it_needs_a_person(client: Client) -> None:
    for address in ("/skills/", f"/skills/{PYTHON}/levels/"):
        assert client.get(address).status_code == 302
    assert client.post(f"/skills/{PYTHON}/level/", {"level": "3"}).status_code == 302


# One tick


def says_of(number: object) -> str:
    """Where the words of a row are to be put: beside the control of that number."""
    return f"outerHTML:.about:has(+ .level [name='{number}'])"


def test_a_tick_answers_with_what_changed_alone(member: Client, user: User) -> None:
    response = member.post(f"/skills/{PYTHON}/level/", {"level": "3", "stage": "lead"}, **HTMX)
    html = response.content.decode()
    assert response.status_code == 200
    assert len(response.content) <= 3000
    assert says_of(number_of(PYTHON)) in html
    assert "Builds a tested, packaged module others install" in html
    assert 'id="p-cs"' in html and 'id="totals"' in html
    assert "Readiness for Lead" in html
    assert f"/skills/undo/{Event.objects.get(user=user).pk}/" in html
    assert json.loads(response["HX-Trigger"])["levels"]["now"][str(number_of(PYTHON))] == 3


def test_a_tick_tells_the_page_of_every_level_that_it_implies(member: Client) -> None:
    response = member.post("/skills/ml.supervised/level/", {"level": "4"}, **HTMX)
    now = json.loads(response["HX-Trigger"])["levels"]["now"]
    assert len(now) > 1
    assert all(says_of(number) in response.content.decode() for number in now)


def test_of_an_area_only_its_own_rows_are_sent(member: Client) -> None:
    given = HTMX | {"HTTP_HX_CURRENT_URL": "http://testserver/skills/?area=ml"}
    response = member.post("/skills/ml.supervised/level/", {"level": "4"}, **given)
    of_ml = {says_of(pk) for pk in Competency.objects.filter(area__key="ml").values_list("pk", flat=True)}
    assert 'id="p-cs"' not in response.content.decode()
    assert any(mark in response.content.decode() for mark in of_ml)


def test_a_tick_takes_at_most_nine_reads_and_writes(member: Client) -> None:
    member.post(f"/skills/{PYTHON}/level/", {"level": "2"}, **HTMX)
    with CaptureQueriesContext(connection) as captured:
        member.post(f"/skills/{PYTHON}/level/", {"level": "3"}, **HTMX)
    statements = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) <= 9, "\n".join(statements)


def test_without_scripts_a_tick_goes_back_where_it_came_from_and_says_what_it_changed(member: Client) -> None:
    given = {"HTTP_REFERER": "http://testserver/skills/?area=cs"}
    response = member.post(f"/skills/{PYTHON}/level/", {"level": "3"}, **given)
    assert response["Location"] == "/skills/?area=cs"
    html = member.get(response["Location"]).content.decode()
    assert "Python programming: level 3" in html and "Undo" in html


def test_it_never_goes_back_to_somebody_elses_site(member: Client) -> None:
    given = {"HTTP_REFERER": "https://elsewhere.example/"}
    response = member.post(f"/skills/{PYTHON}/level/", {"level": "3"}, **given)
    assert response["Location"] == f"/skills/{PYTHON}/"


@pytest.mark.parametrize("level", ["", "6", "-1", "3.5", "three", "\uff11", "33"])
def test_what_is_no_level_is_refused_in_words(member: Client, user: User, level: str) -> None:
    plain = member.post(f"/skills/{PYTHON}/level/", {"level": level})
    fragment = member.post(f"/skills/{PYTHON}/level/", {"level": level}, **HTMX)
    assert (plain.status_code, fragment.status_code) == (422, 200)
    for response in (plain, fragment):
        assert "A level is a number from 0 to 5." in response.content.decode()
    assert json.loads(fragment["HX-Trigger"])["levels"]["now"][str(number_of(PYTHON))] == 0
    assert level_of(user) is None


def test_an_unknown_skill_is_not_found(member: Client) -> None:
    assert member.post("/skills/cs.nothing/level/", {"level": "3"}).status_code == 404


def test_changes_take_a_post(member: Client) -> None:
    for address in (f"/skills/{PYTHON}/level/", "/skills/area/cs/", "/skills/undo/1/"):
        assert member.get(address).status_code == 405


def test_the_same_tick_again_changes_nothing_and_says_so(member: Client, user: User) -> None:
    for _ in range(2):
        response = member.post(f"/skills/{PYTHON}/level/", {"level": "3"}, **HTMX)
    assert "Nothing changed." in response.content.decode()
    assert Event.objects.for_user(user).count() == 1


def test_a_claim_can_be_left_to_the_evidence_again(member: Client, user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=2)
    member.post(f"/skills/{PYTHON}/level/", {"evidence": "1"}, **HTMX)
    assert level_of(user) is None


# Undo


def test_an_undo_in_place_brings_the_rows_back(member: Client, user: User) -> None:
    member.post(f"/skills/{PYTHON}/level/", {"level": "3"}, **HTMX)
    response = member.post(f"/skills/undo/{Event.objects.get(user=user).pk}/", **HTMX)
    assert "Undid: Python programming: level 3" in response.content.decode()
    assert json.loads(response["HX-Trigger"])["levels"]["now"][str(number_of(PYTHON))] == 0
    assert level_of(user) is None


def test_an_undo_that_no_longer_fits_says_why(member: Client, user: User) -> None:
    member.post(f"/skills/{PYTHON}/level/", {"level": "3"}, **HTMX)
    first = Event.objects.get(user=user)
    member.post(f"/skills/{PYTHON}/level/", {"level": "4"}, **HTMX)
    response = member.post(f"/skills/undo/{first.pk}/", **HTMX)
    assert "has changed since" in response.content.decode()
    assert level_of(user) == 4


def test_nobody_undoes_what_another_did(member: Client, other_user: User) -> None:
    outcome = claim_set(user=other_user, competency=PYTHON, level=3)
    assert outcome is not None
    assert member.post(f"/skills/undo/{outcome.event.pk}/", **HTMX).status_code == 404
    assert level_of(other_user) == 3


# An area


def test_an_area_is_saved_as_one_act_of_only_what_was_changed(member: Client, user: User) -> None:
    given = {str(number_of(PYTHON)): "3", str(number_of("cs.sql")): "2", str(number_of("cs.r")): "0", "stage": "lead"}
    member.post("/skills/area/cs/", given)
    assert (level_of(user, PYTHON), level_of(user, "cs.sql"), level_of(user, "cs.r")) == (3, 2, None)
    event = Event.objects.get(user=user)
    assert (event.title, event.key) == ("Programming and computer science: 2 levels ticked", "cs")


def test_an_area_can_be_raised_to_what_the_stage_asks_which_lowers_nothing(member: Client, user: User) -> None:
    claim_set(user=user, competency=PYTHON, level=5)
    response = member.post("/skills/area/cs/", {"all": "target", "stage": "lead"}, **HTMX)
    assert "all that Lead asks" in response.content.decode()
    assert level_of(user, PYTHON) == 5
    page = member.get("/skills/?area=cs&stage=lead").context["page"]
    assert all(row.level.level >= row.target for block in page.shown for row in block.rows)


def test_nothing_yet_is_said_only_where_nothing_is_evidenced(member: Client, user: User) -> None:
    item_save(user=user, row=project(user, PYTHON, 3, "2020"))
    claims_set(user=user, levels={"cs.sql": 4, "cs.r": 2})
    member.post("/skills/area/cs/", {"all": "none"})
    assert (level_of(user, PYTHON), level_of(user, "cs.sql"), level_of(user, "cs.r")) == (None, 0, 0)


@pytest.mark.parametrize("given", [{"all": "five"}, {"level": "9"}])
def test_a_bad_area_is_refused_and_nothing_is_written(member: Client, user: User, given: dict[str, str]) -> None:
    given = {str(number_of(PYTHON)): given["level"]} if "level" in given else given
    assert member.post("/skills/area/cs/", given).status_code == 422
    assert not Event.objects.for_user(user).exists()


def test_an_unknown_area_is_not_found(member: Client) -> None:
    assert member.post("/skills/area/nothing/", {"all": "none"}).status_code == 404


# Weight and reads


def logged(user: User, count: int) -> None:
    now = datetime.now(UTC)
    Event.objects.bulk_create(
        Event(user=user, kind="claim", key=PYTHON, title=f"Tick {n}", logged_at=now, before={}, after={})
        for n in range(count)
    )


@pytest.mark.parametrize("history", [10, 1000])
def test_the_page_takes_few_reads_whatever_the_history(
    member: Client, user: User, history: int, django_assert_max_num_queries
) -> None:
    claim_set(user=user, competency=PYTHON, level=3)
    logged(user, history)
    with django_assert_max_num_queries(6):
        member.get("/skills/")


def test_the_whole_checklist_and_one_area_stay_light(member: Client, user: User) -> None:
    claims_set(user=user, levels={c.key: 2 for c in Competency.objects.all()})
    whole, area = member.get("/skills/").content, member.get("/skills/?area=ops").content
    assert len(whole) <= 100_000
    assert len(gzip.compress(whole)) <= 15_000
    assert len(area) <= 22_000


def test_the_stage_compared_with_is_the_one_named_else_the_one_in_focus(member: Client, user: User) -> None:
    Preferences.objects.filter(pk=person_ensure(user=user).pk).update(stage="lead")
    assert member.get("/skills/").context["page"].stage.id == "lead"
    assert member.get("/skills/?stage=entry").context["page"].stage.id == "entry"
