"""What is published, as far as the reader may see it."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import JSONField
from django.db.models.expressions import RawSQL

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


MOST_ALIKE = 12
LEEWAY_DAYS = 3
"""Quarters and half-years do not have as many days one year and the next."""


@dataclass(frozen=True)
class Headline:
    """A release, by a few of its figures."""

    first: dt.date
    last: dt.date
    values: dict[str, int | None]


def releases_alike(release: Release, codes: Collection[str]) -> list[Headline]:
    """Return this release and those of as long a period before it, the earliest first, by the figures of `codes`. A
    period that begins before another ends is left out: together they would count the same facts twice.
    """
    figures = RawSQL("jsonb_path_query_array(content, '$.indicators[*].figures[*]')", [], output_field=JSONField())
    rows = Release.objects.agreed().filter(last__lt=release.first).order_by("-last").annotate(figures=figures)
    found = [
        (release.first, release.last, [item for part in release.content["indicators"] for item in part["figures"]])
    ]
    length = (release.last - release.first).days
    for first, last, told in rows.values_list("first", "last", "figures"):
        if abs((last - first).days - length) <= LEEWAY_DAYS and last < found[-1][0] and len(found) < MOST_ALIKE:
            found.append((first, last, told))
    return [
        Headline(first, last, {item["code"]: item["value"] for item in told if item["code"] in codes})
        for first, last, told in reversed(found)
    ]
