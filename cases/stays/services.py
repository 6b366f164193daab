"""A stay in a structure (indicator 3): opened by the coordination, confirmed by the structure, with its absences."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cases.common.policies import TEAM
from cases.common.rules.listeners import Listeners
from cases.common.services import NOT_OPEN, lock, manager_only, manages, past, past_day, row_change, row_create
from cases.enums import FAMILIES_FOLLOWING, Decision, StayEnd
from cases.files.models import Case
from cases.files.services import age_of_case
from cases.guard.services import place_take, stay_check
from cases.notices.enums import To
from cases.notices.services import transition_done, transition_tell
from cases.proposals.models import Orientation
from cases.stays.models import Absence, Placement
from cms.notify.duty.selectors import midnight
from cms.partners.enums import PartnerKind
from cms.partners.models import Convention, Partner, Place, Suspension
from cms.users.models import User
from cms.users.roles import Role
from cms.values.settings import setting_value
from cms.wall import scope
from cms.wall.models import Level
from cms.wall.services import Grantee, grant_give, grants_end

CODED = (
    "case_id",
    "orientation_id",
    "partner_id",
    "convention_id",
    "outside_reason_id",
    "legal_frame_id",
    "legal_frame_ends_on",
    "arrived_at",
    "age_at_arrival",
    "place_id",
    "follows_id",
)
HIDDEN_FROM_STRUCTURE = ("case", "orientation", "follows")

on_arrival = Listeners()
"""Called with `case`, `partner`, `by` before an arrival, which they may refuse. Each returns a function that takes the
stay once it is open.
"""
on_stay_ended = Listeners()
"""Called with `placement` once it is over."""


@dataclass(frozen=True)
class Arrival:
    """How a minor arrives. `outside_reason_id`: why, when no convention is in force that day."""

    arrived_at: dt.datetime
    legal_frame_id: str
    legal_frame_ends_on: dt.date | None = None
    outside_reason_id: str | None = None
    place: Place | None = None


@transaction.atomic
def placement_open(
    *,
    case: Case,
    partner: Partner,
    arrival: Arrival,
    by: User,
    orientation: Orientation | None = None,
    follows: Placement | None = None,
) -> Placement:
    """Record the physical arrival of a minor, under the convention in force that day or with a reason to do without.

    The team of the structure may then read the case, and the requesting service the stay, until it ends. `follows` is
    the stay of another structure that ends once this one is confirmed. Raises `ValidationError` for what the guard
    holds against the structure, no free place, a linking that is not complete, an arrival to come or before birth,
    two stays at once, a place of another structure.
    """
    manager_only()
    lock(case)
    arrived_on = timezone.localdate(past("arrived_at", arrival.arrived_at))
    _check_arrival(case, partner, orientation)
    age = age_of_case(case=case, on=arrived_on, field="arrived_at")
    stay_check(case=case, partner=partner, day=arrived_on)
    place = place_take(case=case, partner=partner, day=arrived_on, wanted=arrival.place)
    arrivals = on_arrival.tell(case=case, partner=partner, by=by)
    placement = Placement(
        case=case,
        orientation=orientation,
        partner=partner,
        place=place,
        convention=_convention_of(partner, arrived_on, arrival),
        outside_reason_id=arrival.outside_reason_id,
        follows=follows,
        legal_frame_id=arrival.legal_frame_id,
        legal_frame_ends_on=arrival.legal_frame_ends_on,
        arrived_at=arrival.arrived_at,
        arrived_on=arrived_on,
        age_at_arrival=age,
    )
    _write(placement, arrivals)
    return placement


def _write(placement: Placement, arrivals: Iterable[Callable[[Placement], object]]) -> None:
    """Write a stay, then what leans on it: linking, rights of the structure, words to those concerned."""
    gate_waits()
    row_create(placement, kind="placement", action="cases.placement.open", coded=CODED)
    for arrived in arrivals:
        arrived(placement)
    _grants_give(placement)
    transition_tell("arrival_said", object_id=placement.pk, at=placement.arrived_at)


def gate_waits() -> None:
    """Defer the constraints that tie a stay to its linking, which is written after it.

    A form may have set every constraint to immediate earlier in the same transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS placement_linked, placement_secured DEFERRED")


