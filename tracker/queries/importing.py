"""What a file would bring: every entry as a row to accept, change or refuse. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.advert_form import is_advert_form
from tracker.engine.dates import parse_date
from tracker.engine.evidence import degree_grants, months_in, role_grants
from tracker.engine.framework import Basis, Framework
from tracker.engine.profile import Role as RoleValue
from tracker.interchange.dates import day_of
from tracker.interchange.reading import Origin, Reading
from tracker.matching import Match as Matching
from tracker.matching import Matcher, matcher_of
from tracker.matching.match import accepted
from tracker.models import Advert, MatchAnswer
from tracker.models.target import ADVERT_LENGTH, MOST_ADVERTS
from tracker.queries import importing_own as own
from tracker.queries.elsewhere import ELSEWHERE, read_elsewhere
from tracker.queries.importing_known import Known, answered_text, read_known
from tracker.queries.importing_prose import spoken_of
from tracker.queries.person import Person
from tracker.templatetags.numbers import hours

Entry = Mapping[str, Any]

REFUSED = "none"  # of a rule: the person says that none fits
NAMES = {
    "degrees": gettext_lazy("Degrees"),
    "roles": gettext_lazy("Roles"),
    "certifications": gettext_lazy("Certificates"),
    "activities": gettext_lazy("Activities"),
    "skills": gettext_lazy("Listed skills"),
    "claims": gettext_lazy("Levels ticked"),
    "confirmed": gettext_lazy("Offers confirmed"),
    "finished": gettext_lazy("Resources finished"),
    "milestones": gettext_lazy("Milestones, by your word"),
    "marks": gettext_lazy("Resources started or put aside"),
    "waivers": gettext_lazy("Skills that are not for your path"),
    "efforts": gettext_lazy("Hours logged"),
    "weeks_off": gettext_lazy("Weeks off"),
    "overrides": gettext_lazy("Your own figures of resources"),
    "plans": gettext_lazy("Plans"),
    "skips": gettext_lazy("Steps left out of plans"),
    "answers": gettext_lazy("Your answers to earlier imports"),
    "adverts": gettext_lazy("Job adverts"),
}
MATCHED = ("degrees", "roles", "certifications", "skills")
MOST_SHOWN = 800  # rows of all groups one by one, for the same reason
MOST_SINGLE = 120  # of a longer group the rest goes as the group goes: forms have a bounded number of fields
SHOWN_GRANTS = 3


@dataclass(frozen=True, slots=True)
class Option:
    """A rule that the text may count as."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the file. `rule` is what it counts as unless the person says otherwise; `gives` what that would
    be evidence for, `why` by what; `known` says what of the profile it repeats; `origin` where in the file it stands,
    `said` what the file says of it beyond its text, `level` the one that a table gives it; `is_remembered`: matched as
    the person answered once before; `changes`: the row of the profile whose end it brings."""

    section: str
    index: int
    entry: Entry
    text: str
    when: str = ""
    matching: Matching = field(default_factory=Matching)
    rule: str = ""
    rule_name: str = ""
    options: tuple[Option, ...] = ()
    gives: tuple[tuple[str, int], ...] = ()
    why: str = ""
    known: str = ""
    origin: Origin | None = None
    said: str = ""
    level: int | None = None
    is_remembered: bool = False
    changes: int | None = None
    is_single: bool = True

    @property
    def is_asked(self) -> bool:
        is_open = not self.rule and not self.is_remembered
        return self.matching.is_asked and is_open and self.entry.get("match") != "refused"

    @property
    def first(self) -> tuple[tuple[str, int], ...]:
        return self.gives[:SHOWN_GRANTS]

    @property
    def rest(self) -> tuple[tuple[str, int], ...]:
        return self.gives[SHOWN_GRANTS:]


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    lines: tuple[Line, ...]

    @property
    def is_matched(self) -> bool:
        return self.id in MATCHED

    @property
    def beyond(self) -> int:
        """How many rows are not shown one by one."""
        return sum(not line.is_single for line in self.lines)

    @property
    def shown(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_single)


@dataclass(frozen=True, slots=True)
class Review:
    """`left`: what of the file is not offered, and why."""

    groups: tuple[Group, ...]
    left: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[Line]:
        return (line for group in self.groups for line in group.lines)

    @property
    def asked(self) -> int:
        return sum(line.is_asked and not line.known for line in self.lines)

    @property
    def repeated(self) -> int:
        return sum(bool(line.known) for line in self.lines)

    @property
    def new(self) -> int:
        return sum(not line.known for line in self.lines)


def read_review(person: Person, reading: Reading) -> Review:
    """The reading, its document found valid before, row by row against what the person has logged already."""
    document = reading.document
    known = read_known(person.user.pk)
    reader = _Reader(person, matcher_of(person.framework), reading, _answers(person))
    groups, room = [], MOST_SHOWN
    for section in NAMES:
        lines = tuple(_marked(known, reader.lines(section, document), min(room, MOST_SINGLE)))
        room = max(0, room - len(lines))
        if lines:
            groups.append(Group(section, str(NAMES[section]), lines))
    settings = tuple(_settings(person, document))
    if settings:
        groups.append(Group(own.SETTINGS, _("Settings"), settings))
    if rows := read_elsewhere(person, document):
        said = ngettext("%d entry about another model", "%d entries about other models", len(rows)) % len(rows)
        why = _("counts once you aim at that model")
        groups.append(Group(ELSEWHERE, _("Other models"), (Line(ELSEWHERE, 0, {"rows": rows}, said, why=why),)))
    left = (*_plans_left(groups, document), *_adverts_left(person, groups, document))
    past = own.read_past(document)
    if not past:
        return Review(tuple(groups), left)
    if own.has_history(person.user.pk):
        why = _("The history in the file is not taken: yours has begun already, and two would contradict each other.")
        return Review(tuple(groups), (*left, why))
    line = Line(own.HISTORY, 0, {"past": past}, own.past_in_words(past), why=_("your chart and your log go on from it"))
    return Review((*groups, Group(own.HISTORY, _("History"), (line,))), left)


def _plans_left(groups: Iterable[Group], document: Mapping[str, Any]) -> Iterator[str]:
    """Of plans it is said when some are not offered: one that is followed would be missed."""
    offered = sum(len(group.lines) for group in groups if group.id == "plans")
    if number := own.in_account(document, "plans") - offered:
        yield (
            ngettext(
                "%d plan of the file is not taken: it is not as an export writes it, or its stage is not in the model.",
                "%d plans of the file are not taken: they are not as an export writes them, or their stages are not in "
                "the model.",
                number,
            )
            % number
        )


def _adverts_left(person: Person, groups: Iterable[Group], document: Mapping[str, Any]) -> Iterator[str]:
    """Adverts of the file for which there is no room, or that are not as an export writes them."""
    offered = sum(not line.known for group in groups if group.id == "adverts" for line in group.lines)
    known = sum(bool(line.known) for group in groups if group.id == "adverts" for line in group.lines)
    room = MOST_ADVERTS - Advert.objects.filter(user=person.user.pk).count() if offered else 0
    if number := own.in_account(document, "adverts") - offered - known + max(0, offered - room):
        yield (
            ngettext(
                "%d job advert of the file is not taken: it is not as an export writes it, or there is no room for it.",
                "%d job adverts of the file are not taken: they are not as an export writes them, or there is no room.",
                number,
            )
            % number
        )


def _settings(person: Person, document: Mapping[str, Any]) -> Iterator[Line]:
    for number, (fields, said, replaced) in enumerate(own.read_settings(person, document)):
        yield Line(own.SETTINGS, number, {"fields": fields}, said, known=replaced)


def _marked(known: Known, lines: Iterable[Line], singles: int) -> Iterator[Line]:
    """Each line with what it repeats: of the profile, or of an earlier line of the same file; of a role that is there
    with another end, what becomes of it. The first `singles` are shown one by one."""
    seen: set[object] = set()
    for number, line in enumerate(lines):
        key = known.key(line.section, line.entry)
        is_own = "logged_at" in line.entry  # two that an export tells apart are two
        twice = _("stands twice in the file") if key in seen and not is_own else ""
        said = known.said(line.section, line.entry) or twice
        seen.add(key)
        line = replace(line, index=number, known=said, is_single=number < singles)
        yield line if said or is_own else _ended(known, line)


def _ended(known: Known, line: Line) -> Line:
    """A role that is there still open, with the end that the file brings; one that is there with an end stands."""
    there = known.begun(line.section, line.entry)
    if there is None:
        return line
    pk, end = there
    given = line.entry.get("end")
    if given and not end:
        return replace(line, changes=pk, said=_("you have it without an end: %s is put in") % given)
    return replace(line, known=_("you have it until %s; yours stands") % (end or _("now")))


def _answers(person: Person) -> dict[tuple[str, str], str]:
    """(section, folded text) -> what the person said that it means."""
    rows = MatchAnswer.objects.filter(user=person.user.pk).values_list("section", "text", "rule")
    return {(section, text): rule for section, text, rule in rows}


class _Reader:
    def __init__(
        self, person: Person, matcher: Matcher, reading: Reading, answers: Mapping[tuple[str, str], str]
    ) -> None:
        self.reading = reading
        self.answers = answers
        self.person = person
        self.framework: Framework = person.framework
        self.matcher = matcher
        self.is_followed: bool | None = None  # whether a plan is under way, once it is asked

    def lines(self, section: str, document: Mapping[str, Any]) -> Iterator[Line]:
        reading: dict[str, Callable[[Entry], Line]] = {
            "degrees": self._degree,
            "roles": self._role,
            "certifications": self._certification,
            "activities": self._activity,
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
        if section == "skills":
            yield from (line for line in self._skills(document) if _is_named(line.text))
            return
        for place, entry in enumerate(entries(section, document)):
            if self._is_in_model(section, entry) and all(_is_named(entry[name]) for name in _NAMED.get(section, ())):
                yield replace(reading[section](entry), origin=self.reading.origins.get(f"{section}[{place}]"))

    def _is_in_model(self, section: str, entry: Entry) -> bool:
        """Whether what only our own export has is about something that the model has."""
        if section == "marks":
            return entry["resource"] in self.framework.resource and entry["status"] in ("started", "dismissed")
        if section == "adverts":
            is_short = len(entry["text"]) <= ADVERT_LENGTH and isinstance(entry.get("employer", ""), str)
            return is_short and is_advert_form(entry.get("requirements"))
        if section == "answers":
            return entry["section"] in MATCHED and entry.get("rule", "") in ("", *self.names(entry["section"]))
        if section in own.SPENT:
            return own.can_be(section, entry, self.framework, self.person.today)
        return section != "waivers" or entry["competency"] in self.framework.competency

    def _degree(self, entry: Entry) -> Line:
        text = entry.get("title") or entry["field"] or entry["level"]
        line = self._matched(
            "degrees", entry, text, entry.get("field_id", ""), self.matcher.field(entry["field"] or text)
        )
        grants = degree_grants(self.framework, line.rule, entry["level"]) if entry.get("completed", True) else {}
        why = _("inferred from the field and the level") if grants else ""
        if not entry.get("completed", True):
            why = _("not finished: gives nothing yet")
        return self._giving(line, grants, Basis.INFERRED, why, _joined(entry.get("institution"), entry.get("end")))

    def _role(self, entry: Entry) -> Line:
        line = self._matched("roles", entry, entry["title"], entry.get("family", ""), self.matcher.role(entry["title"]))
        start, end = day_of(entry.get("start", "")), day_of(entry.get("end", ""))
        months = months_in([RoleValue("", start=start, end=end)], self.person.today)
        grants = role_grants(self.framework, line.rule, months) if line.rule in self.framework.role_rule else {}
        whole = ngettext("%d whole year", "%d whole years", months // 12) % (months // 12)
        years = whole if months >= 12 else _("less than a year")
        why = _("inferred from the title and %s; years in one kind of role add up") % years
        span = f"{entry.get('start', '?')} – {entry.get('end') or _('now')}"  # noqa: RUF001
        return self._giving(line, grants, Basis.INFERRED, why, _joined(entry.get("employer"), span))

    def _certification(self, entry: Entry) -> Line:
        matching = self.matcher.certificate(entry["name"], entry.get("issuer", ""))
        line = self._matched("certifications", entry, entry["name"], entry.get("rule", ""), matching)
        rule = self.framework.certification_rule.get(line.rule)
        when = _joined(entry.get("issuer"), entry.get("date"))
        return self._giving(line, rule.grants if rule else {}, Basis.CREDENTIAL, _("a certificate passed"), when)

    def _activity(self, entry: Entry) -> Line:
        rule = self.framework.activity_rule.get(entry["kind"])
        shown = {c: min(level, rule.cap) for c, level in entry.get("competencies", {}).items()} if rule else {}
        line = Line("activities", 0, entry, entry["title"])
        when = _joined(entry["kind"].replace("-", " "), entry.get("date"))
        why = _("something done") if shown else _("kept; say on your profile which skills it shows")
        return self._giving(line, shown, rule.basis if rule else Basis.INFERRED, why, when)

    def _finished(self, entry: Entry) -> Line:
        resource = self.framework.resource[entry["resource"]]
        line = Line("finished", 0, entry, resource.title)
        taught = {t.competency: t.reached for t in resource.teaches}
        return self._giving(line, taught, resource.basis, _("what it teaches"), entry.get("date", ""))

    def _claim(self, entry: Entry) -> Line:
        name = self.framework.competency[entry["competency"]].name
        return Line("claims", 0, entry, _("%(name)s: level %(level)s") % {"name": name, "level": entry["level"]},
                    entry.get("date", ""))  # fmt: skip

    def _confirmed(self, entry: Entry) -> Line:
        return replace(self._claim(entry), section="confirmed")

    def _milestone(self, entry: Entry) -> Line:
        met = entry["met"]
        said = _("not met") if met is False else _("met") if met is True else _("met %s") % met
        return Line("milestones", 0, entry, self.framework.milestone[entry["milestone"]].name, said)

    def _mark(self, entry: Entry) -> Line:
        status = _("started") if entry["status"] == "started" else _("put aside")
        return Line("marks", 0, entry, self.framework.resource[entry["resource"]].title, status)

    def _waiver(self, entry: Entry) -> Line:
        return Line("waivers", 0, entry, self.framework.competency[entry["competency"]].name, entry.get("reason", ""))

    def _effort(self, entry: Entry) -> Line:
        resource = self.framework.resource.get(entry.get("resource", ""))
        text = _joined(hours(entry["hours"]), resource.title if resource else entry.get("resource"))
        return Line("efforts", 0, entry, text, entry["date"])

    def _week_off(self, entry: Entry) -> Line:
        return Line("weeks_off", 0, entry, _("The week of %s") % date_format(parse_date(entry["date"]), "j F Y"))

    def _override(self, entry: Entry) -> Line:
        said = [hours(entry["hours"])] if "hours" in entry else []
        said += [f"${entry['cost']:,.2f}"] if "cost" in entry else []
        return Line(
            "overrides", 0, entry, self.framework.resource[entry["resource"]].title, _joined(*said, entry.get("url"))
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
            return Line("plans", 0, entry, text, " – ".join(days))  # noqa: RUF001
        if self.is_followed is None:
            self.is_followed = own.follows_a_plan(self.person.user.pk)
        beside = _("you follow one already: it comes in as an earlier plan, closed today") if self.is_followed else ""
        self.is_followed = True
        return Line("plans", 0, entry, text, _("under way since %s") % days[0], why=beside)

    def _skip(self, entry: Entry) -> Line:
        return Line("skips", 0, entry, self.framework.resource[entry["resource"]].title)

    def _advert(self, entry: Entry) -> Line:
        taken = sum(line["taken"] for line in entry["requirements"])
        counted = ngettext("reviewed, %d line counts", "reviewed, %d lines count", taken) % taken
        said = counted if entry.get("is_reviewed") is True else _("to be looked at")
        why = _("an aim and no part of the log: an undo of the import leaves it")
        return Line("adverts", 0, entry, _joined(entry["title"], entry.get("employer")), said, why=why)

    def _remembered(self, entry: Entry) -> Line:
        rule = entry.get("rule", "")
        means = self.names(entry["section"])[rule] if rule else _("nothing in the model")
        return Line("answers", 0, entry, entry["text"], _("means %s") % means)

    def _skills(self, document: Mapping[str, Any]) -> Iterator[Line]:
        listed = self.framework.evidence.listed_skill
        level = listed.level if listed else 0
        listed_already: set[str] = set()
        for place, entry, matching, stated in self._listed(document):
            given = entry.get("rule") or (REFUSED if "match" in entry else "")
            line = self._matched("skills", entry, entry["text"], given, matching)
            grants = {line.rule: level} if line.rule in self.framework.competency else {}
            line = self._giving(line, grants, Basis.INFERRED, _("merely listed"), "")
            listed_already.add(line.rule)
            line = replace(line, level=stated, said=self._level_said(line, stated))
            yield replace(line, origin=self.reading.origins.get(place))
        for skill, origin in spoken_of(document, self.framework, self.matcher, listed_already):
            line = self._matched("skills", {"text": skill.text}, skill.text, "", accepted(skill.competency, skill.text))
            line = self._giving(line, {line.rule: level} if line.rule else {}, Basis.INFERRED, _("merely listed"), "")
            yield replace(line, origin=origin, said=_("your own words speak of it"))

    def _listed(self, document: Mapping[str, Any]) -> Iterator[tuple[str, Entry, Matching, int | None]]:
        """The skills as an own export keeps them, or the texts of a file, enumerations apart; each with its place and
        the level that a table gives it."""
        own = own_records(document, "skills")
        if own:
            for entry in own:
                yield "", entry, self.matcher.skill(entry["text"]), None
            return
        for place, text in enumerate(document["skills"]):
            level = self.reading.levels.get(text)
            for part in self.matcher.skills(text):
                yield f"skills[{place}]", {"text": part.text}, part.match, level

    def _level_said(self, line: Line, stated: int | None) -> str:
        """What becomes of the level that the file gives a skill: a tick, unless the person has one."""
        if stated is None:
            return ""
        said = {"level": stated}
        if line.rule not in self.framework.competency:
            return _("the file says level %(level)s: it is ticked once you say what it counts as") % said
        if self.person.snapshot.levels[line.rule].claim is not None:
            return _("the file says level %(level)s; yours stands") % said
        return _("the file says level %(level)s: it is ticked for you") % said

    def _matched(self, section: str, entry: Entry, text: str, given: object, matching: Matching) -> Line:
        """The line with its rule: what the file says outranks what the text matches."""
        names = self.names(section)
        answer = None if given else self.answers.get((section, answered_text(text)))
        if given == REFUSED or answer == "":
            rule = ""
        else:
            said = next((id for id in (given, answer) if isinstance(id, str) and id in names), "")
            rule = said or (matching.id if matching.is_accepted else "")
        candidates = [c.id for c in matching.candidates if c.id in names]
        ids = list(dict.fromkeys([*([rule] if rule else []), *candidates]))
        if section != "skills" and not (matching.is_asked and not rule):
            ids += [id for id in sorted(names, key=names.__getitem__) if id not in ids]
        options = tuple(Option(id, names[id]) for id in ids if id in names)
        is_remembered = answer is not None and answer == rule
        return Line(
            section, 0, entry, text, "", matching, rule, names.get(rule, ""), options, is_remembered=is_remembered
        )

    def names(self, section: str) -> dict[str, str]:
        """Rule id -> its name, for what the section's texts may count as."""
        framework = self.framework
        match section:
            case "degrees":
                return {rule.id: rule.names[0] for rule in framework.evidence.degrees}
            case "roles":
                return {rule.id: rule.name for rule in framework.evidence.roles}
            case "certifications":
                return {rule.id: rule.title for rule in framework.evidence.certifications}
        return {c.id: c.name for c in framework.competencies}

    def _giving(self, line: Line, grants: Mapping[str, int], basis: Basis, why: str, when: str) -> Line:
        cap, known = self.framework.evidence.cap(basis), self.framework.competency
        capped = [(known[c], min(level, cap)) for c, level in grants.items() if c in known and level > 0]
        ranked = sorted(capped, key=lambda pair: (-pair[1], -pair[0].weight, pair[0].id))
        is_silent = not ranked and line.section in MATCHED and line.entry.get("completed", True)
        return replace(line, gives=tuple((c.name, n) for c, n in ranked), why="" if is_silent else why, when=when)


def entries(section: str, document: Mapping[str, Any]) -> list[Entry]:
    """The section's entries, each an object: mappings with their key as a member of the entry."""
    if section in ("marks", "waivers", "answers", "adverts", *own.SPENT):
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


# What a row of the section cannot be without. A degree is named by its level where nothing else names it.
_NAMED = {"roles": ("title",), "certifications": ("name",), "activities": ("kind", "title")}


def _is_named(text: str) -> bool:
    """Whether there is anything in it to see."""
    return any(char.isprintable() and not char.isspace() for char in text)


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


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
