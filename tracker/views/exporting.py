"""Everything out, at any time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.interchange.own_export import to_bytes
from tracker.queries.exporting import read_contents, read_export
from tracker.views.access import members_only, person_of


@require_safe
@members_only
def export(request: HttpRequest) -> HttpResponse:
    """What the export holds, and the file."""
    person = person_of(request)
    return render(request, "exporting/export.html", {"contents": read_contents(person.user.pk)})


@require_safe
@members_only
def profile_json(request: HttpRequest) -> HttpResponse:
    """The whole account as one JSON file; `?details=all` never leaves out what an event changed."""
    data = to_bytes(read_export(person_of(request)), every_detail=request.GET.get("details") == "all")
    return HttpResponse(
        data,
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="mlarch-profile.json"'},
    )
