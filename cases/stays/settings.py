"""How long a runaway may last, and what it moves today."""

from cases.stays.selectors import runaways_too_long
from cms.values.settings import setting_counts_register, setting_register


def register() -> None:
    setting_register(
        "cases.runaway_days",
        "Fugue : durée au-delà de laquelle le séjour prend fin",
        30,
        unit="jours",
        help="Le retour dans ce délai continue le même séjour ; au-delà, un nouveau séjour commence.",
    )
    setting_counts_register(
        "cases.runaway_days", "Séjours à terminer après une fugue", lambda: runaways_too_long().count()
    )
