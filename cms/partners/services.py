"""Writing partners, memberships, conventions and places."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from cms.access import scope
from cms.journal.services import changes, journal_append
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import (
    Convention,
    ConventionStep,
    Membership,
    Partner,
    PartnerIdentity,
    Place,
    StructureProfile,
    Suspension,
)
from cms.users.models import User
from cms.users.roles import Role
from cms.values.models import Value

Row = TypeVar("Row", bound=models.Model)


def _save(row: Row, *, action: str, details: dict | None = None) -> Row:
    row.full_clean()
    row.save(force_insert=True)
    journal_append(action=action, kind="partner", object_id=getattr(row, "partner_id", row.pk), details=details)
    return row


@transaction.atomic
def partner_create(
    *,
    kind: PartnerKind,
    code_name: str,
    opened_on: dt.date,
    structure_type_id: str | None = None,
    requester_type_id: str | None = None,
    territory_id: str | None = None,
    ase_authority_id: str | None = None,
    manager_name: str = "",
    establishment_number: str = "",
    real_name: str = "",
    address: str = "",
) -> Partner:
    """Enter a partner in the book of the network. Real name and address of a structure go sealed, apart."""
    partner = Partner(
        kind=kind,
        code_name=code_name,
        opened_on=opened_on,
        structure_type_id=structure_type_id,
        requester_type_id=requester_type_id,
        territory_id=territory_id,
        ase_authority_id=ase_authority_id,
        manager_name=manager_name,
        establishment_number=establishment_number,
    )
    _save(partner, action="partners.partner.create", details={"kind": [None, str(kind)]})
    if kind == PartnerKind.STRUCTURE:
        PartnerIdentity.objects.create(partner=partner, real_name=real_name, address=address)
    return partner


CODED = ("structure_type_id", "requester_type_id", "territory_id", "ase_authority_id", "opened_on", "closed_on")
"""What the journal keeps before and after; of the other columns it keeps the name."""


@transaction.atomic
def partner_change(*, partner: Partner, **facts: Any) -> Partner:
    """Correct the public card of a partner. Its kind never changes: enter another partner."""
    before = {name: getattr(partner, name) for name in facts}
    for name, new in facts.items():
        setattr(partner, name, new)
    partner.full_clean()
    partner.save(update_fields=list(facts))
    journal_append(
        action="partners.partner.change",
        kind="partner",
        object_id=partner.pk,
        details=changes(before, facts, CODED, set(facts) - set(CODED)),
    )
    return partner


@transaction.atomic
def partner_identity_write(*, partner: Partner, real_name: str = "", address: str = "") -> None:
    """Replace what is given of the real name and of the secret address of a structure; both stay sealed."""
    identity = PartnerIdentity.objects.filter(partner=partner).first() or PartnerIdentity(partner=partner)
    written = {name: value for name, value in (("real_name", real_name), ("address", address)) if value}
    for name, value in written.items():
        setattr(identity, name, value)
    identity.full_clean(validate_unique=False)
    identity.save()
    journal_append(
        action="partners.identity.write", kind="partner", object_id=partner.pk, details={"sealed": sorted(written)}
    )


@transaction.atomic
def profile_set(
    *,
    partner: Partner,
    age_min: int,
    age_max: int,
    sexes: list[Value],
    forms: list[Value],
    languages: Sequence[Value] = (),
    containment_id: str | None = None,
    habilitation_id: str | None = None,
    pledged_places: int = 0,
    takes_at_night: bool = False,
    takes_siblings: bool = False,
    admission_days: int | None = None,
    daily_price: Decimal | None = None,
    has_psychologist: bool = False,
) -> StructureProfile:
    """Say what a structure can take in (criteria of matching)."""
    profile = StructureProfile(
        partner=partner,
        age_min=age_min,
        age_max=age_max,
        containment_id=containment_id,
        habilitation_id=habilitation_id,
        pledged_places=pledged_places,
        takes_at_night=takes_at_night,
        takes_siblings=takes_siblings,
        admission_days=admission_days,
        daily_price=daily_price,
        has_psychologist=has_psychologist,
    )
    profile.full_clean(validate_unique=False)
    profile.save()
    profile.sexes.set(sexes)
    profile.forms.set(forms)
    profile.languages.set(languages)
    journal_append(action="partners.profile.set", kind="partner", object_id=partner.pk)
    return profile


@transaction.atomic
def membership_open(
    *,
    user: User,
    partner: Partner,
    role: Role,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    can_sign: bool = False,
) -> Membership:
    """Attach a person to a partner. At `ends_on`, last day included, every right held through it ends."""
    membership = Membership(
        user=user, partner=partner, role=role.value, starts_on=starts_on, ends_on=ends_on, can_sign=can_sign
    )
    return _save(
        membership,
        action="partners.membership.open",
        details={"role": [None, role.value], "user": [None, str(user.pk)]},
    )


@transaction.atomic
def membership_end(*, membership: Membership, ends_on: dt.date) -> Membership:
    before = membership.ends_on
    membership.ends_on = ends_on
    membership.full_clean()
    membership.save(update_fields=["ends_on"])
    journal_append(
        action="partners.membership.end",
        kind="partner",
        object_id=membership.partner_id,
        details={"ends_on": [before and before.isoformat(), ends_on.isoformat()]},
    )
    return membership


@transaction.atomic
def convention_open(*, partner: Partner, reference: str, contacted_on: dt.date) -> Convention:
    """First contact with a partner: the convention's pipeline begins."""
    convention = _save(Convention(partner=partner, reference=reference), action="partners.convention.open")
    _step(convention, Stage.CONTACT, contacted_on)
    return convention


