"""The dashboard: where am I, what is missing most, what do I do this week, is it getting better."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tracker import clock
from tracker.engine.recommend import Closing, Step
from tracker.interchange.shipped import shipped_framework
from tracker.models import Activity, Competency, Degree, Event, Match
from tracker.queries.dashboard import AreaBar, DashboardPage
from tracker.queries.dashboard_lines import Line, StepLine, step_lines
from tracker.queries.plan import Options
from tracker.queries.what_if import at_once, choices, what_if
from tracker.services.claims import claim_set, claims_set
from tracker.services.items import item_save
from tracker.services.path import competency_waive
from tracker.services.people import person_ensure, preferences_update
from tracker.templatetags.lines import area_rows, gap_rows, step_rows, tight_rows
from tracker.views.kept import pages

pytestmark = pytest.mark.django_db
COURSE = "r.google-mlcc"


def page_of(client: Client, query: str = "") -> DashboardPage:
    pages.clear()  # a page that is served again as it was rendered has no context
    return client.get(f"/dashboard/{query}").context["page"]


def text_of(client: Client, query: str = "") -> str:
    return client.get(f"/dashboard/{query}").content.decode()


@pytest.fixture
def beginner(user: User, member: Client) -> Client:
    """Someone who ticked a little, and has a degree behind some of it."""
    degree = Degree(user=user, level="bachelor", field="Statistics", rule="statistics", match=Match.CONFIRMED)
    item_save(user=user, row=degree)
    claims_set(user=user, levels={"cs.python": 3, "ml.fundamentals": 2, "data.preparation": 1})
    return member


def test_an_empty_profile_leads_to_the_start_and_still_shows_the_road(member: Client) -> None:
    text = text_of(member)
    assert 'href="/start/"' in text
    assert text.count('class="meter"') == 5
    assert "nothing yet that others could check" in text


def test_the_leading_sentence_says_readiness_and_leads_to_its_sum(beginner: Client) -> None:
    page = page_of(beginner)
    text = text_of(beginner)
    assert f">{round(100 * page.readiness.claimed)} of 100</a>" in text
    assert f'href="/dashboard/sum/?stage={page.stage.id}"' in text


def test_the_largest_gaps_come_first_with_level_target_and_next_statement(beginner: Client) -> None:
    page = page_of(beginner, "?stage=lead")
    figures = [float(line.figure) for line in page.gaps]
    assert figures == sorted(figures, reverse=True)
    assert all("Lead asks" in line.why and "Next: " in line.why for line in page.gaps)


def test_a_stage_can_be_looked_at_without_changing_the_focus(beginner: Client) -> None:
    assert page_of(beginner).stage.id == "foundation"
    looked_at = page_of(beginner, "?stage=architect")
    assert looked_at.stage.id == "architect"
    assert "your stage in focus is" in text_of(beginner, "?stage=architect")
    assert page_of(beginner).stage.id == "foundation"


def test_nonsense_in_the_address_shows_the_focus_and_the_first_shelf(beginner: Client) -> None:
    page = page_of(beginner, "?stage=emperor&shelf=top")
    assert (page.stage.id, page.shelf) == ("foundation", "quick")


@pytest.mark.parametrize("shelf", ["quick", "musts", "big"])
def test_each_shelf_says_what_a_step_closes_its_gain_hours_and_cost(beginner: Client, shelf: str) -> None:
    page = page_of(beginner, f"?stage=lead&shelf={shelf}")
    assert page.steps
    for step in page.steps:
        assert step.line.figure.startswith("+")
        assert " to " in step.line.why and "h," in step.line.why.replace("\N{NO-BREAK SPACE}", "")
        assert step.line.address.startswith("/resources/")


def test_tabs_are_links_and_a_fragment_is_the_same_card(beginner: Client) -> None:
    text = text_of(beginner, "?shelf=big")
    assert 'shelf=big#next" hx-get' in text
    pages.clear()
    fragment = beginner.get("/dashboard/?shelf=big", headers={"HX-Request": "true", "HX-Target": "next"})
    assert fragment.context["page"].shelf == "big"
    assert fragment.content.decode().strip().startswith('<section class="card" id="next">')


def test_a_practice_task_is_one_entry_with_what_to_read_on_the_way() -> None:
    framework = shipped_framework()
    task = next(r for r in framework.resources if r.kind == "practice task" and r.reading)
    teaching = task.teaches[0]
    step = Step(task, 10, 1000, (Closing(teaching.competency, teaching.start, teaching.reached),))
    (line,) = step_lines(framework, framework.stage["architect"], [step], frozenset())
    assert [title for title, _ in line.reading] == [framework.resource[key].title for key in task.reading[:2]]
    assert "Practice task" in line.line.why


def test_what_is_started_stands_under_this_week_with_a_way_to_finish_it(beginner: Client, user: User) -> None:
    assert (
        beginner.post(f"/resources/{COURSE}/mark/", {"status": "started", "next": "/dashboard/"}).url == "/dashboard/"
    )
    page = page_of(beginner)
    assert [resource.id for resource in page.week.under_way] == [COURSE]
    before = page.readiness.claimed
    beginner.post(f"/resources/{COURSE}/mark/", {"status": "finished", "hours": "15", "next": "/dashboard/"})
    page = page_of(beginner)
    assert page.week.under_way == ()
    assert page.readiness.claimed >= before


def test_this_week_holds_no_more_than_the_hours_of_a_week(beginner: Client, user: User) -> None:
    preferences_update(preferences=person_ensure(user=user), hours_per_week=Decimal(5))
    page = page_of(beginner, "?stage=lead")
    assert page.week.lines
    assert page.week.hours <= 5


def test_a_week_of_no_hours_still_names_the_first_step(beginner: Client, user: User) -> None:
    preferences_update(preferences=person_ensure(user=user), hours_per_week=Decimal(0))
    assert len(page_of(beginner, "?stage=lead").week.lines) == 1


def test_since_the_last_visit_says_what_came_and_what_it_changed(user: User, member: Client) -> None:
    then = timezone.now() - timedelta(days=20)
    with clock.at(then):
        claim_set(user=user, competency="cs.python", level=1)
    preferences = person_ensure(user=user)
    preferences.visited_at = then + timedelta(days=1)
    preferences.save()
    claim_set(user=user, competency="cs.python", level=3)
    page = page_of(member)
    assert page.since is not None
    assert page.since.gain > 0
    assert page.since.acts == (("claim", 1),)
    assert "Up " in text_of(member)


def test_readiness_over_time_is_drawn_from_the_log(user: User, member: Client) -> None:
    for days in (200, 100, 0):
        with clock.at(timezone.now() - timedelta(days=days)):
            claim_set(user=user, competency="cs.python", level=3 - days // 100)
    chart = page_of(member).chart
    assert chart is not None
    assert [round(point.claimed) for point in chart.points] == sorted(round(point.claimed) for point in chart.points)
    assert len(chart.points) == 3


def test_what_the_stage_asks_first_names_milestones_before_musts(beginner: Client) -> None:
    page = page_of(beginner, "?stage=lead")
    assert page.asks[0].address.startswith("/path/#")
    assert all(line.is_open for line in page.asks)
    assert page.asks_hidden > 0


def test_habits_that_were_begun_are_on_time_or_due(beginner: Client, user: User) -> None:
    today = timezone.localdate()
    for title, on in (("old paper", today - timedelta(days=60)), ("meetup", today)):
        kind = "paper-read" if "paper" in title else "forum"
        item_save(user=user, row=Activity(user=user, kind=kind, title=title, on=on.isoformat()))
    habits = {line.title: line.is_open for line in page_of(beginner).habits}
    assert habits == {"Read research papers": True, "Answer or ask in a community forum": False}


def test_figures_stand_with_and_without_what_is_waived_and_say_which(beginner: Client, user: User) -> None:
    competency_waive(user=user, competency=Competency.objects.get(key="ml.evaluation"))
    page = page_of(beginner, "?stage=lead")
    assert page.without_waived is not None
    assert page.without_waived.claimed > page.readiness.claimed
    assert "Without what you waived" in text_of(beginner, "?stage=lead")
    assert [c.id for c in page.waived] == ["ml.evaluation"]


def test_texts_within_lists_cannot_become_markup() -> None:
    hostile = Line(title="<b>x</b>", address='"><i>', figure="<u>", why="<s>", key="'\"")
    step = StepLine(hostile, ((hostile.title, hostile.address),), is_started=False)
    bar = AreaBar('"', "<b>", "1.0", "1.0", "1", "1", "<i>")
    lists = (tight_rows([hostile], "num"), gap_rows([hostile], '"?a&b'), step_rows([step]), area_rows([bar], '"', '"'))
    for rows in lists:
        assert not any(tag in rows for tag in ("<b>", "<i>", "<u>", "<s>"))


def test_a_step_can_be_started_once_and_names_what_is_worth_reading() -> None:
    ahead = StepLine(Line("A course", "/resources/r.a/"), (("A book", "/resources/r.b/"),), is_started=False)
    under_way = StepLine(Line("A course", "/resources/r.a/"), (), is_started=True)
    assert 'formaction="/resources/r.a/mark/"' in step_rows([ahead])
    assert 'Read on the way: <a href="/resources/r.b/">A book</a>.' in step_rows([ahead])
    assert "under way" in step_rows([under_way])
    assert "<button" not in step_rows([under_way])


def test_bars_and_chart_say_in_words_what_they_draw(beginner: Client) -> None:
    text = text_of(beginner)
    assert "<title>Mathematics and statistics: " in text
    assert '<desc id="chart-desc">Since ' in text


def test_a_change_can_be_tried_from_here(beginner: Client) -> None:
    page = page_of(beginner, "?stage=lead")
    by_sort = {group.changes[0][0].split(":")[0]: dict(group.changes) for group in page.what_if}
    assert list(by_sort) == ["drop", "add", "certificate", "role"]
    assert [f"drop:{r.id}" for r in page.week.ahead] == list(by_sort["drop"])
    assert not {key.split(":")[1] for key in by_sort["add"]} & {key.split(":")[1] for key in by_sort["drop"]}
    text = text_of(beginner, "?stage=lead")
    assert '<form method="get" action="/plan/what-if/"' in text
    assert '<input type="hidden" name="stage" value="lead">' in text
    for asked in (next(iter(changes)) for changes in by_sort.values()):
        assert f'<option value="{asked}">' in text
        assert beginner.get(f"/plan/what-if/?stage=lead&what=change&change={asked}").status_code == 200


def test_what_can_be_tried_of_certificates_brings_something_the_most_first(beginner: Client) -> None:
    page = page_of(beginner)
    groups = choices(page.person, "lead", (), ())
    gains = [
        at_once(page.person, "lead", what_if(page.person, Options("lead"), asked)).gain
        for asked, _ in groups[0].changes
    ]
    assert gains == sorted(gains, reverse=True) and gains[-1] > 0


def test_nobody_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/dashboard/").url.startswith("/accounts/login/")


@pytest.mark.parametrize("events", [10, 1000])
def test_the_number_of_reads_does_not_grow_with_the_log(
    beginner: Client, user: User, events: int, django_assert_max_num_queries
) -> None:
    at = timezone.now() - timedelta(days=400)
    Event.objects.bulk_create(
        Event(
            user=user, kind="claim", title=f"event {i}", logged_at=at + timedelta(hours=8 * i),
            readiness={"foundation": [0.1, 0.05]},
        )
        for i in range(events)
    )  # fmt: skip
    beginner.get("/dashboard/")  # the visit is noted
    claim_set(user=user, competency="cs.sql", level=1)  # what was kept with the state is gone
    with django_assert_max_num_queries(7):
        response = beginner.get("/dashboard/?stage=lead&shelf=big")
    assert len(response.content) < 30_000


class TestHowItAddsUp:
    def test_the_lines_add_up_to_the_areas_and_these_to_the_whole(self, beginner: Client) -> None:
        page = beginner.get("/dashboard/sum/?stage=lead").context["page"]
        for part in page.parts:
            assert sum(line.counts for line in part.lines) == part.readiness.held
            assert sum(line.most for line in part.lines) == part.readiness.total
            assert sum(line.backed_counts for line in part.lines) == part.readiness.backed_held
        assert sum(part.readiness.held for part in page.parts) == page.readiness.held
        assert sum(line.gap.impact for part in page.parts for line in part.lines) == pytest.approx(
            1 - page.readiness.claimed
        )

    def test_one_area_can_be_looked_at(self, beginner: Client) -> None:
        page = beginner.get("/dashboard/sum/?stage=lead&area=cs").context["page"]
        assert [part.area.id for part in page.parts] == ["cs"]
        assert page.readiness == page.parts[0].readiness

    def test_without_a_stage_it_is_the_one_in_focus(self, beginner: Client) -> None:
        assert beginner.get("/dashboard/sum/").context["page"].stage.id == "foundation"

    @pytest.mark.parametrize("query", ["stage=emperor", "area=xyz"])
    def test_what_is_not_there_is_not_found(self, beginner: Client, query: str) -> None:
        assert beginner.get(f"/dashboard/sum/?{query}").status_code == 404

    def test_each_gap_can_be_pointed_at(self, beginner: Client) -> None:
        assert 'id="cs.python"' in beginner.get("/dashboard/sum/?stage=lead").content.decode()
