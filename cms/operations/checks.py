"""What the administrator is told before a message leaves with an address that leads nowhere."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.http.request import validate_host


def address_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that the address of the site is public, over TLS, and one that this site answers."""
    try:
        parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        host = parts.hostname or ""
    except ValueError:
        return [_error("n’est pas une adresse", "E003")]
    found = []
    if parts.scheme != "https":
        found.append(_error("doit commencer par https://", "E001"))
    if _is_here(host):
        found.append(_error("désigne la machine elle-même : les liens des messages ne mèneraient nulle part", "E002"))
    if not host or parts.path.strip("/") or parts.query or parts.fragment:
        found.append(_error("s’écrit sans chemin, comme https://havre.example", "E003"))
    if host and not validate_host(f"[{host}]" if ":" in host else host, settings.ALLOWED_HOSTS):
        found.append(_error("n’est pas dans ALLOWED_HOSTS : le site refuserait ses propres liens", "E004"))
    return found


def _is_here(host: str) -> bool:
    """Return whether a name or an address is that of the machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _error(fault: str, number: str) -> checks.CheckMessage:
    return checks.Error(f"BASE_URL ({settings.WAGTAILADMIN_BASE_URL}) {fault}.", id=f"operations.{number}")
