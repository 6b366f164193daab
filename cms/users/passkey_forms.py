"""allauth's forms of passkeys: a refused key is journaled, and never a server error."""

from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import extract_user_from_response
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError

from cms.users.models import User


class AddKeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Nom de la clé"
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = "Me connecter avec cette clé seule, sans mot de passe"
        self.fields["passwordless"].help_text = "La clé demande alors votre empreinte, votre visage ou son code."


if TYPE_CHECKING:
    from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm as Ceremony
else:
    Ceremony = object


class WrittenRefusal(Ceremony):
    """Refuses a wrong authenticator, a forged answer or an expired ceremony with a sentence, and journals it."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except (ValidationError, InvalidSignature, AttributeError, KeyError, TypeError) as error:
            authentication_failed.send(
                sender=Authenticator,
                user=self.user or self._said_user(),
                authenticator=Authenticator(type=Authenticator.Type.WEBAUTHN),
            )
            if isinstance(error, ValidationError) and error.code == "too_many_login_attempts":
                raise
            raise get_adapter().validation_error("unknown_key") from error

    def _said_user(self) -> User | None:
        """Whose key the answer says it is; anybody may say so, and it opens nothing."""
        try:
            return extract_user_from_response(self.cleaned_data["credential"])
        except (ValidationError, AttributeError, KeyError, TypeError):
            return None


class SignInWithKeyForm(WrittenRefusal, LoginWebAuthnForm):
    pass


class ShowKeyForm(WrittenRefusal, AuthenticateWebAuthnForm):
    pass


class ConfirmWithKeyForm(WrittenRefusal, ReauthenticateWebAuthnForm):
    pass
