"""Addresses of the administration."""

from django.urls import reverse


def url(name: str, *args) -> str:
    return reverse(f"referentiel_{name}", args=args)
