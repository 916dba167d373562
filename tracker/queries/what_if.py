"""What a change would do to a plan: the same question with one thing other, nothing stored but its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from tracker.engine.dates import add_months
from tracker.engine.framework import Basis, Framework
from tracker.engine.levels import levels
from tracker.engine.plan import Mode, Plan
from tracker.engine.weeks import plan_begin, week_of_plan
from tracker.plan_form import Question
from tracker.queries.moves import levels_after_move
from tracker.queries.person import Person
from tracker.queries.plan import Options, question_of
from tracker.queries.profile import read_profile

HOURS_MORE = Fraction(2)
HALF_A_YEAR = 26


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change: its words, the question it asks, and the day from which its plan counts."""

    words: str
    question: Question
    begin: date


@dataclass(frozen=True, slots=True)
class Effect:
    """What the change does: days of reaching the plan's end (None: there is no plan), readiness after, hours."""

    ends_before: date | None
    ends_after: date | None
    readiness_before: float
    readiness_after: float
    hours_before: Fraction
    hours_after: Fraction
    reaches: bool

    @property
    def weeks_sooner(self) -> int:
        """Whole weeks that it is sooner (negative: later)."""
        if self.ends_before is None or self.ends_after is None:
            return 0
        return (self.ends_before - self.ends_after).days // 7

    @property
    def weeks_moved(self) -> int:
        return abs(self.weeks_sooner)

    @property
    def gain(self) -> float:
        return self.readiness_after - self.readiness_before

    @property
    def is_as_ready(self) -> bool:
        return self.readiness_after == self.readiness_before

    @property
    def hours_saved(self) -> Fraction:
        return self.hours_before - self.hours_after

    @property
    def hours_more(self) -> Fraction:
        return -self.hours_saved


def what_if(person: Person, options: Options, asked: str) -> WhatIf:
    """The change that was asked for: `hours`, `later`, `add:<resource>`, `drop:<resource>`, `certificate:<rule>`,
    `role:<family>`. Raises KeyError for what there is none of."""
    sort, _colon, key = asked.partition(":")
    framework, today = person.framework, person.today
    if sort == "hours":
        more = replace(options, hours_a_week=options.hours_a_week + HOURS_MORE)
        return WhatIf(_("With %(hours)s hours a week more") % {"hours": HOURS_MORE}, question_of(person, more), today)
    if sort == "later":
        return _later(person, options)
    if sort == "add":
        words = _("With “%(title)s” in it") % {"title": framework.resource[key].title}
        return WhatIf(words, question_of(person, replace(options, wanted=options.wanted | {key})), today)
    if sort == "drop":
        words = _("Without “%(title)s”") % {"title": framework.resource[key].title}
        return WhatIf(words, question_of(person, replace(options, without=options.without | {key})), today)
    if sort == "certificate":
        words = _("With %(title)s passed") % {"title": framework.certification_rule[key].title}
        return WhatIf(
            words, question_of(person, options, _with_certificate(framework, person.snapshot.held, key)), today
        )
    if sort == "role":
        words = _("With two years as %(role)s") % {"role": framework.role_rule[key].name}
        return WhatIf(words, question_of(person, options, levels_after_move(person, key)), today)
    raise KeyError(asked)


def _later(person: Person, options: Options) -> WhatIf:
    """Half a year more for the most progress; the shortest way begun half a year later, when open roles have grown."""
    if options.mode is Mode.MOST:
        more = replace(options, weeks=options.weeks + HALF_A_YEAR)
        return WhatIf(_("With half a year more"), question_of(person, more), person.today)
    day = add_months(person.today, 6)
    profile = read_profile(person.user.pk)
    held = {c: level.level for c, level in levels(person.framework, profile, as_of=day).items()}
    return WhatIf(_("Begun half a year later"), question_of(person, options, held), day)


def _with_certificate(framework: Framework, held: Mapping[str, int], rule: str) -> dict[str, int]:
    cap = framework.evidence.cap(Basis.CREDENTIAL)
    grants = framework.certification_rule[rule].grants
    return {c: max(level, min(grants.get(c, 0), cap)) for c, level in held.items()}


def effect(before: Plan, after: Plan, begin: date, begin_after: date, off: frozenset[date]) -> Effect:
    """The change between two plans, each counted from its own day."""
    return Effect(
        ends_before=_end(before, begin, off),
        ends_after=_end(after, begin_after, off),
        readiness_before=before.after,
        readiness_after=after.after,
        hours_before=before.hours,
        hours_after=after.hours,
        reaches=after.reaches,
    )


def _end(plan: Plan, begin: date, off: frozenset[date]) -> date | None:
    if not plan.steps:
        return None
    return week_of_plan(plan_begin(begin), plan.weeks, off) + timedelta(days=6)
