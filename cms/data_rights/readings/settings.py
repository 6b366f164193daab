"""How much one person may read, be refused or take out in an hour before the network is told."""

from cms.values.settings import setting_register, setting_still_register

LIMITS = {
    "refused": ("rights.hour_refused", "accès refusés", 30),
    "files": ("rights.hour_files", "dossiers ouverts", 120),
    "exports": ("rights.hour_exports", "exports", 10),
}
"""By name of a measure: its setting, what it counts, its value until somebody changes it."""


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
    sentence = "Vaut aussitôt, l’heure en cours comprise ; ce qui a été signalé le reste."
    setting_still_register(**{key: sentence for key, *_ in LIMITS.values()})
