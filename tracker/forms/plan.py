"""What a person can set on the plan page, as a GET form: a plan has an address of its own."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tracker.engine.plan import Mode
from tracker.engine.weeks import monday_of, number_of_week, plan_begin, week_of_plan
from tracker.forms.resources import ANY
from tracker.queries.pace import weeks_off
from tracker.queries.person import Person
from tracker.queries.plan import Options, default_options
from tracker.templatetags.numbers import kind

MOST_WEEKS = 520
LEAST_A_WEEK = Decimal("0.1")
COSTS = [ANY, (0, _("free")), (50, _("up to $50")), (150, _("up to $150")), (1000, _("up to $1,000"))]


class PlanForm(forms.Form):
    """Mode, hours a week and weeks or a date, budget, filters. What is left empty is the person's own setting."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    mode = forms.ChoiceField(
        label=_("Plan for"),
        required=False,
        choices=[(Mode.SHORTEST.value, _("the shortest way")), (Mode.MOST.value, _("the most progress in a time"))],
        widget=forms.RadioSelect,
    )
    per_week = forms.DecimalField(
        label=_("Hours a week"), required=False, min_value=LEAST_A_WEEK, max_value=80, max_digits=4, decimal_places=1
    )
    weeks = forms.IntegerField(label=_("Weeks"), required=False, min_value=1, max_value=MOST_WEEKS)
    until = forms.DateField(
        label=_("or until"), required=False, widget=forms.DateInput(attrs={"type": "date"}), input_formats=["%Y-%m-%d"]
    )
    budget = forms.DecimalField(
        label=_("Budget, US dollars"),
        required=False,
        min_value=0,
        max_value=Decimal("999999.99"),
        decimal_places=2,
        help_text=_("Empty: no limit."),
    )
    kinds = forms.MultipleChoiceField(label=_("Only these kinds"), required=False)
    provider = forms.CharField(label=_("Provider"), required=False, max_length=100)
    language = forms.ChoiceField(label=_("Language"), required=False)
    cost = forms.TypedChoiceField(label=_("Cost of one"), required=False, coerce=int, empty_value=None, choices=COSTS)
    core = forms.BooleanField(label=_("Lean selection only"), required=False)
    wanted = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, person: Person, given: QueryDict) -> None:
        self.person = person
        super().__init__(self._filled(given))
        framework = person.framework
        kinds = sorted({c.resource.kind for c in framework.courses})
        languages = sorted({c.resource.language for c in framework.courses if c.resource.language})
        self._choose("stage", [(s.id, s.name) for s in framework.stages])
        self._choose("kinds", sorted(((k, kind(k)) for k in kinds), key=lambda pair: pair[1]))
        self._choose("language", [ANY, *((code, code) for code in languages)])
        self._choose("wanted", [(c.resource.id, c.resource.title) for c in framework.courses])
        for name, field in self.fields.items():
            if name not in ("mode", "kinds", "wanted"):
                is_select = isinstance(field.widget, forms.Select)
                field.widget.attrs["class"] = "form-select" if is_select else "form-control"
        self.fields["core"].widget.attrs["class"] = "form-check-input"
        self.fields["kinds"].widget = forms.CheckboxSelectMultiple(
            attrs={"class": "form-check-input"},
            choices=self.fields["kinds"].choices,  # type: ignore[attr-defined]
        )
        self.fields["mode"].widget.attrs["class"] = "form-check-input"

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _filled(self, given: QueryDict) -> QueryDict:
        """The person's own settings where a first look says nothing."""
        data = given.copy()
        usual = default_options(self.person)
        own = {
            "stage": usual.stage,
            "mode": usual.mode.value,
            "per_week": _plain(usual.hours_a_week),
            "weeks": "" if data.get("until") else str(usual.weeks),
            "budget": "" if usual.budget is None else _plain(usual.budget),
        }
        is_first = "mode" not in data
        for name, value in own.items():
            if not data.get(name) and (is_first or name != "budget"):
                data[name] = value
        return data

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is None:
            return None
        begin = monday_of(self.person.today)
        if until <= self.person.today:
            raise ValidationError(_("A day that is still ahead."))
        if until > begin + timedelta(weeks=MOST_WEEKS):
            raise ValidationError(_("At most ten years ahead."))
        return until

    def options(self) -> Options:
        """What the valid form asks. Call after `is_valid`."""
        given = self.cleaned_data
        return Options(
            stage=given["stage"],
            mode=Mode(given["mode"]),
            hours_a_week=Fraction(given["per_week"]),
            weeks=self._weeks(),
            budget=None if given["budget"] is None else Fraction(given["budget"]),
            kinds=tuple(given["kinds"]),
            provider=given["provider"].strip(),
            language=given["language"],
            cost=None if given["cost"] is None else Fraction(given["cost"]),
            only_core=given["core"],
            wanted=frozenset(given["wanted"]),
        )

    def _weeks(self) -> int:
        """Whole weeks up to the day, this one included; a day outranks a number of weeks."""
        until: date | None = self.cleaned_data["until"]
        if until is None:
            return int(self.cleaned_data["weeks"] or default_options(self.person).weeks)
        off = weeks_off(self.person.user.pk)
        return max(1, number_of_week(plan_begin(self.person.today), until + timedelta(days=1), off) - 1)

    def query(self) -> str:
        """The options as the query of an address, without what says nothing; weeks as a day, so that it stays.

        Of a valid form.
        """
        assert isinstance(self.data, QueryDict)
        self.is_valid()
        pairs = [(name, value) for name in self.fields for value in self.data.getlist(name) if value]
        if self.cleaned_data["mode"] == Mode.MOST.value and not self.cleaned_data["until"]:
            last = week_of_plan(plan_begin(self.person.today), self._weeks(), weeks_off(self.person.user.pk))
            pairs = [(name, value) for name, value in pairs if name != "weeks"]
            pairs.append(("until", (last + timedelta(days=6)).isoformat()))
        return urlencode(pairs)

    @property
    def is_narrow(self) -> bool:
        """Whether one of the filters is in use, so that their box stands open."""
        return any(self.data.get(name) for name in ("kinds", "provider", "language", "cost", "core"))


def _plain(number: Fraction) -> str:
    """A number as a person writes it: 6, not 6.0."""
    return f"{Decimal(number.numerator) / number.denominator:f}"
