"""Write a linking, between a structure and a service before an arrival: agreements, security protocol, payer.

An arrival waits for all of it, or for a waiver that says why; the database holds it too (`placement_linked`).
"""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.arrival.convention.services import ASKED, agreement_done, convention_follow, version_to_sign
from cases.arrival.enums import Party, Reply, Way
from cases.arrival.models import Linking, LinkingAgreement
from cases.arrival.policies import may_entrust
from cases.arrival.services.answers import CODED, SEALED, Call, answer_values
from cases.arrival.services.guardians import guardian_by_default, guardian_grant
from cases.arrival.services.live import KIND, OVER, lock_live
from cases.arrival.services.payers import payer_change, payer_follow
from cases.arrival.words import missing_words
from cases.common.services import NOT_OPEN, manager_only, manages, past, past_day, row_change, row_create
from cases.files.models import Case
from cases.files.protection.services import frame_in_force, legal_frame_follow
from cases.guard.services import stay_check
from cases.notices.enums import To
from cases.notices.services import transition_done, transition_tell
from cases.proposals.models import Orientation
from cases.stays.models import Placement
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.models import Level
from cms.wall.services import Grantee, grant_give, grants_end

INSTEAD = "ou dites pourquoi l’arrivée n’attend pas."
NOT_OPENED = f"Aucune mise en lien n’est ouverte avec cette structure : ouvrez-la, {INSTEAD}"
NO_GUARDIAN = "Dites d’abord à quel service le mineur est confié : ASE, PJJ ou juridiction."
NOT_ACCEPTED = (
    "La structure n’a pas dit oui : notez d’abord son accord dans la mise en lien. Personne ne le donne à sa place."
)


@transaction.atomic
def linking_open(
    *,
    case: Case,
    partner: Partner,
    by: User,
    orientation: Orientation | None = None,
    at: dt.datetime | None = None,
) -> Linking:
    """Open the way to an arrival. The direction of the structure reads it and agrees. The service that asked reads it
    too, without learning which structure it is; it agrees when the law lets it hold a minor. Raises `ValidationError`
    for a structure that the guard closes.
    """
    manager_only()
    if case.closed_on:
        raise ValidationError({"case": "Cette situation est close."})
    if partner.kind != PartnerKind.STRUCTURE:
        raise ValidationError({"partner": "Un séjour se passe dans une structure d’accueil."})
    if orientation and orientation.case_id != case.pk:
        raise ValidationError({"orientation": "Cette orientation concerne une autre situation."})
    opened_at = past("opened_at", at or timezone.now())
    stay_check(case=case, partner=partner, day=timezone.localdate(opened_at))
    requester = _requester_of(case, orientation)
    linking = Linking(
        case=case,
        partner=partner,
        orientation=orientation,
        requester=requester,
        guardian=requester if requester and may_entrust(requester) else None,
        opened_at=opened_at,
    )
    coded = ("case_id", "partner_id", "orientation_id", "requester_id", "guardian_id")
    row_create(linking, kind=KIND, action="cases.linking.open", coded=coded)
    _grant(linking, partner.pk, Level.CONTACT, Role.STRUCTURE_DIRECTOR)
    if requester:
        _grant(linking, requester.pk, Level.SHEET, Role.REQUESTER)
    convention_follow(linking=linking, by=by)
    return linking


def _requester_of(case: Case, orientation: Orientation | None) -> Partner | None:
    if orientation:
        return orientation.sollicitation.requester
    latest = case.sollicitations.select_related("requester").order_by("-received_at").first()
    return latest.requester if latest else None


def _grant(linking: Linking, partner_id: uuid.UUID, level: Level, role: Role) -> None:
    grant_give(kind=KIND, object_id=linking.pk, level=level, reason="Mise en lien", to=Grantee(partner_id, role))


@transaction.atomic
def linking_agree(
    *,
    linking: Linking,
    party: Party,
    by: User,
    agreed_on: dt.date | None = None,
    call: Call | None = None,
    seen: uuid.UUID | None = None,
) -> LinkingAgreement:
    """Answer about the version of the convention in force: each party for itself, online; the coordination notes what
    it heard, refusals too. `seen` is the version that was on the screen: another one is to be read first.

    Raises `ValidationError` for the guardian while none is named: who asked for a place entrusts nobody.
    """
    call = call or Call(way=Way.PAPER if manages() and party != Party.NETWORK else Way.ONLINE, on=agreed_on)
    if not _speaks_for(linking, party) or (not manages() and (call.way, call.reply) != (Way.ONLINE, Reply.AGREED)):
        raise ValidationError(NOT_OPEN, code="scope")
    if linking.cancelled_at:
        raise ValidationError(OVER)
    if party == Party.REQUESTER and linking.guardian_id is None:
        raise ValidationError({"guardian": NO_GUARDIAN})
    version = version_to_sign(linking=linking, seen=seen)
    agreement = LinkingAgreement(linking=linking, party=party, version=version, given_by=by, **answer_values(call))
    action = "cases.linking.agree" if call.reply == Reply.AGREED else "cases.linking.answer"
    coded = ("party", "version_id", *CODED)
    row_create(agreement, kind=KIND, action=action, coded=coded, sealed=SEALED, object_id=linking.pk)
    if call.reply == Reply.AGREED and party in ASKED:
        agreement_done(linking, party)
    return agreement


