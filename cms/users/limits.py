"""Where allauth counts attempts: one table, seen by every process and outside every transaction of a request."""

from allauth.core.internal import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth as used_codes
from django.core.cache import caches
from django.utils.connection import ConnectionProxy


class UsedCodes(ConnectionProxy):
    """Codes of an application that served: allauth forgets one after its own thirty seconds, while it would be taken
    for as long as the tolerance of the clock lasts.
    """

    def add(self, key: str, value: str, timeout: float) -> bool:
        added: bool = caches["limits"].add(key, value, timeout=timeout * (1 + 2 * app_settings.TOTP_TOLERANCE))
        return added


def limits_share() -> None:
    """Point allauth at the cache `limits`. The default cache stays in memory: Wagtail's own must not cost a query."""
    ratelimit.cache = ConnectionProxy(caches, "limits")
    used_codes.cache = UsedCodes(caches, "limits")
