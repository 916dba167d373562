"""Searching the catalogue, and saying what one did with a resource."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.engine.framework import Framework, Resource
from tracker.forms.path import PastDate
from tracker.models import ResourceMark
from tracker.models.plan import LEAST_HOURS, MOST_OWN_HOURS
from tracker.queries.resources import Filter
from tracker.templatetags.numbers import kind, plain

ANY = ("", _("any"))
_LOOKS: dict[type[forms.Widget], str] = {forms.Select: "form-select", forms.CheckboxInput: "form-check-input"}


class FilterForm(forms.Form):
    """The filters as a GET form; what it does not understand it leaves out and says so beside the field."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    area = forms.ChoiceField(label=_("Area"), required=False)
    competency = forms.ChoiceField(label=_("Skill"), required=False)
    level = forms.TypedChoiceField(
        label=_("Level"), required=False, coerce=int, empty_value=None, choices=[ANY, *((n, n) for n in range(1, 6))]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    cost = forms.TypedChoiceField(
        label=_("Cost"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[ANY, (0, _("free")), (50, _("up to $50")), (150, _("up to $150")), (1000, _("up to $1,000"))],
    )
    hours = forms.IntegerField(label=_("Hours at most"), required=False, min_value=1, max_value=2000)
    language = forms.ChoiceField(label=_("Language"), required=False)
    status = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("all")),
            ("ready", _("ready to start")),
            ("gain", _("adds something")),
            ("started", _("started")),
            ("finished", _("finished")),
            ("dismissed", _("put aside")),
        ],
    )
    core = forms.BooleanField(label=_("Lean selection only"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("gain_per_hour", _("gain per hour")),
            ("gain", _("gain")),
            ("hours", _("shortest")),
            ("title", _("title")),
        ],
    )

    def __init__(self, framework: Framework, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted({r.kind for r in framework.resources})
        languages = sorted({r.language for r in framework.resources if r.language})
        self._choose("area", [(a.id, a.name) for a in framework.areas])
        self._choose("competency", sorted(((c.id, c.name) for c in framework.competencies), key=lambda pair: pair[1]))
        self._choose("kind", sorted(((k, kind(k)) for k in kinds), key=lambda pair: pair[1]))
        self._choose("language", [(code, code) for code in languages])
        for field in self.fields.values():
            field.widget.attrs["class"] = _LOOKS.get(type(field.widget), "form-control")

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [ANY, *choices]  # type: ignore[attr-defined]

    def wanted(self) -> Filter:
        """The filter that the valid fields ask for."""
        self.is_valid()
        given = self.cleaned_data
        return Filter(
            text=given.get("q") or "",
            kind=given.get("kind") or "",
            area=given.get("area") or "",
            competency=given.get("competency") or "",
            level=given.get("level"),
            cost=given.get("cost"),
            hours=given.get("hours"),
            language=given.get("language") or "",
            status=given.get("status") or "",
            only_core=bool(given.get("core")),
            order=given.get("order") or "gain_per_hour",
        )

    @property
    def is_narrow(self) -> bool:
        """Whether one of the lesser filters is in use, so that their box stands open."""
        lesser = ("competency", "level", "hours", "language", "core")
        return any(self.data.get(name) for name in lesser)


class MarkForm(forms.Form):
    """What was done with a resource; `none` takes back what was said."""

    status = forms.ChoiceField(choices=[*ResourceMark.Status.choices, ("none", _("nothing yet"))])
    hours = forms.DecimalField(
        label=_("Hours it took"), required=False, min_value=0, max_value=99999, max_digits=6, decimal_places=1
    )
    rating = forms.TypedChoiceField(
        label=_("Was it worth it?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("no answer")),
            (5, _("5: by all means")),
            (4, _("4: yes")),
            (3, _("3: in parts")),
            (2, _("2: hardly")),
            (1, _("1: no")),
        ],
    )

    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = PastDate(
            today=today,
            label=_("Finished on"),
            required=False,
            max_length=40,
            help_text=_("A day, a month or a year."),
        )


class FiguresForm(forms.Form):
    """A person's own hours, price and address; an empty field is as the catalogue has it."""

    hours = forms.DecimalField(
        label=_("Hours, as you know them"),
        required=False,
        min_value=LEAST_HOURS,
        max_value=MOST_OWN_HOURS,
        max_digits=6,
        decimal_places=1,
    )
    cost = forms.DecimalField(
        label=_("Price in US dollars"), required=False, min_value=0, max_value=999999, max_digits=8, decimal_places=2
    )
    url = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")

    helper = FormHelper()
    helper.form_tag = False

    def __init__(self, resource: Resource, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "own-%s", **kwargs})
        for name, value in (("hours", plain(resource.hours)), ("cost", plain(resource.cost)), ("url", resource.url)):
            self.fields[name].widget.attrs["placeholder"] = value
        self.fields["hours"].widget.attrs["step"] = "any"
        self.fields["cost"].widget.attrs["step"] = "any"
