"""How long a structure may be silent."""

from cases.incidents.learning.selectors import structures_silent
from cms.values.settings import setting_counts_register, setting_register


def register() -> None:
    setting_register(
        "cases.silence_months",
        "Silence d’une structure : mois d’accueil sans aucune déclaration",
        12,
        unit="mois",
        help="Une structure qui accueille des mineurs et ne déclare rien pendant ce temps est signalée.",
        least=1,
        most=36,
    )
    setting_counts_register(
        "cases.silence_months", "Structures signalées pour leur silence", lambda: structures_silent().count()
    )
