"""Delays of signatures that the coordination may change, and what signing is called on the screens."""

from cms.documents.enums import DELAY_DAYS, FIRST_DAYS, LAST_DAYS
from cms.kit.words import actions_register
from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    actions_register(
        {
            "documents.reading.record": "chapitre lu",
            "documents.acknowledgement.sign": "engagement signé",
            "documents.acknowledgement.record": "engagement sur papier enregistré",
            "documents.acknowledgement.remind": "rappel de signature envoyé",
        }
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
    reminders = (
        "Vaut dès le prochain matin, pour les signatures attendues. Un rappel déjà parti ne part pas deux fois."
    )
    setting_still_register(**dict.fromkeys((FIRST_DAYS, LAST_DAYS), reminders))
