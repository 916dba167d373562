"""A row of the checklist as HTML: what it says, and the level control, six radio buttons with the target marked.

A hundred rows stand on one page. So they are written out here, not in a template (a fifth of the time), with attributes
as short as HTML allows: buttons are named by the competency's row number, keys are lower-case letters, digits, dots,
dashes and underscores (`valid_key`) and need no quotes, addresses are relative to the checklist's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tracker.engine.framework import TOP_LEVEL
from tracker.queries.skills import SkillRow

register = template.Library()


@register.filter
def skill_rows(rows: Iterable[SkillRow]) -> SafeString:
    """The rows with their controls, for the page."""
    return mark_safe("\n".join(f"<div class=skill>{_about(row)}{control(row)}</div>" for row in rows))


@register.filter
def changed_words(rows: Iterable[SkillRow]) -> SafeString:
    """What the rows say, to be swapped in; their controls stay where the hand is."""
    return mark_safe("\n".join(_about(row, " hx-swap-oob=true") for row in rows))


@register.filter
def control(row: SkillRow) -> SafeString:
    """The control. The style sheet tints it from the checked button alone, so that it never needs a swap."""
    return _control(row.number, row.competency.name, row.level.level, row.target)


@lru_cache(maxsize=8192)
def _control(number: int, name: str, level: int, target: int) -> SafeString:
    legend = f"{name}: {_('%d asked') % target}" if target else name
    buttons = "".join(
        f"<label{' class=target' if n == target and n else ''}>"
        f"<input type=radio name={number} value={n}{' checked' if n == level else ''}>{n}</label>"
        for n in range(TOP_LEVEL + 1)
    )
    return mark_safe(f"<fieldset class=level><legend>{escape(legend)}</legend>{buttons}</fieldset>")


def _about(row: SkillRow, attributes: str = "") -> str:
    key = row.competency.id
    marks = "".join(f" <small{gap}>{escape(text)}</small>" for text, gap in _marks(row))
    still = _still_true(row) if row.level.is_stale else ""
    ahead = f"<b>{_('Next:')}</b> {escape(row.next_statement)} " if row.next_statement else ""
    return (
        f"<div class=about id=a-{row.number}{attributes}>"
        f"<b><a href={key}/>{escape(row.competency.name)}</a></b>{marks}{still}"
        f"<p>{escape(row.statement or _('Nothing yet'))}"
        f"<p>{ahead}<a href={key}/levels/>{_('All levels')}</a></div>"
    )


def _marks(row: SkillRow) -> Iterator[tuple[str, str]]:
    """The small words behind the name, and the class of those that point at something missing or due."""
    gap = " class=gap"
    if row.is_must:
        yield _("must"), gap if row.is_open_must else ""
    if row.standing:
        yield row.standing, ""
    if row.disagreement:
        yield row.disagreement, ""
    if row.is_waived:
        yield _("not for my path"), ""
    if row.level.is_stale and row.level.newest:
        yield _("last shown %d") % row.level.newest.year, gap


def _still_true(row: SkillRow) -> str:
    name = escape(row.competency.name)
    address = f"{row.competency.id}/level/"
    return (
        f" <button class=still name=confirm value=1 formaction={address} hx-post={address}>{_('Still true')}"
        f"<span class=visually-hidden>: {name}</span></button>"
    )
