"""How long the journal is kept. The journal stands below the settings: they are declared here."""

from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    setting_register(
        "journal.months_kept",
        "Journal : durée de conservation",
        12,
        unit="mois",
        help="Entre 6 et 36 mois. Au-delà, un mois part une fois signé par la direction et la protection des données.",
        least=6,
        most=36,
    )
    setting_still_register(
        **{
            "journal.months_kept": "Rien ne part de lui-même : chaque mois plus ancien part une fois signé par la "
            "direction et la protection des données."
        }
    )
