"""What the home page says of retention: a batch to sign, files that leave soon."""

import datetime as dt
from typing import Any

from django.utils import timezone
from laces.components import Component

from cms.retention.models import RetentionRun, RetentionWarning
from cms.retention.policies import decides_retention, reads_retention
from cms.retention.selectors import LATER_DAYS, SOON_DAYS


class RetentionPanel(Component):
    order = 6
    template_name = "retention/admin/panel.html"

    def __init__(self, *, run: RetentionRun | None, soon: int) -> None:
        self.run, self.soon = run, soon

    def get_context_data(self, parent_context: Any) -> dict:
        return {"run": self.run, "soon": self.soon, "later_days": LATER_DAYS}


def retention_panels() -> list[Component]:
    """For the direction and data protection, the batch that waits; for all readers, warnings of the last month."""
    if not reads_retention():
        return []
    run = RetentionRun.objects.filter(finished_at=None, dismissed_at=None).first() if decides_retention() else None
    since = timezone.now() - dt.timedelta(days=SOON_DAYS)
    soon = RetentionWarning.objects.filter(at__gte=since).values("kind", "object_id").distinct().count()
    waits = run if run and run.is_waiting else None
    return [RetentionPanel(run=waits, soon=soon)] if waits or soon else []
