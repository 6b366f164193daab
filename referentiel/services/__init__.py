"""Freezing the référentiel, and the self-assessments of structures."""

from referentiel.services.assessments import (
    assessment_carry_over,
    assessment_start,
    assessment_submit,
    campaign_open,
    evidence_add,
    marks_write,
    step_done,
    step_write,
)
from referentiel.services.publishing import (
    referentiel_document,
    referentiel_load,
    referentiel_publish,
    version_preview,
)

__all__ = [
    "assessment_carry_over",
    "assessment_start",
    "assessment_submit",
    "campaign_open",
    "evidence_add",
    "marks_write",
    "referentiel_document",
    "referentiel_load",
    "referentiel_publish",
    "step_done",
    "step_write",
    "version_preview",
]
