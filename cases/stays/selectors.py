"""Reading stays. Row security filters."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from cases.common.policies import ASKS, TEAM
from cases.common.rules.listeners import Listeners
from cases.common.selectors import row_get
from cases.files.models import Case
from cases.guard.enums import Obstacle
from cases.requests.models import Sollicitation
from cases.stays.models import Absence, Placement
from cms.partners.models import Convention
from cms.values.settings import setting_value
from cms.wall import scope

TOO_NEAR = """
    WITH kept (case_id, code, radius) AS (
      SELECT c.id, c.exploitation_place_id, (SELECT away_km()) FROM cases_case c
      UNION ALL SELECT k.case_id, k.territory_id, k.radius_km FROM cases_keepaway k
        WHERE k.lifted_on IS NULL AND k.level = 'forbidden'),
    near AS MATERIALIZED (
      SELECT DISTINCT p.id, p.case_id, p.partner_id FROM cases_placement p JOIN kept w ON w.case_id = p.case_id
        JOIN partners_partner h ON h.id = p.partner_id
        JOIN territory_territory a ON a.code = w.code JOIN territory_territory t ON t.code = h.territory_id
      WHERE p.ended_on IS NULL AND (%(case)s::uuid IS NULL OR p.case_id = %(case)s)
        AND (a.code = t.code OR territory_km(a.lat, a.lon, t.lat, t.lon) < w.radius
          OR (a.code, t.code) IN (
            SELECT n.from_territory_id, n.to_territory_id FROM territory_territory_neighbours n)))
    SELECT id FROM near WHERE NOT %(away)s = ANY (stay_derogated(case_id, partner_id))"""
"""What `case_reach` forbids, of every minor housed at once: asked of each of a thousand, it takes more than a second.
`tests/cases/guard/test_reach.py` holds the two to each other.
"""

parts_of_stay = Listeners()
"""Called with a `stay`: what capabilities above add to its page in the portal."""


def placement_get(*, pk: uuid.UUID, action: str) -> Placement:
    """Return a stay, or raise 404. The case may be hidden once the stay is over: `placement.case` is not joined."""
    rows = Placement.objects.select_related("legal_frame", "end_reason", "place")
    return row_get(rows.prefetch_related("absences__runaway_return", "reviews"), "placement", pk, action)


def case_housed(*, placement: Placement) -> Case | None:
    """Return the case of a stay that goes on, as far as the team that houses the minor may read it."""
    if placement.ended_on:
        return None
    return Case.objects.select_related("exploitation_place").filter(pk=placement.case_id).first()


def placements_of_structure(*, is_over: bool = False) -> QuerySet[Placement]:
    """List stays in the actor's structures: those that go on, with their case, or past ones, without it."""
    rows = Placement.objects.filter(partner_id__in=scope.current().partners_as(*TEAM))
    if is_over:
        return rows.exclude(ended_on=None).select_related("legal_frame", "end_reason").order_by("-ended_on")
    rows = rows.filter(ended_on=None).select_related("case", "case__sex", "legal_frame")
    return rows.prefetch_related("absences").order_by("-arrived_at")


def placements_opened_to_requester(*, day: dt.date | None = None) -> QuerySet[Placement]:
    """List stays that followed what the actor's services asked, as far as a grant opens them, each with the reference
    of the latest request for its minor (`asked`), the latest stay first. With a `day`, only those under way that day.
    """
    current = scope.current()
    requests = Sollicitation.objects.filter(case=OuterRef("case"), requester_id__in=current.partners_as(*ASKS))
    placements = Placement.objects.exclude(partner_id__in=current.partners_as(*TEAM))
    if day is not None:
        placements = placements.present_on(day)
    reference = {"asked": Subquery(requests.order_by("-received_at").values("reference")[:1])}
    rows = placements.annotate(**reference)
    return rows.select_related("legal_frame", "end_reason").order_by("-arrived_at")


def stay_references(stays: Iterable[Placement]) -> dict[uuid.UUID, str]:
    """Return how the actor names the minor of each stay, by file: its own request, else the file where it reads it."""
    known: dict[uuid.UUID, str] = {stay.case_id: stay.asked for stay in stays if stay.asked}
    others = Case.objects.filter(pk__in=[stay.case_id for stay in stays if stay.case_id not in known])
    return {case.pk: case.reference for case in others.only("reference")} | known


def placement_opened(*, pk: uuid.UUID) -> Placement | None:
    """Return a stay if a grant opens it to the actor."""
    return Placement.objects.select_related("legal_frame").filter(pk=pk).first()


def placements_of_request(*, sollicitation: Sollicitation) -> QuerySet[Placement]:
    """List stays of the minor of a request that the actor may see."""
    if sollicitation.case_id is None:
        return Placement.objects.none()
    rows = Placement.objects.filter(case_id=sollicitation.case_id).select_related("legal_frame", "end_reason")
    return rows.order_by("-arrived_at")


def reference_of_stay(*, placement: Placement) -> str:
    """Return the reference of the minor's case, empty once the actor may not read it."""
    return Case.objects.filter(pk=placement.case_id).values_list("reference", flat=True).first() or ""


def structure_people_present(*, day: dt.date) -> QuerySet[Placement]:
    """List stays of the actor's structures on a day, each with its case: whom an incident may concern."""
    partners = scope.current().partners_as(*TEAM)
    return (
        Placement.objects.filter(partner_id__in=partners).present_on(day).select_related("case").order_by("arrived_at")
    )


def stays_under_expired(day: dt.date) -> QuerySet[Placement]:
    """List stays begun under a convention where none is in force on this day, the longest without one first."""
    in_force = Convention.objects.in_force_on(day).filter(partner_id=OuterRef("partner_id"))
    rows = Placement.objects.real().present_on(day).filter(~Exists(in_force), convention__isnull=False)
    return rows.select_related("case", "convention").order_by("convention__ends_on", "arrived_on")


def runaways_too_long() -> QuerySet[Absence]:
    """List runaways of more than `cases.runaway_days` days in a stay that the coordination has yet to end."""
    last = timezone.localdate() - dt.timedelta(days=setting_value("cases.runaway_days"))
    rows = Absence.objects.filter(is_runaway=True, ends_on=None, starts_on__lt=last, placement__ended_on=None)
    return rows.select_related("placement__case").order_by("starts_on")


def stays_too_near(case: Case) -> list[Placement]:
    """Return the stays under way of a minor that are in the reach of a place to keep away from, unless two people
    allowed it.
    """
    return list(_too_near(case.pk))


def stays_to_move() -> list[Placement]:
    """List what `stays_too_near` says of every minor, in one query, the longest there first."""
    return list(_too_near(None))


def _too_near(case_id: uuid.UUID | None) -> QuerySet[Placement]:
    with connection.cursor() as cursor:
        cursor.execute(TOO_NEAR, {"case": case_id, "away": Obstacle.AWAY.value})
        ids = [pk for (pk,) in cursor.fetchall()]
    return Placement.objects.filter(pk__in=ids).select_related("case__sex", "partner").order_by("arrived_at")
