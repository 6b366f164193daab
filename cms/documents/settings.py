"""Delays of signatures that the coordination may change."""

from cms.values.settings import setting_register

DELAY_DAYS = "documents.acknowledgement_days"
FIRST_DAYS, LAST_DAYS = "documents.first_reminder_days", "documents.last_reminder_days"

VALIDATION = "documents.validation_required"
REVIEW_DAYS = "documents.review_days"


def register() -> None:
    setting_register(
        VALIDATION,
        "Documents : une autre personne valide chaque version avant sa publication",
        False,
        help="La personne qui valide n’a rien écrit de ce qui change. Sans elle, la version n’est pas publiée. Qui "
        "lève cette règle y reste tenu : une autre personne publie.",
    )
    setting_register(
        REVIEW_DAYS,
        "Protocole police et gendarmerie : rappel avant la revue annuelle d’une unité",
        30,
        unit="jours",
        help="Un message part vers le contact au réseau, puis une fois quand la date est passée.",
        least=1,
        most=180,
    )
    setting_register(
        DELAY_DAYS,
        "Référentiel : délai pour signer une nouvelle version majeure",
        60,
        unit="jours",
        help="Une structure qui avait signé la version précédente compte encore pendant ce délai (indicateur 4, "
        "recherche d’une place) ; elle est ensuite à régulariser.",
        least=1,
        most=365,
    )
    setting_register(
        FIRST_DAYS,
        "Référentiel : premier rappel de signature, avant la fin du délai",
        30,
        unit="jours",
        help="Un message part vers chaque personne qui signe pour la structure.",
        least=1,
        most=180,
    )
    setting_register(
        LAST_DAYS,
        "Référentiel : dernier rappel de signature, avant la fin du délai",
        7,
        unit="jours",
        least=1,
        most=90,
    )
