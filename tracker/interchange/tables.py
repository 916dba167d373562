"""Our own export as tables that a spreadsheet opens: one CSV a kind of entry, all of them in one ZIP.

The same content gives the same bytes. A cell that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.engine.framework import Framework

Json = Mapping[str, Any]
Names = Mapping[str, str]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can name: no time of its own
_MATCHED = (("Counts as", "rule"), ("How it was matched", "match"))
_LOGGED = ("Logged at", "logged_at")


@dataclass(frozen=True, slots=True)
class Table:
    """Entries of one kind, one a row. `name`: of its file, without the ending."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def tables(export: Json, framework: Framework, skills: Iterable[Sequence[object]] = ()) -> list[Table]:
    """Every table of the export; `skills`: rows of `SKILL_HEADER`, a skill each."""
    account = export["account"]
    return [
        Table("skills", SKILL_HEADER, tuple(map(tuple, skills))),
        _claims(export, framework),
        *(_simple(name, columns, export[member]) for name, member, columns in _MEMBERS),
        *(_simple(name, columns, account[member]) for name, member, columns in _ACCOUNT),
        _milestones(export, framework),
        _marks(export, framework),
        _plan_steps(account["plans"], framework),
        _advert_lines(account["adverts"]),
        _elsewhere(account.get("elsewhere", {})),
        _history(account["events"], framework),
        _settings(account["preferences"]),
    ]


def to_zip(found: Iterable[Table]) -> bytes:
    """The tables as CSV files in a ZIP: UTF-8 with its mark, so that spreadsheets read it as such."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in found:
            member = zipfile.ZipInfo(f"{table.name}.csv", _OLDEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, to_csv(table))
    return packed.getvalue()


def to_csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in (table.header, *table.rows):
        writer.writerow([cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def cell(value: object) -> str:
    """A value as the text of its cell, never a formula. Numbers below nought are none and stay as they are."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:.10g}" if isinstance(value, float) else str(value)
        case Mapping():
            text = "; ".join(f"{key}: {entry}" for key, entry in value.items())
        case list() | tuple():
            text = "; ".join(map(str, value))
        case _:
            text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


SKILL_HEADER = ("Skill", "Level", "Backed level", "What stands behind it", "Date", "Area", "Id")

_MEMBERS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("degrees", "degrees", (
        ("Title", "title"), ("Level", "level"), ("Field", "field"), ("Institution", "institution"), ("Start", "start"),
        ("End", "end"), ("Finished", "completed"), ("Counts as", "field_id"), ("How it was matched", "match"), _LOGGED,
    )),
    ("roles", "roles", (
        ("Title", "title"), ("Employer", "employer"), ("Start", "start"), ("End", "end"), ("Summary", "summary"),
        ("Counts as", "family"), ("How it was matched", "match"), _LOGGED,
    )),
    ("certificates", "certifications", (
        ("Name", "name"), ("Issuer", "issuer"), ("Date", "date"), ("Expires", "expires"), ("Address", "url"),
        *_MATCHED, _LOGGED,
    )),
    ("activities", "activities", (
        ("Kind", "kind"), ("Title", "title"), ("Date", "date"), ("Hours", "hours"), ("Address", "url"),
        ("Note", "note"), ("Levels shown", "competencies"), _LOGGED,
    )),
)  # fmt: skip
_ACCOUNT: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("listed-skills", "skills", (("Text", "text"), ("Date", "date"), *_MATCHED, _LOGGED)),
    ("waivers", "waivers", (("Id", "competency"), ("Reason", "reason"), _LOGGED)),
    ("hours", "efforts", (("Date", "date"), ("Hours", "hours"), ("Resource", "resource"), _LOGGED)),
    ("weeks-off", "weeks_off", (("Week from", "date"), _LOGGED)),
    ("own-figures", "overrides", (
        ("Resource", "resource"), ("Hours", "hours"), ("Cost", "cost"), ("Address", "url"), _LOGGED,
    )),
    ("plans", "plans", (("Stage", "stage"), ("Starts on", "starts_on"), ("Closed on", "closed_on"), _LOGGED)),
    ("skipped-steps", "skips", (("Resource", "resource"), _LOGGED)),
    ("answers", "answers", (("Section", "section"), ("Text", "text"), ("Means", "rule"), _LOGGED)),
    ("adverts", "adverts", (
        ("Title", "title"), ("Employer", "employer"), ("Reviewed", "is_reviewed"), ("Read for", "read_for"),
        ("Text", "text"), _LOGGED,
    )),
)  # fmt: skip


def _simple(name: str, columns: Sequence[tuple[str, str]], entries: Iterable[Json]) -> Table:
    header = tuple(title for title, _ in columns)
    return Table(name, header, tuple(tuple(entry.get(member) for _, member in columns) for entry in entries))


