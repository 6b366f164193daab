"""allauth's forms, with the words of ours."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP, get_totp_secret
from django.http import HttpRequest

from cms.users.adapter import PENDING_SEED, reset_queue
from cms.vault.sealing import SealError, looks_sealed, seal, unseal

ADDRESS = "Adresse électronique"


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = ADDRESS
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ForgottenPasswordForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        """Return the address, without looking up whose it is: a worker does."""
        return self.cleaned_data["email"]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        reset_queue(self.cleaned_data["email"])
        return self.cleaned_data["email"]


class LinkApplicationForm(ActivateTOTPForm):
    """The seed waits sealed in the session until its first code; that code serves once, and never to sign in next."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret: str
        if looks_sealed(self.secret):
            try:
                self.secret = unseal(self.secret, PENDING_SEED).decode()
            except SealError:  # its key left the ring meanwhile: the page shows a new seed
                self.secret = get_totp_secret(regenerate=True)
        context.request.session[SECRET_SESSION_KEY] = seal(self.secret.encode(), PENDING_SEED)

    def clean_code(self) -> str:
        code = super().clean_code()
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code
