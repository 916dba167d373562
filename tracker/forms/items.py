"""Degrees, roles, certificates, activities, listed skills as forms: checked by field, matched as they are saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.forms.activity import ActivityForm
from tracker.forms.dates import ExactDate
from tracker.forms.item import BY_TEXT, ItemForm
from tracker.models import Certification, Degree, ListedSkill, Match, Role
from tracker.models.profile import MatchedText
from tracker.queries.counting import WORDS, Counting
from tracker.queries.rules import rules_of

NOTHING = "-"


class MatchedForm(ItemForm):
    """An item whose text counts as one of the framework's rules; `counts_as` lets the person decide it."""

    counts_as = forms.ChoiceField(
        label=_("Counts as"), required=False, help_text=_("Left to its words, it is matched when you save.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = sorted(rules_of(self.framework, self.sort).items(), key=lambda pair: pair[1].casefold())
        by_text = [(BY_TEXT, _("what its words say")), (NOTHING, _("nothing of the model"))]
        self.fields["counts_as"].choices = [*by_text, *rules]  # type: ignore[attr-defined]
        self._counting = Counting(self.framework)
        rule, match = self._counting.read(self.instance) if self.instance.pk else ("", "")
        if match == Match.CONFIRMED:
            self.initial["counts_as"] = rule
        elif match == Match.REFUSED:
            self.initial["counts_as"] = NOTHING

    def row(self) -> MatchedText:
        row = super().row()
        assert isinstance(row, MatchedText)
        chosen, is_new = self.cleaned_data["counts_as"], bool(WORDS[type(row)] & set(self.changed_data))
        if is_new or row.pk is None:
            self._counting.match(row)
        if chosen != BY_TEXT:
            self._counting.answer(row, "" if chosen == NOTHING else chosen)
        elif not is_new:
            self._counting.withdraw(row)
        return row


class DegreeForm(MatchedForm):
    sort, heading, dates = "degree", _("Degree"), ("start", "end")
    start = ExactDate(label=_("From"), required=False, max_length=40)
    end = ExactDate(label=_("To"), required=False, max_length=40, help_text=_("A year or a month, such as 2019-06."))

    class Meta:
        model = Degree
        fields = ("level", "field", "title", "institution", "start", "end", "completed")
        labels = {"field": _("Field of study"), "title": _("Title, as on the paper"), "completed": _("Finished")}


class RoleForm(MatchedForm):
    sort, heading, dates = "role", _("Role"), ("start", "end")
    start = ExactDate(label=_("From"), required=False, max_length=40)
    end = ExactDate(label=_("To"), required=False, max_length=40, help_text=_("Empty while you hold it."))

    class Meta:
        model = Role
        fields = ("title", "employer", "start", "end", "summary")
        widgets = {"summary": forms.Textarea(attrs={"rows": 2})}


class CertificationForm(MatchedForm):
    sort, heading, dates = "certification", _("Certificate"), ("on", "expires")
    on = ExactDate(label=_("Passed"), required=False, max_length=40)
    expires = ExactDate(label=_("Expires"), required=False, max_length=40)
    url = forms.URLField(label=_("Address of the proof"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = Certification
        fields = ("name", "issuer", "on", "expires", "url")


class SkillForm(MatchedForm):
    sort, heading = "skill", _("Listed skill")

    class Meta:
        model = ListedSkill
        fields = ("text",)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        others = ListedSkill.objects.filter(user=self.user, text=text).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("This skill is listed already."))
        return text


FORMS: dict[str, type[ItemForm]] = {
    form.sort: form for form in (DegreeForm, RoleForm, CertificationForm, ActivityForm, SkillForm)
}
