"""How the journal names what is done about the account of a software."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "events.software.ask": "compte de logiciel demandé",
            "events.software.agree": "compte de logiciel accordé",
            "events.software.dismiss": "compte de logiciel écarté",
            "events.software.revoke": "compte de logiciel arrêté",
            "events.software.key": "clé d’un compte de logiciel créée",
        }
    )
