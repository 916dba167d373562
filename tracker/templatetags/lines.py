"""Long lists as HTML: one pass a list instead of a template node a word, which is a third of the dashboard's time.

Every text goes through `escape`; addresses are made of the framework's ids, which are escaped all the same. Attributes
that are our own words have no quotes, and what HTML closes by itself has no end, for there are many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tracker.engine.framework import Framework
from tracker.queries.dashboard import AreaBar
from tracker.queries.dashboard_lines import Line, StepLine
from tracker.queries.resources import STARTED
from tracker.queries.resources import Line as Teacher
from tracker.queries.what_if import Choices
from tracker.templatetags.numbers import competency_name, gain, hours, kind, money

register = template.Library()


@register.filter
def tight_rows(lines: Iterable[Line], figure_class: str) -> SafeString:
    """A title that leads on, and its figure."""
    return mark_safe(
        "\n".join(
            f'<li><span><a class=plain href="{escape(line.address)}">{escape(line.title)}</a></span>'
            f'<span class="{figure_class if line.is_open else "soft"}">{escape(line.figure)}</span>'
            for line in lines
        )
    )


@register.filter
def gap_rows(lines: Iterable[Line], sum_address: str) -> SafeString:
    """What is missing: name, impact that leads to the sum, reason."""
    address = escape(sum_address)
    return mark_safe(
        "\n".join(
            f'<li><span class=what><a href="{escape(line.address)}">{escape(line.title)}</a></span>'
            f'<a class="pts gap" href="{address}#{escape(line.key)}">{escape(line.figure)}</a>'
            f"<span class=why>{escape(line.why)}</span>"
            for line in lines
        )
    )


@register.filter
def step_rows(steps: Iterable[StepLine]) -> SafeString:
    """What to do next: title, gain, reason with what is worth reading on the way, and a button that starts it."""
    words = _StepWords(_("Start"), _("under way"), _("Read on the way:"))
    return mark_safe("\n".join(_step_row(step, words) for step in steps))


@dataclass(frozen=True, slots=True)
class _StepWords:
    start: str
    under_way: str
    reading: str


def _step_row(step: StepLine, words: _StepWords) -> str:
    line, address, title = step.line, escape(step.line.address), escape(step.line.title)
    reading = ", ".join(f'<a href="{escape(where)}">{escape(what)}</a>' for what, where in step.reading)
    under_way = f'<span class="small soft">{words.under_way}</span>'
    return _row_with_act(
        address,
        title,
        figure=escape(line.figure),
        why=escape(line.why) + (f" {words.reading} {reading}." if reading else ""),
        act=under_way if step.is_started else _mark_button(address, title, "started", words.start),
    )


def _row_with_act(address: str, title: str, *, figure: str, why: str, act: str) -> str:
    """A resource's row with what can be done about it; all that it is given is HTML."""
    return (
        f'<li class=with-acts><span class=what><a href="{address}">{title}</a></span>'
        f"<span class=pts>{figure}</span><span class=why>{why}</span><span class=acts>{act}</span>"
    )


def _mark_button(address: str, title: str, status: str, words: str) -> str:
    return (
        f'<button class="btn btn-sm btn-secondary" name=status value={status} '
        f'formaction="{address}mark/">{words}<span class=visually-hidden> {title}</span></button>'
    )


@register.simple_tag
def teacher_rows(teachers: Iterable[Teacher], about: str, framework: Framework, resources: str) -> SafeString:
    """What teaches the competency `about`: title, gain, what it takes and brings, and a button for what comes next."""
    return mark_safe("\n".join(_teacher_row(teacher, about, framework, escape(resources)) for teacher in teachers))


def _teacher_row(teacher: Teacher, about: str, framework: Framework, resources: str) -> str:
    resource = teacher.resource
    address, title = f"{resources}{escape(resource.id)}/", escape(resource.title)
    status, words = ("finished", _("Finished")) if teacher.status == STARTED else ("started", _("Start"))
    is_open = teacher.status == STARTED or teacher.is_ready
    return _row_with_act(
        address,
        title,
        figure=gain(teacher.gain) if teacher.gain else "",
        why=escape(_why_teacher(teacher, about, framework)),
        act=_mark_button(address, title, status, words) if is_open else "",
    )


def _why_teacher(teacher: Teacher, about: str, framework: Framework) -> str:
    """`Course, 20 h, free. From 1 to 3. Needs first: Statistics 2.`"""
    resource = teacher.resource
    said = [f"{kind(resource.kind)}, {hours(resource.hours)}, {money(resource.cost)}."]
    said += [_("From %d to %d.") % (c.start, c.reached) for c in teacher.closes if c.competency == about]
    if teacher.lacks:
        named = ", ".join(f"{competency_name(c, framework)} {level}" for c, level in teacher.lacks)
        said.append(f"{_('Needs first:')} {named}.")
    return " ".join(said)


@register.filter
def option_groups(groups: Iterable[Choices]) -> SafeString:
    """What can be tried, by its heading."""
    return mark_safe("".join(_option_group(group) for group in groups))


def _option_group(group: Choices) -> str:
    options = (f'<option value="{escape(asked)}">{escape(name)}' for asked, name in group.changes)
    return f'<optgroup label="{escape(group.name)}">{"".join(options)}'


@register.simple_tag
def area_rows(bars: Iterable[AreaBar], skills_address: str, sum_address: str) -> SafeString:
    """Areas, each with its bar: held, backed (dashed), and the rest of what is asked."""
    skills, total = escape(skills_address), escape(sum_address)
    return mark_safe("\n".join(_area_row(bar, skills, total) for bar in bars))


def _area_row(bar: AreaBar, skills: str, total: str) -> str:
    name, key = escape(bar.name), escape(bar.id)
    return (
        f'<tr><th scope=row><a class=plain href="{skills}?area={key}">{name}</a>'
        '<td class=bar-cell><svg class=meter viewBox="0 0 100 10" preserveAspectRatio=none role=img>'
        f"<title>{name}: {escape(bar.words)}</title>"
        f"<rect class=track width=100 height=10 /><rect class=bar width={bar.claimed_width} height=10 />"
        f'<path class=backed-line d="M0 5H{bar.backed_width}"/></svg>'
        f'<td class=num><a class=plain href="{total}&amp;area={key}">{bar.claimed}</a>'
        f'<td class="num soft">{bar.backed}'
    )
