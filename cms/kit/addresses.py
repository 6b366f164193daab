"""Absolute addresses of this site, for what is read elsewhere: a message, a calendar, the picture of a code, a paper.

One setting says where the site is (`BASE_URL`). The header `Host` of a request does not: whoever sends it writes it.
"""

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """Return the whole address of a path of this site, which begins with a slash."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def address_of(name: str, *arguments: object) -> str:
    """Return the whole address of a page, by the name of its route."""
    return absolute(reverse(name, args=arguments))


def home_address() -> str:
    """Return where anybody begins, and signs in."""
    return absolute("/")


def front(path: str, *, here: str) -> str:
    """Return where everybody reads something: its path in the public front, or without front its path here."""
    base = settings.HAVRE_PUBLIC_URL.rstrip("/")
    return f"{base}{path}" if base else absolute(here)
