"""What the coordination sets about minors: rules of the search, grid, circuits, delays of runaways."""

from typing import Any

from django.urls import reverse

from cases import impacts
from cases.arrival.models import Party
from cases.circuit.models import Circuit, CircuitTemplate, CircuitVersion, Visibility
from cases.circuit.services import circuit_template_publish
from cases.extra.models import ExtraAudience, ExtraField
from cases.extra.services import FACTS, extra_field_change
from cases.grid.models import FilledGrid, GridVersion
from cases.grid.rules import GridContent, Thresholds
from cases.grid.services import grid_publish
from cases.incidents.runaways.selectors import delay_impact, length
from cases.incidents.runaways.services import runaway_delay_set
from cases.incidents.targets.models import SeverityTargets
from cases.incidents.targets.selectors import from_data, severities, targets_impact, targets_in_force
from cases.incidents.targets.services import severity_targets_change
from cases.matching.models import MatchingRules
from cases.matching.rules import Rules, rule_fields
from cases.matching.selectors.candidates import rules_in_force
from cases.matching.selectors.impact import rules_impact
from cases.matching.services import matching_rules_change
from cms.territory.models import Territory
from cms.users.models import User
from cms.values.editable import LONGEST, Editable, Kept, Trail, editable_get, editable_register, kept_of_part
from cms.values.models import Value
from cms.wall import scope

GROUP = "Accueil et protection"


def register() -> None:
    editable_register(
        Editable(
            code="authorities",
            label="Autorités à prévenir d’un incident",
            effect="Qui doit être informé d’une situation préoccupante, et sous combien de temps.",
            url=lambda: f"{reverse('values_value:list')}?list=autorite",
            group=GROUP,
            order=34,
            is_open=_manages,
            trail=_authorities_trail(),
            part="values",
        )
    )
    editable_register(_extra(), _matching(), _grid(), _circuits(), _runaways(), _severity())
    impacts.register()


def _authorities_trail() -> Trail:
    """Versions of the list of values, of this list alone."""

    def values() -> Trail:
        item = editable_get("values")
        if item is None or item.trail is None:
            raise LookupError("values")
        return item.trail

    def kept(key: str) -> list[Kept]:
        return [row for row in values().kept(key) if row.key.startswith("autorite:")]

    return Trail(
        kept=kept,
        name=lambda key: values().name(key),
        words=lambda key, content: values().words(key, content),
        restore=lambda key, content, reason, by: values().restore(key, content, reason, by),
        impact=lambda key, content: values().impact(key, content),
    )


def _manages(user: User) -> bool:
    return scope.current().sees_all_cases()


def _extra() -> Editable:
    return Editable(
        code="extra-fields",
        label="Champs ajoutés",
        effect="Les questions que le réseau pose en plus, sur une demande ou une situation ; sous scellé, sauf accord "
        "de deux personnes.",
        url=lambda: reverse("havre_extra:index"),
        group="Formulaires et listes",
        order=12,
        is_open=_manages,
        trail=Trail(
            kept=kept_of_part("extra_fields"),
            name=lambda key: str(ExtraField.objects.filter(code=key).first() or key),
            words=_extra_words,
            restore=_extra_restore,
        ),
        part="extra_fields",
        models=("cases.ExtraField",),
    )


def _extra_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    offered = [item["label"] for item in content["choices"] if not item.get("is_retired")]
    return {
        "Question": content["label"],
        "Aide": content["help"],
        "Choix": ", ".join(offered),
        "Posée à": ExtraAudience(content["audience"]).label,
        "Obligatoire": "oui" if content["is_required"] else "non",
        "Scellé": "sous scellé" if content["is_sealed"] else "en clair, compté",
        "État": "retiré" if content["is_retired"] else "en service",
    }


def _extra_restore(key: str, content: dict[str, Any], reason: str, by: User) -> ExtraField:
    """What is asked comes back; the seal and the retirement have their own actions, which two people sign."""
    field = ExtraField.objects.get(code=key)
    return extra_field_change(field=field, by=by, reason=reason, **{name: content[name] for name in FACTS})


