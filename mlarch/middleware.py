"""Headers that Django and its security packages have no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header


class ResponseHeadersMiddleware:
    """Keeps responses to this site, and keeps what depends on who asks out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if has_vary_header(response, "Cookie") and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response
