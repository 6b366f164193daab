"""allauth's OpenID Connect provider, with what ProConnect asks for and without what it refuses."""

import json
from secrets import token_urlsafe
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from cms.proconnect.services.openid import ProConnectAdapter
from cms.proconnect.settings import PROVIDER

SCOPES = ("openid", "given_name", "usual_name", "email", "siret", "organizational_unit")
ASKED = json.dumps({"id_token": {"amr": {"essential": True}}}, separators=(",", ":"))
"""ProConnect says how the person signed in only when it is asked."""


class ProConnectProvider(OpenIDConnectProvider):
    id = PROVIDER
    name = "ProConnect"
    package = "cms.proconnect"
    oauth2_adapter_class = ProConnectAdapter
    supports_token_authentication = False

    def get_oauth2_adapter(self, request: HttpRequest) -> ProConnectAdapter:
        return ProConnectAdapter(request)

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Lead to ProConnect. Nothing of what is asked comes from the address of the page."""
        nonce = token_urlsafe(32)
        return super().redirect(
            request,
            process,
            next_url,
            data,
            scope=list(SCOPES),
            auth_params={"nonce": nonce, "claims": ASKED},
            nonce=nonce,
            **kwargs,
        )

    def extract_uid(self, data: dict[str, Any]) -> str:
        return str(data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return nothing: what ProConnect says is not copied beside the link."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """None: an address equal to that of an account links nothing."""
        return []


provider_classes = [ProConnectProvider]
