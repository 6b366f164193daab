"""When an account that reads too much is slowed, and when it is stopped."""

from collections.abc import Mapping
from dataclasses import dataclass

PAUSE = 60
"""Seconds between two readings of an account that is slowed."""


@dataclass(frozen=True)
class Limits:
    """By measure, how many an hour tell the direction; and how many times that number slow, then stop."""

    told_at: Mapping[str, int]
    slowed_at: int
    stopped_at: int


@dataclass(frozen=True)
class Pace:
    """What one account did in the hour, or since it was last reopened, by measure."""

    counts: Mapping[str, int]
    slowed: Mapping[str, int]
    """Requests that the brake refused for this measure."""
    idle: float | None
    """Seconds since the last line that counts, those of the brake left out; None without one."""

    def wait(self, limits: Limits) -> int:
        """Return how many seconds this account must wait before it reads again; 0 when it may."""
        if self.idle is None or self.idle >= PAUSE or not self.past(limits):
            return 0
        return max(1, round(PAUSE - self.idle))

    def past(self, limits: Limits) -> list[str]:
        """Return the measures for which this account is slowed."""
        return [name for name, count in self.counts.items() if count >= limits.told_at[name] * limits.slowed_at]

    def over(self, limits: Limits) -> dict[str, int]:
        """Return the measures for which this account is stopped: what was refused to it counts as what was read."""
        tried = {name: count + self.slowed[name] for name, count in self.counts.items()}
        return {name: count for name, count in tried.items() if count >= limits.told_at[name] * limits.stopped_at}


@dataclass(frozen=True)
class Brake:
    """What holds an account back: it is stopped, or it waits some seconds."""

    is_stopped: bool
    wait: int
    measures: tuple[str, ...] = ()
