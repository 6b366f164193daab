"""Forms of accounts. The portal and the admin ask the same; each field stands here once."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from cms.accounts.enums import CallbackNumber, SuspensionReason
from cms.kit.forms.admin import AdminForm, ServiceErrorsMixin
from cms.kit.forms.portal import PortalForm
from cms.partners.models import Partner
from cms.users.roles import NETWORK_ROLES, Role

NOT_A_DAY = "Indiquez un jour qui existe."
STAYS, LEFT = "stays", "left"


class AccountPortalForm(ServiceErrorsMixin, PortalForm):
    """A form of the portal that says beside its fields what a service refused."""


def day_field(label: str, help_text: str, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NOT_A_DAY, "required": NOT_A_DAY},
    )


def email_field() -> forms.EmailField:
    return forms.EmailField(
        label="Adresse électronique",
        help_text="Celle de la personne elle-même, jamais une boîte partagée.",
        error_messages={"required": "Indiquez l’adresse.", "invalid": "Cette adresse n’est pas complète."},
    )


class TeamInvitationForm(AccountPortalForm):
    """A director invites. The structure is asked only of whoever directs several."""

    partner = forms.ChoiceField(label="Structure", error_messages={"required": "Choisissez la structure."})
    email = email_field()
    role = forms.ChoiceField(label="Rôle", error_messages={"required": "Choisissez le rôle."})
    ends_on = day_field("Jusqu’au", "Dernier jour compris, dans un an au plus. Vous pourrez prolonger.", required=True)

    def __init__(self, *args: Any, partners: list[Partner], roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {str(partner.pk): partner for partner in partners}
        structures = cast(forms.ChoiceField, self.fields["partner"])
        structures.choices = [(pk, partner.code_name) for pk, partner in self.partners.items()]
        choices = [(role.value, role.label) for role in roles]
        cast(forms.ChoiceField, self.fields["role"]).choices = choices
        if len(partners) == 1:
            del self.fields["partner"]
        if len(choices) == 1:
            self.fields["role"].initial = choices[0][0]

    def facts(self) -> dict:
        """Arguments of `invitation_send`."""
        data = dict(self.cleaned_data)
        partner = self.partners[data.pop("partner", next(iter(self.partners)))]
        return {**data, "partner": partner, "role": Role(data["role"])}


class AdminInvitationForm(AdminForm):
    email = email_field()
    role = forms.ChoiceField(label="Rôle")
    ends_on = day_field("Jusqu’au", "Dernier jour compris ; vide si la fin est inconnue.", required=False)
    can_sign = forms.BooleanField(label="Signe au nom du partenaire", required=False)

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [(role.value, role.label) for role in roles]

    def facts(self) -> dict:
        return {**self.cleaned_data, "role": Role(self.cleaned_data["role"])}


class RenewPortalForm(AccountPortalForm):
    ends_on = day_field("Nouveau dernier jour", "Dernier jour compris, dans un an au plus.", required=True)


class RenewAdminForm(AdminForm):
    ends_on = day_field("Nouveau dernier jour", "Dernier jour compris ; vide si la fin est inconnue.", required=False)


class SurePortalForm(AccountPortalForm):
    """A page that asks once more before it acts."""


class WelcomeForm(AccountPortalForm):
    """What a person invited chooses: how to be called, and a password that nobody else knows."""

    first_name = forms.CharField(label="Prénom", max_length=150, error_messages={"required": "Indiquez le prénom."})
    last_name = forms.CharField(label="Nom", max_length=150, error_messages={"required": "Indiquez le nom."})
    phone = forms.CharField(
        label="Téléphone professionnel",
        max_length=30,
        required=False,
        help_text="La coordination vous rappelle à ce numéro si vous perdez votre double authentification.",
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choisissez un mot de passe."},
    )
    again = forms.CharField(
        label="Le même mot de passe, une seconde fois",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Écrivez-le une seconde fois."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, token in (("first_name", "given-name"), ("last_name", "family-name"), ("phone", "tel")):
            self.fields[name].widget.attrs["autocomplete"] = token
        self.fields[
            "password"
        ].help_text = "Au moins 15 caractères : une phrase que vous retenez vaut mieux qu’un mot compliqué."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Les deux mots de passe diffèrent.")
        data.pop("again", None)
        return data


def review_fields(rows: Iterable[tuple[str, str, str]]) -> dict[str, forms.ChoiceField]:
    """One question a person: name of the field, the person, what to know of them."""
    return {
        name: forms.ChoiceField(
            label=label,
            help_text=hint,
            required=False,
            choices=[(STAYS, "Toujours en fonction"), (LEFT, "N’est plus en fonction")],
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Choisissez une des deux réponses."},
        )
        for name, label, hint in rows
    }


class ReviewPortalForm(AccountPortalForm):
    """Answers may come in several times: a person left without one is asked again."""

    quiet_optional = True

    def __init__(self, *args: Any, rows: Iterable[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(review_fields(rows))

    def clean(self) -> dict[str, Any]:
        return answered(super().clean() or self.cleaned_data, self.errors)


def answered(data: dict, errors: dict) -> dict:
    if not errors and not any(data.values()):
        raise ValidationError("Répondez pour une personne au moins.")
    return data


class ReviewAdminForm(AdminForm):
    def __init__(self, *args: Any, rows: Iterable[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(review_fields(rows))

    def clean(self) -> dict[str, Any]:
        return answered(super().clean() or self.cleaned_data, self.errors)


class AccountSuspendForm(AdminForm):
    why = forms.ChoiceField(
        label="Pourquoi",
        choices=[
            ("", "Choisir…"),
            *[(why.value, why.label) for why in (SuspensionReason.DEPARTURE, SuspensionReason.SECURITY)],
        ],
    )


class RightsForm(AdminForm):
    """Ask to give or to take back a role of the network."""

    change = forms.ChoiceField(label="Changement", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Motif", max_length=200, help_text="Pour la personne qui décidera : prise de fonction, départ…"
    )

    def __init__(self, *args: Any, held: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = sorted(NETWORK_ROLES, key=list(Role).index)
        cast(forms.ChoiceField, self.fields["change"]).choices = [
            (f"{'take' if role.value in held else 'give'}:{role.value}", f"{verb} : {role.label}")
            for role in roles
            for verb in ["Retirer" if role.value in held else "Donner"]
        ]

    def facts(self) -> dict:
        verb, _, role = self.cleaned_data["change"].partition(":")
        return {"role": Role(role), "is_given": verb == "give", "reason": self.cleaned_data["reason"]}


class CalledForm(AdminForm):
    """The call has been made: to which number, and the person was recognised."""

    called = forms.ChoiceField(label="Numéro appelé", widget=forms.RadioSelect)
    is_sure = forms.BooleanField(
        label="J’ai appelé ce numéro moi-même, et la personne a confirmé qu’elle a perdu sa double authentification",
        error_messages={"required": "Appelez d’abord, puis cochez la case."},
    )

    def __init__(self, *args: Any, numbers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (f"{called}:{number}", f"{phone} ({CallbackNumber(called).label})")
            for number, (called, phone) in enumerate(numbers)
        ]
        choices.append(("network:", "Un numéro déjà noté dans le carnet de la coordination"))
        cast(forms.ChoiceField, self.fields["called"]).choices = choices

    def called_value(self) -> str:
        return self.cleaned_data["called"].partition(":")[0]
