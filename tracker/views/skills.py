"""The checklist, and what ticks in it do: one level, the levels of an area, or an undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from tracker.engine.framework import TOP_LEVEL, Framework
from tracker.engine.gaps import report
from tracker.engine.levels import Level
from tracker.engine.questions import NOTHING_YET, card_claims
from tracker.models import Event, Preferences
from tracker.queries.frameworks import framework_of, published_release, row_ids
from tracker.queries.person import Person
from tracker.queries.skills import ALL, GAPS, MUSTS, STALE, SkillRow, SkillsPage, Wanted, rows_of, skills_page
from tracker.services.claims import claim_confirm_fresh, claim_remove, claim_set, claims_set
from tracker.services.history import UndoError, event_undo
from tracker.services.ledger import Outcome
from tracker.state import Snapshot
from tracker.views.access import get_owned, members_only, person_of
from tracker.views.back import came_from
from tracker.views.kept import kept_until_written
from tracker.views.outcomes import sentence, tell

SHOWS = (
    (ALL, gettext_lazy("All")),
    (GAPS, gettext_lazy("Gaps")),
    (MUSTS, gettext_lazy("Musts")),
    (STALE, gettext_lazy("To be confirmed")),
)


class RefusedError(ValueError):
    """A form that cannot be taken; the message is for the person."""


@require_safe
@members_only
@kept_until_written
def skills(request: HttpRequest) -> HttpResponse:
    """The checklist; `?stage=`, `?area=`, `?show=` and `?q=` choose what of it."""
    person = person_of(request)
    wanted = _wanted(person.framework, request.GET)
    stage = person.framework.stage.get(request.GET.get("stage", ""), person.focus)
    waived = person.snapshot.marks.waived
    page = skills_page(person.framework, person.report(stage.id), numbers_of(request), waived, wanted)
    counts = page.counts()
    kept = {"stage": stage.id, "area": wanted.area, "q": wanted.text}
    context = {
        "page": page,
        "base": reverse("tracker:skills"),
        "query": urlencode({name: value for name, value in kept.items() if value}),
        "shows": [(show, label, counts[show]) for show, label in SHOWS],
    }
    return render(request, "skills/skills.html", context)


def _wanted(framework: Framework, asked: QueryDict) -> Wanted:
    """The filter as asked; what it does not understand asks nothing."""
    area, show = asked.get("area", ""), asked.get("show", "")
    return Wanted(
        show=show if show in dict(SHOWS) else ALL,
        area=area if area in framework.area else "",
        text=asked.get("q", "").strip()[:100],
    )


@require_safe
@members_only
def levels(request: HttpRequest, key: str) -> HttpResponse:
    """All statements of one competency, to be opened beside its control; a plain request goes to its page."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("tracker:competency", key)
    person = person_of(request)
    if key not in person.framework.competency:
        raise Http404
    (row,) = rows_of(person.report(), {key: numbers_of(request)[key]}, person.snapshot.marks.waived)
    return render(request, "skills/_levels.html", {"row": row})


@require_POST
@members_only
def level_set(request: HttpRequest, key: str) -> HttpResponse:
    """Set, confirm or take back the level of one competency."""
    if key not in framework_of(_release(request)).competency:
        raise Http404
    try:
        outcome = _level_act(request, key)
    except RefusedError as error:
        return _refused(request, str(error))
    return _answer(request, outcome, reverse("tracker:competency", args=[key]), also=[key])


def _level_act(request: HttpRequest, key: str) -> Outcome | None:
    if "confirm" in request.POST:
        return claim_confirm_fresh(user=request.user, competency=key)
    if "evidence" in request.POST:
        return claim_remove(user=request.user, competency=key)
    known: Preferences = request.preferences  # type: ignore[attr-defined]
    return claim_set(user=request.user, preferences=known, competency=key, level=_level(request.POST.get("level", "")))


@require_POST
@members_only
def area_set(request: HttpRequest, area: str) -> HttpResponse:
    """Set the levels of an area as one act: those ticked, what the stage asks, or nothing yet."""
    person = person_of(request)
    if area not in person.framework.area:
        raise Http404
    name = person.framework.area[area].name
    try:
        levels, title = _area_levels(request, person, area)
    except RefusedError as error:
        return _refused(request, str(error))
    outcome = claims_set(user=person.user, levels=levels, key=area, title=f"{name}: {title}") if levels else None
    return _answer(request, outcome, f"{reverse('tracker:skills')}?area={area}")


