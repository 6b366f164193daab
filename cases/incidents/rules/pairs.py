"""Two declarations of the same fact: the educator and the service each told it, or the same person twice.

They are proposed to the coordination, which says whether they are one fact. Both are kept.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.incidents.models.declared import Incident, IncidentChild
from cases.incidents.models.followed import IncidentPair

WITHIN = dt.timedelta(hours=36)
"""Two people do not notice at the same hour, and the night cuts a fact in two days."""
SHOWN = 5


def incidents_alike(incident: Incident) -> QuerySet[Incident]:
    """Same structure, about the same hours, same type or a child in common; those already answered are left out."""
    children = IncidentChild.objects.filter(incident=incident, placement__isnull=False).values("placement_id")
    shared = IncidentChild.objects.filter(incident=OuterRef("pk"), placement_id__in=children)
    said = IncidentPair.objects.filter(
        Q(first=incident, second=OuterRef("pk")) | Q(second=incident, first=OuterRef("pk"))
    )
    return (
        Incident.objects.filter(
            Q(incident_type_id=incident.incident_type_id) | Exists(shared),
            ~Exists(said),
            partner_id=incident.partner_id,
            is_test=incident.is_test,
            occurred_at__range=(incident.occurred_at - WITHIN, incident.occurred_at + WITHIN),
        )
        .exclude(pk=incident.pk)
        .select_related("incident_type", "severity")
        .order_by("occurred_at")[:SHOWN]
    )


def incidents_same(incident: Incident) -> QuerySet[Incident]:
    """Declarations that somebody said to be of the same fact."""
    said = IncidentPair.objects.filter(is_same=True)
    ids = (
        said.filter(first=incident)
        .values_list("second_id", flat=True)
        .union(said.filter(second=incident).values_list("first_id", flat=True))
    )
    return Incident.objects.filter(pk__in=list(ids)).select_related("incident_type", "severity")
