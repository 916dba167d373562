"""A reviewed file becomes rows: one transaction, one event, one undo."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker import clock
from tracker.engine.dates import parse_date
from tracker.engine.framework import TOP_LEVEL
from tracker.engine.weeks import monday_of
from tracker.models import (
    Activity,
    Advert,
    Claim,
    Competency,
    Effort,
    Event,
    ListedSkill,
    Match,
    MatchAnswer,
    Milestone,
    MilestoneWord,
    Plan,
    Resource,
    ResourceMark,
    ResourceOverride,
    Role,
    SkippedStep,
    State,
    Waiver,
    WeekOff,
)
from tracker.models.framework import KEY_LENGTH, FrameworkRow
from tracker.models.plan import HOURS_IN_A_WEEK
from tracker.models.profile import MatchedText
from tracker.models.target import MOST_ADVERTS
from tracker.moments import read_moment
from tracker.queries.counting import Counting
from tracker.queries.elsewhere import ELSEWHERE
from tracker.queries.frameworks import row_about
from tracker.queries.importing.account import BROUGHT, HISTORY, SETTINGS, has_history
from tracker.queries.importing.known import answered_text
from tracker.queries.importing.lines import MATCHED, REFUSED, Line
from tracker.queries.importing.rows import MODELS, fitted, row_of, said_elsewhere, saved_as, texts, written_date
from tracker.queries.person import Person
from tracker.services.entities import reference, restored
from tracker.services.ledger import Change, Outcome, changing
from tracker.services.past import history_restore
from tracker.services.people import preferences_update

ADVERTS = "adverts"
Taken = tuple[Line, str]  # a line and the rule that it shall count as: an id, REFUSED, or "" for none yet

MOST_ELSEWHERE = 500  # skills of other frameworks that one activity showed


@transaction.atomic
def profile_import(*, person: Person, taken: Sequence[Taken], name: str, key: str = "") -> Outcome | None:
    """Save the lines that the person accepted, as one act with one undo. None: nothing changed but settings.

    Settings are no part of the log, as everywhere: undo leaves them. They come first, for days begin and end by the
    time zone among them. `key` names the review, so that its lines come in once however often it is confirmed. An
    import that begins the log with that of its file is marked, for it tells of the account, not of the person.
    """
    _lock(person)
    if any(line.section == HISTORY for line, _rule in taken) and not has_history(person.user.pk):
        key = BROUGHT + key
    entries = [pair for pair in taken if pair[0].section not in (SETTINGS, HISTORY, ADVERTS, ELSEWHERE)]
    settings = [line.entry["fields"] for line, _rule in taken if line.section == SETTINGS]
    fields = {name: value for part in settings for name, value in part.items()}
    if fields:
        preferences_update(preferences=person.preferences, **fields)
    _save_adverts(person, [line for line, _rule in taken if line.section == ADVERTS])
    title = _title(name, len(entries))
    with changing(person.user, kind=Event.Kind.IMPORT, title=title, key=key, preferences=person.preferences) as change:
        if key and Event.objects.filter(user=person.user.pk, kind=Event.Kind.IMPORT, key=key).exists():
            return None
        saved = _saved(change, person, entries)
        for line, _rule in taken:
            if line.section == ELSEWHERE:
                for ref, kept in line.entry["rows"].items():
                    change.save(restored(person.preferences, ref, None, kept))
        for line, _rule in taken:
            if line.section == HISTORY:
                history_restore(preferences=person.preferences, past=line.entry["past"], saved=saved)
    return change.outcome


def _save_adverts(person: Person, lines: Sequence[Line]) -> None:
    """Adverts are aims, no facts: they are no part of the log. As many as there is room for."""
    user: Any = person.user
    kept = set(Advert.objects.filter(user=user).values_list("title", "text"))
    room, now = max(0, MOST_ADVERTS - len(kept)), clock.now()
    for line in [line for line in lines if (line.entry["title"], line.entry["text"]) not in kept][:room]:
        entry = line.entry
        row = Advert(
            user=user,
            requirements=entry["requirements"],
            is_reviewed=entry.get("is_reviewed") is True,
            read_for=entry.get("read_for") or person.framework.id,
            set_aside=entry.get("set_aside", {}),
            logged_at=read_moment(entry.get("logged_at"), now) or now,
            **texts(entry, "title", "employer", "text"),
        )
        fitted(row).save()


def _lock(person: Person) -> None:
    """The state first, as every write does, so that none waits for another the other way round."""
    State.objects.select_for_update().filter(pk=person.user.pk).first()


def _saved(change: Change, person: Person, entries: Sequence[Taken]) -> dict[str, str]:
    """Save the entries; reference of each in the file -> that of its row."""
    builder, saved = _Builder(person, change.today), {}
    for line, rule in entries:
        row = fitted(builder.row(line, rule))
        if isinstance(row, Effort) and not builder.has_room(row):
            continue
        change.save(row)
        for beside in builder.beside(line, rule):
            change.save(beside)
        ref, own = line.entry.get("ref"), reference(row)
        if isinstance(ref, str) and ref.partition(":")[0] == own.partition(":")[0]:
            saved[ref] = own
    return saved


def _title(name: str, count: int) -> str:
    what = ngettext("%d entry", "%d entries", count) % count
    return _("Imported %(name)s: %(what)s") % {"name": name[:120], "what": what}


class _Builder:
    """Entries -> rows, existing ones where there can be only one (a claim, a mark, a word)."""

    def __init__(self, person: Person, today: date) -> None:
        self.person = person
        self.today = today
        self.user: Any = person.user
        self.counting = Counting(person.framework)
        self._found: dict[type[models.Model], dict[str, Any]] = {}
        self._hours: defaultdict[date, Decimal] | None = None  # by week, once they are asked for
        self._ticked: set[str] = set()  # competencies that got their claim of this file

    def row(self, line: Line, rule: str) -> models.Model:
        build = getattr(self, f"_{line.section}")
        row: models.Model = build(line, rule)
        now = clock.now()
        # When it was logged first, as an own export says; now where it does not.
        if line.changes is None:
            row.logged_at = read_moment(line.entry.get("logged_at"), now) or now  # type: ignore[attr-defined]
        return row

    def beside(self, line: Line, rule: str) -> Iterator[models.Model]:
        """What comes of the line besides: the level that a file gives a skill, and the person's answer, remembered."""
        if line.level is not None and rule in self.person.framework.competency:
            yield from self._level_beside(rule, line.level)
        if line.section in MATCHED and rule and rule != line.rule:
            scope = self.counting.scope(MODELS[line.section])
            yield self._answer(line.section, answered_text(line.text), scope, "" if rule == REFUSED else rule)

    def _level_beside(self, competency: str, level: int) -> Iterator[Claim]:
        """A claim where the person has none; of several levels in one file the highest."""
        row: Claim = self._only(Claim, Competency, "competency", competency)
        if row._state.adding or (competency in self._ticked and level > row.level):
            self._ticked.add(competency)
            row.level, row.origin, row.on = level, Claim.Origin.IMPORT, self.today
            yield row

    def _answer(self, section: str, text: str, framework: str, rule: str) -> MatchAnswer:
        if MatchAnswer not in self._found:
            rows = MatchAnswer.objects.filter(user=self.user)
            self._found[MatchAnswer] = {f"{row.section} {row.framework} {row.text}": row for row in rows}
        blank = MatchAnswer(user=self.user, section=section, framework=framework, text=text)
        row: MatchAnswer = self._found[MatchAnswer].setdefault(f"{section} {framework} {text}", blank)
        row.rule = rule
        return row

    def _degrees(self, line: Line, rule: str) -> MatchedText:
        return self._matched(row_of(line), line, rule)

    def _roles(self, line: Line, rule: str) -> MatchedText:
        if line.changes is not None and (there := Role.objects.filter(user=self.user, pk=line.changes).first()):
            there.end = line.entry["end"]
            return there
        return self._matched(row_of(line), line, rule)

    def _certifications(self, line: Line, rule: str) -> MatchedText:
        return self._matched(row_of(line), line, rule)

    def _activities(self, line: Line, _rule: str) -> Activity:
        row: Activity = row_of(line)
        row.user = self.user
        row.levels |= _levels_elsewhere(line.entry.get("elsewhere"))
        return row

    def _skills(self, line: Line, rule: str) -> ListedSkill:
        new: ListedSkill = row_of(line)
        if ListedSkill not in self._found:
            self._found[ListedSkill] = {row.text: row for row in ListedSkill.objects.filter(user=self.user)}
        row: ListedSkill = self._found[ListedSkill].setdefault(new.text, new)
        row.on = new.on
        self._matched(row, line, rule)
        return row

    def _matched(self, row: MatchedText, line: Line, rule: str) -> MatchedText:
        """The row with its owner, what it counts as and how that came about."""
        row.user = self.user
        is_restored = self._restore(row, line)
        if is_restored and rule == line.rule:
            return row
        if not is_restored and row._state.adding and not self.counting.is_shipped:
            self.counting.match(row)
        self.counting.put(row, *_match(line, rule))
        return row

    def _restore(self, row: MatchedText, line: Line) -> bool:
        """Give the row what an own export says that it was saved as, answers under other models with it; False where
        the file does not say it."""
        kept, match = saved_as(line.section, line.entry), line.entry.get("match")
        if kept is None and self.counting.is_shipped and match in Match.values:
            kept = line.rule, match
        if kept is None:
            return False
        row.rule, row.match = kept
        row.elsewhere = said_elsewhere(line.entry)
        return True

    def _claims(self, line: Line, _rule: str) -> Claim:
        entry = line.entry
        row: Claim = self._only(Claim, Competency, "competency", entry["competency"])
        origin = entry.get("origin", "")
        row.level, row.origin = entry["level"], origin if origin in Claim.Origin.values else Claim.Origin.IMPORT
        return self._said(row, entry, None)

    def _said(self, row: Claim, entry: Mapping[str, Any], otherwise: date | None) -> Claim:
        """The claim with its note, link and day: one that has come, for a claim of tomorrow counts only then."""
        written = written_date(entry.get("date"))
        row.on = min(parse_date(written), self.today) if written else otherwise
        for name, value in texts(entry, "note", "link").items():
            setattr(row, name, value)
        return row

    def _confirmed(self, line: Line, _rule: str) -> Claim:
        row: Claim = self._only(Claim, Competency, "competency", line.entry["competency"])
        row.level, row.origin = line.entry["level"], Claim.Origin.OFFER
        return self._said(row, line.entry, self.today)

    def _finished(self, line: Line, _rule: str) -> ResourceMark:
        return self._mark(line.entry, ResourceMark.Status.FINISHED)

    def _marks(self, line: Line, _rule: str) -> ResourceMark:
        return self._mark(line.entry, line.entry["status"])

    def _mark(self, entry: Mapping[str, Any], status: str) -> ResourceMark:
        row: ResourceMark = self._only(ResourceMark, Resource, "resource", entry["resource"])
        rating = entry.get("rating")
        row.status, row.on, row.hours = status, written_date(entry.get("date")), entry.get("hours")
        row.rating = rating if isinstance(rating, int) and 1 <= rating <= 5 else None
        return row

    def _milestones(self, line: Line, _rule: str) -> MilestoneWord:
        row: MilestoneWord = self._only(MilestoneWord, Milestone, "milestone", line.entry["milestone"])
        met = line.entry["met"]
        row.met, row.on = met is not False, "" if isinstance(met, bool) else met
        return row

    def _efforts(self, line: Line, _rule: str) -> Effort:
        entry = line.entry
        on, hours = parse_date(entry["date"]), Decimal(str(entry["hours"]))
        return Effort(user=self.user, on=on, hours=hours, resource=entry.get("resource", ""))

    def has_room(self, row: Effort) -> bool:
        """Whether the week of the row has so many hours left; they are counted in."""
        if self._hours is None:
            self._hours = defaultdict(Decimal)
            for on, hours in Effort.objects.filter(user=self.user).values_list("on", "hours"):
                self._hours[monday_of(on)] += hours
        week = monday_of(row.on)
        if self._hours[week] + row.hours > HOURS_IN_A_WEEK:
            return False
        self._hours[week] += row.hours
        return True

    def _weeks_off(self, line: Line, _rule: str) -> WeekOff:
        week = monday_of(parse_date(line.entry["date"]))
        if WeekOff not in self._found:
            self._found[WeekOff] = {str(row.week): row for row in WeekOff.objects.filter(user=self.user)}
        row: WeekOff = self._found[WeekOff].setdefault(str(week), WeekOff(user=self.user, week=week))
        return row

    def _overrides(self, line: Line, _rule: str) -> ResourceOverride:
        row: ResourceOverride = self._only(ResourceOverride, Resource, "resource", line.entry["resource"])
        row.hours, row.cost = line.entry.get("hours"), line.entry.get("cost")
        row.url = texts(line.entry, "url").get("url", "")
        return row

    def _plans(self, line: Line, _rule: str) -> Plan:
        """The plan as the file has it; one that is under way there comes in closed where another is under way here."""
        entry = line.entry
        begin, end = parse_date(entry["starts_on"]), entry.get("closed_on")
        if not end and self._is_followed():
            end = max(begin, self.today).isoformat()
        return Plan(
            user=self.user,
            stage=entry["stage"],
            question=entry["question"],
            answer=entry["answer"],
            starts_on=begin,
            closed_on=parse_date(end) if end else None,
        )

    def _is_followed(self) -> bool:
        """Whether a plan is under way; asked row by row, for one may have come in with the same file."""
        return Plan.objects.filter(user=self.user, closed_on=None).exists()

    def _answers(self, line: Line, _rule: str) -> MatchAnswer:
        entry = line.entry
        text = answered_text(entry["text"])
        return self._answer(entry["section"], text, entry.get("framework", ""), entry.get("rule", ""))

    def _skips(self, line: Line, _rule: str) -> SkippedStep:
        row: SkippedStep = self._only(SkippedStep, Resource, "resource", line.entry["resource"])
        return row

    def _waivers(self, line: Line, _rule: str) -> Waiver:
        row: Waiver = self._only(Waiver, Competency, "competency", line.entry["competency"])
        row.reason = texts(line.entry, "reason").get("reason", "")
        return row

    def _only(self, model: type[models.Model], about: type[FrameworkRow], name: str, key: str) -> Any:
        """The user's row about that thing, a new one where there is none yet."""
        if model not in self._found:
            rows = model._default_manager.select_related(name).filter(user=self.user)
            self._found[model] = {getattr(row, name).key: row for row in rows}
        known = self._found[model].get(key)
        if known is None:
            thing = row_about(about, self.person.preferences.framework_id, key)
            known = self._found[model][key] = model(user=self.user, **{name: thing})
        return known


def _levels_elsewhere(given: object) -> dict[str, int]:
    """Levels that an activity showed in skills of other frameworks, as an export writes them."""
    if not isinstance(given, Mapping) or len(given) > MOST_ELSEWHERE:
        return {}
    fits = (
        isinstance(c, str) and len(c) <= KEY_LENGTH and type(n) is int and 0 <= n <= TOP_LEVEL for c, n in given.items()
    )
    return dict(given) if all(fits) else {}


def _match(line: Line, rule: str) -> tuple[str, str]:
    """The `rule` and `match` of the line. What the file itself said stays as it said it."""
    kept = line.entry.get("match", "")
    if rule == line.rule and kept in Match.values:
        return rule, kept
    if rule == REFUSED:
        return "", Match.REFUSED
    if not rule:
        return "", Match.UNSURE if line.matching.is_asked else Match.NONE
    is_found = line.matching.is_accepted and rule == line.matching.id
    return rule, Match.MATCHED if is_found else Match.CONFIRMED
