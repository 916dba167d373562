"""A few plain lines of history: a degree and a role as people write them, matched, asked where the match is unsure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import TOP_LEVEL, Framework
from tracker.engine.questions import NOTHING_YET
from tracker.forms.dates import ExactDate
from tracker.interchange.dates import runs_backwards
from tracker.interchange.degree_words import degree_level, says_unfinished
from tracker.matching import Match as Matching
from tracker.matching import Matcher
from tracker.models import Degree, Preferences, Role
from tracker.queries.counting import Counting
from tracker.queries.start import NOTHING, SKIP

NONE_OF_THESE = "none"
NEXT = ""  # target: the next stage not reached
DEGREE_LINES, ROLE_LINES = 2, 3
Row = TypeVar("Row", Degree, Role)


class MatchedLine(forms.Form):
    """A line whose text is matched while it is checked; `rule` is asked only where the match is unsure."""

    rule = forms.ChoiceField(required=False, widget=forms.RadioSelect, label=_("Which of these is it?"))

    def __init__(self, *args: Any, matcher: Matcher, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matcher = matcher
        self.matching = self._matched(self._written("title"))
        if self.matching.is_asked:
            names = self._names()
            asked = [(c.id, names[c.id]) for c in self.matching.candidates]
            self.fields["rule"].choices = [*asked, (NONE_OF_THESE, _("none of these"))]  # type: ignore[attr-defined]
        for name in ("title", "employer", "institution", "start", "end"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "form-control"

    @property
    def is_asked(self) -> bool:
        """Whether the question about the match is shown."""
        return self.is_bound and self.matching.is_asked

    def clean_rule(self) -> str:
        given: str = self.cleaned_data["rule"]
        if self.matching.is_asked and not given:
            raise ValidationError(_("Choose one, or none of these."))
        return given

    def counting(self, row: Row) -> Row:
        """The row with what it counts as, by its words or by the person's answer."""
        counting, given = Counting(self.matcher.framework), self.cleaned_data["rule"]
        counting.match(row)
        if given:
            counting.answer(row, "" if given == NONE_OF_THESE else given)
        return row

    def _written(self, field: str) -> str:
        return str(self.data.get(self.add_prefix(field), "")).strip() if self.is_bound else ""

    def _matched(self, text: str) -> Matching:
        raise NotImplementedError

    def _names(self) -> dict[str, str]:
        raise NotImplementedError


class DegreeLine(MatchedLine):
    title = forms.CharField(label=_("Degree and subject"), max_length=300)
    institution = forms.CharField(label=_("School"), required=False, max_length=300)
    end = ExactDate(label=_("Finished in"), required=False, max_length=40)
    level = forms.ChoiceField(
        label=_("Which level is it?"), required=False, widget=forms.RadioSelect, choices=Degree.Level.choices
    )

    @property
    def is_level_asked(self) -> bool:
        """Whether the text names no level, so that it must be asked."""
        return bool(self._written("title")) and not degree_level(self._written("title"))

    def clean_level(self) -> str:
        named = degree_level(self._written("title"))
        given: str = named or self.cleaned_data["level"]
        if self._written("title") and not given:
            raise ValidationError(_("The words do not say: choose one."))
        return given

    def row(self, user: Any) -> Degree:
        given = self.cleaned_data
        row = Degree(
            user=user,
            level=given["level"],
            field=given["title"],
            title=given["title"],
            institution=given["institution"],
            end=given["end"],
            completed=bool(given["end"]) and not says_unfinished(given["title"]),
        )
        return self.counting(row)

    def _matched(self, text: str) -> Matching:
        return self.matcher.field(text) if text else Matching()

    def _names(self) -> dict[str, str]:
        return {rule.id: rule.names[0] for rule in self.matcher.framework.evidence.degrees}


class RoleLine(MatchedLine):
    title = forms.CharField(label=_("Role"), max_length=300)
    employer = forms.CharField(label=_("Employer"), required=False, max_length=300)
    start = ExactDate(label=_("From"), required=False, max_length=40)
    end = ExactDate(label=_("To"), required=False, max_length=40)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if runs_backwards(given.get("start") or "", given.get("end") or ""):
            self.add_error("end", _("This is before it began."))
        return given

    def row(self, user: Any) -> Role:
        given = self.cleaned_data
        fields = {name: given[name] for name in ("title", "employer", "start", "end")}
        return self.counting(Role(user=user, **fields))

    def _matched(self, text: str) -> Matching:
        return self.matcher.role(text) if text else Matching()

    def _names(self) -> dict[str, str]:
        return {rule.id: rule.name for rule in self.matcher.framework.evidence.roles}


class Lines(forms.BaseFormSet):
    """A first line, and more of them folded away until one of those is filled."""

    @property
    def first(self) -> list[forms.Form]:
        """The line that is always shown; none where a form was sent without any."""
        return self.forms[:1]

    @property
    def more(self) -> list[forms.Form]:
        return self.forms[1:]

    @property
    def has_more(self) -> bool:
        """Whether something was typed beyond the first line."""
        return any(form.has_changed() for form in self.more)


DegreeLines = forms.formset_factory(DegreeLine, formset=Lines, extra=DEGREE_LINES, max_num=10, absolute_max=10)
RoleLines = forms.formset_factory(RoleLine, formset=Lines, extra=ROLE_LINES, max_num=10, absolute_max=10)


class CardsForm(forms.Form):
    """A choice an area; a card left alone is skipped. Fields are named by the area's id."""

    def __init__(self, framework: Framework, sent: QueryDict) -> None:
        super().__init__(sent, prefix="card")
        choices = [(SKIP, ""), (NOTHING, ""), *((stage.id, "") for stage in framework.stages)]
        for area in framework.areas:
            self.fields[area.id] = forms.ChoiceField(choices=choices, required=False)

    def cards(self) -> dict[str, str | None]:
        """Area -> stage, `NOTHING_YET`, or None for a card skipped."""
        meant = {SKIP: None, NOTHING: NOTHING_YET}
        return {area: meant.get(value, value) for area, value in self.cleaned_data.items()}


class AnswerForm(forms.Form):
    """The last deed that is true of one, or no answer."""

    competency = forms.CharField()
    level = forms.TypedChoiceField(
        choices=[("", ""), *((str(n), "") for n in range(TOP_LEVEL + 1))], coerce=int, empty_value=None, required=False
    )

    def __init__(self, framework: Framework, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework

    def clean_competency(self) -> str:
        given: str = self.cleaned_data["competency"]
        if given not in self.framework.competency:
            raise ValidationError(_("There is no such skill."))
        return given


class TargetForm(forms.ModelForm):
    """What to head for, and with how much time and money."""

    stage = forms.ChoiceField(label=_("Target"), required=False, widget=forms.RadioSelect)

    class Meta:
        model = Preferences
        fields = ["stage", "hours_per_week", "budget"]
        labels = {"hours_per_week": _("Hours a week"), "budget": _("Budget")}
        help_texts = {
            "hours_per_week": _("What you can give in an ordinary week."),
            "budget": _("US dollars in all. Empty: no limit; 0: free resources only."),
        }

    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, framework: Framework, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(stage.id, stage.name) for stage in framework.stages]
        self.fields["stage"].choices = [(NEXT, _("the next one not reached")), *stages]  # type: ignore[attr-defined]
        for name in ("hours_per_week", "budget"):
            if isinstance(number := self.initial.get(name), Decimal):
                self.initial[name] = f"{number.normalize():f}"  # 6, not 6.0
