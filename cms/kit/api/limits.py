"""How many calls a software makes in a minute, told before it is refused (draft-ietf-httpapi-ratelimit-headers)."""

import time
from typing import Any

from django.conf import settings
from django.core.cache import caches
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

WINDOW = 60
SENTENCE = "Ce logiciel appelle trop souvent : attendez le nombre de secondes que dit Retry-After."


class TooMany(Throttled):
    """429 in our words: given the time to wait, the class of the framework adds an English sentence."""

    def __init__(self, wait: int, detail: str = SENTENCE) -> None:
        super().__init__(detail=detail)
        self.wait: int = wait


def count_in(name: str, window: int) -> tuple[int, int]:
    """Count one more call of `name` in this window of the clock; return how many, and the seconds that are left.

    Outside the transaction of the request: a refusal that rolls back gives no call back.
    """
    now = int(time.time())
    cache, key = caches["limits"], f"api:{name}:{now // window}"
    cache.add(key, 0, window * 2)
    return cache.incr(key), window - now % window


class TokenThrottle(BaseThrottle):
    """Counts by owner, all tokens together, by minute of the clock. Somebody at a screen has the brake alone."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if not request.headers.get("Authorization") or not request.user.is_authenticated:
            return True
        most = settings.HAVRE_API_RATE
        count, left_seconds = count_in(str(request.user.pk), WINDOW)
        view.limit_headers = {
            "RateLimit-Policy": f'"jeton";q={most};w={WINDOW}',
            "RateLimit": f'"jeton";r={max(0, most - count)};t={left_seconds}',
        }
        if count > most:
            raise TooMany(left_seconds)
        return True
