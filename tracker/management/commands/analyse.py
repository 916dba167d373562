"""Compares a JSON Resume or a profile with a stage of the framework: no account, no server, no table needed."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper
from django.utils import timezone

from tracker.engine.analysis import analyse
from tracker.engine.dates import parse_date
from tracker.engine.framework import Framework
from tracker.engine.profile import Accept
from tracker.interchange.analysis import analysis_document
from tracker.interchange.analysis_text import analysis_text
from tracker.interchange.files import FileError, read_bytes, shown_path
from tracker.interchange.framework import MOST_BYTES as MOST_FRAMEWORK_BYTES
from tracker.interchange.framework import FrameworkError, parse_document, read_framework, warnings
from tracker.interchange.profile import MOST_BYTES, ProfileError, parse_profile, read_profile
from tracker.interchange.strict_json import shown
from tracker.matching import Resolved, matcher_of, resolve
from tracker.queries.frameworks import loaded_or_shipped_framework

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Say what stands between a person and a stage, and what to do next, from a JSON Resume or a profile."
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.print_usage = _no_usage  # type: ignore[method-assign]
        return parser

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
        parser.add_argument("--top", type=int, default=10, metavar="N", help="most recommendations; 0 is all")
        parser.add_argument("--as-of", default="", metavar="DATE", help="the day to look from; today by default")

    def handle(
        self, *args: Any, path: str, stage: str, accept: str, form: str, top: int, as_of: str, **options: Any
    ) -> None:
        day = _day(as_of)
        if top < 0:
            raise CommandError("--top: must be 0 or more", returncode=BAD_INPUT)
        framework = self._framework(options.get("framework"))
        if stage and stage not in framework.stage:
            known = ", ".join(framework.stage)
            raise CommandError(f"--stage: no such stage {shown(stage)}; there are {known}", returncode=BAD_INPUT)
        person = self._person(path, framework)
        analysis = analyse(framework, person.profile, as_of=day, stage=stage, accept=Accept(accept), top=top or None)
        if form == "json":
            text = json.dumps(analysis_document(analysis, person.unmatched), ensure_ascii=False, indent=2)
        else:
            text = analysis_text(analysis, person.unmatched)
        self.stdout.write(_printable(text, self.stdout))

    def _framework(self, path: str | None) -> Framework:
        if not path:
            return loaded_or_shipped_framework()
        try:
            framework = read_framework(parse_document(read_bytes(path, most_bytes=MOST_FRAMEWORK_BYTES)))
        except FileError as error:
            raise CommandError(_printable(str(error), self.stderr), returncode=BAD_INPUT) from None
        except FrameworkError as error:
            lines = "\n".join(f"{shown_path(path)}: {line}" for line in error.lines)
            raise CommandError(_printable(lines, self.stderr), returncode=BAD_INPUT) from None
        for warning in warnings(framework):
            self.stderr.write(_printable(f"warning: {warning}", self.stderr))
        return framework

    def _person(self, path: str, framework: Framework) -> Resolved:
        try:
            document, notes = parse_profile(read_bytes(path, most_bytes=MOST_BYTES))
            profile = read_profile(document, framework)
        except FileError as error:
            raise CommandError(_printable(str(error), self.stderr), returncode=BAD_INPUT) from None
        except ProfileError as error:
            line = f"{shown_path(path)}: {error}"
            raise CommandError(_printable(line, self.stderr), returncode=BAD_INPUT) from None
        for note in notes:
            self.stderr.write(_printable(f"note: {note}", self.stderr))
        return resolve(profile, framework, matcher=matcher_of(framework))


def _day(text: str) -> date:
    try:
        return parse_date(text) if text else timezone.localdate()
    except ValueError as error:
        raise CommandError(f"--as-of: {error}", returncode=BAD_INPUT) from None


def _printable(text: str, stream: OutputWrapper) -> str:
    """The text with what the stream's encoding lacks written as an escape: JSON stays JSON."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(c if c.isascii() else json.dumps(c)[1:-1] for c in text)
    return text


def _no_usage(file: object = None) -> None:
    """A mistaken option is answered by one line; the usage is for --help."""
