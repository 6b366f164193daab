"""Registry of integrity checks: each app registers its own, `manage.py verify` runs them."""

from collections.abc import Callable
from dataclasses import dataclass

from cms.wall import scope


@dataclass(frozen=True)
class Check:
    """`function` answers one French sentence per problem, and an empty list when all is well.

    `summary`, when there is one, says in a sentence what was looked at.
    """

    name: str
    label: str
    function: Callable[[], list[str]]
    summary: Callable[[], str] | None = None


_checks: dict[str, Check] = {}


def check_register(
    name: str, label: str, function: Callable[[], list[str]], summary: Callable[[], str] | None = None
) -> None:
    """Declare a check; the same name twice is a programming error."""
    if name in _checks:
        raise ValueError(f"Vérification déclarée deux fois : {name}")
    _checks[name] = Check(name, label, function, summary)


def checks_all() -> list[Check]:
    return sorted(_checks.values(), key=lambda check: check.name)


def check_run(check: Check) -> list[str]:
    """Run a check over every row: a check under a partial scope would find nothing to say."""
    with scope.acting(scope.FIGURES):
        return check.function()


def check_summary(check: Check) -> str:
    """Describe what the check looked at, over every row; empty when it has nothing to say."""
    if check.summary is None:
        return ""
    with scope.acting(scope.FIGURES):
        return check.summary()
