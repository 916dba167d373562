"""What only our own export holds: levels, marks, hours, plans, answers, adverts, a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.advert_form import are_set_aside, is_advert_form, is_framework_key
from tracker.engine.dates import parse_date
from tracker.models.target import ADVERT_LENGTH
from tracker.queries.counting import Counting, is_key
from tracker.queries.importing import account
from tracker.queries.importing.entries import entries
from tracker.queries.importing.lines import MATCHED, SORTS, Entry, Line, granted, joined
from tracker.queries.importing.rows import MODELS
from tracker.queries.person import Person
from tracker.queries.rules import rules_of
from tracker.templatetags.numbers import hours


class AccountLines:
    """Reads a section that no other file has, those entries left out that are about nothing of the model."""

    def __init__(self, person: Person, document: Mapping[str, Any]) -> None:
        self.person = person
        self.framework = person.framework
        self.counting = Counting(person.framework)
        self.document = document
        self.is_followed: bool | None = None  # whether a plan is under way, once it is asked

    def lines(self, section: str) -> Iterator[Line]:
        reading: dict[str, Callable[[Entry], Line]] = {
            "finished": self._finished,
            "claims": self._claim,
            "confirmed": self._confirmed,
            "milestones": self._milestone,
            "marks": self._mark,
            "waivers": self._waiver,
            "efforts": self._effort,
            "weeks_off": self._week_off,
            "overrides": self._override,
            "plans": self._plan,
            "skips": self._skip,
            "answers": self._remembered,
            "adverts": self._advert,
        }
        for place, entry in enumerate(entries(section, self.document)):
            if self._is_in_model(section, entry):
                yield replace(reading[section](entry), place=str(place))

    def _is_in_model(self, section: str, entry: Entry) -> bool:
        if section == "marks":
            return entry["resource"] in self.framework.resource and entry["status"] in ("started", "dismissed")
        if section == "adverts":
            is_short = len(entry["text"]) <= ADVERT_LENGTH and isinstance(entry.get("employer", ""), str)
            is_placed = is_framework_key(entry.get("read_for", "")) and are_set_aside(entry.get("set_aside", {}))
            return is_short and is_placed and is_advert_form(entry.get("requirements"))
        if section == "answers":
            return entry["section"] in MATCHED and self._can_be_remembered(entry)
        if section in account.SPENT:
            return account.can_be(section, entry, self.framework, self.person.today)
        return section != "waivers" or entry["competency"] in self.framework.competency

    def _can_be_remembered(self, entry: Entry) -> bool:
        """Whether the answer is of a rule that the model has, or of another model, whose rules are not at hand."""
        rule, framework = entry.get("rule", ""), entry.get("framework", "")
        if self._is_of_another(entry):
            return is_key(rule) and is_key(framework)
        return rule in ("", *self._rules(entry["section"]))

    def _is_of_another(self, entry: Entry) -> bool:
        return bool(entry.get("framework", "") != self.counting.scope(MODELS[entry["section"]]))

    def _rules(self, section: str) -> dict[str, str]:
        return rules_of(self.framework, SORTS[section])

    def _finished(self, entry: Entry) -> Line:
        resource = self.framework.resource[entry["resource"]]
        taught = granted(self.framework, {t.competency: t.reached for t in resource.teaches}, resource.basis)
        when = entry.get("date", "")
        return Line("finished", "", entry, resource.title, when, gives=taught, why=_("what it teaches"))

    def _claim(self, entry: Entry) -> Line:
        name = self.framework.competency[entry["competency"]].name
        return Line("claims", "", entry, _("%(name)s: level %(level)s") % {"name": name, "level": entry["level"]},
                    entry.get("date", ""))  # fmt: skip

    def _confirmed(self, entry: Entry) -> Line:
        return replace(self._claim(entry), section="confirmed")

    def _milestone(self, entry: Entry) -> Line:
        met = entry["met"]
        said = _("not met") if met is False else _("met") if met is True else _("met %s") % met
        return Line("milestones", "", entry, self.framework.milestone[entry["milestone"]].name, said)

    def _mark(self, entry: Entry) -> Line:
        status = _("started") if entry["status"] == "started" else _("put aside")
        return Line("marks", "", entry, self.framework.resource[entry["resource"]].title, status)

    def _waiver(self, entry: Entry) -> Line:
        return Line("waivers", "", entry, self.framework.competency[entry["competency"]].name, entry.get("reason", ""))

    def _effort(self, entry: Entry) -> Line:
        resource = self.framework.resource.get(entry.get("resource", ""))
        text = joined(hours(entry["hours"]), resource.title if resource else entry.get("resource"))
        return Line("efforts", "", entry, text, entry["date"])

    def _week_off(self, entry: Entry) -> Line:
        return Line("weeks_off", "", entry, _("The week of %s") % date_format(parse_date(entry["date"]), "j F Y"))

    def _override(self, entry: Entry) -> Line:
        said = [hours(entry["hours"])] if "hours" in entry else []
        said += [f"${entry['cost']:,.2f}"] if "cost" in entry else []
        return Line(
            "overrides", "", entry, self.framework.resource[entry["resource"]].title, joined(*said, entry.get("url"))
        )

    def _plan(self, entry: Entry) -> Line:
        steps = len(entry["answer"]["steps"])
        counted = ngettext("%d step", "%d steps", steps) % steps
        stage = self.framework.stage.get(entry["stage"])
        named = stage.name if stage else entry["stage"]
        text = _("Plan for %(stage)s, %(steps)s") % {"stage": named, "steps": counted}
        begin, end = entry["starts_on"], entry.get("closed_on")
        days = [date_format(parse_date(day), "j F Y") for day in (begin, end) if day]
        if end:
            return Line("plans", "", entry, text, " – ".join(days))  # noqa: RUF001
        if self.is_followed is None:
            self.is_followed = account.follows_a_plan(self.person.user.pk)
        beside = _("you follow one already: it comes in as an earlier plan, closed today") if self.is_followed else ""
        self.is_followed = True
        return Line("plans", "", entry, text, _("under way since %s") % days[0], why=beside)

    def _skip(self, entry: Entry) -> Line:
        return Line("skips", "", entry, self.framework.resource[entry["resource"]].title)

    def _advert(self, entry: Entry) -> Line:
        taken = sum(line["taken"] for line in entry["requirements"])
        counted = ngettext("reviewed, %d line counts", "reviewed, %d lines count", taken) % taken
        said = counted if entry.get("is_reviewed") is True else _("to be looked at")
        why = _("an aim and no part of the log: an undo of the import leaves it")
        return Line("adverts", "", entry, joined(entry["title"], entry.get("employer")), said, why=why)

    def _remembered(self, entry: Entry) -> Line:
        rule = entry.get("rule", "")
        if rule and self._is_of_another(entry):
            return Line("answers", "", entry, entry["text"], _("what it means in another model"))
        means = self._rules(entry["section"])[rule] if rule else _("nothing in the model")
        return Line("answers", "", entry, entry["text"], _("means %s") % means)
