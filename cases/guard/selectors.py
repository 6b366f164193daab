"""What keeps a minor out of a structure on a day. The rule stands in the database, which holds every stay to it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from cases.files.models import Case
from cases.guard.enums import Obstacle
from cases.guard.models import StayDerogation
from cms.partners.models import Partner
from cms.users.models import User


@dataclass(frozen=True)
class Reach:
    """The nearest place that a minor is kept away from, seen from the département of a structure. Kilometres as the
    crow flies.
    """

    code: str
    reason_id: str
    radius_km: int
    is_forbidden: bool
    is_same: bool
    is_adjacent: bool
    km: int


def obstacles_of(case: Case, partner: Partner, day: dt.date, *, needs_place: bool = False) -> list[Obstacle]:
    """Return what keeps the minor out of this structure on a day; the places too when an arrival needs one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.codes, place_room(%s, %s) FROM stay_obstacles(%s, %s, %s) o",
            [partner.pk, day, case.pk, day, partner.pk],
        )
        row = cursor.fetchone()
    if row is None:
        return []
    codes, room = row
    has_room = not needs_place or room > 0
    return [Obstacle(code) for code in codes] + ([] if has_room else [Obstacle.PLACE])


def derogated_for(case: Case, partner: Partner) -> set[str]:
    """Return what two people allowed for this minor in this structure, and that still holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stay_derogated(%s, %s)", [case.pk, partner.pk])
        return set(cursor.fetchone()[0])


def structures_open_to(case: Case, day: dt.date) -> QuerySet[Partner]:
    """List the structures that nothing keeps this minor out of, and those that two people allowed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.partner_id FROM stay_obstacles(%s, %s) o WHERE o.codes <@ stay_derogated(%s, o.partner_id)",
            [case.pk, day, case.pk],
        )
        ids = [partner_id for (partner_id,) in cursor.fetchall()]
    return Partner.objects.structures().filter(pk__in=ids, closed_on=None)


def reach_of(case: Case, partner: Partner) -> Reach | None:
    """Return what a place to keep away from says of the département of a structure; None without such a place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.away_code, r.away_reason, r.away_radius, r.is_forbidden, r.is_same, r.is_adjacent, r.away_km"
            " FROM case_reach(%s, %s, away_km()) r WHERE r.code = %s AND r.away_code IS NOT NULL",
            [case.pk, case.exploitation_place_id, partner.territory_id],
        )
        row = cursor.fetchone()
    return Reach(*row) if row else None


def free_place_ids(partner: Partner, day: dt.date) -> list[uuid.UUID]:
    """List the places of a structure without a stay from a day on, in the order of their labels."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT places_free(%s, %s)", [partner.pk, day])
        return [place_id for (place_id,) in cursor.fetchall()]


def derogations_about(case: Case) -> QuerySet[StayDerogation]:
    return StayDerogation.objects.filter(case=case).select_related("partner", "asked_by", "agreed_by", "refused_by")


def derogations_to_agree(user: User) -> list[StayDerogation]:
    """List the derogations that `user` may give: somebody else asked for them."""
    rows = StayDerogation.objects.waiting().exclude(asked_by=user).select_related("case", "partner", "asked_by")
    return list(rows)
