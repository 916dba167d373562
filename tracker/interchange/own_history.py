"""The log in our own export: rows named by numbers of the file instead of ids of one database, and read back.

A row is named in the log by `degree:17`, its sort and its id. Ids mean nothing elsewhere, so the file numbers the rows
of each sort in the order in which the log first speaks of them; an entry of the profile names its own row as `ref`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tracker.moments import read_moment

Json = dict[str, Any]

# Sorts named by id; others by what they are about.
NUMBERED = ("degree", "role", "certification", "activity", "skill", "effort", "week-off", "plan")
LONGEST = {"title": 300, "key": 80, "framework_version": 80}


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event of a file. `undoes` is the place in the list of the event that it takes back; `before` and `after` are
    the rows as the file has them, not checked yet."""

    title: str
    kind: str
    logged_at: datetime
    key: str = ""
    effective_on: date | None = None
    framework_version: str = ""
    undoes: int | None = None
    readiness: Mapping[str, list[float]] | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def is_numbered(ref: str) -> bool:
    return ref.partition(":")[0] in NUMBERED


def numbering(logs: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Reference by id -> reference by number, for all rows that the logs speak of, first ones first."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for ref in (ref for log in logs for ref in log):
        if is_numbered(ref) and ref not in names:
            sort = ref.partition(":")[0]
            counts[sort] += 1
            names[ref] = f"{sort}:{counts[sort]}"
    return names


def renamed(rows: Mapping[str, Any] | None, names: Mapping[str, str]) -> Json:
    """The rows by other references; those that are not among the names keep theirs."""
    return {names.get(ref, ref): kept for ref, kept in (rows or {}).items()}


def renamed_key(kind: str, key: str, names: Mapping[str, str]) -> str:
    """The key of an event: that of an item is the id of its row."""
    is_id = kind in NUMBERED and kind != "plan"  # of a plan it is the stage, or the resource left out
    return names.get(f"{kind}:{key}", f"{kind}:{key}").partition(":")[2] if is_id else key


def read_events(document: Mapping[str, Any], kinds: Collection[str], now: datetime) -> tuple[PastEvent, ...]:
    """The events of an own export in the order of their moments; what is not of their shape or of a time to come is
    left out."""
    account = document.get("account")
    records = account.get("events") if isinstance(account, dict) else None
    if not isinstance(records, list):
        return ()
    read = [(place, _event(record, kinds, now)) for place, record in enumerate(records)]
    known = sorted(((place, e) for place, e in read if e), key=lambda pair: pair[1].logged_at)
    return tuple(_linked([place for place, _ in known], [event for _, event in known], records))


def _linked(places: Sequence[int], events: Sequence[PastEvent], records: Sequence[Any]) -> Iterable[PastEvent]:
    """The events with what they undo, each undone at most once and only by a later one."""
    position = {place: index for index, place in enumerate(places)}
    undone: set[int] = set()
    for index, (place, event) in enumerate(zip(places, events, strict=True)):
        undoes = records[place].get("undoes")
        target = position.get(undoes) if type(undoes) is int else None
        if target is None or target >= index or target in undone:
            yield event
        else:
            undone.add(target)
            yield replace(event, undoes=target)


def _event(record: Any, kinds: Collection[str], now: datetime) -> PastEvent | None:
    if not isinstance(record, dict) or record.get("kind") not in kinds or not _text(record, "title"):
        return None
    logged_at = read_moment(record.get("logged_at"), now)
    if logged_at is None:
        return None
    before, after = record.get("before"), record.get("after")
    return PastEvent(
        title=_text(record, "title"),
        kind=record["kind"],
        logged_at=logged_at,
        key=_text(record, "key"),
        effective_on=_day(record.get("effective_on")),
        framework_version=_text(record, "framework_version"),
        readiness=_readiness(record.get("readiness")),
        before=before if isinstance(before, dict) else None,
        after=after if isinstance(after, dict) else None,
    )


def _text(record: Mapping[str, Any], name: str) -> str:
    text = record.get(name)
    return text[: LONGEST[name]] if isinstance(text, str) else ""


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _readiness(given: Any) -> dict[str, list[float]]:
    """Stage -> [claimed, backed], of those that are two fractions."""
    pairs = given.items() if isinstance(given, dict) else ()
    return {s: pair for s, pair in pairs if isinstance(pair, list) and len(pair) == 2 and all(map(_is_part, pair))}


def _is_part(number: Any) -> bool:
    return type(number) in (int, float) and 0 <= number <= 1
