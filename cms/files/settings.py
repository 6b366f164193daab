from cms.values.settings import setting_register

MEGABYTE = 1024 * 1024
LARGEST_MEGABYTES = 25


def register() -> None:
    setting_register(
        "files.max_megabytes",
        "Pièces : taille d’un fichier",
        10,
        unit="Mo",
        help="Un fichier plus gros est refusé.",
        least=1,
        most=LARGEST_MEGABYTES,
    )
    setting_register(
        "files.max_per_object",
        "Pièces : nombre par dossier",
        30,
        unit="pièces",
        help="Compte les pièces que personne n’a retirées.",
        least=1,
        most=200,
    )
    setting_register(
        "files.removed_days",
        "Pièces : délai avant destruction",
        30,
        unit="jours",
        help="Une pièce retirée ne s’ouvre plus ; passé ce délai, son contenu est détruit.",
        most=365,
    )
