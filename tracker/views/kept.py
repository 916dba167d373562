"""Pages rendered once and served again until the next write.

A page of a person is a function of her state (each write gives it a new revision), her preferences, the day and the
address. Rendering it is most of its cost, so each worker keeps the latest pages by all of that; never by time.
Only the form token is new in each answer. A page with a message to show is always rendered.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from django.contrib.messages import get_messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from tracker.models import Preferences
from tracker.queries.person import local_today
from tracker.views.access import View, state_of

MOST_PAGES = 128
_TOKEN = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": "|X-CSRFToken&quot;: &quot;)[A-Za-z0-9]{64}')


class _Pages:
    """The pages used last, by their key; safe for threads."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[Any, ...]) -> bytes | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[Any, ...], page: bytes) -> None:
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()


pages = _Pages()


def kept_until_written(view: Callable[..., HttpResponse]) -> View:
    """Under `members_only`: serve the page as it was rendered, while all that it depends on is the same."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or len(get_messages(request)):
            return view(request, *args, **kwargs)
        key = _key(request)
        page = pages.get(key)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                pages.put(key, response.content)
            return response
        token = get_token(request).encode()
        return HttpResponse(_TOKEN.sub(lambda found: found[1] + token, page))

    return wrapped


def _key(request: HttpRequest) -> tuple[Any, ...]:
    """All that a page depends on."""
    preferences: Preferences = request.preferences  # type: ignore[attr-defined]
    kept = state_of(request)
    chosen = model_to_dict(preferences)
    return (
        request.user.pk,
        request.user.get_username(),
        request.user.date_joined,  # type: ignore[union-attr]  # a restored database may give an id to somebody else
        kept.revision,
        kept.release_id,
        local_today(preferences),
        preferences.previous_visit_at,
        tuple(str(value) for value in chosen.values()),
        request.get_full_path(),
        request.headers.get("HX-Target", ""),
        request.headers.get("HX-Request", ""),
        request.COOKIES.get("theme", ""),
    )
