import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from cms.journal.models import JournalLine
from cms.journal.services import acting_as_journal

FIRST_HASH = bytes(32)


@dataclass(frozen=True)
class Problem:
    """A break in the chain: the rank of the line where it shows, and what is wrong with it."""

    seq: int
    what: str

    def __str__(self) -> str:
        return f"ligne {self.seq} : {self.what}"


def verify_journal() -> Iterator[Problem]:
    """Walk the chain of sealed lines from the first one and yield each break.

    A hash is SHA-256 of the previous hash followed by the canonical text of the line. It is computed here, from that
    text, and not by the function that sealed it. The walk acts as the journal: the caller's scope hides nothing.
    """
    with acting_as_journal():
        lines = (
            JournalLine.objects.sealed()
            .annotate(canonical=RawSQL("journal_canonical(journal_line)", (), output_field=TextField()))
            .order_by("seq", "id")
            .values_list("seq", "previous_hash", "hash", "canonical")
        )
        last_seq, last_hash = 0, FIRST_HASH
        for seq, previous_hash, line_hash, canonical in lines.iterator(chunk_size=2000):
            previous_hash, line_hash = bytes(previous_hash), bytes(line_hash)
            if seq != last_seq + 1:
                yield Problem(seq, f"le rang {last_seq + 1} était attendu, des lignes manquent ou se répètent")
            elif previous_hash != last_hash:
                yield Problem(seq, "elle ne suit pas la ligne précédente")
            if line_hash != hashlib.sha256(previous_hash + canonical.encode()).digest():
                yield Problem(seq, "son contenu a été modifié après avoir été scellé")
            last_seq, last_hash = seq, line_hash


def check() -> list[str]:
    """Integrity check for `manage.py verify`: one French sentence per problem, an empty list when all is well."""
    return [str(problem) for problem in verify_journal()]
