"""Accounts over time: invited, reviewed each quarter, suspended, given a right of the network, a factor lost."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cms.accounts.enums import CallbackNumber, Decision, SuspensionReason
from cms.kit.constraints import whole
from cms.kit.fields import person
from cms.users.roles import MEMBERSHIP_ROLES, NETWORK_ROLES, Role

LINK_HOURS = 72
"""How long a link of invitation serves (OWASP ASVS 6.4.1)."""


class InvitationQuerySet(models.QuerySet):
    def pending(self) -> Self:
        return self.filter(accepted_at=None, cancelled_at=None)


class Invitation(models.Model):
    """A link sent to somebody's address, to join a partner with a role until a day. Its token is kept as a hash.

    Seen by the coordination, the direction and the directors of the structure; opened by whoever holds the link.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse électronique")
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="partenaire", related_name="+"
    )
    role = models.CharField(
        "rôle", max_length=30, choices=[(role.value, role.label) for role in Role if role in MEMBERSHIP_ROLES]
    )
    can_sign = models.BooleanField("signe au nom du partenaire", default=False)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField("envoyée le")
    expires_at = models.DateTimeField("lien valable jusqu’au")
    invited_by = person("invitée par")
    accepted_by = person("acceptée par", null=True)
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    cancelled_by = person("annulée par", null=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(role.value for role in MEMBERSHIP_ROLES)),
                name="invitation_role_of_partner",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at"))
                & Q(expires_at__lte=F("sent_at") + dt.timedelta(hours=LINK_HOURS)),
                name="invitation_is_short",
            ),
            whole("invitation_accepted_whole", "accepted_by", "accepted_at"),
            whole("invitation_cancelled_whole", "cancelled_by", "cancelled_at"),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(cancelled_at=None), name="invitation_ends_once"),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=F("invited_by")), name="invitation_not_to_oneself"
            ),
            # Also what finds the invitations that wait, by partner.
            models.UniqueConstraint(
                fields=["partner", "email", "role"],
                condition=Q(accepted_at=None, cancelled_at=None),
                name="invitation_once",
                violation_error_message="Une invitation attend déjà cette personne : renvoyez-la ou annulez-la.",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation du {timezone.localtime(self.sent_at):%d/%m/%Y}"

    @property
    def is_pending(self) -> bool:
        return self.accepted_at is None and self.cancelled_at is None

    @property
    def is_late(self) -> bool:
        """The link no longer serves: it can be sent again."""
        return self.is_pending and self.expires_at <= timezone.now()


class DecisionRequestQuerySet(models.QuerySet):
    def pending(self, at: dt.datetime | None = None) -> Self:
        """Still to decide. A delay that has passed needs no job to close the door."""
        return self.filter(state=Decision.PENDING, expires_at__gt=at or timezone.now())


class DecisionRequest(models.Model):
    """What one person asks and another decides, neither of them the person concerned."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = person("personne")
    asked_by = person("demandé par")
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    expires_at = models.DateTimeField("sans suite après le")
    state = models.CharField("état", max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_by = person("décidé par", null=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)

    objects = DecisionRequestQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-asked_at"]

    @property
    def is_pending(self) -> bool:
        return self.state == Decision.PENDING and self.expires_at > timezone.now()

    @property
    def state_words(self) -> str:
        lapsed = self.state == Decision.PENDING and not self.is_pending
        return Decision.LAPSED.label if lapsed else Decision(self.state).label


def two_people(prefix: str) -> list[models.BaseConstraint]:
    """Constraints of `DecisionRequest`. Whoever asked may only withdraw."""
    return [
        models.CheckConstraint(condition=Q(state__in=Decision.values), name=f"{prefix}_state_known"),
        models.CheckConstraint(condition=~Q(asked_by=F("user")), name=f"{prefix}_not_asked_for_oneself"),
        models.CheckConstraint(
            condition=Q(decided_by=None) | ~Q(decided_by=F("user")), name=f"{prefix}_not_decided_for_oneself"
        ),
        models.CheckConstraint(
            condition=Q(decided_by=None)
            | Q(state=Decision.WITHDRAWN, decided_by=F("asked_by"))
            | (~Q(state=Decision.WITHDRAWN) & ~Q(decided_by=F("asked_by"))),
            name=f"{prefix}_two_people",
        ),
        models.CheckConstraint(
            condition=Q(state=Decision.PENDING, decided_by=None, decided_at=None)
            | Q(state=Decision.LAPSED, decided_by=None, decided_at__isnull=False)
            | Q(
                state__in=[Decision.APPROVED, Decision.REFUSED, Decision.WITHDRAWN],
                decided_by__isnull=False,
                decided_at__isnull=False,
            ),
            name=f"{prefix}_decided_whole",
        ),
    ]


class RightsChange(DecisionRequest):
    """A role of the network to give or to take back. Seen by those who may ask or decide, and the person concerned."""

    role = models.CharField(
        "rôle", max_length=30, choices=[(role.value, role.label) for role in Role if role in NETWORK_ROLES]
    )
    is_given = models.BooleanField("rôle donné", default=True)
    reason = models.CharField("motif", max_length=200)

    class Meta(DecisionRequest.Meta):
        verbose_name = "changement de droits"
        verbose_name_plural = "changements de droits"
        constraints = [
            *two_people("rights"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(role.value for role in NETWORK_ROLES)), name="rights_role_of_network"
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(state=Decision.PENDING),
                name="rights_one_pending",
                violation_error_message="Un changement de ce rôle attend déjà une décision.",
            ),
        ]

    def __str__(self) -> str:
        return f"{'Donner' if self.is_given else 'Retirer'} : {self.get_role_display()}"


class FactorReset(DecisionRequest):
    """A second factor is lost: declared by one person, decided by another after a call to a number known before.

    Seen by the coordination, the direction, data protection and whoever declared it.
    """

    called = models.CharField("numéro appelé", max_length=10, choices=CallbackNumber.choices, blank=True)

    class Meta(DecisionRequest.Meta):
        verbose_name = "perte de la double authentification"
        verbose_name_plural = "pertes de la double authentification"
        constraints = [
            *two_people("factor"),
            models.CheckConstraint(
                condition=~Q(state=Decision.APPROVED) | Q(called__in=CallbackNumber.values), name="factor_called_back"
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state=Decision.PENDING),
                name="factor_one_pending",
                violation_error_message="Une demande attend déjà le rappel de la coordination.",
            ),
        ]

    def __str__(self) -> str:
        return f"Demande du {timezone.localtime(self.asked_at):%d/%m/%Y}"


class AccountReview(models.Model):
    """« Toujours dans l’équipe »: one account looked at in one quarter, for one membership or for its network roles.

    Seen by the coordination, the direction, data protection and the directors of the structure.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = person("personne")
    membership = models.ForeignKey(
        "partners.Membership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="rattachement",
        related_name="reviews",
    )
    quarter = models.DateField("trimestre")
    confirmed_by = person("confirmé par")
    confirmed_at = models.DateTimeField("confirmé le", default=timezone.now)

    class Meta:
        verbose_name = "revue de compte"
        verbose_name_plural = "revues de compte"
        ordering = ["-quarter"]
        constraints = [
            models.CheckConstraint(condition=~Q(confirmed_by=F("user")), name="review_not_of_oneself"),
            models.CheckConstraint(
                condition=Q(quarter__day=1, quarter__month__in=[1, 4, 7, 10]), name="review_of_a_quarter"
            ),
            models.UniqueConstraint(fields=["membership", "quarter"], name="review_once"),
            models.UniqueConstraint(
                fields=["user", "quarter"], condition=Q(membership=None), name="review_of_network_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{(self.quarter.month + 2) // 3}e trimestre {self.quarter.year}"


class AccountSuspensionQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class AccountSuspension(models.Model):
    """An account that no longer signs in, from `starts_at` to `ended_at`. A dormant one is warned first.

    Seen by the coordination, the direction, data protection and the directors of the person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = person("personne", related_name="accountsuspensions")
    why = models.CharField("pourquoi", max_length=10, choices=SuspensionReason.choices)
    warned_at = models.DateTimeField("prévenu le", null=True, blank=True)
    starts_at = models.DateTimeField("suspendu le", null=True, blank=True)
    started_by = person("suspendu par", null=True)
    ended_at = models.DateTimeField("rouvert le", null=True, blank=True)
    ended_by = person("rouvert par", null=True)

    objects = AccountSuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = "suspension de compte"
        verbose_name_plural = "suspensions de compte"
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(why__in=SuspensionReason.values), name="account_suspension_why_known"),
            models.CheckConstraint(
                condition=Q(warned_at__isnull=False) | Q(starts_at__isnull=False), name="account_suspension_dated"
            ),
            models.CheckConstraint(
                condition=Q(started_by=None) | ~Q(started_by=F("user")), name="account_suspension_not_of_oneself"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | ~Q(ended_by=F("user")) | Q(starts_at=None),
                name="account_suspension_not_ended_by_oneself",
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="account_suspension_one_open"),
        ]

    def __str__(self) -> str:
        return self.get_why_display()
