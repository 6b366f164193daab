"""Reading accounts for a screen: a team, what waits for a second person, what is left to review."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, TypedDict

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.accounts.models import AccountReview, AccountSuspension, FactorReset, Invitation, RightsChange
from cms.accounts.policies import actor_id
from cms.partners.models import Contact, Membership, Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.values.settings import setting_value
from cms.wall import scope

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

DECIDES = (Role.COORDINATION, Role.DIRECTION, Role.DPO)
"""Who may be the second person. Data protection decides and never asks: of two people, none could go."""


def quarter_of(day: dt.date) -> dt.date:
    """First day of the quarter."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def review_due_on(day: dt.date) -> dt.date:
    """Last day to review the accounts of the quarter."""
    return quarter_of(day) + dt.timedelta(days=setting_value("accounts.review_days"))


def directed() -> list[Partner]:
    """Structures that the actor directs today."""
    ids = scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
    return list(Partner.objects.filter(pk__in=ids).order_by("code_name")) if ids else []


def account_is_under(user: User) -> bool:
    """Whether the actor answers for the whole account, as the database says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_under(%s)", [user.pk])
        return bool(cursor.fetchone()[0])


class ReviewFacts(TypedDict):
    """What `members_in_force` adds to a membership: reviewed this quarter, or too recent to be."""

    is_reviewed: bool


def members_in_force(day: dt.date) -> "QuerySet[WithAnnotations[Membership, ReviewFacts]]":
    """People attached on a day, with what the screens say of them: reviewed this quarter, account suspended."""
    quarter = quarter_of(day)
    reviewed = AccountReview.objects.filter(membership_id=OuterRef("pk"), quarter=quarter)
    rows = Membership.objects.on(day).select_related("user", "partner")
    return rows.annotate(is_reviewed=Q(starts_on__gte=quarter) | Exists(reviewed))


def team_of(partner_ids: list[uuid.UUID]) -> "list[WithAnnotations[Membership, ReviewFacts]]":
    """Return the people of these structures, directors first, then by name."""
    rows = members_in_force(timezone.localdate()).filter(partner_id__in=partner_ids)
    return list(rows.order_by("partner__code_name", "role", "user__last_name", "user__first_name"))


def team_member(pk: uuid.UUID) -> Membership | None:
    """Somebody of the actor's team, whom he or she may renew and end."""
    own = scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
    rows = members_in_force(timezone.localdate()).filter(partner_id__in=own, role=Role.STRUCTURE_EDUCATOR)
    return rows.exclude(user_id=actor_id()).filter(pk=pk).first()


def suspension_of(user: User) -> AccountSuspension | None:
    return AccountSuspension.objects.open().filter(user=user, starts_at__isnull=False).first()


def factor_pending(user: User) -> FactorReset | None:
    return FactorReset.objects.pending().filter(user=user).first()


def invitations_pending(partner_ids: list[uuid.UUID] | None = None) -> list[Invitation]:
    rows = Invitation.objects.pending().select_related("partner", "invited_by").order_by("-sent_at")
    return list(rows if partner_ids is None else rows.filter(partner_id__in=partner_ids))


def to_review(day: dt.date | None = None) -> QuerySet[Membership]:
    """Memberships that somebody other than the person must still confirm this quarter."""
    day = day or timezone.localdate()
    reviewed = AccountReview.objects.filter(membership_id=OuterRef("pk"), quarter=quarter_of(day))
    rows = members_in_force(day).filter(starts_on__lt=quarter_of(day), user__is_active=True).exclude(Exists(reviewed))
    return rows.exclude(user_id=actor_id()).order_by("partner__code_name", "user__last_name")


def team_to_review() -> QuerySet[Membership]:
    own = scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
    return to_review().filter(partner_id__in=own, role=Role.STRUCTURE_EDUCATOR)


def network_to_review(day: dt.date | None = None) -> QuerySet[User]:
    """Holders of a role of the network not yet confirmed this quarter."""
    quarter = quarter_of(day or timezone.localdate())
    reviewed = AccountReview.objects.filter(user_id=OuterRef("pk"), membership=None, quarter=quarter)
    rows = User.objects.filter(groups__isnull=False, is_active=True, date_joined__date__lt=quarter)
    return rows.exclude(pk=actor_id()).exclude(Exists(reviewed)).distinct()


def numbers_of(user: User) -> list[tuple[str, str]]:
    """Numbers known for somebody, with where each comes from: the account, then the contacts of the partner."""
    numbers = [("account", user.phone)] if user.phone else []
    partner_ids = Membership.objects.on(timezone.localdate()).filter(user=user).values("partner_id")
    contacts = Contact.objects.filter(partner_id__in=partner_ids).exclude(phone="").order_by("name")
    return numbers + [("partner", f"{contact.name}, {contact.phone}") for contact in contacts]


def rights_changes() -> QuerySet[RightsChange]:
    return RightsChange.objects.select_related("user", "asked_by", "decided_by")


def factor_resets() -> QuerySet[FactorReset]:
    return FactorReset.objects.select_related("user", "asked_by", "decided_by")


def decisions_waiting() -> int:
    """How many requests the actor may decide: asked by others, about others."""
    own = Q(user_id=actor_id()) | Q(asked_by_id=actor_id())
    changes, resets = (model.objects.pending().exclude(own).order_by() for model in (RightsChange, FactorReset))
    # One query for both: the home page has a budget.
    return changes.values("pk").union(resets.values("pk"), all=True).count()


def accounts_matching(words: str) -> QuerySet[User]:
    """Return the accounts whose name or address holds the words; all of them without words."""
    named = Q(last_name__icontains=words) | Q(first_name__icontains=words) | Q(email__icontains=words)
    return User.objects.filter(named) if words else User.objects.all()
