"""Writes of periods, releases, targets, and of the conversation with the State."""

from dashboards.reporting.services.closing import (
    period_close_agree,
    period_close_ask,
    period_dismiss,
    revision_note,
)
from dashboards.reporting.services.releasing import release_agree, release_ask, release_dismiss, release_preview
from dashboards.reporting.services.state import committee_write, question_answer, question_ask
from dashboards.reporting.services.targets import target_set, targets_impact

__all__ = [
    "committee_write",
    "period_close_agree",
    "period_close_ask",
    "period_dismiss",
    "question_answer",
    "question_ask",
    "release_agree",
    "release_ask",
    "release_dismiss",
    "release_preview",
    "revision_note",
    "target_set",
    "targets_impact",
]
