"""How much one person may read, be refused or take out in an hour before the network is told, then holds it back."""

from cms.values.settings import setting_register, setting_still_register

LIMITS = {
    "refused": ("rights.hour_refused", "accès refusés", 30),
    "files": ("rights.hour_files", "dossiers ouverts", 120),
    "exports": ("rights.hour_exports", "exports", 10),
}
"""By name of a measure: its setting, what it counts, its value until somebody changes it."""

BRAKES = {
    "slowed": ("rights.readings_slowed", "un compte est ralenti", 2, "Il lit alors une page par minute."),
    "stopped": (
        "rights.readings_stopped",
        "un compte est arrêté",
        5,
        "Ce qui a été refusé compte. La direction le rouvre, avec un motif.",
    ),
}
"""By name of a brake: its setting, what happens, how many times a limit until somebody changes it, what follows."""


def register() -> None:
    for key, label, default in LIMITS.values():
        setting_register(
            key,
            f"Alerte : {label} par une personne en une heure",
            default,
            unit=label,
            help="À partir de ce nombre, la direction et la protection des données sont prévenues aussitôt.",
            least=1,
            most=10_000,
        )
    for key, label, default, what_follows in BRAKES.values():
        setting_register(
            key,
            f"Frein : {label} à partir de … fois un seuil d’alerte",
            default,
            unit="fois",
            help=f"{what_follows} La sonnerie, les propositions et les déclarations d’incident restent ouvertes.",
            least=2,
            most=1_000,
        )
    sentence = "Vaut aussitôt, l’heure en cours comprise ; ce qui a été signalé le reste."
    setting_still_register(
        **{key: sentence for key, *_ in LIMITS.values()}, **{key: sentence for key, *_ in BRAKES.values()}
    )
