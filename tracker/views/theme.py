"""The chosen theme on the way out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from mlarch.shell import THEME_COOKIE
from tracker.models import Preferences

YEAR = 365 * 24 * 3600


def with_theme(request: HttpRequest, response: HttpResponse, kept: Preferences) -> HttpResponse:
    """The theme also in a cookie, for pages that read no preferences: the account's and those for strangers."""
    if kept.theme == Preferences.Theme.AUTO:
        response.delete_cookie(THEME_COOKIE)
    else:
        response.set_cookie(
            THEME_COOKIE, kept.theme, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response
