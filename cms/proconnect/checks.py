"""A half-written or plain-HTTP configuration stops every command before it serves anybody."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, register

NAMES = ("PROCONNECT_ISSUER", "PROCONNECT_CLIENT_ID", "PROCONNECT_CLIENT_SECRET")
ALGORITHMS = ("RS256", "ES256")
HERE = ("localhost", "127.0.0.1")


@register()
def proconnect_is_whole(app_configs: Iterable[AppConfig] | None, **kwargs: Any) -> list[Error]:
    missing = [name for name in NAMES if not getattr(settings, name)]
    if len(missing) == len(NAMES):
        return []
    errors = []
    if missing:
        errors.append(Error(f"ProConnect is half configured: {', '.join(missing)} missing.", id="proconnect.E001"))
    issuer = urlsplit(settings.PROCONNECT_ISSUER)
    if settings.PROCONNECT_ISSUER and issuer.scheme != "https" and issuer.hostname not in HERE:
        errors.append(Error("PROCONNECT_ISSUER must be an https:// address.", id="proconnect.E002"))
    if settings.PROCONNECT_ALGORITHM not in ALGORITHMS:
        errors.append(Error(f"PROCONNECT_ALGORITHM is one of {', '.join(ALGORITHMS)}.", id="proconnect.E003"))
    return errors
