"""Reading cases for screens and services. Row security filters; what is asked here is what a screen shows."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404

from cases.enums import IncidentState, SollicitationState
from cases.extra.selectors import answers_told
from cases.files.identity.names import name_digest
from cases.files.models import Case
from cases.incidents.authorities.models import AuthorityWaiver
from cases.incidents.models.declared import AuthorityNotice, Incident, NoticeProof
from cases.proposals.models import Orientation, Proposal
from cases.requests.models import Sollicitation, SollicitationForm
from cases.stays.models import Placement
from cms.admin.guard import one_by_pk
from cms.journal.enums import Outcome
from cms.journal.services import journal_append, refusal_queue
from cms.partners.models import Convention
from cms.users.roles import Role
from cms.values.settings import setting_value
from cms.wall import scope

ASKS = (Role.REQUESTER, Role.TRANSMITTER)
HOUSES = (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR)

TOLD = (
    Prefetch(
        "notices",
        AuthorityNotice.objects.select_related("authority", "channel", "told_by").annotate(
            proof_days=ArraySubquery(
                NoticeProof.objects.filter(notice=OuterRef("pk")).order_by("added_at").values("dated_on")
            )
        ),
    ),
    Prefetch("authority_waivers", AuthorityWaiver.objects.select_related("authority", "reason", "decided_by")),
)
"""Who was told of an incident and who was set aside, for its pages."""

Row = TypeVar("Row", bound=Model)


def _get(rows: QuerySet[Row], kind: str, pk: uuid.UUID, action: str) -> Row:
    row = one_by_pk(rows, pk)
    if row is None:
        refusal_queue(kind, pk, action)
        raise Http404
    return row


def case_get(*, pk: uuid.UUID, action: str) -> Case:
    """The case, or 404 with the refusal kept for the journal when the actor may not see it (likewise below)."""
    rows = Case.objects.select_related("sex", "identification_level", "origin", "exploitation_place", "legal_frame")
    return _get(rows.prefetch_related("forms__form"), "case", pk, action)


def cases_named(*, text: str) -> list[Case]:
    """Cases of the minors known exactly by this name, however it is written; for the coordination alone.

    The search is told to the journal with the number found, never with the name.
    """
    digest = name_digest(text)
    found: list[Case] = []
    if digest and scope.current().sees_all_cases():
        found = list(Case.objects.filter(names__digest=digest).order_by("-opened_on", "reference"))
    journal_append(action="case.search", kind="case", outcome=Outcome.READ, details={"count": len(found)})
    return found


def sollicitation_get(*, pk: uuid.UUID, action: str) -> Sollicitation:
    rows = Sollicitation.objects.select_related(
        "requester", "nature", "urgency", "channel", "sex", "outcome", "case", "detected_by", "detail"
    ).select_related("current_place", "exploitation_place", "origin", "nationality_zone", "prior_follow_up")
    forms = Prefetch("forms", SollicitationForm.objects.select_related("form"))
    rows = rows.prefetch_related(forms).annotate(extra_told=answers_told("sollicitation"))
    return _get(rows, "sollicitation", pk, action)


def orientation_get(*, pk: uuid.UUID, action: str) -> Orientation:
    rows = Orientation.objects.select_related("case", "sollicitation", "decision", "ordinary_service")
    return _get(rows.prefetch_related("proposals__partner", "proposals__answer"), "orientation", pk, action)


def proposal_get(*, pk: uuid.UUID, action: str) -> Proposal:
    """A structure reads the frozen sheet of its proposal; the orientation behind it stays hidden from it."""
    return _get(Proposal.objects.select_related("partner", "answer", "refusal_reason"), "proposal", pk, action)


@dataclass(frozen=True)
class Contact:
    """Whom a structure that is interested calls at the coordination."""

    name: str
    phone: str


def proposal_contact(*, proposal: Proposal) -> Contact | None:
    """Who follows the minor at the coordination, once the structure is interested and while its grant lasts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM proposal_contact(%s)", [proposal.pk])
        row = cursor.fetchone()
    return Contact(*row) if row else None


def placement_get(*, pk: uuid.UUID, action: str) -> Placement:
    """A stay. Its case may be out of the actor's reach once the stay is over: `placement.case` is not joined."""
    rows = Placement.objects.select_related("legal_frame", "end_reason", "place")
    return _get(rows.prefetch_related("absences__runaway_return", "reviews"), "placement", pk, action)


