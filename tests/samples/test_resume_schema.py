"""What leaves as a JSON Resume, against the schema that it names."""

from __future__ import annotations

import json

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.samples.sample_files import FOLDER, needs_samples
from tests.web.test_exporting import live
from tracker.models import Activity, Certification, Degree
from tracker.services.items import item_save

pytestmark = [needs_samples, pytest.mark.django_db]


def check(member: Client) -> None:
    schema = json.loads((FOLDER / "json-resume" / "schema-1.2.1.json").read_bytes())
    found = json.loads(member.get("/export/resume.json").content)
    checker = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    assert not [error.message for error in checker.iter_errors(found)]


def test_a_whole_profile_is_valid(member: Client, user: User) -> None:
    live(user)
    check(member)


def test_an_empty_one_and_odd_dates_are_valid(member: Client, user: User) -> None:
    check(member)
    for row in (
        Degree(level="other", field="Alchemy", end="0999"),
        Certification(name="From the future", on="9999-12-31", url="https://example.org/a?b=c"),
        Activity(kind="post", title="A note", on="0001"),
    ):
        row.user = user
        item_save(user=user, row=row)
    check(member)
