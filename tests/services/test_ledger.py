"""Every write leaves one event and the state that follows from all that is logged, however it was reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tracker import clock
from tracker.models import Activity, Claim, Degree, Event, Preferences, Resource, State
from tracker.queries.frameworks import current_framework
from tracker.queries.profile import read_profile
from tracker.services import ledger
from tracker.services.claims import claim_confirm_fresh, claim_remove, claim_set, claims_set
from tracker.services.history import UndoError, event_undo
from tracker.services.items import item_remove, item_save
from tracker.services.path import resource_mark
from tracker.services.people import person_ensure, preferences_update

pytestmark = pytest.mark.django_db

KEYS = ["cs.python", "cs.sql", "ml.unsupervised", "ml.supervised", "math.statistics", "ops.serving"]
BEGIN = datetime(
    2026, 5, 31, 10, 30, tzinfo=UTC
)  # of the zones below the third is in June, the first still on the 30th
ZONES = ["Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati"]

keys, levels = st.sampled_from(KEYS), st.integers(0, 5)
origins = st.sampled_from([Claim.Origin.TICK, Claim.Origin.CARD, Claim.Origin.OFFER])
ACTS = st.one_of(
    st.tuples(st.just("tick"), keys, levels),
    st.tuples(st.just("many"), st.dictionaries(keys, levels, min_size=1), origins),
    st.tuples(st.just("take back"), keys),
    st.tuples(st.just("still true"), keys),
    st.tuples(st.just("project"), keys, levels),
    st.tuples(st.just("degree")),
    st.tuples(st.just("course")),
    st.tuples(st.just("remove")),
    st.tuples(st.just("undo")),
    st.tuples(st.just("travel"), st.sampled_from(ZONES)),
)


def act(user: User, word: str, *told) -> None:
    """One write, named as in ACTS."""
    acts: dict[str, Callable[..., object]] = {
        "tick": lambda key, level: claim_set(user=user, competency=key, level=level),
        "many": lambda wanted, origin: claims_set(user=user, levels=wanted, origin=origin),
        "take back": lambda key: claim_remove(user=user, competency=key),
        "still true": lambda key: claim_confirm_fresh(user=user, competency=key),
        "project": lambda key, level: item_save(user=user, row=_project(user, key, level)),
        "degree": lambda: item_save(user=user, row=_degree(user)),
        "course": lambda: _finish(user),
        "remove": lambda: _remove_last(user),
        "undo": lambda: _undo_last(user),
        "travel": lambda zone: travel(user, zone),
    }
    acts[word](*told)


def travel(user: User, zone: str) -> None:
    preferences_update(preferences=person_ensure(user=user), time_zone=zone)


def _project(user: User, key: str, level: int) -> Activity:
    day = clock.now().date().isoformat()
    return Activity(user=user, kind="project", title="A project", on=day, levels={key: level})


def _degree(user: User) -> Degree:
    return Degree(user=user, level="master", field="Computer science", end="2020", rule="computer-science")


def _finish(user: User) -> None:
    day = clock.now().date().isoformat()
    resource_mark(user=user, resource=Resource.objects.get(key="r.google-mlcc"), status="finished", on=day)


def _remove_last(user: User) -> None:
    row = Activity.objects.filter(user=user).last()
    if row:
        item_remove(user=user, row=row)


def _undo_last(user: User) -> None:
    event = Event.objects.for_user(user).filter(undone_by=None).order_by("-id").first()
    if event:
        try:
            event_undo(user=user, event=event)
        except UndoError:
            return


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@example(acts=[("travel", "Pacific/Kiritimati"), ("tick", "cs.python", 3), ("travel", "Pacific/Pago_Pago")])
@example(acts=[("travel", "Pacific/Kiritimati"), ("tick", "cs.sql", 3), ("travel", "UTC"), ("tick", "cs.python", 1)])
@given(acts=st.lists(ACTS, min_size=1, max_size=8))
def test_after_any_writes_the_kept_state_is_that_of_a_full_reading(db: None, acts: list[tuple]) -> None:
    user = User.objects.create(username=uuid4().hex)
    for minute, (word, *told) in enumerate(acts):
        with clock.at(BEGIN + timedelta(minutes=minute)):
            act(user, word, *told)
    kept = State.objects.filter(pk=user.pk).first()
    if kept is None:
        return
    written = (kept.levels, kept.path, kept.grounds)
    with clock.at(BEGIN + timedelta(minutes=len(acts))), patch.object(ledger, "is_current", return_value=False):
        anew = ledger.ensure_state(user, person_ensure(user=user))
    anew.refresh_from_db()
    assert (anew.levels, anew.path) == written[:2]
    assert {name: anew.grounds[name] for name in ("claims", "confirmed")} == {
        name: written[2][name] for name in ("claims", "confirmed")
    }
    assert read_profile(user.pk, current_framework()).confirmed == anew.grounds["confirmed"]


def test_no_tick_is_lost_by_a_switch_to_an_earlier_time_zone(user: User) -> None:
    with clock.at(BEGIN):
        travel(user, "Pacific/Kiritimati")
        claim_set(user=user, competency="ops.serving", level=5)
        item_save(user=user, row=Activity(user=user, kind="project", title="P", on="2026-06-01", levels={"cs.sql": 3}))
        travel(user, "Pacific/Pago_Pago")
        outcome = item_save(user=user, row=_degree(user))
        assert outcome is not None
        assert (outcome.after.levels["ops.serving"].level, outcome.after.levels["cs.sql"].level) == (5, 3)
        claim_set(user=user, competency="cs.sql", level=1)
        outcome = item_save(user=user, row=_project(user, "cs.python", 2))
        assert outcome is not None
        assert outcome.after.levels["cs.sql"].level == 1


def test_a_person_s_day_waits_for_the_calendar_and_goes_on_with_it(user: User) -> None:
    with clock.at(BEGIN):
        travel(user, "Pacific/Kiritimati")
        claim_set(user=user, competency="cs.python", level=3)
        travel(user, "Pacific/Pago_Pago")
        claim_set(user=user, competency="cs.sql", level=3)
    with clock.at(BEGIN + timedelta(days=4)):
        claim_set(user=user, competency="math.statistics", level=1)
    days = Claim.objects.order_by("id").values_list("on", flat=True)
    assert [day.isoformat() for day in days] == ["2026-06-01", "2026-06-01", "2026-06-03"]


def test_a_state_from_a_clock_that_ran_far_ahead_holds_no_day_back(user: User) -> None:
    with clock.at(BEGIN + timedelta(days=900)):
        claim_set(user=user, competency="cs.python", level=3)
    with clock.at(BEGIN):
        claim_set(user=user, competency="cs.sql", level=3)
    assert Claim.objects.get(competency__key="cs.sql").on == BEGIN.date()


def test_an_event_keeps_the_readiness_after_it_for_every_stage(user: User) -> None:
    outcome = claim_set(user=user, competency="cs.python", level=3)
    assert outcome is not None
    event = Event.objects.get(user=user)
    assert event.readiness == outcome.after.readiness()
    assert set(event.readiness) == {"foundation", "entry", "practitioner", "lead", "architect"}
    claimed, backed = event.readiness["foundation"]
    assert claimed > backed == 0


def test_each_write_raises_the_revision_and_empties_the_recommendations(user: User) -> None:
    claim_set(user=user, competency="cs.python", level=3)
    State.objects.filter(pk=user.pk).update(sequences={"lead": {}})
    first = State.objects.get(pk=user.pk)
    claim_set(user=user, competency="cs.python", level=4)
    second = State.objects.get(pk=user.pk)
    assert (second.revision, second.sequences) == (first.revision + 1, {})


def test_a_write_that_fails_leaves_nothing_behind(user: User) -> None:
    claim_set(user=user, competency="cs.python", level=3)
    before = State.objects.values().get(pk=user.pk)
    with pytest.raises(KeyError):
        claims_set(user=user, levels={"cs.sql": 2, "cs.nothing": 1})
    assert State.objects.values().get(pk=user.pk) == before
    assert Event.objects.for_user(user).count() == 1


def test_a_person_without_preferences_gets_them_with_the_first_write(user: User) -> None:
    claim_set(user=user, competency="cs.python", level=3)
    assert Preferences.objects.filter(pk=user.pk).exists()


def test_the_state_row_is_locked_before_it_is_read(user: User, django_assert_max_num_queries) -> None:
    claim_set(user=user, competency="cs.python", level=1)
    with django_assert_max_num_queries(8) as captured:
        claim_set(user=user, competency="cs.python", level=2)
    reads = [q["sql"] for q in captured.captured_queries if 'FROM "tracker_state"' in q["sql"]]
    assert len(reads) == 1
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in reads[0]


def test_a_title_too_long_for_the_log_is_cut(user: User) -> None:
    outcome = claims_set(user=user, levels={"cs.python": 2}, title="x" * 400)
    assert outcome is not None
    assert len(outcome.event.title) == 300