def _speaks_for(linking: Linking, party: Party) -> bool:
    if manages():
        return True
    if party == Party.STRUCTURE:
        return linking.partner_id in scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
    return party == Party.REQUESTER and linking.guardian_id in scope.current().partners_as(Role.REQUESTER)


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
    lock_live(linking)
    values = {
        "payer_kind_id": payer_kind_id,
        "payer_id": payer_id,
        "daily_price_cents": daily_price_cents,
        "financed_on": past_day("financed_on", financed_on),
        "finance_ends_on": ends_on,
    }
    before = linking.payer_id
    row_change(linking, values, kind=KIND, action="cases.linking.finance")
    guardian_by_default(linking=linking)
    payer_change(linking=linking, before=before)
    convention_follow(linking=linking, by=by)
    return linking


@transaction.atomic
def linking_waive(
    *, linking: Linking, reason_id: str, by: User, words: str = "", at: dt.datetime | None = None
) -> Linking:
    """Let the minor arrive before everything is there: by the coordination or the direction, who say why. What is
    missing is due within `cases.linking_hours` hours.
    """
    manager_only()
    lock_live(linking)
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
    """Waive the open linking of an arrival, opening one when there is none: the minor is already at the door. One that
    lacks nothing needs no waiver.
    """
    waiting = Linking.objects.live().filter(case=case, partner=partner, placement=None).first()
    linking = waiting or linking_open(case=case, partner=partner, orientation=orientation, by=by)
    if linking.waived_at or not linking_missing(linking):
        return linking
    return linking_waive(linking=linking, reason_id=reason_id, words=words, by=by)


@transaction.atomic
def linking_cancel(*, linking: Linking, by: User, at: dt.datetime | None = None) -> Linking:
    """Cancel a linking, end the grants that it gave, and tell the structure and the services that expected it."""
    return _cancel(linking, at=at, told=(To.STRUCTURE, To.REQUESTER, To.GUARDIAN))


def linkings_give_up(*, orientation: Orientation, partner_id: uuid.UUID, by: User) -> None:
    """Cancel the linkings that a proposal led to, when it is given up: the structure is told of its sheet."""
    waiting = Linking.objects.live().filter(orientation=orientation, partner_id=partner_id, placement=None)
    for linking in waiting:
        _cancel(linking, at=None, told=(To.REQUESTER, To.GUARDIAN))


def _cancel(linking: Linking, *, at: dt.datetime | None, told: Collection[To]) -> Linking:
    manager_only()
    lock_live(linking)
    if linking.placement_id:
        raise ValidationError("Le séjour a commencé : la mise en lien ne s’abandonne plus.")
    at = past("cancelled_at", at or timezone.now())
    row_change(linking, {"cancelled_at": at}, kind=KIND, action="cases.linking.cancel")
    linking_grants_end(linking, reason="Mise en lien abandonnée")
    transition_done("journey_shared", object_id=linking.pk)
    transition_tell("linking_given_up", object_id=linking.pk, at=at, only=told)
    return linking


def linking_grants_end(linking: Linking, *, reason: str) -> None:
    """Close a linking to those who read it: nothing is awaited of them any more."""
    agreement_done(linking, *ASKED)
    grants_end(kind=KIND, object_id=linking.pk, reason=reason)
    if journey := getattr(linking, "journey", None):
        grants_end(kind="journey", object_id=journey.pk, reason=reason)


def linking_to_arrive(*, case: Case, partner: Partner) -> Linking:
    """Return the open linking of an arrival, locked.

    Raises `ValidationError` when there is none, when something is missing and nobody waived it, or when the structure
    did not say yes: that is never waived.
    """
    linking = Linking.objects.live().filter(case=case, partner=partner, placement=None).first()
    if linking is None:
        raise ValidationError({"waiver_reason": NOT_OPENED})
    lock_live(linking)
    if linking.waived_at is None and (missing := linking_missing(linking)):
        raise ValidationError({"waiver_reason": _refusal(missing_words(missing))})
    if not Linking.objects.is_accepted(linking.pk):
        raise ValidationError(NOT_ACCEPTED)
    return linking


def _refusal(words: Sequence[str]) -> str:
    return f"Avant l’arrivée, il manque {', '.join(words)}. Complétez la mise en lien, {INSTEAD}"


def linking_missing(linking: Linking) -> list[str]:
    """Return codes of what is missing, as the database requires it of the arrival."""
    return Linking.objects.missing_of(linking.pk)


def linking_arrived(*, linking: Linking, placement: Placement) -> None:
    row_change(linking, {"placement_id": placement.pk}, kind=KIND, action="cases.linking.arrive")
    guardian_grant(linking=linking)
    payer_follow(linking=linking, placement=placement)


def frame_follow(*, linking: Linking, placement: Placement, by: User) -> None:
    """Put in force the legal frame under which a minor arrived, so that its clock runs.

    Raises `ValidationError` when a decision is written for another frame and nobody waived it: one is wrong.
    """
    current = frame_in_force(placement.case)
    is_other = current is not None and current.decider_id is not None and current.frame_id != placement.legal_frame_id
    if current and is_other and linking.waived_at is None and current.decided_at <= placement.arrived_at:
        said = f"La décision notée est « {current.frame} » : choisissez ce cadre, ou notez d’abord l’autre décision."
        raise ValidationError({"legal_frame": said})
    legal_frame_follow(
        case=placement.case,
        frame_id=placement.legal_frame_id,
        since=placement.arrived_at,
        ends_on=placement.legal_frame_ends_on,
        by=by,
    )
