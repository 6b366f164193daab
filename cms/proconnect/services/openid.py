"""Speaking with the provider: its addresses, the code exchanged for tokens, what it says of the person."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from cms.kit.addresses import address_of
from cms.proconnect.enums import Fault
from cms.proconnect.rules import SignInRefusedError, nonce_check, token_read
from cms.proconnect.settings import PROVIDER, Configuration, configuration

ADDRESSES = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
LONGEST = {"sub": 191, "given_name": 150, "usual_name": 150, "email": 254, "siret": 14, "organizational_unit": 200}
NEEDED = ("sub", "given_name", "usual_name", "email")


@dataclass(frozen=True)
class ProviderIdentity:
    """What ProConnect says of somebody. `amr` names the means of the sign-in at the provider."""

    sub: str
    given_name: str
    usual_name: str
    email: str
    siret: str = ""
    organizational_unit: str = ""
    amr: frozenset[str] = field(default_factory=frozenset)


class ProConnectAdapter(OpenIDConnectOAuth2Adapter):
    """allauth asks for JSON and trusts the connection; ProConnect answers signed tokens, and each one is verified."""

    basic_auth = False

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, PROVIDER)

    @property
    def conf(self) -> Configuration:
        conf = configuration()
        if conf is None:
            raise SignInRefusedError(Fault.DOWN)
        return conf

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        config = self._json(f"{self.conf.issuer.rstrip('/')}/.well-known/openid-configuration")
        if not all(isinstance(config.get(name), str) for name in ADDRESSES):
            raise SignInRefusedError(Fault.DOWN)
        if config["issuer"] != self.conf.issuer:
            raise SignInRefusedError(Fault.CLAIMS)
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return address_of("proconnect:callback")

    def sign_in(self, code: str, state: dict[str, Any]) -> SocialLogin:
        """Exchange the code, verify both answers, and say who it is; nothing is written."""
        app = self.get_provider().app
        try:
            answer = self.get_access_token_data(
                self.request, app, self.get_client(self.request, app), state.get("pkce_code_verifier")
            )
        except OAuth2Error as error:
            raise SignInRefusedError(Fault.CODE) from error
        except (requests.RequestException, ValueError) as error:
            raise SignInRefusedError(Fault.DOWN) from error
        return self.complete_login(self.request, app, None, response=answer, nonce=state.get("nonce", ""))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: None, **kwargs: Any) -> SocialLogin:
        answer, nonce = kwargs["response"], kwargs["nonce"]
        keys = self._json(self.openid_config["jwks_uri"])
        id_token = str(answer.get("id_token", ""))
        claims = token_read(id_token, keys=keys, conf=self.conf, required=("iss", "aud", "sub", "exp", "iat"))
        nonce_check(claims, nonce)
        person = token_read(self._userinfo(answer["access_token"]), keys=keys, conf=self.conf)
        if person["sub"] != claims["sub"]:
            raise SignInRefusedError(Fault.CLAIMS)
        login = self.get_provider().sociallogin_from_response(request, person)
        login.identity, login.id_token = _identity(person, claims), id_token
        return login

    def _userinfo(self, access_token: str) -> str:
        answer = self._get(
            self.openid_config["userinfo_endpoint"], headers={"Authorization": f"Bearer {access_token}"}
        )
        if answer.headers.get("Content-Type", "").partition(";")[0].strip() != "application/jwt":
            raise SignInRefusedError(Fault.SIGNATURE)  # unsigned: anybody on the way may have written it
        return answer.text

    def _json(self, url: str) -> dict[str, Any]:
        try:
            content = self._get(url).json()
        except ValueError as error:
            raise SignInRefusedError(Fault.DOWN) from error
        if not isinstance(content, dict):
            raise SignInRefusedError(Fault.DOWN)
        return content

    def _get(self, url: str, **options: Any) -> requests.Response:
        try:
            with get_adapter().get_requests_session() as session:
                answer = session.get(url, allow_redirects=False, **options)
        except requests.RequestException as error:
            raise SignInRefusedError(Fault.DOWN) from error
        if answer.status_code != requests.codes.ok:
            raise SignInRefusedError(Fault.DOWN)
        return answer


def _identity(person: dict[str, Any], claims: dict[str, Any]) -> ProviderIdentity:
    values = {name: str(person.get(name) or "").strip()[:longest] for name, longest in LONGEST.items()}
    if not all(values[name] for name in NEEDED):
        raise SignInRefusedError(Fault.INCOMPLETE)
    amr = claims.get("amr")
    return ProviderIdentity(**values, amr=frozenset(map(str, amr)) if isinstance(amr, list) else frozenset())
