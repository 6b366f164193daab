"""« Déclarer une situation préoccupante », and who was told of it."""

from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    MultipleChoiceField,
    RadioSelect,
    Textarea,
)

from cases.forms.fields import MomentField, choices, needed
from cms.access.forms import PortalForm
from cms.values.models import Value
from cms.values.selectors import values_by_list


class IncidentForm(PortalForm):
    """« Déclarer une situation préoccupante »."""

    partner = ChoiceField(
        label="Votre structure", widget=RadioSelect, error_messages=needed("Choisissez votre structure.")
    )
    incident_type = ChoiceField(
        label="Que s’est-il passé ?", error_messages=needed("Choisissez ce qui s’approche le plus.")
    )
    severity = ChoiceField(
        label="Gravité",
        required=False,
        widget=RadioSelect,
        help_text="Sans choix de votre part, la gravité proposée pour ce type est retenue.",
    )
    placement = ChoiceField(label="Séjour concerné", required=False)
    occurred_at = MomentField(label="Survenu le")
    noticed_at = MomentField(label="Constaté le", help_text="Le moment où votre équipe l’a su.")
    narrative = CharField(
        label="Les faits",
        error_messages=needed("Racontez les faits en quelques mots."),
        max_length=8000,
        widget=Textarea(attrs={"rows": 6}),
        help_text="Conservés sous clé : seules votre structure et la coordination les lisent.",
    )
    measures = CharField(
        label="Ce que vous avez déjà fait", required=False, max_length=4000, widget=Textarea(attrs={"rows": 3})
    )
    authorities = MultipleChoiceField(label="Qui est déjà prévenu ?", required=False, widget=CheckboxSelectMultiple)
    told_at = MomentField(
        label="Prévenus le", required=False, help_text="À remplir si vous avez coché un destinataire ci-dessus."
    )
    is_confidential = BooleanField(
        label="Un adulte de la structure est mis en cause : réserver cette déclaration à la coordination et à moi",
        required=False,
    )

    def __init__(self, *args, partners, stays, **kwargs):
        super().__init__(*args, **kwargs)
        values = values_by_list("type_incident", "gravite", "autorite")
        self.severities = {value.code: value for value in values["gravite"]}
        self.types = {value.pk: value for value in values["type_incident"]}
        self.partners = {str(partner.pk): partner for partner in partners}
        self.stays = {str(stay.pk): stay for stay in stays}
        self.fields["partner"].choices = [(pk, partner.code_name) for pk, partner in self.partners.items()]
        if len(self.partners) == 1:
            del self.fields["partner"]
        self.fields["incident_type"].choices = [
            ("", "Choisissez"),
            *((pk, self._type(v)) for pk, v in self.types.items()),
        ]
        self.fields["severity"].choices = [
            (value.pk, f"{value.label} : {_lower(value.extra.get('meaning', ''))}") for value in values["gravite"]
        ]
        self.fields["placement"].choices = [
            ("", "Aucun séjour en particulier"),
            *((pk, f"{stay.case.reference}, depuis le {stay.arrived_on:%d/%m/%Y}") for pk, stay in self.stays.items()),
        ]
        self.fields["authorities"].choices = choices(values["autorite"])

    def _type(self, value: Value) -> str:
        proposed = self.severities.get(value.extra.get("default_severity", ""))
        return f"{value.label} (gravité proposée : {proposed.label.lower()})" if proposed else value.label

    def clean(self):
        cleaned = super().clean()
        if len(self.partners) == 1:
            cleaned["partner"] = next(iter(self.partners))
        kind = self.types.get(cleaned.get("incident_type"))
        if kind and not cleaned.get("severity") and "severity" not in self.errors:
            cleaned["severity"] = f"gravite:{kind.extra['default_severity']}"
        if cleaned.get("authorities") and not cleaned.get("told_at") and "told_at" not in self.errors:
            self.add_error("told_at", "Indiquez quand ces destinataires ont été prévenus.")
        return cleaned

    def arguments(self) -> dict:
        """What `incident_declare` wants, from a valid form."""
        data = self.cleaned_data
        return {
            "partner": self.partners[data["partner"]],
            "incident_type_id": data["incident_type"],
            "severity_id": data["severity"],
            "placement": self.stays.get(data["placement"]),
            "occurred_at": data["occurred_at"],
            "noticed_at": data["noticed_at"],
            "narrative": data["narrative"],
            "measures": data["measures"],
            "is_confidential": data["is_confidential"] or None,
        }


class NoticeForm(PortalForm):
    """One more authority told of an incident."""

    authority = ChoiceField(label="Qui avez-vous prévenu ?", error_messages=needed("Choisissez qui a été prévenu."))
    told_at = MomentField(label="Prévenu le")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = [("", "Choisissez"), *choices(values_by_list("autorite")["autorite"])]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
