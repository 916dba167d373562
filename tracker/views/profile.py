"""What a person has logged: shown with what it is evidence for, added, changed, matched, removed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.forms.items import FORMS, NOTHING, ItemForm
from tracker.models import Claim, Match
from tracker.queries.items import open_offers, profile_page, rule_name
from tracker.services import items
from tracker.services.claims import claims_set
from tracker.services.entities import ENTITIES
from tracker.views.access import get_owned, members_only, person_of
from tracker.views.outcomes import tell

GET_AND_POST = ("GET", "HEAD", "POST")


@require_safe
@members_only
def profile(request: HttpRequest) -> HttpResponse:
    """Everything logged, by kind."""
    return render(request, "profile/profile.html", {"page": profile_page(person_of(request))})


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
    tell(request, items.item_remove(user=request.user, row=row), person_of(request).focus.id)
    return redirect(f"/profile/#{sort}")


@require_POST
@members_only
def item_match(request: HttpRequest, sort: str, pk: int) -> HttpResponse:
    """The person's answer to "is it this?": a rule, or none of them."""
    row: Any = _owned(request, sort, pk)
    rule = request.POST.get("rule", "")
    person = person_of(request)
    if not hasattr(row, "match") or (rule != NOTHING and rule_name(person.framework, sort, rule) == rule):
        raise Http404
    row.rule, row.match = ("", Match.REFUSED) if rule == NOTHING else (rule, Match.CONFIRMED)
    tell(request, items.item_save(user=request.user, row=row), person.focus.id)
    return redirect(f"/profile/#{sort}")


@require_http_methods(GET_AND_POST)
@members_only
def offers(request: HttpRequest) -> HttpResponse:
    """What roles and listed skills offer beyond the present levels; counted only once confirmed."""
    person = person_of(request)
    found = open_offers(person)
    if request.method == "POST":
        wanted = set(request.POST.getlist("competency"))
        levels = {c: offer.level for c, offer in found.items() if c in wanted}
        outcome = claims_set(user=request.user, levels=levels, origin=Claim.Origin.OFFER) if levels else None
        tell(request, outcome, person.focus.id)
        return redirect("/profile/offers/")
    by_area: defaultdict[str, list[tuple[Any, Any, int]]] = defaultdict(list)
    for c, offer in found.items():
        competency = person.framework.competency[c]
        by_area[competency.area].append((competency, offer, person.snapshot.levels[c].level))
    groups = [(person.framework.area[a], by_area[a]) for a in person.framework.by_area if a in by_area]
    return render(request, "profile/offers.html", {"person": person, "groups": groups, "number": len(found)})


def _item_form(request: HttpRequest, sort: str, row: models.Model | None) -> HttpResponse:
    if sort not in FORMS:
        raise Http404
    person = person_of(request)
    data = request.POST if request.method == "POST" else None
    form: ItemForm = FORMS[sort](data, instance=row, framework=person.framework, user=request.user)
    if data is not None and form.is_valid():
        tell(request, items.item_save(user=request.user, row=form.row()), person.focus.id)
        return redirect(f"/profile/#{sort}")
    context = {"form": form, "sort": sort, "row": row, "action": request.path}
    is_fragment = request.headers.get("HX-Request") == "true" and data is None
    template = "profile/_form.html" if is_fragment else "profile/form.html"
    return render(request, template, context, status=422 if data is not None else 200)


def _owned(request: HttpRequest, sort: str, pk: int) -> models.Model:
    if sort not in FORMS:
        raise Http404
    return get_owned(ENTITIES[sort].model, request.user, pk)
