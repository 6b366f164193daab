"""ProConnect as the environment describes it, or nothing at all."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

PROVIDER = "proconnect"


@dataclass(frozen=True)
class Configuration:
    issuer: str
    client_id: str
    secret: str
    algorithm: str
    uses_pkce: bool

    @property
    def origin(self) -> str:
        """What a form may lead to, as the content policy writes it."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


def configuration() -> Configuration | None:
    """None when a part is missing: then no page shows or opens anything of ProConnect."""
    required = (settings.PROCONNECT_ISSUER, settings.PROCONNECT_CLIENT_ID, settings.PROCONNECT_CLIENT_SECRET)
    if not all(required):
        return None
    issuer, client_id, secret = required
    return Configuration(issuer, client_id, secret, settings.PROCONNECT_ALGORITHM, settings.PROCONNECT_PKCE)
