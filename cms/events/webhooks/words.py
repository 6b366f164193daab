"""How the journal names what is done about a software."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "events.subscription.ask": "logiciel à prévenir demandé",
            "events.subscription.agree": "logiciel à prévenir accordé",
            "events.subscription.dismiss": "logiciel à prévenir écarté",
            "events.subscription.revoke": "logiciel prévenu arrêté",
            "events.subscription.pause": "logiciel prévenu mis en pause",
            "events.subscription.resume": "logiciel prévenu repris",
            "events.subscription.stop": "logiciel prévenu mis en pause de lui-même",
            "events.subscription.key_show": "clé d’un logiciel prévenu montrée",
            "events.subscription.key_change": "clé d’un logiciel prévenu changée",
            "events.subscription.replay": "avis envoyé de nouveau à un logiciel",
        }
    )
