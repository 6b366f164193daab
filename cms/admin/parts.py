"""What a capability adds to the file of another, declared once: reads, facts, blocks, next step."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.db.models.expressions import Combinable

from cms.kit.blocks import Facts, Listing

Blocks = list[Facts | Listing]


@dataclass(frozen=True)
class FilePart:
    """A part of a file. Whatever takes a `row` is given that of the file, with what every part reads."""

    order: int = 0
    """Place of its facts and blocks among those that several capabilities declare on one file."""
    annotations: Callable[[], Mapping[str, Combinable]] | None = None
    """What is read inside the query of the row: a file has a budget of queries."""
    prefetch: Callable[[], Sequence[Prefetch]] | None = None
    """Rows that several parts show, read once."""
    facts: Callable[[Any], list[tuple[str, Any]]] | None = None
    blocks: Callable[[Any], Blocks] | None = None
    tab: str = ""
    """The tab under which its blocks stand, unless a block names its own; the first one when nothing is said."""
    next_step: Callable[[Any], str] | None = None
    """What to do now, in a sentence; empty when this part waits for nothing. The last part that answers is heard."""


_registered: dict[type[Model], list[FilePart]] = defaultdict(list)


def register_parts(model: type[Model], *parts: FilePart) -> None:
    """Put parts in the files of `model` from a capability that its viewset does not know."""
    _registered[model] += parts


def parts_on(model: type[Model], own: Iterable[FilePart] = ()) -> list[FilePart]:
    """Return the parts of a file and those registered on its model, in the order in which they are shown."""
    return sorted([*own, *_registered[model]], key=lambda part: part.order)


def parts_read(rows: QuerySet[Any], parts: Iterable[FilePart]) -> QuerySet[Any]:
    """Return `rows` with what the parts show of each."""
    for part in parts:
        if part.annotations:
            rows = rows.annotate(**part.annotations())
        if part.prefetch:
            rows = rows.prefetch_related(*part.prefetch())
    return rows


def facts_of(parts: Iterable[FilePart], row: Model) -> list[tuple[str, Any]]:
    return [fact for part in parts if part.facts for fact in part.facts(row)]


def blocks_of(parts: Iterable[FilePart], row: Model) -> Blocks:
    return [under(part.tab, block) for part in parts if part.blocks for block in part.blocks(row)]


def under(tab: str, block: Facts | Listing) -> Facts | Listing:
    """Return the block under this tab, unless it names its own."""
    return block if block.tab or not tab else replace(block, tab=tab)


def next_step_of(parts: Sequence[FilePart], row: Model) -> str:
    """Return what the part that is furthest along says to do, empty when none says anything."""
    sentences = (part.next_step(row) for part in reversed(parts) if part.next_step)
    return next((sentence for sentence in sentences if sentence), "")
