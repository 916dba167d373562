"""The front door: what this is, for whoever is not signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tracker.queries.frameworks import current_framework


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """One sentence and one picture; a signed-in person is sent to the dashboard."""
    if request.user.is_authenticated:
        return redirect("/dashboard/")
    return render(request, "landing.html", {"areas": framework.areas if (framework := current_framework()) else ()})
