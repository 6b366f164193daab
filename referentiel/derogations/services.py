"""Derogations: proposed by one coordinator, agreed by another, over at their date or revoked."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.decisions.services import decision_agree, decision_ask
from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import version_in_force
from cms.journal.services import journal_append
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES
from cms.values.settings import setting_value
from cms.wall import scope
from referentiel.assessments.selectors import levels_of
from referentiel.common.selectors import DEROGATION_DAYS
from referentiel.derogations.models import Derogation
from referentiel.enums import Level


@transaction.atomic
def derogation_ask(*, partner: Partner, code: str, reason: str, ends_on: dt.date, by: User) -> Derogation:
    """Propose that a structure be let work below an imperative exigence until a day. Raise `ValidationError`."""
    _coordination(by)
    today = timezone.localdate()
    version = version_in_force(DocumentKind.REFERENTIEL)
    if version is None or levels_of(version).get(code) != Level.IMPERATIVE:
        raise ValidationError({"code": "Choisissez une exigence impérative de la version en vigueur."})
    most = setting_value(DEROGATION_DAYS)
    if not today <= ends_on <= today + dt.timedelta(days=most):
        raise ValidationError({"ends_on": f"Choisissez une date dans les {most} jours."})
    row = Derogation(partner=partner, code=code, reason=reason.strip(), starts_on=today, ends_on=ends_on)
    return decision_ask(row, by=by, tell=_tell)


def derogation_agree(*, derogation: Derogation, by: User) -> Derogation:
    """Agree to a derogation as a second coordinator: it holds at once. Raise `ValidationError`."""
    _coordination(by)
    return decision_agree(derogation, by=by, tell=_tell, effect=_not_over)


def _not_over(row: Derogation) -> dict[str, Any]:
    if row.ends_on < timezone.localdate():
        raise ValidationError("Sa date de fin est passée : proposez-en une autre.")
    return {}


@transaction.atomic
def derogation_revoke(*, derogation: Derogation, reason: str, by: User) -> Derogation:
    """Put an end to a derogation before its date, or refuse one that waits. Raise `ValidationError`."""
    _coordination(by)
    row = Derogation.objects.select_for_update().get(pk=derogation.pk)
    if row.revoked_at is not None:
        raise ValidationError("Cette dérogation est levée : proposez-en une autre.")
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi."})
    row.revoked_by, row.revoked_at, row.revoke_reason = by, timezone.now(), reason.strip()
    row.full_clean(validate_unique=False)
    row.save()
    _tell("revoke", row)
    return row


def _coordination(by: User) -> None:
    if scope.current().user_id != by.pk or not scope.current().has_role(*SEES_ALL_CASES):
        raise ValidationError("La coordination seule décide d’une dérogation.")


def _tell(verb: str, row: Derogation) -> None:
    journal_append(
        action=f"referentiel.derogation.{verb}",
        kind="derogation",
        object_id=row.pk,
        details={"code": row.code, "ends_on": row.ends_on.isoformat()},
    )
