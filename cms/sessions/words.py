"""What is done with connexions, factors, displays and tokens, as the screens say it."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "access.display.close": "affichage fermé",
            "access.display.open": "affichage ouvert",
            "auth.session.end": "fin d’une connexion",
            "auth.session.timeout": "connexion arrivée à son terme",
            "auth.signed_in": "connexion",
            "auth.signed_out": "déconnexion",
            "auth.refused": "connexion refusée",
            "auth.factor.add": "double authentification ajoutée",
            "auth.factor.remove": "double authentification retirée",
            "access.token.create": "jeton d’accès créé",
            "auth.left.refused": "adresse demandée après un départ du réseau",
            "auth.token.refused": "jeton d’accès refusé",
            "access.token.narrow": "jeton d’accès restreint",
            "access.token.revoke": "jeton d’accès révoqué",
            "auth.factor.reset": "double authentification retirée par une autre personne",
            "auth.session.refused": "session ouverte ailleurs que par la page de connexion",
            "auth.step_up.refused": "action refusée sans confirmation récente",
        }
    )
