"""What may ring: each app makes its kinds known in `ready()`. Here an object is a kind and an id, nothing else."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cms.users.models import User

Rungs = Sequence[Sequence[uuid.UUID]]


@dataclass(frozen=True)
class Plan:
    """How one object rings. `first` is called before the persons on duty and `last` after them: rungs, each a list of
    accounts. The delays are in minutes; `None` is the setting of the network. Nobody is called before `not_before`.

    What rings outside the network does not wake those on duty (`has_rota`), goes round so many times (`rounds`), and
    falls silent once somebody called has opened the page (`stops_when_opened`). `phones` gives the number of those
    whom it names, empty for none; the others are called at the number of their duty or of their account.
    """

    first: Rungs = ()
    last: Rungs = ()
    answer_minutes: int | None = None
    take_minutes: int | None = None
    not_before: dt.datetime | None = None
    has_rota: bool = True
    rounds: int | None = None
    stops_when_opened: bool = False
    phones: Mapping[uuid.UUID, str] = field(default_factory=dict)


def _ordinary(object_id: uuid.UUID) -> Plan:
    return Plan()


def _silent(object_id: uuid.UUID) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class RingKind:
    """`label` is what the page says (« demande d’accueil urgente »), `url` the page where the one who reads may open
    the object, empty when it is not theirs to open. `words` are sentences about the object, for whoever was called.

    `take` takes the object, and with it the call, in one transaction; it answers whether the object was still free.
    Without it, the object is taken on its own page.

    `plan` runs as the system actor `notify`, which sees no row about a minor: it calls a function of the owner.
    """

    kind: str
    label: str
    url: Callable[[uuid.UUID], str]
    plan: Callable[[uuid.UUID], Plan] = _ordinary
    words: Callable[[uuid.UUID], Sequence[str]] = _silent
    take: Callable[[uuid.UUID, User], bool] | None = None
    link: Callable[[uuid.UUID], str] | None = None
    """Where the message leads, when that is not the page of the call; behind sign-in in either case."""
    is_information: bool = False
    """Nothing is to be taken afterwards: « Je prends l’appel » ends the ring."""
    rings_network: bool = True
    """False for what rings in a structure: those on duty are told of its silence, they are not called first."""


_kinds: dict[str, RingKind] = {}


def ring_kind_register(kind: RingKind) -> None:
    _kinds[kind.kind] = kind


def ring_kind(kind: str) -> RingKind:
    """Return a kind of ring. Raises `KeyError` for a kind that no app registered."""
    return _kinds[kind]
