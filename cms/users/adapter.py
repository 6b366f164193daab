"""allauth's adapters: accounts are opened by invitation only, and the seeds of second factors are sealed."""

import uuid
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone
from procrastinate.contrib.django import app

from cms.users.devices import tries_forget, try_count
from cms.users.models import User
from cms.vault.sealing import purpose_register, seal, unseal

NOTICE_TASK, RESET_TASK = "cms.sessions.tasks.notice", "cms.sessions.tasks.reset"
ADDRESS_COLUMN = purpose_register("sessions.reset.address")
"""Under which the address that somebody typed is sealed in the queue."""
SEED_COLUMN = purpose_register("mfa.authenticator.data")
PENDING_SEED = purpose_register("mfa.totp.pending")
REAUTHENTICATION_WORDS = {
    "reauthenticate": "Mon mot de passe",
    "mfa_reauthenticate": "Un code de mon application, ou un code de secours",
    "mfa_reauthenticate:webauthn": "Ma clé d’accès",
}


_landings: list[Callable[[], str]] = []


def landing_register(landing: Callable[[], str]) -> None:
    """Register what gives the address where the current person lands once signed in; empty for others."""
    _landings.append(landing)


def notice_queue(template: str, user: User) -> None:
    """Queue, in the transaction, a message of security: the templates `<template>_subject.txt` and `_message.txt`."""
    task = app.configure_task(NOTICE_TASK)
    task.defer(template=template, user=str(user.pk), at=timezone.now().isoformat(), key=str(uuid.uuid4()))


def reset_queue(address: str) -> None:
    """Queue the search of an account and its message. The same for every address: none is looked up here."""
    sealed = seal(address.lower().encode(), ADDRESS_COLUMN)
    app.configure_task(RESET_TASK).defer(address=sealed, key=str(uuid.uuid4()))


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "Trop d’essais. Attendez cinq minutes, puis recommencez.",
        "too_many_passwords": (
            "Trop de mots de passe faux depuis cet endroit. Attendez cinq minutes. Sans attendre : entrez avec votre "
            "clé d’accès, depuis un appareil où vous vous êtes déjà connecté, ou choisissez un nouveau mot de passe "
            "avec « Mot de passe oublié »."
        ),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try before the password is looked at: `cms.users.devices` says whose tries it joins."""
        self._login_failed_rl_usage = try_count(request, credentials.get("email", ""))
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_passwords")

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Forget the wrong tries, after a reset by mail: allauth calls it then, under the key of its own counts."""
        tries_forget(request, credentials.get("email", ""))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where the person works, as `landing_register` was told; the portal for others."""
        landings = (landing() for landing in _landings)
        return next(filter(None, landings), super().get_login_redirect_url(request))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as written: a prefix with the name of the site would reveal where the person works."""
        return str(subject)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Queue what tells a person that the access to the account changed: no request waits for a server of mail."""
        notice_queue(template_prefix, user)

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
