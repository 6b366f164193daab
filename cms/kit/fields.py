"""Fields of models that many tables have."""

from typing import Any

from django.conf import settings
from django.db import models


def person(label: str, *, null: bool = False, related_name: str = "+", **options: Any) -> models.ForeignKey:
    """Who is concerned, who asked, who decided: an account never leaves under what points at it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        verbose_name=label,
        related_name=related_name,
        **{"null": null, "blank": null} | options,
    )
