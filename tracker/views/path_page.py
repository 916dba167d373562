"""The path: five stages, what each asks and how people get there; milestones and habits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tracker.forms.path import HabitForm, WordForm
from tracker.models import Activity, Milestone
from tracker.queries.frameworks import row_about
from tracker.queries.path import path_page as read_path_page
from tracker.services.items import item_save
from tracker.services.path import milestone_word as give_word
from tracker.views.access import members_only, person_of
from tracker.views.outcomes import tell


@require_safe
@members_only
def path_page(request: HttpRequest) -> HttpResponse:
    """The five stages as a road, with milestones and habits; `?open=` unfolds the stage of a milestone."""
    return _page(request, shown=request.GET.get("open", ""))


@require_POST
@members_only
def habit_log(request: HttpRequest, key: str) -> HttpResponse:
    """Log a habit in one line; without words it is "done today"."""
    person = person_of(request)
    habit = person.framework.habit.get(key)
    if habit is None or not habit.kinds:
        raise Http404
    form = HabitForm(habit, request.POST, today=person.today)
    if not form.is_valid():
        return _refused(request, form, key)
    given = form.cleaned_data
    row = Activity(
        user=request.user,  # type: ignore[misc]
        kind=given["kind"],
        title=given["title"],
        on=given["on"] or person.today.isoformat(),
        hours=given["hours"],
        note=given["note"],
    )
    tell(request, item_save(user=request.user, row=row), person.focus.id)
    return redirect(f"{reverse('tracker:path')}#{key}")


@require_POST
@members_only
def milestone_word(request: HttpRequest, key: str) -> HttpResponse:
    """The person's own word on a milestone, or back to what is logged."""
    person = person_of(request)
    if key not in person.framework.milestone:
        raise Http404
    row = row_about(Milestone, person.preferences.framework_id, key)
    form = WordForm(request.POST, today=person.today)
    if not form.is_valid():
        return _refused(request, form, key)
    on = form.cleaned_data["on"] if form.met else ""
    tell(request, give_word(user=request.user, milestone=row, met=form.met, on=on), person.focus.id)
    return redirect(f"{reverse('tracker:path')}?open={key}#{key}")


def _refused(request: HttpRequest, form: forms.Form, key: str) -> HttpResponse:
    """The page again, with what is wrong beside the line and what was written in it; nothing was stored."""
    errors = [str(error) for field_errors in form.errors.values() for error in field_errors]
    return _page(request, shown=key, refused=key, errors=errors, given=request.POST)


def _page(request: HttpRequest, shown: str, **refusal: Any) -> HttpResponse:
    person = person_of(request)
    context = {"page": read_path_page(person, shown), "today": person.today, **refusal}
    return render(request, "path/path.html", context, status=422 if refusal else 200)
