"""What may ring: each app makes its kinds known in `ready()`. Here an object is a kind and an id, nothing else."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Rungs = Sequence[Sequence[uuid.UUID]]


def _nobody(object_id: uuid.UUID) -> Rungs:
    return ()


@dataclass(frozen=True)
class RingKind:
    """`label` is what the page says (« demande d’accueil urgente »), `url` the page where the object is taken.

    `first` answers who is called before the persons on duty: a list of rungs, each a list of accounts. It runs as the
    system actor `notify`, which sees no row about a minor: it calls a function of the owner.
    """

    kind: str
    label: str
    url: Callable[[uuid.UUID], str]
    first: Callable[[uuid.UUID], Rungs] = _nobody


_kinds: dict[str, RingKind] = {}


def ring_kind_register(kind: RingKind) -> None:
    _kinds[kind.kind] = kind


def ring_kind(kind: str) -> RingKind:
    """Raises `KeyError` for a kind that no app made known."""
    return _kinds[kind]
