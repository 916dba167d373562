from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, transaction

from tracker.models import Framework


class Command(BaseCommand):
    help = "Read a file that `backup` wrote into this database, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="Remove what is in the database first.")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"{file} is no file", returncode=2)
        if not file.name.endswith((".json", ".json.gz")):
            raise CommandError(f"{file}: a backup's name ends with .json or .json.gz", returncode=2)
        users = get_user_model()._default_manager
        if users.exists() and not replace:
            raise CommandError("There are accounts in this database; --replace removes them first", returncode=2)
        try:
            with transaction.atomic():
                if replace:
                    self._empty()
                call_command("loaddata", str(file.resolve()), verbosity=0)
        except (DeserializationError, DatabaseError, CommandError, OSError, ValueError) as error:
            reason = str(error).splitlines()[0]
            raise CommandError(f"{file} was not restored, nothing has changed: {reason}", returncode=2) from error
        self.stdout.write(f"Restored {users.count()} accounts from {file}")

    def _empty(self) -> None:
        """Remove people first (their rows go with them), then the models of competency."""
        get_user_model()._default_manager.all().delete()
        Framework.objects.all().delete()
