"""A person's own hours, price and address of resources. Plans go by them; gains and readiness never do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tracker.models import Preferences, ResourceOverride
from tracker.plan_form import Figures
from tracker.queries.frameworks import framework_of, published_release
from tracker.queries.person import Person


@dataclass(frozen=True, slots=True)
class Own:
    """What a person knows better than the catalogue; None and empty: as the catalogue has it."""

    hours: Decimal | None
    cost: Decimal | None
    url: str


def read_own(person: Person) -> dict[str, Own]:
    """Resource -> the person's own figures, where there are any."""
    rows = ResourceOverride.objects.filter(user=person.user.pk, resource__framework=person.preferences.framework_id)
    found = rows.values_list("resource__key", "hours", "cost", "url")
    return {key: Own(hours, cost, url) for key, hours, cost, url in found}


def own_figures(user_id: int) -> dict[str, Figures]:
    """Resource -> the hours and cost that plans use for the person; what is not her own is the catalogue's."""
    preferences = Preferences.objects.select_related("framework").filter(pk=user_id).first()
    if preferences is None:
        return {}
    known = framework_of(published_release(preferences.framework)).resource
    rows = ResourceOverride.objects.filter(user=user_id, resource__framework=preferences.framework_id)
    return {
        key: Figures(
            hours=known[key].hours if hours is None else Fraction(str(hours)),
            cost=known[key].cost if cost is None else Fraction(str(cost)),
        )
        for key, hours, cost in rows.values_list("resource__key", "hours", "cost")
        if key in known and not (hours is None and cost is None)
    }
