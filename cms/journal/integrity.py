import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from cms.journal.anchors import Anchor, AnchorError, anchors_read
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


def verify_anchors(anchors: Iterable[Anchor]) -> Iterator[Problem]:
    """Yield what the anchors kept outside deny: a chain written again, or cut at its end."""
    by_seq = {anchor.seq: anchor for anchor in anchors}
    with acting_as_journal():
        sealed = JournalLine.objects.sealed()
        last = sealed.order_by("-seq").values_list("seq", flat=True).first() or 0
        found = {seq: bytes(digest) for seq, digest in sealed.filter(seq__in=by_seq).values_list("seq", "hash")}
    for seq, anchor in sorted(by_seq.items()):
        day = anchor.at.strftime("%d/%m/%Y")
        if seq > last:
            yield Problem(last + 1, f"la fin du journal manque, l’ancre du {day} atteste la ligne {seq}")
            return
        if seq in found and found[seq] != anchor.hash:
            yield Problem(seq, f"son empreinte n’est pas celle de l’ancre du {day}, le journal a été réécrit")


def check() -> list[str]:
    """Integrity check for `manage.py verify`: one French sentence per problem, an empty list when all is well."""
    problems = [str(problem) for problem in verify_journal()]
    try:
        return problems + [str(problem) for problem in verify_anchors(anchors_read())]
    except AnchorError as error:
        return [*problems, str(error)]
