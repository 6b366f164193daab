"""Modules that answer to an exigence. The curriculum stands above: it gives, in `ready()`, what its codes lead to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Module:
    code: str
    title: str
    url: str


Resolver = Callable[[Sequence[str]], list[Module]]
_resolvers: list[Resolver] = []


def modules_register(resolve: Resolver) -> None:
    """`resolve` answers, in its own order, the modules in force among these codes; the others are left out."""
    _resolvers.append(resolve)


def modules_of(codes: Sequence[str]) -> dict[str, Module]:
    """Modules in force among these codes, by code."""
    if not codes:
        return {}
    return {module.code: module for resolve in _resolvers for module in resolve(codes)}
