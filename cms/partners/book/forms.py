"""Forms of the network's book."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone

from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm, LazyMultipleChoiceField
from cms.partners.book.models import Partner, Place, StructureProfile, Suspension
from cms.partners.book.services import (
    PROFILE_LISTS,
    PartnerCard,
    StructureCriteria,
    partner_change,
    partner_create,
    partner_identity_write,
    profile_set,
)
from cms.partners.conventions.services import partner_suspend, place_close, places_open, suspension_end
from cms.partners.enums import PartnerKind
from cms.partners.people.models import Membership
from cms.partners.people.services import membership_end
from cms.values.forms import AdminModelForm, field_of
from cms.values.selectors import values_of

CARD = (
    "code_name",
    "structure_type",
    "requester_type",
    "territory",
    "ase_authority",
    "manager_name",
    "establishment_number",
    "opened_on",
)


def facts_of(cleaned: dict[str, Any], model: type[Model]) -> dict[str, Any]:
    """Foreign keys as the services take them: `structure_type` → `structure_type_id`."""
    columns = {field.name: field.attname for field in model._meta.fields}
    return {columns[name]: getattr(value, "pk", value) for name, value in cleaned.items() if name in columns}


class SecretMixin(forms.Form):
    """Real name and address are written here and shown nowhere: they stay sealed."""

    real_name = forms.CharField(label="Nom réel", required=False, help_text="Structure d’accueil. Gardé sous scellé.")
    address = forms.CharField(
        label="Adresse secrète",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Gardée sous scellé, jamais affichée ici.",
    )


class PartnerForm(SecretMixin, AdminModelForm):
    class Meta:
        model = Partner
        fields = ("kind", *CARD)
        formfield_callback = field_of

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = timezone.localdate

    def write(self) -> Partner:
        facts = facts_of(self.cleaned_data, Partner)
        if self.cleaned_data["kind"] == PartnerKind.STRUCTURE:
            facts |= {name: self.cleaned_data[name] for name in ("real_name", "address")}
        return partner_create(PartnerCard(**facts))


class PartnerEditForm(SecretMixin, AdminModelForm):
    """The card of a known partner. Left empty, the sealed fields keep what they hold."""

    class Meta:
        model = Partner
        fields = (*CARD, "closed_on")
        formfield_callback = field_of

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind != PartnerKind.STRUCTURE:
            del self.fields["real_name"], self.fields["address"]

    def write(self) -> Partner:
        partner = partner_change(partner=self.instance, **facts_of(self.cleaned_data, Partner))
        secret = {name: self.cleaned_data.get(name, "") for name in ("real_name", "address")}
        if any(secret.values()):
            partner_identity_write(partner=partner, **secret)
        return partner


class PlacesForm(AdminForm):
    count = forms.IntegerField(label="Nombre de places à ouvrir", min_value=1, max_value=60, initial=1)
    starts_on = forms.DateField(label="Ouvertes à partir du", initial=timezone.localdate, widget=DayInput)

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner = partner

    def run(self, cleaned: dict) -> None:
        places_open(partner=self.partner, **cleaned)


class PlaceCloseForm(AdminForm):
    on = forms.DateField(label="Fermée à partir du", initial=timezone.localdate, widget=DayInput)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place

    def run(self, cleaned: dict) -> None:
        place_close(place=self.place, **cleaned)


class ProfileForm(AdminModelForm):
    """What a structure can take in. Written anew as a whole."""

    sexes = LazyMultipleChoiceField(lambda: values_of("sexe"), label="Sexes accueillis", required=False)
    forms = LazyMultipleChoiceField(
        lambda: values_of("forme"), label="Formes d’exploitation acceptées", required=False
    )
    languages = LazyMultipleChoiceField(
        lambda: values_of("langue"), label="Langues parlées par l’équipe", required=False
    )
    contraindications = LazyMultipleChoiceField(
        lambda: values_of("contre_indication"),
        label="Ne peut pas accueillir",
        required=False,
        help_text="Une structure n’est jamais proposée pour un mineur dont un besoin est coché ici.",
    )

    class Meta:
        model = StructureProfile
        fields = (
            "age_min", "age_max", "sexes", "forms", "containment", "habilitation", "pledged_places", "admission_days",
            "daily_price", "takes_at_night", "takes_siblings", "has_psychologist", "languages", "contraindications",
        )  # fmt: skip
        formfield_callback = field_of

    def run(self, cleaned: dict) -> None:
        chosen: dict[str, Any] = {name: list(cleaned[name]) for name in PROFILE_LISTS}
        profile_set(
            partner=self.instance.partner, criteria=StructureCriteria(**facts_of(cleaned, StructureProfile), **chosen)
        )


class LastDayForm(AdminForm):
    """Last day, included, of a membership or of a suspension."""

    ends_on = forms.DateField(label="Dernier jour", initial=timezone.localdate, widget=DayInput)

    def __init__(self, *args: Any, row: Membership | Suspension, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def run(self, cleaned: dict) -> None:
        if isinstance(self.row, Membership):
            membership_end(membership=self.row, **cleaned)
        else:
            suspension_end(suspension=self.row, **cleaned)


class PartnerSuspendForm(AdminForm):
    starts_on = forms.DateField(label="Du", initial=timezone.localdate, widget=DayInput)
    ends_on = forms.DateField(
        label="Jusqu’au",
        required=False,
        widget=DayInput,
        help_text="Dernier jour compris ; vide si la fin est inconnue.",
    )
    reason = forms.CharField(
        label="Motif", max_length=200, help_text="Sans nom de personne : la structure peut le lire."
    )

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner = partner

    def run(self, cleaned: dict) -> None:
        partner_suspend(partner=self.partner, **cleaned)
