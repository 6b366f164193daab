"""Reading exports: one's own, how far they are."""

import uuid

from django.core.cache import caches

from cms.exports.models import Export

SHOWN = 50
PROGRESS_SECONDS = 24 * 3600


def exports_mine() -> list[Export]:
    """Return the last exports of whoever acts: row security shows no other."""
    return list(Export.objects.all()[:SHOWN])


def stored_names() -> list[str]:
    return list(Export.objects.with_body().values_list("stored_name", flat=True))


def progress_tell(export_id: uuid.UUID, count: int) -> None:
    """Out of the transaction of the export, which is seen by nobody before its end."""
    caches["limits"].set(f"export:{export_id}", count, PROGRESS_SECONDS)


def progress_of(export_id: uuid.UUID) -> int:
    """Rows written so far."""
    return caches["limits"].get(f"export:{export_id}", 0)
