"""Forms: publishing a version in the admin, signing one in the portal."""

from django import forms
from django.utils import timezone

from cms.documents.enums import SIGNED_BY_UNITS
from cms.documents.policies import validation_required, validators_for
from cms.documents.units.models import AuthorisedUnit
from cms.documents.versions.models import DocumentVersion
from cms.files.forms import WIDGET
from cms.kit.filters import DayInput
from cms.kit.forms.admin import WRONG_CHOICE, AdminForm, ServiceErrorsMixin
from cms.kit.forms.portal import PortalForm
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES


class PublishForm(ServiceErrorsMixin, forms.Form):
    """With a `validator`, the version is proposed; without, it is published at once."""

    number = forms.CharField(label="Numéro", max_length=12, help_text="Plus grand que celui de la version précédente.")
    effective_on = forms.DateField(
        label="Date d’effet",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    is_major = forms.TypedChoiceField(
        label="Nature du changement",
        choices=[
            ("major", "Majeure : chaque structure signe de nouveau"),
            ("minor", "Mineure : les signatures restent"),
        ],
        coerce=lambda value: value == "major",
        widget=forms.RadioSelect,
        initial="major",
    )
    change_note = forms.CharField(
        label="Ce qui change",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Les lecteurs liront cette note.",
        error_messages={"required": "Dites en quelques mots ce qui change."},
    )
    validator = forms.ModelChoiceField(
        label="Qui valide",
        queryset=User.objects.none(),
        empty_label="Choisir…",
        help_text="Une personne qui n’a rien écrit de ce qui change.",
        error_messages={"required": "Choisissez qui valide cette version.", "invalid_choice": WRONG_CHOICE},
    )

    scheduled_on = forms.DateField(
        label="Publier d’elle-même le (facultatif)",
        required=False,
        widget=DayInput,
        help_text="Au début de ce jour, si elle est validée. Vide : vous la publiez vous-même.",
    )

    def __init__(self, *args, kind: str, author: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_validated_first = validation_required(kind, author.pk)
        self.fields["validator"].queryset = validators_for(author)
        if not self.is_validated_first:
            # Nobody will be there: somebody else has read it before.
            self.fields["validator"].required = False
            self.fields["validator"].help_text = "Pour une version programmée, ou si vous souhaitez un second regard."

    def clean(self):
        asked = super().clean()
        if asked.get("scheduled_on") and not asked.get("validator"):
            self.add_error("validator", "Choisissez qui valide cette version : elle se publiera sans personne.")
        return asked


class SignForm(ServiceErrorsMixin, PortalForm):
    """`version` is what the person had before the eyes: a newer one is never signed unread."""

    partner = forms.UUIDField(label="Structure", error_messages={"invalid": "Cette structure n’existe pas."})
    position = forms.CharField(
        label="Votre fonction dans la structure",
        max_length=120,
        error_messages={"required": "Indiquez votre fonction."},
    )
    version = forms.UUIDField(widget=forms.HiddenInput)
    is_committed = forms.BooleanField(
        label="J’ai lu ce document et j’engage ma structure",
        error_messages={"required": "Cochez cette case pour engager votre structure."},
    )

    def __init__(self, *args, user: User, partners: list[Partner], version: DocumentVersion, **kwargs):
        initial = {"partner": partners[0].pk, "position": user.position, "version": version.pk}
        super().__init__(*args, initial=initial, **kwargs)
        if version.document.kind == SIGNED_BY_UNITS:
            self._for_a_unit()
        choices = [(partner.pk, partner.code_name) for partner in partners]
        self.fields["partner"].widget = forms.Select(choices=choices) if len(partners) > 1 else forms.HiddenInput()

    def _for_a_unit(self) -> None:
        self.fields["partner"].label = "Unité"
        self.fields["partner"].error_messages["invalid"] = "Cette unité n’existe pas."
        self.fields["position"].label = "Votre fonction dans l’unité"
        self.fields["is_committed"].label = "J’ai lu ce document et j’engage mon unité"
        self.fields["is_committed"].error_messages["required"] = "Cochez cette case pour engager votre unité."


class PaperForm(AdminForm):
    """What is written on a paper that a partner signed."""

    version = forms.ModelChoiceField(
        label="Version signée", queryset=DocumentVersion.objects.none(), empty_label="Choisir…"
    )
    signer_name = forms.CharField(
        label="Nom de la personne qui a signé",
        max_length=200,
        error_messages={"required": "Écrivez le nom qui figure sur le papier."},
    )
    signer_position = forms.CharField(
        label="Sa fonction",
        max_length=120,
        error_messages={"required": "Écrivez la fonction qui figure sur le papier."},
    )
    signed_on = forms.DateField(
        label="Signé le", widget=DayInput, error_messages={"required": "Écrivez la date qui figure sur le papier."}
    )
    scan = forms.FileField(
        label="Papier signé, numérisé",
        widget=WIDGET,
        allow_empty_file=True,
        error_messages={"required": "Joignez le papier signé."},
        help_text="Il est gardé chiffré ; qui a signé et la coordination l’ouvrent depuis le reçu.",
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        versions = DocumentVersion.objects.filter(document__kind=kind, effective_on__lte=timezone.localdate())
        self.fields["version"].queryset = versions.select_related("document").order_by("-sequence")


class UnitForm(AdminForm):
    """A unit on the list of the protocol: a contact on each side, and when both meet again."""

    network_contact = forms.ModelChoiceField(label="Contact au réseau", queryset=User.objects.none())
    contact_name = forms.CharField(
        label="Contact dans l’unité", max_length=120, error_messages={"required": "Écrivez le nom du contact."}
    )
    contact_position = forms.CharField(
        label="Sa fonction", max_length=120, error_messages={"required": "Écrivez sa fonction."}
    )
    contact_phone = forms.CharField(label="Sa ligne directe", max_length=30, required=False)
    review_on = forms.DateField(
        label="Prochaine revue", widget=DayInput, error_messages={"required": "Choisissez une date."}
    )

    def __init__(self, *args, unit: AuthorisedUnit | None, day, **kwargs):
        known = {name: getattr(unit, name) for name in self.base_fields} if unit else {"review_on": day}
        super().__init__(*args, initial=known, **kwargs)
        roles = [role.value for role in SEES_ALL_CASES]
        people = User.objects.filter(is_active=True, groups__name__in=roles).distinct()
        self.fields["network_contact"].queryset = people.order_by("last_name", "first_name")


class ReviewForm(AdminForm):
    reviewed_on = forms.DateField(
        label="Revue faite le",
        widget=DayInput,
        initial=timezone.localdate,
        error_messages={"required": "Choisissez une date."},
    )
    decisions = forms.CharField(
        label="Ce qui a été décidé",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Personnes autorisées, difficultés, suites. Rien sur un mineur.",
        error_messages={"required": "Dites en quelques mots ce qui a été décidé."},
    )
    next_on = forms.DateField(
        label="Revue suivante", widget=DayInput, error_messages={"required": "Choisissez une date."}
    )

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, initial={"next_on": day}, **kwargs)
