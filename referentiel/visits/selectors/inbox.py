"""What waits for the coordination around the référentiel, for its home page."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.urls import reverse

from cms.kit.templatetags.french import date
from referentiel.derogations.models import Derogation
from referentiel.visits.models import Visit
from referentiel.visits.rules import TO_DECIDE
from referentiel.visits.selectors.visits import proofs_expiring


@dataclass(frozen=True)
class Waiting:
    label: str
    url: str
    hint: str
    left: str = ""
    is_late: bool = False


def standards_waiting(user_id: uuid.UUID | None, today: dt.date) -> list[Waiting]:
    """List the visits to decide, the derogations that wait for this person as the second, the proofs to renew."""
    visits = Visit.objects.filter(state__in=TO_DECIDE).select_related("partner").order_by("reply_by")
    lines = [
        Waiting(
            row.partner.code_name,
            reverse("referentiel_visit", args=[row.pk]),
            row.get_state_display(),
            f"jusqu’au {date(row.reply_by, 'j F Y')}",
            row.reply_by is not None and row.reply_by < today,
        )
        for row in visits
    ]
    waivers = Derogation.objects.filter(agreed_at=None, revoked_at=None, ends_on__gte=today).exclude(asked_by=user_id)
    lines += [
        Waiting(row.partner.code_name, reverse("referentiel_visits"), f"Dérogation à {row.code}, à accorder à deux")
        for row in waivers.select_related("partner").order_by("asked_at")
    ]
    days = [day for day in proofs_expiring(today).values_list("valid_until", flat=True) if day]
    if days:
        over = sum(day < today for day in days)
        plural = "s" if len(days) > 1 else ""
        hint = f"dont {over} périmée{'s' if over > 1 else ''}" if over else f"la première le {date(days[0], 'j F Y')}"
        lines.append(Waiting(f"{len(days)} preuve{plural} à renouveler", reverse("referentiel_visits"), hint))
    return lines
