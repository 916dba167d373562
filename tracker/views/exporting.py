"""Everything out, at any time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.interchange import resume_file
from tracker.interchange.own_export import to_bytes
from tracker.interchange.tables import to_zip
from tracker.queries.exporting import read_contents, read_export
from tracker.queries.taking_out import read_resume, read_tables
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
    return _file(data, "mlarch-profile.json", "application/json")


@require_safe
@members_only
def resume_json(request: HttpRequest) -> HttpResponse:
    """The profile as a JSON Resume."""
    return _file(resume_file.to_bytes(read_resume(person_of(request))), "resume.json", "application/json")


@require_safe
@members_only
def tables_zip(request: HttpRequest) -> HttpResponse:
    """Every table as a CSV file, in one ZIP."""
    return _file(to_zip(read_tables(person_of(request))), "mlarch-tables.zip", "application/zip")


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
