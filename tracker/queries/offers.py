"""What roles, degrees and listed skills offer beyond the present levels; counted only once a person confirms it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.engine.evidence import Offer, offers
from tracker.engine.framework import Area, Competency
from tracker.queries.person import Person
from tracker.queries.profile import read_profile


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One level on offer, the level of now, and in words what offers it."""

    competency: Competency
    level: int
    offer: Offer

    @property
    def statement(self) -> str:
        """What someone at the offered level does."""
        return self.competency.levels.get(self.offer.level, "")


@dataclass(frozen=True, slots=True)
class OfferGroup:
    area: Area
    lines: tuple[OfferLine, ...]


def open_offers(person: Person) -> dict[str, Offer]:
    """Competency -> what is on offer beyond its level, where the person has made no claim of her own."""
    found = offers(person.framework, read_profile(person.user.pk, person.framework), person.today)
    levels = person.snapshot.levels
    return {c: offer for c, offer in found.items() if offer.level > levels[c].level and levels[c].claim is None}


def offer_groups(person: Person, found: dict[str, Offer]) -> tuple[OfferGroup, ...]:
    """The offers by area, what weighs most first."""
    groups = []
    for area in person.framework.areas:
        offered = (c for c in person.framework.by_area[area.id] if c.id in found)
        by_weight = sorted(offered, key=lambda c: (-c.weight, c.id))
        lines = tuple(OfferLine(c, person.snapshot.levels[c.id].level, found[c.id]) for c in by_weight)
        if lines:
            groups.append(OfferGroup(area, lines))
    return tuple(groups)
