"""What an event changed, in plain words: from the rows before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _noop

from tracker.engine.framework import Framework

Kept = Mapping[str, Any]
Rows = Mapping[str, Kept | None]  # reference of a row -> its values, None: it is not there

# Fields that a person knows, by the words of their forms.
FIELDS = {
    "title": _noop("title"),
    "field": _noop("field"),
    "institution": _noop("institution"),
    "employer": _noop("employer"),
    "level": _noop("level"),
    "name": _noop("name"),
    "issuer": _noop("issuer"),
    "kind": _noop("kind"),
    "start": _noop("start"),
    "end": _noop("end"),
    "on": _noop("date"),
    "expires": _noop("expires"),
    "hours": _noop("hours"),
    "cost": _noop("price"),
    "url": _noop("address"),
    "rating": _noop("rating"),
    "status": _noop("status"),
    "note": _noop("note"),
    "reason": _noop("reason"),
}


def changes_in_words(
    framework: Framework, before: Mapping[str, Kept | None], after: Mapping[str, Kept | None]
) -> Iterator[str]:
    """`Python programming 2 to 3` for a claim, `end 2024 to 2025` for another row that changed.

    What was added or removed as a whole is said by the event's own title.
    """
    for ref, now in after.items():
        sort, _separator, key = ref.partition(":")
        was = before.get(ref)
        if sort == "claim":
            yield from _claim(framework, key, was, now)
        elif was and now:
            yield from _fields(was, now)


def _claim(framework: Framework, key: str, was: Kept | None, now: Kept | None) -> Iterator[str]:
    competency = framework.competency.get(key)
    facts = {
        "name": competency.name if competency else key,
        "was": was["level"] if was else None,
        "now": now["level"] if now else None,
    }
    if was is None:
        yield _("%(name)s claimed at %(now)s") % facts
    elif now is None:
        yield _("%(name)s: claim of %(was)s taken back") % facts
    elif was["level"] != now["level"]:
        yield _("%(name)s %(was)s to %(now)s") % facts
    elif (was["note"], was["link"]) != (now["note"], now["link"]):
        yield _("%(name)s: its note") % facts
    else:
        yield _("%(name)s %(now)s, said anew") % facts


def _fields(was: Kept, now: Kept) -> Iterator[str]:
    for field, word in FIELDS.items():
        old, new = was.get(field), now.get(field)
        if old != new:
            facts = {"field": _(word), "old": old or _("nothing"), "new": new or _("nothing")}
            yield _("%(field)s %(old)s to %(new)s") % facts
