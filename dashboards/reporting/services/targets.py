"""What the convention promises, year by year."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.services import journal_append
from cms.users.models import User
from dashboards.periods import convention_start, years_after
from dashboards.policies import EXPORT, figures_check
from dashboards.reporting.models import ClosedPeriod, Target

TARGETED = {
    "I1": "Sollicitations",
    "I2": "Victimes orientées",
    "I3": "Victimes placées",
    "I4.authorities": "Autorités ASE sous convention",
    "I4.structures": "Structures partenaires",
    "I5": "Départements couverts",
    "I5.overseas": "Départements d’outre-mer couverts",
    "I6.trained": "Professionnels formés",
    "I6.supported": "Professionnels accompagnés",
    "I7": "Sessions tenues",
}
"""Figures that a convention may set a target for."""


@transaction.atomic
def target_set(*, by: User, year: int, code: str, value: int | None) -> Target | None:
    """Set the target of a convention year, or take it away."""
    figures_check(by, EXPORT)
    if code not in TARGETED:
        raise ValidationError({"code": "Ce chiffre n’a pas de cible."})
    found = Target.objects.filter(year=year, code=code).first()
    details = {"year": year, "code": code, "value": [found.value if found else None, value]}
    if value is None:
        Target.objects.filter(year=year, code=code).delete()
        target = None
    else:
        target = found or Target(year=year, code=code)
        target.value, target.set_by, target.set_at = value, by, timezone.now()
        target.full_clean()
        target.save()
    journal_append(action="reporting.target.set", details=details)
    return target


def year_of(first: dt.date, last: dt.date) -> int | None:
    """Number of the convention year that these days are, exactly."""
    start = convention_start()
    for number in range(1, 11):
        if years_after(start, number - 1) == first and years_after(start, number) - dt.timedelta(days=1) == last:
            return number
    return None


def targets_of(closed: ClosedPeriod) -> dict[str, int]:
    """Targets of the convention year that a closed period is, by figure; none for another period."""
    year = year_of(closed.first, closed.last)
    return dict(Target.objects.filter(year=year).values_list("code", "value")) if year else {}
