"""Saying who a minor is without reading what others said; taking it over into the sealed identity."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.services import NOT_OPEN, manager_only, row_create
from cases.files.identity.models import IdentityGiven
from cases.files.identity.selectors import identity_may_give
from cases.files.models import Case, CaseIdentity
from cases.files.services import identity_write, parts_filled
from cms.files.services import Upload, attachment_add
from cms.journal.services import journal_append
from cms.users.models import User
from cms.wall.reveals.services import sealed_row_open

NAMES = ("last_name", "first_name", "birth_date", "phone")
OLDEST = dt.date(1990, 1, 1)
PORTRAIT = "Photo d’identité"


@dataclass(frozen=True)
class SaidIdentity:
    """What somebody knows of who a minor is; what they do not know stays empty."""

    last_name: str = ""
    first_name: str = ""
    birth_date: dt.date | None = None
    aliases: tuple[str, ...] = ()
    phone: str = ""

    def filled(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in NAMES} | {"aliases": list(self.aliases)}
        return {name: value for name, value in values.items() if value}


@transaction.atomic
def identity_give(
    *, case_id: uuid.UUID, partner_id: uuid.UUID, said: SaidIdentity, by: User, portrait: Upload | None = None
) -> IdentityGiven | None:
    """Seal what a service or a structure knows of who a minor is, with a photo. Nothing said before is changed.

    Raises `ValidationError` for whoever may not, when nothing is said, and beside a date that is not one of a minor.
    """
    if not identity_may_give(case_id):
        raise ValidationError(NOT_OPEN, code="scope")
    filled = said.filled()
    if not filled and portrait is None:
        raise ValidationError("Rien n’est rempli : écrivez au moins une information.")
    if said.birth_date and not OLDEST <= said.birth_date <= timezone.localdate():
        raise ValidationError({"birth_date": "Cette date de naissance n’est pas possible."})
    row = _given(case_id, partner_id, filled, by) if filled else None
    if portrait is not None:
        attachment_add(kind="case", object_id=case_id, file=portrait, title=PORTRAIT, by=by, is_portrait=True)
    return row


def _given(case_id: uuid.UUID, partner_id: uuid.UUID, filled: dict[str, Any], by: User) -> IdentityGiven:
    row = IdentityGiven(
        case_id=case_id,
        partner_id=partner_id,
        parts=parts_filled(filled),
        given_by=by,
        given_at=timezone.now(),
        **filled,
    )
    row_create(
        row,
        kind="case",
        action="cases.identity.give",
        coded=("parts",),
        sealed=tuple(filled),
        exclude=("case",),
        object_id=case_id,
    )
    return row


@transaction.atomic
def identity_take(*, case: Case, by: User) -> int:
    """Take what was said into the sealed identity: what the coordination wrote stays, blanks are filled, a name that
    differs becomes another identity. Return how many answers were taken.

    Raises `ValidationError` when a birth date contradicts an event of the file.
    """
    manager_only()
    with sealed_row_open("case", case.pk):
        given = list(IdentityGiven.objects.filter(case=case, taken_at=None).order_by("given_at"))
        known = CaseIdentity.objects.filter(case=case).first() or CaseIdentity()
        if not given:
            return 0
        if values := _merged(known, given):
            identity_write(case=case, by=by, **values)
        IdentityGiven.objects.filter(pk__in=[row.pk for row in given]).update(taken_at=timezone.now())
    journal_append(action="cases.identity.take", kind="case", object_id=case.pk, details={"count": len(given)})
    return len(given)


def _merged(known: CaseIdentity, given: list[IdentityGiven]) -> dict[str, Any]:
    values = {}
    for name in NAMES:
        latest = next((getattr(row, name) for row in reversed(given) if getattr(row, name)), None)
        if latest and not getattr(known, name):
            values[name] = latest
    kept = {name: values.get(name) or getattr(known, name) for name in ("last_name", "first_name")}
    aliases = list(known.aliases)
    for row in given:
        full = " ".join(str(part) for part in (row.first_name, row.last_name) if part)
        differs = any(getattr(row, name) and getattr(row, name) != kept[name] for name in kept)
        aliases += [*row.aliases, *([full] if differs else [])]
    aliases = list(dict.fromkeys(aliases))
    return values | ({"aliases": aliases} if aliases != list(known.aliases) else {})
