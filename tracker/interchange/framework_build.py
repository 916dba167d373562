"""A checked framework document as the engine's value. Members that are optional in the document may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from tracker.engine import framework as engine
from tracker.engine.framework import Basis
from tracker.interchange.framework_check import exact

Row: TypeAlias = Mapping[str, Any]

BRACKETS = ("under_2", "2_to_5", "over_5")
DAYS_OF_PERIOD = {"week": 7, "month": 30, "quarter": 91, "half-year": 182, "year": 365}
# A degree level that has no rule of its own reads this one.
SHARED_DEGREE_RULE = {"associate": "associate_or_bootcamp", "bootcamp": "associate_or_bootcamp"}


def build(document: Row) -> engine.Framework:
    """The value of a document in its complete form (see `framework_form.complete`) that has no problems."""
    return engine.Framework(
        id=document["id"],
        version=document["version"],
        title=document["title"],
        areas=tuple(engine.Area(a["id"], a["name"], _text(a, "summary")) for a in document["areas"]),
        stages=tuple(_stage(row) for row in document["stages"]),
        competencies=tuple(_competency(row) for row in document["competencies"]),
        milestones=tuple(_milestone(row) for row in document["milestones"]),
        habits=tuple(_habit(row) for row in document["habits"]),
        evidence=_evidence(document["evidence"]),
        resources=tuple(_resource(row) for row in document["resources"]),
        effort_floors={int(step): exact(hours) for step, hours in document.get("effort_floors", {}).items()},
        scale=_scale(document.get("scale", ())),
        document=document,
    )


def _text(row: Row, key: str) -> str:
    """A text that the document need not have, and that other frameworks may use for something else."""
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _texts(row: Row, key: str) -> tuple[str, ...]:
    value = row.get(key)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def _scale(rows: list[Row]) -> tuple[str, ...]:
    names = list(engine.Framework.scale)
    for row in rows:
        names[row["level"]] = row["name"]
    return tuple(names)


def _stage(row: Row) -> engine.Stage:
    return engine.Stage(row["id"], row["name"], exact(row["pass_mark"]), tuple(row["musts"]), _text(row, "typical"))


def _competency(row: Row) -> engine.Competency:
    basis = row.get("weight_basis")
    return engine.Competency(
        id=row["id"],
        name=row["name"],
        area=row["area"],
        weight=row["weight"],
        targets={stage: level for stage, level in row["targets"].items() if level},
        levels={int(level): text for level, text in row["levels"].items()},
        prerequisites=tuple(
            engine.Prerequisite(row["id"], p["for_level"], p["id"], p["level"]) for p in row["prerequisites"]
        ),
        aliases=tuple(row["aliases"]),
        summary=_text(row, "summary"),
        shelf_life_months=row["shelf_life_months"],
        weight_basis=basis if isinstance(basis, Mapping) else {},
        sources=row.get("sources"),
    )


def _milestone(row: Row) -> engine.Milestone:
    return engine.Milestone(
        id=row["id"],
        name=row["name"],
        stage=row["stage"],
        required=row["required"],
        met_by=tuple(_condition(condition) for condition in row["met_by"]),
        need=_text(row, "need"),
        how=_text(row, "how"),
        seed=_texts(row, "seed"),
    )


def _condition(row: Row) -> engine.Condition:
    return engine.Condition(
        degree=row.get("degree", ""),
        fields=tuple(row.get("fields", ())),
        families=tuple(row.get("family", ())),
        years=exact(row.get("years", 0)),
        activities=tuple(row.get("activity", ())),
        count=row.get("count", 1),
        certificate=row.get("certificate", ""),
        words=_text(row, "as"),
    )


def _habit(row: Row) -> engine.Habit:
    cadence = row.get("cadence")
    timing = cadence if isinstance(cadence, Mapping) else {}
    return engine.Habit(
        id=row["id"],
        name=row["name"],
        cadence=_text(row, "proposed_cadence") or _text(row, "cadence"),
        kinds=tuple(row.get("kinds", ())),
        count=timing.get("count", 1),
        days=DAYS_OF_PERIOD[timing.get("period", "month")],
        how=_text(row, "how"),
        seed=_texts(row, "seed"),
    )


def _resource(row: Row) -> engine.Resource:
    return engine.Resource(
        id=row["id"],
        title=row["title"],
        kind=row["kind"],
        hours=exact(row["hours"]),
        mode=row["mode"],
        cost=exact(row["cost"]),
        language=row.get("language", ""),
        status=row["status"],
        url=row.get("url", ""),
        provider=row.get("provider", ""),
        certification=row.get("certification", ""),
        teaches=tuple(engine.Teaching(t["competency"], t["from"], t["to"]) for t in row["teaches"]),
        supports=tuple((s["competency"], s["level"]) for s in row["supports"]),
        core=row.get("core") is True,
        hours_basis=_text(row, "hours_basis"),
        url_check=_url_check(row),
        note=_text(row, "note"),
        price=_text(row, "price"),
        reading=tuple(row.get("reading", ())),
    )


def _url_check(row: Row) -> str:
    check = row.get("url_check")
    return _text(check, "status") if isinstance(check, Mapping) else _text(row, "url_check")


def _evidence(rules: Row) -> engine.EvidenceRules:
    return engine.EvidenceRules(
        caps=_caps(rules),
        degrees=tuple(
            engine.DegreeRule(r["id"], tuple(r.get("fields", ())), r.get("bachelor", {})) for r in rules["degrees"]
        ),
        degree_levels=_degree_levels(rules["degree_level_rules"]),
        roles=tuple(_role(row) for row in rules["roles"]),
        certifications=tuple(_certification(row) for row in rules["certifications"]),
        activities=tuple(
            engine.ActivityRule(r["kind"], Basis[r["basis"].upper()], r["cap"]) for r in rules["activities"]
        ),
        listed_skill=_listed_skill(rules.get("listed_skill")),
    )


def _caps(rules: Row) -> dict[Basis, int]:
    if "caps" not in rules:
        return dict(engine.DEFAULT_CAPS)
    return {Basis[basis.upper()]: level for basis, level in rules["caps"].items()}


def _degree_levels(rules: Row) -> dict[str, engine.DegreeLevelRule]:
    """A bachelor counts as listed whatever the document says or leaves out; other levels by their rule alone."""
    levels = {"bachelor": engine.DegreeLevelRule()}
    for level in ("bachelor", "associate", "bootcamp", *rules):
        rule = rules.get(level, rules.get(SHARED_DEGREE_RULE.get(level, "")))
        if rule is not None and level not in SHARED_DEGREE_RULE.values():
            levels[level] = _degree_level(rule)
    return levels


def _degree_level(rule: str | Row) -> engine.DegreeLevelRule:
    if isinstance(rule, str):
        return engine.DegreeLevelRule()
    shift = rule.get("raise_listed_by", 0) - rule.get("lower_listed_by", 0)
    return engine.DegreeLevelRule(shift, rule.get("cap", engine.TOP_LEVEL), rule.get("also", {}))


def _role(row: Row) -> engine.RoleRule:
    added, offers = row.get("add_by_years", {}), row.get("offers", {})
    return engine.RoleRule(
        id=row["id"],
        titles=tuple(row.get("titles", ())),
        base=row.get("base", {}),
        add_by_bracket=(added.get(BRACKETS[0], 0), added.get(BRACKETS[1], 0), added.get(BRACKETS[2], 0)),
        cap=row.get("cap", engine.TOP_LEVEL),
        offers=(offers.get(BRACKETS[0], {}), offers.get(BRACKETS[1], {}), offers.get(BRACKETS[2], {})),
    )


def _certification(row: Row) -> engine.CertificationRule:
    return engine.CertificationRule(
        id=row["id"],
        title=row.get("title", row["id"]),
        aliases=tuple(row.get("aliases", ())),
        grants=row.get("grants", {}),
        validity_years=row.get("validity_years"),
        retired=_text(row, "retired"),
    )


def _listed_skill(row: Row | None) -> engine.ListedSkillRule | None:
    if row is None:
        return None
    return engine.ListedSkillRule(row["level"], Basis[row.get("basis", "inferred").upper()], row.get("offer", 0))
