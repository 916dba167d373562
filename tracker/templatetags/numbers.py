"""Numbers and names as people read them. Formatting only: nothing is computed here that the engine should know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from django.utils.translation import ngettext

from tracker.engine.framework import Framework
from tracker.engine.gaps import Gap

register = template.Library()


@register.filter
def points(fraction: float) -> str:
    """A readiness in [0, 1] as whole points of 100; what is not quite 100 never reads as 100."""
    whole = round(fraction * 100)
    return str(99 if whole == 100 and fraction < 1 else whole)


@register.filter
def fine_points(fraction: float) -> str:
    """The same with one decimal: for impacts and differences."""
    tenths = round(fraction * 100, 1)
    if fraction and not tenths:
        return "0.1" if fraction > 0 else "-0.1"
    return f"{tenths:.1f}" if abs(tenths) < 10 else f"{tenths:.0f}"


@register.filter
def gain(fraction: float) -> str:
    """A gain with its sign: +0.4."""
    return f"+{fine_points(fraction)}" if fraction >= 0 else fine_points(fraction)


@register.filter
def plain(number: Fraction | Decimal | float) -> str:
    """A number with one decimal at most: 4.5, 6, 1,215."""
    return f"{round(float(number), 1):,.10g}"


@register.filter
def hours(number: Fraction | Decimal | float) -> str:
    return _("%(hours)s h") % {"hours": plain(number)}


@register.filter
def rough_hours(number: Fraction | Decimal | float) -> str:
    """Hours that are an estimate, with no more digits than one can stand for: 18, 115, 1,740 h."""
    value = float(number)
    step = 1 if value < 20 else 5 if value < 200 else 10
    return hours(step * round(value / step))


@register.filter
def money(dollars: Fraction | Decimal | float) -> str:
    """A price class as what it counts as."""
    return _("about $%(dollars)s") % {"dollars": f"{float(dollars):,.0f}"} if dollars else _("free")


@register.filter
def price(dollars: Decimal) -> str:
    """A price that somebody knows: $39.90, $40; free."""
    text = f"{dollars:,.0f}" if dollars == dollars.to_integral_value() else f"{dollars:,.2f}"
    return f"${text}" if dollars else _("free")


@register.filter
def competency_name(key: str, framework: Framework) -> str:
    known = framework.competency.get(key)
    return known.name if known else key


@register.filter
def stage_name(key: str, framework: Framework) -> str:
    """The stage's name; its id where the model no longer has it."""
    known = framework.stage.get(key)
    return known.name if known else key


@register.filter
def plain_number(number: Fraction | Decimal | float) -> str:
    """A number as a field takes it: no unit, no separators."""
    return f"{round(float(number), 1):g}"


@register.filter
def statement(levels: Mapping[int, str], level: int) -> str:
    """The observable statement of a level; empty where there is none."""
    return levels.get(level, "")


@register.filter
def exact_points(fraction: float) -> str:
    """A readiness as points with two decimals, where a sum is shown to its end."""
    return f"{fraction * 100:.2f}"


@register.filter
def next_statement(gap: Gap) -> str:
    """What the next level of the gap's competency looks like, by its statement; the next one that has any."""
    described = gap.competency.levels
    return described.get(min((n for n in described if n > gap.level.level), default=0), "")


@register.filter
def size(fraction: float) -> str:
    """A difference without its sign: 0.4."""
    return fine_points(abs(fraction))


@register.filter
def signed(number: int) -> str:
    """A difference of levels: +3."""
    return f"{number:+d}"


@register.filter
def lower_first(text: str) -> str:
    """A statement within a sentence; a word that is written in capitals stays as it is."""
    is_word = len(text) > 1 and not text[1].isupper()
    return text[0].lower() + text[1:] if is_word else text


@register.filter
def acts(kind: str, times: int) -> str:
    """`a certificate`, `2 skills ticked`: how often a kind of event happened."""
    one, many = EVENT_KINDS.get(kind, EVENT_KINDS[""])
    return ngettext(one, many, times) % {"times": times}


# A kind of event -> once, several times.
EVENT_KINDS = {
    "claim": (_n("one change of skills"), _n("%(times)s changes of skills")),
    "waiver": (_n("a waiver"), _n("%(times)s waivers")),
    "degree": (_n("a degree"), _n("%(times)s changes of degrees")),
    "role": (_n("a role"), _n("%(times)s changes of roles")),
    "certification": (_n("a certificate"), _n("%(times)s changes of certificates")),
    "activity": (_n("an activity"), _n("%(times)s activities")),
    "skill": (_n("a listed skill"), _n("%(times)s listed skills")),
    "resource": (_n("a resource"), _n("%(times)s resources")),
    "milestone": (_n("a milestone"), _n("%(times)s milestones")),
    "plan": (_n("a change of plan"), _n("%(times)s changes of plan")),
    "effort": (_n("an entry of hours"), _n("%(times)s entries of hours")),
    "import": (_n("an import"), _n("%(times)s imports")),
    "": (_n("a change"), _n("%(times)s changes")),
}


@register.filter
def at(values: Sequence[object], position: int) -> object:
    """The value at a position, counted from 0."""
    return values[position]


KINDS = {
    "docs": _n("documentation"),
    "cert": _n("certificate"),
    "blog": _n("article"),
    "practice": _n("exercises"),
    "speaking": _n("speaking"),
}


@register.filter
def kind(resource_kind: str) -> str:
    """A resource's kind in a word that a newcomer knows."""
    return _(KINDS.get(resource_kind, resource_kind))
