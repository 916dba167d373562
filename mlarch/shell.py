"""What every page's frame needs: the main navigation, the theme that was chosen, the version."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from mlarch import __version__

PAGES = (
    ("dashboard", "Dashboard"),
    ("skills", "Skills"),
    ("path", "Path"),
    ("profile", "Profile"),
    ("resources", "Resources"),
    ("progress", "Progress"),
)


THEMES = ("light", "dark")
THEME_COOKIE = "theme"


def shell(request: HttpRequest) -> dict[str, Any]:
    """`nav_pages`: (name, label, address) of each page that exists; `nav_current`: the name of the one shown.

    `theme`: the one chosen on the settings page, from the preferences where the page has read them, else from a
    cookie; empty to follow the system.
    """
    preferences = getattr(request, "preferences", None)
    chosen = preferences.theme if preferences else request.COOKIES.get(THEME_COOKIE, "")
    return {
        "nav_pages": _pages,  # called where a template asks: a fragment has no navigation
        "nav_current": _current(request),
        "theme": chosen if chosen in THEMES else "",
        "version": __version__,
        "signup_open": settings.ACCOUNT_SIGNUP_OPEN,
    }


def _pages() -> list[tuple[str, str, str]]:
    return [(name, label, address) for name, label in PAGES if (address := _address(name))]


def _current(request: HttpRequest) -> str:
    """The page that the address belongs to: what is under /skills/ is part of Skills."""
    first = request.path.split("/", 2)[1]
    return first if first in dict(PAGES) else ""


def _address(name: str) -> str:
    try:
        return reverse(f"tracker:{name}")
    except NoReverseMatch:
        return ""
