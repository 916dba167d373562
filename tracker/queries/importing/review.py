"""What a file would bring, beside what the profile holds already. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.interchange.reading import Reading
from tracker.models import Advert
from tracker.models.target import MOST_ADVERTS
from tracker.queries.elsewhere import ELSEWHERE, read_elsewhere
from tracker.queries.importing import account as own
from tracker.queries.importing.account_lines import AccountLines
from tracker.queries.importing.entries import corrected
from tracker.queries.importing.known import Known, read_known
from tracker.queries.importing.lines import NAMES, SORTS, UNCORRECTED, Corrections, Group, Line, Review
from tracker.queries.importing.profile_lines import ProfileLines
from tracker.queries.person import Person

MOST_SINGLE = 120  # of a longer group the rest goes as the group goes: forms have a bounded number of fields
MOST_SHOWN = 800  # rows of all groups one by one, for the same reason


def read_review(person: Person, reading: Reading, corrections: Corrections = UNCORRECTED) -> Review:
    """The reading, its document found valid before, row by row against what the person has logged already."""
    document = corrected(reading.document, corrections)
    known = read_known(person.user.pk)
    profile = ProfileLines(person, replace(reading, document=document), corrections)
    account = AccountLines(person, document)
    groups, room = [], MOST_SHOWN
    for section in NAMES:
        found = (profile if section in SORTS else account).lines(section)
        found = (replace(line, is_corrected=line.row in corrections) for line in found)
        lines = tuple(_marked(known, found, min(room, MOST_SINGLE)))
        room = max(0, room - len(lines))
        if lines:
            groups.append(Group(section, str(NAMES[section]), lines))
    settings = tuple(_settings(person, document))
    if settings:
        groups.append(Group(own.SETTINGS, _("Settings"), settings))
    if rows := read_elsewhere(person, document):
        said = ngettext("%d entry about another model", "%d entries about other models", len(rows)) % len(rows)
        why = _("counts once you aim at that model")
        groups.append(Group(ELSEWHERE, _("Other models"), (Line(ELSEWHERE, "0", {"rows": rows}, said, why=why),)))
    left = (*_plans_left(groups, document), *_adverts_left(person, groups, document))
    past = own.read_past(document)
    if not past:
        return Review(tuple(groups), left)
    if own.has_history(person.user.pk):
        why = _("The history in the file is not taken: yours has begun already, and two would contradict each other.")
        return Review(tuple(groups), (*left, why))
    line = Line(
        own.HISTORY, "0", {"past": past}, own.past_in_words(past), why=_("your chart and your log go on from it")
    )
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
        yield Line(own.SETTINGS, str(number), {"fields": fields}, said, known=replaced)


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
        line = replace(line, known=said, is_single=number < singles)
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
