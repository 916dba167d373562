"""What the pages of job adverts show: what one asks against what the person has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.advert_form import ANY, LEFT, OPEN, asked_of, is_for_related_fields
from tracker.engine.fit import (
    ADVERT_STAGE,
    LEVEL_UNNAMED,
    WEIGHT,
    Answer,
    DegreeAsked,
    Fit,
    SkillAsked,
    Standing,
    YearsAsked,
    fit,
    framework_of_advert,
    targets_of,
)
from tracker.engine.framework import Framework
from tracker.engine.plan import Ask, Mode
from tracker.engine.recommend import Step, sequence
from tracker.models import Advert
from tracker.models import Framework as FrameworkRow
from tracker.plan_form import Question
from tracker.queries.own_figures import own_figures
from tracker.queries.person import Person
from tracker.queries.plan import default_options
from tracker.queries.profile import read_profile
from tracker.queries.recommendations import offered_courses

STEPS_SHOWN = 8
FIT_WEIGHTS = {"required": WEIGHT[True], "preferred": WEIGHT[False]}
WORDS = {
    Standing.MET: gettext_lazy("met"),
    Standing.NEARLY: gettext_lazy("nearly"),
    Standing.MISSING: gettext_lazy("missing"),
    Standing.UNKNOWN: gettext_lazy("cannot be told"),
}


@dataclass(frozen=True, slots=True)
class AdvertLine:
    """One line of an advert as it stands: what is asked in words, how it stands and by what, and the sentence."""

    answer: Answer
    asks: str
    stands: str
    quote: str
    number: int
    is_level_assumed: bool = False

    @property
    def standing(self) -> str:
        return self.answer.standing.value

    @property
    def is_required(self) -> bool:
        return self.answer.asked.is_required


@dataclass(frozen=True)
class AdvertView:
    """A reviewed advert against the person: lines in the advert's order, the fit, what closes its gaps."""

    advert: Advert
    fit: Fit
    lines: tuple[AdvertLine, ...]
    targets: Mapping[str, int]
    model: Framework
    read_for: str = ""  # the title of another framework that its lines are of; empty: they are of this one

    @cached_property
    def framework(self) -> Framework:
        """The framework with the advert as its stage."""
        return framework_of_advert(self.model, self.targets, self.advert.title)

    @cached_property
    def groups(self) -> tuple[tuple[str, str, tuple[AdvertLine, ...]], ...]:
        """(standing, its word, lines), what is missing first; within it the required lines first."""
        order = (Standing.MISSING, Standing.NEARLY, Standing.UNKNOWN, Standing.MET)
        found = ((standing, self.lines_that_are(standing)) for standing in order)
        return tuple((standing.value, str(WORDS[standing]), lines) for standing, lines in found if lines)

    def lines_that_are(self, standing: Standing) -> tuple[AdvertLine, ...]:
        """The lines that stand so, the required ones first."""
        return tuple(sorted((line for line in self.lines if line.answer.standing is standing), key=_weight))

    @property
    def missing(self) -> tuple[AdvertLine, ...]:
        return self.lines_that_are(Standing.MISSING)

    @property
    def nearly_met(self) -> tuple[AdvertLine, ...]:
        return self.lines_that_are(Standing.NEARLY)

    @property
    def share(self) -> float | None:
        return None if self.fit.share is None else float(self.fit.share)

    @property
    def required_met(self) -> int:
        return self.fit.number(Standing.MET, is_required=True)

    @property
    def required(self) -> int:
        return self.fit.asked(is_required=True)

    @property
    def preferred_met(self) -> int:
        return self.fit.number(Standing.MET, is_required=False)

    @property
    def preferred(self) -> int:
        return self.fit.asked(is_required=False)

    @property
    def is_met_in_part(self) -> bool:
        return any(a.standing is Standing.MET for a in self.fit.answers)

    @property
    def nearly(self) -> int:
        return len(self.nearly_met)

    @property
    def untold(self) -> int:
        """How many lines the fit leaves out, for what was logged does not tell."""
        return len(self.lines_that_are(Standing.UNKNOWN))


