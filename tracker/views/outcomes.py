"""What a write changed, in one sentence with an undo button: the same words after every act."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.engine.framework import Framework
from tracker.engine.gaps import readiness
from tracker.models import Event
from tracker.services.ledger import Outcome

NAMED_AT_MOST = 3
TOUCH_NO_LEVEL = frozenset({Event.Kind.EFFORT, Event.Kind.PLAN})  # so it need not be said


def tell(request: HttpRequest, outcome: Outcome | None, stage: str) -> None:
    """Leave a message that says what the write changed for the stage, and offers to undo it."""
    if outcome is None:
        messages.info(request, _("Nothing changed."))
        return
    undo = reverse("tracker:event_undo", args=[outcome.event.pk])
    messages.success(request, sentence(outcome, stage), extra_tags=undo)


def sentence(outcome: Outcome, stage: str) -> str:
    """`Added MSc Physics. Readiness for Lead 41 to 43; Python 2 to 3, Statistics 1 to 2 and 3 more.`"""
    framework = outcome.after.framework
    facts = [_readiness(framework, outcome, stage), _levels(framework, outcome), _milestones(framework, outcome)]
    nothing = _("No level changed.")
    said = "; ".join(fact for fact in facts if fact)
    if said:
        return f"{outcome.event.title}. {said}."
    return f"{outcome.event.title}." if outcome.event.kind in TOUCH_NO_LEVEL else f"{outcome.event.title}. {nothing}"


def _readiness(framework: Framework, outcome: Outcome, stage: str) -> str:
    both = (readiness(framework, s.levels, stage).claimed for s in (outcome.before, outcome.after))
    before, after = (round(100 * claimed, 1) for claimed in both)
    if before == after:
        return ""
    name = framework.stage[stage].name
    return _("Readiness for %(stage)s %(before)s to %(after)s") % {
        "stage": name, "before": f"{before:g}", "after": f"{after:g}",
    }  # fmt: skip


def _levels(framework: Framework, outcome: Outcome) -> str:
    changed = outcome.levels_changed
    named = [
        f"{framework.competency[c].name} {old} {_('to')} {new}"
        for c, (old, new) in list(changed.items())[:NAMED_AT_MOST]
    ]
    more = len(changed) - len(named)
    rest = [ngettext("%d more skill", "%d more skills", more) % more] if more else []
    return ", ".join(named + rest)


def _milestones(framework: Framework, outcome: Outcome) -> str:
    names = [framework.milestone[m].name for m in sorted(outcome.milestones_met)]
    return f"{_('milestone met')}: {', '.join(names)}" if names else ""
