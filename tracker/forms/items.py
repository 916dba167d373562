"""Degrees, roles, certificates, activities, listed skills as forms: checked by field, matched as they are saved."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import Framework
from tracker.forms.start import WrittenDate
from tracker.interchange.dates import runs_backwards
from tracker.matching import Match as Matching
from tracker.matching import Matcher, matcher_of
from tracker.models import Activity, Certification, Degree, ListedSkill, Match, Role

BY_TEXT, NOTHING = "", "-"
MOST_OF = {"degree": 100, "role": 200, "certification": 200, "activity": 2000, "skill": 500}
SPARE_LEVELS = 2


class ItemForm(forms.ModelForm):
    """What all items share: no backward dates, a limit to how many, crispy without its own form tag."""

    sort = ""
    heading: Any = ""  # a lazy translation
    dates: tuple[str, str] | None = None

    def __init__(self, *args: Any, framework: Framework, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        self.user = user
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.dates:
            begin, end = (given.get(name, "") for name in self.dates)
            if begin and end and runs_backwards(begin, end):
                self.add_error(self.dates[1], _("This is before it began."))
        if self.instance.pk is None and self._is_full():
            raise ValidationError(
                _("There is room for %(most)s of these; remove one first."), params={"most": self.most}
            )
        return given

    @property
    def most(self) -> int:
        return MOST_OF[self.sort]

    def _is_full(self) -> bool:
        return type(self.instance)._default_manager.filter(user=self.user).count() >= self.most

    def row(self) -> models.Model:
        """The checked row of the user, not saved yet."""
        row = self.save(commit=False)
        row.user = self.user
        return row


class MatchedForm(ItemForm):
    """An item whose text counts as one of the framework's rules; `counts_as` lets the person decide it."""

    counts_as = forms.ChoiceField(
        label=_("Counts as"), required=False, help_text=_("Left to its words, it is matched when you save.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = sorted(self.rules(), key=lambda pair: pair[1])
        by_text = [(BY_TEXT, _("what its words say")), (NOTHING, _("nothing of the model"))]
        self.fields["counts_as"].choices = [*by_text, *rules]  # type: ignore[attr-defined]
        if self.instance.match == Match.CONFIRMED:
            self.initial["counts_as"] = self.instance.rule
        elif self.instance.match == Match.REFUSED:
            self.initial["counts_as"] = NOTHING

    def rules(self) -> list[tuple[str, str]]:
        """(id, name) of each rule that the item may count as."""
        raise NotImplementedError

    def matching(self, matcher: Matcher) -> Matching:
        """What the words of the item match."""
        raise NotImplementedError

    def row(self) -> models.Model:
        row = super().row()
        chosen = self.cleaned_data["counts_as"]
        if chosen == NOTHING:
            row.rule, row.match = "", Match.REFUSED  # type: ignore[attr-defined]
        elif chosen != BY_TEXT:
            row.rule, row.match = chosen, Match.CONFIRMED  # type: ignore[attr-defined]
        else:
            row.rule, row.match = by_words(self.matching(matcher_of(self.framework)))  # type: ignore[attr-defined]
        return row


def by_words(found: Matching) -> tuple[str, str]:
    """(rule, how it matched) that a match stands for: an unsure one counts as nothing until it is answered."""
    if found.is_accepted:
        return found.id, Match.MATCHED
    return "", Match.UNSURE if found.is_asked else Match.NONE


class DegreeForm(MatchedForm):
    sort, heading, dates = "degree", _("Degree"), ("start", "end")
    start = WrittenDate(label=_("From"), required=False, max_length=40)
    end = WrittenDate(label=_("To"), required=False, max_length=40, help_text=_("A year or a month, such as 2019-06."))

    class Meta:
        model = Degree
        fields = ("level", "field", "title", "institution", "start", "end", "completed")
        labels = {"field": _("Field of study"), "title": _("Title, as on the paper"), "completed": _("Finished")}

    def rules(self) -> list[tuple[str, str]]:
        return [(rule.id, rule.names[0] if rule.names else rule.id) for rule in self.framework.evidence.degrees]

    def matching(self, matcher: Matcher) -> Matching:
        return matcher.field(self.cleaned_data["field"])


class RoleForm(MatchedForm):
    sort, heading, dates = "role", _("Role"), ("start", "end")
    start = WrittenDate(label=_("From"), required=False, max_length=40)
    end = WrittenDate(label=_("To"), required=False, max_length=40, help_text=_("Empty while you hold it."))

    class Meta:
        model = Role
        fields = ("title", "employer", "start", "end", "summary")
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}

    def rules(self) -> list[tuple[str, str]]:
        return [(rule.id, rule.name) for rule in self.framework.evidence.roles]

    def matching(self, matcher: Matcher) -> Matching:
        return matcher.role(self.cleaned_data["title"])


class CertificationForm(MatchedForm):
    sort, heading, dates = "certification", _("Certificate"), ("on", "expires")
    on = WrittenDate(label=_("Passed"), required=False, max_length=40)
    expires = WrittenDate(label=_("Expires"), required=False, max_length=40)
    url = forms.URLField(label=_("Address of the proof"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = Certification
        fields = ("name", "issuer", "on", "expires", "url")

    def rules(self) -> list[tuple[str, str]]:
        return [(rule.id, rule.title) for rule in self.framework.evidence.certifications]

    def matching(self, matcher: Matcher) -> Matching:
        return matcher.certificate(self.cleaned_data["name"], self.cleaned_data.get("issuer", ""))


class SkillForm(MatchedForm):
    sort, heading = "skill", _("Listed skill")

    class Meta:
        model = ListedSkill
        fields = ("text",)

    def rules(self) -> list[tuple[str, str]]:
        return [(c.id, c.name) for c in self.framework.competencies]

    def matching(self, matcher: Matcher) -> Matching:
        return matcher.skill(self.cleaned_data["text"])

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        others = ListedSkill.objects.filter(user=self.user, text=text).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("This skill is listed already."))
        return text


class ActivityForm(ItemForm):
    """An activity and the levels that it showed: as many lines as it has, and two to spare."""

    sort, heading = "activity", _("Activity")
    kind = forms.ChoiceField(label=_("Kind"))
    on = WrittenDate(label=_("When"), required=False, max_length=40)
    url = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = Activity
        fields = ("kind", "title", "on", "hours", "url", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        labels = {"title": _("What it was"), "hours": _("Hours it took")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = self._kinds()  # type: ignore[attr-defined]
        held = list(self.instance.levels.items()) if self.instance.levels else []
        competencies = [(BY_TEXT, "-"), *((c.id, c.name) for c in self.framework.competencies)]
        for number, (competency, level) in enumerate([*held, *[("", None)] * SPARE_LEVELS], start=1):
            self._add_level_line(number, competencies, competency, level)
        self.lines = len(held) + SPARE_LEVELS

    def _kinds(self) -> list[tuple[str, str]]:
        from_rules = [rule.kind for rule in self.framework.evidence.activities]
        from_habits = [kind for habit in self.framework.habits for kind in habit.kinds]
        return [(kind, kind.replace("-", " ")) for kind in dict.fromkeys([*from_rules, *from_habits])]

    def _add_level_line(
        self, number: int, competencies: list[tuple[str, Any]], competency: str, level: int | None
    ) -> None:
        self.fields[f"skill_{number}"] = forms.ChoiceField(
            label=_("Skill that it showed"), required=False, choices=competencies, initial=competency
        )
        self.fields[f"level_{number}"] = forms.TypedChoiceField(
            label=_("at level"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[(BY_TEXT, "-"), *((n, n) for n in range(1, 6))],
            initial=level,
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for number in range(1, self.lines + 1):
            skill, level = given.get(f"skill_{number}"), given.get(f"level_{number}")
            if bool(skill) != (level is not None):
                field = f"level_{number}" if skill else f"skill_{number}"
                self.add_error(field, _("Name both the skill and the level."))
        return given

    def row(self) -> models.Model:
        row = super().row()
        pairs = ((self.cleaned_data[f"skill_{n}"], self.cleaned_data[f"level_{n}"]) for n in range(1, self.lines + 1))
        row.levels = {skill: level for skill, level in pairs if skill}  # type: ignore[attr-defined]
        return row


FORMS: dict[str, type[ItemForm]] = {
    form.sort: form for form in (DegreeForm, RoleForm, CertificationForm, ActivityForm, SkillForm)
}
