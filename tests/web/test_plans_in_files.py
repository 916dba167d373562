"""Plans of a file: they come back whole, and one that is written by hand breaks nothing."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.plans import solved
from tests.web.test_exporting import bring, exported
from tests.web.test_round_trip import event, lines_of, proposed, there
from tracker import clock
from tracker.engine.weeks import monday_of
from tracker.interchange.calendar_file import to_bytes
from tracker.models import Event, Plan, SkippedStep
from tracker.plan_check import LAST_WEEK, MOST_STEPS
from tracker.queries.calendar import read_calendar
from tracker.services.entities import values
from tracker.services.history import event_undo, undoable
from tracker.services.people import person_ensure
from tracker.services.plans import plan_accept, plan_close, step_skip

__all__ = ["there"]
pytestmark = pytest.mark.django_db

PAGES = ("/plan/", "/dashboard/", "/progress/", "/export/profile.json", "/path/")
NOT_TAKEN = "not taken: it is not as an export writes it"


def file_of(*plans: Any, **members: Any) -> dict[str, Any]:
    return {"schema": "mlarch-profile/1", "account": {"plans": list(plans), **members}}


@pytest.fixture
def entry(user: User) -> dict[str, Any]:
    """A plan under way since three weeks ago, as an export writes it."""
    solve = solved(user)
    monday = monday_of(clock.today_in("UTC")) - timedelta(weeks=3)
    return {
        "stage": "foundation",
        "question": {**solve.question, "query": "mode=most"},
        "answer": deepcopy(solve.answer),
        "starts_on": monday.isoformat(),
        "logged_at": f"{monday.isoformat()}T10:00:00+00:00",
    }


def stand(client: Client, user: User) -> None:
    """Every page that shows plans answers, also those of the earlier ones."""
    earlier = [f"/plan/earlier/{pk}/" for pk in Plan.objects.filter(user=user).values_list("pk", flat=True)]
    for address in (*PAGES, *earlier):
        assert client.get(address).status_code == 200, address
    to_bytes(read_calendar(client.get("/plan/").context["person"]))


def test_a_plan_under_way_comes_with_its_steps_and_what_was_left_out(
    member: Client, user: User, there: Client, other_user: User
) -> None:
    plan_accept(user=user, solve=solved(user), query="mode=most&weeks=2")
    step_skip(user=user, resource="r.coursera-ml-spec")
    bring(there, member.get("/export/profile.json").content)
    mine, theirs = (values(Plan.objects.get(user=u)) for u in (user, other_user))
    assert mine == theirs
    assert SkippedStep.objects.get(user=other_user).resource.key == "r.coursera-ml-spec"
    assert there.get("/plan/").context["present"].view.lines
    assert "by your plan" in there.get("/dashboard/").content.decode()
    stand(there, other_user)


def test_what_was_done_with_plans_there_can_be_undone_here(
    member: Client, user: User, there: Client, other_user: User
) -> None:
    plan_accept(user=user, solve=solved(user), query="")
    plan_accept(user=user, solve=solved(user, 20), query="")
    plan_close(user=user)
    bring(there, member.get("/export/profile.json").content)
    events = Event.objects.filter(user=other_user)
    closing = events.get(title="Closed the plan")
    assert closing.pk in undoable(person_ensure(user=other_user), events)
    event_undo(user=other_user, event=closing)
    second = events.filter(title__startswith="Accepted").latest("logged_at")
    event_undo(user=other_user, event=second)
    assert Plan.objects.get(user=other_user).closed_on is None
    assert Plan.objects.filter(user=user, closed_on=None).count() == 0


def test_an_accepted_plan_that_was_undone_can_be_brought_back_here(
    member: Client, user: User, there: Client, other_user: User
) -> None:
    outcome = plan_accept(user=user, solve=solved(user), query="")
    assert outcome
    event_undo(user=user, event=outcome.event)
    bring(there, member.get("/export/profile.json").content)
    event_undo(user=other_user, event=Event.objects.get(user=other_user, title__startswith="Undid"))
    assert Plan.objects.get(user=other_user).answer["steps"]


def test_the_review_says_what_a_plan_is(there: Client, entry: dict[str, Any]) -> None:
    closed = {**entry, "closed_on": clock.today_in("UTC").isoformat(), "logged_at": "2026-01-05T10:00:00+00:00"}
    lines = lines_of(proposed(there, file_of(entry, closed)), "plans")
    assert lines[0].text.startswith("Plan for Undergraduate foundations, ")
    assert lines[0].when.startswith("under way since ") and not lines[0].why
    assert "–" in lines[1].when  # noqa: RUF001


def test_beside_a_plan_that_is_followed_that_of_the_file_comes_in_closed(
    member: Client, user: User, entry: dict[str, Any]
) -> None:
    plan_accept(user=user, solve=solved(user, 20), query="")
    own = Plan.objects.get(user=user)
    line = lines_of(proposed(member, file_of(entry)), "plans")[0]
    assert "it comes in as an earlier plan, closed today" in line.why and not line.known
    assert "it comes in as an earlier plan" in member.get("/import/review/").content.decode().replace("It", "it")
    bring(member, json.dumps(file_of(entry)).encode())
    assert Plan.objects.get(user=user, closed_on=None).pk == own.pk
    assert Plan.objects.exclude(pk=own.pk).get(user=user).closed_on == clock.today_in("UTC")
    stand(member, user)


def test_of_two_under_way_in_a_file_one_stays_under_way(there: Client, other_user: User, entry: dict[str, Any]) -> None:
    again = {**entry, "logged_at": "2026-01-05T10:00:00+00:00"}
    lines = lines_of(proposed(there, file_of(entry, again)), "plans")
    assert [bool(line.why) for line in lines] == [False, True]
    bring(there, json.dumps(file_of(entry, again)).encode())
    assert Plan.objects.filter(user=other_user).count() == 2
    assert Plan.objects.filter(user=other_user, closed_on=None).count() == 1


def test_a_plan_that_is_there_is_not_taken_twice(member: Client, user: User) -> None:
    plan_accept(user=user, solve=solved(user), query="")
    step_skip(user=user, resource="r.coursera-ml-spec")
    review = proposed(member, exported(member))
    assert lines_of(review, "plans")[0].known and lines_of(review, "skips")[0].known


def test_an_import_with_a_plan_is_undone_in_one(there: Client, other_user: User, entry: dict[str, Any]) -> None:
    bring(there, json.dumps(file_of(entry, skips=[{"resource": "r.google-mlcc"}])).encode())
    assert Plan.objects.filter(user=other_user).exists()
    event_undo(user=other_user, event=Event.objects.get(user=other_user))
    assert not Plan.objects.exists() and not SkippedStep.objects.exists()


@pytest.mark.parametrize("skip", [5, {}, {"resource": 5}, {"resource": "r.nothing"}, {"resource": ["r.google-mlcc"]}])
def test_a_step_left_out_that_the_model_lacks_is_not_offered(there: Client, skip: Any) -> None:
    assert not lines_of(proposed(there, file_of(skips=[skip])), "skips")


# What is written by hand

NESTED: Any = json.loads("[" * 50 + "]" * 50)
HUGE = 10**30
STEP = ["r.google-mlcc", "1", "0", "0", 1, 1, [], [], 0, 0]


def many_steps(number: int) -> list[Any]:
    return [
        [f"r.step-{n}", "1", "0", str(n), n // 6 + 1, max(1, -(-(n + 1) // 6)), [], [], 0, 0] for n in range(number)
    ]


BROKEN: list[tuple[str, Any]] = [
    ("stage", "emperor"), ("stage", 5), ("stage", None), ("starts_on", "soon"), ("starts_on", 5),
    ("starts_on", "2026-03-03"), ("starts_on", "2099-01-05"), ("starts_on", "1066-10-15"), ("starts_on", "20260302"),
    ("starts_on", "9999-12-27"), ("closed_on", "never"), ("closed_on", 5), ("closed_on", ""),
    ("closed_on", "2001-01-01"), ("closed_on", "2099-01-01"),
    ("question", None), ("question", []), ("question", {}), ("question", NESTED), ("question.more", 1),
    ("question.mode", "magic"), ("question.mode", ["most"]), ("question.stage", "lead"), ("question.stage", {}),
    ("question.hours", "1/0"), ("question.hours", 12), ("question.hours", "-12"), ("question.hours", "1e9"),
    ("question.hours", str(HUGE)), ("question.hours", "2/4"), ("question.hours", " 12"), ("question.hours", "١٢"),
    ("question.per_week", "0"), ("question.per_week", "1/0"), ("question.per_week", None),
    ("question.per_week", "169"), ("question.per_week", "1/100000"), ("question.budget", "NaN"),
    ("question.kept", "r.google-mlcc"), ("question.kept", [5]), ("question.left_out", ["../x"]),
    ("question.left_out", ["x"] * 9_000), ("question.wanted", NESTED), ("question.levels", {"cs.python": "3"}),
    ("question.levels", {"cs.python": 9}), ("question.levels", {"cs.python": True}), ("question.levels", []),
    ("question.figures", {"r.google-mlcc": "1"}), ("question.figures", {"r.google-mlcc": ["1/0", "0"]}),
    ("question.framework", "ml"), ("question.framework", [1, 2]), ("question.query", 5),
    ("question.query", "x" * 3_000), ("question.query", "&" * 1_500),
    ("answer", None), ("answer", []), ("answer", {}), ("answer", NESTED), ("answer.more", 1),
    ("answer.source", "oracle"), ("answer.is_proven", 1), ("answer.reaches", "yes"), ("answer.bound", 5),
    ("answer.bound", "1/0"), ("answer.points", [1, 2]), ("answer.points", [5, 2, 1]), ("answer.points", [0, HUGE, 0]),
    ("answer.points", [0.5, 1, 1]), ("answer.points", [True, 1, 1]), ("answer.points", "123"),
    ("answer.greedy_hours", "inf"), ("answer.obstacle", "dragon"), ("answer.left", [["cs.python", 1, 2]]),
    ("answer.left", [["a/b", 1, 2, 1]]), ("answer.left", [["cs.python", 1, 2, 9]]), ("answer.left", NESTED),
    ("answer.steps", []), ("answer.steps", {}), ("answer.steps", "steps"), ("answer.steps", [5]),
    ("answer.steps", [STEP[:-1]]), ("answer.steps", [STEP, STEP]), ("answer.steps", NESTED),
    ("answer.steps", many_steps(10_000)), ("answer.steps", many_steps(MOST_STEPS + 1)),
    *[("answer.steps", [[*STEP[:place], value, *STEP[place + 1 :]]]) for place, value in (
        (0, 5), (0, ""), (0, "a/b"), (0, "x" * 81), (0, "<b>"), (1, "0"), (1, 1), (1, "1/0"), (1, "-1"),
        (1, str(HUGE)), (1, "900000"), (2, None), (2, "-1"), (3, "1"), (3, "1/0"), (4, 0), (4, 2), (4, HUGE),
        (4, "1"), (4, True), (5, 2), (5, LAST_WEEK + 1), (6, {}), (6, [["cs.python", 0]]),
        (6, [["cs.python", 0, 9]]), (6, [[["cs.python"], 0, 1]]), (7, "abc"), (7, [None]), (8, HUGE), (8, -1),
        (8, 0.5), (9, 2), (9, True), (9, None),
    )],
]  # fmt: skip


@pytest.mark.parametrize(("where", "value"), BROKEN, ids=lambda v: str(v)[:30])
def test_a_plan_of_another_shape_is_left_out_and_said(
    there: Client, other_user: User, entry: dict[str, Any], where: str, value: Any
) -> None:
    part, _, member = where.partition(".")
    if member:
        entry[part][member] = value
    else:
        entry[part] = value
    review = proposed(there, file_of(entry))
    assert not lines_of(review, "plans")
    assert any(NOT_TAKEN in left for left in review.left)
    assert NOT_TAKEN in there.get("/import/review/").content.decode()


@pytest.mark.parametrize("plans", [5, "plans", {}, [5], [None], [[]], [{}], [NESTED]])
def test_plans_of_another_shape_do_no_harm(there: Client, plans: Any) -> None:
    document = {"schema": "mlarch-profile/1", "account": {"plans": plans}}
    assert not lines_of(proposed(there, document), "plans")


@pytest.mark.parametrize("closed", [True, False])
def test_pages_stand_whatever_a_well_formed_plan_says(
    there: Client, other_user: User, entry: dict[str, Any], closed: bool
) -> None:
    """Resources and competencies that there are none of, the most steps, the largest numbers, the latest weeks."""
    steps = many_steps(MOST_STEPS)
    steps[0][6:8] = [[["no.such", 0, 5]], ["r.no-such", steps[-1][0]]]
    steps[-1][8] = 1_000_000
    entry["answer"] |= {"steps": steps, "points": [0, 1_000_000, 0], "left": [["no.such", 5, 0, 1]]}
    hours = [["r.google-mlcc", "31194", "1000000", "0", 1, 5199, [], [], 0, 1]]
    slow = deepcopy({**entry, "logged_at": "2026-01-05T10:00:00+00:00", "closed_on": entry["starts_on"]})
    slow["answer"]["steps"] = hours
    if closed:
        entry["closed_on"] = clock.today_in("UTC").isoformat()
    bring(there, json.dumps(file_of(slow, entry)).encode())
    assert Plan.objects.filter(user=other_user).count() == 2
    stand(there, other_user)
    if not closed:
        there.post("/plan/close/")
        stand(there, other_user)


@pytest.mark.parametrize("is_open", [True, False])
def test_pages_stand_where_the_model_has_lost_the_stage(
    there: Client, other_user: User, entry: dict[str, Any], is_open: bool
) -> None:
    """A log may bring back a plan for a stage that is gone, as an upgrade of the model may leave one behind."""
    closed = None if is_open else entry["starts_on"]
    kept = {**entry, "stage": "emperor", "closed_on": closed}
    kept["question"]["stage"] = "emperor"
    rows = {"plan:1": kept}
    gone = event(kind="plan", key="emperor", title="Closed the plan", before=rows, after=dict.fromkeys(rows))
    bring(there, json.dumps(file_of(events=[gone])).encode())
    event_undo(user=other_user, event=Event.objects.get(user=other_user, title="Closed the plan"))
    assert Plan.objects.get(user=other_user).stage == "emperor"
    stand(there, other_user)


@pytest.mark.parametrize(
    "change",
    [
        {"starts_on": "9999-12-27"}, {"starts_on": "0001-01-01"}, {"answer": {}}, {"question": {"levels": 1}},
        {"answer": {"steps": many_steps(10_000)}}, {"closed_on": "9999-12-31"}, {"stage": "lead"},
    ],
)  # fmt: skip
def test_a_plan_in_a_log_is_kept_only_in_our_shape(
    there: Client, other_user: User, entry: dict[str, Any], change: dict[str, Any]
) -> None:
    rows = {"plan:1": {**entry, "closed_on": None, **change}}
    bring(there, json.dumps(file_of(events=[event(kind="plan", before=rows, after=dict.fromkeys(rows))])).encode())
    assert Event.objects.get(user=other_user).before is None


def test_the_calendar_asks_the_newest_plan_not_the_newest_row(
    member: Client, user: User, entry: dict[str, Any]
) -> None:
    """What a file brings later is older: it must not outrank the plan under way."""

    def steps() -> list[bytes]:
        lines = member.get("/plan/calendar.ics").content.splitlines()
        return [line for line in lines if line.startswith((b"UID", b"DTSTART", b"DTEND"))]

    plan_accept(user=user, solve=solved(user, 20), query="")
    entry |= {"starts_on": "2024-01-01", "closed_on": "2024-02-01", "logged_at": "2024-01-01T10:00:00+00:00"}
    before = steps()
    bring(member, json.dumps(file_of(entry)).encode())
    assert Plan.objects.latest("id").starts_on == date(2024, 1, 1)
    assert steps() == before
