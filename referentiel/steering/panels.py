"""The référentiel in a few figures, for the home page of the coordination: the same counts as the steering screen."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from cms.documents.models import Acknowledgement, ClauseVersion, DocumentKind, DocumentVersion, Reading
from cms.documents.signatures.policies import READERS
from cms.documents.versions.selectors import versions_accepted_on
from cms.partners.models import Membership
from referentiel.assessments.models import Campaign, Evidence, PlanStep
from referentiel.steering.selectors import structures_watched


@dataclass(frozen=True)
class SteeringFigures:
    """Among structures under convention; actions and proofs are those of the latest campaign."""

    number: str
    structures: int
    signed: int
    people: int
    readers: int
    late_steps: int
    oldest_evidence: dt.date | None

    @property
    def rate(self) -> int | None:
        return round(100 * self.readers / self.people) if self.people else None


def steering_figures(day: dt.date) -> SteeringFigures | None:
    """Return the figures of a day, in one query; None before the first version, or the first structure."""
    in_force = DocumentVersion.objects.filter(document__kind=DocumentKind.REFERENTIEL).in_force_on(day)
    accepted = versions_accepted_on(DocumentKind.REFERENTIEL, day).values("pk")
    signed = Acknowledgement.objects.filter(version__in=accepted, partner=OuterRef("pk"))
    campaign = Campaign.objects.order_by("-year").values("pk")[:1]
    watched = structures_watched(day).order_by()
    late = PlanStep.objects.filter(
        assessment__campaign__in=campaign, assessment__partner__in=watched.values("pk"), due_on__lt=day, done_on=None
    )
    proofs = Evidence.objects.filter(
        assessment__campaign__in=campaign, assessment__partner__in=watched.values("pk")
    ).order_by()
    team = _team(day).filter(partner__in=watched.values("pk"))
    totals = watched.annotate(is_signed=Exists(signed)).aggregate(
        number=Max(Subquery(in_force.values("number")[:1])),
        n=Count("pk"),
        signed=Count("pk", filter=Q(is_signed=True)),
        people=_count(team, PAIR),
        readers=_count(team.filter(_has_read(in_force, accepted)), PAIR),
        late=_count(late, "pk"),
        oldest=Max(Subquery(proofs.values(all=Value(1)).annotate(day=Min("added_at")).values("day"))),
    )
    if totals["number"] is None:
        return None
    oldest = totals["oldest"]
    return SteeringFigures(
        totals["number"], totals["n"], totals["signed"], totals["people"] or 0, totals["readers"] or 0,
        totals["late"] or 0,
        timezone.localdate(oldest) if oldest else None,
    )  # fmt: skip


PAIR = Concat(Cast("partner_id", CharField()), Cast("user_id", CharField()))
"""Somebody who holds two roles in a structure is one person there."""


def _team(day: dt.date) -> QuerySet[Membership]:
    roles = [role.value for role in READERS]
    return Membership.objects.on(day).filter(role__in=roles, user__is_active=True).order_by()


def _has_read(in_force: QuerySet, accepted: QuerySet) -> Q:
    """Return the condition of a person who read every chapter, in a version still accepted."""
    readings = Reading.objects.filter(
        user=OuterRef(OuterRef("user")), version__in=accepted, chapter=OuterRef("chapter")
    )
    clauses = ClauseVersion.objects.filter(version__in=in_force.values("pk")).order_by()
    return Q(Exists(clauses)) & ~Q(Exists(clauses.exclude(Exists(readings))))


def _count(rows: QuerySet, what: str | Concat) -> Max:
    """Count once for all structures: `Max` turns the subquery into one figure of the aggregate."""
    counted = rows.order_by().values(all=Value(1)).annotate(counted=Count(what, distinct=True))
    return Max(Subquery(counted.values("counted")))
