"""What partnerships tell people of."""

from django.urls import reverse

from cms.notify.enums import Timing
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.partners.conventions.pipeline.services import TERM
from cms.partners.conventions.selectors import renewal_days
from cms.users.roles import Role


def register() -> None:
    notification_register(
        NotificationKind(
            kind=TERM,
            label="Une convention arrive à son terme",
            subject="Une convention arrive à son terme",
            body="Bonjour,\n\nUne convention du réseau se termine le {jour}. Préparez son renouvellement, ou dites ce "
            "qui est prévu : {lien}",
            url=lambda convention_id: reverse("partners_convention:inspect", args=[convention_id]),
            roles=(Role.COORDINATION, Role.DIRECTION),
            timing=Timing.MORNING,
            is_announced=False,
            steps=lambda: tuple(renewal_days()),
        )
    )
