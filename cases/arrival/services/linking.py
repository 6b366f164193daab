"""Write a linking, between a structure and a service before an arrival: agreements, security protocol, payer.

An arrival waits for all of it, or for a waiver that says why; the database holds it too (`placement_linked`).
"""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.arrival.enums import Party
from cases.arrival.models import Linking, LinkingAgreement, LinkingCheck
from cases.arrival.services.payers import payer_change, payer_follow
from cases.arrival.words import missing_words
from cases.common.services import NOT_OPEN, lock, manager_only, manages, past, past_day, row_change, row_create
from cases.files.models import Case
from cases.notices.enums import To
from cases.notices.services import transition_done, transition_tell
from cases.proposals.models import Orientation
from cases.stays.models import Placement
from cms.journal.services import changes, journal_append
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.values.models import Value
from cms.wall import scope
from cms.wall.models import Level
from cms.wall.services import Grantee, grant_give, grants_end

KIND, AGREEMENT = "linking", "agreement_asked"
TOLD_PARTIES = {Party.STRUCTURE: To.STRUCTURE, Party.REQUESTER: To.REQUESTER}
INSTEAD = "ou dites pourquoi l’arrivée n’attend pas."
NOT_OPENED = f"Aucune mise en lien n’est ouverte avec cette structure : ouvrez-la, {INSTEAD}"
OVER = "Cette mise en lien n’a plus cours."


@transaction.atomic
def linking_open(
    *,
    case: Case,
    partner: Partner,
    by: User,
    orientation: Orientation | None = None,
    at: dt.datetime | None = None,
) -> Linking:
    """Open the way to an arrival. The direction of the structure reads it and agrees; the service that asked too,
    without learning which structure it is.
    """
    manager_only()
    if case.closed_on:
        raise ValidationError({"case": "Cette situation est close."})
    if partner.kind != PartnerKind.STRUCTURE:
        raise ValidationError({"partner": "Un séjour se passe dans une structure d’accueil."})
    if orientation and orientation.case_id != case.pk:
        raise ValidationError({"orientation": "Cette orientation concerne une autre situation."})
    requester = _requester_of(case, orientation)
    linking = Linking(
        case=case,
        partner=partner,
        orientation=orientation,
        requester=requester,
        opened_at=past("opened_at", at or timezone.now()),
    )
    coded = ("case_id", "partner_id", "orientation_id", "requester_id")
    row_create(linking, kind=KIND, action="cases.linking.open", coded=coded)
    _grant(linking, partner.pk, Level.CONTACT, Role.STRUCTURE_DIRECTOR)
    if requester:
        _grant(linking, requester.pk, Level.SHEET, Role.REQUESTER)
    transition_tell(AGREEMENT, object_id=linking.pk, at=linking.opened_at)
    return linking


def _requester_of(case: Case, orientation: Orientation | None) -> Partner | None:
    if orientation:
        return orientation.sollicitation.requester
    latest = case.sollicitations.select_related("requester").order_by("-received_at").first()
    return latest.requester if latest else None


def _grant(linking: Linking, partner_id: uuid.UUID, level: Level, role: Role) -> None:
    grant_give(kind=KIND, object_id=linking.pk, level=level, reason="Mise en lien", to=Grantee(partner_id, role))


@transaction.atomic
def linking_agree(*, linking: Linking, party: Party, by: User, agreed_on: dt.date | None = None) -> LinkingAgreement:
    """Give an agreement: each party its own; the coordination tells those that came on paper."""
    if not _speaks_for(linking, party):
        raise ValidationError(NOT_OPEN, code="scope")
    if linking.cancelled_at:
        raise ValidationError(OVER)
    agreement = LinkingAgreement(
        linking=linking,
        party=party,
        agreed_on=past_day("agreed_on", agreed_on or timezone.localdate()),
        given_by=by,
        is_on_paper=manages() and party != Party.NETWORK,
    )
    row_create(
        agreement,
        kind=KIND,
        action="cases.linking.agree",
        coded=("party", "agreed_on", "is_on_paper"),
        object_id=linking.pk,
    )
    if party in TOLD_PARTIES:
        transition_done(AGREEMENT, object_id=linking.pk, to=TOLD_PARTIES[party])
    return agreement


def _speaks_for(linking: Linking, party: Party) -> bool:
    if manages():
        return True
    if party == Party.STRUCTURE:
        return linking.partner_id in scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
    return party == Party.REQUESTER and linking.requester_id in scope.current().partners_as(Role.REQUESTER)


@transaction.atomic
def linking_checks_set(*, linking: Linking, items: Collection[str], by: User) -> None:
    """Say which points of the security protocol are settled, in place of those said before."""
    manager_only()
    _lock_live(linking)
    wanted = set(items)
    if Value.objects.of_list("protocole_securite").filter(pk__in=wanted).count() != len(wanted):
        raise ValidationError({"items": "Choisissez des lignes de la liste proposée."})
    before = set(linking.checks.values_list("item_id", flat=True))
    if before == wanted:
        return
    if linking.placement_id and before - wanted:
        raise ValidationError({"items": "Le séjour a commencé : un point réglé ne se décoche plus."})
    linking.checks.exclude(item_id__in=wanted).delete()
    LinkingCheck.objects.bulk_create(LinkingCheck(linking=linking, item_id=item) for item in sorted(wanted - before))
    details = changes({"items": sorted(before)}, {"items": sorted(wanted)}, ["items"])
    journal_append(action="cases.linking.checks", kind=KIND, object_id=linking.pk, details=details)


