"""What the provider signed: checked the same way for the identity token and for the answer about the person."""

import hmac
from collections.abc import Mapping
from typing import Any

import jwt

from cms.proconnect.enums import Fault
from cms.proconnect.settings import Configuration

LEEWAY_SECONDS = 10
"""Between two clocks."""


class SignInRefusedError(Exception):
    """The sign-in stops here. Carries a code for the journal, never what the provider said."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def token_read(
    token: str, *, keys: Mapping[str, Any], conf: Configuration, required: tuple[str, ...] = ("iss", "aud", "sub")
) -> dict[str, Any]:
    """Claims of a token signed by the provider, for us. The algorithm is the one agreed on, not the one it names."""
    try:
        key = _key_of(token, keys, conf.algorithm)
        claims = jwt.decode(
            token,
            key,
            algorithms=[conf.algorithm],
            issuer=conf.issuer,
            audience=conf.client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": list(required)},
        )
    except jwt.ExpiredSignatureError as error:
        raise SignInRefusedError(Fault.EXPIRED) from error
    except (jwt.InvalidSignatureError, jwt.InvalidAlgorithmError, jwt.PyJWKError, jwt.InvalidKeyError) as error:
        raise SignInRefusedError(Fault.SIGNATURE) from error
    except jwt.PyJWTError as error:
        raise SignInRefusedError(Fault.CLAIMS) from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != conf.client_id:
        raise SignInRefusedError(Fault.CLAIMS)
    return claims


def nonce_check(claims: Mapping[str, Any], nonce: str) -> None:
    """Check that the token answers the request that this session sent, and no other."""
    if not nonce or not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise SignInRefusedError(Fault.CLAIMS)


def _key_of(token: str, keys: Mapping[str, Any], algorithm: str) -> jwt.PyJWK:
    kid = jwt.get_unverified_header(token).get("kid")
    matches = [key for key in keys.get("keys", []) if isinstance(key, dict) and key.get("kid") == kid]
    if not kid or len(matches) != 1:
        raise SignInRefusedError(Fault.SIGNATURE)
    return jwt.PyJWK.from_dict(matches[0], algorithm=algorithm)