def _weight(line: AdvertLine) -> tuple[bool, int]:
    return not line.is_required, line.number


def read_adverts(person: Person) -> list[Advert]:
    """The person's adverts, newest first, without their texts."""
    return list(Advert.objects.filter(user=person.user.pk).defer("text").order_by("-id"))


def advert_views(person: Person, adverts: Iterable[Advert]) -> list[AdvertView]:
    """Each advert against the person as she stands. The profile's queries, once for all of them; none for none."""
    rows = list(adverts)
    profile, titles = read_profile(person.user.pk, person.framework) if rows else None, titles_elsewhere(person, rows)
    return [_view(person, profile, row, titles.get(row.read_for, "")) for row in rows]


def titles_elsewhere(person: Person, adverts: Iterable[Advert]) -> dict[str, str]:
    """Key -> title of the other frameworks that lines of these adverts are of; the key for one that is gone. No query
    where there are none."""
    keys = {row.read_for for row in adverts} - {"", person.framework.id}
    known = dict(FrameworkRow.objects.filter(key__in=keys).values_list("key", "title")) if keys else {}
    return {key: known.get(key, key) for key in keys}


def _view(person: Person, profile: Any, advert: Advert, read_for: str) -> AdvertView:
    framework, levels = person.framework, person.snapshot.levels
    asked = asked_of(framework, advert.requirements)
    found = fit(framework, profile, levels, asked, person.today)
    lines = tuple(_line(framework, answer, advert.requirements) for answer in found.answers)
    targets = targets_of(framework, person.snapshot.held, asked)
    return AdvertView(advert, found, lines, targets, framework, read_for)


def _line(framework: Framework, answer: Answer, requirements: Sequence[Mapping[str, Any]]) -> AdvertLine:
    asked = answer.asked
    said = requirements[asked.key]
    match asked:
        case SkillAsked():
            asks, stands = _skill_words(framework, answer, asked, said)
            assumed = said["level"] is None
        case YearsAsked():
            asks, stands, assumed = years_words(framework, said["least"], said["of"]), _years_words(answer), False
        case DegreeAsked():
            asks, stands, assumed = degree_words(framework, said), _degree_words(answer), False
    return AdvertLine(answer, asks, stands, said["quote"], said["line"], assumed)


def said_words(said: Mapping[str, Any]) -> str:
    """What to call a line that no skill of the model stands for."""
    return ", ".join(said["names"]) or str(said["quote"])


def _skill_words(framework: Framework, answer: Answer, asked: SkillAsked, said: Mapping[str, Any]) -> tuple[str, str]:
    if not asked.competencies:
        return said_words(said), _("no skill of this model stands for it")
    names = f" {_('or')} ".join(framework.competency[c].name for c in asked.competencies)
    asks = _("%(skill)s, level %(level)s") % {"skill": names, "level": asked.level}
    of = f"{framework.competency[answer.competency].name}: " if len(asked.competencies) > 1 else ""
    return asks, of + (_("you are at %s") % answer.held if answer.held else _("nothing yet"))


def years_words(framework: Framework, least: float, of: str) -> str:
    """`5 years in software`."""
    years = ngettext("%s year", "%s years", 1 if least == 1 else 2) % f"{least:g}"
    if of == ANY:
        return _("%s of work") % years
    return _("%(years)s in %(work)s") % {"years": years, "work": work_name(framework, of)}


def work_name(framework: Framework, of: str) -> str:
    """What a field of work, or the competency that years are asked in, is called."""
    return framework.competency[of].name if of in framework.competency else str(work_names().get(of, of))


def work_names() -> dict[str, str]:
    """Field of work -> its name."""
    return {
        "software": _("software"), "data": _("data"), "ml": _("machine learning"), "genai": _("generative AI"),
        "architecture": _("architecture"), "management": _("management"), "lead": _("leading engineers"),
    }  # fmt: skip


