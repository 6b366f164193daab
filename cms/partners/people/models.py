"""Who belongs to a partner, and whom to call there."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from cms.kit.constraints import DatedQuerySet, DatesInOrder, days, in_order
from cms.partners.book.models import Partner
from cms.users.roles import MEMBERSHIP_ROLES, Role


class MembershipQuerySet(DatedQuerySet):
    def on(self, day: dt.date) -> Self:
        """Held on that day, and not revoked on it nor before: a departure closes everything at once."""
        return super().on(day).filter(Q(revoked_at=None) | Q(revoked_at__date__gt=day))


class Membership(DatesInOrder):
    """A person belongs to a partner, with a role, from a day to a day. At the end date every right ends; at
    `revoked_at`, at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="personne", related_name="memberships"
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, verbose_name="partenaire", related_name="memberships"
    )
    role = models.CharField(
        "rôle", max_length=30, choices=[(role.value, role.label) for role in Role if role in MEMBERSHIP_ROLES]
    )
    can_sign = models.BooleanField("signe au nom du partenaire", default=False)
    may_answer = models.BooleanField("délégation de la direction", default=False)
    """An educator who answers proposals, confirms places and arrivals, while the membership lasts."""
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "rattachement"
        verbose_name_plural = "rattachements"
        ordering = ["-starts_on"]
        constraints = [
            in_order("membership_dates_in_order", "starts_on", "ends_on"),
            # The scope believes this column: a role of the whole network written here would open every file.
            models.CheckConstraint(
                condition=Q(role__in=sorted(role.value for role in MEMBERSHIP_ROLES)),
                name="membership_role_of_partner",
                violation_error_message="Ce rôle ne se donne pas par un rattachement.",
            ),
            models.CheckConstraint(
                condition=Q(may_answer=False) | Q(role=Role.STRUCTURE_EDUCATOR.value),
                name="membership_delegation_to_educator",
                violation_error_message="La délégation se donne à une personne de l’équipe.",
            ),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("partner", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at=None),  # revoked by mistake this morning, invited again this afternoon
                violation_error_message="Cette personne a déjà ce rôle dans ce partenaire à ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.partner_id})"


class Contact(models.Model):
    """A professional to call in a partner; no account is needed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, verbose_name="partenaire", related_name="contacts")
    name = models.CharField("nom", max_length=120)
    position = models.CharField("fonction", max_length=120, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("adresse électronique", blank=True)

    class Meta:
        verbose_name = "contact"
        verbose_name_plural = "contacts"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
