"""What the coordination may edit here: lists of values, authorities, settings."""

import datetime as dt
from typing import Any

from django.urls import reverse

from cms.configuration.admin.authorities import authority_impact
from cms.territory.enums import AseKind, Portion
from cms.territory.models import AseAuthority
from cms.territory.services import PART as AUTHORITIES, ase_authority_facts, ase_authority_put
from cms.users.models import User
from cms.values.config import REASON, config_register
from cms.values.editable import LONGEST, Editable, Trail, Version, editable_register, kept_of_part
from cms.values.models import SettingVersion, Value
from cms.values.services import setting_change, value_change
from cms.values.settings import Setting, setting_impact, settings_all
from cms.values.usage import usage_sentence

LABELS = {
    "label": "Libellé",
    "parent_id": "Valeur de rattachement",
    "legal_basis": "Base légale",
    "is_legal_basis_verified": "Base légale vérifiée",
    "position": "Ordre",
    "active_from": "Active du",
    "active_to": "Active jusqu’au",
    "extra": "Précisions",
}


def register() -> None:
    config_register(AUTHORITIES, "Autorités chargées de l’ASE", authorities_dump, authorities_load, order=12)
    editable_register(
        _values_editable(),
        _authorities_editable(),
        _settings_editable(),
        Editable(
            code="questionnaires",
            label="Questionnaires de formation",
            effect="Les questions posées avant et après une session : elles se rédigent dans la page du module et se "
            "figent avec sa version.",
            url=lambda: reverse("wagtailadmin_explore_root"),
            group="Formulaires et listes",
            order=18,
            is_open=manages,
            not_in_file="Elles font partie du texte publié d’un module, qui a ses propres versions.",
        ),
    )


def _values_editable() -> Editable:
    return Editable(
        code="values",
        label="Listes de valeurs",
        effect="Les choix des formulaires : natures, motifs, urgences, types d’incident, autorités à prévenir et "
        "leurs règles.",
        url=lambda: reverse("values_value:list"),
        group="Formulaires et listes",
        order=10,
        is_open=manages,
        trail=Trail(
            kept=kept_of_part("values"),
            name=_value_name,
            words=_value_words,
            restore=_value_restore,
            impact=lambda key, content: [usage_sentence(Value.objects.get(pk=key))],
        ),
        part="values",
        models=("values.Value", "values.ValueList"),
    )


def _authorities_editable() -> Editable:
    return Editable(
        code="ase-authorities",
        label="Autorités chargées de l’ASE",
        effect="Le nom de chacune, les départements qu’elle couvre et les jours où elle est compétente : les "
        "indicateurs 4 et 5 en dépendent.",
        url=lambda: reverse("havre_authorities:index"),
        group="Formulaires et listes",
        order=11,
        is_open=manages,
        trail=Trail(
            kept=kept_of_part(AUTHORITIES),
            name=_authority_name,
            words=_authority_words,
            restore=lambda key, content, reason, by: ase_authority_put(code=key, content=content, reason=reason),
            impact=lambda key, content: authority_impact(key, content),
        ),
        part=AUTHORITIES,
        models=("territory.AseAuthority", "territory.AseAuthorityName", "territory.AseCoverage"),
    )


def _settings_editable() -> Editable:
    return Editable(
        code="settings",
        label="Délais et seuils",
        effect="Les délais, les relances, les seuils, le début de la convention, l’astreinte et ses appels.",
        url=lambda: reverse("havre_settings:index"),
        group="Délais et messages",
        order=20,
        is_open=manages,
        trail=Trail(
            kept=_settings_kept,
            name=_setting_name,
            words=_setting_words,
            restore=lambda key, content, reason, by: setting_change(
                key=key, value=content, changed_by_id=by.pk, reason=reason
            ),
            origin=_setting_default,
            impact=setting_impact,
        ),
        part="settings",
        models=("values.SettingVersion",),
    )


def authorities_dump() -> dict[str, Any]:
    rows = AseAuthority.objects.prefetch_related("names", "coverages").order_by("pk")
    return {row.pk: ase_authority_facts(row) for row in rows}


def authorities_load(content: dict[str, Any], by: User) -> int:
    """Load the authorities of the file: those that give a territory up come before those that take it."""
    here = authorities_dump()
    changed = {code: facts for code, facts in content.items() if here.get(code) != facts}
    held = {code: {place for place, _ in here.get(code, {}).get("coverages", [])} for code in changed}
    for code in sorted(changed, key=lambda code: (not held[code] - _places(changed[code]), code)):
        ase_authority_put(code=code, content=changed[code], reason=REASON)
    return len(changed)


def _places(facts: dict[str, Any]) -> set[str]:
    return {place for place, _ in facts["coverages"]}


def _authority_name(key: str) -> str:
    row = AseAuthority.objects.prefetch_related("names").filter(pk=key).first()
    return row.name if row else key


def _authority_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    names = (
        " ".join([name, *([f"depuis le {since}"] if since else []), *([f"jusqu’au {until}"] if until else [])])
        for name, since, until in content["names"]
    )
    parts = {Portion.ENTIER.value: "", Portion.PARTIEL.value: " (en partie)"}
    return {
        "Nature": AseKind(content["kind"]).label,
        "Noms": " ; ".join(names),
        "Départements": ", ".join(f"{place}{parts[portion]}" for place, portion in content["coverages"]),
        "Compétente depuis le": content["active_from"] or "",
        "Compétente jusqu’au": content["active_to"] or "",
    }


def manages(user: User) -> bool:
    return user.has_perm("values.change_value")


def _setting(key: str) -> Setting | None:
    return next((setting for setting in settings_all() if setting.key == key), None)


def value_text(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return "" if value is None else str(value)


def _settings_kept(key: str) -> list[Version]:
    rows = SettingVersion.objects.order_by("-changed_at", "-id")
    rows = rows.filter(key=key) if key else rows
    return [
        Version(str(row.pk), row.key, row.value, row.changed_at, row.changed_by_id, row.reason)
        for row in rows[:LONGEST]
    ]


def _setting_name(key: str) -> str:
    setting = _setting(key)
    return setting.label if setting else key


def _setting_default(key: str) -> Any:
    setting = _setting(key)
    return setting.default if setting else None


def _setting_words(key: str, content: Any) -> dict[str, str]:
    setting = _setting(key)
    return {"Valeur": f"{value_text(content)} {setting.unit}".strip() if setting else value_text(content)}


def _value_name(key: str) -> str:
    value = Value.objects.select_related("list").filter(pk=key).first()
    return f"{value.list} – {value.label}" if value else key


def _value_words(key: str, content: dict[str, Any]) -> dict[str, str]:
    return {
        label: value_text(content.get(name))
        for name, label in LABELS.items()
        if content.get(name) not in (None, "", {})
    }


def _value_restore(key: str, content: dict[str, Any], reason: str, by: User) -> Value:
    days = {name: dt.date.fromisoformat(content[name]) for name in ("active_from", "active_to") if content[name]}
    return value_change(value=Value.objects.get(pk=key), reason=reason, **{**content, **days})
