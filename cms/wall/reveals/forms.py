"""What is asked of whoever opens an identity or an address; the admin and the portal ask the same."""

from django import forms

from cms.kit.forms.admin import AdminForm
from cms.kit.forms.portal import PortalForm
from cms.wall.models import RevealReason


def reason_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Pourquoi l’ouvrir ?",
        choices=[("", "Choisir…"), *RevealReason.choices],
        error_messages={"required": "Choisissez le motif."},
    )


def words_field(label: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez-le en une phrase."},
    )


class AdminRevealForm(AdminForm):
    reason = reason_field()
    words = words_field("Précision, si elle aide à comprendre", required=False)


class PortalRevealForm(PortalForm):
    quiet_optional = True

    reason = reason_field()
    words = words_field("Précision, si elle aide à comprendre", required=False)


class BreakGlassForm(AdminForm):
    reason = reason_field()
    words = words_field("Ce que vous devez vérifier", required=True)
    necessity = words_field("Pourquoi le journal et la coordination ne suffisent pas", required=True)
    is_sure = forms.BooleanField(
        label="J’ai compris que la direction du réseau est alertée",
        error_messages={"required": "Cochez la case pour continuer."},
    )
