"""The catalogue, one resource, and what a person did with it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tracker.engine.framework import Resource as ResourceValue
from tracker.forms.resources import FiguresForm, FilterForm, MarkForm
from tracker.models import Resource, ResourceMark
from tracker.queries.frameworks import row_about
from tracker.queries.own_figures import Own, read_own
from tracker.queries.person import Person
from tracker.queries.resources import catalogue, line_of, reading_for, supported_levels
from tracker.services.own_figures import figures_set, figures_take_back
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
    row = row_about(Resource, person.preferences.framework_id, key)
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


@require_POST
@members_only
def figures(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the person's own hours, price and address, or (`back`) take them back."""
    person = person_of(request)
    value = _value(person, key)
    form = FiguresForm(value, request.POST)
    if "back" not in request.POST and not form.is_valid():
        context = _resource_context(person, value, figures_form=form)
        return render(request, "resources/resource.html", context, status=422)
    row = row_about(Resource, person.preferences.framework_id, key)
    if "back" in request.POST:
        outcome = figures_take_back(user=person.user, resource=row)
    else:
        outcome = figures_set(user=person.user, resource=row, **form.cleaned_data)
    tell(request, outcome, person.focus.id)
    return redirect("tracker:resource", key)


def _value(person: Person, key: str) -> ResourceValue:
    try:
        return person.framework.resource[key]
    except KeyError:
        raise Http404 from None


def _resource_context(
    person: Person, value: ResourceValue, form: MarkForm | None = None, figures_form: FiguresForm | None = None
) -> dict[str, object]:
    kept = ResourceMark.objects.filter(user=person.user.pk, resource__key=value.id).first()
    own = read_own(person).get(value.id)
    names = person.framework.competency
    return {
        "person": person,
        "line": line_of(person, value, own=own),
        "mark": kept,
        "form": form or MarkForm(initial={"on": person.today.isoformat()}, today=person.today),
        "figures_form": figures_form or FiguresForm(value, initial=_initial(own)),
        "teaches": [(names[t.competency], t) for t in value.teaches],
        "supports": [(names[c], levels) for c, levels in supported_levels(value).items()],
        "reading": reading_for(person.framework, value) if value.kind == "practice task" else [],
        "certification": person.framework.certification_rule.get(value.certification),
    }


def _initial(own: Own | None) -> dict[str, str]:
    """The own figures as the form shows them."""
    if own is None:
        return {}
    figures = {"hours": own.hours, "cost": own.cost}
    return {name: f"{n.normalize():f}" for name, n in figures.items() if n is not None} | {"url": own.url}


def _next(request: HttpRequest, key: str) -> str:
    """Back to the page where the button stood, if it is one of ours."""
    wanted = request.POST.get("next", "")
    if is_ours(request, wanted):
        return wanted
    return reverse("tracker:resource", args=[key])


def _without_page(given: QueryDict) -> str:
    kept = given.copy()
    kept.pop("page", None)
    return kept.urlencode()
