"""Who is on duty in the cast, an exchange that waits, and a request that rings."""

import datetime as dt

from django.db.models import Model
from django.utils import timezone

from cases.models import Sollicitation
from cms.notify.duty.services.duties import duty_add, swap_propose
from cms.notify.duty.services.rings import ring_open
from cms.notify.models import Duty, DutySwap, Obligation, Ring
from cms.users.models import User
from cms.wall import scope
from tests.cast.references import number_of


def on_call() -> None:
    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    begun = timezone.now() - dt.timedelta(hours=1)
    with scope.acting(people["coordination"]):
        duty = duty_add(
            person=people["coordination"], rank=1, starts_at=begun, ends_at=begun + dt.timedelta(days=14), phone=""
        )
        duty_add(person=people["direction"], rank=2, starts_at=begun, ends_at=begun + dt.timedelta(days=14))
        swap_propose(duty=duty, to=people["direction"], by=people["coordination"])
        request = Sollicitation.objects.get(reference__endswith=number_of(4))
        ring_open(kind="sollicitation", object_id=request.pk)


def on_call_rows() -> dict[str, Model]:
    return {
        "duty": Duty.objects.order_by("rank").first(),
        "swap": DutySwap.objects.first(),
        "ring": Ring.objects.filter(kind="sollicitation").first(),
    }


def obligation_rows() -> dict[str, Model]:
    """What each director is told of: a sheet to answer."""
    with scope.acting(scope.NOTIFY):
        return {
            f"obligation_{key}": Obligation.objects.open().get(
                kind="proposal", person__email=f"director-{key}@havre.example"
            )
            for key in ("a", "b")
        }
