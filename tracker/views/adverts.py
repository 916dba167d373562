"""Job adverts as targets: brought, reviewed line by line, and the gap to each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.forms.adverts import AdvertForm, NamesForm, reviewed_lines
from tracker.matching.sentences import TextTooLongError
from tracker.models import Advert
from tracker.plan_form import plan_from_json
from tracker.queries.adverts import (
    FIT_WEIGHTS,
    AdvertView,
    advert_views,
    degree_names,
    hours_of,
    question_for,
    read_adverts,
    review_lines,
    steps_for,
    titles_elsewhere,
)
from tracker.queries.adverts_compared import side_by_side
from tracker.queries.person import Person
from tracker.services.adverts import (
    TooManyAdvertsError,
    advert_add,
    advert_bring_back,
    advert_read_again,
    advert_remove,
    advert_review,
)
from tracker.services.solves import TooManySolvesError, solve_ask
from tracker.views.access import get_owned, members_only, person_of, state_of

MOST_SIDE_BY_SIDE = 6
REMOVED = "removed_adverts"  # in the session: id -> the row, of the last one removed


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def adverts(request: HttpRequest) -> HttpResponse:
    """The adverts, each with its fit once it is reviewed, and the form that brings another."""
    person = person_of(request)
    form = AdvertForm(request.POST, request.FILES) if request.method == "POST" else AdvertForm()
    if form.is_valid():
        try:
            row = advert_add(user=person.user, framework=person.framework, text=form.cleaned_data["advert"])
        except (TooManyAdvertsError, TextTooLongError) as error:
            form.add_error("text", str(error))
        else:
            return redirect("tracker:advert_review", row.pk)
    rows = read_adverts(person)
    views = advert_views(person, [row for row in rows if row.is_reviewed])
    waiting = [row for row in rows if not row.is_reviewed]
    titles = titles_elsewhere(person, waiting)
    unreviewed = [(row, titles.get(row.read_for, "")) for row in waiting]
    context = {"form": form, "views": views, "unreviewed": unreviewed}
    return render(request, "adverts/adverts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line that was read, to take, change or leave: only then does the advert count."""
    person, advert = person_of(request), get_owned(Advert, request.user, pk)
    names = NamesForm(request.POST or None, instance=advert)
    status = 200
    if request.method == "POST":
        lines, errors = reviewed_lines(advert, person.framework, request.POST)
        if names.is_valid() and not errors:
            data = names.cleaned_data
            advert_review(advert=advert, title=data["title"], employer=data["employer"], lines=lines)
            return redirect("tracker:advert", advert.pk)
        advert.requirements, status = lines, 422  # as the person left them, shown again and not kept
        for place, error in errors.items():
            messages.error(request, f"{review_lines(person.framework, advert)[place].asks}: {error}")
    lines_shown = review_lines(person.framework, advert)
    context = {
        "advert": advert,
        "names": names,
        "lines": lines_shown,
        "degrees": degree_names().items(),
        "has_open": any(line.is_open for line in lines_shown),
        "has_left": any(line.is_left for line in lines_shown),
        "read_for": titles_elsewhere(person, [advert]).get(advert.read_for, ""),
        "model": person.framework,
    }
    return render(request, "adverts/review.html", context, status=status)


@require_safe
@members_only
def advert(request: HttpRequest, pk: int) -> HttpResponse:
    """The gap to this advert: what is missing, nearly there and met, and what closes it."""
    person, row = person_of(request), get_owned(Advert, request.user, pk)
    if not row.is_reviewed:
        return redirect("tracker:advert_review", row.pk)
    (view,) = advert_views(person, [row])
    steps = steps_for(person, view)
    context = {
        "view": view,
        "steps": steps,
        "steps_hours": hours_of(steps),
        "weights": FIT_WEIGHTS,
        **_way(request, person, view),
    }
    return render(request, "adverts/advert.html", context)


@require_safe
@members_only
def way(request: HttpRequest, pk: int) -> HttpResponse:
    """The shortest way to the advert, as a fragment that comes in once it is solved."""
    person, row = person_of(request), get_owned(Advert, request.user, pk)
    if not row.is_reviewed:
        raise Http404
    (view,) = advert_views(person, [row])
    return render(request, "adverts/_way.html", {"view": view, **_way(request, person, view)})


def _way(request: HttpRequest, person: Person, view: AdvertView) -> dict[str, Any]:
    """The plan of the shortest way, or why there is none yet."""
    if all(person.snapshot.held[c] >= level for c, level in view.targets.items()):
        return {"is_there": True}
    try:
        solve = solve_ask(
            user=person.user, release_id=state_of(request).release_id, question=question_for(person, view)
        )
    except TooManySolvesError as error:
        return {"refused": str(error)}
    if solve.answer is None:
        return {"is_failed": solve.status == solve.Status.FAILED, "is_waited_for": solve.status != solve.Status.FAILED}
    plan = plan_from_json(person.framework, solve.question, solve.answer)
    steps = [(step, [s.resource.title for s in plan.steps if step.resource.id in s.needs]) for step in plan.steps]
    return {"plan": plan, "steps": steps}


@require_POST
@members_only
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The advert's lines for the model that is aimed at: as they were reviewed for it once, else to be looked at."""
    row, person = get_owned(Advert, request.user, pk), person_of(request)
    try:
        advert_read_again(advert=row, framework=person.framework)
    except TextTooLongError as error:
        messages.error(request, str(error))
        return redirect("tracker:adverts")
    return redirect("tracker:advert" if row.is_reviewed else "tracker:advert_review", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then removes; the message offers to bring it back."""
    row = get_owned(Advert, request.user, pk)
    if request.method != "POST":
        return render(request, "adverts/remove.html", {"advert": row})
    request.session[REMOVED] = {str(pk): advert_remove(advert=row)}
    undo = reverse("tracker:advert_bring_back", args=[pk])
    messages.success(request, _("Removed the advert “%s”.") % row.title, extra_tags=undo)
    return redirect("tracker:adverts")


@require_POST
@members_only
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the last removal of this session."""
    kept = request.session.get(REMOVED, {}).get(str(pk))
    if kept is None:
        messages.info(request, _("It can no longer be brought back."))
        return redirect("tracker:adverts")
    try:
        row = advert_bring_back(user=request.user, kept=kept)
    except TooManyAdvertsError as error:
        messages.error(request, str(error))
        return redirect("tracker:adverts")
    del request.session[REMOVED]
    messages.success(request, _("The advert “%s” is back.") % row.title)
    return redirect("tracker:adverts")


@require_safe
@members_only
def compare(request: HttpRequest) -> HttpResponse:
    """Several adverts side by side and what they share: those asked for, or all that are reviewed."""
    person = person_of(request)
    wanted = {pk for pk in request.GET.getlist("of") if pk.isdecimal()}
    reviewed = [row for row in read_adverts(person) if row.is_reviewed]
    rows = [row for row in reviewed if not wanted or str(row.pk) in wanted][:MOST_SIDE_BY_SIDE]
    views = advert_views(person, rows)
    context = {
        "views": views,
        "sections": side_by_side(person.framework, views),
        "all": reviewed,
        "shown": {row.pk for row in rows},
    }
    return render(request, "adverts/compare.html", context)
