"""Grid, circuit templates and rules of the search, as parts of the configuration: what is in force alone."""

from typing import Any

from cases.matching.candidates import rules_in_force
from cases.matching.rules import Rules
from cases.models import CircuitTemplate, GridVersion
from cases.reperage.content import GridContent
from cases.services.circuit import circuit_template_publish, circuit_template_retire
from cases.services.grids import grid_publish
from cases.services.matching import matching_rules_change
from cms.values.config import config_register

REASON = "Configuration chargée d’un fichier"


def register() -> None:
    config_register("grid", "Grille de repérage", grid_dump, grid_put, order=30)
    config_register("circuits", "Modèles de circuit", circuits_dump, circuits_put, order=31)
    config_register("matching", "Recherche de lieu", matching_dump, matching_put, order=32)


def grid_dump() -> dict | None:
    version = GridVersion.objects.order_by("-number").first()
    return version.content if version else None


def grid_put(content: dict | None, by: Any) -> int:
    version = GridVersion.objects.order_by("-number").first()
    if content is None or (version and version.content == content):
        return 0
    base = version.number if version else 0
    grid_publish(content=GridContent.from_data(content), reason=REASON, base=base, by=by)
    return 1


def circuits_dump() -> list[dict]:
    templates = CircuitTemplate.objects.order_by("label").prefetch_related("versions")
    return [
        {
            "label": template.label,
            "is_retired": template.retired_on is not None,
            "steps": max(template.versions.all(), key=lambda version: version.number).steps,
        }
        for template in templates
    ]


def circuits_put(content: list[dict], by: Any) -> int:
    changed = 0
    for item in content:
        template = CircuitTemplate.objects.filter(label=item["label"]).first()
        last = template.versions.order_by("-number").first() if template else None
        if last is None or last.steps != item["steps"]:
            version = circuit_template_publish(
                steps=item["steps"], reason=REASON, by=by, template=template, label=item["label"]
            )
            template, changed = version.template, changed + 1
        if item["is_retired"] and template and template.retired_on is None:
            circuit_template_retire(template=template, by=by)
            changed += 1
    return changed


def matching_dump() -> dict:
    return rules_in_force().rules.as_data()


def matching_put(content: dict, by: Any) -> int:
    if matching_dump() == content:
        return 0
    matching_rules_change(rules=Rules.from_data(content), reason=REASON, by=by)
    return 1
