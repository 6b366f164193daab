"""Registry of settings: each app declares its own, the coordination changes them, every version is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Setting:
    """A number, date or text that a rule reads. `unit` is shown beside it (days, hours, %)."""

    key: str
    label: str
    default: Any
    unit: str = ""
    help: str = ""


_registry: dict[str, Setting] = {}
_frozen: ContextVar[dict[str, Any] | None] = ContextVar("settings", default=None)


def setting_register(key: str, label: str, default: Any, *, unit: str = "", help: str = "") -> Setting:
    """Declare a setting; the same key twice is a programming error."""
    if key in _registry:
        raise ValueError(f"Réglage déclaré deux fois : {key}")
    _registry[key] = Setting(key, label, default, unit, help)
    return _registry[key]


def settings_all() -> list[Setting]:
    return sorted(_registry.values(), key=lambda setting: setting.key)


def setting_value(key: str) -> Any:
    """The value in force. Raises `KeyError` when no app declared the key."""
    setting = _registry[key]
    # Apps declare their settings while they load: the model is asked for by name, once all are there.
    version = (
        apps.get_model("values.SettingVersion")
        .objects.filter(key=key)
        .order_by("-changed_at")
        .values_list("value", flat=True)
        .first()
    )
    return setting.default if version is None else version


def setting_values(*keys: str) -> list[Any]:
    """Several values in force, in the order asked, in one query. Raises `KeyError` for a key that no app declared."""
    settings = [_registry[key] for key in keys]
    versions = apps.get_model("values.SettingVersion").objects.filter(key__in=keys)
    latest = dict(versions.order_by("key", "-changed_at").distinct("key").values_list("key", "value"))
    return [latest.get(setting.key, setting.default) for setting in settings]


@contextmanager
def settings_frozen() -> Iterator[None]:
    """Inside the block every setting is read from one query: a report never mixes two values of one rule."""
    latest = SettingVersion.objects.order_by("key", "-changed_at").distinct("key")
    token = _frozen.set(dict(latest.values_list("key", "value")))
    try:
        yield
    finally:
        _frozen.reset(token)