@transaction.atomic
def placement_transfer(*, placement: Placement, partner: Partner, arrival: Arrival, by: User) -> Placement:
    """Announce a minor in another structure, under its own linking. The stay goes on in the former one until somebody
    confirms the arrival: a minor who never came is still somewhere. The same person counts once.
    """
    manager_only()
    lock(placement)
    if placement.ended_on:
        raise ValidationError("Ce séjour est déjà terminé.")
    if placement.partner_id == partner.pk:
        raise ValidationError({"partner": "Le mineur est déjà dans cette structure."})
    left_on = timezone.localdate(past("arrived_at", arrival.arrived_at))
    if left_on < placement.arrived_on:
        raise ValidationError({"arrived_at": "Le passage précède l’arrivée dans la structure quittée."})
    return placement_open(case=placement.case, partner=partner, arrival=arrival, by=by, follows=placement)


def _check_arrival(case: Case, partner: Partner, orientation: Orientation | None) -> None:
    if case.closed_on:
        raise ValidationError({"case": "Cette situation est close."})
    if partner.kind != PartnerKind.STRUCTURE:
        raise ValidationError({"partner": "Un séjour se passe dans une structure d’accueil."})
    if orientation is None:
        return
    if orientation.case_id != case.pk:
        raise ValidationError({"orientation": "Cette orientation concerne une autre situation."})
    if orientation.cancelled_at or orientation.decision_id != Decision.NETWORK:
        raise ValidationError({"orientation": "Cette orientation n’ouvre pas de séjour dans le réseau."})


def _convention_of(partner: Partner, day: dt.date, arrival: Arrival) -> Convention | None:
    convention = convention_on(partner, day)
    if convention is None and not arrival.outside_reason_id:
        raise ValidationError({"outside_reason": "Aucune convention en cours ce jour-là : indiquez le motif."})
    if convention and arrival.outside_reason_id:
        raise ValidationError({"outside_reason": "Une convention est en cours ce jour-là : laissez ce motif vide."})
    return convention


def convention_on(partner: Partner, day: dt.date) -> Convention | None:
    """Return the convention that covers an arrival; `None` while the structure is suspended."""
    if Suspension.objects.on(day).filter(partner=partner).exists():
        return None
    return Convention.objects.in_force_on(day).filter(partner=partner).first()


def _grants_give(placement: Placement) -> None:
    for role in TEAM:
        grant_give(
            kind="case",
            object_id=placement.case_id,
            level=Level.FILE,
            reason="Accueil du mineur",
            to=Grantee(placement.partner_id, role),
        )
    if requester := _requester_of(placement):
        grant_give(
            kind="placement",
            object_id=placement.pk,
            level=Level.CONTACT if _follows_stays(requester) else Level.SHEET,
            reason="Service demandeur",
            to=Grantee(requester.pk, Role.REQUESTER),
        )


def _requester_of(placement: Placement) -> Partner | None:
    """Return the service whose request led to the stay, else the last one that asked for this minor."""
    if placement.orientation:
        return placement.orientation.sollicitation.requester
    latest = placement.case.sollicitations.select_related("requester").order_by("-received_at").first()
    return latest.requester if latest else None


def _follows_stays(requester: Partner) -> bool:
    """Return whether a service may ask for the address while the stay lasts; police and gendarmerie may not."""
    if requester.kind == PartnerKind.ASE:
        return True
    kind = requester.requester_type
    return kind is not None and kind.extra.get("family") in FAMILIES_FOLLOWING


@transaction.atomic
def placement_confirm(*, placement: Placement, by: User, at: dt.datetime | None = None) -> Placement:
    """Confirm that the minor has arrived, for the director of the structure or for the coordination."""
    lock(placement)
    if placement.confirmed_at:
        raise ValidationError("L’arrivée est déjà confirmée.")
    at = past("confirmed_at", at or timezone.now())
    if placement.follows_id:
        _former_end(placement.follows_id, placement.arrived_on)
    values = {"confirmed_at": at, "confirmed_by_id": by.pk}
    row_change(placement, values, kind="placement", action="cases.placement.confirm", exclude=HIDDEN_FROM_STRUCTURE)
    transition_done("arrival_said", object_id=placement.pk)
    transition_tell("arrival_confirmed", object_id=placement.pk, at=placement.arrived_at)
    return placement


