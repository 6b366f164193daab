"""Limit of wrong codes from one address. A room of sixty people shares it: the limit is high, and short."""

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest

WRONG, SECONDS = 100, 300
"""So many wrong codes within so many seconds."""


def too_many(request: HttpRequest) -> bool:
    return caches["limits"].get(_key(request), 0) >= WRONG


def wrong_once(request: HttpRequest) -> None:
    cache, key = caches["limits"], _key(request)
    if not cache.add(key, 1, SECONDS):
        cache.incr(key)


def _key(request: HttpRequest) -> str:
    return f"formation-codes:{get_adapter().get_client_ip(request)}"