def _claims(export: Json, framework: Framework) -> Table:
    """What the person ticked, and what she confirmed of what her roles offer."""
    names = {c: known.name for c, known in framework.competency.items()}
    details = {entry["competency"]: entry for entry in export["account"]["confirmed"]}
    confirmed = {
        c: {"level": level, "origin": "offer", **details.get(c, {})} for c, level in export["confirmed"].items()
    }
    rows = (
        (names.get(c, c), c, *(claim.get(k) for k in ("level", "origin", "date", "note", "link", "logged_at")))
        for c, claim in sorted({**export["claims"], **confirmed}.items())
    )
    header = ("Name", "Id", "Level claimed", "Set by", "Date", "Note", "Link", "Logged at")
    return Table("claims", header, tuple(rows))


def _milestones(export: Json, framework: Framework) -> Table:
    logged = {entry["milestone"]: entry["logged_at"] for entry in export["account"]["milestones"]}
    names = {m: known.name for m, known in framework.milestone.items()}
    rows = (
        (names.get(m, m), m, said is not False, said if isinstance(said, str) else "", logged.get(m))
        for m, said in sorted(export["milestones"].items())
    )
    return Table("milestones", ("Milestone", "Id", "Met", "Date", "Logged at"), tuple(rows))


def _marks(export: Json, framework: Framework) -> Table:
    """Resources that were started, finished or put aside."""
    finished = ({**entry, "status": "finished"} for entry in export["finished"])
    marks = sorted([*finished, *export["account"]["marks"]], key=lambda mark: str(mark["resource"]))
    titles = {r: known.title for r, known in framework.resource.items()}
    rows = (
        (
            titles.get(m["resource"], ""),
            *(m.get(k) for k in ("resource", "status", "date", "hours", "rating", "logged_at")),
        )
        for m in marks
    )
    header = ("Title", "Resource", "Status", "Date", "Hours", "Rating", "Logged at")
    return Table("resources", header, tuple(rows))


def _plan_steps(plans: Iterable[Json], framework: Framework) -> Table:
    """The steps of every plan, in their order; weeks count from the plan's first."""
    titles = {r: known.title for r, known in framework.resource.items()}
    rows = []
    for plan in plans:
        for key, hours, cost, _, week, last_week, closes, *_ in plan["answer"]["steps"]:
            closing = [f"{c} {start} to {reached}" for c, start, reached in closes]
            rows.append((plan["starts_on"], week, last_week, key, titles.get(key, ""), hours, cost, closing))
    header = ("Plan from", "Week", "Last week", "Resource", "Title", "Hours", "Cost", "Closes")
    return Table("plan-steps", header, tuple(rows))


def _advert_lines(adverts: Iterable[Json]) -> Table:
    """What every advert asks, line by line, as it was read or reviewed."""
    header = (
        "Advert",
        "Line",
        "Sentence",
        "Counts",
        "Strength",
        "Kind",
        "Skills, any of",
        "Level",
        "Years",
        "In",
        "Degree",
    )
    rows = []
    for advert in adverts:
        for line in advert["requirements"]:
            said = (advert["title"], line["line"], line["quote"], line["taken"], line["strength"], line["kind"])
            is_degree = line["kind"] == "degree"
            level, degree = (None, line["level"]) if is_degree else (line.get("level"), None)
            skills = line.get("fields" if is_degree else "competencies", ())
            rows.append((*said, list(skills), level, line.get("least"), line.get("of"), degree))
    return Table("advert-lines", header, tuple(rows))


def _elsewhere(entries: Mapping[str, Json]) -> Table:
    """What was logged about other models than the one aimed at."""
    rows = (
        (*ref.split(":", 1), kept.get("level"), kept.get("status"), kept.get("note"), kept.get("logged_at"))
        for ref, kept in entries.items()
    )
    header = ("Kind", "About", "Level", "Status", "Note", "Logged at")
    return Table("other-models", header, tuple(rows))


def _history(events: Iterable[Json], framework: Framework) -> Table:
    """Each change with the readiness after it, as fractions of 1: what was claimed and what of it was backed."""
    stages = [stage.id for stage in framework.stages]
    header = ("Logged at", "Kind", "What", "Day it counts from", "Model version")
    figures = tuple(f"{stage}: {what}" for stage in stages for what in ("readiness", "backed"))
    return Table("history", (*header, *figures), tuple(_event(event, stages) for event in events))


def _event(event: Json, stages: Iterable[str]) -> tuple[object, ...]:
    figures: Iterator[object] = (value for s in stages for value in event["readiness"].get(s) or (None, None))
    members = ("logged_at", "kind", "title", "effective_on", "framework_version")
    return (*(event.get(member) for member in members), *figures)


def _settings(preferences: Json) -> Table:
    return Table("settings", ("Setting", "Value"), tuple(sorted(preferences.items())))
