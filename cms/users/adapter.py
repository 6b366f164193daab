"""allauth's adapters: accounts are opened by invitation only, and the seeds of second factors are sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from cms.users.models import User
from cms.vault.sealing import seal, unseal

SEED_COLUMN = "mfa.authenticator.data"
REAUTHENTICATION_WORDS = {
    "reauthenticate": "Mon mot de passe",
    "mfa_reauthenticate": "Un code de mon application, ou un code de secours",
    "mfa_reauthenticate:webauthn": "Ma clé d’accès",
}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as written: a prefix with the name of the site would reveal where the person works."""
        return str(subject)

    def get_login_stages(self) -> list[str]:
        """Return allauth's stages with our own for the second factor: what ProConnect verified is not asked again."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "cms.sessions.stages.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Offer the second factor alone to whoever holds one: a thief may have the password."""
        methods = super().get_reauthentication_methods(user)
        strong = [method for method in methods if method["id"] != "reauthenticate"]
        return [{**method, "description": REAUTHENTICATION_WORDS[method["id"]]} for method in strong or methods]


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Ce code ne convient pas : il est faux, ou a déjà servi. Attendez le code suivant.",
        "unknown_key": "Cette clé n’est pas reliée à ce compte, ou la demande a expiré. Recommencez.",
        "cannot_delete_authenticator": "C’est votre seul moyen : ajoutez-en d’abord un autre.",
        "cannot_generate_recovery_codes": "Ajoutez d’abord une clé d’accès ou une application de codes.",
    }

    def get_totp_issuer(self) -> str:
        return "Havre"

    def encrypt(self, text: str) -> str:
        return seal(text.encode(), SEED_COLUMN)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, SEED_COLUMN).decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return "Ma clé d’accès"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to remove the last means; replacing it starts with adding the other kind."""
        means = authenticator.user.authenticator_set.filter(type__in=("webauthn", "totp"))
        return means.exclude(pk=authenticator.pk).exists()
