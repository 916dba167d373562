"""What a change would do: to readiness by itself, at once, and to a plan, once the question with it is solved.

Nothing is stored but the solver's answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from tracker.engine.dates import add_months
from tracker.engine.framework import Basis, CertificationRule, Framework, Resource
from tracker.engine.levels import levels
from tracker.engine.plan import Mode, Plan, after, at_pace, points_of
from tracker.engine.weeks import plan_begin, week_of_plan
from tracker.plan_form import Question
from tracker.queries.moves import levels_after_move
from tracker.queries.person import Person
from tracker.queries.plan import Options, question_of
from tracker.queries.profile import read_profile

HOURS_MORE = Fraction(2)
HALF_A_YEAR = 26


CERTIFICATES_OFFERED = 8


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One change: its words, the question it asks, and the day from which its plan counts.

    `held`: competency -> level with the change alone; of a course that is left out, what it would have brought.
    `is_loss`: whether that is lost by the change. `pace`: hours a week where nothing else changes, so that the plan's
    steps stay and the question is the same.
    """

    words: str
    question: Question
    begin: date
    held: Mapping[str, int]
    is_loss: bool = False
    pace: Fraction | None = None

    def plan_of(self, solved: Plan) -> Plan:
        """The change's plan, out of the answer to its question."""
        return solved if self.pace is None else at_pace(solved, self.pace)


@dataclass(frozen=True, slots=True)
class AtOnce:
    """What a change does to readiness by itself, before anything is planned; fractions in [0, 1].

    `is_loss`: the gain is what would be missing.
    """

    before: float
    after: float
    is_loss: bool

    @property
    def gain(self) -> float:
        return self.after - self.before


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
    framework, today, held = person.framework, person.today, person.snapshot.held
    if sort == "hours":
        return _more_hours(person, options)
    if sort == "later":
        return _later(person, options)
    if sort == "add":
        words = _("With “%(title)s” in it") % {"title": framework.resource[key].title}
        question = question_of(person, replace(options, wanted=options.wanted | {key}))
        return WhatIf(words, question, today, _with_course(framework, held, key))
    if sort == "drop":
        words = _("Without “%(title)s”") % {"title": framework.resource[key].title}
        question = question_of(person, replace(options, without=options.without | {key}))
        return WhatIf(words, question, today, _with_course(framework, held, key), is_loss=True)
    if sort == "certificate":
        words = _("With %(title)s passed") % {"title": framework.certification_rule[key].title}
        passed = _with_certificate(framework, held, key)
        return WhatIf(words, question_of(person, options, passed), today, passed)
    if sort == "role":
        words = _("With two years as %(role)s") % {"role": framework.role_rule[key].name}
        moved = levels_after_move(person, key)
        return WhatIf(words, question_of(person, options, moved), today, moved)
    raise KeyError(asked)


def at_once(person: Person, stage: str, change: WhatIf) -> AtOnce:
    """What the change alone does to readiness for the stage today."""
    framework, total = person.framework, person.framework.totals[stage]

    def ready(held: Mapping[str, int]) -> float:
        return points_of(framework, stage, held) / total if total else 1.0

    return AtOnce(ready(person.snapshot.held), ready(change.held), change.is_loss)


def _more_hours(person: Person, options: Options) -> WhatIf:
    """More for the most progress; the same steps in fewer weeks on the shortest way."""
    more, held = options.hours_a_week + HOURS_MORE, person.snapshot.held
    words = _("With %(hours)s hours a week more") % {"hours": HOURS_MORE}
    if options.mode is Mode.SHORTEST:
        return WhatIf(words, question_of(person, options), person.today, held, pace=more)
    return WhatIf(words, question_of(person, replace(options, hours_a_week=more)), person.today, held)


