"""A row of a file as the form of what it would become, so that what was misread can be put right before it is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import TOP_LEVEL, Framework
from tracker.forms.activity import ActivityForm
from tracker.forms.item import ItemForm
from tracker.forms.items import CertificationForm, DegreeForm, RoleForm, SkillForm
from tracker.queries.importing.entries import is_seen
from tracker.queries.importing.lines import Entry, Line
from tracker.queries.importing.rows import row_of


class Correction(ItemForm):
    """The item's own form, less what the review itself asks (what the item counts as) and says (what repeats another).
    Mixed in before that form."""

    named = ""  # the field that names the row

    def __init__(self, data: Any = None, *, line: Line, framework: Framework, user: Any) -> None:
        super().__init__(data, instance=row_of(line), framework=framework, user=user)
        self.fields.pop("counts_as", None)
        self.line = line

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get(self.named) and not is_seen(given[self.named]):
            self.add_error(self.named, _("There is nothing to see in this."))
        return given

    @property
    def changes(self) -> Entry:
        """What differs from what was read, as members of the entry in the file's own form."""
        given = {name: _written(self.cleaned_data[name]) for name in self.kept}
        changed = {name: value for name, value in given.items() if value != _written(self[name].initial)}
        return {"date" if name == "on" else name: value for name, value in changed.items()}

    @property
    def kept(self) -> tuple[str, ...]:
        """The fields that are members of the entry."""
        return tuple(self._meta.fields or ())

    def _is_full(self) -> bool:
        return False  # a row of a file is not on the profile yet


def _written(value: Any) -> Any:
    """The value as JSON has it, lines ended as files end them."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return float(value) if isinstance(value, Decimal) else value


class DegreeCorrection(Correction, DegreeForm):
    named = "field"


class RoleCorrection(Correction, RoleForm):
    named = "title"


class CertificationCorrection(Correction, CertificationForm):
    named = "name"


class ActivityCorrection(Correction, ActivityForm):
    named = "title"

    @property
    def changes(self) -> Entry:
        pairs = ((self.cleaned_data[f"skill_{n}"], self.cleaned_data[f"level_{n}"]) for n in range(1, self.lines + 1))
        shown = {skill: level for skill, level in pairs if skill}
        return super().changes if shown == self.instance.levels else {**super().changes, "competencies": shown}


class SkillCorrection(Correction, SkillForm):
    named = "text"
    level = forms.TypedChoiceField(
        label=_("Level"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("none given")), *((n, n) for n in range(TOP_LEVEL + 1))],
        help_text=_("It becomes your level where you have ticked none yet."),
    )

    def __init__(self, data: Any = None, *, line: Line, framework: Framework, user: Any) -> None:
        super().__init__(data, line=line, framework=framework, user=user)
        self.initial["level"] = line.level

    @property
    def kept(self) -> tuple[str, ...]:
        return ("text", "level")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return text  # one that is listed already is marked as such


CORRECTIONS: dict[str, type[Correction]] = {
    "degrees": DegreeCorrection,
    "roles": RoleCorrection,
    "certifications": CertificationCorrection,
    "activities": ActivityCorrection,
    "skills": SkillCorrection,
}
