"""Loading lists of values, and writing settings."""

import datetime as dt
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.values.models import SettingVersion, Value, ValueList
from cms.values.settings import setting_refusal, setting_value
from cms.values.versions import version_keep

LISTS_FILE = Path(__file__).parent / "data" / "lists.json"
VALUE_FACTS = (
    "label",
    "parent_id",
    "legal_basis",
    "is_legal_basis_verified",
    "position",
    "active_from",
    "active_to",
    "extra",
)


@transaction.atomic
def values_load(path: Path = LISTS_FILE) -> int:
    """Add the missing values, and leave what the coordination has changed. Return how many were added."""
    known = set(Value.objects.values_list("id", flat=True))
    added = []
    for content in json.loads(path.read_text())["lists"]:
        ValueList.objects.get_or_create(
            code=content["code"], defaults={"label": content["label"], "help": content.get("help", "")}
        )
        items = sorted(enumerate(content["items"]), key=lambda pair: bool(pair[1].get("parent")))
        added += [
            _value(content["code"], position, item)
            for position, item in items
            if f"{content['code']}:{item['code']}" not in known
        ]
    Value.objects.bulk_create(added)
    return len(added)


def _value(list_code: str, position: int, item: dict) -> Value:
    parent = item.get("parent")
    return Value(
        id=f"{list_code}:{item['code']}",
        list_id=list_code,
        code=item["code"],
        label=item["label"],
        parent_id=f"{list_code}:{parent}" if parent else None,
        legal_basis=item.get("legal_basis", ""),
        is_legal_basis_verified=item.get("is_legal_basis_verified", False),
        is_core=item.get("is_core", False),
        position=position,
        extra=item.get("extra", {}),
    )


def value_facts(value: Value) -> dict[str, Any]:
    """Return what may change of a value, days in ISO: the content of its versions and of its configuration line."""
    facts = {name: getattr(value, name) for name in VALUE_FACTS}
    return {name: fact.isoformat() if isinstance(fact, dt.date) else fact for name, fact in facts.items()}


@transaction.atomic
def setting_change(*, key: str, value: Any, changed_by_id: UUID | None, reason: str = "") -> SettingVersion:
    """Put a new version of a setting in force. Raises `ValidationError` for a number out of its bounds."""
    if refusal := setting_refusal(key, value):
        raise ValidationError({"value": refusal})
    before = setting_value(key)
    version = SettingVersion.objects.create(key=key, value=value, changed_by_id=changed_by_id, reason=reason)
    journal_append(action="values.setting.change", details={key: [before, value]})
    return version


@transaction.atomic
def value_create(*, list_code: str, code: str, label: str, position: int = 0, **facts: Any) -> Value:
    """Add a value to a list. Its key is made of the list and the code, and never changes."""
    value = Value(id=f"{list_code}:{code}", list_id=list_code, code=code, label=label, position=position, **facts)
    row_clean(value)
    value.save(force_insert=True)
    version_keep(part="values", key=value.pk, before=None, after=value_facts(value))
    journal_append(action="values.value.create", details={"value": value.pk})
    return value


@transaction.atomic
def value_change(*, value: Value, reason: str = "", **facts: Any) -> Value:
    """Change the label, the order, the legal basis or the dates of a value: neither its list nor its code.

    Raises `ValidationError` when a value that the calculations rely on would be retired.
    """
    known = Value.objects.get(pk=value.pk)  # a form has already put its answers on the row that it was given
    before = {name: getattr(known, name) for name in facts}
    for name, new in facts.items():
        setattr(value, name, new)
    row_clean(value)
    value.save(update_fields=list(facts))
    version_keep(part="values", key=value.pk, before=value_facts(known), after=value_facts(value), reason=reason)
    journal_append(action="values.value.change", details={"value": value.pk, **changes(before, facts, facts)})
    return value
