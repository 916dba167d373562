"""Models beside ours on the pages: looked at, aimed at, and left again."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.commands.test_other_frameworks import package
from tests.web.test_access import NAMES, address
from tests.web.test_exporting import live
from tracker.interchange.framework_file import read_framework_file
from tracker.models import Claim, Framework
from tracker.services.frameworks import framework_load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def arts(db: None) -> None:
    document = package()
    document["CFItems"][1]["fullStatement"] = "Sings <script>alert(1)</script> & **loudly**"
    document["CFDocument"]["description"] = "For <b>tests</b>."
    framework_load(read_framework_file(json.dumps(document).encode()).document)


def aim(member: Client, key: str) -> None:
    assert member.post("/model/choose/", {"framework": key}).status_code == 302


def words(member: Client, page: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", member.get(page).content.decode())


def test_anyone_reads_it_and_its_texts_are_text(client: Client) -> None:
    page = client.get("/model/?framework=doc").content.decode()
    assert "Sings &lt;script&gt;" in page and "<script>alert" not in page
    assert "For &lt;b&gt;tests" in page
    assert "What it doesn't say, and what is assumed" in page
    assert "Aim at this" not in page
    assert client.get("/model/?framework=none").status_code == 404
    area = client.get("/model/?framework=doc&area=arts").content.decode()
    assert "**loudly**" in area


def test_the_model_shown_first_is_the_one_aimed_at(member: Client) -> None:
    assert "109 competencies" in member.get("/model/").content.decode()
    aim(member, "doc")
    page = member.get("/model/").content.decode()
    assert "2 competencies in 1 area" in page and "your target" in page


def test_the_dashboard_the_skills_and_the_settings_follow(member: Client) -> None:
    aim(member, "doc")
    assert "on the way to Arts" in words(member, "/dashboard/")
    assert "Sings" in words(member, "/skills/")
    assert "You aim at Arts" in words(member, "/settings/")


def test_no_page_breaks_under_another_model(member: Client, user: User) -> None:
    live(user)
    aim(member, "doc")
    found = {name: member.get(address(name)).status_code for name in NAMES}
    assert {name: status for name, status in found.items() if status not in (200, 302, 404, 405)} == {}
    assert found["plan"] == found["report"] == found["progress"] == 200


def test_nothing_is_lost_on_the_way_there_and_back(member: Client, user: User) -> None:
    live(user)
    before = member.get("/export/profile.json").content
    aim(member, "doc")
    member.get("/dashboard/")
    aim(member, "ml-architect")
    assert member.get("/export/profile.json").content == before


def test_a_level_ticked_there_is_ticked_here(member: Client, user: User) -> None:
    aim(member, "doc")
    member.post("/skills/cs.python/level/", {"level": "3"})
    assert Claim.objects.get(user=user).competency.framework.key == "ml-architect"
    aim(member, "ml-architect")
    assert member.get("/skills/cs.python/").status_code == 200
    assert "level 3" in words(member, "/progress/")


def test_only_what_is_loaded_can_be_aimed_at(member: Client) -> None:
    assert member.post("/model/choose/", {"framework": "none"}).status_code == 404
    Framework.objects.filter(key="doc").update(current_release=None)
    assert member.post("/model/choose/", {"framework": "doc"}).status_code == 404


def test_a_plan_waits_while_another_model_is_aimed_at(member: Client, user: User) -> None:
    live(user)
    assert member.get("/report/").context["page"].plan is not None
    aim(member, "doc")
    assert member.get("/report/").context["page"].plan is None
    aim(member, "ml-architect")
    assert member.get("/report/").context["page"].plan is not None


def test_the_dashboard_says_nothing_where_the_model_has_nothing(member: Client, user: User) -> None:
    live(user)
    aim(member, "doc")
    page = words(member, "/dashboard/")
    assert "Next: ." not in page and "Next: sings" in page
    assert "Nothing was logged for this stage yet." in page
    assert "Habits" not in page
