"""What is published, as far as the reader may see it."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError

from dashboards.reporting.releases.models import Release

NOTHING_PUBLISHED = "Rien n’est encore publié : les chiffres d’une période le sont après sa clôture."


def published() -> list[Release]:
    """List the releases that the reader may see, the latest first."""
    return list(Release.objects.agreed().defer("content", "comments"))


def release_read(pk: uuid.UUID | None = None) -> Release | None:
    """Return one release, or the latest."""
    rows = Release.objects.agreed()
    return rows.filter(pk=pk).first() if pk else rows.first()


def release_of_trace(trace: str) -> Release | None:
    return Release.objects.agreed().filter(trace=trace.strip().upper()).first()


def release_dated(first: dt.date, last: dt.date) -> Release:
    """Return the release of these days. Raises `ValidationError` when they are not published, and says what is."""
    release = Release.objects.agreed().filter(first=first, last=last).first()
    if release:
        return release
    known = ", ".join(f"du {row.first:%d/%m/%Y} au {row.last:%d/%m/%Y}" for row in published())
    raise ValidationError(
        {"du": f"Cette période n’est pas publiée. Périodes publiées : {known}." if known else NOTHING_PUBLISHED}
    )
