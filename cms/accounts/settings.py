"""Delays of accounts that the coordination may change, and what they move today."""

import datetime as dt

from django.utils import timezone

from cms.accounts.models import LINK_HOURS
from cms.accounts.selectors import members_in_force, review_due_on
from cms.accounts.services.people import DAYS_OF_MONTH, dormant_since
from cms.values.settings import setting_counts_register, setting_register, setting_still_register, setting_value


def register() -> None:
    _requests()
    _reviews()
    _impacts()


def _requests() -> None:
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


def _reviews() -> None:
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


def _impacts() -> None:
    setting_counts_register("accounts.dormant_months", "Comptes sans connexion depuis ce temps", _dormant)
    setting_counts_register("accounts.review_days", "Rattachements dont la revue du trimestre est en retard", _late)
    sentence = "Chaque demande garde le délai qu’elle avait : ce réglage vaut pour les suivantes."
    keys = ("accounts.link_hours", "accounts.decision_days", "accounts.factor_hours")
    setting_still_register(**dict.fromkeys(keys, sentence))


def _dormant() -> int:
    days = round(setting_value("accounts.dormant_months") * DAYS_OF_MONTH)
    return len(dormant_since(timezone.now() - dt.timedelta(days=days)))


def _late() -> int:
    today = timezone.localdate()
    return members_in_force(today).filter(is_reviewed=False).count() if today > review_due_on(today) else 0
