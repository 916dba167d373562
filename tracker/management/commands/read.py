"""Prints what a file says of a person, before any text of it is matched."""

from __future__ import annotations

from typing import Any

from tracker.interchange.reading import printed
from tracker.management.profile_command import FileCommand


class Command(FileCommand):
    help = "Print what was understood of a file, as one JSON object: the profile's members, what was left, notes."

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        self.print_document(printed(self.reading(path)))
