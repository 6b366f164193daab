"""What the content API makes of frozen contents and of rich texts: no database."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from cms.documents.enums import OWN_PAGES
from cms.documents.pages.rules import Block, article_of, blocks_of

LINK = re.compile(r'<a(?P<attributes>(?:\s+[\w-]+="[^"]*")*)\s*>(?P<words>.*?)</a>', re.DOTALL)
EMBED = re.compile(r"<embed(?P<attributes>(?:\s+[\w-]+=\"[^\"]*\")*)\s*/?>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def blocks_html(blocks: tuple[Block, ...]) -> str:
    parts = []
    for block in blocks:
        lines = [escape(line) for line in block.lines]
        points = "".join(f"<li>{line}</li>" for line in lines)
        parts.append(f"<ul>{points}</ul>" if block.is_list else f"<p>{lines[0]}</p>")
    return "".join(parts)


def clause_html(kind: str, content: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """Return a clause as its readers see it, its title apart."""
    if kind not in OWN_PAGES:
        article = article_of("", content)
        law = f"<p>Texte&nbsp;: {escape(article.law)}.</p>" if article.law else ""
        return blocks_html(article.blocks) + law
    rows = [(label, text) for label, text in texts.items() if label != "Titre" and text]
    return "".join(f"<h3>{escape(label)}</h3>{blocks_html(blocks_of(text))}" for label, text in rows)


@dataclass
class References:
    """What rich texts point at, by id."""

    pages: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)
    files: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Addresses:
    """Where what is read may be read. What is not here is not shown: of a link, its words remain."""

    pages: Mapping[int, str]
    images: Mapping[int, str]
    files: Mapping[int, str]
    base: str


def references_of(data: Any) -> References:
    """Return what every text of an answer points at, so that a page of answers costs a few statements."""
    found = References()
    for text in _texts(data):
        for match in [*LINK.finditer(text), *EMBED.finditer(text)]:
            target = _target(match["attributes"])
            if target:
                getattr(found, target[0]).add(target[1])
    return found


def expanded(data: Any, addresses: Addresses) -> Any:
    """Return an answer whose rich texts hold absolute addresses, and nothing of what its reader may not read."""
    if isinstance(data, str):
        return _expanded_text(data, addresses) if "<" in data else data
    if isinstance(data, Mapping):
        return {key: expanded(value, addresses) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [expanded(value, addresses) for value in data]
    return data


def _expanded_text(text: str, addresses: Addresses) -> str:
    def link(match: re.Match) -> str:
        values = dict(ATTRIBUTE.findall(match["attributes"]))
        target = _target(match["attributes"])
        if target or "linktype" in values:
            href = getattr(addresses, target[0]).get(target[1]) if target else None
        else:
            href = values.get("href", "")
            href = addresses.base + href if href.startswith("/") and not href.startswith("//") else href
        return f'<a href="{href}">{match["words"]}</a>' if href else match["words"]

    def embed(match: re.Match) -> str:
        values, target = dict(ATTRIBUTE.findall(match["attributes"])), _target(match["attributes"])
        src = addresses.images.get(target[1]) if target and target[0] == "images" else None
        return f'<img src="{src}" alt="{values.get("alt", "")}">' if src else ""

    return EMBED.sub(embed, LINK.sub(link, text))


def _target(attributes: str) -> tuple[str, int] | None:
    values = dict(ATTRIBUTE.findall(attributes))
    kind = {"page": "pages", "document": "files", "image": "images"}.get(
        values.get("linktype") or values.get("embedtype", "")
    )
    key = values.get("id", "")
    return (kind, int(key)) if kind and re.fullmatch(r"[0-9]{1,9}", key) else None


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        if "<a" in data or "<embed" in data:
            yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


def found_in(words: str, text: str) -> bool:
    """Say whether every word stands in a text, accents and capitals apart."""
    there = _folded(text)
    return all(word in there for word in _folded(words).split())


def _folded(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()
