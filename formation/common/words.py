"""Absolute addresses, for a message or the picture of a code."""

from django.conf import settings
from django.urls import reverse


def address_of(name: str, *arguments: object) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=arguments)
