"""One competency: its level and reasons, a note on the claim, and whether it is for one's path."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tracker.forms.skills import NoteForm, WaiveForm
from tracker.models import Claim, Competency
from tracker.queries.competency import competency_page
from tracker.queries.frameworks import row_about
from tracker.queries.person import Person
from tracker.services.claims import claim_annotate
from tracker.services.ledger import Outcome
from tracker.services.path import competency_unwaive, competency_waive
from tracker.views.access import members_only, person_of
from tracker.views.kept import kept_until_written
from tracker.views.outcomes import tell
from tracker.views.skills import numbers_of


@require_safe
@members_only
@kept_until_written
def competency(request: HttpRequest, key: str) -> HttpResponse:
    """The page of one competency; `?stage=` compares with another stage."""
    person = _known(request, key)
    stage = person.framework.stage.get(request.GET.get("stage", ""), person.focus)
    page = competency_page(person, key, numbers_of(request)[key], stage)
    return render(request, "competency/competency.html", {"page": page, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def note_set(request: HttpRequest, key: str) -> HttpResponse:
    """A note and a link beside the claim: why the person thinks so."""
    person = _known(request, key)
    claim = Claim.objects.filter(user=person.user.pk, competency=numbers_of(request)[key]).first()
    form = NoteForm(request.POST or None, instance=claim)
    if request.method == "POST" and form.is_valid():
        outcome = claim_annotate(user=person.user, competency=key, **form.cleaned_data)
        return _back(request, person, key, outcome)
    return _form(request, person, key, form)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def waive(request: HttpRequest, key: str) -> HttpResponse:
    """Mark the competency as not for this person's path, or take that back (`waive=no`)."""
    person, form = _known(request, key), WaiveForm(request.POST or None)
    row = row_about(Competency, person.preferences.framework_id, key)
    if request.POST.get("waive") == "no":
        return _back(request, person, key, competency_unwaive(user=person.user, competency=row))
    if request.method == "POST" and form.is_valid():
        outcome = competency_waive(user=person.user, competency=row, reason=form.cleaned_data["reason"])
        return _back(request, person, key, outcome)
    return _form(request, person, key, form)


def _known(request: HttpRequest, key: str) -> Person:
    person = person_of(request)
    if key not in person.framework.competency:
        raise Http404
    return person


def _form(request: HttpRequest, person: Person, key: str, form: NoteForm | WaiveForm) -> HttpResponse:
    """The form as a page of its own; with what is wrong beside the fields where it was refused."""
    context = {"form": form, "competency": person.framework.competency[key]}
    return render(request, "competency/form.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest, person: Person, key: str, outcome: Outcome | None) -> HttpResponse:
    tell(request, outcome, person.focus.id)
    return redirect(reverse("tracker:competency", args=[key]))
