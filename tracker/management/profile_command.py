"""What the commands share that answer for a file: no account, no server and no table is needed."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper
from django.utils import timezone

from tracker.engine.dates import parse_date
from tracker.engine.framework import Framework
from tracker.engine.profile import Accept
from tracker.interchange.files import FileError, read_bytes, shown_path
from tracker.interchange.framework import MOST_BYTES as MOST_FRAMEWORK_BYTES
from tracker.interchange.framework import FrameworkError, parse_document, read_framework, warnings
from tracker.interchange.profile import MOST_BYTES, ProfileError, parse_profile, read_profile
from tracker.interchange.strict_json import shown
from tracker.matching import Resolved, matcher_of, resolve
from tracker.queries.frameworks import loaded_or_shipped_framework

BAD_INPUT = 2


def refusal(text: str) -> CommandError:
    """Bad input: one clear line on standard error, and the code that says so."""
    return CommandError(text, returncode=BAD_INPUT)


class FrameworkCommand(BaseCommand):
    """A command that answers with a framework: the one loaded or shipped, or one in a file."""

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.print_usage = _no_usage  # type: ignore[method-assign]
        return parser

    def framework(self, path: str | None, stage: str = "") -> Framework:
        """The framework asked for, which has the stage asked for."""
        framework = self._read_framework(path) if path else loaded_or_shipped_framework()
        if stage and stage not in framework.stage:
            known = ", ".join(framework.stage)
            raise refusal(f"--stage: no such stage {shown(stage)}; there are {known}")
        return framework

    def _read_framework(self, path: str) -> Framework:
        try:
            framework = read_framework(parse_document(read_bytes(path, most_bytes=MOST_FRAMEWORK_BYTES)))
        except FileError as error:
            raise refusal(printable(str(error), self.stderr)) from None
        except FrameworkError as error:
            lines = "\n".join(f"{shown_path(path)}: {line}" for line in error.lines)
            raise refusal(printable(lines, self.stderr)) from None
        for warning in warnings(framework):
            self.stderr.write(printable(f"warning: {warning}", self.stderr))
        return framework

    def print_document(self, document: dict[str, Any]) -> None:
        self.print_text(json.dumps(document, ensure_ascii=False, indent=2))

    def print_text(self, text: str) -> None:
        self.stdout.write(printable(text, self.stdout))


class ProfileCommand(FrameworkCommand):
    """A command over a JSON Resume or a profile, compared with a stage of a framework."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="a JSON Resume or a profile of schema mlarch-profile/1; - is standard input")
        parser.add_argument("--stage", default="", help="id of the stage; the framework's last by default")
        parser.add_argument("--framework", metavar="FILE", help="another framework, as export_framework prints it")
        parser.add_argument(
            "--accept",
            choices=[accept.value for accept in Accept],
            default=Accept.INFERRED.value,
            help="which inferred evidence counts: none, inferred up to its cap, or all that is offered",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", dest="form")
        parser.add_argument("--as-of", default="", metavar="DATE", help="the day to look from; today by default")

    def person(self, path: str, framework: Framework) -> Resolved:
        """The profile in the file, its texts matched."""
        try:
            document, notes = parse_profile(read_bytes(path, most_bytes=MOST_BYTES))
            profile = read_profile(document, framework)
        except FileError as error:
            raise refusal(printable(str(error), self.stderr)) from None
        except ProfileError as error:
            raise refusal(printable(f"{shown_path(path)}: {error}", self.stderr)) from None
        for note in notes:
            self.stderr.write(printable(f"note: {note}", self.stderr))
        return resolve(profile, framework, matcher=matcher_of(framework))


def day_of(text: str) -> date:
    """The day of --as-of."""
    try:
        return parse_date(text) if text else timezone.localdate()
    except ValueError as error:
        raise refusal(f"--as-of: {error}") from None


def printable(text: str, stream: OutputWrapper) -> str:
    """The text with what the stream's encoding lacks written as an escape: JSON stays JSON."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(c if c.isascii() else json.dumps(c)[1:-1] for c in text)
    return text


def _no_usage(file: object = None) -> None:
    """A mistaken option is answered by one line; the usage is for --help."""