def incident_get(*, pk: uuid.UUID, action: str, is_told: bool = False) -> Incident:
    """Of those that the actor follows: a service that has a child in charge reads `incident_in_charge` alone.

    `is_told`: with whom it was told to, for the pages that say it.
    """
    rows = Incident.objects.followed().select_related("incident_type", "severity", "detail")
    return _get(rows.prefetch_related(*TOLD) if is_told else rows, "incident", pk, action)


def incident_in_charge(*, pk: uuid.UUID, action: str) -> Incident:
    """An incident that concerns a child of whom the actor's service is in charge; neither words nor structure."""
    return _get(Incident.objects.in_charge().select_related("incident_type", "severity"), "incident", pk, action)


def incidents_in_charge() -> QuerySet[Incident]:
    """What structures declared about the children that the actor's services are in charge of; those that the actor
    follows already are left out. Latest first.
    """
    rows = Incident.objects.in_charge().exclude(pk__in=Incident.objects.followed().values("pk"))
    return rows.select_related("incident_type", "severity").order_by("-declared_at")


@dataclass(frozen=True)
class OfCharge:
    """What a notice to the service in charge holds besides the incident."""

    minors: list[str]
    """References of its own minors, never those of others."""
    told_at: dt.datetime | None
    """When the service was told, as the structure or the coordination noted it."""


def incident_of_charge(incident: Incident) -> OfCharge:
    with connection.cursor() as cursor:
        cursor.execute("SELECT minors, told_at FROM incident_of_charge(%s)", [incident.pk])
        row = cursor.fetchone()
    return OfCharge(*row) if row else OfCharge([], None)


def sollicitations_of_requester() -> QuerySet[Sollicitation]:
    """What the actor's services asked; a transmitter's own sendings only. Latest first."""
    partners = scope.current().partners_as(*ASKS)
    return (
        Sollicitation.objects.filter(requester_id__in=partners)
        .select_related("nature", "urgency", "outcome", "requester")
        .order_by("-received_at")
    )


def siblings_of(*, sollicitation: Sollicitation) -> list[Sollicitation]:
    """The requests sent for brothers and sisters of the same minor, as far as the actor sees them."""
    if sollicitation.group_id is None:
        return []
    rows = Sollicitation.objects.filter(group_id=sollicitation.group_id).exclude(pk=sollicitation.pk)
    return list(rows.select_related("sex", "urgency").order_by("reference"))


def siblings_waiting(sollicitation: Sollicitation) -> QuerySet[Sollicitation]:
    """The brothers and sisters that came in the same sending and that nobody has taken up."""
    if sollicitation.group_id is None:
        return Sollicitation.objects.none()
    group = Sollicitation.objects.filter(group_id=sollicitation.group_id, state=SollicitationState.RECEIVED)
    return group.exclude(pk=sollicitation.pk).order_by("reference")


def sollicitation_board() -> QuerySet[Sollicitation]:
    """Open sollicitations for the coordination, the most urgent then the oldest first: three queries."""
    return (
        Sollicitation.objects.open()
        .select_related("requester", "nature", "urgency", "sex", "case", "taken_by")
        .prefetch_related("forms__form")
        .order_by("urgency__position", "received_at")
    )


def proposals_waiting() -> QuerySet[Proposal]:
    """Sheets that wait for an answer: those of the actor's structures, every one for the coordination."""
    return Proposal.objects.pending().select_related("partner").order_by("answer_by")


def placements_of_structure(*, is_over: bool = False) -> QuerySet[Placement]:
    """Stays in the actor's structures: those that go on, with their case, or those that are over, without it."""
    rows = Placement.objects.filter(partner_id__in=scope.current().partners_as(*HOUSES))
    if is_over:
        return rows.exclude(ended_on=None).select_related("legal_frame", "end_reason").order_by("-ended_on")
    rows = rows.filter(ended_on=None).select_related("case", "case__sex", "legal_frame")
    return rows.prefetch_related("absences").order_by("-arrived_at")


def placements_opened_to_requester() -> QuerySet[Placement]:
    """Stays that followed what the actor's services asked, as far as a grant opens them, each with the reference of
    the latest request for its minor (`asked`). Latest first.
    """
    current = scope.current()
    asked = Sollicitation.objects.filter(case=OuterRef("case"), requester_id__in=current.partners_as(*ASKS))
    rows = Placement.objects.exclude(partner_id__in=current.partners_as(*HOUSES))
    rows = rows.annotate(asked=Subquery(asked.order_by("-received_at").values("reference")[:1]))
    return rows.select_related("legal_frame", "end_reason").order_by("-arrived_at")


