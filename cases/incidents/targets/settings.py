"""Delays of incidents, among what the coordination sets."""

from typing import Any

from django.urls import reverse

from cases.common.settings import open_to_managers
from cases.incidents.targets.models import SeverityTargets
from cases.incidents.targets.selectors import from_data, severities, targets_impact, targets_in_force
from cases.incidents.targets.services import severity_targets_change
from cms.values.editable import LONGEST, Editable, Trail, Version, editable_register


def register() -> None:
    editable_register(_severity())


def _severity() -> Editable:
    return Editable(
        code="severity",
        label="Délais des incidents",
        effect="Ce que promet chaque gravité : déclarer, être pris en compte, répondre à un appel.",
        url=lambda: reverse("havre_severity_targets"),
        group="Délais et messages",
        order=33,
        is_open=open_to_managers,
        trail=Trail(
            kept=_severity_kept,
            name=lambda key: "Délais des incidents",
            words=_severity_words,
            restore=lambda key, content, reason, by: severity_targets_change(
                targets=from_data(content), reason=reason, by=by
            ),
            impact=_severity_impact,
        ),
        not_in_file="Ces délais sont dans les parties « listes » et « délais et seuils ».",
        models=("cases.SeverityTargets",),
    )


def _severity_kept(key: str) -> list[Version]:
    rows = SeverityTargets.objects.order_by("-number")[:LONGEST]
    return [Version(str(row.number), "", row.targets, row.changed_at, row.changed_by_id, row.reason) for row in rows]


def _severity_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    words = {}
    for severity in severities():
        target = content[severity.code]
        answer = f", répondre en {target['answer']} min" if target["answer"] else ""
        words[severity.label] = (
            f"déclarer en {target['report']} min, prise en compte en {target['acknowledge']} min{answer}"
        )
    return words


def _severity_impact(key: str, content: dict[str, Any]) -> list[str]:
    impacts = targets_impact(targets_in_force(), from_data(content))
    before, after = impacts.in_time
    moved = [f"{impact.incident} {impact.words}" for impact in impacts.incidents]
    return [*moved, f"Déclarées à temps depuis 12 mois : {before}, puis {after}, sur {impacts.counted}"]
