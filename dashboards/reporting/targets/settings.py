"""Targets of the convention as settings and as a part of the configuration file."""

from typing import Any

from django.urls import reverse

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.users.models import User
from cms.values.config import REASON, config_register
from cms.values.editable import Editable, Trail, editable_get, editable_register, kept_of_part
from cms.values.settings import setting_counts_register
from dashboards.policies import EXPORT
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.targets.models import Target
from dashboards.reporting.targets.selectors import year_of
from dashboards.reporting.targets.services import TARGETED, key_read, target_set

START = "figures.convention_start"


ACTIONS = {
    "reporting.target.set": "cible de la convention fixée",
}


def register() -> None:
    config_register("targets", "Cibles de la convention", targets_dump, targets_put, order=45)
    editable_register(
        Editable(
            code="targets",
            label="Cibles de la convention",
            effect="Ce que la convention promet chaque année ; les chiffres disent si c’est atteint.",
            url=lambda: reverse("havre_periods:index"),
            group="Chiffres",
            order=45,
            is_open=lambda user: user.has_perm(EXPORT),
            trail=Trail(
                kept=kept_of_part("targets"),
                name=_name,
                words=lambda key, content: {"Cible": "aucune" if content["value"] is None else str(content["value"])},
                restore=_restore,
            ),
            part="targets",
            models=("reporting.Target",),
        ),
        Editable(
            code="convention",
            label="Début de la convention avec l’État",
            effect="Le premier jour de l’année 1 : les années de convention, leurs cibles et le cumul en découlent.",
            url=lambda: reverse("havre_settings:edit", args=[START]),
            group="Chiffres",
            order=44,
            is_open=lambda user: user.has_perm("values.change_value"),
            trail=_convention_trail(),
            part="settings",
        ),
    )
    setting_counts_register(START, "Périodes closes qui sont une année de convention, et ses cibles", _years_closed)
    actions_register(ACTIONS)
    sentence_register(
        target_once="Cette cible vient d’être fixée : rechargez la page.",
    )


def _convention_trail() -> Trail:
    """Return the versions of the settings, of this one alone."""

    def settings() -> Trail:
        item = editable_get("settings")
        if item is None or item.trail is None:
            raise LookupError("settings")
        return item.trail

    return Trail(
        kept=lambda key: settings().kept(START),
        name=lambda key: settings().name(START),
        words=lambda key, content: settings().words(START, content),
        restore=lambda key, content, reason, by: settings().restore(START, content, reason, by),
        origin=lambda key: settings().origin(START),
        impact=lambda key, content: settings().impact(START, content),
    )


def _years_closed() -> int:
    days = ClosedPeriod.objects.filter(dismissed_at=None).values_list("first", "last")
    return sum(year_of(first, last) is not None for first, last in days)


def targets_dump() -> list[dict[str, Any]]:
    return [dict(row) for row in Target.objects.order_by("year", "code").values("year", "code", "value")]


def targets_put(content: list[dict[str, Any]], by: User) -> int:
    """Load the targets of a file; one that it does not name stays. Returns how many changed."""
    changed = [item for item in content if item not in targets_dump()]
    for item in changed:
        target_set(by=by, year=item["year"], code=item["code"], value=item["value"], reason=REASON)
    return len(changed)


def _name(key: str) -> str:
    year, code = key_read(key)
    return f"{TARGETED.get(code, code)}, année {year}"


def _restore(key: str, content: dict[str, Any], reason: str, by: User) -> object:
    year, code = key_read(key)
    return target_set(by=by, year=year, code=code, value=content["value"], reason=reason)
