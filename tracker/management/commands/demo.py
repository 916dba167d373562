from __future__ import annotations

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker import demo


class Command(BaseCommand):
    help = "Make three fictional people with full histories: a student, a software developer, a data scientist."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", help="Their password; without it one is made up and printed.")

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"] or secrets.token_urlsafe(9)
        for story in demo.stories():
            user = demo.tell(story, password)
            self.stdout.write(f"{user.username}  {story['first_name']}")
        self.stdout.write(f"Sign in with any of these names and the password: {password}")
