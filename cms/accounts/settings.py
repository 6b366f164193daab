"""Delays of accounts that the coordination may change."""

from cms.accounts.models import LINK_HOURS
from cms.values.settings import setting_register


def register() -> None:
    setting_register(
        "accounts.link_hours",
        "Comptes : durée d’un lien d’invitation",
        LINK_HOURS,
        unit="heures",
        help="Passé ce délai, il faut renvoyer l’invitation. Trois jours au plus.",
        least=1,
        most=LINK_HOURS,
    )
    setting_register(
        "accounts.decision_days",
        "Comptes : délai pour décider d’un changement de droits",
        14,
        unit="jours",
        help="Sans seconde personne dans ce délai, la demande reste sans suite.",
        least=1,
        most=30,
    )
    setting_register(
        "accounts.factor_hours",
        "Comptes : délai pour rappeler une personne qui a perdu sa double authentification",
        48,
        unit="heures",
        help="Passé ce délai, la direction de la structure recommence la déclaration.",
        least=1,
        most=168,
    )
    setting_register(
        "accounts.review_days",
        "Comptes : délai de la revue, depuis le début du trimestre",
        30,
        unit="jours",
        help="La coordination voit ensuite les équipes qui n’ont pas été revues.",
        least=7,
        most=80,
    )
    setting_register(
        "accounts.dormant_months",
        "Comptes : suspension sans connexion",
        12,
        unit="mois",
        help="La personne est prévenue trente jours avant, par un message.",
        least=3,
        most=12,
    )
