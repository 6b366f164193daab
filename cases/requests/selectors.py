"""Reading requests for screens and services. Row security filters."""

import datetime as dt
import uuid

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from cases.common.policies import ASKS
from cases.common.rules.listeners import Listeners
from cases.common.selectors import row_get
from cases.enums import MessageKind, SollicitationState
from cases.extra.selectors import answers_subquery
from cases.files.models import Case
from cases.requests.models import Sollicitation, SollicitationForm, SollicitationMessage
from cms.users.roles import Role
from cms.values.settings import setting_value
from cms.wall import scope

stays_of_request = Listeners()
"""Given a `sollicitation`, answer the confirmed stays of its minor that the actor may see."""
parts_of_request = Listeners()
"""Given a `sollicitation`, answer what the capabilities above add to its page in the portal."""
parts_of_requests = Listeners()
"""Answer what they add to the list of the requests of a service, `most` rows each."""


def sollicitation_get(*, pk: uuid.UUID, action: str) -> Sollicitation:
    rows = Sollicitation.objects.select_related(
        "requester", "nature", "urgency", "channel", "sex", "outcome", "case", "detected_by", "detail", "language"
    ).select_related("current_place", "exploitation_place", "origin", "nationality_zone", "prior_follow_up")
    forms = Prefetch("forms", SollicitationForm.objects.select_related("form"))
    rows = rows.prefetch_related(forms).annotate(extra_shown=answers_subquery("sollicitation"))
    return row_get(rows, "sollicitation", pk, action)


def sollicitations_of_requester() -> QuerySet[Sollicitation]:
    """Return the requests of the actor's services, of a transmitter its own sendings only; latest first."""
    partners = scope.current().partners_as(*ASKS)
    return (
        Sollicitation.objects.filter(requester_id__in=partners)
        .select_related("nature", "urgency", "outcome", "requester")
        .order_by("-received_at")
    )


def last_message() -> Subquery:
    """Return the kind of the last message exchanged about a request, for an annotation.

    News that the coordination gives answers nobody: a message of the service before it still waits.
    """
    messages = SollicitationMessage.objects.filter(sollicitation=OuterRef("pk")).exclude(kind=MessageKind.NEWS)
    messages = messages.order_by("-written_at")
    return Subquery(messages.values("kind")[:1])


def siblings_of(*, sollicitation: Sollicitation) -> list[Sollicitation]:
    """List the requests sent for brothers and sisters of the same minor, as far as the actor sees them."""
    if sollicitation.group_id is None:
        return []
    rows = Sollicitation.objects.filter(group_id=sollicitation.group_id).exclude(pk=sollicitation.pk)
    return list(rows.select_related("sex", "urgency").order_by("reference"))


def siblings_waiting(sollicitation: Sollicitation) -> QuerySet[Sollicitation]:
    """Return the requests for brothers and sisters, of the same sending, that nobody has taken in charge."""
    if sollicitation.group_id is None:
        return Sollicitation.objects.none()
    group = Sollicitation.objects.filter(group_id=sollicitation.group_id, state=SollicitationState.RECEIVED)
    return group.exclude(pk=sollicitation.pk).order_by("reference")


def siblings_searched(sollicitation: Sollicitation) -> QuerySet[Sollicitation]:
    """Return the requests of the brothers and sisters for whom a place is still looked for."""
    if sollicitation.group_id is None:
        return Sollicitation.objects.none()
    group = Sollicitation.objects.open().filter(group_id=sollicitation.group_id, placed_at=None)
    return group.exclude(pk=sollicitation.pk).order_by("reference")


def sollicitation_board() -> QuerySet[Sollicitation]:
    """Return open sollicitations for the coordination, the most urgent then the oldest first: three queries."""
    return (
        Sollicitation.objects.open()
        .select_related("requester", "nature", "urgency", "sex", "case", "taken_by")
        .prefetch_related("forms__form")
        .order_by("urgency__position", "received_at")
    )


def relance_candidate(*, sollicitation: Sollicitation, case: Case) -> Sollicitation | None:
    """Return the request that a sollicitation would repeat, if it were tied to this case.

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
    """Return where a request stands, in plain words. Who only transmitted it reads the outcome, never the steps."""
    if sollicitation.state == SollicitationState.CLOSED:
        return f"Suite donnée : {sollicitation.outcome}."
    current = scope.current()
    if sollicitation.requester_id in current.partners_as(Role.REQUESTER) or current.sees_all_cases():
        return PROGRESS[SollicitationState(sollicitation.state)]
    return TRANSMITTED
