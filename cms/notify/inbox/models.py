"""What somebody is told: the obligation, the messages that it sent, and how each person wants to be told."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from cms.kit.fields import person
from cms.notify.enums import Timing


class ObligationQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def unread(self) -> Self:
        return self.open().filter(read_at=None)


class Obligation(models.Model):
    """Something waits for one person: a kind and the id of an object, never what it is. Read by that person alone.

    Closed when it is done, or once the person has no longer the membership or the role that it was owed to. Somebody
    who has no account is an address: a message and no inbox, over once it has left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("nature", max_length=40)
    object_id = models.UUIDField("objet")
    person = person("personne", null=True, blank=True)
    address = models.EmailField("adresse sans compte", blank=True)
    partner_id = models.UUIDField("au titre de", null=True, blank=True)
    """Told as a member of this partner; nothing is sent to somebody who left it."""
    role = models.CharField("rôle", max_length=30, blank=True)
    due_on = models.DateField("à faire avant le", null=True, blank=True)
    due_at = models.DateTimeField("à faire avant", null=True, blank=True)
    """The hour, when a day says too little; `due_on` is its day in Paris."""
    owed_at = models.DateTimeField("depuis le")
    read_at = models.DateTimeField("lue le", null=True, blank=True)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    """When the person followed the link, signed in: a scanner of mails opens nothing."""
    closed_at = models.DateTimeField("terminée le", null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "notification"
        verbose_name_plural = "notifications"
        ordering = ["-owed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "person", "partner_id", "address"],
                condition=Q(closed_at=None),
                nulls_distinct=False,
                name="obligation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="") | Q(~Q(address=""), person=None),
                name="obligation_person_or_address",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(read_at__isnull=False), name="obligation_opened_is_read"
            ),
            models.CheckConstraint(condition=Q(due_at=None) | Q(due_on__isnull=False), name="obligation_hour_has_day"),
        ]
        indexes = [
            # The inbox and its count, on many pages: a few open rows among years of them.
            models.Index(fields=["person", "-owed_at"], condition=Q(closed_at=None), name="obligation_inbox"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Sending(models.Model):
    """One message of an obligation: the first, or a reminder. Its id comes from both, so that it is written once."""

    id = models.UUIDField(primary_key=True, editable=False)
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, verbose_name="notification", related_name="sendings"
    )
    step = models.SmallIntegerField("jours avant l’échéance", null=True, blank=True)
    """None: told at once. 7: a week before the day; 0 or less: that day or after."""
    tried_at = models.DateTimeField("essayé le", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    digest_on = models.DateField("récapitulatif du", null=True, blank=True)
    refused_at = models.DateTimeField("refusé par la messagerie le", null=True, blank=True)
    """A mail server said that the address receives nothing, at once or by a message sent back: not tried again."""

    class Meta:
        verbose_name = "message de notification"
        verbose_name_plural = "messages de notification"
        ordering = ["tried_at"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "step"], nulls_distinct=False, name="sending_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class NotificationChoice(models.Model):
    """How a person wants to be told of a kind; urgent kinds ignore it. Read and written by that person alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = person("personne")
    kind = models.CharField("nature", max_length=40)
    timing = models.CharField("quand", max_length=8, choices=Timing.choices)

    class Meta:
        verbose_name = "choix de notification"
        verbose_name_plural = "choix de notification"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notificationchoice_once"),
            models.CheckConstraint(condition=Q(timing__in=Timing.values), name="notificationchoice_timing"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MessageText(models.Model):
    """One version of what a kind of message says. Insert-only; taking an older one back adds a version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("nature", max_length=40)
    subject = models.CharField("objet", max_length=120)
    body = models.TextField("texte", max_length=2000)
    written_at = models.DateTimeField("écrit le")
    written_by = person("écrit par")
    reason = models.CharField("raison", max_length=300, blank=True)

    class Meta:
        verbose_name = "texte de message"
        verbose_name_plural = "textes de messages"
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["kind", "-written_at"], name="messagetext_latest")]

    def __str__(self) -> str:
        return self.kind
