"""Brothers and sisters: one request each, grouped, since each is placed, followed and counted alone (indicator 1)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.common.services import lock, manager_only, row_change
from cases.enums import AgePrecision
from cases.files.services import FACTS
from cases.requests.models import Sollicitation, SollicitationDetail
from cases.requests.services.sollicitations import DETAIL, NewSollicitation, sollicitation_send, sollicitation_take
from cases.requests.tonight.models import SHARED_TONIGHT
from cms.users.models import User

MOST = 5
"""Brothers and sisters beside the first minor, in one sending."""
OWN = ("sex_id", "birth_year", "birth_month", "age_precision_id")
"""Facts that a brother or a sister does not share."""

AGE_ESTIMATED, AGE_UNKNOWN = AgePrecision.ESTIMATED, AgePrecision.UNKNOWN


@dataclass(frozen=True)
class Sibling:
    """What differs between siblings; the danger, the place and the person to call back are those of the first."""

    sex_id: str
    age: int | None


@transaction.atomic
def siblings_send(first: NewSollicitation, siblings: Sequence[Sibling]) -> list[Sollicitation]:
    """Send the request written in full, then one for each brother or sister.

    The same key sent twice gives the rows of the first time: each row has a key drawn from it.
    """
    if len(siblings) > MOST:
        raise ValidationError(f"Une demande prend {MOST} frères et sœurs au plus : envoyez-en une autre.")
    key, group_id = first.idempotency_key, None
    if siblings:
        group_id = uuid.uuid5(key, "fratrie") if key else uuid.uuid4()
    rows = [sollicitation_send(replace(first, group_id=group_id))]
    for number, sibling in enumerate(siblings, 1):
        brother = replace(
            first,
            group_id=group_id,
            idempotency_key=uuid.uuid5(key, str(number)) if key else None,
            age=sibling.age,
            facts=_facts(first.facts, sibling),
            tonight={name: value for name, value in first.tonight.items() if name in SHARED_TONIGHT},
            # Answers to added fields are about the first: they may not hold for the others.
            extra=None,
        )
        rows.append(sollicitation_send(brother))
    return rows


@transaction.atomic
def sibling_add(*, sollicitation: Sollicitation, sibling: Sibling, by: User) -> Sollicitation:
    """Add another minor of the same family, while the coordination already follows the first."""
    manager_only()
    lock(sollicitation)
    if sollicitation.group_id is None:
        row_change(sollicitation, {"group_id": uuid.uuid4()}, kind="sollicitation", action="cases.sollicitation.group")
    detail = SollicitationDetail.objects.filter(pk=sollicitation.pk).first() or SollicitationDetail()
    forms = list(sollicitation.forms.all())
    brother = sollicitation_send(
        NewSollicitation(
            requester=sollicitation.requester,
            submitted_by=by,
            nature_id=sollicitation.nature_id,
            urgency_id=sollicitation.urgency_id,
            channel_id=sollicitation.channel_id,
            forms=[form.form_id for form in forms],
            main_form=next((form.form_id for form in forms if form.is_main), ""),
            facts=_facts({name: getattr(sollicitation, name) for name in FACTS}, sibling),
            age=sibling.age,
            detail={name: getattr(detail, name) for name in DETAIL if name != "minor_label"},
            detected_by_id=sollicitation.detected_by_id,
            requester_type_id=sollicitation.requester_type_id,
            current_place_id=sollicitation.current_place_id,
            safe_until=sollicitation.safe_until,
            rights_told=sollicitation.rights_told,
            tonight={name: getattr(sollicitation, name) for name in SHARED_TONIGHT},
            received_at=sollicitation.received_at,
            group_id=sollicitation.group_id,
            is_test=sollicitation.is_test,
        )
    )
    if sollicitation.taken_by_id:
        sollicitation_take(sollicitation=brother, by=by, at=sollicitation.first_answered_at)
    return brother


def _facts(shared: Mapping[str, Any], sibling: Sibling) -> dict[str, Any]:
    """Return the facts of the family, with those of one of its minors."""
    precision = AgePrecision.UNKNOWN if sibling.age is None else AgePrecision.ESTIMATED
    own = dict.fromkeys(OWN) | {"sex_id": sibling.sex_id, "age_precision_id": precision}
    return {**shared, **own}
