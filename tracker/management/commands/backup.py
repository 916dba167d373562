from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

# Made anew by migrate or when it is asked for again, or of no use to anybody later.
LEFT_OUT = ["contenttypes", "auth.permission", "sessions", "usersessions", "admin.logentry", "tracker.solve"]


class Command(BaseCommand):
    help = "Write everything that is kept (accounts, profiles, models) into one file: NAME.json or NAME.json.gz."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="Write over a file that is there.")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        if not file.name.endswith((".json", ".json.gz")):
            raise CommandError(f"{file}: a backup's name ends with .json or .json.gz", returncode=2)
        if file.exists() and not force:
            raise CommandError(f"{file} is there already; --force writes over it", returncode=2)
        if not file.parent.is_dir():
            raise CommandError(f"{file.parent} is no folder", returncode=2)
        partial = file.with_name(f".partial-{file.name}")
        try:
            with transaction.atomic():
                call_command("dumpdata", natural_foreign=True, exclude=LEFT_OUT, output=str(partial), verbosity=0)
            os.chmod(partial, 0o600)
            partial.replace(file)
        finally:
            partial.unlink(missing_ok=True)
        self.stdout.write(f"Backed up to {file} ({file.stat().st_size / 1_000_000:.1f} MB); it holds personal data.")
