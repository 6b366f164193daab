"""Addresses of the administration."""

from typing import Any

from django.urls import reverse


def url(name: str, *args: Any) -> str:
    return reverse(f"referentiel_{name}", args=args)
