"""What the start shows: cards with what each stage means, the next question, the stages to head for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.engine.evidence import offered_stages, offers
from tracker.engine.framework import Area, Competency, Framework, Stage
from tracker.engine.questions import (
    MOST_QUESTIONS,
    NOTHING_YET,
    Question,
    questions,
    stage_in_question,
)
from tracker.models import Claim, Degree, Match, Role
from tracker.queries.counting import counted
from tracker.queries.person import Person
from tracker.queries.profile import read_profile

NOTHING = "none"  # how the forms write "nothing yet"
SKIP = ""
DEEDS = 2


@dataclass(frozen=True, slots=True)
class Deed:
    competency: str
    statement: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a card: a stage, or nothing yet."""

    value: str
    name: str
    deeds: tuple[Deed, ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Card:
    """`proposed_by`: the role that proposes the chosen stage; empty where the person chose or nothing proposes."""

    area: Area
    choices: tuple[Choice, ...]
    proposed_by: str = ""
    single_answers: int = 0

    @property
    def is_skipped(self) -> bool:
        return not any(choice.is_chosen for choice in self.choices)


def read_cards(person: Person) -> tuple[Card, ...]:
    """A card an area: what was tapped before, else what the roles propose, else nothing chosen."""
    framework, tapped = person.framework, person.preferences.cards
    proposed = offered_stages(framework, read_profile(person.user.pk, person.framework), person.today)
    single = _single_answers(person)
    return tuple(_card(framework, area, tapped, proposed.get(area.id), single) for area in framework.areas)


def _card(
    framework: Framework,
    area: Area,
    tapped: Mapping[str, str],
    proposed: tuple[str, str, str] | None,
    single: Collection[str],
) -> Card:
    proposal = proposed if not tapped else None
    chosen = proposal[0] if proposal else tapped.get(area.id)
    choices = (
        Choice(NOTHING, "", (), chosen == NOTHING_YET),
        *(Choice(s.id, s.name, deeds(framework, area.id, s.id), chosen == s.id) for s in framework.stages),
    )
    return Card(area, choices, proposal[2] if proposal else "", sum(c.id in single for c in framework.by_area[area.id]))


def deeds(framework: Framework, area: str, stage: str) -> tuple[Deed, ...]:
    """What the stage means in the area: the statements of its two weightiest competencies at the stage's target."""
    asked = [c for c in framework.by_area[area] if framework.target(stage, c.id)]
    heaviest = sorted(asked, key=lambda c: (-c.weight, c.id))[:DEEDS]
    return tuple(Deed(c.name, c.levels.get(framework.target(stage, c.id), "")) for c in heaviest)


def _single_answers(person: Person) -> set[str]:
    """Competencies that the person spoke of one by one: what no card touches and no question asks again."""
    claims = Claim.objects.filter(user=person.user.pk).exclude(origin=Claim.Origin.CARD)
    return set(claims.values_list("competency__key", flat=True))


@dataclass(frozen=True, slots=True)
class Step:
    """One deed of a question: choosing it says that this level is the last that is true."""

    level: int
    name: str
    statement: str
    is_said: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The question to show: number `number` of at most `most`."""

    question: Question
    number: int
    most: int
    steps: tuple[Step, ...]
    stage: Stage

    @property
    def competency(self) -> Competency:
        return self.question.competency


def read_question(person: Person, skipped: Collection[str], again: str = "") -> Asked | None:
    """The next question, None where no answer would change the gap list any more.

    `skipped`: competencies passed over. `again`: one asked before, to be answered anew.
    """
    framework, levels = person.framework, person.snapshot.levels
    answers = _answers(person)
    asked = len(set(answers) | set(skipped))
    stage = _stage(person)
    profile = read_profile(person.user.pk, person.framework)
    found = questions(
        framework,
        levels,
        offers(framework, profile, person.today),
        stage,
        cards=person.preferences.cards,
        settled=({*answers, *skipped, *_single_answers(person)}),
        asked=asked,
    )
    if again in framework.competency:
        level = levels[again].level
        return _asked(person, Question(framework.competency[again], level, level, 0), asked, asked, stage)
    return _asked(person, found[0], asked + 1, asked + len(found), stage) if found else None


def _asked(person: Person, question: Question, number: int, most: int, stage: str) -> Asked:
    framework, said = person.framework, person.snapshot.levels[question.competency.id]
    steps = tuple(
        Step(level, framework.scale[level], question.competency.levels[level], said.claim == level)
        for level in sorted(question.competency.levels)
        if level
    )
    return Asked(question, number, min(most, MOST_QUESTIONS), steps, framework.stage[stage])


def read_answers(person: Person) -> list[tuple[Competency, int]]:
    """The questions answered so far, last first, with their levels."""
    known = person.framework.competency
    return [(known[c], level) for c, level in _answers(person).items() if c in known]


def _answers(person: Person) -> dict[str, int]:
    rows = Claim.objects.filter(user=person.user.pk, origin=Claim.Origin.QUESTION).order_by("-logged_at", "-id")
    return dict(rows.values_list("competency__key", "level"))


def _stage(person: Person) -> str:
    chosen = person.preferences.stage
    if chosen in person.framework.stage:
        return chosen
    return stage_in_question(person.framework, person.snapshot.levels)


@dataclass(frozen=True, slots=True)
class Target:
    """A stage to head for, with the readiness that the person has for it (a fraction)."""

    stage: Stage
    readiness: float


def read_targets(person: Person) -> tuple[Target, ...]:
    now = person.snapshot.readiness()
    return tuple(Target(stage, now[stage.id][0]) for stage in person.framework.stages)


def proposed_target(person: Person) -> str:
    """The stage to propose: the one chosen, else the first that the levels do not carry yet."""
    return _stage(person)


@dataclass(frozen=True, slots=True)
class Logged:
    """A degree or role on file: what it counts as, or that it matches nothing."""

    text: str
    when: str
    counts_as: str
    is_asked: bool
    sort: str
    pk: int


def read_logged(person: Person) -> tuple[Logged, ...]:
    """Degrees and roles on file, in the order of their time, the newest first."""
    degrees = Degree.objects.filter(user=person.user.pk).order_by("-end", "-pk")
    roles = Role.objects.filter(user=person.user.pk).order_by("-start", "-pk")
    framework = person.framework
    return (
        *(_logged(row, row.end, _field_name(framework, row.rule), "degree") for row in counted(framework, degrees)),
        *(_logged(row, _span(row), _family_name(framework, row.rule), "role") for row in counted(framework, roles)),
    )


def _logged(row: Degree | Role, when: str, counts_as: str, sort: str) -> Logged:
    return Logged(str(row), when, counts_as, row.match == Match.UNSURE, sort, row.pk)


def _span(row: Role) -> str:
    return f"{row.start or '?'} – {row.end or _('now')}"  # noqa: RUF001


def _field_name(framework: Framework, rule: str) -> str:
    known = framework.degree_rule.get(rule)
    return known.names[0] if known else ""


def _family_name(framework: Framework, rule: str) -> str:
    known = framework.role_rule.get(rule)
    return known.name if known else ""
