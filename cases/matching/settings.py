"""How long places are held, and the rules of the search, among what the coordination sets."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from cases.common.settings import GROUP, open_to_managers
from cases.matching.models import MatchingRules
from cases.matching.rules import Rules, rule_fields
from cases.matching.selectors.candidates import rules_in_force
from cases.matching.selectors.impact import rules_impact
from cases.matching.selectors.places import proposals_holding
from cases.matching.services import matching_rules_change
from cms.users.models import User
from cms.values.config import REASON, config_register
from cms.values.editable import LONGEST, Editable, Trail, Version, editable_register
from cms.values.settings import setting_counts_register, setting_register


def register() -> None:
    setting_register(
        "cases.hold_hours",
        "Place retenue après une réponse favorable",
        24,
        unit="heures",
        help="Le temps pour la coordination de choisir. Passé ce délai, la place redevient libre.",
    )
    setting_register(
        "cases.arrival_hours",
        "Place retenue pour la structure choisie, jusqu’à l’arrivée",
        72,
        unit="heures",
        help="Passé ce délai sans arrivée, la place redevient libre.",
    )
    for key in ("cases.hold_hours", "cases.arrival_hours"):
        setting_counts_register(key, "Places retenues", lambda: proposals_holding(timezone.now()).count())
    editable_register(_matching())
    config_register("matching", "Recherche de lieu", matching_dump, matching_put, order=32)


def _matching() -> Editable:
    return Editable(
        code="matching",
        label="Recherche de lieu",
        effect="Ce qui écarte une structure et ce qui compte dans son classement.",
        url=lambda: reverse("havre_matching_rules"),
        group=GROUP,
        order=30,
        is_open=open_to_managers,
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


def _matching_kept(key: str) -> list[Version]:
    rows = MatchingRules.objects.order_by("-number")[:LONGEST]
    return [Version(str(row.number), "", row.rules, row.changed_at, row.changed_by_id, row.reason) for row in rows]


def _matching_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    words = {}
    for item in rule_fields():
        value = content.get(item.name, item.default)
        choices = item.metadata.get("choices")
        words[item.metadata["label"]] = choices(value).label if choices else f"{value} {item.metadata['unit']}"
    return words


def _matching_impact(key: str, content: dict[str, Any]) -> list[str]:
    impacts = rules_impact(rules_in_force().rules, Rules.from_data(content))
    if not impacts:
        return ["Aucune demande en attente d’un lieu ne verrait sa liste changer."]
    return [f"Demandes en attente dont la liste changerait : {len(impacts)}."]


def matching_dump() -> dict:
    return rules_in_force().rules.as_data()


def matching_put(content: dict, by: User) -> int:
    if matching_dump() == content:
        return 0
    matching_rules_change(rules=Rules.from_data(content), reason=REASON, by=by)
    return 1
