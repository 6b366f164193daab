"""What allauth asks us about sign-ins that come from elsewhere: one provider, linked by `sub`, opening no account."""

from secrets import token_urlsafe
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest
from django.shortcuts import redirect

from cms.proconnect.enums import Fault, RequestState
from cms.proconnect.rules import SignInRefusedError
from cms.proconnect.services.logout import id_token_keep
from cms.proconnect.services.requests import request_open
from cms.proconnect.settings import PROVIDER, configuration
from cms.sessions.second_factor import PROCONNECT

STRONG = "mfa"
"""The value of `amr` (RFC 8176) that says that two factors were shown to the provider."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """From the environment alone: a row of the database names no provider."""
        conf = configuration()
        if conf is None or provider not in (None, PROVIDER):
            return []
        settings = {"server_url": conf.issuer, "oauth_pkce_enabled": conf.uses_pkce}
        return [
            SocialApp(
                provider=PROVIDER, name="ProConnect", client_id=conf.client_id, secret=conf.secret, settings=settings
            )
        ]

    def generate_state_param(self, state: dict[str, Any]) -> str:
        return token_urlsafe(32)  # 43 characters; ProConnect wants 32 at least, allauth draws 16

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Record a request for an unknown `sub`, without a session; keep what a known one showed to the provider."""
        if not sociallogin.is_existing:
            account_request = request_open(identity=sociallogin.identity)
            if account_request.state == RequestState.REFUSED:
                raise SignInRefusedError(Fault.REFUSED)
            raise ImmediateHttpResponse(redirect("proconnect:waiting"))
        if STRONG in sociallogin.identity.amr:
            record_authentication(request, sociallogin.user, "mfa", type=PROCONNECT)
        id_token_keep(request, sociallogin.id_token)
