"""A live server and chromium. Each test also fails on a broken policy, a foreign request or a script error."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

# Playwright's synchronous interface runs an event loop in this thread, in which Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no chromium found"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": SWITCHES}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Addresses are those of `live_server`, which lives for one test run and not for pytest-base-url."""


@pytest.fixture
def context(context: BrowserContext) -> Iterator[BrowserContext]:
    """Playwright's context, watched."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def see(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.hostname != "localhost":
            complaints.append(f"asked another host: {request.url}")

    context.on("console", hear)
    context.on("request", see)
    context.on("weberror", lambda error: complaints.append(f"script error: {error.error}"))
    yield context
    assert not complaints, "\n".join(complaints)


@pytest.fixture(autouse=True)
def fresh_rate_limits(transactional_db: None) -> None:
    cache.clear()


@pytest.fixture
def signed_in_page(page: Page, user: User, live_server: LiveServer) -> Page:
    """A page whose browser is signed in as `user`."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return page


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """Fails with axe's report when it finds anything on the page."""

    def check(page: Page) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()

    return check
