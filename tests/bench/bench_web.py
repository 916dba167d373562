"""CPU of each page as a ratio to a bare Django page, both behind gunicorn: `python -m tests.bench.bench_web`.

Two servers stand on one SQLite database: one with the bare page and what `startproject` writes, one with the product.
They are asked in turn, round by round; what counts is the CPU a request of all processes of the server, as the median
of the rounds' ratios, since a busy machine slows both alike. Warm: the page was shown since the last write, as when
one comes back to it. Cold: the first showing after a write; the write itself is made here and costs the server nothing.
Nothing is compressed on the way, which a bare page does not either; the last columns say what that comes to.
"""

from __future__ import annotations

import gzip
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import brotli

from tests.bench.servers import Connection, Server, serving

ROUNDS = 8
REQUESTS = 30  # a round: some 25 clock ticks for the bare page, 200 over all rounds
ROWS = 40  # that the bare page shows
COMPETENCY = "ops.serving"
PERSON = "demo-scientist"
GZIP_LEVEL = 6  # that of Django's GZipMiddleware
BROTLI_LEVEL = 5  # what proxies use for what is compressed on the fly


@dataclass(frozen=True, slots=True)
class Page:
    """`must`: its ratio, warm and cold; `queries`, `kilobytes`: at most. `is_tick`: a level is set there, by htmx."""

    name: str
    address: str
    must: float
    queries: int
    kilobytes: int
    is_tick: bool = False


BARE = Page("bare", "/bare/", 1, 3, 16)
PAGES = (
    Page("dashboard", "/dashboard/", 1.4, 7, 30),
    Page("skills, all", "/skills/", 2.2, 6, 100),
    Page("skills, one area", "/skills/?area=ops", 1.2, 6, 22),
    Page("competency", f"/skills/{COMPETENCY}/", 1.25, 7, 20),
    Page("check-off", f"/skills/{COMPETENCY}/level/", 1.3, 9, 3, is_tick=True),
)

Write = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A server, and the session by which it is asked."""

    server: Server
    session: str


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
        _set_up()
        client, write = _signed_in(), _writer()
        for _ in range(ROWS):
            write()
        with serving("tests.bench.bare_settings") as bare, serving("tests.bench.settings") as product:
            cpu = _measured(
                _Asked(bare, _session(_signed_in("django.contrib.auth.backends.ModelBackend"))),
                _Asked(product, _session(client)),
                write,
            )
        sys.stdout.write(_table(cpu, client, write))


def _set_up() -> None:
    """A database with the demo people."""
    import django
    from django.core.management import call_command

    django.setup()
    for command in (["migrate"], ["createcachetable"], ["load_framework"]):
        call_command(*command, verbosity=0)
    with Path(os.devnull).open("w") as nowhere:
        call_command("demo", password="a bench password", stdout=nowhere)


def _signed_in(backend: str | None = None) -> Any:
    """A client of one of the demo people, in this process."""
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=PERSON), backend)
    return client


def _session(client: Any) -> str:
    return str(client.cookies["sessionid"].value)


def _writer() -> Write:
    """A write that changes something each time it is called."""
    from django.contrib.auth.models import User

    from tracker.services.claims import claim_set

    user, levels = User.objects.get(username=PERSON), cycle((4, 5))

    def write() -> None:
        claim_set(user=user, competency=COMPETENCY, level=next(levels))

    return write


# --- CPU


def _measured(bare: _Asked, product: _Asked, write: Write) -> dict[tuple[str, bool], tuple[float, float]]:
    """(name, whether cold) -> CPU seconds a request, and the ratio to the bare page: medians over the rounds."""
    with_page = {(BARE.name, False): (bare, BARE)}
    for page in PAGES:
        with_page |= {
            (page.name, is_cold): (product, page) for is_cold in ((False,) if page.is_tick else (False, True))
        }
    rounds = [
        {key: _cpu(asked, page, write if key[1] else None) for key, (asked, page) in with_page.items()}
        for _ in range(ROUNDS)
    ]
    base = (BARE.name, False)
    return {
        key: (statistics.median(r[key] for r in rounds), statistics.median(r[key] / r[base] for r in rounds))
        for key in with_page
    }


def _cpu(asked: _Asked, page: Page, write: Write | None) -> float:
    """CPU seconds a request, over one connection; `write`: what is done before each."""
    connection = Connection(asked.server.port, _headers(asked.session, page))
    bodies = _bodies(page)
    connection.ask(_method(page), page.address, next(bodies))
    before = asked.server.cpu()
    for _ in range(REQUESTS):
        if write:
            write()
        connection.ask(_method(page), page.address, next(bodies))
    taken = asked.server.cpu() - before
    connection.close()
    return taken / REQUESTS


def _method(page: Page) -> str:
    return "POST" if page.is_tick else "GET"


def _bodies(page: Page) -> Iterator[str | None]:
    """What to post: two levels in turn, so that each tick changes something."""
    return cycle(("level=2", "level=3") if page.is_tick else (None,))


def _headers(session: str, page: Page) -> dict[str, str]:
    headers = {"Host": "localhost", "Cookie": f"sessionid={session}; csrftoken={'c' * 32}"}
    if page.is_tick:
        headers |= {"X-CSRFToken": "c" * 32, "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
    return headers


# --- Queries and size, in this process


def _table(cpu: dict[tuple[str, bool], tuple[float, float]], client: Any, write: Write) -> str:
    lines = [
        f"{'':<18}{'CPU ms':^14}{'ratio to bare':^22}{'queries':^16}{'kB of HTML':^24}",
        f"{'page':<18}{'warm':>7}{'cold':>7}{'warm':>8}{'cold':>7}{'must':>7}{'cold':>8}{'most':>7}"
        f"{'plain':>9}{'most':>7}{'gzip':>7}{'br':>7}",
        f"{BARE.name:<18}{1000 * cpu[BARE.name, False][0]:>7.1f}",
    ]
    for page in PAGES:
        warm, cold = cpu[page.name, False], cpu.get((page.name, True), cpu[page.name, False])
        write()
        queries, body = _asked(client, page)
        lines.append(
            f"{page.name:<18}{1000 * warm[0]:>7.1f}{1000 * cold[0]:>7.1f}{warm[1]:>8.2f}{cold[1]:>7.2f}{page.must:>7}"
            f"{queries:>8}{page.queries:>7}{len(body) / 1000:>9.1f}{page.kilobytes:>7}"
            f"{len(gzip.compress(body, GZIP_LEVEL)) / 1000:>7.1f}"
            f"{len(brotli.compress(body, quality=BROTLI_LEVEL)) / 1000:>7.1f}"
        )
    return "\n".join(lines) + "\n"


def _asked(client: Any, page: Page) -> tuple[int, bytes]:
    """How many queries the page takes, and the page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        if page.is_tick:
            response = client.post(page.address, {"level": 3}, headers={"HX-Request": "true"})
        else:
            response = client.get(page.address)
    if response.status_code != 200:
        raise RuntimeError(f"{page.address} answered {response.status_code}")
    said = [query["sql"] for query in found]
    return sum(not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for sql in said), response.content


if __name__ == "__main__":
    main()
