"""Where a plain form goes back to."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether the address, a path or whole, is one of this server's own: a redirect to it leads nobody away."""
    return address.startswith(("/", "http://", "https://")) and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page of ours whose button was pressed, by the Referer; else the address given."""
    address = request.headers.get("Referer", "")
    if not is_ours(request, address):
        return otherwise
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
