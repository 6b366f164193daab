"""Delays around visits, proofs and derogations, as the coordination set them."""

from cms.values.settings import setting_values

ANSWER_DAYS, REPLY_DAYS = "referentiel.answer_days", "referentiel.reply_days"
FIRST_DAYS, LAST_DAYS = "referentiel.first_reminder_days", "referentiel.last_reminder_days"
PROOF_FIRST_DAYS, PROOF_LAST_DAYS = "referentiel.proof_first_days", "referentiel.proof_last_days"
DEROGATION_DAYS, DEROGATION_LAST_DAYS = "referentiel.derogation_days", "referentiel.derogation_last_days"
VISIT_MONTHS = "referentiel.visit_months"


def visit_steps() -> list[int]:
    """Return the days before the end of a delay at which a side is reminded, the longest first."""
    return _steps(FIRST_DAYS, LAST_DAYS)


def proof_steps() -> list[int]:
    return _steps(PROOF_FIRST_DAYS, PROOF_LAST_DAYS)


def derogation_steps() -> list[int]:
    return _steps(DEROGATION_LAST_DAYS)


def _steps(*keys: str) -> list[int]:
    return sorted({int(value) for value in setting_values(*keys)}, reverse=True)
