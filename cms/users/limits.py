"""Where allauth counts attempts: one table, seen by every process and outside every transaction of a request."""

from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as used_codes
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

COUNTING_MODULES = (ratelimit, used_codes)
"""Modules of allauth that write to the default cache: each process would count for itself."""


def limits_share() -> None:
    """Point allauth at the cache `limits`. The default cache stays in memory: Wagtail's own must not cost a query."""
    for module in COUNTING_MODULES:
        module.cache = ConnectionProxy(caches, "limits")
