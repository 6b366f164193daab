"""How a capability tells those above what happens in it, without importing them."""

from collections.abc import Callable
from itertools import chain
from typing import Any


class Listeners:
    """Functions that capabilities above register in `apps.py`, called in the order in which they came."""

    def __init__(self) -> None:
        self._functions: list[Callable[..., Any]] = []

    def register(self, function: Callable[..., Any]) -> None:
        if function not in self._functions:
            self._functions.append(function)

    def tell(self, **what: Any) -> list[Any]:
        """Call each one, in the transaction of the caller; what one raises stops it. Return their answers."""
        return [function(**what) for function in self._functions]

    def ask(self, **what: Any) -> list[Any]:
        """Return the rows that they know, one list after the other."""
        return list(chain.from_iterable(self.tell(**what)))
