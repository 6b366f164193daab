"""Targets of the convention, year by year."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.versions import version_keep
from dashboards.figures.selectors.report import figures_for
from dashboards.policies import EXPORT, figures_check
from dashboards.reporting.targets.models import Target
from dashboards.reporting.targets.selectors import year_period

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
NO_TARGET = {"value": None}


def target_key(year: int, code: str) -> str:
    return f"{year}-{code}"


def key_read(key: str) -> tuple[int, str]:
    year, _, code = key.partition("-")
    return int(year), code


@transaction.atomic
def target_set(*, by: User, year: int, code: str, value: int | None, reason: str = "") -> Target | None:
    """Set the target of a convention year, or take it away. Its versions are kept: what was promised stays known."""
    figures_check(by, EXPORT)
    if code not in TARGETED:
        raise ValidationError({"code": "Ce chiffre n’a pas de cible."})
    current = Target.objects.filter(year=year, code=code).first()
    before = {"value": current.value} if current else NO_TARGET
    details = {"year": year, "code": code, "value": [current.value if current else None, value]}
    if value is None:
        Target.objects.filter(year=year, code=code).delete()
        target = None
    else:
        target = current or Target(year=year, code=code)
        target.value, target.set_by, target.set_at = value, by, timezone.now()
        row_clean(target)
        target.save()
    version_keep(part="targets", key=target_key(year, code), before=before, after={"value": value}, reason=reason)
    journal_append(action="reporting.target.set", details=details)
    return target


def targets_impact(by: User, year: int, wanted: Mapping[str, int | None]) -> list[str]:
    """Return in words whether each figure of the year reaches the target that would be set, on the rows of today."""
    report = figures_for(by, year_period(year))
    counted = {figure.code: figure.value for result in report.results.values() for figure in result.headline}
    sentences = []
    for code, value in wanted.items():
        now = counted.get(code)
        if value is None:
            sentences.append(f"{TARGETED[code]} : sans cible.")
        elif now is not None:
            state = "atteinte" if now >= value else "pas encore atteinte"
            sentences.append(f"{TARGETED[code]} : {now} à ce jour pour une cible de {value}, {state}.")
    return sentences
