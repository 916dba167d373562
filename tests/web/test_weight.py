"""What a first visit loads: little, and all of it from here."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from mlarch.bootstrap import BootstrapFinder

pytestmark = pytest.mark.django_db

LOADED = re.compile(r'<(?:link|script)[^>]+(?:href|src)="([^"]+)"')


def weight(page: bytes) -> int:
    """Compressed bytes of a page and everything that its head loads."""
    files = [Path(str(finders.find(address.removeprefix("/static/")))) for address in loaded(page)]
    return sum(len(brotli.compress(body)) for body in (page, *(file.read_bytes() for file in files)))


def loaded(page: bytes) -> list[str]:
    return LOADED.findall(page.decode())


def test_a_first_visit_weighs_less_than_60_kb_compressed(client: Client) -> None:
    assert weight(client.get("/").content) < 60_000


def test_a_signed_in_page_weighs_less_than_80_kb_compressed_in_six_requests(member: Client) -> None:
    page = member.get("/accounts/sessions/").content
    assert weight(page) < 80_000
    assert len(loaded(page)) + 1 <= 6


def test_nothing_is_loaded_from_elsewhere(client: Client) -> None:
    assert all(address.startswith("/static/") for address in loaded(client.get("/").content))


def test_of_bootstrap_only_the_style_sheet_and_its_map_are_served() -> None:
    finder = BootstrapFinder()
    assert [name for name, _ in finder.list([])] == ["css/bootstrap.min.css", "css/bootstrap.min.css.map"]
    assert finder.find("bootstrap/js/bootstrap.min.js") == []
    assert finder.find("css/bootstrap.min.css") == []
    assert finder.find("bootstrap/css/bootstrap.min.css", find_all=True) == [
        finder.find("bootstrap/css/bootstrap.min.css")
    ]
