"""What the commands share that answer for a file: no account, no server and no table is needed."""

from __future__ import annotations

import json
import os
import sys
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
from tracker.interchange.framework import FrameworkError, trusted_framework, warnings
from tracker.interchange.framework_file import read_framework_file
from tracker.interchange.matches import matches_document, matches_text
from tracker.interchange.profile import read_profile
from tracker.interchange.readers import MOST_BYTES, ReadError, Reading
from tracker.interchange.shared_skills import profile_for, unknown_same, with_shared
from tracker.interchange.shipped import shipped_framework
from tracker.interchange.strict_json import shown
from tracker.matching import Resolved, matcher_of, resolve
from tracker.queries.frameworks import loaded_or_shipped_framework
from tracker.reading_apart import read_apart

BAD_INPUT = 2
FRAMEWORKS = "another framework: as export_framework prints it, a CASE package, DIRECT"
KINDS = (
    "a JSON Resume, LinkedIn export, Europass, résumé (PDF, DOCX, HTML, text), Open Badge, CSV of skills "
    "or mlarch-profile/1"
)


def refusal(text: str) -> CommandError:
    """Bad input: one clear line on standard error, and the code that says so."""
    return CommandError(text, returncode=BAD_INPUT)


class AnswerCommand(BaseCommand):
    """A command that answers on standard output: no account, no server, no table needed."""

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.print_usage = _no_usage  # type: ignore[method-assign]
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """What it says; whoever reads may have had enough in the middle of it, as `head` has."""
        try:
            said = super().execute(*args, **options)
            self.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still to be flushed goes nowhere
            return None
        return said

    def print_document(self, document: dict[str, Any]) -> None:
        self.print_text(json.dumps(document, ensure_ascii=False, indent=2))

    def print_text(self, text: str) -> None:
        self.stdout.write(printable(text, self.stdout))


class FileCommand(AnswerCommand):
    """One that answers for a file of any kind that a person may own."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help=f"{KINDS}; - is standard input")

    def reading(self, path: str) -> Reading:
        """What the file says, whichever kind it is of."""
        try:
            return read_apart(read_bytes(path, most_bytes=MOST_BYTES))
        except FileError as error:
            raise refusal(printable(str(error), self.stderr)) from None
        except ReadError as error:
            raise refusal(printable(f"{shown_path(path)}: {error}", self.stderr)) from None


class FrameworkCommand(AnswerCommand):
    """One that answers with a framework: the one loaded or shipped, or one in a file."""

    def framework(self, path: str | None, stage: str = "") -> Framework:
        """The framework asked for, which has the stage asked for."""
        framework = self._read_framework(path) if path else loaded_or_shipped_framework()
        if stage and stage not in framework.stage:
            known = ", ".join(framework.stage)
            raise refusal(f"--stage: no such stage {shown(stage)}; there are {known}")
        return framework

    def _read_framework(self, path: str) -> Framework:
        try:
            read = read_framework_file(read_bytes(path, most_bytes=MOST_FRAMEWORK_BYTES))
        except FileError as error:
            raise refusal(printable(str(error), self.stderr)) from None
        except FrameworkError as error:
            lines = "\n".join(f"{shown_path(path)}: {line}" for line in error.lines)
            raise refusal(printable(lines, self.stderr)) from None
        ours = shipped_framework().document
        framework = trusted_framework(with_shared(read.document, ours))
        told = [f"note: {note}" for note in read.notes]
        told += [f"warning: {warning}" for warning in (*unknown_same(read.document, ours), *warnings(framework))]
        for line in told:
            self.stderr.write(printable(line, self.stderr))
        return framework


class ProfileCommand(FileCommand, FrameworkCommand):
    """One over a person's file, compared with a stage of a framework."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--stage", default="", help="id of the stage; the framework's last by default")
        parser.add_argument("--framework", metavar="FILE", help=FRAMEWORKS)
        parser.add_argument(
            "--accept",
            choices=[accept.value for accept in Accept],
            default=Accept.INFERRED.value,
            help="which inferred evidence counts: none, inferred up to its cap, or all that is offered",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", dest="form")
        parser.add_argument("--as-of", default="", metavar="DATE", help="the day to look from; today by default")
        parser.add_argument("--explain", action="store_true", help="print what each text was matched to, and why")

    def person(self, path: str, framework: Framework) -> Resolved:
        """The profile in the file, its texts matched."""
        reading = self.reading(path)
        try:
            document, notes = profile_for(reading.document, framework)
            profile = read_profile(document, framework)
        except ReadError as error:
            raise refusal(printable(f"{shown_path(path)}: {error}", self.stderr)) from None
        for note in (*reading.told, *notes):
            self.stderr.write(printable(f"note: {note}", self.stderr))
        return resolve(profile, framework, matcher=matcher_of(framework), levels=reading.levels)

    def print_answer(
        self, answer: dict[str, Any] | str, person: Resolved, framework: Framework, *, explain: bool
    ) -> None:
        """The answer, and with `--explain` what each text of the file was matched to."""
        if isinstance(answer, str):
            self.print_text(f"{answer}\n\n{matches_text(person.matches, framework)}" if explain else answer)
        else:
            self.print_document({**answer, "matches": matches_document(person.matches)} if explain else answer)


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
