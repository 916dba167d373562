"""Search from any page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.queries.search import search as search_for
from tracker.views.access import members_only, person_of

LONGEST = 100


@require_safe
@members_only
def search(request: HttpRequest) -> HttpResponse:
    """What `?q=` finds among skills, resources and the person's own items."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    groups = search_for(person_of(request), text)
    context = {"search_text": text, "groups": groups, "count": sum(group.count for group in groups)}
    return render(request, "search/search.html", context)
