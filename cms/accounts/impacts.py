"""What the delays of accounts move today, before they are saved."""

import datetime as dt

from django.utils import timezone

from cms.accounts.selectors import members_in_force, review_due_on
from cms.accounts.services.people import DAYS_OF_MONTH, dormant_since
from cms.values.settings import setting_counts_register, setting_still_register, setting_value


def register() -> None:
    setting_counts_register("accounts.dormant_months", "Comptes sans connexion depuis ce temps", _dormant)
    setting_counts_register("accounts.review_days", "Rattachements dont la revue du trimestre est en retard", _late)
    asked = "Chaque demande garde le délai qu’elle avait : ce réglage vaut pour les suivantes."
    keys = ("accounts.link_hours", "accounts.decision_days", "accounts.factor_hours")
    setting_still_register(**dict.fromkeys(keys, asked))


def _dormant() -> int:
    days = round(setting_value("accounts.dormant_months") * DAYS_OF_MONTH)
    return len(dormant_since(timezone.now() - dt.timedelta(days=days)))


def _late() -> int:
    today = timezone.localdate()
    return members_in_force(today).filter(is_reviewed=False).count() if today > review_due_on(today) else 0
