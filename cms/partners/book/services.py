"""Entering partners in the book of the network, and saying what a structure can take in."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.partners.book.models import Partner, PartnerIdentity, StructureProfile
from cms.partners.common.services import row_create, structure_only
from cms.partners.enums import PartnerKind
from cms.values.models import Value
from cms.wall.reveals.services import sealed_row_open


@dataclass(frozen=True, kw_only=True)
class PartnerCard:
    """What is written of a partner when it enters the book. `real_name` and `address` serve for a structure alone."""

    kind: PartnerKind
    code_name: str
    opened_on: dt.date
    structure_type_id: str | None = None
    requester_type_id: str | None = None
    territory_id: str | None = None
    ase_authority_id: str | None = None
    manager_name: str = ""
    establishment_number: str = ""
    real_name: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class StructureCriteria:
    """What a structure can take in: the criteria that matching reads. Prices are in euros, delays in days."""

    age_min: int
    age_max: int
    sexes: Collection[Value]
    forms: Collection[Value]
    languages: Collection[Value] = ()
    contraindications: Collection[Value] = ()
    containment_id: str | None = None
    habilitation_id: str | None = None
    pledged_places: int = 0
    takes_at_night: bool = False
    takes_siblings: bool = False
    admission_days: int | None = None
    daily_price: Decimal | None = None
    has_psychologist: bool = False


@transaction.atomic
def partner_create(card: PartnerCard) -> Partner:
    """Enter a partner in the book of the network. Real name and address of a structure go sealed, apart."""
    partner = Partner(
        kind=card.kind,
        code_name=card.code_name,
        opened_on=card.opened_on,
        structure_type_id=card.structure_type_id,
        requester_type_id=card.requester_type_id,
        territory_id=card.territory_id,
        ase_authority_id=card.ase_authority_id,
        manager_name=card.manager_name,
        establishment_number=card.establishment_number,
    )
    row_create(partner, action="partners.partner.create", details={"kind": [None, str(card.kind)]})
    if card.kind == PartnerKind.STRUCTURE:
        PartnerIdentity.objects.create(partner=partner, real_name=card.real_name, address=card.address)
    return partner


CODED = ("structure_type_id", "requester_type_id", "territory_id", "ase_authority_id", "opened_on", "closed_on")
"""What the journal keeps before and after; of the other columns it keeps the name."""


@transaction.atomic
def partner_change(*, partner: Partner, **facts: Any) -> Partner:
    """Correct the public card of a partner. Its kind never changes: enter another partner."""
    before = {name: getattr(partner, name) for name in facts}
    for name, new in facts.items():
        setattr(partner, name, new)
    row_clean(partner)
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
    written = {name: value for name, value in (("real_name", real_name), ("address", address)) if value}
    with sealed_row_open("partner", partner.pk):
        identity = PartnerIdentity.objects.filter(partner=partner).first() or PartnerIdentity(partner=partner)
        for name, value in written.items():
            setattr(identity, name, value)
        identity.full_clean(validate_unique=False)
        identity.save()
    journal_append(
        action="partners.identity.write", kind="partner", object_id=partner.pk, details={"sealed": sorted(written)}
    )


@transaction.atomic
def profile_set(*, partner: Partner, criteria: StructureCriteria) -> StructureProfile:
    """Say what a structure can take in (criteria of matching).

    Raises `ValidationError` for another partner than a structure, or a value of another list.
    """
    structure_only(partner)
    known = StructureProfile.objects.filter(partner=partner).first()
    before = _profile_snapshot(known) if known else {}
    profile = StructureProfile(
        partner=partner,
        age_min=criteria.age_min,
        age_max=criteria.age_max,
        containment_id=criteria.containment_id,
        habilitation_id=criteria.habilitation_id,
        pledged_places=criteria.pledged_places,
        takes_at_night=criteria.takes_at_night,
        takes_siblings=criteria.takes_siblings,
        admission_days=criteria.admission_days,
        daily_price=criteria.daily_price,
        has_psychologist=criteria.has_psychologist,
    )
    profile.full_clean(validate_unique=False)
    profile.save()
    chosen = {name: getattr(criteria, name) for name in PROFILE_LISTS}
    for name, values in chosen.items():
        _check_list(name, values)
        getattr(profile, name).set(values)
    after = _profile_snapshot(profile)
    journal_append(
        action="partners.profile.set",
        kind="partner",
        object_id=partner.pk,
        details=changes(before, after, after),
    )
    return profile


PROFILE_LISTS = {"sexes": "sexe", "forms": "forme", "languages": "langue", "contraindications": "contre_indication"}


def _check_list(name: str, values: Collection[Value]) -> None:
    if any(value.list_id != PROFILE_LISTS[name] for value in values):
        raise ValidationError({name: "Choisissez des lignes de la liste proposée."})


def _profile_snapshot(profile: StructureProfile) -> dict[str, Any]:
    columns = {
        field.attname: getattr(profile, field.attname) for field in profile._meta.fields if not field.primary_key
    }
    chosen = {name: sorted(getattr(profile, name).values_list("pk", flat=True)) for name in PROFILE_LISTS}
    return columns | chosen
