"""Prints the framework that is published, or the shipped one where none is loaded, as one document."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.interchange.framework import dump_document
from tracker.queries.frameworks import loaded_or_shipped_framework


class Command(BaseCommand):
    help = "Print the competency framework with its rules and resources. The same framework gives the same bytes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["json", "yaml"], default="json", dest="form")

    def handle(self, *args: Any, form: str, **options: Any) -> None:
        self.stdout.write(dump_document(loaded_or_shipped_framework(), form=form).decode(), ending="")
