"""Files from a folder to a bucket, or back: each is read again where it arrived. It may be stopped and begun again."""

from collections.abc import Iterator
from dataclasses import dataclass

from cms.operations.trees import Tree, digest


@dataclass
class Moved:
    """What was found: already there, copied, and keys whose copy is not what stands at the source."""

    kept: int = 0
    copied: int = 0
    wrong: int = 0


def move(source: Tree, target: Tree) -> Iterator[Moved]:
    """Copy what is missing or different; give the count after each file. The source is left as it is.

    Raises `OSError`: what arrived stays, and the next run goes on from there.
    """
    moved = Moved()
    for key in source.names():
        there = digest(source, key)
        if there is None:  # removed since it was listed
            continue
        if digest(target, key) == there:
            moved.kept += 1
        else:
            with source.open(key) as body:
                target.put(key, body)
            is_same = digest(target, key) == there
            moved.copied += is_same
            moved.wrong += not is_same
        yield moved
