"""Compares a JSON Resume or a profile with a stage of the framework: no account, no server, no table needed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from tracker.engine.analysis import analyse
from tracker.engine.profile import Accept
from tracker.interchange.analysis import analysis_document
from tracker.interchange.analysis_text import analysis_text
from tracker.management.profile_command import ProfileCommand, day_of, refusal


class Command(ProfileCommand):
    help = "Say what stands between a person and a stage, and what to do next, from a JSON Resume or a profile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--top", type=int, default=10, metavar="N", help="most recommendations; 0 is all")

    def handle(
        self, *args: Any, path: str, stage: str, accept: str, form: str, top: int, as_of: str, **options: Any
    ) -> None:
        day = day_of(as_of)
        if top < 0:
            raise refusal("--top: must be 0 or more")
        framework = self.framework(options.get("framework"), stage)
        person = self.person(path, framework)
        analysis = analyse(framework, person.profile, as_of=day, stage=stage, accept=Accept(accept), top=top or None)
        answer = (analysis_document if form == "json" else analysis_text)(analysis, person.unmatched)
        self.print_answer(answer, person, framework, explain=options["explain"])
