"""What a person has logged: shown with what it is evidence for, added, changed, matched, removed.

Every write answers a browser without scripts with a redirect, and htmx with the whole list anew, so that what one
item changes in others (years of a role, milestones, offers) shows at once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget

from tracker.forms.items import FORMS, NOTHING, ItemForm
from tracker.models import Claim
from tracker.models.profile import MatchedText
from tracker.queries.items import profile_page
from tracker.queries.offers import offer_groups, open_offers
from tracker.queries.rules import rules_of
from tracker.services import items
from tracker.services.claims import claims_set
from tracker.services.entities import ENTITIES
from tracker.services.ledger import Outcome
from tracker.views.access import get_owned, members_only, person_of
from tracker.views.outcomes import tell

GET_AND_POST = ("GET", "HEAD", "POST")


@require_safe
@members_only
def profile(request: HttpRequest) -> HttpResponse:
    """Everything logged, by kind; `?activities=all` beyond the newest ones."""
    page = profile_page(person_of(request), all_activities=request.GET.get("activities") == "all")
    return render(request, "profile/profile.html", {"page": page})


@require_http_methods(GET_AND_POST)
@members_only
def item_new(request: HttpRequest, sort: str) -> HttpResponse:
    """A form for a new item; the fragment of it for htmx."""
    return _item_form(request, sort, None)


@require_http_methods(GET_AND_POST)
@members_only
def item_edit(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    return _item_form(request, sort, _owned(request, sort, pk))


@require_http_methods(GET_AND_POST)
@members_only
def item_remove(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """Asks first, then removes; the log can bring it back."""
    row = _owned(request, sort, pk)
    if request.method != "POST":
        return render(request, "profile/remove.html", {"row": row, "sort": sort})
    return _said(request, items.item_remove(user=request.user, row=row), sort)


@require_POST
@members_only
def item_match(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """The person's answer to "is it this?": a rule, or none of them."""
    row = _owned(request, sort, pk)
    given = request.POST.get("rule", "")
    known = rules_of(person_of(request).framework, sort)
    if not isinstance(row, MatchedText) or (given != NOTHING and given not in known):
        raise Http404
    try:
        outcome = items.item_count_as(user=request.user, row=row, rule="" if given == NOTHING else given)
    except items.ItemError as error:
        return _said(request, str(error), sort)
    return _said(request, outcome, sort, pk)


@require_http_methods(GET_AND_POST)
@members_only
def offers(request: HttpRequest) -> HttpResponse:
    """What roles and listed skills offer beyond the present levels: confirmed one by one, or all of an area."""
    person = person_of(request)
    found = open_offers(person)
    if request.method == "POST":
        wanted, area = set(request.POST.getlist("competency")), request.POST.get("area", "")
        known = person.framework.competency
        levels = {c: offer.level for c, offer in found.items() if c in wanted or known[c].area == area}
        outcome = claims_set(user=request.user, levels=levels, origin=Claim.Origin.OFFER) if levels else None
        tell(request, outcome, person.focus.id)
        return redirect("tracker:offers")
    return render(request, "profile/offers.html", {"groups": offer_groups(person, found)})


def _item_form(request: HttpRequest, sort: str, row: models.Model | None) -> HttpResponse:
    if sort not in FORMS:
        raise Http404
    data = request.POST if request.method == "POST" else None
    heading = str(row) if row else FORMS[sort].heading  # before the form writes into the row what was typed
    form: ItemForm = FORMS[sort](data, instance=row, framework=person_of(request).framework, user=request.user)
    if data is not None and form.is_valid():
        saved = form.row()
        try:
            done = _saved(request.user, saved)
            return _said(request, done, sort, saved.pk)
        except items.ItemError as error:
            form.add_error("text" if isinstance(error, items.ListedAlreadyError) else None, str(error))
    context = {
        "form": form,
        "sort": sort,
        "pk": row.pk if row else None,
        "action": request.path,
        "heading": heading,
        "inline": bool(request.htmx),  # type: ignore[attr-defined]
    }
    if context["inline"]:
        return render(request, "profile/_form.html", context)
    return render(request, "profile/form.html", context, status=422 if data is not None else 200)


def _saved(user: Any, row: models.Model) -> Outcome | str | None:
    if not row._state.adding:
        return items.item_save(user=user, row=row)
    return items.item_add(user=user, row=row) or _("It was sent twice, and stands here once.")


def _said(request: HttpRequest, done: Outcome | str | None, sort: str, pk: int | None = None) -> HttpResponse:
    """What the write changed, or why it was not done: the list as it is now for htmx, else the way back to the item's
    place in it."""
    person = person_of(request)
    if isinstance(done, str):
        messages.warning(request, done)
        outcome = None
    else:
        outcome = done
        tell(request, outcome, person.focus.id)
    if not request.htmx:  # type: ignore[attr-defined]
        place = f"{sort}-{pk}" if pk else sort
        return redirect(f"{reverse('tracker:profile')}#{place}")
    now = replace(person, snapshot=outcome.after) if outcome else person
    context = {"page": profile_page(now), "swap_messages": True, "saved": f"{sort}-{pk}" if pk else sort}
    response = render(request, "profile/_changed.html", context)
    return reswap(retarget(response, "#profile"), "outerHTML")


def _owned(request: HttpRequest, sort: str, pk: int) -> models.Model:
    if sort not in FORMS:
        raise Http404
    return get_owned(ENTITIES[sort].model, request.user, pk)
