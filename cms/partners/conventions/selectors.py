"""Reading conventions: those of the actor, those to follow, those that are late."""

import datetime as dt

from django.db.models import F, Q, QuerySet

from cms.partners.book.models import Partner, Suspension
from cms.partners.conventions.models import Convention
from cms.partners.enums import RENEWAL_FIRST, RENEWAL_LAST, RENEWAL_SECOND, Stage
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES, Role
from cms.values.settings import setting_values
from cms.wall import scope


def renewal_days() -> list[int]:
    """Return the delays of the reminders, the longest first."""
    return sorted({int(value) for value in setting_values(RENEWAL_FIRST, RENEWAL_SECOND, RENEWAL_LAST)}, reverse=True)


def conventions_of_actor() -> QuerySet[Convention]:
    """Conventions of the services for which the actor asks, the latest first."""
    return Convention.objects.filter(partner_id__in=scope.current().partners_as(Role.REQUESTER))


def convention_owners() -> QuerySet[User]:
    """Who may answer for a convention: the coordination and the direction, while their account is open."""
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in SEES_ALL_CASES])
    return people.distinct().order_by("last_name", "first_name")


def conventions_followed() -> QuerySet[Convention]:
    """Conventions with what the pipeline shows of each: the first to do comes first."""
    rows = Convention.objects.select_related("partner__territory", "followup__owner")
    return rows.order_by(F("followup__next_step_on").asc(nulls_last=True), "ends_on", "reference")


def conventions_late(day: dt.date) -> QuerySet[Convention]:
    """Those whose next step was to be done before that day, and those signed and past their end."""
    is_going_on = ~Q(stage__in=(Stage.ENDED, Stage.DENOUNCED))
    return Convention.objects.filter(
        Q(is_going_on, followup__next_step_on__lt=day) | Q(stage=Stage.SIGNED, ends_on__lt=day)
    )


def extra_refusal(partner: Partner, day: dt.date) -> str:
    """Return why a structure may declare no extra place on a day; empty when it may."""
    if partner.closed_on and partner.closed_on <= day:
        return "Cette structure est sortie du carnet du réseau : elle n’ouvre plus de place."
    if Suspension.objects.on(day).filter(partner=partner).exists():
        return "Les nouvelles arrivées sont suspendues : aucune place ne s’ouvre tant que la suspension dure."
    if not Convention.objects.in_force_on(day).filter(partner=partner).exists():
        return "Aucune convention n’est en vigueur : une place s’ouvre une fois la convention signée."
    return ""
