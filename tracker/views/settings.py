"""What a person sets for herself; and leaving, with everything."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mlarch.shell import THEME_COOKIE
from tracker.forms.settings import DeleteForm, SettingsForm
from tracker.models import Preferences
from tracker.queries.calendar_feed import read_feed, token_of
from tracker.queries.exporting import read_contents
from tracker.queries.person import Person
from tracker.services.accounts import account_delete
from tracker.services.people import preferences_update
from tracker.views.access import members_only, person_of
from tracker.views.theme import with_theme


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def settings(request: HttpRequest) -> HttpResponse:
    """Target, time, money, looks; the calendar's address; and the ways to account, export and deletion."""
    person = person_of(request)
    data = request.POST if request.method == "POST" else None
    form = _form(person, data)
    if data is None or not form.is_valid():
        context = {"form": form, "framework": person.framework, "feed_address": _feed_address(request)}
        return render(request, "settings/settings.html", context, status=200 if data is None else 422)
    kept = preferences_update(preferences=person.preferences, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return with_theme(request, redirect("tracker:settings"), kept)


def _feed_address(request: HttpRequest) -> str:
    """Where the person's calendar can be followed; empty where that is not open."""
    feed = read_feed(request.user)
    return request.build_absolute_uri(reverse("tracker:calendar_feed", args=[token_of(feed)])) if feed else ""


def _form(person: Person, data: object) -> SettingsForm:
    next_stage = person.framework.stage[person.snapshot.next_stage].name
    shown = Preferences.objects.get(pk=person.user.pk)  # a form writes on its instance even where it is refused
    return SettingsForm(person.framework, data, instance=shown, next_stage=next_stage)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def delete(request: HttpRequest) -> HttpResponse:
    """Say what goes, offer the export, ask for the password, remove every row, sign out."""
    user = person_of(request).user
    is_too_fast = request.method == "POST" and not ratelimit.consume(request, action="reauthenticate", user=user)
    form = DeleteForm(user, request.POST if request.method == "POST" and not is_too_fast else None)
    if not form.is_bound or not form.is_valid():
        status = 429 if is_too_fast else 422 if form.is_bound else 200
        context = {"form": form, "contents": read_contents(user.pk), "is_too_fast": is_too_fast}
        return render(request, "settings/delete.html", context, status=status)
    account_delete(user=user)
    logout(request)
    messages.success(request, _("Your account and everything in it are gone. Goodbye, and all the best on your way."))
    response = redirect("tracker:landing")
    response.delete_cookie(THEME_COOKIE)
    return response
