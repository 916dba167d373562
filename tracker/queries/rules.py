"""What items may count as: the rules of a framework by kind of item, with the names that a person reads."""

from __future__ import annotations

from tracker.engine.framework import Framework


def rules_of(framework: Framework, sort: str) -> dict[str, str]:
    """Rule id -> its name, for `degree`, `role`, `certification` and `skill`; empty for what is not matched."""
    if sort == "degree":
        return {rule.id: rule.names[0] if rule.names else rule.id for rule in framework.evidence.degrees}
    if sort == "role":
        return {rule.id: rule.name for rule in framework.evidence.roles}
    if sort == "certification":
        return {rule.id: rule.title for rule in framework.evidence.certifications}
    if sort == "skill":
        return {c.id: c.name for c in framework.competencies}
    return {}


def activity_word(kind: str) -> str:
    """`led-project` as people say it."""
    return kind.replace("-", " ")
