"""The catalogue, one resource, and what a person did with it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.engine.framework import Resource as ResourceValue
from tracker.forms.resources import FilterForm, MarkForm
from tracker.models import Resource, ResourceMark
from tracker.queries.person import Person
from tracker.queries.resources import catalogue, line_of, reading_for, supported_levels
from tracker.services.path import resource_mark, resource_unmark
from tracker.views.access import members_only, person_of
from tracker.views.back import is_ours
from tracker.views.outcomes import tell

PER_PAGE = 25


@require_safe
@members_only
def resources(request: HttpRequest) -> HttpResponse:
    """The catalogue: searched, filtered, sorted by what it would add."""
    person = person_of(request)
    form = FilterForm(person.framework, request.GET)
    lines = catalogue(person, form.wanted())
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "person": person,
        "form": form,
        "page": page,
        "adding": sum(line.gain > 0 for line in lines),
        "query": _without_page(request.GET),
    }
    template = "resources/_list.html" if request.headers.get("HX-Target") == "list" else "resources/resources.html"
    return render(request, template, context)


@require_safe
@members_only
def resource(request: HttpRequest, key: str) -> HttpResponse:
    """One resource: what it teaches, what it needs, how its figures are known, and the person's mark on it."""
    person = person_of(request)
    return render(request, "resources/resource.html", _resource_context(person, _value(person, key)))


@require_POST
@members_only
def mark(request: HttpRequest, key: str) -> HttpResponse:
    """Start, finish, dismiss or take back; a wrong form comes back with its errors beside the fields."""
    person = person_of(request)
    value = _value(person, key)
    form = MarkForm(request.POST, today=person.today)
    if not form.is_valid():
        context = _resource_context(person, value, form)
        return render(request, "resources/resource.html", context, status=422)
    row = Resource.objects.get(framework=person.preferences.framework, key=key)
    given = form.cleaned_data
    if given["status"] == "none":
        outcome = resource_unmark(user=person.user, resource=row)
    else:
        on = given["on"] or person.today.isoformat()
        outcome = resource_mark(
            user=person.user,
            resource=row,
            status=given["status"],
            on=on,
            hours=given["hours"],
            rating=given["rating"],
        )
    tell(request, outcome, person.focus.id)
    return redirect(_next(request, key))


def _value(person: Person, key: str) -> ResourceValue:
    try:
        return person.framework.resource[key]
    except KeyError:
        raise Http404 from None


def _resource_context(person: Person, value: ResourceValue, form: MarkForm | None = None) -> dict[str, object]:
    kept = ResourceMark.objects.filter(user=person.user.pk, resource__key=value.id).first()
    names = person.framework.competency
    return {
        "person": person,
        "line": line_of(person, value),
        "mark": kept,
        "form": form or MarkForm(initial={"on": person.today.isoformat()}, today=person.today),
        "teaches": [(names[t.competency], t) for t in value.teaches],
        "supports": [(names[c], levels) for c, levels in supported_levels(value).items()],
        "reading": reading_for(person.framework, value) if value.kind == "practice task" else [],
        "certification": person.framework.certification_rule.get(value.certification),
    }


def _next(request: HttpRequest, key: str) -> str:
    """Back to the page where the button stood, if it is one of ours."""
    wanted = request.POST.get("next", "")
    if is_ours(request, wanted):
        return wanted
    return f"/resources/{key}/"


def _without_page(given: QueryDict) -> str:
    kept = given.copy()
    kept.pop("page", None)
    return kept.urlencode()
