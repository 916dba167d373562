"""What all tests share: the shipped framework, two people, and a client signed in as the first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests import framework_rows
from tracker.plan_form import answer_to
from tracker.services import solves
from tracker.views.kept import pages

PASSWORD = "correct horse battery"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database: only that is worth a second run on another one."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(fixtures):
            item.add_marker("database")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured (`record_property("figures", ...)`), in one section at the end."""
    reports = [report for state in ("passed", "failed") for report in terminalreporter.stats.get(state, ())]
    figures = [text for report in reports for name, text in report.user_properties if name == "figures"]
    if figures:
        terminalreporter.section("figures")
        terminalreporter.write("".join(f"{text}\n" for text in sorted(figures)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The test database, with the shipped framework in it."""
    with django_db_blocker.unblock():
        framework_rows.load()
    yield


@pytest.fixture(autouse=True)
def _framework_after_a_flush(request: pytest.FixtureRequest) -> None:
    """Tests with real transactions empty the tables behind them: the next one finds the framework all the same."""
    marker = request.node.get_closest_marker("django_db")
    is_transactional = bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(request.fixturenames)
    )
    if is_transactional:
        request.getfixturevalue("_django_db_helper")
        framework_rows.put_back()


@pytest.fixture(autouse=True)
def _no_pages_of_other_tests() -> None:
    """Ids and revisions come again from test to test; pages that were kept must not."""
    pages.clear()


@pytest.fixture(autouse=True)
def solver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No solver's process behind a test's back: questions stay under way, unless the test asks for `solved_at_once`.

    A browser test has the real one.
    """
    if "live_server" not in request.fixturenames and "solved_at_once" not in request.fixturenames:
        monkeypatch.setattr(solves, "in_background", lambda work: None)


@pytest.fixture
def solved_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are solved within the request, in this process."""
    monkeypatch.setattr(solves, "in_background", lambda work: work())
    monkeypatch.setattr(solves, "answer_of", answer_to)


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("ada", "ada@example.org", PASSWORD)


@pytest.fixture
def other_user(db: None) -> User:
    return User.objects.create_user("grace", "grace@example.org", PASSWORD)


@pytest.fixture
def member(user: User) -> Client:
    """A client signed in as `user`."""
    client = Client()
    client.force_login(user)
    return client
