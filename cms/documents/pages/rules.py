"""A document made of articles, as its readers see it: pure reading of frozen contents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

DASH = "- "


@dataclass(frozen=True)
class Block:
    """A paragraph, or the points of a list."""

    lines: tuple[str, ...]
    is_list: bool


@dataclass(frozen=True)
class Article:
    code: str
    title: str
    blocks: tuple[Block, ...]
    law: str


def article_of(code: str, content: Mapping[str, Any]) -> Article:
    # A reference that nobody has read is not shown: it would be taken for certain.
    law = content["law"] if content["is_law_verified"] else ""
    return Article(code, content["title"], blocks_of(content["text"]), law)


def articles_of(clauses: Sequence[Any]) -> list[Article]:
    """Articles of a version, from its clauses in their order."""
    return [article_of(clause.code, clause.content) for clause in clauses]


def blocks_of(text: str) -> tuple[Block, ...]:
    """One paragraph a line; lines that begin with a dash make one list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    blocks: list[Block] = []
    for is_list, group in groupby(lines, key=lambda line: line.startswith(DASH)):
        words = tuple(line.removeprefix(DASH) for line in group)
        blocks += [Block(words, True)] if is_list else [Block((line,), False) for line in words]
    return tuple(blocks)


def readable(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what its reader sees of an article: label → text. Two versions are compared by it."""
    item = article_of("", content)
    words = " ".join(line for block in item.blocks for line in block.lines)
    return {"Titre": item.title, "Texte": words, "Texte de loi": item.law}


def readable_head(content: Mapping[str, Any]) -> dict[str, str]:
    return {"Titre": content["title"], "Introduction": content["introduction"]}
