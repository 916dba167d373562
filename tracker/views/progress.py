"""Is it getting better: readiness over time, hours, levels gained, and the log, in which what was done can be undone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from tracker.models import Event
from tracker.services.history import UndoError, event_undo
from tracker.views.access import get_owned, members_only, person_of
from tracker.views.outcomes import tell


@require_safe
@members_only
def progress(request: HttpRequest) -> HttpResponse:
    return redirect("tracker:dashboard")


@require_POST
@members_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what the event changed, and return to the page where the button stood."""
    event = get_owned(Event, request.user, pk)
    stage = person_of(request).focus.id
    try:
        tell(request, event_undo(user=request.user, event=event), stage)
    except UndoError as error:
        messages.warning(request, str(error))
    if request.headers.get("HX-Request"):
        return HttpResponseClientRefresh()
    return redirect(_where_it_stood(request))


def _where_it_stood(request: HttpRequest) -> str:
    """The page that the form names or that sent it, if it is one of ours; else the log."""
    for wanted in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if url_has_allowed_host_and_scheme(
            wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return wanted
    return reverse("tracker:progress")
