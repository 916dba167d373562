"""What the matcher makes of texts: one prediction a line, to be read by a person or a scorer."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from tracker.interchange.files import FileError, read_bytes, shown_path
from tracker.interchange.texts import MOST_BYTES, Text, TextsError, parse_texts
from tracker.management.profile_command import FRAMEWORKS, FrameworkCommand, printable, refusal
from tracker.matching import matcher_of
from tracker.matching.answers import KINDS


class Command(FrameworkCommand):
    help = "Match texts (skills, titles, degrees, certificates) with a framework; one line of JSON a text."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", help="a labelled-set file (YAML with items) or JSON lines of id and text; - is standard input"
        )
        parser.add_argument("--kind", choices=list(KINDS), required=True, help="what the texts are")
        parser.add_argument("--framework", metavar="FILE", help=FRAMEWORKS)

    def handle(self, *args: Any, path: str, kind: str, **options: Any) -> None:
        matcher = matcher_of(self.framework(options.get("framework")))
        for text in self._texts(path):
            line = {"id": text.id, "answer": KINDS[kind](matcher, text.text)}
            self.print_text(json.dumps(line, ensure_ascii=False))

    def _texts(self, path: str) -> list[Text]:
        try:
            return parse_texts(read_bytes(path, most_bytes=MOST_BYTES))
        except FileError as error:
            raise refusal(printable(str(error), self.stderr)) from None
        except TextsError as error:
            raise refusal(printable(f"{shown_path(path)}: {error}", self.stderr)) from None
