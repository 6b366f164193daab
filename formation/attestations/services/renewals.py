"""Renewals: who must renew a training within three months is notified, account or not, until it is done."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cms.notify.inbox.services.obligations import notifications_follow
from cms.wall import scope
from formation.common.rules import month_later
from formation.people.models import Professional
from formation.people.selectors.training import rules_in_force, with_last_training
from formation.sessions.services.notices import owed_to, users_of

RENEWAL = "training_renewal"
STEPS = (90, 30, 7)
"""Days before the end; somebody whose end is already near gets the nearest step only."""


def renewals_follow(today: dt.date | None = None) -> None:
    """Notify who must renew soon; stop notifying who renewed or is too late. Run each morning."""
    today = today or timezone.localdate()
    with scope.acting(scope.FIGURES):
        rules = rules_in_force()
        people: Any = with_last_training(Professional.objects.filter(merged_into=None, is_test=False), rules)
        rows = people.exclude(email="").exclude(last_trained_on=None)
        trained = rows.values_list("pk", "email", "last_trained_on")
        dated = [(pk, email, month_later(last, rules.refresh_months)) for pk, email, last in trained]
        near = [row for row in dated if 0 <= (row[2] - today).days <= max(STEPS)]
        users = users_of(email for _, email, _ in near)
    notifications_follow(kind=RENEWAL, owed=[owed_to(pk, email, users, due_on=due_on) for pk, email, due_on in near])