def _severity() -> Editable:
    return Editable(
        code="severity",
        label="Délais des incidents",
        effect="Ce que promet chaque gravité : déclarer, être pris en compte, répondre à un appel.",
        url=lambda: reverse("havre_severity_targets"),
        group="Délais et messages",
        order=33,
        is_open=_manages,
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


def _severity_kept(key: str) -> list[Kept]:
    rows = SeverityTargets.objects.order_by("-number")[:LONGEST]
    return [Kept(str(row.number), "", row.targets, row.changed_at, row.changed_by_id, row.reason) for row in rows]


def _severity_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    said = {}
    for severity in severities():
        target = content[severity.code]
        answer = f", répondre en {target['answer']} min" if target["answer"] else ""
        said[severity.label] = (
            f"déclarer en {target['report']} min, prise en compte en {target['acknowledge']} min{answer}"
        )
    return said


def _severity_impact(key: str, content: dict[str, Any]) -> list[str]:
    impacts = targets_impact(targets_in_force(), from_data(content))
    before, after = impacts.in_time
    moved = [f"{impact.incident} {impact.words}" for impact in impacts.incidents]
    return [*moved, f"Déclarées à temps depuis 12 mois : {before}, puis {after}, sur {impacts.counted}"]


def _matching() -> Editable:
    return Editable(
        code="matching",
        label="Recherche de lieu",
        effect="Ce qui écarte une structure et ce qui compte dans son classement.",
        url=lambda: reverse("havre_matching_rules"),
        group=GROUP,
        order=30,
        is_open=_manages,
        trail=Trail(
            kept=_matching_kept,
            name=lambda key: "Recherche de lieu",
            words=_matching_words,
            restore=lambda key, content, reason, by: matching_rules_change(
                rules=Rules.from_data(content), reason=reason, by=by
            ),
            origin=lambda key: Rules().as_data(),
            impact=_matching_impact,
        ),
        part="matching",
        models=("cases.MatchingRules",),
    )


def _matching_kept(key: str) -> list[Kept]:
    rows = MatchingRules.objects.order_by("-number")[:LONGEST]
    return [Kept(str(row.number), "", row.rules, row.changed_at, row.changed_by_id, row.reason) for row in rows]


def _matching_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    said = {}
    for item in rule_fields():
        value = content.get(item.name, item.default)
        choices = item.metadata.get("choices")
        said[item.metadata["label"]] = choices(value).label if choices else f"{value} {item.metadata['unit']}"
    return said


def _matching_impact(key: str, content: dict[str, Any]) -> list[str]:
    found = rules_impact(rules_in_force().rules, Rules.from_data(content))
    if not found:
        return ["Aucune demande en attente d’un lieu ne verrait sa liste changer."]
    return [f"Demandes en attente dont la liste changerait : {len(found)}."]


def _grid() -> Editable:
    return Editable(
        code="grid",
        label="Grille de repérage",
        effect="Les signes à cocher, leur poids, les seuils et ce que dit chaque lecture.",
        url=lambda: reverse("havre_grid"),
        group=GROUP,
        order=31,
        is_open=_manages,
        trail=Trail(
            kept=_grid_kept,
            name=lambda key: "Grille de repérage",
            words=_grid_words,
            restore=_grid_restore,
            impact=lambda key, content: [f"Grilles déjà jointes, qui gardent la leur : {FilledGrid.objects.count()}."],
        ),
        part="grid",
        models=("cases.GridVersion",),
    )


def _grid_kept(key: str) -> list[Kept]:
    rows = GridVersion.objects.order_by("-number")[:LONGEST]
    return [Kept(str(row.number), "", row.content, row.published_at, row.published_by_id, row.reason) for row in rows]


def _grid_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    grid = GridContent.from_data(content)
    said = {"Introduction": grid.intro}
    for reading, words in grid.words.items():
        said[f"Lecture « {reading.label} »"] = f"{words.title} : {words.text}"
    for item in Thresholds.__dataclass_fields__.values():
        said[item.metadata["label"]] = str(getattr(grid.thresholds, item.name))
    for sign in grid.signs:
        forms = ", ".join(grid.forms[code] for code in sign.forms) or "toutes les formes"
        said[f"Signe {sign.code}"] = f"{sign.label} ({sign.theme} ; {sign.weight.label} ; {forms})"
    return said


def _grid_restore(key: str, content: dict[str, Any], reason: str, by: User) -> GridVersion:
    base = GridVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return grid_publish(content=GridContent.from_data(content), reason=reason, base=base, by=by)


def _circuits() -> Editable:
    return Editable(
        code="circuits",
        label="Modèles de circuit",
        effect="Les étapes qui protègent un mineur, qui en répond et sous combien de jours.",
        url=lambda: reverse("cases_circuittemplate:list"),
        group=GROUP,
        order=32,
        is_open=_manages,
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


def _circuits_kept(key: str) -> list[Kept]:
    rows = CircuitVersion.objects.order_by("-published_at", "-number")
    rows = rows.filter(template=key) if key else rows
    return [
        Kept(str(row.pk), str(row.template_id), row.steps, row.published_at, row.published_by_id, row.reason)
        for row in rows[:LONGEST]
    ]


def _circuit_words(key: str, content: list[dict[str, Any]]) -> dict[str, str]:
    labels = dict(Value.objects.of_list("mesure").values_list("pk", "label"))
    said = {}
    for number, step in enumerate(content, start=1):
        owner, days = Party(step["owner"]).label, step["days"]
        seen = Visibility(step["visibility"]).label
        said[f"Étape {number}"] = f"{labels.get(step['measure'], step['measure'])} ({owner}, {days} j, lue par {seen})"
    return said


def _circuit_impact(key: str, content: list[dict[str, Any]]) -> list[str]:
    running = Circuit.objects.filter(version__template=key).count()
    return [f"Circuits commencés avec ce modèle, qui gardent leurs étapes : {running}."]


def _runaways() -> Editable:
    return Editable(
        code="runaways",
        label="Délais de fugue",
        effect="Sous combien de temps la police est prévenue d’une fugue, selon le protocole de chaque département.",
        url=lambda: reverse("havre_runaways:index"),
        group=GROUP,
        order=33,
        is_open=_manages,
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
