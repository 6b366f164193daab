"""Writing partners, memberships, conventions and places."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from cms.access import scope
from cms.access.reveals import sealed_row_open
from cms.journal.services import changes, journal_append
from cms.partners.enums import PartnerKind, Stage
from cms.partners.models import (
    Contact,
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
from cms.users.services import user_create
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
    """Say what a structure can take in (criteria of matching).

    Raises `ValidationError` for another partner than a structure, or a value of another list.
    """
    _structure_only(partner)
    known = StructureProfile.objects.filter(partner=partner).first()
    before = _profile_snapshot(known) if known else {}
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
    for name, values in (("sexes", sexes), ("forms", forms), ("languages", languages)):
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


PROFILE_LISTS = {"sexes": "sexe", "forms": "forme", "languages": "langue"}


def _check_list(name: str, values: Sequence[Value]) -> None:
    if any(value.list_id != PROFILE_LISTS[name] for value in values):
        raise ValidationError({name: "Choisissez des lignes de la liste proposée."})


def _profile_snapshot(profile: StructureProfile) -> dict[str, Any]:
    columns = {
        field.attname: getattr(profile, field.attname) for field in profile._meta.fields if not field.primary_key
    }
    chosen = {name: sorted(getattr(profile, name).values_list("pk", flat=True)) for name in PROFILE_LISTS}
    return columns | chosen


def _structure_only(partner: Partner) -> None:
    if partner.kind != PartnerKind.STRUCTURE:
        raise ValidationError("Cela ne concerne que les structures d’accueil.")


ROLES_OF_KIND = {
    PartnerKind.STRUCTURE: (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR),
    PartnerKind.ASE: (Role.REQUESTER, Role.TRANSMITTER),
    PartnerKind.REQUESTER: (Role.REQUESTER, Role.TRANSMITTER),
    PartnerKind.STATE: (Role.STATE_READER,),
}
"""Roles that a membership may give in each kind of partner."""


def _not_oneself(user_id: Any) -> None:
    if user_id == scope.current().user_id:
        raise ValidationError("Vos propres droits se changent par une autre personne de la coordination.")


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
    """Attach a person to a partner. At `ends_on`, last day included, every right held through it ends.

    Raises `ValidationError` for oneself, and for a role that this kind of partner does not give.
    """
    _not_oneself(user.pk)
    if role not in ROLES_OF_KIND[PartnerKind(partner.kind)]:
        raise ValidationError({"role": "Ce rôle ne se donne pas dans ce genre de partenaire."})
    membership = Membership(
        user=user, partner=partner, role=role.value, starts_on=starts_on, ends_on=ends_on, can_sign=can_sign
    )
    return _save(
        membership,
        action="partners.membership.open",
        details={"role": [None, role.value], "user": [None, str(user.pk)]},
    )


@transaction.atomic
def member_attach(
    *,
    partner: Partner,
    email: str,
    role: Role,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    can_sign: bool = False,
    first_name: str = "",
    last_name: str = "",
    position: str = "",
    phone: str = "",
) -> Membership:
    """Attach whoever holds this e-mail address. When nobody does, an account without password is opened under the
    names given: the person chooses the password from the page « Mot de passe oublié ».

    Raises `ValidationError` for a closed account, and for missing names when the account is to be opened.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user and not user.is_active:
        raise ValidationError({"email": "Ce compte est fermé : il ne peut être rattaché."})
    if user is None:
        names = {"first_name": first_name, "last_name": last_name}
        if missing := [name for name, value in names.items() if not value]:
            raise ValidationError(dict.fromkeys(missing, "Aucun compte n’a cette adresse : remplissez pour l’ouvrir."))
        user = user_create(email=email, **names, position=position, phone=phone)
    return membership_open(
        user=user, partner=partner, role=role, starts_on=starts_on, ends_on=ends_on, can_sign=can_sign
    )


@transaction.atomic
def membership_end(*, membership: Membership, ends_on: dt.date) -> Membership:
    """Set the last day of a membership, that day included. Raises `ValidationError` for one's own."""
    _not_oneself(membership.user_id)
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
    _structure_only(partner)
    known = partner.places.count()
    return [
        _save(
            Place(partner=partner, label=f"Place {known + number}", starts_on=starts_on), action="partners.place.open"
        )
        for number in range(1, count + 1)
    ]


@transaction.atomic
def place_close(*, place: Place, on: dt.date) -> Place:
    """Close a place from a day on: it is open for the last time the day before.

    Raises `ValidationError` when it would close before it opened.
    """
    if on <= place.starts_on:
        raise ValidationError(
            {"on": f"Cette place a ouvert le {place.starts_on:%d/%m/%Y} : choisissez un jour suivant."}
        )
    _end(place, on - dt.timedelta(days=1), action="partners.place.close")
    return place


def _end(row: Place | Suspension, ends_on: dt.date, *, action: str) -> None:
    before = row.ends_on
    row.ends_on = ends_on
    row.full_clean()
    row.save(update_fields=["ends_on"])
    journal_append(
        action=action,
        kind="partner",
        object_id=row.partner_id,
        details=changes({"ends_on": before}, {"ends_on": ends_on}, ["ends_on"]),
    )


@transaction.atomic
def partner_suspend(
    *, partner: Partner, starts_on: dt.date, reason: str, ends_on: dt.date | None = None
) -> Suspension:
    """Set a structure apart: no minor is sent there while it lasts, last day included.

    Raises `ValidationError` when another suspension covers one of these days.
    """
    _structure_only(partner)
    return _save(
        Suspension(partner=partner, starts_on=starts_on, ends_on=ends_on, reason=reason),
        action="partners.partner.suspend",
        details={"starts_on": [None, starts_on], "ends_on": [None, ends_on]},
    )


@transaction.atomic
def suspension_end(*, suspension: Suspension, ends_on: dt.date) -> Suspension:
    """Set the last day of a suspension, that day included."""
    _end(suspension, ends_on, action="partners.suspension.end")
    return suspension


CONTACT = ("name", "position", "phone", "email")


@transaction.atomic
def contact_add(*, partner: Partner, name: str, position: str = "", phone: str = "", email: str = "") -> Contact:
    """Enter somebody to call. Raises `ValidationError` when there is neither telephone nor e-mail to reach them by."""
    contact = Contact(partner=partner, name=name, position=position, phone=phone, email=email)
    _reachable(contact)
    return _save(contact, action="partners.contact.add")


@transaction.atomic
def contact_change(*, contact: Contact, **facts: str) -> Contact:
    """Correct a contact (`CONTACT`); the journal keeps the names of what changed, never the values."""
    if unknown := set(facts) - set(CONTACT):
        raise TypeError(f"not part of a contact: {sorted(unknown)}")
    before = {name: getattr(contact, name) for name in facts}
    for name, value in facts.items():
        setattr(contact, name, value)
    _reachable(contact)
    contact.full_clean()
    contact.save(update_fields=list(facts))
    journal_append(
        action="partners.contact.change",
        kind="partner",
        object_id=contact.partner_id,
        details=changes(before, facts, (), facts),
    )
    return contact


@transaction.atomic
def contact_remove(*, contact: Contact) -> None:
    """Forget a contact: nothing in the network points at it."""
    journal_append(action="partners.contact.remove", kind="partner", object_id=contact.partner_id)
    contact.delete()


def _reachable(contact: Contact) -> None:
    if not contact.phone and not contact.email:
        raise ValidationError({"phone": "Indiquez au moins un téléphone ou une adresse électronique."})
