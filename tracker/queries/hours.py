"""The entries of hours, page by page, and what hours can be logged on."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from tracker.models import Effort
from tracker.queries.person import Person

ENTRIES_PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `title`: what the hours went into, empty for anything."""

    row: Effort
    title: str


def read_entries(person: Person, number: str | None) -> tuple[Page[Effort], list[Entry]]:
    """One page of the entries, the latest day first."""
    rows = Effort.objects.filter(user=person.user.pk).order_by("-on", "-id")
    page = Paginator(rows, ENTRIES_PER_PAGE).get_page(number)
    return page, [Entry(row, title_of(person, row.resource)) for row in page]


def title_of(person: Person, resource: str) -> str:
    """The resource's title; its key where the model has dropped it."""
    known = person.framework.resource.get(resource)
    return known.title if known else resource


def resource_choices(person: Person, *also: str) -> list[tuple[str, str]]:
    """(Key, title) of what hours are likely to go into: what is under way, what is finished, and those named."""
    marks = person.snapshot.marks
    by_title = [
        sorted(((key, title_of(person, key)) for key in keys), key=lambda pair: pair[1].casefold())
        for keys in (marks.started, marks.finished, set(also) - {""} - marks.started - marks.finished)
    ]
    return [choice for choices in by_title for choice in choices]
