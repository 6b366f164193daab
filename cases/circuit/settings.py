"""Templates of circuits, among what the coordination sets."""

from typing import Any

from django.urls import reverse

from cases.arrival.enums import Party
from cases.circuit.enums import Visibility
from cases.circuit.models import Circuit, CircuitTemplate, CircuitVersion
from cases.circuit.services import circuit_template_publish, circuit_template_retire
from cases.common.settings import GROUP, open_to_managers
from cms.users.models import User
from cms.values.config import REASON, config_register
from cms.values.editable import LONGEST, Editable, Trail, Version, editable_register
from cms.values.models import Value


def register() -> None:
    editable_register(_circuits())
    config_register("circuits", "Modèles de circuit", circuits_dump, circuits_put, order=31)


def _circuits() -> Editable:
    return Editable(
        code="circuits",
        label="Modèles de circuit",
        effect="Les étapes qui protègent un mineur, qui en répond et sous combien de jours.",
        url=lambda: reverse("cases_circuittemplate:list"),
        group=GROUP,
        order=32,
        is_open=open_to_managers,
        trail=Trail(
            kept=_circuits_kept,
            name=lambda key: str(CircuitTemplate.objects.get(pk=key)),
            words=_circuit_words,
            restore=lambda key, content, reason, by: circuit_template_publish(
                steps=content, reason=reason, by=by, template=CircuitTemplate.objects.get(pk=key)
            ),
            impact=_circuit_impact,
        ),
        part="circuits",
        models=("cases.CircuitTemplate", "cases.CircuitVersion"),
    )


def _circuits_kept(key: str) -> list[Version]:
    rows = CircuitVersion.objects.order_by("-published_at", "-number")
    rows = rows.filter(template__pk=key) if key else rows
    return [
        Version(str(row.pk), str(row.template_id), row.steps, row.published_at, row.published_by_id, row.reason)
        for row in rows[:LONGEST]
    ]


def _circuit_words(key: str, content: list[dict[str, Any]]) -> dict[str, str]:
    labels = dict(Value.objects.of_list("mesure").values_list("pk", "label"))
    words = {}
    for number, step in enumerate(content, start=1):
        owner, days = Party(step["owner"]).label, step["days"]
        seen = Visibility(step["visibility"]).label
        words[f"Étape {number}"] = (
            f"{labels.get(step['measure'], step['measure'])} ({owner}, {days} j, lue par {seen})"
        )
    return words


def _circuit_impact(key: str, content: list[dict[str, Any]]) -> list[str]:
    running = Circuit.objects.filter(version__template__pk=key).count()
    return [f"Circuits commencés avec ce modèle, qui gardent leurs étapes : {running}."]


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


def circuits_put(content: list[dict], by: User) -> int:
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
