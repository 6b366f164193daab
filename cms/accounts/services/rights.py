"""Roles of the network: asked by one person, decided by another, written by the database alone."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms.accounts.enums import Decision
from cms.accounts.models import RightsChange
from cms.accounts.policies import actor_id
from cms.journal.context import request_id_current
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.kit.constraints import sentence_for
from cms.users.models import User
from cms.users.roles import NETWORK_ROLES, Role
from cms.values.settings import setting_value
from cms.wall import scope


def asked_of_database(sql: str, *values: Any) -> Any:
    """Call a function of the owner; what it refuses is said in the words registered for its constraint."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchone()[0]
    except IntegrityError as error:
        raise ValidationError(sentence_for(error)) from error


@transaction.atomic
def rights_change_ask(*, user: User, role: Role, is_given: bool, reason: str) -> RightsChange:
    """Ask to give a role of the network, or to take it back.

    Raises `ValidationError` for oneself, for a role that a membership carries, and when nothing would change.
    """
    if role not in NETWORK_ROLES:
        raise ValidationError({"role": f"Le rôle {role.label} se donne par une invitation dans un partenaire."})
    by = actor_id()
    if user.pk == by:
        raise ValidationError("Personne ne change ses propres droits : demandez à une autre personne.")
    if user.groups.filter(name=role.value).exists() == is_given:
        held = "a déjà" if is_given else "n’a pas"
        raise ValidationError({"role": f"Cette personne {held} ce rôle."})
    now = timezone.now()
    change = RightsChange(
        user=user,
        role=role.value,
        is_given=is_given,
        reason=reason,
        asked_by_id=by,
        asked_at=now,
        expires_at=now + dt.timedelta(days=setting_value("accounts.decision_days")),
    )
    row_clean(change)
    change.save(force_insert=True)
    details = {"role": [None, role.value] if is_given else [role.value, None], "user": [None, str(user.pk)]}
    journal_append(action="accounts.rights.ask", kind="rights_change", object_id=change.pk, details=details)
    return change


def rights_change_decide(*, change: RightsChange, decision: Decision) -> None:
    """Approve, refuse or withdraw. The database checks who decides, writes the role and its line in the journal.

    Raises `ValidationError` for whoever asked, whoever it is about, and a change decided or lapsed meanwhile.
    """
    sql = "SELECT rights_change_decide(%s, %s, %s)"
    asked_of_database(sql, change.pk, Decision(decision).value, request_id_current())


def network_found(*, user: User, role: Role) -> None:
    """Give the first two people of a network their role. Raises `ValidationError` once there are two."""
    asked_of_database("SELECT network_found(%s, %s)", user.pk, role.value)


def decisions_lapse() -> None:
    """Write « sans suite » on what waited too long. The database already refuses to decide it."""
    with scope.acting(scope.ACCOUNTS), connection.cursor() as cursor:
        cursor.execute("SELECT accounts_lapse()")
