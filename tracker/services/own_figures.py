"""A person's own hours, price and address of a resource: set, or taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tracker.models import Event, Resource, ResourceOverride
from tracker.services.entities import values
from tracker.services.ledger import Outcome, changing
from tracker.templatetags.numbers import price


def figures_set(
    *, user: Any, resource: Resource, hours: Decimal | None = None, cost: Decimal | None = None, url: str = ""
) -> Outcome | None:
    """Keep the person's own figures; what is None or empty stays as the catalogue has it. None: nothing changed."""
    if hours is None and cost is None and not url:
        return figures_take_back(user=user, resource=resource)
    said = [f"{hours.normalize():f} h"] if hours is not None else []
    said += [price(cost)] if cost is not None else []
    said += ["an address"] if url else []
    title = f"Your own figures of {resource.title}: {', '.join(said)}"
    with changing(user, kind=Event.Kind.RESOURCE, title=title, key=resource.key) as change:
        row = _own(user, resource)
        was = values(row) if row else None
        row = row or ResourceOverride(user=user, resource=resource)
        row.hours, row.cost, row.url = hours, cost, url
        change.save(row, was=was)
    return change.outcome


def figures_take_back(*, user: Any, resource: Resource) -> Outcome | None:
    """As the catalogue has it again. None: there was nothing of the person's own."""
    title = f"As the catalogue has it: {resource.title}"
    with changing(user, kind=Event.Kind.RESOURCE, title=title, key=resource.key) as change:
        row = _own(user, resource)
        if row:
            change.delete(row)
    return change.outcome


def _own(user: Any, resource: Resource) -> ResourceOverride | None:
    return ResourceOverride.objects.select_related("resource").filter(user=user, resource=resource).first()
