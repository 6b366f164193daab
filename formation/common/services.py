"""Wrong codes from one address: a room of sixty shares it, so that it slows down late and never stops for long."""

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest

WRONG, SECONDS = 100, 300


def too_many(request: HttpRequest) -> bool:
    return caches["limits"].get(_key(request), 0) >= WRONG


def wrong_once(request: HttpRequest) -> None:
    cache, key = caches["limits"], _key(request)
    if not cache.add(key, 1, SECONDS):
        cache.incr(key)


def _key(request: HttpRequest) -> str:
    return f"formation-codes:{get_adapter().get_client_ip(request)}"
