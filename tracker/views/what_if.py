"""What one change would do to the plan."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.forms.plan import PlanForm
from tracker.queries.pace import weeks_off
from tracker.queries.plan import question_of
from tracker.queries.what_if import at_once, effect, what_if
from tracker.services.solves import TooManySolvesError
from tracker.views.access import members_only, person_of
from tracker.views.solves import ask


@require_safe
@members_only
def what_if_page(request: HttpRequest) -> HttpResponse:
    """What one change would do: a fragment beside the plan, a page of its own where there is no script."""
    person = person_of(request)
    form = PlanForm(person, request.GET)
    if not form.is_valid():
        raise Http404
    options = form.options()
    try:
        change = what_if(person, options, _change_asked(request.GET))
    except KeyError:
        raise Http404 from None
    context: dict[str, Any] = {
        "person": person,
        "words": change.words,
        "at_once": at_once(person, options.stage, change),
        "options": options,
        "query": form.query(),
    }
    try:
        base = ask(request, person, question_of(person, options))
        other = ask(request, person, change.question) if change.pace is None else base
    except TooManySolvesError as error:
        return _what_if(request, {**context, "refused": str(error)})
    context |= {"is_waited_for": base.is_waited_for or other.is_waited_for, "address": request.get_full_path()}
    context["is_failed"] = base.is_failed or other.is_failed
    if base.view and other.view:
        off, changed = weeks_off(person.user.pk), change.plan_of(other.view.plan)
        context["effect"] = effect(base.view.plan, changed, person.today, change.begin, off)
        context["plan"] = changed
    return _what_if(request, context)


def _change_asked(given: QueryDict) -> str:
    """`what` as one value, a sort with the thing chosen from its list, or what was chosen from the list of all."""
    what = given.get("what", "")
    if what == "change":
        return given.get("change", "")
    return f"{what}:{given.get(what, '')}" if what in ("add", "drop", "certificate", "role") else what


def _what_if(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    template = "plan/_what_if.html" if request.headers.get("HX-Target") == "effect" else "plan/what_if.html"
    return render(request, template, context)
