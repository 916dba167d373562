"""What every page's frame needs: the main navigation, the theme that was chosen, the version."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from mlarch import __version__

PAGES = (
    ("dashboard", "Dashboard"),
    ("skills", "Skills"),
    ("path", "Path"),
    ("profile", "Profile"),
    ("resources", "Resources"),
    ("plan", "Plan"),
    ("progress", "Progress"),
)
ELSEWHERE = ("landing", "model", "search", "settings", "adverts", "import", "export")
ACCOUNT = ("account_email", "account_login", "account_logout", "account_signup")


THEMES = ("light", "dark")
THEME_COOKIE = "theme"


def shell(request: HttpRequest) -> dict[str, Any]:
    """`nav_pages`: (name, label, address) of each page; `nav_current`: the name of the one shown.

    `frame`: name -> address of all that the frame leads to.
    `theme`: the one chosen on the settings page, from the preferences where the page has read them, else from a
    cookie; empty to follow the system.
    """
    preferences = getattr(request, "preferences", None)
    chosen = preferences.theme if preferences else request.COOKIES.get(THEME_COOKIE, "")
    addresses = _addresses(get_script_prefix())
    return {
        "nav_pages": [(name, label, addresses[name]) for name, label in PAGES],
        "nav_current": _current(request),
        "frame": addresses,
        "theme": chosen if chosen in THEMES else "",
        "version": __version__,
        "signup_open": settings.ACCOUNT_SIGNUP_OPEN,
    }


def _current(request: HttpRequest) -> str:
    """The page that the address belongs to: what is under /skills/ is part of Skills."""
    first = request.path.split("/", 2)[1]
    return first if first in dict(PAGES) else ""


@cache
def _addresses(prefix: str) -> Mapping[str, str]:
    """Where the frame leads; `prefix`: where the product is mounted. Looking a dozen of them up for each page took a
    tenth of its time."""
    pages = {name: reverse(f"tracker:{name}") for name in (*dict(PAGES), *ELSEWHERE)}
    return pages | {name: reverse(name) for name in ACCOUNT}
