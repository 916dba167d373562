"""Where a plain form goes back to."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The page of ours whose button was pressed, by the Referer; else the address given."""
    address = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not is_ours:
        return otherwise
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
