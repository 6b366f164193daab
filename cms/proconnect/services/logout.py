"""Leaving ProConnect too: the identity token that it wants back, and the address that closes its session."""

from secrets import token_urlsafe
from urllib.parse import urlencode

from django.http import HttpRequest

from cms.kit.addresses import address_of
from cms.proconnect.rules import SignInRefusedError
from cms.proconnect.services.openid import ProConnectAdapter
from cms.proconnect.settings import configuration
from cms.vault.sealing import SealError, purpose_register, seal, unseal

ID_TOKEN, STATE = "proconnect_id_token", "proconnect_logout_state"
COLUMN = purpose_register("proconnect.session.id_token")


def id_token_keep(request: HttpRequest, token: str) -> None:
    """In the session alone, sealed: it holds a name, and sessions are rows of the database."""
    request.session[ID_TOKEN] = seal(token.encode(), COLUMN)


def id_token_take(request: HttpRequest) -> str:
    """Return what `id_token_keep` kept; empty when there is none, or when its key left the ring meanwhile."""
    sealed = request.session.get(ID_TOKEN)
    try:
        return unseal(sealed, COLUMN).decode() if sealed else ""
    except SealError:
        return ""


def end_session_address(request: HttpRequest, id_token: str) -> str:
    """Address that closes the session at ProConnect; empty when it cannot be said, ours being closed already.

    Called once our session is over: what the return is checked by stands in the new one.
    """
    conf = configuration()
    if not id_token or conf is None:
        return ""
    try:
        endpoint = ProConnectAdapter(request).openid_config.get("end_session_endpoint")
    except SignInRefusedError:
        return ""
    if not endpoint:
        return ""
    request.session[STATE] = state = token_urlsafe(32)
    back = address_of("proconnect:left")
    # Our name too: the token may be for several, and a provider then leads nobody back.
    query = {
        "id_token_hint": id_token,
        "client_id": conf.client_id,
        "state": state,
        "post_logout_redirect_uri": back,
    }
    return f"{endpoint}?{urlencode(query)}"
