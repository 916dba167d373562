"""What every page's frame needs: the main navigation and the version."""

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


def shell(request: HttpRequest) -> dict[str, Any]:
    """`nav_pages`: (name, label, address) of each page that exists; `version`; `signup_open`."""
    return {
        "nav_pages": [(name, label, address) for name, label in PAGES if (address := _address(name))],
        "version": __version__,
        "signup_open": settings.ACCOUNT_SIGNUP_OPEN,
    }


def _address(name: str) -> str:
    try:
        return reverse(f"tracker:{name}")
    except NoReverseMatch:
        return ""
