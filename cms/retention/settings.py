"""Rules of retention, among what is set without a developer, and as a part of the configuration.

Nothing here puts a rule in force: it is proposed, as on the screen, and the other of direction and data protection
signs it.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from cms.retention.models import RetentionKind, RuleVersion
from cms.retention.policies import decides_retention, reads_retention
from cms.retention.selectors import duration_words, rules_in_force, simulate
from cms.retention.services.runs import rule_dismiss, rule_propose
from cms.users.models import User
from cms.values.config import config_register
from cms.values.editable import LONGEST, Editable, Trail, Version, editable_register

FACTS = ("months", "reason", "basis", "is_basis_verified")


def register() -> None:
    config_register("retention", "Règles de conservation", rules_dump, rules_put, order=50)
    editable_register(
        Editable(
            code="retention",
            label="Règles de conservation",
            effect="Combien de temps chaque nature de donnée est gardée avant d’être rendue anonyme ou détruite.",
            url=lambda: reverse("havre_retention:index"),
            group="Protection des données",
            order=60,
            is_open=lambda user: reads_retention(),
            trail=Trail(
                kept=_kept,
                name=_name,
                words=_words,
                restore=_restore,
                origin=_origin,
                impact=_impact,
                restored="La règle est proposée : l’autre signature la met en vigueur.",
                may_restore=decides_retention,
            ),
            part="retention",
            models=("retention.RetentionKind", "retention.RuleVersion"),
        )
    )


def rules_dump() -> dict[str, dict[str, Any]]:
    return {kind: {name: getattr(rule, name) for name in FACTS} for kind, rule in sorted(rules_in_force().items())}


def rules_put(content: dict[str, dict[str, Any]], by: User) -> int:
    """Propose what differs and does not wait already. Raises `ValidationError` for an account that may not."""
    here, waiting = rules_dump(), _waiting()
    known = {kind: rule for kind, rule in content.items() if here.get(kind) != rule and waiting.get(kind) != rule}
    if known and not decides_retention():
        raise ValidationError(
            "Des règles de conservation diffèrent : chargez ce fichier sous le compte de la direction du réseau, "
            "qui peut les proposer."
        )
    for kind, rule in known.items():
        row = RetentionKind.objects.filter(pk=kind).first()
        if row is None:
            raise ValidationError(f"Nature conservée inconnue ici : {kind}.")
        for version in _waiting_rows().filter(kind=row):
            rule_dismiss(rule=version)
        rule_propose(kind=row, **{name: rule[name] for name in FACTS})
    return len(known)


def _waiting_rows() -> QuerySet[RuleVersion]:
    return RuleVersion.objects.filter(in_force_at=None, dismissed_at=None)


def _waiting() -> dict[str, dict[str, Any]]:
    return {row.kind_id: _facts(row) for row in _waiting_rows()}


def _facts(row: RuleVersion) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FACTS}


def _kept(key: str) -> list[Version]:
    """Versions that two people signed; one that waits is on the page of retention."""
    rows = RuleVersion.objects.exclude(in_force_at=None).order_by("-in_force_at")
    rows = rows.filter(kind=key) if key else rows
    return [
        Version(str(row.pk), row.kind_id, _facts(row), row.in_force_at, row.direction_by_id, row.reason)
        for row in rows[:LONGEST]
        if row.in_force_at
    ]


def _name(key: str) -> str:
    kind = RetentionKind.objects.filter(pk=key).first()
    return f"{kind.label[0].upper()}{kind.label[1:]}" if kind else key


def _words(key: str, content: dict[str, Any]) -> dict[str, str]:
    texts = {"Durée": duration_words(content["months"]), "Raison": content["reason"]}
    if content["basis"]:
        state = "" if content["is_basis_verified"] else "à vérifier : "
        texts["Base légale"] = f"{state}{content['basis']}"
    return texts


def _origin(key: str) -> dict[str, Any] | None:
    kind = RetentionKind.objects.filter(pk=key).first()
    if kind is None:
        return None
    return {"months": kind.months, "reason": kind.reason, "basis": kind.basis, "is_basis_verified": False}


def _restore(key: str, content: dict[str, Any], reason: str, by: User) -> object:
    """Propose the rule again, with the reason that it had, which is what data protection reads."""
    return rule_propose(kind=RetentionKind.objects.get(pk=key), **content)


def _impact(key: str, content: dict[str, Any]) -> list[str]:
    kind = RetentionKind.objects.get(pk=key)
    then, now = simulate(kind, content["months"]), simulate(kind, rules_in_force()[key].months)
    return [
        f"Partiraient aujourd’hui : {then.now} ({now.now} avec la règle actuelle).",
        f"Partiraient d’ici au {then.until:%d/%m/%Y} : {then.later} ({now.later} avec la règle actuelle).",
        "Rien n’est effacé avant que deux personnes aient signé la règle, puis le lot.",
    ]
