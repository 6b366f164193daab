import datetime as dt
import hashlib
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Min, Q, TextField
from django.db.models.expressions import RawSQL

from cms.journal.anchors import Anchor, AnchorError, anchors_read
from cms.journal.models import JournalCut, JournalLine, JournalMonth
from cms.journal.services import acting_as_journal

FIRST_HASH = bytes(32)


@dataclass(frozen=True)
class Problem:
    """A break in the chain: the rank of the line where it shows, and what is wrong with it."""

    seq: int
    what: str

    def __str__(self) -> str:
        return f"ligne {self.seq} : {self.what}"


@dataclass(frozen=True)
class Link:
    """A piece of the chain: one line, or the run of lines that left with their month."""

    first_seq: int
    last_seq: int
    previous_hash: bytes
    hash: bytes
    canonical: str = ""


def verify_journal() -> Iterator[Problem]:
    """Walk the chain of sealed lines from the first one and yield each break.

    A hash is SHA-256 of the previous hash followed by the canonical text of the line. It is computed here, from that
    text, and not by the function that sealed it. What was kept of lines that left with their month stands in their
    place. The walk acts as the journal: the caller's scope hides nothing.
    """
    with acting_as_journal():
        last_seq, last_hash = 0, FIRST_HASH
        for link in _links():
            if link.first_seq != last_seq + 1:
                yield Problem(
                    link.first_seq, f"le rang {last_seq + 1} était attendu, des lignes manquent ou se répètent"
                )
            elif link.previous_hash != last_hash:
                yield Problem(link.first_seq, "elle ne suit pas la ligne précédente")
            if link.canonical and link.hash != hashlib.sha256(link.previous_hash + link.canonical.encode()).digest():
                yield Problem(link.first_seq, "son contenu a été modifié après avoir été scellé")
            last_seq, last_hash = link.last_seq, link.hash


def _links() -> Iterator[Link]:
    """Lines and runs of dropped lines, merged by rank: runs are few, and lines are read as they come."""
    lines = (
        JournalLine.objects.sealed()
        .annotate(canonical=RawSQL("journal_canonical(journal_line)", (), output_field=TextField()))
        .order_by("seq", "id")
        .values_list("seq", "previous_hash", "hash", "canonical")
    )
    read = (
        Link(seq, seq, bytes(previous_hash), bytes(line_hash), canonical)
        for seq, previous_hash, line_hash, canonical in lines.iterator(chunk_size=2000)
    )
    cuts = [
        Link(first, last, bytes(previous_hash), bytes(cut_hash))
        for first, last, previous_hash, cut_hash in JournalCut.objects.order_by("first_seq").values_list(
            "first_seq", "last_seq", "previous_hash", "hash"
        )
    ]
    return heapq.merge(cuts, read, key=lambda link: link.first_seq)


def verify_months() -> Iterator[str]:
    """Yield the months that left without what allows it: two people, and the lines of the journal that say so.

    Those lines leave in their turn; while they are there, they must agree with what was kept of the month.
    """
    with acting_as_journal():
        first_day = JournalLine.objects.aggregate(first=Min("at"))["first"]
        for month in JournalMonth.objects.filter(Q(dropped_at__isnull=False) | Q(cuts__isnull=False)).distinct():
            if fault := _month_fault(month, first_day):
                yield f"mois {month} : {fault}"


def _month_fault(month: JournalMonth, first_day: dt.datetime | None) -> str:
    two_people = {month.direction_by_id, month.dpo_by_id} - {None}
    if month.dropped_at is None or len(two_people) != 2:
        return "ses lignes ont été retirées sans l’accord de deux personnes"
    given = [moment for moment in (month.direction_at, month.dpo_at) if moment]
    if first_day is None or min(given) < first_day:
        return ""
    lines = JournalLine.objects.about("journal_month", month.pk)
    approvers = set(lines.filter(action="journal.month.approve").values_list("actor_id", flat=True))
    if approvers != two_people:
        return "le journal ne porte pas l’accord des deux personnes"
    expected = [[cut.first_seq, cut.last_seq, bytes(cut.hash).hex()] for cut in month.cuts.order_by("first_seq")]
    recorded = [line.details.get("cuts") for line in lines.filter(action="journal.month.drop")]
    return "" if recorded == [expected] else "ce qui en est gardé n’est pas ce que le journal a noté en le retirant"


def verify_anchors(anchors: Iterable[Anchor]) -> Iterator[Problem]:
    """Yield what the anchors kept outside deny: a chain written again, or cut at its end."""
    by_seq = {anchor.seq: anchor for anchor in anchors}
    with acting_as_journal():
        sealed = JournalLine.objects.sealed()
        last = sealed.order_by("-seq").values_list("seq", flat=True).first() or 0
        hashes = sealed.filter(seq__in=by_seq).values_list("seq", "hash")
        dropped = JournalCut.objects.filter(last_seq__in=by_seq).values_list("last_seq", "hash")
        digests = {seq: bytes(digest) for seq, digest in [*hashes, *dropped]}
    for seq, anchor in sorted(by_seq.items()):
        day = anchor.at.strftime("%d/%m/%Y")
        if seq > last:
            yield Problem(last + 1, f"la fin du journal manque, l’ancre du {day} atteste la ligne {seq}")
            return
        if seq in digests and digests[seq] != anchor.hash:
            yield Problem(seq, f"son empreinte n’est pas celle de l’ancre du {day}, le journal a été réécrit")


def check() -> list[str]:
    """Integrity check for `manage.py verify`: one French sentence per problem, an empty list when all is well."""
    problems = [str(problem) for problem in verify_journal()] + list(verify_months())
    try:
        return problems + [str(problem) for problem in verify_anchors(anchors_read())]
    except AnchorError as error:
        return [*problems, str(error)]
