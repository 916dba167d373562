"""Who may see a page, and whose it is."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control

from tracker.models import State
from tracker.queries.person import Person, read_person
from tracker.services.ledger import ensure_state
from tracker.services.people import person_ensure

View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=models.Model)


def members_only(view: View) -> View:
    """Signed in, in the person's own time zone, never kept by a shared cache. `request.preferences` stands."""

    @login_required
    @cache_control(private=True, no_store=True)
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        preferences = person_ensure(user=request.user)
        request.preferences = preferences  # type: ignore[attr-defined]
        with timezone.override(zoneinfo.ZoneInfo(preferences.time_zone)):
            return view(request, *args, **kwargs)

    return wrapped


ADDS_FRAMEWORKS = ("tracker.add_framework", "tracker.change_framework")  # the admin's own permissions


def may_add_frameworks(user: Any) -> bool:
    """Whether the person is of the staff and may add and change frameworks in the admin too."""
    return bool(user.is_staff and user.has_perms(ADDS_FRAMEWORKS))


def curators_only(view: View) -> View:
    """For those who may add frameworks; for others the page is not there."""

    @members_only
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_add_frameworks(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


def state_of(request: HttpRequest) -> State:
    """The person's current state row, read once a request."""
    known: State | None = getattr(request, "_state", None)
    if known is None:
        known = ensure_state(request.user, request.preferences)  # type: ignore[attr-defined]
        request._state = known  # type: ignore[attr-defined]
    return known


def person_of(request: HttpRequest) -> Person:
    """The person whose request it is, with the state of now; read once a request."""
    known: Person | None = getattr(request, "_person", None)
    if known is None:
        known = read_person(request.user, request.preferences, state_of(request))  # type: ignore[attr-defined, arg-type]
        request._person = known  # type: ignore[attr-defined]
    return known


def get_owned(model: type[Row], user: Any, pk: int) -> Row:
    """The user's own row of that id; 404 for anybody else's as for none."""
    return get_object_or_404(model._default_manager.filter(user=user), pk=pk)
