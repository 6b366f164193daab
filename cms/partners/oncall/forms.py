"""What is asked of the line of a structure: the portal and the admin ask the same."""

import uuid
from typing import Any

from django import forms

from cms.kit.forms.admin import AdminForm, ServiceErrorsMixin
from cms.kit.forms.fields import choices_offer
from cms.kit.forms.portal import PortalForm
from cms.partners.book.models import Partner
from cms.partners.oncall.enums import Weekday
from cms.partners.oncall.models import OnCallLine, every_day
from cms.partners.oncall.selectors import line_of, people_of
from cms.partners.oncall.services import LineFacts, line_set
from cms.users.roles import Role

NO_HOUR = "Indiquez une heure, comme 20:00."


def hour_field(label: str, help_text: str = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": NO_HOUR, "required": NO_HOUR},
    )


class LineFields(ServiceErrorsMixin, forms.Form):
    """A form that knows the structure, offers its people, and calls the service."""

    phone = forms.CharField(
        label="Numéro d’astreinte",
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text="Celui que la coordination appelle, et qui reçoit le message quand un jeune est à accueillir.",
        error_messages={"required": "Indiquez le numéro à appeler."},
    )
    days = forms.TypedMultipleChoiceField(
        label="Jours",
        coerce=int,
        choices=Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Une nuit compte pour le jour où elle commence.",
        error_messages={"required": "Choisissez au moins un jour."},
    )
    starts_at = hour_field("À partir de")
    ends_at = hour_field("Jusqu’à", "La même heure deux fois : jour et nuit. Une heure plus petite : le lendemain.")
    members = forms.TypedMultipleChoiceField(
        label="Personnes d’astreinte",
        coerce=uuid.UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Elles sont prévenues avec la ligne. Aucune : la direction l’est.",
    )
    delegates = forms.TypedMultipleChoiceField(
        label="Peuvent répondre à la place de la direction",
        coerce=uuid.UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Répondre aux propositions d’accueil, confirmer les places et les arrivées. Les accords et les "
        "signatures restent à la direction.",
    )

    partner: Partner

    def offer(self, partner: Partner) -> None:
        """Offer the people of a structure, and what its line holds today."""
        self.partner = partner
        people = list(people_of(partner.pk))
        line = line_of(partner.pk)
        choices_offer(self, "members", [(str(row.pk), f"{row.user}, {row.get_role_display()}") for row in people])
        educators = [row for row in people if row.role == Role.STRUCTURE_EDUCATOR]
        choices_offer(self, "delegates", [(str(row.pk), str(row.user)) for row in educators])
        line = line or OnCallLine(partner=partner, days=every_day())
        for name in ("phone", "days", "starts_at", "ends_at"):
            self.initial[name] = getattr(line, name)
        self.initial["members"] = [str(pk) for pk in line.members.values_list("membership_id", flat=True)]
        self.initial["delegates"] = [str(row.pk) for row in educators if row.may_answer]

    def run(self, cleaned: dict[str, Any]) -> OnCallLine:
        return line_set(partner=self.partner, facts=LineFacts(**cleaned))


class PortalLineForm(LineFields, PortalForm):
    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(partner)


class AdminLineForm(LineFields, AdminForm):
    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(partner)
