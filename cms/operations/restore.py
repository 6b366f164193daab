"""What must be done again in a database that was just restored: each app registers its own, `restore` runs them."""

from collections.abc import Callable

_steps: list[Callable[[], str]] = []


def after_restore_register(step: Callable[[], str]) -> None:
    """`step` runs under the owner's connection before the checks; it answers a sentence, or nothing."""
    _steps.append(step)


def after_restore() -> list[str]:
    return [sentence for step in _steps if (sentence := step())]
