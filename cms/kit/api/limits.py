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

    def __init__(self, wait: int) -> None:
        super().__init__(detail=SENTENCE)
        self.wait: int = wait


class TokenThrottle(BaseThrottle):
    """Counts by owner, all tokens together, by minute of the clock. Somebody at a screen has the brake alone."""

    def allow_request(self, request: Request, view: Any) -> bool:
        if not request.headers.get("Authorization") or not request.user.is_authenticated:
            return True
        most, now = settings.HAVRE_API_RATE, int(time.time())
        left_seconds = WINDOW - now % WINDOW
        # Outside the transaction of the request: a refusal that rolls back gives no call back.
        cache, key = caches["limits"], f"api:{request.user.pk}:{now // WINDOW}"
        cache.add(key, 0, WINDOW * 2)
        count = cache.incr(key)
        view.limit_headers = {
            "RateLimit-Policy": f'"jeton";q={most};w={WINDOW}',
            "RateLimit": f'"jeton";r={max(0, most - count)};t={left_seconds}',
        }
        if count > most:
            raise TooMany(left_seconds)
        return True
