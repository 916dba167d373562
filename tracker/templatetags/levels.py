"""A row of the checklist as HTML: what it says, and the level control, six radio buttons with the target marked;
and the areas beside the rows.

A hundred rows stand on one page. So they are written out here, not in a template (a fifth of the time), with attributes
as short as HTML allows: buttons are named by the competency's row number, keys are lower-case letters, digits, dots,
dashes and underscores (`valid_key`) and need no quotes, addresses are relative to the checklist's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tracker.engine.framework import TOP_LEVEL, Basis
from tracker.queries.skills import AreaBlock, SkillRow, SkillsPage, standing, standing_words
from tracker.templatetags.numbers import points

register = template.Library()


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of every row, translated once a page."""

    must: str
    waived: str
    shown: str
    asked: str
    nothing: str
    ahead: str
    all_levels: str
    still: str
    standing: Mapping[Basis | str, str]


def _words() -> _Words:
    return _Words(
        must=_("must"),
        waived=_("not for my path"),
        shown=_("last shown %d"),
        asked=_("%d asked"),
        nothing=_("Nothing yet"),
        ahead=_("Next:"),
        all_levels=_("All levels"),
        still=_("Still true"),
        standing=standing_words(),
    )


@register.filter
def skill_rows(rows: Iterable[SkillRow]) -> SafeString:
    """The rows with their controls, for the page."""
    words = _words()
    return mark_safe("\n".join(f"<div class=skill>{_about(row, words)}{_control_of(row, words)}</div>" for row in rows))


@register.filter
def area_links(page: SkillsPage) -> SafeString:
    """The areas beside the rows, each with its readiness."""
    items = []
    for block in page.blocks:
        current = " aria-current=true" if block.area.id == page.wanted.area else ""
        items.append(f"<li id=n-{escape(block.area.id)}{current}>{area_link(block, page.stage.id)}</li>")
    return mark_safe("".join(items))


@register.filter
def area_link(block: AreaBlock, stage: str) -> SafeString:
    """A link to the area's rows, with the area's readiness where the stage asks something of it."""
    address = f"?area={escape(block.area.id)}&amp;stage={escape(stage)}"
    if not block.readiness.total:
        return mark_safe(f'<a href="{address}">{escape(block.area.name)}</a>')
    claimed = points(block.readiness.claimed)
    return mark_safe(
        f'<a href="{address}">{escape(block.area.name)} <b class="num">{claimed}</b></a>'
        '<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="4" /><rect class="bar" width="{claimed}" height="4" /></svg>'
    )


@register.filter
def changed_words(rows: Iterable[SkillRow]) -> SafeString:
    """What the rows say, to be swapped in; their controls stay where the hand is."""
    words = _words()
    return mark_safe("\n".join(_about(row, words, f' hx-swap-oob="{_place(row)}"') for row in rows))


def _place(row: SkillRow) -> str:
    """Where the words stand on the page: before the control whose buttons have the row's number."""
    return f"outerHTML:.about:has(+ .level [name='{row.number}'])"


def _control_of(row: SkillRow, words: _Words) -> str:
    legend = f"{row.competency.name}: {words.asked % row.target}" if row.target else row.competency.name
    return _control(row.number, legend, row.level.level, row.target)


@lru_cache(maxsize=8192)
def _control(number: int, legend: str, level: int, target: int) -> str:
    """The six buttons. The style sheet tints them from the checked one alone, so that they never need a swap."""
    buttons = "".join(
        f"<label{' class=target' if n == target and n else ''}>"
        f"<input type=radio name={number} value={n}{' checked' if n == level else ''}>{n}</label>"
        for n in range(TOP_LEVEL + 1)
    )
    return f"<fieldset class=level><legend>{escape(legend)}</legend>{buttons}</fieldset>"


def _about(row: SkillRow, words: _Words, attributes: str = "") -> str:
    key = row.competency.id
    marks = "".join(f" <small{gap}>{escape(text)}</small>" for text, gap in _marks(row, words))
    still = _still_true(row, words) if row.level.is_stale else ""
    ahead = f"<b>{words.ahead}</b> {escape(row.next_statement)} " if row.next_statement else ""
    return (
        f"<div class=about{attributes}>"
        f"<b><a href={key}/>{escape(row.competency.name)}</a></b>{marks}{still}"
        f"<p>{escape(row.statement or ('' if row.level.level else words.nothing))}"
        f"<p>{ahead}<a href={key}/>{words.all_levels}</a></div>"
    )


def _marks(row: SkillRow, words: _Words) -> Iterator[tuple[str, str]]:
    """The small words behind the name, and the class of those that point at something missing or due."""
    gap = " class=gap"
    if row.is_must:
        yield words.must, gap if row.is_open_must else ""
    if said := standing(row.level, words.standing):
        yield said, ""
    if said := row.disagreement:
        yield said, ""
    if row.is_waived:
        yield words.waived, ""
    if row.level.is_stale and row.level.newest:
        yield words.shown % row.level.newest.year, gap


def _still_true(row: SkillRow, words: _Words) -> str:
    name = escape(row.competency.name)
    address = f"{row.competency.id}/level/"
    return (
        f" <button class=still name=confirm value=1 formaction={address} hx-post={address}>{words.still}"
        f"<span class=visually-hidden>: {name}</span></button>"
    )
