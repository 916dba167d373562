"""What a person logged about other frameworks than the one she aims at: out and in again with the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from tracker.engine.framework import Framework
from tracker.queries.person import Person
from tracker.services.entities import ENTITIES, about_of, find_all, is_kept, is_loaded, reference, values

ELSEWHERE = "elsewhere"
MOST_ENTRIES = 5_000
SORTS = ("claim", "waiver", "resource", "override", "skip", "milestone")


def elsewhere_of(framework: Framework, rows: Iterable[models.Model]) -> dict[str, Any]:
    """Reference of each row about something that the framework does not have -> the row's values."""
    found = {}
    for row in rows:
        about = about_of(row)
        if getattr(row, about).key not in getattr(framework, about):
            found[reference(row)] = values(row)
    return dict(sorted(found.items()))


def _is_elsewhere(framework: Framework, ref: str) -> bool:
    """Whether the reference is to something that the person's own framework does not have: what it has is reviewed."""
    sort, _colon, key = ref.partition(":")
    return sort in SORTS and key not in getattr(framework, ENTITIES[sort].about)


def read_elsewhere(person: Person, document: Mapping[str, Any]) -> dict[str, Any]:
    """What a file has of it that can be taken: as an export writes it, about what is loaded here, not logged yet."""
    account = document.get("account")
    given = account.get(ELSEWHERE) if isinstance(account, Mapping) else None
    if not isinstance(given, Mapping) or len(given) > MOST_ENTRIES:
        return {}
    fits = {
        ref: kept
        for ref, kept in given.items()
        if _is_elsewhere(person.framework, ref) and kept is not None and is_kept(ref, kept)
    }
    logged = find_all(person.preferences, fits)
    return {ref: kept for ref, kept in fits.items() if ref not in logged and is_loaded(ref)}
