"""CPU of each page as a ratio to a bare Django page, measured in interleaved rounds in one process.

    python -m tests.bench.bench_web

Both go through a WSGI handler: the bare page with Django's usual middleware, the pages with all of the product's.
Prints CPU milliseconds (median), the ratio with its goal, queries, and HTML before compression. Warm: the page was
shown since the last write, as when one comes back to it; cold: it is rendered anew, as after each write.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

ROUNDS = 30
BARE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
# name, address, ratio that must hold, queries at most, kB at most
PAGES = (
    ("dashboard", "/dashboard/", 1.4, 7, 30),
    ("skills, all", "/skills/", 2.2, 6, 100),
    ("skills, one area", "/skills/?area=ops", 1.2, 6, 22),
    ("competency", "/skills/ops.serving/", 1.25, 7, 20),
)
TICK = ("check-off", "/skills/ops.serving/level/", 1.3, 9, 3)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
        cookie = _set_up()
        sys.stdout.write(_table(cookie))


def _set_up() -> str:
    """A database with the demo people; the session cookie of one of them."""
    import django
    from django.core.management import call_command

    django.setup()
    for command in (["migrate"], ["createcachetable"], ["load_framework"]):
        call_command(*command, verbosity=0)
    call_command("demo", password="a bench password", stdout=open(os.devnull, "w"))  # noqa: SIM115
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username="demo-scientist"))
    return client.cookies["sessionid"].value


def _table(cookie: str) -> str:
    bare = _asker(_handler(BARE_MIDDLEWARE), "/bare/", cookie)
    product = _handler(None)
    warm = {name: _asker(product, address, cookie) for name, address, *_ in PAGES}
    cold = {f"{name}, cold": _emptied(ask) for name, ask in warm.items()}
    tick = _ticker(product, TICK[1], cookie)
    asks = {"bare": bare, **warm, **cold}
    cpu = _measured(asks) | {TICK[0]: _measured({"bare": bare, TICK[0]: tick})[TICK[0]]}
    lines = [f"{'page':<18}{'CPU ms':>8}{'ratio':>7}{'cold':>7}{'must':>7}{'queries, cold':>15}{'kB':>10}"]
    lines.append(f"{'bare':<18}{cpu['bare'] * 1000:>8.1f}{1:>7.2f}{_queries(bare):>29}{_weight(bare):>10.1f}")
    for name, _, must, queries, weight in (*PAGES, TICK):
        anew = cpu.get(f"{name}, cold", cpu[name])
        ask = cold.get(f"{name}, cold", tick)
        lines.append(
            f"{name:<18}{cpu[name] * 1000:>8.1f}{cpu[name] / cpu['bare']:>7.2f}{anew / cpu['bare']:>7.2f}{must:>7}"
            f"{_queries(ask):>11} of {queries}{_weight(ask):>7.1f} of {weight}"
        )
    return "\n".join(lines) + "\n"


def _measured(asks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median CPU seconds of each, taken in turn."""
    cpu: dict[str, list[float]] = {name: [] for name in asks}
    for _ in range(ROUNDS):
        for name, ask in asks.items():
            ask()
            begin = time.process_time()
            ask()
            cpu[name].append(time.process_time() - begin)
    return {name: statistics.median(seconds) for name, seconds in cpu.items()}


def _emptied(ask: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same, rendered anew each time."""

    def anew() -> bytes:
        from tracker.views.kept import pages

        pages.clear()
        return ask()

    return anew


def _handler(middleware: list[str] | None) -> Any:
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import override_settings

    if middleware is None:
        return WSGIHandler()
    with override_settings(MIDDLEWARE=middleware):
        return WSGIHandler()


def _environ(method: str, address: str, cookie: str, body: bytes = b"") -> dict[str, Any]:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": f"sessionid={cookie}; csrftoken={'c' * 32}",
        "HTTP_X_CSRFTOKEN": "c" * 32,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
    }


def _ask(handler: Any, environ: dict[str, Any]) -> bytes:
    said: list[str] = []
    response = handler(environ, lambda status, headers: said.append(status))
    body = b"".join(response)
    response.close()
    if not said[0].startswith("200"):
        raise RuntimeError(f"{environ['PATH_INFO']} answered {said[0]}")
    return body


def _asker(handler: Any, address: str, cookie: str) -> Callable[[], bytes]:
    return lambda: _ask(handler, _environ("GET", address, cookie))


def _ticker(handler: Any, address: str, cookie: str) -> Callable[[], bytes]:
    """Ticks two levels in turn, as htmx does it, so that each tick changes something."""
    levels = iter(int(i) % 2 + 2 for i in range(10**6))

    def tick() -> bytes:
        environ = _environ("POST", address, cookie, f"level={next(levels)}".encode())
        return _ask(handler, environ | {"HTTP_HX_REQUEST": "true"})

    return tick


@contextmanager
def _counted() -> Iterator[list[str]]:
    from django.db import connection

    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


def _queries(ask: Callable[[], bytes]) -> int:
    with _counted() as seen:
        ask()
    return sum(not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")) for sql in seen)


def _weight(ask: Callable[[], bytes]) -> float:
    return len(ask()) / 1000


if __name__ == "__main__":
    main()
