"""A file comes in: read, reviewed and corrected row by row, kept only once it is confirmed."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.forms.choices import read_choices, taken_lines, with_choices
from tracker.forms.corrections import CORRECTIONS
from tracker.forms.importing import ColumnsForm, UploadForm
from tracker.interchange.profile import ProfileError, checked_profile
from tracker.queries.importing.account import HISTORY, SETTINGS
from tracker.queries.importing.lines import Line, Review
from tracker.queries.importing.review import read_review
from tracker.queries.person import Person
from tracker.services.importing import ADVERTS, Taken, profile_import
from tracker.views import draft as drafts
from tracker.views.access import members_only, person_of
from tracker.views.back import is_ours
from tracker.views.draft import Draft
from tracker.views.outcomes import tell
from tracker.views.theme import with_theme


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file or paste its text; what is wrong with it is said beside the field."""
    person = person_of(request)
    if request.method != "POST":
        form = UploadForm(person.framework, initial={"next": request.GET.get("next", "")})
        return render(request, "importing/upload.html", {"form": form, "draft": drafts.opened(request)})
    form = UploadForm(person.framework, request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "importing/upload.html", {"form": form, "draft": None}, status=422)
    given = form.cleaned_data
    drafts.keep(request, Draft(form.name, given["reading"], form.table_data, given["next"]))
    return redirect("tracker:import_review")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def review(request: HttpRequest) -> HttpResponse:
    """Every row of the file with what it would count as; taken together or not at all."""
    person, draft = person_of(request), drafts.opened(request)
    if draft is None:
        messages.info(request, _("There is no file to look at. Choose one."))
        return redirect("tracker:import")
    if request.method == "POST" and "columns" in request.POST:
        return _other_columns(request, person, draft)
    if request.method == "POST" and "cancel" in request.POST:
        drafts.drop(request)
        messages.info(request, _("Nothing was kept of the file."))
        return redirect(_after(request, draft))
    try:
        found = _read(person, draft)
    except ProfileError as error:
        drafts.drop(request)
        messages.error(request, _("The model has changed since this file was read: %s. Bring it again.") % error)
        return redirect("tracker:import")
    if request.method != "POST":
        return _page(request, person, draft, with_choices(found, draft.choices))
    return _answered(request, person, draft, found)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def correct(request: HttpRequest, draft: str, row: str) -> HttpResponse:
    """A row of the open file, to be put right; the review goes on from what is written here, and nothing is stored."""
    person, opened = person_of(request), drafts.opened(request)
    if opened is None or opened.id != draft:
        raise Http404
    try:
        line = _correctable(_read(person, opened), row)
    except ProfileError:
        return redirect("tracker:import_review")  # which says what has changed
    data = request.POST if request.method == "POST" else None
    form = CORRECTIONS[line.section](data, line=line, framework=person.framework, user=request.user)
    if data is not None and "as_read" in data:
        drafts.keep(request, opened.uncorrected(line))
    elif data is not None and form.is_valid():
        drafts.keep(request, opened.corrected(line, form.changes))
    else:
        status = 200 if data is None else 422
        return render(request, "importing/correct.html", {"form": form, "line": line}, status=status)
    return redirect(f"{reverse('tracker:import_review')}#{row}")


def _read(person: Person, draft: Draft) -> Review:
    """The open file as it is proposed, with what was corrected of it. Raises ProfileError."""
    document = checked_profile(draft.reading.document, person.framework)
    return read_review(person, replace(draft.reading, document=document), draft.corrections)


def _correctable(found: Review, row: str) -> Line:
    """The line that may be corrected; 404 for any other."""
    line = found.line(row)
    if line is None or not line.is_correctable:
        raise Http404
    return line


def _other_columns(request: HttpRequest, person: Person, draft: Draft) -> HttpResponse:
    """The table read again by the columns that the person chose."""
    form = ColumnsForm(draft.reading.table, person.framework, draft.table, request.POST)
    if form.is_valid():
        drafts.keep(request, draft.read_again(form.reading))
    else:
        for error in form.errors.values():
            messages.error(request, str(error[0]))
    return redirect("tracker:import_review")


def _answered(request: HttpRequest, person: Person, draft: Draft, found: Review) -> HttpResponse:
    """What is ticked is kept; or the answers so far are, and a row is corrected first."""
    if request.POST.get("draft") != draft.id:
        messages.error(request, _("Another file was opened since. This is the one that is open now."))
        return _page(request, person, draft, with_choices(found, draft.choices), status=422)
    choices = read_choices(found, request.POST)
    answered = with_choices(found, choices)
    if choices.misfits:
        messages.error(request, _("An answer does not fit its row. Look at the rows again."))
        return _page(request, person, draft, answered, status=422)
    if "correct" in request.POST:
        line = _correctable(found, request.POST["correct"])
        drafts.keep(request, replace(draft, choices=choices))
        return redirect("tracker:import_correct", draft.id, line.row)
    if taken := taken_lines(answered):
        _take(request, person, draft, taken)
    else:
        messages.info(request, _("Nothing was kept of the file."))
    drafts.drop(request)
    return with_theme(request, redirect(_after(request, draft)), person.preferences)


def _take(request: HttpRequest, person: Person, draft: Draft, taken: list[Taken]) -> None:
    """Save what was taken and say so: settings and history by their names, the rest by what it changed."""
    outcome = profile_import(person=person, taken=taken, name=draft.name, key=draft.id)
    sections = {line.section for line, _rule in taken}
    if SETTINGS in sections:
        messages.success(request, _("The settings that you took are yours now."))
    if HISTORY in sections:
        messages.success(request, _("Your history goes on from the file's."))
    if ADVERTS in sections:
        messages.success(request, _("The job adverts that you took are kept."))
    if outcome or not sections & {SETTINGS, HISTORY, ADVERTS}:
        tell(request, outcome, person.focus.id)


def _page(request: HttpRequest, person: Person, draft: Draft, found: Review, status: int = 200) -> HttpResponse:
    has_claims = any(level.claim is not None for level in person.snapshot.levels.values())
    context = {"review": found, "draft": draft, "notes": draft.reading.told, "has_claims": has_claims}
    if draft.table:
        context["columns"] = ColumnsForm(draft.reading.table, person.framework, draft.table)
    return render(request, "importing/review.html", context, status=status)


def _after(request: HttpRequest, draft: Draft) -> str:
    """Where the file came from, if that is a page of ours; the profile else."""
    return draft.next if is_ours(request, draft.next) else reverse("tracker:profile")
