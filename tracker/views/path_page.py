"""The path: five stages, what each asks and how people get there; milestones and habits."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.forms.path import HabitForm, WordForm
from tracker.models import Activity, Milestone
from tracker.queries.path import path_page as read_path_page
from tracker.services.items import item_save
from tracker.services.path import milestone_word as give_word
from tracker.views.access import members_only, person_of
from tracker.views.outcomes import tell


@require_safe
@members_only
def path_page(request: HttpRequest) -> HttpResponse:
    """The five stages as a road, with milestones and habits."""
    person = person_of(request)
    return render(request, "path/path.html", {"page": read_path_page(person), "today": person.today.isoformat()})


@require_POST
@members_only
def habit_log(request: HttpRequest, key: str) -> HttpResponse:
    """Log a habit in one line; without words it is "done today"."""
    person = person_of(request)
    habit = person.framework.habit.get(key)
    if habit is None or not habit.kinds:
        raise Http404
    form = HabitForm(habit, request.POST)
    if not form.is_valid():
        return _refused(request, form, key)
    given = form.cleaned_data
    on = given["on"] or person.today.isoformat()
    row = Activity(user=request.user, kind=given["kind"], title=given["title"], on=on, hours=given["hours"])  # type: ignore[misc]
    tell(request, item_save(user=request.user, row=row), person.focus.id)
    return redirect(f"/path/#{key}")


@require_POST
@members_only
def milestone_word(request: HttpRequest, key: str) -> HttpResponse:
    """The person's own word on a milestone, or back to what is logged."""
    person = person_of(request)
    row = Milestone.objects.filter(framework=person.preferences.framework, key=key).first()
    if row is None or key not in person.framework.milestone:
        raise Http404
    form = WordForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, key)
    on = form.cleaned_data["on"] if form.met else ""
    tell(request, give_word(user=request.user, milestone=row, met=form.met, on=on), person.focus.id)
    return redirect(f"/path/#{key}")


def _refused(request: HttpRequest, form: forms.Form, key: str) -> HttpResponse:
    """Back to the line with what is wrong, in one sentence; nothing was stored."""
    person = person_of(request)
    errors = [str(error) for field_errors in form.errors.values() for error in field_errors]
    messages.error(request, " ".join(errors))
    context = {
        "page": read_path_page(person),
        "today": person.today.isoformat(),
        "refused": key,
        "errors": errors,
        "given": request.POST,
    }
    return render(request, "path/path.html", context, status=422)