STAGE_AFTER = {
    Stage.CONTACT: {Stage.LETTER, Stage.DRAFT, Stage.SIGNED},
    Stage.LETTER: {Stage.DRAFT, Stage.SIGNED},
    Stage.DRAFT: {Stage.SIGNED},
    Stage.SIGNED: {Stage.ENDED, Stage.DENOUNCED},
    Stage.ENDED: set(),
    Stage.DENOUNCED: set(),
}
"""Allowed changes of stage."""


@transaction.atomic
def convention_advance(
    *,
    convention: Convention,
    stage: Stage,
    on: dt.date,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Convention:
    """Move a convention to its next stage.

    Raises `ValidationError` when the stage does not follow the present one, or when dates contradict each other.
    """
    before = Stage(convention.stage)
    if stage not in STAGE_AFTER[before]:
        raise ValidationError({"stage": f"Une convention « {before.label} » ne passe pas à « {stage.label} »."})
    convention.stage = stage
    if stage == Stage.SIGNED:
        convention.signed_on, convention.starts_on, convention.ends_on = on, starts_on or on, ends_on
    if stage == Stage.DENOUNCED:
        convention.denounced_on = on
    convention.full_clean()
    convention.save()
    _step(convention, stage, on)
    journal_append(
        action="partners.convention.advance",
        kind="partner",
        object_id=convention.partner_id,
        details={"stage": [before.value, stage.value]},
    )
    return convention


def _step(convention: Convention, stage: Stage, on: dt.date) -> None:
    ConventionStep.objects.create(
        convention=convention, stage=stage, happened_on=on, recorded_by_id=scope.current().user_id
    )


@transaction.atomic
def places_open(*, partner: Partner, count: int, starts_on: dt.date) -> list[Place]:
    """Open `count` more places in a structure; capacity is their number."""
    known = partner.places.count()
    return [
        _save(
            Place(partner=partner, label=f"Place {known + number}", starts_on=starts_on), action="partners.place.open"
        )
        for number in range(1, count + 1)
    ]


@transaction.atomic
def partner_suspend(
    *, partner: Partner, starts_on: dt.date, reason: str, ends_on: dt.date | None = None
) -> Suspension:
    return _save(
        Suspension(partner=partner, starts_on=starts_on, ends_on=ends_on, reason=reason),
        action="partners.partner.suspend",
    )
