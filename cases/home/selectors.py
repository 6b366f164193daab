"""What waits for the direction of a structure, in one query: the home page has a budget of queries."""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, Least
from django.utils import timezone

from cases.arrival.enums import Party
from cases.arrival.selectors import linkings_to_agree
from cases.circuit.models import CircuitStep
from cases.common.policies import TEAM
from cases.incidents.models.followed import IncidentTask
from cases.incidents.runaways.selectors import returns_missing
from cases.stays.models import Placement
from cases.stays.reviews.enums import Milestone
from cases.stays.reviews.models import StayReview
from cases.stays.reviews.rules import EARLY_DAYS, EXIT_ASKED_DAYS, EXIT_DAYS
from cases.stays.selectors import placements_of_structure
from cms.partners.models import Convention, Partner, Suspension
from cms.users.roles import Role
from cms.wall import scope
from referentiel.visits.selectors.marks import failing_marks
from referentiel.visits.selectors.visits import proofs_expiring, visits_to_answer

ARRIVAL, AGREEMENT, WAIVED, REVIEW, STEP = "arrival", "agreement", "waived", "review", "step"
CHANGED = "changed"
STOPPED, OBSERVE, PROOF = "stopped", "observe", "proof"
INCIDENT = "incident"
RETURN = "return"


class Task(NamedTuple):
    """`reference` is the case's, empty while it is hidden; `on` is when it began to wait, or is due.

    Around the référentiel, `reference` is the visit of a mark or the assessment of a proof.
    """

    kind: str
    pk: uuid.UUID
    reference: str
    words: str
    on: dt.date


def structure_tasks() -> list[Task]:
    """List what a structure has to do, the oldest first in each kind.

    Kinds: what keeps the structure out, agreements to give, arrivals to confirm, observations to send, reviews to
    write, steps that are late, proofs to renew.
    """
    own = linkings_to_agree(Party.STRUCTURE)
    parts = [
        _part(own.filter(placement=None), AGREEMENT, on="opened_at"),
        _part(own.exclude(placement=None).asked(again=False), WAIVED, on="opened_at"),
        _part(own.exclude(placement=None).asked(again=True), CHANGED, on="opened_at"),
        _part(
            placements_of_structure().filter(confirmed_at=None),
            ARRIVAL,
            on="arrived_on",
            reference="case__reference",
            words="legal_frame__label",
        ),
    ]
    parts += [_reviews(milestone) for milestone in Milestone]
    steps = CircuitStep.objects.late_on(timezone.localdate()).filter(owner=Party.STRUCTURE)
    parts.append(_part(steps, STEP, on="due_on", reference="circuit__case__reference", words="measure__label"))
    runaways = returns_missing(timezone.localdate()).filter(
        placement__partner_id__in=scope.current().partners_as(*TEAM)
    )
    parts.append(_part(runaways, RETURN, on="ends_on", pk="placement_id"))
    parts += _standards()
    # Of an incident the home says the reference alone: what is to be done is sealed.
    own_tasks = IncidentTask.objects.waiting().filter(owner_id=scope.current().user_id)
    parts.append(_part(own_tasks, INCIDENT, on="due_on", reference="incident__reference", pk="incident_id"))
    order = [RETURN, STOPPED, WAIVED, INCIDENT, AGREEMENT, CHANGED, ARRIVAL, OBSERVE, REVIEW, STEP, PROOF]
    tasks = [Task(*row) for row in parts[0].union(*parts[1:], all=True)]
    return sorted(tasks, key=lambda task: (order.index(task.kind), task.on))


def _standards() -> list[QuerySet]:
    """List what waits around the référentiel.

    `words`: « E1.3 notée 2 », the state of a visit, the exigence of a proof.
    """
    own, today = scope.current().partners_as(*TEAM), timezone.localdate()
    marks = failing_marks().filter(partner__in=own).annotate(said=Concat("code", Value(" notée "), "value"))
    proofs = proofs_expiring(today).filter(assessment__partner__in=own)
    return [
        _part(marks, STOPPED, on="decided_at", reference="visit_id", words="said"),
        _part(visits_to_answer(own), OBSERVE, on="answer_by", words="state"),
        _part(proofs, PROOF, on="valid_until", reference="assessment_id", words="code"),
    ]


