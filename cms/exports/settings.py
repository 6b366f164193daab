"""Settings of exports."""

from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    setting_register(
        "exports.direct_rows",
        "Export donné tout de suite",
        5000,
        unit="lignes",
        help="Au-delà, l’export se prépare à part et se télécharge une fois prêt.",
        least=100,
        most=50_000,
    )
    setting_register(
        "exports.kept_days",
        "Export à télécharger",
        7,
        unit="jours",
        help="Passé ce délai, le fichier est détruit.",
        least=1,
        most=30,
    )
    setting_still_register(
        **{
            "exports.direct_rows": "Vaut pour les prochains exports.",
            "exports.kept_days": "Un export déjà prêt garde sa date : ce réglage vaut pour les suivants.",
        }
    )
