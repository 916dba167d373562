"""What a person answers on the review of a file: kept while a row is corrected, and what is taken by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.http import QueryDict

from tracker.queries.importing.lines import AS_TEXT, AS_TICKED, EVERYTHING, NOTHING, REFUSED, Group, Line, Review


@dataclass(frozen=True, slots=True)
class Choices:
    """Only what differs from the proposal, so that the rest follows when a row is corrected. `wholes`: group -> what of
    it is taken; `ticks`: row -> whether it is; `rules`: row -> what it shall count as; `misfits`: rows and groups whose
    answer was not offered."""

    wholes: Mapping[str, str] = field(default_factory=dict)
    ticks: Mapping[str, bool] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    misfits: tuple[str, ...] = ()

    def without_rule(self, row: str) -> Choices:
        """The choices for a row whose words are others now: what it counts as is found anew."""
        return replace(self, rules={name: rule for name, rule in self.rules.items() if name != row})

    def as_json(self) -> dict[str, Any]:
        """The choices as JSON values, of which `Choices(**values)` makes them again; misfits are none."""
        values = asdict(self)
        del values["misfits"]
        return values


def read_choices(review: Review, sent: QueryDict) -> Choices:
    """The answers of the page's form to the review as it is proposed."""
    wholes, ticks, rules = {}, {}, {}
    misfits = []
    for group in review.groups:
        whole = sent.get(f"all-{group.id}", AS_TICKED)
        if whole in (EVERYTHING, AS_TEXT, NOTHING):
            wholes[group.id] = whole
        elif whole != AS_TICKED:
            misfits.append(group.id)
        ticked = set(sent.getlist(f"take-{group.id}"))
        for line in group.shown:
            if (line.place in ticked) != line.is_ticked:
                ticks[line.row] = line.place in ticked
            rule = sent.get(f"rule-{line.row}", line.rule)
            if not _is_offered(line, rule):
                misfits.append(line.row)
            elif rule != line.rule:
                rules[line.row] = rule
    return Choices(wholes, ticks, rules, tuple(misfits))


def with_choices(review: Review, choices: Choices) -> Review:
    """The review as the person answered it; what a row does not offer any more is as proposed."""
    return replace(review, groups=tuple(_answered(group, choices) for group in review.groups))


def _answered(group: Group, choices: Choices) -> Group:
    lines = []
    for line in group.lines:
        rule = choices.rules.get(line.row)
        chosen = rule if rule is not None and _is_offered(line, rule) else None
        lines.append(replace(line, ticked=choices.ticks.get(line.row), chosen=chosen))
    return replace(group, lines=tuple(lines), whole=choices.wholes.get(group.id, AS_TICKED))


def _is_offered(line: Line, rule: str) -> bool:
    return rule in ("", REFUSED, line.rule, *(option.id for option in line.options))


def taken_lines(review: Review) -> list[tuple[Line, str]]:
    """Each line that the person takes, with the rule that it shall count as."""
    return [pair for group in review.groups for pair in _taken_of(group)]


def _taken_of(group: Group) -> Iterator[tuple[Line, str]]:
    for line in group.lines if group.whole != NOTHING else ():
        if group.whole == EVERYTHING or line.is_ticked:
            yield line, REFUSED if group.whole == AS_TEXT else line.counts_as
