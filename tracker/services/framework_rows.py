"""The framework's rows and the document that says the same: written from one, read back as the other.

A document here is in its complete form (`tracker.interchange.framework_form.complete`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db import models

from tracker.interchange.framework import SCHEMA, Document
from tracker.models.framework import (
    Area,
    Competency,
    EvidenceRule,
    Framework,
    FrameworkRow,
    Habit,
    Milestone,
    Prerequisite,
    Resource,
    Stage,
    Support,
    Target,
    Teaching,
)

Row: TypeAlias = Mapping[str, Any]
RowModel: TypeAlias = type[FrameworkRow]

# Section of the document -> its table, the members that have a column of that name, and the members kept elsewhere.
SECTIONS: dict[str, tuple[RowModel, tuple[str, ...], tuple[str, ...]]] = {
    "areas": (Area, ("name",), ()),
    "stages": (Stage, ("name", "pass_mark"), ("musts",)),
    "competencies": (
        Competency,
        ("name", "summary", "weight", "levels", "aliases", "shelf_life_months"),
        ("area", "targets", "prerequisites"),
    ),
    "milestones": (Milestone, ("name", "required", "met_by"), ("stage",)),
    "habits": (Habit, ("name",), ()),
    "resources": (
        Resource,
        ("title", "kind", "mode", "provider", "url", "hours", "cost", "language", "status", "certification"),
        ("teaches", "supports"),
    ),
}
_RELATIONS: dict[str, tuple[str, Any]] = {"competencies": ("area", Area), "milestones": ("stage", Stage)}
_HEAD = ("title", "version", "language", "licence")
_RULE_SECTIONS = [str(section) for section in EvidenceRule.Section.values]


def unstorable(document: Document) -> Iterator[str]:
    """What the tables have no room for, a line each: texts too long, numbers with too many digits."""
    for section in SECTIONS:
        for row in _instances(Framework(), document, section, {}):
            for field in row._meta.concrete_fields:
                if isinstance(field, models.CharField | models.DecimalField) and not field.choices:
                    for message in _refusals(field, getattr(row, field.attname)):
                        yield f"{section}: {row.key}: {field.name}: {message}"
    for name in _HEAD:
        for message in _refusals(Framework._meta.get_field(name), document.get(name, "")):
            yield f"{name}: {message}"


def _refusals(field: Any, value: object) -> list[str]:
    try:
        field.run_validators(value)
    except ValidationError as error:
        return list(error.messages)
    return []


def write_rows(framework: Framework, document: Document) -> None:
    """Makes the framework's rows say what the document says; rows that it lacks are retired, never deleted."""
    for name in _HEAD:
        setattr(framework, name, document.get(name, ""))
    framework.meta = _meta(document)
    framework.save()
    ids: dict[RowModel, dict[str, int]] = {}
    for section, (model, columns, _) in SECTIONS.items():
        ids[model] = _write_section(framework, document, section, columns, ids)
    _write_relations(framework, document, ids)
    _write_rules(framework, document["evidence"])


def _meta(document: Document) -> Document:
    evidence = {name: value for name, value in document["evidence"].items() if name not in _RULE_SECTIONS}
    kept = {name: value for name, value in document.items() if name not in (*SECTIONS, *_HEAD, "id", "schema")}
    return {**kept, "evidence": evidence}


def _write_section(
    framework: Framework,
    document: Document,
    section: str,
    columns: tuple[str, ...],
    ids: Mapping[RowModel, Mapping[str, int]],
) -> dict[str, int]:
    model: Any = SECTIONS[section][0]
    relation = [f"{_RELATIONS[section][0]}_id"] if section in _RELATIONS else []
    model._default_manager.filter(framework=framework).update(retired=True)
    model._default_manager.bulk_create(
        _instances(framework, document, section, ids),
        update_conflicts=True,
        unique_fields=["framework", "key"],
        update_fields=["position", "data", "retired", *columns, *relation],
    )
    return dict(model._default_manager.filter(framework=framework).values_list("key", "id"))


def _instances(
    framework: Framework, document: Document, section: str, ids: Mapping[RowModel, Mapping[str, int]]
) -> list[FrameworkRow]:
    columns, elsewhere = SECTIONS[section][1:]
    model: Any = SECTIONS[section][0]
    made: list[FrameworkRow] = []
    for position, row in enumerate(document[section]):
        values = {name: row[name] for name in columns if name in row}
        for name in {"hours", "cost", "pass_mark"} & values.keys():
            values[name] = Decimal(str(values[name]))
        if section in _RELATIONS and ids:
            name, other = _RELATIONS[section]
            values[f"{name}_id"] = ids[other][row[name]]
        data = {name: value for name, value in row.items() if name not in ("id", *columns, *elsewhere)}
        made.append(model(framework=framework, key=row["id"], position=position, data=data, **values))
    return made


def _write_relations(framework: Framework, document: Document, ids: Mapping[RowModel, Mapping[str, int]]) -> None:
    """Targets, prerequisites, teachings and supports: nothing of a user's points at them, so they are made anew."""
    owners = {Target: "stage", Prerequisite: "competency", Teaching: "resource", Support: "resource"}
    for model, owner in owners.items():
        model._default_manager.filter(**{f"{owner}__framework": framework}).delete()
    competency = ids[Competency]
    Target.objects.bulk_create(_targets(document, ids[Stage], competency))
    Prerequisite.objects.bulk_create(_prerequisites(document, competency))
    Teaching.objects.bulk_create(_teachings(document, ids[Resource], competency))
    Support.objects.bulk_create(_supports(document, ids[Resource], competency))


