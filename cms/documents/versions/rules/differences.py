"""What differs between two versions, clause by clause and word by word: pure reading of two frozen contents."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from cms.documents.versions.models import ClauseVersion, DocumentVersion

Readable = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""Turns a frozen content into what its reader sees: label → text. What it leaves out is not compared."""

Opcode = tuple[str, int, int, int, int]
"""As `difflib` says it: what happens to words i1 to i2 of the older text, which become j1 to j2."""
TOKEN = re.compile(r"(?:\w+(?:[’'\-]\w+)*|[^\w\s])\s*")
LEAST_IN_COMMON = 0.35
"""Under this share of words in common, both sentences are shown whole: a patchwork is not readable."""


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Run:
    """Words in a row that share one fate: kept, added or removed."""

    text: str
    change: Change


@dataclass(frozen=True)
class Part:
    """One part of a clause (its text, its level) that changed, in runs of words."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class ClauseDifference:
    """`parts` are those that changed; `texts`, what is read today, or what was read of a clause that was removed."""

    code: str
    chapter: str
    change: Change
    texts: Mapping[str, str]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Difference:
    before: DocumentVersion
    after: DocumentVersion
    head: tuple[Part, ...]
    clauses: tuple[ClauseDifference, ...]
    counts: Mapping[Change, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.head and all(clause.change == Change.SAME for clause in self.clauses)


def texts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the plain reading of a content: each key, and its value in words."""
    return {key: _plain(value) for key, value in content.items()}


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " ; ".join(_plain(item) for item in value)
    return str(value)


def difference(
    before: DocumentVersion, after: DocumentVersion, *, readable: Readable = texts_of, head: Readable = texts_of
) -> Difference:
    """Every clause of two versions read with their clauses (`versions_of`), in the order of the newer one.

    `head` reads the content of the version itself. A clause whose change is not seen by its reader is the same.
    """
    old = {clause.code: clause for clause in before.ordered_clauses}
    new = {clause.code: clause for clause in after.ordered_clauses}
    clauses = [
        _clause(old.get(clause.code), clause, readable) if clause.code in new else _removed(clause, readable)
        for clause in _in_order(before.ordered_clauses, after.ordered_clauses)
    ]
    counts = Counter(clause.change for clause in clauses)
    counted = {change: counts[change] for change in Change}
    return Difference(before, after, parts_changed(head(before.content), head(after.content)), tuple(clauses), counted)


def _in_order(old: list[ClauseVersion], new: list[ClauseVersion]) -> Iterable[ClauseVersion]:
    """Clauses of the newer version in their order, then, at the end of its chapter, each one that was removed."""
    codes = {clause.code for clause in new}
    for chapter in dict.fromkeys(clause.chapter for clause in [*new, *old]):
        yield from (clause for clause in new if clause.chapter == chapter)
        yield from (clause for clause in old if clause.chapter == chapter and clause.code not in codes)


def _clause(old: ClauseVersion | None, new: ClauseVersion, readable: Readable) -> ClauseDifference:
    texts = readable(new.content)
    if old is None:
        return ClauseDifference(new.code, new.chapter, Change.ADDED, texts)
    if old.content_hash == new.content_hash:
        return ClauseDifference(new.code, new.chapter, Change.SAME, texts)
    parts = parts_changed(readable(old.content), texts)
    return ClauseDifference(new.code, new.chapter, Change.CHANGED if parts else Change.SAME, texts, parts)


def _removed(old: ClauseVersion, readable: Readable) -> ClauseDifference:
    return ClauseDifference(old.code, old.chapter, Change.REMOVED, readable(old.content))


def parts_changed(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Part, ...]:
    labels = dict.fromkeys([*new, *old])
    return tuple(
        Part(label, words_changed(old.get(label, ""), new.get(label, "")))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    )


def words_changed(old: str, new: str) -> tuple[Run, ...]:
    """Return the newer text with the words added, and those removed where they stood."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    # A word is compared without the space that follows it: half the tokens, a quarter of the time.
    opcodes = _opcodes([token.rstrip() for token in before], [token.rstrip() for token in after])
    unchanged = sum(i2 - i1 for tag, i1, i2, _, _ in opcodes if tag == "equal")
    if unchanged < LEAST_IN_COMMON * min(len(before), len(after)) or not unchanged:
        opcodes = [("replace", 0, len(before), 0, len(after))]
    runs: list[Run] = []
    for tag, i1, i2, j1, j2 in opcodes:
        if tag == "equal":
            runs.append(Run("".join(after[j1:j2]), Change.SAME))
            continue
        runs += [Run("".join(before[i1:i2]), Change.REMOVED), Run("".join(after[j1:j2]), Change.ADDED)]
    return tuple(run for run in runs if run.text)


def _opcodes(old: list[str], new: list[str]) -> list[Opcode]:
    """Return what `difflib` answers, looking only between what both texts begin and end with: most of a sentence."""
    most = min(len(old), len(new))
    head = next((rank for rank in range(most) if old[rank] != new[rank]), most)
    most -= head
    tail = next((rank for rank in range(most) if old[-1 - rank] != new[-1 - rank]), most)
    last, end = len(old) - tail, len(new) - tail
    middle = SequenceMatcher(None, old[head:last], new[head:end], autojunk=False).get_opcodes()
    opcodes: list[Opcode] = [("equal", 0, head, 0, head)] if head else []
    opcodes += [(tag, i1 + head, i2 + head, j1 + head, j2 + head) for tag, i1, i2, j1, j2 in middle]
    return [*opcodes, ("equal", last, len(old), end, len(new))] if tail else opcodes
