"""Three plainly fictional people, whose histories are told through the services as if each step happened on its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.utils import timezone

from tracker import clock
from tracker.engine.dates import add_months
from tracker.engine.evidence import offers
from tracker.engine.plan import Mode
from tracker.engine.questions import card_claims
from tracker.forms.plan import PlanForm
from tracker.models import (
    Activity,
    Certification,
    Claim,
    Degree,
    Match,
    Preferences,
    Resource,
    ResourceMark,
    Role,
    Solve,
)
from tracker.plan_form import answer_to, key_of, question_to_json
from tracker.queries.person import Person, read_person
from tracker.queries.plan import default_options, question_of
from tracker.queries.profile import read_profile
from tracker.services.adverts import advert_add, advert_review
from tracker.services.claims import claims_set
from tracker.services.effort import effort_log
from tracker.services.items import item_save
from tracker.services.ledger import ensure_state
from tracker.services.path import resource_mark
from tracker.services.people import person_ensure, preferences_update
from tracker.services.plans import plan_accept, plan_close
from tracker.services.weeks_off import week_off_mark

SECONDS_FOR_A_PLAN = 20
FOLDER = Path(__file__).parent / "data" / "demo"
Json = dict[str, Any]


def stories() -> Iterator[Json]:
    """The people as they are written down, by file name."""
    for file in sorted(FOLDER.glob("*.yaml")):
        yield yaml.safe_load(file.read_text(encoding="utf-8"))


def tell(story: Json, password: str) -> Any:
    """Make the person anew (an earlier one of that user name is removed) and live the story; returns the user."""
    users = get_user_model()._default_manager
    users.filter(username=story["user_name"]).delete()
    user = users.create_user(story["user_name"], password=password, first_name=story["first_name"])
    preferences_update(
        preferences=person_ensure(user=user),
        stage=story["stage"],
        hours_per_week=Decimal(story["hours_per_week"]),
        budget=Decimal(story["budget"]),
        start_step=5,
    )
    now = timezone.now()
    steps = _steps(story)
    for minute, step in enumerate(steps):
        moment = now - timedelta(weeks=step["weeks_ago"]) + timedelta(minutes=minute - len(steps))
        with clock.at(moment):
            _live(user, step, now)
    return user


def _steps(story: Json) -> list[Json]:
    """All steps in their order; `hours` (weeks ago -> hours) and `weeks_off` (weeks ago, below 0: ahead) among them."""
    hours = [{"weeks_ago": ago, "spent": taken} for ago, taken in story["hours"].items()]
    off = [{"weeks_ago": max(ago, 0), "week_off": ago} for ago in story["weeks_off"]]
    return sorted([*story["story"], *hours, *off], key=lambda step: -step["weeks_ago"])


def _live(user: Any, step: Json, now: datetime) -> None:
    """One step of a story: the word beside `weeks_ago` says which."""
    acts: dict[str, Callable[[Any, Any, Json, datetime], object]] = {
        "cards": _cards,
        "offers": _offers,
        "question": lambda user, levels, *_: claims_set(user=user, levels=levels, origin=Claim.Origin.QUESTION),
        "tick": lambda user, levels, *_: claims_set(user=user, levels=levels),
        "degree": _degree,
        "role": _role,
        "certification": _certification,
        "activity": _activity,
        "habit": lambda user, kind, step, now: _activity(user, {"kind": kind, "title": step["title"]}, step, now),
        "start": lambda user, key, *_: _mark(user, key, ResourceMark.Status.STARTED, None),
        "finish": lambda user, key, step, _: _mark(user, key, ResourceMark.Status.FINISHED, step["hours"]),
        "spent": lambda user, taken, *_: effort_log(user=user, on=clock.now().date(), hours=Decimal(str(taken))),
        "plan": _plan,
        "give_up_plan": lambda user, *_: plan_close(user=user),
        "advert": _advert,
        "week_off": lambda user, ago, _, now: week_off_mark(user=user, day=now.date() - timedelta(weeks=ago)),
    }
    for word, act in acts.items():
        if word in step:
            act(user, step[word], step, now)


def _cards(user: Any, cards: Json, *_: Any) -> None:
    preferences = person_ensure(user=user)
    person = _person(user, preferences)
    levels: dict[str, int] = {}
    for area, stage in cards.items():
        levels |= card_claims(person.framework, area, stage, person.snapshot.levels)
    claims_set(user=user, levels=levels, origin=Claim.Origin.CARD, title=f"Started: {len(cards)} areas")
    preferences_update(preferences=preferences, cards=cards)


def _offers(user: Any, areas: list[str], *_: Any) -> None:
    person = _person(user, person_ensure(user=user))
    found = offers(person.framework, read_profile(user.pk, person.framework), person.today)
    levels = {
        c: offer.level
        for c, offer in found.items()
        if person.framework.competency[c].area in areas and offer.level > person.snapshot.levels[c].level
    }
    claims_set(user=user, levels=levels, origin=Claim.Origin.OFFER, title=f"Confirmed offers in {len(areas)} areas")


def _person(user: Any, preferences: Preferences) -> Person:
    return read_person(user, preferences, ensure_state(user, preferences))


def _degree(user: Any, told: Json, _: Json, now: datetime) -> None:
    item_save(user=user, row=Degree(user=user, match=Match.CONFIRMED, **_with_months(told, now, "start", "end")))


def _role(user: Any, told: Json, _: Json, now: datetime) -> None:
    item_save(user=user, row=Role(user=user, match=Match.CONFIRMED, **_with_months(told, now, "start", "end")))


def _certification(user: Any, told: Json, _: Json, now: datetime) -> None:
    item_save(user=user, row=Certification(user=user, match=Match.CONFIRMED, **_with_months(told, now, "on")))


def _activity(user: Any, told: Json, *_: Any) -> None:
    item_save(user=user, row=Activity(user=user, on=clock.now().date().isoformat(), **told))


def _mark(user: Any, key: str, status: str, hours: int | None) -> None:
    resource = Resource.objects.get(key=key, framework=person_ensure(user=user).framework)
    taken = Decimal(hours) if hours is not None else None
    resource_mark(user=user, resource=resource, status=status, on=clock.now().date().isoformat(), hours=taken)


def _advert(user: Any, text: str, *_: Any) -> None:
    """Brought and reviewed as it was read."""
    row = advert_add(user=user, framework=_person(user, person_ensure(user=user)).framework, text=text)
    advert_review(advert=row, title=row.title, employer=row.employer, lines=row.requirements)


def _plan(user: Any, asked: Json, *_: Any) -> None:
    """Follow the most progress in some weeks, solved here and now: no page waits for it."""
    person = _person(user, person_ensure(user=user))
    options = replace(default_options(person), mode=Mode.MOST, weeks=asked["weeks"])
    question = question_to_json(person.framework, question_of(person, options))
    solve = Solve(
        user=user,
        release_id=ensure_state(user, person.preferences).release_id,
        key=key_of(question),
        question=question,
        answer=answer_to(person.framework, question, time_limit=SECONDS_FOR_A_PLAN),
        status=Solve.Status.DONE,
    )
    plan_accept(user=user, solve=solve, query=PlanForm(person, QueryDict(f"mode=most&weeks={options.weeks}")).query())


def _with_months(told: Json, now: datetime, *fields: str) -> Json:
    """The item with its months-before-now turned into YYYY-MM; nothing stays empty."""
    written = dict(told)
    for field in fields:
        months = told.get(field)
        written[field] = "" if months is None else add_months(now.date(), -months).isoformat()[:7]
    return written
