"""Registry of settings: each app declares its own, the coordination changes them, every version is kept."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Setting:
    """A number, date or text that a rule reads. `unit` is shown beside it (days, hours, %); `least` and `most` bound a
    number; `is_day`: a day, kept in ISO.
    """

    key: str
    label: str
    default: Any
    unit: str = ""
    help: str = ""
    least: int = 0
    most: int | None = None
    is_day: bool = False


class SettingsSnapshot:
    """Every value in force, read from one query the first time that one is asked; `is_entered`: as the request began,
    without a query.
    """

    def __init__(self, *, is_entered: bool = False) -> None:
        self.is_entered = is_entered

    @cached_property
    def latest(self) -> Mapping[str, Any]:
        known = _readers[-1]() if self.is_entered and _readers else None
        return _latest() if known is None else known


@dataclass(frozen=True)
class SettingCount:
    """A number of things that run and that settings move: « séjours à corriger », worked out under any value."""

    label: str
    count: Callable[[], int]


_registry: dict[str, Setting] = {}
_counts: dict[str, list[SettingCount]] = {}
_still: dict[str, str] = {}
_readers: list[Callable[[], Mapping[str, Any] | None]] = []
_refusals: dict[str, Callable[[Any], str]] = {}
_frozen: ContextVar[SettingsSnapshot | None] = ContextVar("settings", default=None)
_supposed: ContextVar[dict[str, Any] | None] = ContextVar("settings_supposed", default=None)


def setting_register(
    key: str,
    label: str,
    default: Any,
    *,
    unit: str = "",
    help: str = "",
    least: int = 0,
    most: int | None = None,
    is_day: bool = False,
) -> Setting:
    """Declare a setting; the same key twice is a programming error."""
    if key in _registry:
        raise ValueError(f"Réglage déclaré deux fois : {key}")
    _registry[key] = Setting(key, label, default, unit, help, least, most, is_day)
    return _registry[key]


def settings_known_by(read: Callable[[], Mapping[str, Any] | None]) -> None:
    """Say what knows every value in force as the request began; it answers None when nobody asked."""
    _readers.append(read)


def settings_all() -> list[Setting]:
    return sorted(_registry.values(), key=lambda setting: setting.key)


def setting_refusal(key: str, value: Any) -> str:
    """Why a value may not be that of a setting, in a sentence; empty when it may."""
    setting = _registry[key]
    if setting.is_day:
        return "" if _is_day(value) else "Donnez un jour, par exemple 2025-01-01."
    if key in _refusals:
        return _refusals[key](value)
    if not isinstance(setting.default, int | float) or isinstance(setting.default, bool):
        return ""
    if value < setting.least:
        return f"La plus petite valeur possible est {setting.least}."
    return f"La plus grande valeur possible est {setting.most}." if setting.most and value > setting.most else ""


def _is_day(value: Any) -> bool:
    try:
        dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def setting_value(key: str) -> Any:
    """Return the value in force. Raise `KeyError` when no app declared the key."""
    return setting_values(key)[0]


def setting_values(*keys: str) -> list[Any]:
    """Several values in force, in the order asked, in one query. Raises `KeyError` for a key that no app declared."""
    frozen = _frozen.get()
    return setting_values_of(frozen.latest if frozen else _latest(key__in=keys), *keys)


def setting_values_of(latest: Mapping[str, Any], *keys: str) -> list[Any]:
    """Return the values in force from those that the caller read: `latest` lacks the keys that nobody changed."""
    known = {**latest, **(_supposed.get() or {})}
    return [known.get(setting.key, setting.default) for setting in (_registry[key] for key in keys)]


@contextmanager
def settings_frozen(*, is_entered: bool = False) -> Iterator[None]:
    """Inside the block every setting is read from one query: a report never mixes two values of one rule.

    `is_entered`: read as they stood when the request began, for a page that changes none. A block inside another
    reads what the first one read.
    """
    token = _frozen.set(_frozen.get() or SettingsSnapshot(is_entered=is_entered))
    try:
        yield
    finally:
        _frozen.reset(token)


def setting_counts_register(key: str, label: str, count: Callable[[], int]) -> None:
    """Say what a setting moves: `count` reads the setting as any rule does, today."""
    _counts.setdefault(key, []).append(SettingCount(label, count))


def setting_still_register(**sentences: str) -> None:
    """Say why a setting moves nothing that runs (by `**{key: sentence}`): from when it holds, and for what."""
    _still.update(sentences)


def setting_refusals_register(**refusals: Callable[[Any], str]) -> None:
    """Declare what says, in a sentence, why a text may not be the value of a setting (by `**{key: function}`)."""
    _refusals.update(refusals)


@contextmanager
def settings_supposed(**values: Any) -> Iterator[None]:
    """Inside the block, rules read these values (by `**{key: value}`): what would be, and nothing is written."""
    token = _supposed.set({**(_supposed.get() or {}), **values})
    try:
        yield
    finally:
        _supposed.reset(token)


def setting_impact(key: str, value: Any) -> list[str]:
    """Return what another value would move among what runs today, a sentence each; or why it moves nothing."""
    sentences = [_still[key]] if key in _still else []
    for counted in _counts.get(key, []):
        now = counted.count()
        with settings_supposed(**{key: value}):
            then = counted.count()
        sentences.append(moved_words(counted.label, now, then))
    return sentences


def moved_words(label: str, now: int, then: int) -> str:
    moved = "rien ne bouge" if now == then else f"{then - now:+d}"
    return f"{label} : {now} aujourd’hui, {then} avec ce changement ({moved})."


def _latest(**condition: Any) -> dict[str, Any]:
    # Apps declare their settings while they load: the model is asked for by name, once all are there.
    versions = apps.get_model("values.SettingVersion").objects.filter(**condition)
    return dict(versions.order_by("key", "-changed_at").distinct("key").values_list("key", "value"))
