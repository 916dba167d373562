"""Adding a competency framework: a file of the staff, looked at before it is stored for everybody."""

from __future__ import annotations

import base64
import gzip
import json
import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tracker.forms.frameworks import FrameworkForm
from tracker.interchange.framework import FrameworkError
from tracker.interchange.framework_file import FrameworkFile
from tracker.queries.framework_review import read_framework_review
from tracker.services.frameworks import LoadReport, framework_load
from tracker.views.access import curators_only

DRAFT = "framework_draft"  # in the session, so that nothing is stored before it is confirmed


@require_http_methods(["GET", "HEAD", "POST"])
@curators_only
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; every problem with it is a line beside the field."""
    form = FrameworkForm(request.POST, request.FILES) if request.method == "POST" else FrameworkForm()
    if form.is_valid():
        read = form.cleaned_data["read"]
        request.session[DRAFT] = {
            "id": secrets.token_hex(8),
            "name": form.cleaned_data["file"].name,
            "form": read.form,
            "notes": read.notes,
            "document": _packed(read.document),
        }
        return redirect("tracker:framework_review")
    return render(request, "model/add.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@curators_only
def review(request: HttpRequest) -> HttpResponse:
    """What comes in, what it shares with ours and what is odd; stored once it is confirmed."""
    draft = request.session.get(DRAFT)
    if draft is None:
        messages.info(request, _("There is no file to look at. Choose one."))
        return redirect("tracker:framework_add")
    if request.method == "POST" and "cancel" in request.POST:
        del request.session[DRAFT]
        messages.info(request, _("Nothing was kept of the file."))
        return redirect("tracker:model")
    read = FrameworkFile(_unpacked(draft["document"]), draft["form"], tuple(draft["notes"]))
    if request.method != "POST":
        return _page(request, draft, read)
    if request.POST.get("draft") != draft["id"]:
        messages.error(request, _("Another file was opened since. This is the one that is open now."))
        return _page(request, draft, read, status=422)
    return _stored(request, draft, read)


def _stored(request: HttpRequest, draft: dict[str, Any], read: FrameworkFile) -> HttpResponse:
    try:
        report = framework_load(read.document)
    except FrameworkError as error:
        for line in error.lines:
            messages.error(request, line)
        return _page(request, draft, read, status=422)
    del request.session[DRAFT]
    for line in _said(read.document["title"], report):
        messages.success(request, line)
    return redirect(f"{reverse('tracker:model')}?framework={report.framework}")


def _said(title: str, report: LoadReport) -> list[str]:
    if not report.changed:
        return [_("%(title)s is loaded already: nothing changed.") % {"title": title}]
    said = [_("%(title)s, version %(version)s, can be aimed at now.") % {"title": title, "version": report.version}]
    entries = sum(row.entries for row in report.dropped)
    if entries:
        said.append(
            ngettext(
                "%d entry of people stays, but counts for nothing now: what it is about is gone.",
                "%d entries of people stay, but count for nothing now: what they are about is gone.",
                entries,
            )
            % entries
        )
    return said


def _page(request: HttpRequest, draft: dict[str, Any], read: FrameworkFile, status: int = 200) -> HttpResponse:
    context = {"draft": draft, "review": read_framework_review(read)}
    return render(request, "model/review.html", context, status=status)


def _packed(document: dict[str, Any]) -> str:
    return base64.b64encode(gzip.compress(json.dumps(document).encode())).decode()


def _unpacked(packed: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(packed)))
    return document