def _years_words(answer: Answer) -> str:
    if answer.standing is Standing.UNKNOWN:
        return _("no role family stands for it")
    years, months = divmod(answer.held, 12)
    said = [ngettext("%d year", "%d years", years) % years] if years else []
    said += [ngettext("%d month", "%d months", months) % months] if months else []
    return _("you have %s") % " ".join(said) if said else _("no such role is logged")


def degree_words(framework: Framework, said: Mapping[str, Any]) -> str:
    """`A bachelor's degree in computer science or physics, or experience`."""
    names = field_names(framework, said)
    fields = _(" in %s") % names if names else ""
    related = _(" or a related field") if names and is_for_related_fields(said) else ""
    experience = _(", or experience") if said["or_experience"] else ""
    return degree_names()[said["level"]] + fields + related + experience


def field_names(framework: Framework, said: Mapping[str, Any]) -> str:
    """`computer science or physics`; empty where any field will do."""
    names = [framework.degree_rule[f].names[0] for f in said["fields"] if f in framework.degree_rule]
    return f" {_('or')} ".join(names)


def degree_names() -> dict[str, str]:
    """Level of a degree -> its name."""
    return {
        "associate": _("A short degree or bootcamp"), "bachelor": _("A bachelor's degree"),
        "master": _("A master's degree"), "doctorate": _("A doctorate"),
    }  # fmt: skip


def _degree_words(answer: Answer) -> str:
    remarks = {
        "experience": _("your experience stands in for it"),
        "field": _("yours is in another field"),
        "unfinished": _("yours is not finished"),
    }
    if answer.remark:
        return remarks[answer.remark]
    return _("you have it") if answer.standing is Standing.MET else _("none of that level is logged")


def steps_for(person: Person, view: AdvertView) -> tuple[Step, ...]:
    """What to do next for this advert: the recommendations with the advert as the stage."""
    if not view.targets:
        return ()
    return sequence(
        view.framework, person.snapshot.held, ADVERT_STAGE, courses=offered_courses(person), limit=STEPS_SHOWN
    )


def question_for(person: Person, view: AdvertView) -> Question:
    """The shortest way to every skill that the advert asks, by the person's hours and budget."""
    usual, marks = default_options(person), person.snapshot.marks
    known = {c.resource.id for c in person.framework.courses}
    ask = Ask(stage=ADVERT_STAGE, mode=Mode.SHORTEST, budget=usual.budget, hours_a_week=usual.hours_a_week)
    left_out = (marks.finished | marks.dismissed) & known
    return Question(ask, person.snapshot.held, frozenset(left_out), own_figures(person), targets=view.targets)


def hours_of(steps: Iterable[Step]) -> Fraction:
    return sum((step.resource.hours for step in steps), Fraction(0))


# The review


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line of an advert to look at. `choices`: (competency, name), where its words may mean several."""

    place: int
    said: Mapping[str, Any]
    asks: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_skill(self) -> bool:
        return bool(self.said["kind"] == "skill")

    @property
    def is_open(self) -> bool:
        return self.said.get("why") == OPEN

    @property
    def is_left(self) -> bool:
        return self.said.get("why") == LEFT

    @property
    def assumed(self) -> int:
        """The level taken where the advert names none."""
        return LEVEL_UNNAMED[self.said["strength"] == "required"]


def review_lines(framework: Framework, advert: Advert) -> list[ReviewLine]:
    """The advert's lines, as they were read or as they were left the last time."""
    return [_review_line(framework, place, said) for place, said in enumerate(advert.requirements)]


def _review_line(framework: Framework, place: int, said: Mapping[str, Any]) -> ReviewLine:
    if said["kind"] == "years":
        return ReviewLine(place, said, years_words(framework, said["least"], said["of"]))
    if said["kind"] == "degree":
        return ReviewLine(place, said, degree_words(framework, said))
    names = [(c, framework.competency[c].name) for c in said["competencies"] if c in framework.competency]
    is_open = said.get("why") == OPEN
    text = said["names"][0] if is_open and said["names"] else f" {_('or')} ".join(name for _c, name in names)
    text = text or said_words(said)
    return ReviewLine(place, said, text, tuple(names) if is_open else ())
