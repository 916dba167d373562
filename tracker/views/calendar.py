"""The plan as a calendar: a file, and a secret address that calendars can follow."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from tracker.interchange.calendar_file import CONTENT_TYPE, to_bytes
from tracker.queries.calendar import has_plan, read_calendar
from tracker.queries.calendar_feed import feed_by
from tracker.queries.person import Person, read_person
from tracker.services.calendar import calendar_close, calendar_open, calendar_renew
from tracker.services.ledger import ensure_state
from tracker.services.people import person_ensure
from tracker.views.access import members_only, person_of

SECONDS_TO_WAIT = 60


@require_safe
@members_only
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The plan under way as a file to import; without one a page that leads to the plan."""
    person = person_of(request)
    if not has_plan(person):
        return render(request, "plan/no_calendar.html", status=404)
    return _answer(person, **{"Content-Disposition": 'attachment; filename="mlarch-plan.ics"'})


@require_safe
@cache_control(private=True, no_store=True)
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar by its secret address, for whoever holds it; 404 for any address that is not open."""
    # Also a reader is counted: calendars look a few times a day, and each look lays the whole plan out.
    refusal = ratelimit.consume_or_429(request, action="calendar_feed", key=token, limit_get=True)
    if refusal:
        refusal.headers["Retry-After"] = str(SECONDS_TO_WAIT)
        return refusal
    feed = feed_by(token)
    if feed is None:
        raise Http404
    preferences = person_ensure(user=feed.user)
    person = read_person(feed.user, preferences, ensure_state(feed.user, preferences))
    return _answer(person, **{"X-Robots-Tag": "noindex, nofollow"})


def _answer(person: Person, **headers: str) -> HttpResponse:
    return HttpResponse(to_bytes(read_calendar(person)), content_type=CONTENT_TYPE, headers=headers)


@require_POST
@members_only
def open_feed(request: HttpRequest) -> HttpResponse:
    calendar_open(user=request.user)
    messages.success(request, _("Your calendar has an address. Give it to your calendar program, and to nobody else."))
    return _to_settings()


@require_POST
@members_only
def renew_feed(request: HttpRequest) -> HttpResponse:
    if calendar_renew(user=request.user):
        messages.success(request, _("Your calendar has a new address. The one before leads nowhere any more."))
    return _to_settings()


@require_POST
@members_only
def close_feed(request: HttpRequest) -> HttpResponse:
    if calendar_close(user=request.user):
        messages.success(request, _("The address is closed. Nobody can read your calendar by it any more."))
    return _to_settings()


def _to_settings() -> HttpResponse:
    response = redirect("tracker:settings")
    response.headers["Location"] += "#calendar"
    return response
