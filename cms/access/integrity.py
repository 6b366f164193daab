"""Registry of integrity checks: each app registers its own, `manage.py verify` runs them."""

from collections.abc import Callable
from dataclasses import dataclass

from cms.access import scope


@dataclass(frozen=True)
class Check:
    """`function` answers one French sentence per problem, and an empty list when all is well."""

    name: str
    label: str
    function: Callable[[], list[str]]


_checks: dict[str, Check] = {}


def check_register(name: str, label: str, function: Callable[[], list[str]]) -> None:
    """Declare a check; the same name twice is a programming error."""
    if name in _checks:
        raise ValueError(f"Vérification déclarée deux fois : {name}")
    _checks[name] = Check(name, label, function)


def checks_all() -> list[Check]:
    return sorted(_checks.values(), key=lambda check: check.name)


def check_run(check: Check) -> list[str]:
    """Run a check over every row: a check under a partial scope would find nothing to say."""
    with scope.acting(scope.FIGURES):
        return check.function()
