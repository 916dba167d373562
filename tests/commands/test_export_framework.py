"""`export_framework`: the published framework, else the shipped one, always in the same bytes."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from tracker.interchange.framework import parse_document, read_framework
from tracker.interchange.shipped import shipped_framework
from tracker.models import Framework
from tracker.queries import frameworks
from tracker.services.frameworks import framework_publish

pytestmark = pytest.mark.django_db


def export(form: str = "json") -> bytes:
    out = StringIO()
    call_command("export_framework", format=form, stdout=out)
    return out.getvalue().encode()


def test_the_loaded_framework_is_printed_in_the_same_bytes_each_time() -> None:
    assert export() == export()
    assert read_framework(parse_document(export())) == shipped_framework()


def test_yaml_says_the_same_as_json() -> None:
    assert parse_document(export("yaml"), form="yaml") == parse_document(export())


def test_what_is_published_is_printed_not_what_ships() -> None:
    row = Framework.objects.get()
    row.title = "Ours"
    row.save()
    framework_publish(row)
    assert parse_document(export())["title"] == "Ours"


def test_where_none_is_loaded_the_shipped_one_is_printed() -> None:
    loaded = export()
    Framework.objects.all().delete()
    assert export() == loaded


def test_no_table_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_tables() -> None:
        raise DatabaseError("no such table")

    monkeypatch.setattr(frameworks, "current_framework", no_tables)
    assert read_framework(parse_document(export())) == shipped_framework()
