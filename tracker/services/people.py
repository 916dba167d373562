"""A person's preferences and beginning."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from tracker import clock
from tracker.models import Advert, Framework, Preferences
from tracker.queries.frameworks import default_framework
from tracker.queries.person import read_preferences

VISIT_GAP_HOURS = 4


def person_ensure(*, user: Any) -> Preferences:
    """The person's preferences, made at first sight."""
    known = read_preferences(user)
    if known:
        return known
    framework = default_framework()
    if framework is None:
        raise ImproperlyConfigured("No competency model is loaded: run `python manage.py load_framework`.")
    preferences, _ = Preferences.objects.get_or_create(user=user, defaults={"framework": framework})
    return preferences


def preferences_update(*, preferences: Preferences, **fields: Any) -> Preferences:
    """Change some of the preferences, checked field by field."""
    for name, value in fields.items():
        setattr(preferences, name, value)
    preferences.clean_fields(exclude=["user", "framework"])
    preferences.save(update_fields=list(fields))
    return preferences


def framework_choose(*, preferences: Preferences, framework: Framework) -> Preferences:
    """Aim at another framework. What was chosen within the present one is set aside and comes back with it, and so do
    the lines of job adverts that were reviewed for it."""
    if framework.pk == preferences.framework_id:
        return preferences
    aside = {**preferences.set_aside}
    if preferences.stage or preferences.cards:
        aside[preferences.framework.key] = {"stage": preferences.stage, "cards": preferences.cards}
    back = aside.pop(framework.key, {})
    preferences.framework, preferences.set_aside = framework, aside
    preferences.current_release_id = framework.current_release_id
    preferences.stage, preferences.cards = back.get("stage", ""), back.get("cards", {})
    with transaction.atomic():
        preferences.save(update_fields=["framework", "set_aside", "stage", "cards"])
        for advert in Advert.objects.filter(user=preferences.user_id).exclude(read_for=framework.key):
            if advert.take_back(framework.key):
                advert.save()
    return preferences


def visit_note(*, preferences: Preferences) -> None:
    """Remember a visit, so that "since my last visit" has a beginning; pages within four hours are one visit."""
    now = clock.now()
    last = preferences.visited_at
    if last and (now - last).total_seconds() < VISIT_GAP_HOURS * 3600:
        return
    preferences.previous_visit_at, preferences.visited_at = last, now
    preferences.save(update_fields=["previous_visit_at", "visited_at"])
