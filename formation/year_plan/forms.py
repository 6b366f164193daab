"""Forms of the plan of a year."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from cms.kit.forms.fields import choices_offer, rows_offer
from cms.kit.forms.portal import PortalForm
from cms.territory.models import Region
from cms.values.models import Value
from cms.values.selectors import values_of
from formation.curriculum.selectors import curriculum_in_force
from formation.year_plan.models import QUARTERS


class YearPlanForm(PortalForm):
    year = forms.IntegerField(
        label="Année",
        min_value=2020,
        max_value=2100,
        error_messages={"required": "Indiquez l’année.", "invalid": "Écrivez l’année en quatre chiffres."},
    )
    aims = forms.CharField(
        label="Objectifs de l’année",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Lus par les partenaires et par l’État une fois le plan publié. Aucun nom.",
        error_messages={"required": "Dites en quelques phrases ce que l’année doit changer."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year


class YearPlanLineForm(PortalForm):
    """One line; the same module, quarter, audience and région again changes its numbers."""

    module_code = forms.ChoiceField(label="Module", error_messages={"required": "Choisissez le module."})
    quarter = forms.TypedChoiceField(label="Trimestre", coerce=int, choices=QUARTERS)
    audience = forms.ModelChoiceField(
        label="Public visé", queryset=Value.objects.none(), required=False, empty_label="Tous les professionnels"
    )
    region = forms.ModelChoiceField(
        label="Région", queryset=Region.objects.none(), required=False, empty_label="Toutes, ou à distance"
    )
    sessions = forms.IntegerField(
        label="Nombre de sessions",
        min_value=0,
        max_value=200,
        initial=1,
        help_text="Zéro retire la ligne.",
        error_messages={"required": "Indiquez combien de sessions."},
    )
    people = forms.IntegerField(
        label="Personnes à former",
        min_value=0,
        max_value=10000,
        error_messages={"required": "Indiquez combien de personnes."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = curriculum_in_force()
        clauses = version.ordered_clauses if version else []
        choices_offer(
            self,
            "module_code",
            [("", "Choisir")] + [(clause.code, f"{clause.code} – {clause.content['title']}") for clause in clauses],
        )
        rows_offer(self, "audience", values_of("groupe_profession"))
        rows_offer(self, "region", Region.objects.all())

    def line(self) -> dict[str, Any]:
        """Return the arguments of `year_plan_line_set`."""
        data = self.cleaned_data
        return {
            "module_code": data["module_code"],
            "quarter": data["quarter"],
            "audience_id": data["audience"].pk if data["audience"] else None,
            "region_id": data["region"].pk if data["region"] else None,
            "sessions": data["sessions"],
            "people": data["people"],
        }


def quarter_of(day: dt.date) -> int:
    return (day.month + 2) // 3
