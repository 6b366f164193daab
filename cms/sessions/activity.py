"""What counts as activity: a request that the person makes. What a page asks by itself prolongs nothing."""

from django.http import HttpRequest
from django.urls import Resolver404, resolve

HEADER = "Havre-Passive"
"""Sent by our scripts, or by `hx-headers` on an element that htmx refreshes on a timer."""
PASSIVE = frozenset(
    {
        "portal:session",
        "portal:display",
        "policy_report",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
    }
)
"""Addresses that are asked by themselves, whatever their headers."""


def is_activity(request: HttpRequest) -> bool:
    if request.headers.get(HEADER):
        return False
    try:
        return resolve(request.path_info).view_name not in PASSIVE
    except Resolver404:
        return False
