"""How long a derogation of arrival holds."""

from cms.values.settings import setting_register, setting_still_register

HOURS = "cases.stay_derogation_hours"


def register() -> None:
    setting_register(
        HOURS,
        "Dérogation d’accueil : durée pendant laquelle elle permet l’arrivée",
        24,
        unit="heures",
        help="Passé ce délai, deux personnes doivent de nouveau se prononcer.",
    )
    setting_still_register(**{HOURS: "Une dérogation déjà accordée garde son heure de fin."})
