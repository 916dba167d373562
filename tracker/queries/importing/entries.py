"""The sections of a document as lists of entries, those left out that name nothing or are not of our shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.queries.importing.account import SPENT
from tracker.queries.importing.lines import AS_SAVED, Corrections, Entry

# What a file, or an earlier answer to it, says of the match of its words.
_MATCH = ("match", "rule", "family", "field_id", AS_SAVED, "elsewhere")

# What a row of the section cannot be without. A degree is named by its level where nothing else names it.
_NAMED = {"roles": ("title",), "certifications": ("name",), "activities": ("kind", "title"), "skills": ("text",)}

# The same of entries that only our own export has, which no schema has checked.
_OWN = {
    "skills": ("text",),
    "marks": ("resource", "status"),
    "waivers": ("competency",),
    "confirmed": ("competency",),
    "milestones": ("milestone",),
    "efforts": ("date",),
    "weeks_off": ("date",),
    "overrides": ("resource",),
    "plans": ("stage", "starts_on"),
    "skips": ("resource",),
    "answers": ("section", "text"),
    "adverts": ("title", "text"),
}


def entries(section: str, document: Mapping[str, Any]) -> list[Entry]:
    """The section's entries, each an object: mappings with their key as a member of the entry."""
    if section in ("marks", "waivers", "answers", "adverts", *SPENT):
        return own_records(document, section)
    if section == "claims":
        return [{"competency": c, **claim} for c, claim in document["claims"].items()]
    if section == "confirmed":
        spoken = document["claims"]
        confirmed, more = document["confirmed"].items(), _beside(document, "confirmed", "competency")
        return [{**more.get(c, {}), "competency": c, "level": n} for c, n in confirmed if n and c not in spoken]
    if section == "milestones":
        more = _beside(document, "milestones", "milestone")
        return [{**more.get(m, {}), "milestone": m, "met": met} for m, met in document["milestones"].items()]
    found: Sequence[Entry] = document[section]
    return list(found)


def _beside(document: Mapping[str, Any], section: str, name: str) -> dict[str, Entry]:
    """What our own export says of the entries of a section beyond what its schema has a place for, by their key."""
    return {record[name]: record for record in own_records(document, section)}


def own_records(document: Mapping[str, Any], section: str) -> list[Entry]:
    """Entries that only our own export has, those left out that are not of its shape."""
    account = document.get("account")
    records = account.get(section) if isinstance(account, dict) else None
    if not isinstance(records, list):
        return []
    needed = _OWN[section]
    return [
        r for r in records if isinstance(r, dict) and all(isinstance(r.get(name), str) and r[name] for name in needed)
    ]


def corrected(document: Mapping[str, Any], corrections: Corrections) -> Mapping[str, Any]:
    """The document with its degrees, roles, certificates and activities as the person corrected them."""
    amended = {}
    for section in ("degrees", "roles", "certifications", "activities"):
        changes = (corrections.get(f"{section}-{place}", {}) for place in range(len(document[section])))
        amended[section] = [corrected_entry(section, *pair) for pair in zip(document[section], changes, strict=True)]
    return {**document, **amended}


def corrected_entry(section: str, entry: Entry, changes: Entry) -> Entry:
    """The entry with the changes; where its words are others now, they are matched anew."""
    after = {**entry, **changes}
    if words_of(section, after) == words_of(section, entry):
        return after
    return {name: value for name, value in after.items() if name not in _MATCH}


def words_of(section: str, entry: Entry) -> tuple[str, ...]:
    """The texts of the entry that are matched to what it counts as."""
    match section:
        case "degrees":
            return (entry["field"] or entry.get("title") or entry["level"],)
        case "roles":
            return (entry["title"],)
        case "certifications":
            return entry["name"], entry.get("issuer", "")
        case "skills":
            return (entry["text"],)
    return ()


def is_named(section: str, entry: Entry) -> bool:
    """Whether there is anything to see in what names the entry."""
    return all(is_seen(entry[name]) for name in _NAMED.get(section, ()))


def is_seen(text: str) -> bool:
    return any(char.isprintable() and not char.isspace() for char in text)
