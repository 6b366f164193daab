"""What the actions of the app are called on the screens."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "documents.version.publish": "version publiée",
            "documents.proposal.propose": "version proposée à la validation",
            "documents.proposal.validate": "version validée",
            "documents.proposal.return": "version renvoyée à son auteur",
            "documents.proposal.withdraw": "version proposée retirée",
            "documents.unit.list": "unité inscrite au protocole",
            "documents.unit.review": "revue annuelle d’une unité",
            "documents.unit.remind": "rappel de revue envoyé",
            "documents.reading.record": "chapitre lu",
            "documents.acknowledgement.sign": "engagement signé",
            "documents.acknowledgement.record": "engagement sur papier enregistré",
            "documents.acknowledgement.remind": "rappel de signature envoyé",
        }
    )
