"""Modules of training that answer to an exigence. The curriculum, an app above, registers how to read them."""

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
    """Register `resolve`, which returns in its own order the modules in force among some codes."""
    _resolvers.append(resolve)


def modules_of(codes: Sequence[str]) -> dict[str, Module]:
    """Return the modules in force among these codes, by code."""
    if not codes:
        return {}
    return {module.code: module for resolve in _resolvers for module in resolve(codes)}
