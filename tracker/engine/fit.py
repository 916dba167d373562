"""How a person stands against one job advert: what it asks, line by line, met, nearly or missing, and why.

An advert is no stage: it asks for alternatives, years and degrees. What it asks of skills becomes a stage of its own
for the moment (`framework_of_advert`), so that recommendations and plans for it come from the same engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tracker.engine.evidence import degree_counts, months_in
from tracker.engine.framework import DEGREE_RANK, Framework, Stage
from tracker.engine.levels import Level
from tracker.engine.profile import Profile

ADVERT_STAGE = "advert"
LEVEL_UNNAMED = {True: 3, False: 2}  # is it required? -> the level taken where the advert names none
WEIGHT = {True: 2, False: 1}  # is it required? -> how much a line counts in the fit
NEARLY_COUNTS = Fraction(1, 2)
NEARLY_YEARS = Fraction(3, 4)  # so much of the years asked is nearly
_RANK = {**DEGREE_RANK, "bootcamp": DEGREE_RANK["associate"]}
MONTHS_FOR_A_DEGREE = 24  # so long a time in matched roles stands in where the advert takes experience instead


class Standing(StrEnum):
    MET = "met"
    NEARLY = "nearly"
    MISSING = "missing"
    UNKNOWN = "unknown"  # what was logged does not tell


@dataclass(frozen=True, slots=True)
class SkillAsked:
    """A level in a competency, or in one of several."""

    key: int
    is_required: bool
    competencies: tuple[str, ...]
    level: int


@dataclass(frozen=True, slots=True)
class YearsAsked:
    """Months in roles of these families; None: in any; empty: in something that no family stands for."""

    key: int
    is_required: bool
    months: int
    families: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class DegreeAsked:
    """A finished degree of at least this level in one of the fields (any, where none is named)."""

    key: int
    is_required: bool
    level: str
    fields: frozenset[str] = frozenset()
    or_experience: bool = False


Asked = SkillAsked | YearsAsked | DegreeAsked


@dataclass(frozen=True, slots=True)
class Answer:
    """How one line stands. `competency`: of several the one nearest to what is asked; `held`: its level, or the months
    in the roles; `items`: what of the profile stands behind it; `remark`: what else there is to say, as a key."""

    asked: Asked
    standing: Standing
    competency: str = ""
    held: int = 0
    items: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    answers: tuple[Answer, ...]

    def number(self, standing: Standing, *, is_required: bool) -> int:
        return sum(a.standing is standing and a.asked.is_required is is_required for a in self.answers)

    def asked(self, *, is_required: bool) -> int:
        """How many lines of that strength can be told."""
        return sum(a.asked.is_required is is_required and a.standing is not Standing.UNKNOWN for a in self.answers)

    @property
    def share(self) -> Fraction | None:
        """What is met of what is asked, in [0, 1]: a required line counts twice a preferred one, nearly counts half,
        what cannot be told is left out. None where nothing is left."""
        told = [a for a in self.answers if a.standing is not Standing.UNKNOWN]
        whole = sum(WEIGHT[a.asked.is_required] for a in told)
        return Fraction(sum(map(_credit, told)), whole) if whole else None


def _credit(answer: Answer) -> Fraction:
    part = {Standing.MET: Fraction(1), Standing.NEARLY: NEARLY_COUNTS}.get(answer.standing, Fraction(0))
    return WEIGHT[answer.asked.is_required] * part


def fit(
    framework: Framework, profile: Profile, levels: Mapping[str, Level], asked: Iterable[Asked], as_of: date
) -> Fit:
    """Each line of the advert against what the person has; what no competency of the framework stands for cannot be
    told."""
    return Fit(tuple(_answers(framework, profile, levels, asked, as_of)))


def _answers(
    framework: Framework, profile: Profile, levels: Mapping[str, Level], asked: Iterable[Asked], as_of: date
) -> Iterator[Answer]:
    for line in asked:
        match line:
            case SkillAsked():
                known = tuple(c for c in line.competencies if c in framework.competency)
                line = replace(line, competencies=known)
                yield _skill(framework, levels, line) if known else Answer(line, Standing.UNKNOWN)
            case YearsAsked():
                yield _years(profile, line, as_of)
            case DegreeAsked():
                yield _degree(profile, line, as_of)


def _skill(framework: Framework, levels: Mapping[str, Level], asked: SkillAsked) -> Answer:
    best = nearest(framework, {c: levels[c].level for c in asked.competencies}, asked)
    level = levels[best]
    items = tuple(dict.fromkeys(e.item for e in level.evidence if not e.rule.startswith("closure-")))
    held = level.level
    standing = Standing.MET if held >= asked.level else Standing.MISSING
    if standing is Standing.MISSING and held and held + 1 >= asked.level:
        standing = Standing.NEARLY
    return Answer(asked, standing, best, held, items)


def nearest(framework: Framework, held: Mapping[str, int], asked: SkillAsked) -> str:
    """Of the competencies of which one is enough, the one that costs the fewest hours to get to; ties by the order of
    the advert."""

    def hours(competency: str) -> Fraction:
        steps = range(held[competency] + 1, asked.level + 1)
        return sum((framework.effort_floors.get(step, Fraction(step)) for step in steps), Fraction(0))

    return min(asked.competencies, key=lambda c: (hours(c), -held[c], asked.competencies.index(c)))


def _years(profile: Profile, asked: YearsAsked, as_of: date) -> Answer:
    if asked.families is not None and not asked.families:
        return Answer(asked, Standing.UNKNOWN)
    roles = [r for r in profile.roles if asked.families is None or r.family in asked.families]
    months = months_in(roles, as_of)
    items = tuple(role.item for role in roles if role.start)
    if months >= asked.months:
        return Answer(asked, Standing.MET, held=months, items=items)
    is_near = months and months >= NEARLY_YEARS * asked.months
    return Answer(asked, Standing.NEARLY if is_near else Standing.MISSING, held=months, items=items)


def _degree(profile: Profile, asked: DegreeAsked, as_of: date) -> Answer:
    least = _RANK.get(asked.level, 0)
    enough = [d for d in profile.degrees if _RANK.get(d.level, 0) >= least]
    held = [d for d in enough if degree_counts(d, as_of)]
    fitting = [d for d in held if not asked.fields or d.field in asked.fields]
    if fitting:
        return Answer(asked, Standing.MET, items=tuple(d.item for d in fitting))
    matched = [r for r in profile.roles if r.family]
    if asked.or_experience and months_in(matched, as_of) >= MONTHS_FOR_A_DEGREE:
        return Answer(asked, Standing.MET, items=tuple(r.item for r in matched), remark="experience")
    if held:
        return Answer(asked, Standing.NEARLY, items=tuple(d.item for d in held), remark="field")
    if enough:
        return Answer(asked, Standing.NEARLY, items=tuple(d.item for d in enough), remark="unfinished")
    return Answer(asked, Standing.MISSING)


def targets_of(framework: Framework, levels: Mapping[str, int], asked: Sequence[Asked]) -> dict[str, int]:
    """Competency -> the level to reach so that every line on skills is met: of alternatives the nearest one."""
    found: dict[str, int] = {}
    for line in asked:
        if not isinstance(line, SkillAsked):
            continue
        known = tuple(c for c in line.competencies if c in framework.competency)
        if known:
            best = nearest(framework, levels, replace(line, competencies=known))
            found[best] = max(found.get(best, 0), line.level)
    return found


def framework_of_advert(framework: Framework, targets: Mapping[str, int], title: str = "") -> Framework:
    """The framework with the advert as its only stage: every target is to be reached whole."""
    stage = Stage(ADVERT_STAGE, title or ADVERT_STAGE, Fraction(1), tuple(targets))
    competencies = tuple(
        replace(c, targets={ADVERT_STAGE: targets[c.id]} if c.id in targets else {}) for c in framework.competencies
    )
    return replace(framework, stages=(stage,), competencies=competencies, milestones=())
