"""Noting an act of support."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.partners.models import Partner
from cms.users.models import User
from formation.people.models import Professional
from formation.support.models import SupportAct


@transaction.atomic
def support_act_record(
    *,
    kind_id: str,
    happened_on: dt.date,
    by: User,
    partner: Partner | None = None,
    professional: Professional | None = None,
    head_count: int = 1,
) -> SupportAct:
    """Record an act of support to a team (with its head count) or to one person. Raise `ValidationError`."""
    if happened_on > timezone.localdate():
        raise ValidationError({"happened_on": "Cette date est à venir : notez l’acte quand il a eu lieu."})
    act = SupportAct(
        kind_id=kind_id,
        happened_on=happened_on,
        partner=partner,
        professional=professional,
        head_count=head_count,
        recorded_by=by,
    )
    row_clean(act)
    act.save(force_insert=True)
    journal_append(
        action="formation.supportact.record", kind="supportact", object_id=act.pk, details={"kind": [None, kind_id]}
    )
    return act