def _reviews(milestone: Milestone) -> QuerySet:
    """List stays whose review of a milestone is due and not written. `words` holds the milestone."""
    day = timezone.localdate()
    days = dt.timedelta(days=int(milestone))
    written = StayReview.objects.filter(placement=OuterRef("pk"), milestone=milestone)
    own = Placement.objects.filter(partner_id__in=scope.current().partners_as(*TEAM)).confirmed()
    own = own.filter(~Exists(written))
    if milestone == Milestone.EXIT:
        recent = day - dt.timedelta(days=EXIT_ASKED_DAYS)
        own = own.filter(ended_on__gte=recent).filter(
            ended_on__gte=F("partner__opened_on") - dt.timedelta(days=EXIT_DAYS)
        )
        return _part(own, REVIEW, on="ended_on", words=str(int(milestone)), is_code=True)
    reached = own.filter(ended_on=None, arrived_on__lte=day - days + dt.timedelta(days=EARLY_DAYS))
    # Nothing was due before the structure entered the book.
    reached = reached.filter(arrived_on__gte=F("partner__opened_on") - days)
    return _part(
        reached, REVIEW, on="arrived_on", reference="case__reference", words=str(int(milestone)), is_code=True
    )


def _part(
    rows: QuerySet, kind: str, *, on: str, reference: str = "", words: str = "", is_code: bool = False, pk: str = "pk"
) -> QuerySet:
    """Return rows of one kind, in the columns of `Task`.

    `is_code`: `words` is a text, and no column. `pk` names the row whose page opens.
    """
    columns = {
        "task_reference": Cast(F(reference), CharField()) if reference else Value("", CharField()),
        "task_words": Cast(F(words), CharField()) if words and not is_code else Value(words, CharField()),
    }
    return (
        rows.prefetch_related(None)
        .select_related(None)
        .order_by()
        .annotate(task_kind=Value(kind, CharField()), task_on=Cast(F(on), DateField()), **columns)
        .values_list("task_kind", pk, "task_reference", "task_words", "task_on")
    )


class Standing(NamedTuple):
    """A structure that nobody is sent to today: suspended, without a convention in force, or out of the book."""

    code_name: str
    closed_on: dt.date | None
    suspended_since: dt.date | None
    suspended_until: dt.date | None
    bound_until: dt.date | None
    """Last day of its latest convention; None without any, or when it has no end."""


def standings_stopped() -> list[Standing]:
    """List the structures that the actor directs and that take no new minor in today, in one query."""
    day = timezone.localdate()
    houses = Partner.objects.filter(pk__in=scope.current().partners_as(Role.STRUCTURE_DIRECTOR))
    suspensions = Suspension.objects.on(day).filter(partner_id=OuterRef("pk"))
    ended = Convention.objects.filter(partner_id=OuterRef("pk"), signed_on__lte=day, starts_on__lte=day).order_by(
        "-starts_on"
    )
    rows = (
        houses.exclude(
            pk__in=houses.with_convention_on(day).not_suspended_on(day).filter(_is_open_on(day)).values("pk")
        )
        .annotate(
            since=Subquery(suspensions.values("starts_on")[:1]),
            until=Subquery(suspensions.values("ends_on")[:1]),
            bound=Subquery(ended.values(last=Least("ends_on", "denounced_on"))[:1]),
        )
        .order_by("code_name")
    )
    return [Standing(*row) for row in rows.values_list("code_name", "closed_on", "since", "until", "bound")]


def _is_open_on(day: dt.date) -> Q:
    return Q(closed_on=None) | Q(closed_on__gt=day)
