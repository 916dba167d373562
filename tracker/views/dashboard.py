"""Where am I, what is missing most, what do I do this week, and is it getting better."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.queries.dashboard import dashboard_page
from tracker.queries.kept import kept_of
from tracker.queries.recommendations import QUICK_WINS, SHELVES
from tracker.queries.sums import sum_page
from tracker.services.people import visit_note
from tracker.views.access import members_only, person_of, state_of
from tracker.views.kept import kept_until_written


@require_safe
@members_only
def dashboard(request: HttpRequest) -> HttpResponse:
    """The dashboard; `?stage=` looks at another stage, `?shelf=` at another shelf."""
    visit_note(preferences=request.preferences)  # type: ignore[attr-defined]
    return _page(request)


@kept_until_written
def _page(request: HttpRequest) -> HttpResponse:
    shelf = request.GET.get("shelf", "")
    page = dashboard_page(
        person_of(request),
        kept_of(state_of(request)),
        request.GET.get("stage", ""),
        shelf if shelf in SHELVES else QUICK_WINS,
    )
    is_shelf = request.headers.get("HX-Target") == "next"
    return render(request, "dashboard/_next.html" if is_shelf else "dashboard/dashboard.html", {"page": page})


@require_safe
@members_only
@kept_until_written
def how_it_adds_up(request: HttpRequest) -> HttpResponse:
    """The sum behind a readiness: every competency's weight, level and target; `?area=` for one area."""
    person = person_of(request)
    try:
        page = sum_page(person, request.GET.get("stage") or person.focus.id, request.GET.get("area", ""))
    except KeyError:
        raise Http404 from None
    return render(request, "dashboard/how_it_adds_up.html", {"page": page})
