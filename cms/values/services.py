"""Loading lists of values, and writing settings."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from cms.journal.services import journal_append
from cms.values.models import SettingVersion, Value, ValueList
from cms.values.settings import setting_value

LISTS_FILE = Path(__file__).parent / "data" / "lists.json"


@transaction.atomic
def values_load(path: Path = LISTS_FILE) -> int:
    """Add the missing values, and leave what the coordination has changed. Answers how many were added."""
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


@transaction.atomic
def setting_change(*, key: str, value: Any, changed_by_id: UUID | None) -> SettingVersion:
    """Put a new version of a setting in force."""
    before = setting_value(key)
    version = SettingVersion.objects.create(key=key, value=value, changed_by_id=changed_by_id)
    journal_append(action="values.setting.change", details={key: [before, value]})
    return version
