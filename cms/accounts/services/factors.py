"""A lost second factor: one person declares it, another calls back a number known before, then it is taken away."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.accounts.enums import CallbackNumber, Decision
from cms.accounts.models import FactorReset
from cms.accounts.policies import actor_id
from cms.accounts.selectors import account_is_under
from cms.accounts.services.doors import factors_remove, sessions_close
from cms.accounts.services.rights import asked_of_database
from cms.journal.context import request_id_current
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.settings import setting_value


@transaction.atomic
def factor_reset_ask(*, user: User) -> FactorReset:
    """Declare that somebody has lost the second factor. Raises `ValidationError` for whom one does not answer."""
    if not account_is_under(user):
        raise ValidationError("Cette déclaration se fait par une personne de la coordination, jamais par soi-même.")
    now = timezone.now()
    reset = FactorReset(
        user=user,
        asked_by_id=actor_id(),
        asked_at=now,
        expires_at=now + dt.timedelta(hours=setting_value("accounts.factor_hours")),
    )
    row_clean(reset)
    reset.save(force_insert=True)
    journal_append(action="accounts.factor.ask", kind="user", object_id=user.pk)
    return reset


@transaction.atomic
def factor_reset_decide(*, reset: FactorReset, decision: Decision, called: CallbackNumber | str = "") -> None:
    """Confirm after the call, refuse, or withdraw. Confirmed, the factor goes, the sessions end, the person is told.

    Raises `ValidationError` for whoever declared it, whoever it is about, and once decided or too late.
    """
    if decision == Decision.APPROVED and not called:
        raise ValidationError({"called": "Dites quel numéro vous avez appelé."})
    sql = "SELECT factor_reset_decide(%s, %s, %s, %s)"
    asked_of_database(sql, reset.pk, Decision(decision).value, str(called), request_id_current())
    if decision == Decision.APPROVED:
        user = User.objects.get(pk=reset.user_id)
        factors_remove(user)
        sessions_close(user)
