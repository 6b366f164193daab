"""What opens more, and what narrows."""

from collections.abc import Collection
from dataclasses import dataclass

from cms.documents.enums import VisibilityLevel

RANK = {level.value: rank for rank, level in enumerate(reversed(VisibilityLevel))}


@dataclass(frozen=True)
class Reach:
    """How far something is read. `roles`: for « certains métiers »; `with_older`: earlier versions as well."""

    level: str
    roles: frozenset[str] = frozenset()
    with_older: bool = False

    def widens(self, before: "Reach") -> bool:
        """Say whether somebody reads what they did not read `before`, as `visibility_widens` of the wall."""
        if RANK[self.level] != RANK[before.level]:
            return RANK[self.level] > RANK[before.level]
        return self.with_older and not before.with_older or not self.roles <= before.roles


def within(reach: Reach, above: Collection[Reach]) -> bool:
    """Say whether a page reads no further than the pages above it."""
    return not any(Reach(reach.level, reach.roles).widens(Reach(one.level, one.roles)) for one in above)
