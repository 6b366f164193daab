"""What the actions of the app are called on the screens."""

from cms.access.actions import actions_register


def register() -> None:
    actions_register(
        {
            "documents.version.publish": "version publiée",
            "documents.reading.record": "chapitre lu",
            "documents.acknowledgement.sign": "engagement signé",
            "documents.acknowledgement.record": "engagement sur papier enregistré",
            "documents.acknowledgement.remind": "rappel de signature envoyé",
        }
    )
