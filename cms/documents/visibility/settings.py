"""How the journal names what is decided."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "content.preview.read": "brouillon d’une page regardé",
            "auth.preview.refused": "aperçu d’un brouillon refusé",
            "documents.visibility.ask": "ouverture d’un document ou d’une page demandée",
            "documents.visibility.agree": "ouverture accordée",
            "documents.visibility.dismiss": "ouverture écartée",
            "documents.visibility.narrow": "document ou page gardé à moins de lecteurs",
        }
    )
