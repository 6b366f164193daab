"""Rate limits of the public pages, by IP address. Counted for all processes together, outside any transaction."""

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest

RATES = {"front_door_send": "20/10m/ip", "front_door_follow": "60/10m/ip"}
"""A barracks has one address: beyond the limit it waits, and is never locked out. Codes are too long to guess."""
WAIT_SECONDS = 120


def is_too_much(request: HttpRequest, action: str) -> bool:
    """Count this sending; return whether it exceeds the limit."""
    return consume(request, app="cases", action=action, config=RATES) is None
