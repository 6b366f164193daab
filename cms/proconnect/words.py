"""What the actions of the app are called on the screens."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "proconnect.request.open": "compte demandé par ProConnect",
            "proconnect.request.approve": "demande de compte acceptée",
            "proconnect.request.refuse": "demande de compte refusée",
            "proconnect.request.link": "demande reliée par son titulaire",
            "proconnect.account.link": "compte relié à ProConnect",
        }
    )
