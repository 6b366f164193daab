"""Grid, circuit templates and rules of the search, as parts of the configuration: what is in force alone."""

from typing import Any

from cases.circuit.models import CircuitTemplate
from cases.circuit.services import circuit_template_publish, circuit_template_retire
from cases.extra.models import ExtraField
from cases.extra.services import (
    FACTS,
    extra_field_change,
    extra_field_create,
    extra_field_retire,
    extra_unseal_ask,
    field_facts,
)
from cases.grid.models import GridVersion
from cases.grid.rules import GridContent
from cases.grid.services import grid_publish
from cases.incidents.runaways.models import RunawayDelay
from cases.incidents.runaways.services import runaway_delay_facts, runaway_delay_set
from cases.matching.rules import Rules
from cases.matching.selectors.candidates import rules_in_force
from cases.matching.services import matching_rules_change
from cms.territory.models import Territory
from cms.values.config import REASON, config_register


def register() -> None:
    config_register("grid", "Grille de repérage", grid_dump, grid_put, order=30)
    config_register("circuits", "Modèles de circuit", circuits_dump, circuits_put, order=31)
    config_register("matching", "Recherche de lieu", matching_dump, matching_put, order=32)
    config_register("runaways", "Délais de fugue", runaways_dump, runaways_put, order=33)
    config_register("extra_fields", "Champs ajoutés", extra_dump, extra_put, order=34)


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


def runaways_dump() -> dict[str, dict[str, Any]]:
    return {row.pk: runaway_delay_facts(row) for row in RunawayDelay.objects.order_by("pk")}


def runaways_put(content: dict[str, dict[str, Any]], by: Any) -> int:
    here = runaways_dump()
    changed = {code: facts for code, facts in content.items() if here.get(code) != facts}
    for code, facts in changed.items():
        runaway_delay_set(territory=Territory.objects.get(pk=code), by=by, reason=REASON, **facts)
    return len(changed)


def extra_dump() -> list[dict[str, Any]]:
    return [field_facts(field) for field in ExtraField.objects.order_by("code")]


def extra_put(content: list[dict[str, Any]], by: Any) -> int:
    """Fields of the file. One that is clear there is sealed here until another person agrees, as on the screen."""
    return sum(_extra_put(item, ExtraField.objects.filter(code=item["code"]).first(), by) for item in content)


def _extra_put(item: dict[str, Any], field: ExtraField | None, by: Any) -> bool:
    facts = {name: item[name] for name in FACTS}
    is_new = field is None
    if field is None:
        key = {name: item[name] for name in ("target", "code", "kind")}
        field = extra_field_create(by=by, reason=REASON, **key, **facts)
    is_changed = is_new or {name: getattr(field, name) for name in FACTS} != facts
    if is_changed and not is_new:
        field = extra_field_change(field=field, by=by, reason=REASON, **facts)
    if item["is_retired"] and not field.retired_on:
        field, is_changed = extra_field_retire(field=field, by=by, reason=REASON), True
    if not item["is_sealed"] and field.is_sealed and not field.is_waiting:
        extra_unseal_ask(field=field, by=by, reason=REASON)
        is_changed = True
    return is_changed
