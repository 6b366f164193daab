"""Listeners, by which a capability notifies those above it without importing them."""

from collections.abc import Callable
from itertools import chain
from typing import Any


class Listeners:
    """Functions that the capabilities above register, called in the order of registration."""

    def __init__(self) -> None:
        self._functions: list[Callable[..., Any]] = []

    def register(self, function: Callable[..., Any]) -> None:
        if function not in self._functions:
            self._functions.append(function)

    def tell(self, **what: Any) -> list[Any]:
        """Call each function, in the transaction of the caller, which an exception stops. Return their answers."""
        return [function(**what) for function in self._functions]

    def ask(self, **what: Any) -> list[Any]:
        """Return the rows that the functions answer, one list after the other."""
        return list(chain.from_iterable(self.tell(**what)))