def placement_opened(*, pk: uuid.UUID) -> Placement | None:
    """A stay, if a grant opens it to the actor."""
    return Placement.objects.select_related("legal_frame").filter(pk=pk).first()


def placements_of_request(*, sollicitation: Sollicitation) -> QuerySet[Placement]:
    """Stays of the minor of a request that the actor may see."""
    if sollicitation.case_id is None:
        return Placement.objects.none()
    rows = Placement.objects.filter(case_id=sollicitation.case_id).select_related("legal_frame", "end_reason")
    return rows.order_by("-arrived_at")


def reference_of_stay(*, placement: Placement) -> str:
    """Reference of the minor's case, empty once the case is out of the actor's reach."""
    return Case.objects.filter(pk=placement.case_id).values_list("reference", flat=True).first() or ""


def incidents_of_actor() -> QuerySet[Incident]:
    """Incidents of the actor's structures, and those that their services declared; a confidential one for its
    declarant alone, whoever they are. Latest first.
    """
    current = scope.current()
    own = Q(partner_id__in=current.partners_as(*HOUSES)) | Q(service_id__in=current.partners_as(Role.REQUESTER))
    own |= Q(is_from_outside=True, declared_by_id=current.user_id)
    return Incident.objects.filter(own).select_related("incident_type", "severity").order_by("-declared_at")


def structure_people_present(*, day: dt.date) -> QuerySet[Placement]:
    """Stays of the actor's structures on a civil day, each with its case: whom an incident may concern."""
    partners = scope.current().partners_as(*HOUSES)
    return (
        Placement.objects.filter(partner_id__in=partners).present_on(day).select_related("case").order_by("arrived_at")
    )


def relance_candidate(*, sollicitation: Sollicitation, case: Case) -> Sollicitation | None:
    """The request that a sollicitation repeats, if it were tied to this case.

    Indicator 1: same service, same minor, same nature, received while the first was open or at most
    `cases.relance_days` days after its closing. A relance is never itself repeated: the first request is.
    """
    limit = sollicitation.received_at - dt.timedelta(days=setting_value("cases.relance_days"))
    return (
        Sollicitation.objects.filter(
            Q(closed_at=None) | Q(closed_at__gte=limit),
            case=case,
            requester_id=sollicitation.requester_id,
            nature_id=sollicitation.nature_id,
            received_at__lte=sollicitation.received_at,
            relance_of=None,
        )
        .exclude(pk=sollicitation.pk)
        .order_by("-received_at")
        .first()
    )


PROGRESS = {
    SollicitationState.RECEIVED: "Votre demande est bien arrivée. La coordination la lit.",
    SollicitationState.IN_CHARGE: "La coordination s’occupe de votre demande et peut vous rappeler.",
    SollicitationState.ORIENTED: "Une orientation est décidée. La coordination vous tient au courant de la suite.",
}
SHELTERED = "Le mineur est arrivé sur son lieu d’accueil. La coordination reste joignable pour la suite."
TRANSMITTED = "Votre transmission est bien arrivée. La coordination s’en occupe."


def outcome_for_requester(*, sollicitation: Sollicitation) -> str:
    """Where a request stands, in plain words. Who only transmitted reads the outcome, never the steps."""
    if sollicitation.state == SollicitationState.CLOSED:
        return f"Suite donnée : {sollicitation.outcome}."
    current = scope.current()
    if sollicitation.requester_id in current.partners_as(Role.REQUESTER) or current.sees_all_cases():
        return PROGRESS[SollicitationState(sollicitation.state)]
    return TRANSMITTED


def incidents_open() -> QuerySet[Incident]:
    """Incidents that the coordination still follows, those not yet acknowledged first, the gravest first."""
    rows = Incident.objects.exclude(state=IncidentState.CLOSED).select_related("partner", "incident_type", "severity")
    return rows.order_by("acknowledged_at", "-severity__position", "declared_at")


def stays_under_expired(day: dt.date) -> QuerySet[Placement]:
    """Stays begun under a convention, where none is in force on this day: the longest without one first."""
    in_force = Convention.objects.in_force_on(day).filter(partner_id=OuterRef("partner_id"))
    rows = Placement.objects.real().present_on(day).filter(~Exists(in_force), convention__isnull=False)
    return rows.select_related("case", "convention").order_by("convention__ends_on", "arrived_on")
