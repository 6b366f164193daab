"""Anchors: the last line of the chain, kept outside the database from day to day.

A chain alone does not show that its end was cut, nor that its owner wrote it all again. Anchors do.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.journal.services import acting_as_journal


class AnchorError(Exception):
    """The file of anchors cannot be read; the message says at which line."""


@dataclass(frozen=True)
class Anchor:
    """The last sealed line at a moment: its rank, its hash, and how many sealed lines the journal held."""

    at: datetime
    seq: int
    hash: bytes
    count: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.seq} {self.hash.hex()} {self.count}"


def anchor_now() -> Anchor | None:
    """Return what the journal holds now; `None` while no line is sealed."""
    with acting_as_journal():
        sealed = JournalLine.objects.sealed()
        last = sealed.order_by("-seq").values_list("seq", "hash").first()
        if last is None:
            return None
        return Anchor(timezone.now(), last[0], bytes(last[1]), sealed.count())


def anchor_write(anchor: Anchor) -> bool:
    """Add an anchor at the end of `settings.HAVRE_ANCHORS`, down to the disk; False when no file is set."""
    if not settings.HAVRE_ANCHORS:
        return False
    descriptor = os.open(settings.HAVRE_ANCHORS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{anchor}\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def anchors_read() -> list[Anchor]:
    """Anchors of the file, empty when none is set or written yet. Raises `AnchorError` for a line that is not one."""
    if not settings.HAVRE_ANCHORS or not Path(settings.HAVRE_ANCHORS).exists():
        return []
    lines = Path(settings.HAVRE_ANCHORS).read_text(encoding="utf-8", errors="replace").splitlines()
    return [_anchor(rank, line) for rank, line in enumerate(lines, start=1)]


def _anchor(rank: int, line: str) -> Anchor:
    try:
        at, seq, digest, count = line.split()
        return Anchor(datetime.fromisoformat(at), int(seq), bytes.fromhex(digest), int(count))
    except ValueError:
        raise AnchorError(f"fichier des ancres, ligne {rank} : elle est illisible ou a été modifiée") from None
