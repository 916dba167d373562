"""From nothing to a dashboard: three steps, each skippable, each answer kept by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tracker.models import Claim, Degree, Event, Match, Preferences, Role
from tracker.queries.frameworks import current_framework
from tracker.services.claims import claim_set

pytestmark = pytest.mark.django_db

AREAS = ("math", "cs", "data", "ml", "dl", "swe", "ops", "cloud", "arch", "gov", "biz", "lead")


def lines(*, degrees: list[dict[str, str]] | None = None, roles: list[dict[str, str]] | None = None) -> dict[str, str]:
    """The first step's form as a browser sends it, with these lines filled in."""
    sent = {f"{name}-TOTAL_FORMS": "3" for name in ("degrees", "roles")}
    sent |= {f"{name}-INITIAL_FORMS": "0" for name in ("degrees", "roles")}
    for name, rows in (("degrees", degrees or []), ("roles", roles or [])):
        for number, row in enumerate(rows):
            sent |= {f"{name}-{number}-{field}": value for field, value in row.items()}
    return sent


def tap(member: Client, cards: dict[str, str]) -> Any:
    return member.post("/start/2/", {f"card-{area}": stage for area, stage in cards.items()})


def claims(user: User) -> dict[str, tuple[int, str]]:
    rows = Claim.objects.filter(user=user)
    return {c: (level, origin) for c, level, origin in rows.values_list("competency__key", "level", "origin")}


def test_it_resumes_where_it_was_left(member: Client) -> None:
    assert member.get("/start/").headers["Location"] == "/start/1/"
    member.post("/start/1/", {"skip": "1"})
    assert member.get("/start/").headers["Location"] == "/start/2/"


def test_every_step_can_be_skipped_and_claims_nothing(member: Client, user: User) -> None:
    addresses = [member.post(f"/start/{step}/", {"skip": "1"}).headers["Location"] for step in (1, 2, 3, 4)]
    assert addresses == ["/start/2/", "/start/3/", "/start/4/", "/dashboard/"]
    assert not Event.objects.filter(user=user).exists()


def test_going_back_takes_nothing_away(member: Client, user: User) -> None:
    for step in (1, 2, 3):
        member.post(f"/start/{step}/", {"skip": "1"})
    member.post("/start/1/", {"skip": "1"})
    assert Preferences.objects.get(user=user).start_step == 4


def test_further_lines_are_folded_until_one_of_them_is_filled(member: Client) -> None:
    assert member.get("/start/1/").content.decode().count('<details class="more-lines">') == 2
    wrong = lines(roles=[{"title": "Data Scientist"}, {"title": "Data Analyst", "start": "2020", "end": "2019"}])
    page = member.post("/start/1/", wrong)
    assert page.status_code == 422
    html = page.content.decode()
    assert html.count('<details class="more-lines" open>') == html.count('<details class="more-lines">') == 1


def test_a_form_without_any_line_is_answered_all_the_same(member: Client) -> None:
    sent = lines(roles=[{"title": "", "start": "nonsense"}]) | {"degrees-TOTAL_FORMS": "0"}
    assert member.post("/start/1/", sent).status_code == 422


def test_there_is_no_fifth_step(member: Client) -> None:
    assert member.get("/start/5/").status_code == 404


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/start/1/").status_code == 302


# What one brings


def test_plain_lines_become_degrees_and_roles_with_one_event(member: Client, user: User) -> None:
    member.post(
        "/start/1/",
        lines(
            degrees=[{"title": "MSc Computer Science", "end": "2012"}],
            roles=[{"title": "Senior Data Scientist", "employer": "Acme", "start": "March 2015", "end": "now"}],
        ),
    )
    degree, role = Degree.objects.get(user=user), Role.objects.get(user=user)
    assert (degree.level, degree.rule, degree.completed, degree.match) == (
        "master", "computer-science", True, Match.MATCHED,
    )  # fmt: skip
    assert (role.rule, role.start, role.end) == ("data-scientist", "2015-03", "")
    assert [event.title for event in Event.objects.filter(user=user)] == ["Started: 1 degree, 1 role"]


def test_a_degree_without_a_year_is_not_finished(member: Client, user: User) -> None:
    member.post("/start/1/", lines(degrees=[{"title": "BSc Physics"}]))
    assert not Degree.objects.get(user=user).completed


def test_an_unsure_title_is_asked_and_nothing_is_kept_until_it_is_answered(member: Client, user: User) -> None:
    answer = member.post("/start/1/", lines(roles=[{"title": "Architect"}, {"title": "Barista"}]))
    assert answer.status_code == 422
    assert "Choose one, or none of these." in answer.content.decode()
    assert not Role.objects.filter(user=user).exists()
    asked = answer.context["roles"].forms[0].matching.candidates[0].id
    member.post("/start/1/", lines(roles=[{"title": "Architect", "rule": asked}, {"title": "Barista"}]))
    kept = dict(Role.objects.filter(user=user).values_list("title", "rule"))
    assert kept == {"Architect": asked, "Barista": ""}


