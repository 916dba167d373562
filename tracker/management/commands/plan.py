"""The best use of the hours that a person has, from a JSON Resume or a profile, with the proof or how far it is."""

from __future__ import annotations

import re
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from django.core.management.base import OutputWrapper

from tracker.engine.analysis import courses_without, finished_resources
from tracker.engine.levels import levels
from tracker.engine.milestones import milestone_statuses, open_milestones
from tracker.engine.plan import TIME_LIMIT, Ask, Bounds, Mode, Watch, make_plan
from tracker.engine.profile import Accept
from tracker.interchange.plan import plan_document
from tracker.interchange.plan_text import plan_text
from tracker.interchange.strict_json import shown
from tracker.management.profile_command import ProfileCommand, day_of, refusal

_NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]{1,4})?")
_MOST_HOURS_A_WEEK, _MOST_SECONDS = 168, 3600
_SECONDS_IN_SILENCE = 1.0


class Command(ProfileCommand):
    help = "Plan the most progress within some hours, or the shortest way to a stage: proven, not guessed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--mode", choices=[mode.value for mode in Mode], default=Mode.MOST.value)
        parser.add_argument(
            "--hours", metavar="H", help="hours to spend in all; needed in mode most, only looked at there"
        )
        parser.add_argument("--budget", metavar="USD", help="US dollars to spend in all; no limit by default")
        parser.add_argument("--per-week", metavar="H", default="6", help="hours a week; 6 by default")
        parser.add_argument(
            "--time-limit", metavar="S", default=str(int(TIME_LIMIT)), help="seconds for the solver; 20 by default"
        )

    def handle(self, *args: Any, path: str, stage: str, accept: str, form: str, as_of: str, **options: Any) -> None:
        day, mode = day_of(as_of), Mode(options["mode"])
        hours = _number("--hours", options["hours"], "hours") if options["hours"] is not None else None
        budget = _number("--budget", options["budget"], "US dollars") if options["budget"] is not None else None
        per_week = _number("--per-week", options["per_week"], "hours", most=_MOST_HOURS_A_WEEK, is_above_zero=True)
        limit = _number("--time-limit", options["time_limit"], "seconds", most=_MOST_SECONDS, is_above_zero=True)
        if mode is Mode.MOST and hours is None:
            raise refusal("--hours: needed in mode most")
        framework = self.framework(options.get("framework"), stage)
        person = self.person(path, framework)
        profile = person.profile
        held = levels(framework, profile, as_of=day, accept=Accept(accept))
        ask = Ask(
            stage=stage or framework.last_stage.id,
            mode=mode,
            hours=hours,
            budget=budget,
            courses=tuple(courses_without(framework, finished_resources(profile, day))),
            hours_a_week=per_week,
        )
        with _progress_line(self.stderr, float(limit)) as watch:
            found = make_plan(
                framework, {c: level.level for c, level in held.items()}, ask, time_limit=float(limit), watch=watch
            )
        milestones = open_milestones(framework, milestone_statuses(framework, profile, day), ask.stage)
        answer = (
            plan_document(framework, found, day, milestones)
            if form == "json"
            else plan_text(framework, found, milestones)
        )
        self.print_answer(answer, person, framework, explain=options["explain"])


def _number(option: str, text: str, unit: str, *, most: int = 1_000_000, is_above_zero: bool = False) -> Fraction:
    """The number that an option was given. Raises a refusal that says what it takes."""
    value = Fraction(text) if _NUMBER.fullmatch(text) else None
    if value is None or value > most or (is_above_zero and not value):
        least = "above 0" if is_above_zero else "from 0"
        raise refusal(f"{option}: {shown(text)} is not a number of {unit} {least} to {most:,}")
    return value


@contextmanager
def _progress_line(stream: OutputWrapper, limit: float) -> Iterator[Watch | None]:
    """On a terminal, how far a long solve is; elsewhere nothing."""
    if not stream.isatty():
        yield None
        return
    line = _Line(stream, limit)
    ticking = threading.Thread(target=line.tick, daemon=True)
    ticking.start()
    try:
        yield line.note
    finally:
        line.is_over.set()
        ticking.join()


class _Line:
    """One line that is written over once a second, and wiped at the end."""

    def __init__(self, stream: OutputWrapper, limit: float) -> None:
        self.stream = stream
        self.limit = limit
        self.gap = ""
        self.is_over = threading.Event()

    def note(self, bounds: Bounds) -> None:
        widest = max(abs(bounds.best), abs(bounds.possible))
        if 0 < widest < float("inf"):
            self.gap = f", {100 * abs(bounds.best - bounds.possible) / widest:.1f} % from proven"

    def tick(self) -> None:
        begin, was_shown = time.monotonic(), False
        while not self.is_over.wait(_SECONDS_IN_SILENCE):
            seconds = time.monotonic() - begin
            self.stream.write(f"\rPlanning, {seconds:.0f} s of at most {self.limit:.0f}{self.gap} ", ending="")
            self.stream.flush()
            was_shown = True
        if was_shown:
            self.stream.write("\r" + " " * 60 + "\r", ending="")
