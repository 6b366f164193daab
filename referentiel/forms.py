"""Forms: signing in the portal, publishing in the admin."""

from django import forms
from django.utils import timezone

from cms.access.admin_forms import AdminForm
from cms.access.filters import DayInput
from cms.access.forms import PortalForm
from cms.documents.models import DocumentKind, DocumentVersion
from cms.files.forms import WIDGET
from cms.partners.models import Partner
from cms.users.models import User


class SignForm(PortalForm):
    """`version` is what the person had before the eyes: a newer one is never signed unread."""

    partner = forms.UUIDField(label="Structure", error_messages={"invalid": "Cette structure n’existe pas."})
    position = forms.CharField(
        label="Votre fonction dans la structure",
        max_length=120,
        error_messages={"required": "Indiquez votre fonction."},
    )
    version = forms.UUIDField(widget=forms.HiddenInput)
    is_committed = forms.BooleanField(
        label="J’ai lu le référentiel et j’engage ma structure",
        error_messages={"required": "Cochez cette case pour engager votre structure."},
    )

    def __init__(self, *args, user: User, partners: list[Partner], version: DocumentVersion, **kwargs):
        initial = {"partner": partners[0].pk, "position": user.position, "version": version.pk}
        super().__init__(*args, initial=initial, **kwargs)
        choices = [(partner.pk, partner.code_name) for partner in partners]
        self.fields["partner"].widget = forms.Select(choices=choices) if len(partners) > 1 else forms.HiddenInput()


class SearchForm(PortalForm):
    quiet_optional = True

    q = forms.CharField(
        label="Chercher dans le référentiel",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text="Un mot, ou le code d’une exigence.",
    )


class PaperForm(AdminForm):
    """What is written on a paper that a structure signed."""

    version = forms.ModelChoiceField(
        label="Version signée", queryset=DocumentVersion.objects.none(), empty_label="Choisir…"
    )
    signer_name = forms.CharField(
        label="Nom de la personne qui a signé",
        max_length=200,
        error_messages={"required": "Écrivez le nom qui figure sur le papier."},
    )
    signer_position = forms.CharField(
        label="Sa fonction dans la structure",
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
        help_text="Il est gardé chiffré ; la structure et la coordination l’ouvrent depuis le reçu.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        versions = DocumentVersion.objects.filter(
            document__kind=DocumentKind.REFERENTIEL, effective_on__lte=timezone.localdate()
        )
        self.fields["version"].queryset = versions.select_related("document").order_by("-sequence")


class PublishForm(forms.Form):
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
        help_text="Les structures liront cette note.",
        error_messages={"required": "Dites en quelques mots ce qui change."},
    )
