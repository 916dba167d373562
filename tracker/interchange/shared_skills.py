"""Skills that another framework declares to be the same as skills of the shipped model: one record for both.

A framework's `same_as` names them: its own id -> ours. What it has no rules or resources of its own for, it then takes
from our model, so far as that speaks of the same skills: what degrees, roles, certificates and deeds are evidence for,
what a skill is also called, and what teaches it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from tracker.engine.framework import Framework
from tracker.interchange.framework_form import Document, complete
from tracker.interchange.outside_framework import LONGEST_ID
from tracker.interchange.strict_json import shown

Row: TypeAlias = Mapping[str, Any]

RULES = ("degrees", "roles", "certifications", "activities")


def same_skills(document: Mapping[str, Any]) -> dict[str, str]:
    """Id of the shipped model's competency -> the framework's own id of the same skill."""
    declared = document.get("same_as")
    return {ours: own for own, ours in declared.items()} if isinstance(declared, Mapping) else {}


def shares(document: Mapping[str, Any]) -> bool:
    """Whether the framework takes rules and resources of the shipped model: it declares skills the same, or is of a
    form that knows neither."""
    return bool(same_skills(document)) or "form" in document


def in_tables(document: Document) -> Document:
    """The complete document with the ids that its skills have beside those of other frameworks: a skill that is
    declared the same as one of ours has ours, and one of a form with ids of its own has them within its framework.

    So a key names one skill wherever it stands, and what a person logs for it is one record.
    """
    same, own_form = {own: ours for ours, own in same_skills(document).items()}, "form" not in document
    new = {
        row["id"]: same.get(row["id"]) or (row["id"] if own_form else _within(document["id"], row["id"]))
        for row in document["competencies"]
    }
    if all(old == key for old, key in new.items()):
        return document
    renamed = {**document, **_with_ids(document, new), "same_as": {ours: ours for ours in same.values()}}
    was = {old if own_form else _within(document["id"], old): ours for old, ours in same.items() if old != ours}
    if was:
        renames = dict(document.get("renames", {}))
        renames["competencies"] = {**was, **{o: new.get(n, n) for o, n in renames.get("competencies", {}).items()}}
        renamed["renames"] = renames
    return complete(renamed)


def _within(framework: str, key: str) -> str:
    """The id within its framework, of at most 80 characters."""
    long = f"{framework}.{key}"
    return long if len(long) <= LONGEST_ID else f"{framework[:40]}.{hashlib.sha256(long.encode()).hexdigest()[:32]}"


def _with_ids(document: Row, new: Mapping[str, str]) -> Document:
    """The members that name skills, with their new ids."""
    evidence = document["evidence"]
    return {
        "competencies": [
            {
                **row,
                "id": new[row["id"]],
                "prerequisites": [{**p, "id": new[p["id"]]} for p in row["prerequisites"]],
            }
            for row in document["competencies"]
        ],
        "stages": [{**row, "musts": [new[c] for c in row["musts"]]} for row in document["stages"]],
        "evidence": _evidence(evidence, new, keeps_offers=True),
        "resources": list(_resources(document["resources"], new, keeps_all=True)),
    }


def unknown_same(document: Mapping[str, Any], ours: Row) -> list[str]:
    """What is declared the same as a skill that our model does not have, a line each."""
    known = {row["id"] for row in ours["competencies"]}
    return [
        f"same_as: {own} is declared the same as {shown(c)}, which {ours['id']} does not have"
        for c, own in same_skills(document).items()
        if c not in known
    ]


def with_shared(document: Document, ours: Row) -> Document:
    """The complete document with what it takes from ours, another complete document; itself where it takes nothing.

    Only for reading: what is stored and exported is the document as it was given.
    """
    if not shares(document) or document["id"] == ours["id"]:
        return document
    known = {row["id"] for row in ours["competencies"]}
    same = {c: own for c, own in same_skills(document).items() if c in known}
    about = {same[row["id"]]: row for row in ours["competencies"] if row["id"] in same}
    taken = {
        **document,
        "competencies": [_called(row, about.get(row["id"])) for row in document["competencies"]],
    }
    if not any(document["evidence"][rules] for rules in RULES):
        taken["evidence"] = _evidence(ours["evidence"], same)
    if not document["resources"]:
        taken["resources"] = list(_resources(ours["resources"], same))
    return complete(taken)


def _called(own: Row, ours: Row | None) -> Row:
    """The skill with what ours is called beside its own names."""
    if ours is None:
        return own
    names = dict.fromkeys((*own["aliases"], ours["name"], *ours["aliases"]))
    return {**own, "aliases": [name for name in names if name != own["name"]]}


def _evidence(ours: Row, same: Mapping[str, str], *, keeps_offers: bool = False) -> Document:
    """The rules with their grants in other ids; what they offer goes by stages and areas, which others do not have."""
    rules = dict(ours)
    offers: Document = {} if keeps_offers else {"offers": {}}
    rules["degrees"] = [{**row, "bachelor": _renamed(row.get("bachelor", {}), same)} for row in ours["degrees"]]
    rules["certifications"] = [
        {**row, "grants": _renamed(row.get("grants", {}), same)} for row in ours["certifications"]
    ]
    rules["roles"] = [{**row, "base": _renamed(row.get("base", {}), same), **offers} for row in ours["roles"]]
    rules["degree_level_rules"] = {
        level: {**rule, "also": _renamed(rule["also"], same)} if isinstance(rule, Mapping) and "also" in rule else rule
        for level, rule in ours["degree_level_rules"].items()
    }
    return rules


def _resources(ours: list[Row], same: Mapping[str, str], *, keeps_all: bool = False) -> Iterator[Row]:
    """What teaches a skill of these or supports it, credited with that alone, in their other ids."""
    kept = []
    for row in ours:
        teaches = [{**t, "competency": same[t["competency"]]} for t in row["teaches"] if t["competency"] in same]
        supports = [{**s, "competency": same[s["competency"]]} for s in row["supports"] if s["competency"] in same]
        if teaches or supports or keeps_all:
            kept.append({**row, "teaches": teaches, "supports": supports})
    ids = {row["id"] for row in kept}
    for row in kept:
        yield {**row, "reading": [key for key in row["reading"] if key in ids]} if "reading" in row else row


def _renamed(grants: Row, same: Mapping[str, str]) -> Document:
    return {same[c]: level for c, level in grants.items() if c in same}


def profile_for(profile: Mapping[str, Any], framework: Framework) -> tuple[dict[str, Any], list[str]]:
    """A profile of mlarch-profile/1 in the ids of a framework that shares skills; and a note for what it has no place
    for. A profile that was written against the framework itself stays as it is."""
    about = profile.get("framework")
    of_another = isinstance(about, Mapping) and about.get("id") != framework.id
    if not shares(framework.document) or (isinstance(about, Mapping) and not of_another):
        return dict(profile), []
    same, known = same_skills(framework.document), framework.competency
    found, left = dict(profile), 0
    for section, ids in (("claims", known), ("confirmed", known), ("milestones", framework.milestone)):
        if isinstance(profile.get(section), Mapping):
            entries = {same.get(c, c): value for c, value in profile[section].items()}
            found[section] = {c: v for c, v in entries.items() if c in ids or not of_another}
            left += len(entries) - len(found[section])
    if isinstance(profile.get("finished"), list) and of_another:
        found["finished"] = [f for f in profile["finished"] if _resource(f) in framework.resource]
        left += len(profile["finished"]) - len(found["finished"])
    if isinstance(profile.get("activities"), list):
        found["activities"] = [_activity(a, same, known, of_another) for a in profile["activities"]]
    notes = [f"{left} of its entries are about skills that {shown(framework.title)} does not share"] if left else []
    return found, notes


def _resource(finished: object) -> object:
    return finished.get("resource") if isinstance(finished, Mapping) else None


def _activity(activity: Any, same: Mapping[str, str], known: Row, of_another: bool) -> Any:
    levels = activity.get("competencies") if isinstance(activity, Mapping) else None
    if not isinstance(levels, Mapping):
        return activity
    own = {same.get(c, c): level for c, level in levels.items()}
    return {**activity, "competencies": {c: v for c, v in own.items() if c in known or not of_another}}
