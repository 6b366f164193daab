"""Hold every way to a stay to the same guard; ask for a derogation, which another person agrees to."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cases.common.rules.listeners import Listeners
from cases.common.services import lock, manager_only, row_change, row_create
from cases.files.models import Case
from cases.guard.enums import BY_TWO, Obstacle
from cases.guard.models import StayDerogation
from cases.guard.selectors import derogated_for, free_place_ids, obstacles_of
from cases.guard.settings import HOURS
from cases.guard.words import refusal_words
from cms.notify.inbox.services.obligations import Recipient, notification_owe
from cms.partners.models import Partner, Place
from cms.users.models import User
from cms.users.roles import Role
from cms.values.settings import setting_value

KIND = "stayderogation"
PLACE_TAKEN = "Cette place est déjà occupée à ces dates."

on_derogation_asked = Listeners()
"""Called with `derogation` once it is asked: a second person is to be told."""
on_derogation_decided = Listeners()
"""Called with `derogation` once it is agreed to or refused."""


def stay_check(*, case: Case, partner: Partner, day: dt.date) -> None:
    """Raise `ValidationError` beside `partner` for what keeps the minor out of a structure on a day, unless two
    people allowed it. The places are counted at the arrival (`place_take`).
    """
    allowed = derogated_for(case, partner)
    left = [one for one in obstacles_of(case, partner, day) if one not in allowed]
    if left:
        raise ValidationError({"partner": refusal_words(left, case, partner, day)})


def place_take(*, case: Case, partner: Partner, day: dt.date, wanted: Place | None = None) -> Place | None:
    """Return the place of an arrival, `wanted` or the first free one; None where two people allowed to do without.

    Arrivals in one structure wait for each other. Raises `ValidationError` when no place is free.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.placement'), hashtext(%s))", [str(partner.pk)])
    if wanted and wanted.partner_id != partner.pk:
        raise ValidationError({"place": "Cette place appartient à une autre structure."})
    free = free_place_ids(partner, day)
    if Obstacle.PLACE in obstacles_of(case, partner, day, needs_place=True) or not free:
        if Obstacle.PLACE in derogated_for(case, partner):
            return None
        raise ValidationError({"place": refusal_words([Obstacle.PLACE], case, partner, day)})
    if wanted and wanted.pk not in free:
        raise ValidationError({"place": PLACE_TAKEN})
    return wanted or Place.objects.get(pk=free[0])


@transaction.atomic
def derogation_ask(*, case: Case, partner: Partner, reason: str, by: User) -> StayDerogation:
    """Ask another person to let a minor enter a structure in spite of what keeps the minor out of it today.

    Raises `ValidationError` when nothing does, or when an imperative exigence does: that one has its own derogation.
    """
    manager_only()
    lock(case)
    day = timezone.localdate()
    obstacles = obstacles_of(case, partner, day, needs_place=True)
    if not obstacles:
        raise ValidationError({"partner": "Rien n’écarte cette structure : aucune dérogation n’est nécessaire."})
    if not set(obstacles) <= set(BY_TWO):
        raise ValidationError({"partner": refusal_words(obstacles, case, partner, day)})
    derogation = StayDerogation(
        case=case, partner=partner, obstacles=list(obstacles), reason=reason, asked_by=by, asked_at=timezone.now()
    )
    coded = ("case_id", "partner_id", "obstacles")
    row_create(derogation, kind=KIND, action="cases.stay_derogation.ask", coded=coded, sealed=("reason",))
    on_derogation_asked.tell(derogation=derogation)
    return derogation


@transaction.atomic
def derogation_agree(*, derogation: StayDerogation, by: User) -> StayDerogation:
    """Give a derogation that somebody else asked for, for `cases.stay_derogation_hours` hours."""
    now = timezone.now()
    ends_at = now + dt.timedelta(hours=setting_value(HOURS))
    _decide(derogation, by, "agree", {"agreed_by_id": by.pk, "agreed_at": now, "ends_at": ends_at})
    return derogation


@transaction.atomic
def derogation_refuse(*, derogation: StayDerogation, by: User) -> StayDerogation:
    """Refuse a derogation; who asked may also withdraw it so."""
    _decide(derogation, by, "refuse", {"refused_by_id": by.pk, "refused_at": timezone.now()})
    return derogation


def managers_owe(kind: str, object_id: uuid.UUID, *, but: uuid.UUID | None = None) -> None:
    """Owe a word to each person of the coordination and of the direction today, but for whoever caused it."""
    roles = [Role.COORDINATION.value, Role.DIRECTION.value]
    people = User.objects.filter(is_active=True, groups__name__in=roles)
    if but:
        people = people.exclude(pk=but)
    owed = [
        Recipient(object_id=object_id, person_id=pk, due_on=timezone.localdate())
        for pk in people.values_list("pk", flat=True).distinct()
    ]
    notification_owe(kind=kind, owed=owed)


def _decide(derogation: StayDerogation, by: User, verb: str, values: dict[str, object]) -> None:
    manager_only()
    lock(derogation)
    if not derogation.is_waiting:
        raise ValidationError("Une autre personne a déjà répondu à cette demande.")
    if verb == "agree" and derogation.asked_by_id == by.pk:
        raise ValidationError("Une autre personne que vous doit accorder cette dérogation.")
    row_change(derogation, values, kind=KIND, action=f"cases.stay_derogation.{verb}")
    on_derogation_decided.tell(derogation=derogation)