def test_none_of_these_keeps_the_text_and_remembers_the_refusal(member: Client, user: User) -> None:
    member.post("/start/1/", lines(roles=[{"title": "Architect", "rule": "none"}]))
    role = Role.objects.get(user=user)
    assert (role.rule, role.match) == ("", Match.REFUSED)


def test_what_matches_nothing_is_kept_and_shown_as_such(member: Client) -> None:
    member.post("/start/1/", lines(roles=[{"title": "Barista"}]))
    page = member.get("/start/1/").content.decode()
    assert "Barista" in page
    assert "nothing in the model is called that" in page


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"roles": [{"title": "Data Scientist", "start": "long ago"}]}, "Write a year, a month or a day"),
        ({"roles": [{"title": "Data Scientist", "start": "2020-02-31"}]}, "that the calendar has"),
        ({"roles": [{"title": "Data Scientist", "start": "01/02/2020"}]}, "Write a year, a month or a day"),
        ({"degrees": [{"title": "MSc Statistics", "end": "2019-13"}]}, "that the calendar has"),
        ({"roles": [{"title": "Data Scientist", "start": "2020", "end": "2019"}]}, "before it began"),
        ({"roles": [{"employer": "Acme"}]}, "This field is required."),
        ({"degrees": [{"title": "Computer Science", "end": "2019"}]}, "The words do not say"),
    ],
)
def test_a_mistake_is_named_beside_its_field(member: Client, user: User, fields: Any, error: str) -> None:
    answer = member.post("/start/1/", lines(**fields))
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert not Event.objects.filter(user=user).exists()


# Cards


def test_twelve_cards_are_one_event(member: Client, user: User) -> None:
    tap(member, dict.fromkeys(AREAS, "practitioner"))
    assert [event.title for event in Event.objects.filter(user=user)] == ["Started: 12 areas"]


def test_a_card_claims_the_targets_of_its_stage(member: Client, user: User) -> None:
    tap(member, {"cs": "practitioner"})
    framework = current_framework()
    assert framework
    assert claims(user) == {c.id: (framework.target("practitioner", c.id), "card") for c in framework.by_area["cs"]}


def test_a_card_never_claims_below_what_is_evidenced(member: Client, user: User) -> None:
    member.post("/start/1/", lines(degrees=[{"title": "PhD Statistics", "end": "2015"}]))
    tap(member, {"math": "foundation"})
    assert claims(user)["math.statistics"][0] == 3


def test_nothing_yet_claims_0_only_where_nothing_is_evidenced(member: Client, user: User) -> None:
    member.post("/start/1/", lines(degrees=[{"title": "PhD Statistics", "end": "2015"}]))
    tap(member, {"math": "none", "gov": "none"})
    assert "math.statistics" not in claims(user)
    assert {level for c, (level, _) in claims(user).items()} == {0}


def test_a_skipped_card_claims_nothing(member: Client, user: User) -> None:
    tap(member, {"cs": "lead", "math": ""})
    assert all(c.startswith("cs.") for c in claims(user))


def test_changing_a_card_leaves_single_answers_alone(member: Client, user: User) -> None:
    tap(member, {"cs": "practitioner"})
    claim_set(user=user, competency="cs.python", level=5)
    tap(member, {"cs": "foundation"})
    assert claims(user)["cs.python"] == (5, "tick")
    assert claims(user)["cs.computer-systems"][0] == 2


def test_a_card_left_open_later_takes_back_what_it_claimed(member: Client, user: User) -> None:
    tap(member, {"cs": "practitioner"})
    claim_set(user=user, competency="cs.python", level=5)
    tap(member, {"cs": ""})
    assert claims(user) == {"cs.python": (5, "tick")}


def test_the_same_cards_again_change_nothing(member: Client, user: User) -> None:
    for _ in range(2):
        tap(member, dict.fromkeys(AREAS, "entry"))
    assert Event.objects.filter(user=user).count() == 1


def test_the_stage_that_roles_offer_is_preselected_and_marked(member: Client) -> None:
    member.post("/start/1/", lines(roles=[{"title": "Data Scientist", "start": "2012"}]))
    cards = {card.area.id: card for card in member.get("/start/2/").context["cards"]}
    assert cards["ml"].proposed_by
    assert not cards["ml"].is_skipped


