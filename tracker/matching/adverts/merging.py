"""What an advert asks more than once, said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.matching.adverts.values import DegreeAsked, Requirement, Sense


def merged(found: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Each competency once, at the highest level asked: required before preferred, alone before in a group."""
    single = {r.competencies[0] for r in found if r.strength == Sense.REQUIRED and len(r.competencies) == 1}
    merged: dict[tuple[str, ...], Requirement] = {}
    for requirement in sorted(found, key=lambda r: r.strength != Sense.REQUIRED):
        ids = tuple(sorted(requirement.competencies))
        if len(ids) > 1 and set(ids) & single:
            continue
        known = merged.get(ids)
        if known is None:
            merged[ids] = requirement
        elif known.strength == requirement.strength and (requirement.level or 0) > (known.level or 0):
            merged[ids] = replace(known, level=requirement.level)
    return tuple(sorted(merged.values(), key=lambda r: (r.quote.line, r.strength != Sense.REQUIRED)))


def merged_degrees(found: Sequence[DegreeAsked]) -> tuple[DegreeAsked, ...]:
    """One entry for each strength and level: the one that says the most."""
    merged: dict[tuple[str, str], DegreeAsked] = {}
    for degree in found:
        key = (degree.strength, degree.study.level)
        known = merged.get(key)
        if known is None or len(degree.study.fields) > len(known.study.fields):
            either = degree.study.or_experience or (known is not None and known.study.or_experience)
            merged[key] = replace(degree, study=replace(degree.study, or_experience=either))
        elif degree.study.or_experience:
            merged[key] = replace(known, study=replace(known.study, or_experience=True))
    return tuple(merged.values())
