"""A person's own hours, price and address of resources. Plans go by them; gains and readiness never do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tracker.models import ResourceOverride
from tracker.plan_form import Figures
from tracker.queries.person import Person


@dataclass(frozen=True, slots=True)
class Own:
    """What a person knows better than the catalogue; None and empty: as the catalogue has it."""

    hours: Decimal | None
    cost: Decimal | None
    url: str


def read_own(person: Person) -> dict[str, Own]:
    """Resource -> the person's own figures, where there are any."""
    rows = ResourceOverride.objects.filter(user=person.user.pk)
    found = rows.values_list("resource__key", "hours", "cost", "url")
    return {key: Own(hours, cost, url) for key, hours, cost, url in found}


def own_figures(person: Person) -> dict[str, Figures]:
    """Resource -> the hours and cost that plans use for the person; what is not her own is the catalogue's."""
    known = person.framework.resource
    return {
        key: Figures(
            hours=known[key].hours if own.hours is None else Fraction(str(own.hours)),
            cost=known[key].cost if own.cost is None else Fraction(str(own.cost)),
        )
        for key, own in read_own(person).items()
        if key in known and not (own.hours is None and own.cost is None)
    }
