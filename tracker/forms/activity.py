"""An activity as a form, with the skills that it showed."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import TOP_LEVEL, Framework
from tracker.forms.dates import ExactDate
from tracker.forms.item import ItemForm
from tracker.matching import matcher_of
from tracker.models import Activity
from tracker.queries.rules import activity_word

SPARE_LINES = 3


class SkillField(forms.CharField):
    """The id of a competency, found by its id, its name or a plain other name of it; empty for an empty line."""

    def __init__(self, *, framework: Framework, **kwargs: Any) -> None:
        super().__init__(max_length=200, required=False, **kwargs)
        self.framework = framework

    def prepare_value(self, value: Any) -> Any:
        known = self.framework.competency.get(value)
        return known.name if known else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        by_name = {c.name.casefold(): c.id for c in self.framework.competencies}
        known = by_name.get(text.casefold())
        if known:
            return known
        found = matcher_of(self.framework).skill(text)
        if found.is_accepted:
            return found.id
        near = ", ".join(self.framework.competency[c.id].name for c in found.candidates[:3])
        if near:
            raise ValidationError(_("Which one is it: %(names)s?"), params={"names": near})
        raise ValidationError(_("The model has no skill of this name; choose one of the list."))


class ActivityForm(ItemForm):
    """An activity and the levels that it showed: as many lines as it has, and some to spare."""

    sort, heading = "activity", _("Activity")
    kind = forms.ChoiceField(
        label=_("Kind"), help_text=_("In brackets: up to which level it counts, whatever you say it showed.")
    )
    on = ExactDate(label=_("When"), required=False, max_length=40, help_text=_("A year, a month or a day."))
    url = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = Activity
        fields = ("kind", "title", "on", "hours", "url", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        labels = {"title": _("What it was"), "hours": _("Hours it took")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = self._kinds()  # type: ignore[attr-defined]
        levels = self.instance.levels or {}
        held = [(c, level) for c, level in levels.items() if c in self.framework.competency and level]
        # What another model calls a skill is not this form's to show, nor to lose.
        self._others = {c: level for c, level in levels.items() if (c, level) not in held}
        for number, (competency, level) in enumerate([*held, *[("", None)] * SPARE_LINES], start=1):
            self._add_line(number, competency, level)
        self.lines = len(held) + SPARE_LINES
        self.helper.layout = Layout(
            *self.Meta.fields,
            Fieldset(
                _("Skills that it showed, and at which level"),
                *(Div(f"skill_{n}", f"level_{n}", css_class="shown") for n in range(1, self.lines + 1)),
            ),
        )

    @property
    def list_id(self) -> str:
        """The id of the list that the skill fields offer."""
        return self.auto_id % "names" if isinstance(self.auto_id, str) else ""

    def _kinds(self) -> list[tuple[str, str]]:
        """Each kind, with how far it counts; what only habits count is evidence for nothing."""
        caps = {rule.kind: rule.cap for rule in self.framework.evidence.activities}
        kinds = [*caps, *(kind for habit in self.framework.habits for kind in habit.kinds)]
        kinds += [self.instance.kind] if self.instance.kind else []  # another model's, perhaps
        words = {kind: activity_word(kind) for kind in kinds}
        up_to = _now("%(kind)s (up to %(cap)s)")
        named = {k: up_to % {"kind": words[k], "cap": caps[k]} if k in caps else words[k] for k in words}
        return [("", _now("choose one")), *sorted(named.items(), key=lambda pair: pair[1])]

    def _add_line(self, number: int, competency: str, level: int | None) -> None:
        self.fields[f"skill_{number}"] = SkillField(
            framework=self.framework,
            label=_("Skill"),
            initial=competency,
            widget=forms.TextInput(attrs={"list": self.list_id, "autocomplete": "off"}),
        )
        self.fields[f"level_{number}"] = forms.TypedChoiceField(
            label=_("Level"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "-"), *((n, n) for n in range(1, TOP_LEVEL + 1))],
            initial=level,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        seen: set[str] = set()
        for number in range(1, self.lines + 1):
            skill, level = given.get(f"skill_{number}"), given.get(f"level_{number}")
            if f"skill_{number}" not in self.errors and bool(skill) != (level is not None):
                self.add_error(
                    f"level_{number}" if skill else f"skill_{number}", _("Name both the skill and the level.")
                )
            if skill and skill in seen:
                self.add_error(f"skill_{number}", _("This skill has a line already."))
            seen.add(skill or "")
        return given

    def row(self) -> models.Model:
        row = super().row()
        pairs = ((self.cleaned_data[f"skill_{n}"], self.cleaned_data[f"level_{n}"]) for n in range(1, self.lines + 1))
        row.levels = self._others | {skill: level for skill, level in pairs if skill}  # type: ignore[attr-defined]
        return row
