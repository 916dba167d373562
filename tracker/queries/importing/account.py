"""What only our own export brings: settings, hours, and the log where there is none yet. As lines of the review."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker import clock
from tracker.engine.dates import add_months
from tracker.engine.framework import Framework
from tracker.engine.weeks import WEEK, monday_of
from tracker.interchange.dates import day_of, is_date
from tracker.interchange.own_history import PastEvent, read_events
from tracker.models import Event, Plan, Preferences
from tracker.models.framework import KEY_LENGTH
from tracker.models.plan import HOURS_IN_A_WEEK, LEAST_HOURS, MOST_OWN_HOURS
from tracker.plan_check import is_plan
from tracker.queries.frameworks import loaded_frameworks
from tracker.queries.pace import WEEKS_AHEAD, YEARS_BACK
from tracker.queries.person import Person

SETTINGS, HISTORY = "settings", "history"
BROUGHT = "history:"  # begins the key of an import that brought the whole log with it
SPENT = ("efforts", "weeks_off", "overrides", "plans", "skips")
STEPS = range(1, 6)
MOST_SET_ASIDE = 50


def read_settings(person: Person, document: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str, str]]:
    """(fields, what they say, what of the person's own they would replace) for each setting of the file that fits.

    Nothing of her own is replaced where she has left a setting as it was at first.
    """
    account = document.get("account")
    given = account.get("preferences") if isinstance(account, dict) else None
    if not isinstance(given, dict):
        return
    for names in (
        ("stage",),
        ("hours_per_week",),
        ("budget",),
        ("theme",),
        ("time_zone",),
        ("cards", "start_step"),
        ("set_aside",),
    ):
        fields = {name: value for name in names for value in _read(person, name, given)}
        if fields:
            yield fields, _said(person, fields), _replaced(person, fields)


def _read(person: Person, name: str, given: Mapping[str, Any]) -> Iterator[Any]:
    """The value of the setting, where the file has one that the settings could hold."""
    if name not in given or isinstance(given[name], bool):
        return
    try:
        value = Preferences._meta.get_field(name).clean(given[name], None)  # type: ignore[union-attr]
    except ValidationError:
        return
    if _fits(person, name, value):
        yield value


def _fits(person: Person, name: str, value: Any) -> bool:
    stages = ("", *person.framework.stage)
    match name:
        case "stage":
            return value in stages
        case "cards":
            known = person.framework.area
            return isinstance(value, dict) and all(k in known and v in stages for k, v in value.items())
        case "start_step":
            return value in STEPS
        case "set_aside":
            return _is_set_aside(value)
        case "time_zone":
            return value in zoneinfo.available_timezones()
    return True


def _is_set_aside(value: Any) -> bool:
    """Whether it is framework -> stage and cards, as an export writes what was chosen for other models."""
    return (
        isinstance(value, dict)
        and len(value) <= MOST_SET_ASIDE
        and all(
            isinstance(aside, dict)
            and aside.keys() == {"stage", "cards"}
            and isinstance(aside["stage"], str)
            and isinstance(aside["cards"], dict)
            and all(isinstance(text, str) and len(text) <= KEY_LENGTH for text in (key, aside["stage"]))
            and all(isinstance(t, str) and len(t) <= KEY_LENGTH for pair in aside["cards"].items() for t in pair)
            for key, aside in value.items()
        )
    )


def _said(person: Person, fields: Mapping[str, Any]) -> str:
    return ", ".join(_WORDS[name](person, value) for name, value in fields.items())


def _replaced(person: Person, fields: Mapping[str, Any]) -> str:
    """Empty where nothing that the person has chosen stands against it."""
    kept = {name: getattr(person.preferences, name) for name in fields}
    if kept == fields:
        return _("as you have it already")
    at_first = {name: Preferences._meta.get_field(name).get_default() for name in fields}  # type: ignore[union-attr]
    return "" if kept == at_first else _("you have: %s") % _said(person, kept)


def _stage(person: Person, stage: str) -> str:
    named = person.framework.stage.get(stage)
    return _("Target: %s") % (named.name if named else _("the next one not reached"))


def _budget(_person: Person, budget: Any) -> str:
    if not budget:
        return _("Budget: no limit") if budget is None else _("Budget: free resources only")
    return _("Budget: $%s") % f"{budget:,.2f}".removesuffix(".00")


def _start(_person: Person, step: int) -> str:
    return _("the start is done") if step == STEPS[-1] else _("the start stands at step %d") % step


_WORDS: dict[str, Callable[[Person, Any], str]] = {
    "stage": _stage,
    "hours_per_week": lambda _person, hours: _("Hours a week: %s") % f"{hours:f}".rstrip("0").rstrip("."),
    "budget": _budget,
    "theme": lambda _person, theme: _("Theme: %s") % Preferences.Theme(theme).label,
    "time_zone": lambda _person, zone: _("Time zone: %s") % zone,
    "cards": lambda _person, cards: ngettext("%d area card tapped", "%d area cards tapped", len(cards)) % len(cards),
    "start_step": _start,
    "set_aside": lambda _person, aside: (
        ngettext("what you chose for %d other model", "what you chose for %d other models", len(aside)) % len(aside)
    ),
}


def read_past(document: Mapping[str, Any]) -> tuple[PastEvent, ...]:
    """The log that the file holds."""
    return read_events(document, Event.Kind.values, clock.now())


def has_history(user_id: int) -> bool:
    """Whether the person's own log has begun: two of them would contradict each other."""
    return Event.objects.filter(user=user_id).exists()


def past_in_words(past: tuple[PastEvent, ...]) -> str:
    """`19 entries, 3 March 2024 to 5 May 2026`."""
    count = ngettext("%d entry of your log", "%d entries of your log", len(past)) % len(past)
    days = [date_format(localtime(event.logged_at), "j F Y") for event in (past[0], past[-1])]
    return f"{count}, {' – '.join(dict.fromkeys(days))}"  # noqa: RUF001


def can_be(section: str, entry: Mapping[str, Any], framework: Framework, today: date) -> bool:
    """Whether hours, a week off, own figures, a plan of a file are such as a person could have made herself."""
    if section == "plans":
        return _can_be_followed(entry, framework, today)
    if section == "skips":
        return entry["resource"] in framework.resource
    if section == "overrides":
        figures = [entry[name] for name in ("hours", "cost") if name in entry]
        is_known = entry["resource"] in framework.resource and bool(figures or entry.get("url"))
        are_numbers = _is_number(entry.get("hours", 1), LEAST_HOURS, MOST_OWN_HOURS) and _is_number(
            entry.get("cost", 0), 0, 999_999
        )
        return is_known and are_numbers and isinstance(entry.get("url", ""), str)
    on = _day(entry["date"])
    if on is None or on < add_months(today, -12 * YEARS_BACK):
        return False
    if section == "weeks_off":
        return on == monday_of(on) and on <= monday_of(today) + WEEKS_AHEAD * WEEK
    is_named = isinstance(entry.get("resource", ""), str) and len(entry.get("resource", "")) <= KEY_LENGTH
    return on <= today and is_named and _is_number(entry.get("hours"), LEAST_HOURS, HOURS_IN_A_WEEK)


def _can_be_followed(entry: Mapping[str, Any], framework: Framework, today: date) -> bool:
    if not is_plan({"closed_on": None, **entry}):
        return False
    if entry["stage"] not in framework.stage and not _is_of_another(entry, framework):
        return False
    tomorrow = today + timedelta(days=1)  # it may be that day already where the file comes from
    begin, end = date.fromisoformat(entry["starts_on"]), entry.get("closed_on") or entry["starts_on"]
    return add_months(today, -12 * YEARS_BACK) <= begin <= tomorrow and date.fromisoformat(end) <= tomorrow


def _is_of_another(plan: Mapping[str, Any], framework: Framework) -> bool:
    """Whether the plan was made for another framework, which is loaded here."""
    made_for = plan["question"]["framework"][0]
    return made_for != framework.id and any(row.key == made_for for row in loaded_frameworks())


def follows_a_plan(user_id: int) -> bool:
    """Whether a plan is under way: there is never a second one."""
    return Plan.objects.filter(user=user_id, closed_on=None).exists()


def in_account(document: Mapping[str, Any], name: str) -> int:
    """How many plans (adverts, ...) the file speaks of, whatever their shape."""
    account = document.get("account")
    entries = account.get(name) if isinstance(account, dict) else None
    return len(entries) if isinstance(entries, list) else 0


def _day(text: str) -> date | None:
    return day_of(text) if is_date(text) and len(text) == len("2026-03-02") else None


def _is_number(value: Any, least: float | Decimal, most: float) -> bool:
    return type(value) in (int, float) and least <= Decimal(str(value)) <= most
