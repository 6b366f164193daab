"""Lists of values and settings, as parts of the configuration."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from cms.journal.rows import row_clean
from cms.values.models import Value, ValueList
from cms.values.services import VALUE_FACTS, setting_change, value_change, value_create, value_facts
from cms.values.settings import setting_value, settings_all, settings_frozen

DAYS = ("active_from", "active_to")


def lists_dump() -> list[dict]:
    return [{"code": row.code, "label": row.label, "help": row.help} for row in ValueList.objects.order_by("code")]


def lists_load(content: list[dict], by: Any) -> int:
    changed = 0
    for item in content:
        row = ValueList.objects.filter(code=item["code"]).first() or ValueList(code=item["code"])
        if row._state.adding or (row.label, row.help) != (item["label"], item["help"]):
            row.label, row.help = item["label"], item["help"]
            row_clean(row)
            row.save()
            changed += 1
    return changed


def values_dump() -> list[dict]:
    values = Value.objects.order_by("list_id", "parent_id", "code")
    rows = sorted(values, key=lambda row: (row.list_id, row.parent_id is not None, row.code))
    return [{"list": row.list_id, "code": row.code, "is_core": row.is_core, **value_facts(row)} for row in rows]


def values_load(content: list[dict], by: Any) -> int:
    """Values of another instance are added or changed; none is taken away: rows may point at it."""
    known = {row.pk: row for row in Value.objects.all()}
    changed = 0
    for item in content:
        facts = {name: item[name] for name in VALUE_FACTS}
        row = known.get(f"{item['list']}:{item['code']}")
        if row is not None and value_facts(row) == facts:
            continue
        facts |= {name: dt.date.fromisoformat(facts[name]) for name in DAYS if facts[name]}
        if row is None:
            value_create(list_code=item["list"], code=item["code"], is_core=item["is_core"], **facts)
        else:
            value_change(value=row, **facts)
        changed += 1
    return changed


def settings_dump() -> dict[str, Any]:
    with settings_frozen():
        return {setting.key: setting_value(setting.key) for setting in settings_all()}


def settings_load(content: dict[str, Any], by: Any) -> int:
    known = {setting.key for setting in settings_all()}
    if unknown := set(content) - known:
        raise ValidationError(f"Réglages inconnus ici : {', '.join(sorted(unknown))}.")
    changed = {key: value for key, value in content.items() if setting_value(key) != value}
    for key, value in sorted(changed.items()):
        setting_change(key=key, value=value, changed_by_id=by.pk)
    return len(changed)