def _later(person: Person, options: Options) -> WhatIf:
    """Half a year more for the most progress; the shortest way begun half a year later, when open roles have grown."""
    if options.mode is Mode.MOST:
        more = replace(options, weeks=options.weeks + HALF_A_YEAR)
        return WhatIf(_("With half a year more"), question_of(person, more), person.today, person.snapshot.held)
    day = add_months(person.today, 6)
    profile = read_profile(person.user.pk, person.framework)
    held = {c: level.level for c, level in levels(person.framework, profile, as_of=day).items()}
    return WhatIf(_("Begun half a year later"), question_of(person, options, held), day, held)


def _with_course(framework: Framework, held: Mapping[str, int], resource: str) -> Mapping[str, int]:
    """The levels once the course is done; what it needs before it is not looked at."""
    return after(held, [course for course in framework.courses if course.resource.id == resource])


def _with_certificate(framework: Framework, held: Mapping[str, int], rule: str) -> dict[str, int]:
    cap = framework.evidence.cap(Basis.CREDENTIAL)
    grants = framework.certification_rule[rule].grants
    return {c: max(level, min(grants.get(c, 0), cap)) for c, level in held.items()}


def effect(before: Plan, changed: Plan, begin: date, begin_changed: date, off: frozenset[date]) -> Effect:
    """The change between two plans, each counted from its own day."""
    return Effect(
        ends_before=_end(before, begin, off),
        ends_after=_end(changed, begin_changed, off),
        readiness_before=before.after,
        readiness_after=changed.after,
        hours_before=before.hours,
        hours_after=changed.hours,
        reaches=changed.reaches,
    )


def _end(plan: Plan, begin: date, off: frozenset[date]) -> date | None:
    if not plan.steps:
        return None
    return week_of_plan(plan_begin(begin), plan.weeks, off) + timedelta(days=6)


# What can be tried


@dataclass(frozen=True, slots=True)
class Choices:
    """Changes of one sort under one heading: (what is asked, its name)."""

    name: str
    changes: tuple[tuple[str, str], ...]


def useful_certificates(person: Person) -> list[CertificationRule]:
    """Certificates that would raise a level, by title."""
    held = person.snapshot.held
    rules = (r for r in person.framework.evidence.certifications if not r.retired)
    useful = (r for r in rules if any(level > held.get(c, 0) for c, level in r.grants.items()))
    return sorted(useful, key=lambda rule: rule.title)


def choices(person: Person, stage: str, without: Iterable[Resource], more: Iterable[Resource]) -> tuple[Choices, ...]:
    """A short list of what can be tried for the stage: these resources left out or taken, the certificates that bring
    most, any next role. No query."""
    framework, certificates = person.framework, _best_certificates(person, stage)
    found = (
        _choices("drop", _("Left out"), _("Without %s"), ((r.id, r.title) for r in without)),
        _choices("add", _("Added"), _("With %s"), ((r.id, r.title) for r in more)),
        _choices("certificate", _("Certificates"), _("Passed: %s"), ((r.id, r.title) for r in certificates)),
        _choices("role", _("Next roles"), _("Two years as %s"), ((r.id, r.name) for r in framework.evidence.roles)),
    )
    return tuple(choice for choice in found if choice.changes)


def _choices(sort: str, name: str, words: str, things: Iterable[tuple[str, str]]) -> Choices:
    return Choices(name, tuple((f"{sort}:{key}", words % title) for key, title in things))


def _best_certificates(person: Person, stage: str) -> list[CertificationRule]:
    added = {rule.id: _points_of_certificate(person, stage, rule) for rule in useful_certificates(person)}
    useful = (person.framework.certification_rule[key] for key, points in added.items() if points)
    return sorted(useful, key=lambda rule: (-added[rule.id], rule.id))[:CERTIFICATES_OFFERED]


def _points_of_certificate(person: Person, stage: str, rule: CertificationRule) -> int:
    """What the certificate adds to the stage's points; only what it grants is looked at."""
    framework, held = person.framework, person.snapshot.held
    cap, targets = framework.evidence.cap(Basis.CREDENTIAL), framework.targets[stage]
    raised = ((c, min(level, cap, targets[c]) - held[c]) for c, level in rule.grants.items() if c in targets)
    return sum(framework.weights[c] * more for c, more in raised if more > 0)