def _former_end(former_id: uuid.UUID, on: dt.date) -> None:
    """End the stay that another one follows, on the day of the new arrival, whoever confirms it: a structure may not
    read the former stay, and need not know that there was one.
    """
    with scope.acting(scope.STAYS):
        former = Placement.objects.select_for_update().get(pk=former_id)
        if former.ended_on is None:
            # The minor is still housed: the services that follow it are told of the arrival.
            _end(former, on, StayEnd.TRANSFER, told={To.STRUCTURE})


@transaction.atomic
def placement_end(*, placement: Placement, ended_on: dt.date, reason_id: str, by: User) -> Placement:
    """End a stay: `ended_on` is the day of leaving, which another stay may begin. The grants that it gave end."""
    manager_only()
    lock(placement)
    if placement.ended_on:
        raise ValidationError("Ce séjour est déjà terminé.")
    if ended_on < placement.arrived_on:
        raise ValidationError({"ended_on": "La fin du séjour précède l’arrivée."})
    _end(placement, past_day("ended_on", ended_on), reason_id)
    return placement


def _end(placement: Placement, ended_on: dt.date, reason_id: str, told: Collection[To] | None = None) -> None:
    values = {"ended_on": ended_on, "end_reason_id": reason_id}
    row_change(placement, values, kind="placement", action="cases.placement.end")
    transition_done("arrival_said", object_id=placement.pk)
    transition_tell("stay_ended", object_id=placement.pk, at=midnight(ended_on), only=told)
    grants_end(kind="placement", object_id=placement.pk, reason="Fin du séjour")
    on_stay_ended.tell(placement=placement)
    stays_on = Placement.objects.filter(case_id=placement.case_id, partner_id=placement.partner_id, ended_on=None)
    if not stays_on.exists():
        grants_end(kind="case", object_id=placement.case_id, reason="Fin du séjour", partner_id=placement.partner_id)


@transaction.atomic
def absence_open(*, placement: Placement, starts_on: dt.date, by: User, is_runaway: bool = True) -> Absence:
    """Open an absence, a runaway or another, for the team of the structure or for the coordination."""
    _houses(placement)
    past_day("starts_on", starts_on)
    if placement.ended_on:
        raise ValidationError("Ce séjour est terminé.")
    if starts_on < placement.arrived_on:
        raise ValidationError({"starts_on": "L’absence précède l’arrivée."})
    if placement.absences.filter(ends_on=None).exists():
        raise ValidationError("Une absence est déjà en cours : enregistrez d’abord le retour.")
    absence = Absence(placement=placement, starts_on=starts_on, is_runaway=is_runaway)
    row_create(
        absence,
        kind="placement",
        action="cases.absence.open",
        coded=("starts_on", "is_runaway"),
        object_id=placement.pk,
    )
    if is_runaway:
        transition_tell("runaway", object_id=placement.pk, at=midnight(starts_on))
    return absence


@transaction.atomic
def absence_close(*, absence: Absence, returned_on: dt.date, by: User) -> Absence:
    """Record a return. Within `cases.runaway_days` days of a runaway the stay goes on; beyond, it ended on the last of
    those days, and the return is a new stay, which the coordination opens.
    """
    _houses(absence.placement)
    lock(absence)
    if absence.ends_on:
        raise ValidationError("Le retour est déjà enregistré.")
    if past_day("ends_on", returned_on) < absence.starts_on:
        raise ValidationError({"ends_on": "Le retour précède l’absence."})
    placement = absence.placement
    last = absence.starts_on + dt.timedelta(days=setting_value("cases.runaway_days"))
    is_too_late = absence.is_runaway and returned_on > last and not placement.ended_on
    if is_too_late and not manages():
        raise ValidationError(
            {"ends_on": "Après une si longue fugue, le séjour est terminé : appelez la coordination pour le suivant."}
        )
    row_change(
        absence, {"ends_on": returned_on}, kind="placement", action="cases.absence.close", object_id=placement.pk
    )
    if absence.is_runaway:
        transition_tell("runaway_return", object_id=placement.pk, at=midnight(returned_on))
    if is_too_late:
        placement_end(placement=placement, ended_on=last, reason_id=StayEnd.RUNAWAY, by=by)
    return absence


def _houses(placement: Placement) -> None:
    if not manages() and placement.partner_id not in scope.current().partners_as(*TEAM):
        raise ValidationError(NOT_OPEN, code="scope")