def _targets(document: Document, stage: Mapping[str, int], competency: Mapping[str, int]) -> Iterator[Target]:
    musts = {(row["id"], must) for row in document["stages"] for must in row["musts"]}
    for row in document["competencies"]:
        for name, level in row["targets"].items():
            must = (name, row["id"]) in musts
            yield Target(stage_id=stage[name], competency_id=competency[row["id"]], level=level, must=must)


def _prerequisites(document: Document, competency: Mapping[str, int]) -> Iterator[Prerequisite]:
    for row in document["competencies"]:
        for needed in row["prerequisites"]:
            yield Prerequisite(
                competency_id=competency[row["id"]],
                needs_id=competency[needed["id"]],
                for_level=needed["for_level"],
                level=needed["level"],
                data=_rest(needed, "id", "for_level", "level"),
            )


def _teachings(document: Document, resource: Mapping[str, int], competency: Mapping[str, int]) -> Iterator[Teaching]:
    for row in document["resources"]:
        for position, taught in enumerate(row["teaches"]):
            yield Teaching(
                resource_id=resource[row["id"]],
                competency_id=competency[taught["competency"]],
                start=taught["from"],
                reached=taught["to"],
                position=position,
                data=_rest(taught, "competency", "from", "to"),
            )


def _supports(document: Document, resource: Mapping[str, int], competency: Mapping[str, int]) -> Iterator[Support]:
    for row in document["resources"]:
        for position, supported in enumerate(row["supports"]):
            yield Support(
                resource_id=resource[row["id"]],
                competency_id=competency[supported["competency"]],
                level=supported["level"],
                position=position,
                data=_rest(supported, "competency", "level"),
            )


def _rest(row: Row, *known: str) -> Document:
    return {name: value for name, value in row.items() if name not in known}


def _write_rules(framework: Framework, evidence: Row) -> None:
    EvidenceRule.objects.filter(framework=framework).delete()
    EvidenceRule.objects.bulk_create(
        EvidenceRule(framework=framework, section=section, key=key, position=position, data=rule)
        for section in _RULE_SECTIONS
        for position, (key, rule) in enumerate(_named_rules(section, evidence[section]))
    )


def _named_rules(section: str, rules: Any) -> Iterator[tuple[str, Any]]:
    """(key, data); the rules of degree levels are an object by level, the others are lists."""
    if section == EvidenceRule.Section.DEGREE_LEVELS:
        yield from rules.items()
    else:
        key = "kind" if section == EvidenceRule.Section.ACTIVITIES else "id"
        yield from ((rule[key], rule) for rule in rules)


def document_of(framework: Framework) -> Document:
    """The document that the framework's rows make up, retired ones left out; not yet checked."""
    return {
        **framework.meta,
        **{name: getattr(framework, name) for name in _HEAD},
        "schema": SCHEMA,
        "id": framework.key,
        **{section: _rows(framework, section) for section in SECTIONS},
        "evidence": _evidence(framework),
    }


def _rows(framework: Framework, section: str) -> list[Document]:
    model, columns, _ = SECTIONS[section]
    related = _related(framework, section)
    rows = model._default_manager.filter(framework=framework, retired=False).order_by("position", "key")
    if section in _RELATIONS:
        rows = rows.select_related(_RELATIONS[section][0])
    return [
        {**row.data, "id": row.key, **{name: _plain(getattr(row, name)) for name in columns}, **related(row)}
        for row in rows
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _related(framework: Framework, section: str) -> Any:
    """A function: row -> the members of its object that other tables hold."""
    if section == "stages":
        musts = _grouped(Target, "stage", "competency__key", framework, must=True)
        return lambda row: {"musts": [must for (must,) in musts[row.pk]]}
    if section == "milestones":
        return lambda row: {"stage": row.stage.key}
    if section == "competencies":
        return _competency_members(framework)
    if section == "resources":
        return _resource_members(framework)
    return lambda row: {}


def _competency_members(framework: Framework) -> Any:
    targets = _grouped(Target, "competency", "stage__key level", framework)
    needs = _grouped(Prerequisite, "competency", "needs__key for_level level data", framework)
    return lambda row: {
        "area": row.area.key,
        "targets": dict(targets[row.pk]),
        "prerequisites": [
            {**data, "id": key, "for_level": at, "level": level} for key, at, level, data in needs[row.pk]
        ],
    }


def _resource_members(framework: Framework) -> Any:
    teaches = _grouped(Teaching, "resource", "competency__key start reached data", framework)
    supports = _grouped(Support, "resource", "competency__key level data", framework)
    return lambda row: {
        "teaches": [{**data, "competency": c, "from": a, "to": b} for c, a, b, data in teaches[row.pk]],
        "supports": [{**data, "competency": c, "level": level} for c, level, data in supports[row.pk]],
    }


def _grouped(
    model: type[models.Model], owner: str, fields: str, framework: Framework, **filters: Any
) -> dict[int, list[tuple[Any, ...]]]:
    """Owner's row id -> tuples of the fields, in the table's order. Rows of retired competencies are left out."""
    grouped: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = model._default_manager.filter(
        **{f"{owner}__framework": framework, f"{owner}__retired": False, "competency__retired": False}, **filters
    )
    for pk, *values in rows.values_list(f"{owner}_id", *fields.split()):
        grouped[pk].append(tuple(values))
    return grouped


def _evidence(framework: Framework) -> Document:
    evidence: Document = dict(framework.meta.get("evidence", {}))
    for section in _RULE_SECTIONS:
        rules = framework.evidence_rules.filter(section=section).order_by("position", "key").values_list("key", "data")
        by_key = section == EvidenceRule.Section.DEGREE_LEVELS
        evidence[section] = dict(rules) if by_key else [data for _, data in rules]
    return evidence