def _area_levels(request: HttpRequest, person: Person, area: str) -> tuple[dict[str, int], str]:
    """The levels to claim, only those that change one, and what the act is called."""
    present, bulk = person.snapshot.levels, request.POST.get("all", "")
    stage = person.framework.stage.get(request.POST.get("stage", ""), person.focus)
    if bulk == "target":
        asked = card_claims(person.framework, area, stage.id, present)
        return {c: n for c, n in asked.items() if n > present[c].level}, f"all that {stage.name} asks"
    if bulk == "none":
        nothing = card_claims(person.framework, area, NOTHING_YET, present)
        return {c: n for c, n in nothing.items() if n != present[c].level}, "nothing yet"
    if bulk:
        raise RefusedError(_("An area can be set to what the stage asks, or to nothing yet."))
    posted = {c.id: request.POST.get(str(numbers_of(request)[c.id])) for c in person.framework.by_area[area]}
    ticked = {c: _level(text) for c, text in posted.items() if text is not None}
    changed = {c: level for c, level in ticked.items() if level != present[c].level}
    return changed, "1 level ticked" if len(changed) == 1 else f"{len(changed)} levels ticked"


@require_POST
@members_only
def level_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a tick in place: the rows of the page follow."""
    event = get_owned(Event, request.user, pk)
    try:
        outcome = event_undo(user=request.user, event=event)
    except UndoError as error:
        return _refused(request, str(error))
    return _answer(request, outcome, reverse("tracker:skills"))


def _release(request: HttpRequest) -> int:
    return published_release(request.preferences)  # type: ignore[attr-defined]


def numbers_of(request: HttpRequest) -> Mapping[str, int]:
    """Competency -> number of its row, by which the buttons of a page are named."""
    return row_ids(_release(request), "competency")


def _level(text: str) -> int:
    if len(text) == 1 and text in "012345":
        return int(text)
    raise RefusedError(_("A level is a number from 0 to %d.") % TOP_LEVEL)


def _answer(request: HttpRequest, outcome: Outcome | None, otherwise: str, also: Iterable[str] = ()) -> HttpResponse:
    """The pieces of the page that changed, for htmx; else a message on the page where the button stood."""
    if not request.htmx:  # type: ignore[attr-defined]
        tell(request, outcome, person_of(request).focus.id)
        return redirect(came_from(request, otherwise))
    if outcome is None:
        return render(request, "skills/_said.html", {"sentence": _("Nothing changed.")})
    return _changed(request, outcome, also)


def _changed(request: HttpRequest, outcome: Outcome, also: Iterable[str]) -> HttpResponse:
    after, stage, numbers = outcome.after, _stage(request, outcome.after), numbers_of(request)
    changed = set(also) | {c for c, level in after.levels.items() if _says(level) != _says(outcome.before.levels[c])}
    areas = {after.framework.competency[c].area for c in changed}
    wanted = _wanted(after.framework, _page_query(request))
    now = report(after.framework, after.levels, stage)
    page = skills_page(after.framework, now, numbers, after.marks.waived, wanted)
    context = {
        "page": page,
        "rows": [
            row for row in rows_of(now, {c: numbers[c] for c in changed}, after.marks.waived) if _is_on(page, row)
        ],
        "areas": [block for block in page.blocks if block.area.id in areas],
        "sentence": sentence(outcome, stage),
        "undo": reverse("tracker:level_undo", args=[outcome.event.pk]),
    }
    response = HttpResponse(render_to_string("skills/_changed.html", context))  # it needs nothing of the frame
    return _with_levels(response, {numbers[c]: after.levels[c].level for c in changed})


def _page_query(request: HttpRequest) -> QueryDict:
    """The query of the page on which the tick was made."""
    return QueryDict(urlsplit(request.htmx.current_url or "").query)  # type: ignore[attr-defined]


def _is_on(page: SkillsPage, row: SkillRow) -> bool:
    return page.wanted.area in ("", row.competency.area)


def _says(level: Level) -> tuple[object, ...]:
    """What a row says of a level."""
    return level.level, level.claim, level.evidenced, level.standing, level.newest, level.is_stale


def _with_levels(response: HttpResponse, levels: Mapping[int, int]) -> HttpResponse:
    """Tell the page which buttons are to be checked: controls are never swapped, so that the focus stays."""
    return trigger_client_event(response, "levels", {"now": dict(levels)})


def _stage(request: HttpRequest, snapshot: Snapshot) -> str:
    """The stage that the page compares with: the one it names, else the one in focus."""
    named = request.POST.get("stage", "")
    chosen = request.preferences.stage  # type: ignore[attr-defined]
    return next((s for s in (named, chosen) if s in snapshot.framework.stage), snapshot.next_stage)


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    """What is wrong and how things stand, as a fragment; as a page of its own where there is no script."""
    if request.htmx:  # type: ignore[attr-defined]
        held, numbers = person_of(request).snapshot.held, numbers_of(request)
        response = render(request, "skills/_said.html", {"sentence": why, "is_refused": True})
        return _with_levels(response, {numbers[c]: level for c, level in held.items()})
    return render(request, "skills/refused.html", {"why": why, "back": came_from(request, "")}, status=422)