@transaction.atomic
def linking_finance(
    *,
    linking: Linking,
    payer_kind_id: str,
    daily_price_cents: int,
    financed_on: dt.date,
    by: User,
    payer_id: str | None = None,
    ends_on: dt.date | None = None,
) -> Linking:
    """Write who pays and how much a day. A new agreement replaces the former one, which the journal keeps."""
    manager_only()
    _lock_live(linking)
    values = {
        "payer_kind_id": payer_kind_id,
        "payer_id": payer_id,
        "daily_price_cents": daily_price_cents,
        "financed_on": past_day("financed_on", financed_on),
        "finance_ends_on": ends_on,
    }
    before = linking.payer_id
    row_change(linking, values, kind=KIND, action="cases.linking.finance")
    payer_change(linking=linking, before=before)
    return linking


@transaction.atomic
def linking_waive(
    *, linking: Linking, reason_id: str, by: User, words: str = "", at: dt.datetime | None = None
) -> Linking:
    """Let the minor arrive before everything is there: by the coordination or the direction, who say why. What is
    missing is due within `cases.linking_hours` hours.
    """
    manager_only()
    _lock_live(linking)
    if linking.waived_at:
        raise ValidationError("Une dérogation est déjà donnée.")
    if linking.placement_id:
        raise ValidationError("Le séjour a déjà commencé.")
    values = {
        "waived_at": past("waived_at", at or timezone.now()),
        "waived_by_id": by.pk,
        "waiver_reason_id": reason_id,
        "waiver_words": words,
    }
    row_change(linking, values, kind=KIND, action="cases.linking.waive", sealed=("waiver_words",))
    return linking


@transaction.atomic
def arrival_waive(
    *, case: Case, partner: Partner, reason_id: str, by: User, words: str = "", orientation: Orientation | None = None
) -> Linking:
    """Waive the open linking of an arrival, opening one when there is none: the minor is already at the door."""
    waiting = Linking.objects.live().filter(case=case, partner=partner, placement=None).first()
    linking = waiting or linking_open(case=case, partner=partner, orientation=orientation, by=by)
    return linking if linking.waived_at else linking_waive(linking=linking, reason_id=reason_id, words=words, by=by)


@transaction.atomic
def linking_cancel(*, linking: Linking, by: User, at: dt.datetime | None = None) -> Linking:
    """Cancel a linking, and end the grants that it gave to the structure and to the service."""
    manager_only()
    _lock_live(linking)
    if linking.placement_id:
        raise ValidationError("Le séjour a commencé : la mise en lien ne s’abandonne plus.")
    at = past("cancelled_at", at or timezone.now())
    row_change(linking, {"cancelled_at": at}, kind=KIND, action="cases.linking.cancel")
    linking_grants_end(linking, reason="Mise en lien abandonnée")
    transition_done(AGREEMENT, object_id=linking.pk)
    return linking


def linkings_give_up(*, orientation: Orientation, partner_id: uuid.UUID, by: User) -> None:
    """Cancel the linkings that a proposal led to, when it is given up."""
    waiting = Linking.objects.live().filter(orientation=orientation, partner_id=partner_id, placement=None)
    for linking in waiting:
        linking_cancel(linking=linking, by=by)


def linking_grants_end(linking: Linking, *, reason: str) -> None:
    grants_end(kind=KIND, object_id=linking.pk, reason=reason)
    if journey := getattr(linking, "journey", None):
        grants_end(kind="journey", object_id=journey.pk, reason=reason)


def linking_to_arrive(*, case: Case, partner: Partner) -> Linking:
    """Return the open linking of an arrival, locked.

    Raises `ValidationError` when there is none, or when something is missing and nobody waived it.
    """
    linking = Linking.objects.live().filter(case=case, partner=partner, placement=None).first()
    if linking is None:
        raise ValidationError({"waiver_reason": NOT_OPENED})
    _lock_live(linking)
    if linking.waived_at is None and (missing := linking_missing(linking)):
        raise ValidationError({"waiver_reason": _refusal(missing_words(missing))})
    return linking


def _refusal(words: Sequence[str]) -> str:
    return f"Avant l’arrivée, il manque {', '.join(words)}. Complétez la mise en lien, {INSTEAD}"


def linking_missing(linking: Linking) -> list[str]:
    """Return codes of what is missing, as the database requires it of the arrival."""
    return Linking.objects.missing_of(linking.pk)


def linking_arrived(*, linking: Linking, placement: Placement) -> None:
    row_change(linking, {"placement_id": placement.pk}, kind=KIND, action="cases.linking.arrive")
    payer_follow(linking=linking, placement=placement)


def _lock_live(linking: Linking) -> None:
    lock(linking)
    if linking.cancelled_at:
        raise ValidationError(OVER)
