"""What of a file the profile holds already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.models import (
    Activity,
    Advert,
    Certification,
    Claim,
    Degree,
    Effort,
    ListedSkill,
    MatchAnswer,
    MilestoneWord,
    Plan,
    ResourceMark,
    ResourceOverride,
    Role,
    SkippedStep,
    Waiver,
    WeekOff,
)

Key = tuple[str, ...]

_FIELDS = {
    "degrees": ("level", "field", "institution", "end"),
    "roles": ("title", "employer", "start", "end"),
    "certifications": ("name", "issuer", "date"),
    "activities": ("kind", "title", "date"),
    "skills": ("text",),
    "claims": ("competency",),
    "confirmed": ("competency",),
    "finished": ("resource",),
    "marks": ("resource",),
    "milestones": ("milestone",),
    "waivers": ("competency",),
    "efforts": ("date", "hours", "resource", "logged_at"),  # two alike on a day are two, unless logged in one moment
    "weeks_off": ("date",),
    "overrides": ("resource",),
    "plans": ("starts_on", "logged_at"),
    "skips": ("resource",),
    "answers": ("section", "text", "framework"),
    "adverts": ("title", "text"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """Section -> keys of what is logged, with what to say beside a line that repeats it."""

    by_section: Mapping[str, Mapping[Key, str]]
    roles: Mapping[Key, tuple[int, str]]  # (title, employer, start) -> (row, end)

    def begun(self, section: str, entry: Mapping[str, Any]) -> tuple[int, str] | None:
        """The role of that title, employer and start, whatever its end: its row and its end."""
        if section != "roles" or not entry.get("start"):
            return None
        return self.roles.get(_folded([entry.get(name) or "" for name in ("title", "employer", "start")]))

    def key(self, section: str, entry: Mapping[str, Any]) -> Key:
        values = [entry.get(name) or "" for name in _FIELDS[section]]
        if section == "degrees" and not entry.get("field"):
            values[1] = entry.get("title") or entry["level"]
        return _folded(values)

    def said(self, section: str, entry: Mapping[str, Any]) -> str:
        """What the profile has of it; empty where it is new."""
        return self.by_section[section].get(self.key(section, entry), "")


def read_known(user_id: int) -> Known:
    """What the user has logged, one query a kind of row."""
    there = _("in your profile already")
    levels = {
        _folded([key]): _("you have level %d") % level
        for key, level in Claim.objects.filter(user=user_id).values_list("competency__key", "level")
    }
    words = MilestoneWord.objects.filter(user=user_id).values_list("milestone__key", flat=True)
    marks = list(ResourceMark.objects.filter(user=user_id).values_list("resource__key", "status"))
    finished = [key for key, status in marks if status == ResourceMark.Status.FINISHED]
    efforts = Effort.objects.filter(user=user_id).values_list("on", "hours", "resource", "logged_at")
    off = WeekOff.objects.filter(user=user_id).values_list("week", flat=True)
    own = ResourceOverride.objects.filter(user=user_id).values_list("resource__key", flat=True)
    plans = Plan.objects.filter(user=user_id).values_list("starts_on", "logged_at")
    skipped = SkippedStep.objects.filter(user=user_id).values_list("resource__key", flat=True)
    roles = list(Role.objects.filter(user=user_id).order_by("id").values_list("id", *_FIELDS["roles"]))
    waived = Waiver.objects.filter(user=user_id).values_list("competency__key", flat=True)
    return Known(
        {
            "degrees": _all(Degree.objects.filter(user=user_id).values_list(*_FIELDS["degrees"]), there),
            "roles": _all((row[1:] for row in roles), there),
            "certifications": _all(
                Certification.objects.filter(user=user_id).values_list("name", "issuer", "on"), there
            ),
            "activities": _all(Activity.objects.filter(user=user_id).values_list("kind", "title", "on"), there),
            "skills": _all(ListedSkill.objects.filter(user=user_id).values_list("text"), there),
            "claims": levels,
            "confirmed": levels,
            "finished": _all(([key] for key in finished), there),
            "marks": _all(([key] for key, _status in marks), there),
            "milestones": _all(([key] for key in words), there),
            "waivers": _all(([key] for key in waived), there),
            "efforts": _all(
                ([on.isoformat(), float(hours), key, at.isoformat()] for on, hours, key, at in efforts),
                _("logged already"),
            ),
            "weeks_off": _all(([week.isoformat()] for week in off), _("off already")),
            "overrides": _all(([key] for key in own), _("you have figures of your own")),
            "plans": _all(([on.isoformat(), at.isoformat()] for on, at in plans), _("kept already")),
            "skips": _all(([key] for key in skipped), _("left out already")),
            "adverts": _all(Advert.objects.filter(user=user_id).values_list("title", "text"), _("kept already")),
            "answers": _all(
                MatchAnswer.objects.filter(user=user_id).values_list(*_FIELDS["answers"]), _("answered already")
            ),
        },
        {_folded(row[1:4]): (row[0], row[4]) for row in roles},
    )


def _all(rows: Iterable[Iterable[Any]], said: str) -> dict[Key, str]:
    return {_folded(row): said for row in rows}


def _folded(values: Iterable[Any]) -> Key:
    return tuple(folded(value) for value in values)


def answered_text(text: str) -> str:
    """The text under which an answer is remembered."""
    return folded(text)[:300]


def folded(value: object) -> str:
    """Comparable: case and spaces aside."""
    return " ".join(str(value).split()).casefold()
