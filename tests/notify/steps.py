"""What the tests of the on-call do again and again."""

import datetime as dt

from django.utils import timezone

from cases.models import Sollicitation
from cases.requests.services.sollicitations import NewSollicitation, sollicitation_send
from cms.notify.duty.services.duties import duty_add
from cms.notify.inbox.services.messages import notifications_send
from cms.notify.models import Obligation, Ring, RingStep
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from tests.cast.situations import FACTS

COORDINATION, DIRECTION = "coordination@havre.example", "direction@havre.example"
PHONES = {COORDINATION: "06 00 00 00 01", DIRECTION: "06 00 00 00 02"}


def account(email: str) -> User:
    return User.objects.get(email=email)


def ask(urgency: str = "urgence:U0", *, by: str = "gendarme@havre.example", **options) -> Sollicitation:
    """An urgent request, sent by the gendarme from the portal unless told."""
    user = account(by)
    with scope.acting(user):
        return sollicitation_send(
            NewSollicitation(
                requester=Partner.objects.get(code_name="Brigade 12"),
                submitted_by=user,
                nature_id="nature:PEC",
                urgency_id=urgency,
                channel_id="canal:PORTAIL",
                forms=["forme:SEX"],
                main_form="forme:SEX",
                facts=FACTS,
                age=None,
                detail={"callback_name": "MARQUEUR-RAPPEL", "narrative": "MARQUEUR-RECIT"},
                **options,
            )
        )


def rota(*, at: dt.datetime | None = None, has_phones: bool = False) -> None:
    """The coordinator first, the head of the network second, from an hour ago for a day."""
    at = at or timezone.now()
    with scope.acting(account(COORDINATION)):
        for rank, email in enumerate((COORDINATION, DIRECTION), 1):
            duty_add(
                person=account(email),
                rank=rank,
                starts_at=at - dt.timedelta(hours=1),
                ends_at=at + dt.timedelta(hours=23),
                phone=PHONES[email] if has_phones else "",
            )


def ring_of(sollicitation: Sollicitation) -> Ring:
    """Its open ring, else the last one."""
    with scope.acting(account(COORDINATION)):
        return Ring.objects.filter(object_id=sollicitation.pk).latest("opened_at")


def steps_of(sollicitation: Sollicitation) -> list[RingStep]:
    ring = ring_of(sollicitation)
    with scope.acting(account(COORDINATION)):
        return list(ring.steps.select_related("person").order_by("rung", "person__email", "channel"))


def called(sollicitation: Sollicitation) -> list[tuple[int, str, str]]:
    """(rung, who, channel) of what left."""
    return [
        (step.rung, step.person.email.split("@")[0], step.channel) for step in steps_of(sollicitation) if step.sent_at
    ]


def messages_leave(day: dt.date | None = None) -> None:
    """What is owed leaves, as the job would send it at noon: tomorrow, whatever the hour of the test, unless told."""
    notifications_send(at=dt.datetime.combine(day or timezone.localdate() + dt.timedelta(days=1), dt.time(11), dt.UTC))


def obligations_end() -> None:
    """Nobody is owed anything any more."""
    with scope.acting(scope.NOTIFY):
        Obligation.objects.open().update(closed_at=timezone.now())
