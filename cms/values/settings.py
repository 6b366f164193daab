"""Registry of settings: each app declares its own, the coordination changes them, every version is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Setting:
    """A number, date or text that a rule reads. `unit` is shown beside it (days, hours, %); `least` and `most` bound a
    number.
    """

    key: str
    label: str
    default: Any
    unit: str = ""
    help: str = ""
    least: int = 0
    most: int | None = None


class Frozen:
    """Every value in force, read from one query the first time that one is asked."""

    @cached_property
    def latest(self) -> dict[str, Any]:
        return _latest()


_registry: dict[str, Setting] = {}
_frozen: ContextVar[Frozen | None] = ContextVar("settings", default=None)


def setting_register(
    key: str, label: str, default: Any, *, unit: str = "", help: str = "", least: int = 0, most: int | None = None
) -> Setting:
    """Declare a setting; the same key twice is a programming error."""
    if key in _registry:
        raise ValueError(f"Réglage déclaré deux fois : {key}")
    _registry[key] = Setting(key, label, default, unit, help, least, most)
    return _registry[key]


def settings_all() -> list[Setting]:
    return sorted(_registry.values(), key=lambda setting: setting.key)


def setting_refusal(key: str, value: Any) -> str:
    """Why a value may not be that of a setting, in a sentence; empty when it may."""
    setting = _registry[key]
    if not isinstance(setting.default, int | float) or isinstance(setting.default, bool):
        return ""
    if value < setting.least:
        return f"La plus petite valeur possible est {setting.least}."
    return f"La plus grande valeur possible est {setting.most}." if setting.most and value > setting.most else ""


def setting_value(key: str) -> Any:
    """The value in force. Raises `KeyError` when no app declared the key."""
    return setting_values(key)[0]


def setting_values(*keys: str) -> list[Any]:
    """Several values in force, in the order asked, in one query. Raises `KeyError` for a key that no app declared."""
    settings = [_registry[key] for key in keys]
    frozen = _frozen.get()
    latest = frozen.latest if frozen else _latest(key__in=keys)
    return [latest.get(setting.key, setting.default) for setting in settings]


@contextmanager
def settings_frozen() -> Iterator[None]:
    """Inside the block every setting is read from one query: a report never mixes two values of one rule."""
    token = _frozen.set(Frozen())
    try:
        yield
    finally:
        _frozen.reset(token)


def _latest(**condition: Any) -> dict[str, Any]:
    # Apps declare their settings while they load: the model is asked for by name, once all are there.
    versions = apps.get_model("values.SettingVersion").objects.filter(**condition)
    return dict(versions.order_by("key", "-changed_at").distinct("key").values_list("key", "value"))