def test_cards_show_two_deeds_for_each_stage(member: Client) -> None:
    card = member.get("/start/2/").context["cards"][1]
    practitioner = next(choice for choice in card.choices if choice.value == "practitioner")
    assert len(practitioner.deeds) == 2
    assert practitioner.deeds[0].statement in member.get("/start/2/").content.decode()


def test_a_stage_that_is_not_there_is_refused(member: Client, user: User) -> None:
    assert tap(member, {"cs": "emperor"}).status_code == 422
    assert not claims(user)


# Questions


def ask(member: Client) -> Any:
    return member.get("/start/3/").context["asked"]


def test_never_more_than_thirteen_questions(member: Client, user: User) -> None:
    answered = 0
    while (asked := ask(member)) is not None:
        member.post("/start/3/", {"competency": asked.competency.id, "level": "1"})
        answered += 1
    assert answered == 13
    assert Event.objects.filter(user=user).count() == 13


def test_an_answer_replaces_what_the_card_said(member: Client, user: User) -> None:
    tap(member, dict.fromkeys(AREAS, "practitioner"))
    asked = ask(member)
    member.post("/start/3/", {"competency": asked.competency.id, "level": "1"})
    assert claims(user)[asked.competency.id] == (1, "question")
    tap(member, dict.fromkeys(AREAS, "lead"))
    assert claims(user)[asked.competency.id] == (1, "question")


def test_a_question_passed_over_claims_nothing_and_is_not_asked_again(member: Client, user: User) -> None:
    first = ask(member).competency.id
    member.post("/start/3/", {"competency": first, "level": ""})
    assert ask(member).competency.id != first
    assert not claims(user)


def test_an_answer_can_be_changed(member: Client, user: User) -> None:
    member.post("/start/3/", {"competency": "cs.python", "level": "1"})
    assert member.get("/start/3/?again=cs.python").context["asked"].competency.id == "cs.python"
    member.post("/start/3/", {"competency": "cs.python", "level": "3"})
    assert claims(user)["cs.python"] == (3, "question")


def test_a_complete_beginner_is_believed(member: Client) -> None:
    tap(member, dict.fromkeys(AREAS, "none"))
    assert ask(member) is None


def test_someone_of_long_experience_is_asked_about_her_own_stage(member: Client) -> None:
    tap(member, dict.fromkeys(AREAS, "lead"))
    assert ask(member).stage.id == "architect"


@pytest.mark.parametrize("sent", [{"competency": "cs.cobol", "level": "1"}, {"competency": "cs.python", "level": "9"}])
def test_an_impossible_answer_is_refused(member: Client, user: User, sent: dict[str, str]) -> None:
    assert member.post("/start/3/", sent).status_code == 422
    assert not claims(user)


# The target


def test_the_target_is_kept_and_leads_to_the_dashboard(member: Client, user: User) -> None:
    answer = member.post("/start/4/", {"stage": "lead", "hours_per_week": "8", "budget": "200"})
    assert answer.headers["Location"] == "/dashboard/"
    kept = Preferences.objects.get(user=user)
    assert (kept.stage, kept.hours_per_week, kept.budget, kept.start_step) == ("lead", 8, 200, 5)


def test_a_missing_milestone_alone_does_not_make_an_architect_a_beginner(member: Client) -> None:
    tap(member, dict.fromkeys(AREAS, "lead"))
    assert member.get("/start/4/").context["form"]["stage"].value() == "architect"


def test_hours_out_of_range_are_named(member: Client) -> None:
    answer = member.post("/start/4/", {"stage": "", "hours_per_week": "100", "budget": ""})
    assert answer.status_code == 422
    assert "less than or equal to 80" in answer.content.decode()


def test_all_of_it_takes_at_most_25_answers(member: Client, user: User) -> None:
    tap(member, dict.fromkeys(AREAS, "practitioner"))
    answers = len(AREAS)
    while (asked := ask(member)) is not None:
        member.post("/start/3/", {"competency": asked.competency.id, "level": "2"})
        answers += 1
    assert answers <= 25


@pytest.mark.parametrize(
    ("address", "most"), [("/start/1/", 7), ("/start/2/", 16), ("/start/3/", 17), ("/start/4/", 5)]
)
def test_a_step_costs_the_same_few_queries_whatever_was_logged(
    member: Client, user: User, django_assert_max_num_queries: Any, address: str, most: int
) -> None:
    Role.objects.bulk_create(Role(user=user, title=f"Data Scientist {n}", rule="data-scientist") for n in range(200))
    tap(member, dict.fromkeys(AREAS, "entry"))
    with django_assert_max_num_queries(most):
        assert member.get(address).status_code == 200


def test_questions_can_be_ended_early(member: Client, user: User) -> None:
    assert member.post("/start/3/", {"done": "1"}).headers["Location"] == "/start/4/"
    assert Preferences.objects.get(user=user).start_step == 4
