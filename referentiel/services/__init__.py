"""Freezing the référentiel, the self-assessments of structures, and the visits of the coordination."""

from referentiel.services.assessments import (
    assessment_carry_over,
    assessment_start,
    assessment_submit,
    campaign_open,
    evidence_add,
    evidence_renew,
    marks_write,
    step_done,
    step_write,
)
from referentiel.services.derogations import derogation_agree, derogation_ask, derogation_revoke
from referentiel.services.publishing import (
    referentiel_load,
    referentiel_publish,
    version_preview,
)
from referentiel.services.reminders import standards_follow, visits_silence
from referentiel.services.visits import (
    Answer,
    Proposed,
    mark_confirm,
    marks_confirm_agreed,
    observations_send,
    observations_write,
    visit_cancel,
    visit_close,
    visit_marks_write,
    visit_open,
    visit_send,
)

__all__ = [
    "Answer",
    "Proposed",
    "assessment_carry_over",
    "assessment_start",
    "assessment_submit",
    "campaign_open",
    "derogation_agree",
    "derogation_ask",
    "derogation_revoke",
    "evidence_add",
    "evidence_renew",
    "mark_confirm",
    "marks_confirm_agreed",
    "marks_write",
    "observations_send",
    "observations_write",
    "referentiel_load",
    "referentiel_publish",
    "standards_follow",
    "step_done",
    "step_write",
    "version_preview",
    "visit_cancel",
    "visit_close",
    "visit_marks_write",
    "visit_open",
    "visit_send",
    "visits_silence",
]
