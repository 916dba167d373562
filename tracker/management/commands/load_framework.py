"""Loads a framework and publishes it: the shipped one, a folder in its layout, or a file of any form that is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.interchange.files import FileError, read_bytes
from tracker.interchange.framework import MOST_BYTES, FrameworkError
from tracker.interchange.framework_file import OURS, FrameworkFile, read_framework_file, remarks
from tracker.interchange.shipped import FOLDER, read_folder, shipped_framework
from tracker.services.frameworks import LoadReport, framework_load


class Command(BaseCommand):
    help = "Load a competency framework and publish it. Loading the same one again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=FOLDER,
            help="a folder in the layout of tracker/data/ml_architect (the default), a JSON or YAML document as "
            "export_framework prints it, a CASE package, or DIRECT's JSON or a ZIP of its flat files",
        )
        parser.add_argument(
            "--target",
            type=int,
            choices=range(1, 6),
            default=0,
            help="the level asked of every skill, for files whose form knows no targets (CASE, DIRECT); 3 by default",
        )

    def handle(self, *args: Any, path: Path, target: int = 0, verbosity: int = 1, **options: Any) -> None:
        try:
            read = read_path(path, target)
            notes = remarks(read.document, shipped_framework().document)
            report = framework_load(read.document)
        except FrameworkError as error:
            raise CommandError("\n".join(error.lines), returncode=2) from None
        if verbosity and (report.changed or verbosity > 1):
            for note in read.notes:
                self.stderr.write(f"note: {note}")
            for note in notes:
                self.stderr.write(f"warning: {note}")
        for line in _lines(report) if verbosity else ():
            self.stdout.write(line)


def read_path(path: Path, target: int = 0) -> FrameworkFile:
    """What stands at the path, checked. Raises FrameworkError, also for a file that cannot be read."""
    if path.is_dir():
        return FrameworkFile(read_folder(path), OURS)
    try:
        data = read_bytes(str(path), most_bytes=MOST_BYTES)
    except FileError as error:
        raise FrameworkError([str(error)]) from None
    form = "yaml" if path.suffix.lower() in (".yaml", ".yml") else "json"
    try:
        return read_framework_file(data, form=form, target=target)
    except FrameworkError as error:
        raise FrameworkError(f"{path.name}: {line}" for line in error.lines) from None


def _lines(report: LoadReport) -> list[str]:
    name = f"{report.framework} {report.version} (release {report.number})"
    if not report.changed:
        return [f"{name} is loaded already: nothing changed"]
    lines = [f"{name} is loaded and published"]
    lines += [f"renamed {old} to {new}: what users logged for it was kept" for old, new in report.renamed]
    for row in report.dropped:
        kept = f"{row.entries} entries of users stay but count for nothing now" if row.entries else "no user's entry"
        lines.append(f"no longer in {row.section}: {row.key} ({kept})")
    return lines
