"""Delays of runaways, among what the coordination sets."""

from typing import Any

from django.urls import reverse

from cases.common.settings import GROUP, open_to_managers
from cases.incidents.runaways.models import RunawayDelay
from cases.incidents.runaways.selectors import delay_impact, length
from cases.incidents.runaways.services import runaway_delay_facts, runaway_delay_set
from cms.territory.models import Territory
from cms.values.config import REASON, config_register
from cms.values.editable import Editable, Trail, editable_register, kept_of_part


def register() -> None:
    editable_register(_runaways())
    config_register("runaways", "Délais de fugue", runaways_dump, runaways_put, order=33)


def _runaways() -> Editable:
    return Editable(
        code="runaways",
        label="Délais de fugue",
        effect="Sous combien de temps la police est prévenue d’une fugue, selon le protocole de chaque département.",
        url=lambda: reverse("havre_runaways:index"),
        group=GROUP,
        order=33,
        is_open=open_to_managers,
        trail=Trail(
            kept=kept_of_part("runaways"),
            name=lambda key: str(Territory.objects.get(pk=key)),
            words=_runaway_words,
            restore=lambda key, content, reason, by: runaway_delay_set(
                territory=Territory.objects.get(pk=key), by=by, reason=reason, **content
            ),
            impact=lambda key, content: delay_impact(key, content["day_minutes"], content["night_minutes"]),
        ),
        part="runaways",
        models=("cases.RunawayDelay",),
    )


def _runaway_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    return {
        "Le jour": length(content["day_minutes"]),
        "La nuit": length(content["night_minutes"]),
        "Protocole": content["protocol"],
    }


def runaways_dump() -> dict[str, dict[str, Any]]:
    return {row.pk: runaway_delay_facts(row) for row in RunawayDelay.objects.order_by("pk")}


def runaways_put(content: dict[str, dict[str, Any]], by: Any) -> int:
    here = runaways_dump()
    changed = {code: facts for code, facts in content.items() if here.get(code) != facts}
    for code, facts in changed.items():
        runaway_delay_set(territory=Territory.objects.get(pk=code), by=by, reason=REASON, **facts)
    return len(changed)
