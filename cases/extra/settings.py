"""Added fields among the settings of the coordination."""

from functools import partial
from typing import Any

from django.urls import reverse

from cases.common.settings import open_to_managers
from cases.extra.enums import ExtraAudience, ExtraTarget
from cases.extra.models import ExtraField
from cases.extra.selectors import columns_added, requirement_waiting
from cases.extra.services import (
    FACTS,
    extra_field_change,
    extra_field_create,
    extra_field_retire,
    extra_require_ask,
    extra_require_lift,
    extra_unseal_ask,
    field_facts,
)
from cms.columns.rules.columns import added_register
from cms.users.models import User
from cms.values.config import REASON, config_register
from cms.values.editable import Editable, Trail, editable_register, kept_of_part


def register() -> None:
    editable_register(_extra())
    for target in ExtraTarget:
        added_register(target.value, partial(columns_added, target.value))
    config_register("extra_fields", "Champs ajoutés", extra_dump, extra_put, order=34)


def _extra() -> Editable:
    return Editable(
        code="extra-fields",
        label="Champs ajoutés",
        effect="Les questions que le réseau pose en plus, sur une demande ou une situation ; sous scellé et "
        "facultatives, sauf accord de deux personnes.",
        url=lambda: reverse("havre_extra:index"),
        group="Formulaires et listes",
        order=12,
        is_open=open_to_managers,
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
    """Restore what is asked. The seal, the compulsory answer and the retirement have their own actions."""
    field = ExtraField.objects.get(code=key)
    return extra_field_change(field=field, by=by, reason=reason, **{name: content[name] for name in FACTS})


def extra_dump() -> list[dict[str, Any]]:
    return [field_facts(field) for field in ExtraField.objects.order_by("code")]


def extra_put(content: list[dict[str, Any]], by: Any) -> int:
    """Import the fields of a configuration file. Until another person agrees, a clear one stays sealed, and a
    compulsory one may be left empty.
    """
    return sum(_extra_put(item, ExtraField.objects.filter(code=item["code"]).first(), by) for item in content)


def _extra_put(item: dict[str, Any], field: ExtraField | None, by: Any) -> bool:
    facts = {name: item[name] for name in FACTS}
    is_new = field is None
    if field is None:
        key = {name: item[name] for name in ("target", "code", "kind")}
        field = extra_field_create(by=by, reason=REASON, **key, **facts)
    is_facts_changed = not is_new and {name: getattr(field, name) for name in FACTS} != facts
    is_changed = is_new or is_facts_changed
    if field.is_required and not item["is_required"]:
        field, is_changed = extra_require_lift(field=field, by=by, reason=REASON), True
    if is_facts_changed:
        field = extra_field_change(field=field, by=by, reason=REASON, **facts)
    if item["is_retired"] and not field.retired_on:
        field, is_changed = extra_field_retire(field=field, by=by, reason=REASON), True
    if not item["is_sealed"] and field.is_sealed and not field.is_waiting:
        extra_unseal_ask(field=field, by=by, reason=REASON)
        is_changed = True
    return _required_put(item, field, by) or is_changed


def _required_put(item: dict[str, Any], field: ExtraField, by: Any) -> bool:
    """Ask that a field be compulsory when the file says so: nothing is, until another person agrees here."""
    if not item["is_required"] or item["is_retired"] or field.is_required or requirement_waiting(field):
        return False
    extra_require_ask(field=field, by=by, reason=REASON)
    return True
