"""What a page offers: its links, its forms, and how a form is filled in without a person."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import html

SITE = "http://testserver"
FILLED = {
    "date": "2026-11-26",
    "datetime-local": "2026-11-26T10:00",
    "time": "10:00",
    "month": "2026-11",
    "number": "1",
    "email": "quelquun@exemple.fr",
    "url": "https://exemple.fr/",
    "tel": "0102030405",
}
"""What is typed in a field that waits empty, by its type."""
SKIPPED = {"submit", "button", "reset", "image", "file"}


@dataclass(frozen=True)
class Form:
    action: str
    """Path and query."""
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    """As a browser would send them, what waits empty being filled in."""


def _here(address: str, page: str) -> str:
    """Return path and query of a link of this page; empty when it leads to another site."""
    try:
        parts = urlsplit(urljoin(SITE + page, address.strip()))
    except ValueError:
        return ""
    if f"{parts.scheme}://{parts.netloc}" != SITE:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def read(content: bytes) -> html.HtmlElement | None:
    """Return the tree of a page, or None for an empty answer."""
    return html.document_fromstring(content) if content.strip() else None


def links(tree: html.HtmlElement, page: str) -> Iterator[str]:
    """Give the addresses of this site that a page names, in its order."""
    for element in tree.iter("a", "form", "div", "button"):
        for name in ("href", "action", "hx-get", "data-url"):
            address = element.get(name)
            if address and not address.startswith(("#", "javascript:", "mailto:", "tel:")):
                found = _here(address, page)
                if found:
                    yield found


def forms(tree: html.HtmlElement, page: str) -> Iterator[Form]:
    """Give the forms of a page."""
    for element in tree.iter("form"):
        fields: dict[str, list[str]] = {}
        for name, value in _fields(element):
            fields.setdefault(name, []).append(value)
        yield Form(_here(element.get("action") or page, page), (element.get("method") or "get").lower(), fields)


def _fields(form: html.HtmlElement) -> Iterator[tuple[str, str]]:
    chosen = set()
    for element in form.iter("input", "select", "textarea"):
        name, kind = element.get("name"), (element.get("type") or "text").lower()
        if not name or kind in SKIPPED:
            continue
        if element.tag == "select":
            yield name, _option(element)
        elif kind == "checkbox" or kind == "radio":
            # One of each group: a page that asks for an answer gets one.
            if name not in chosen:
                chosen.add(name)
                yield name, element.get("value") or "on"
        elif element.tag == "textarea":
            yield name, (element.text or "").strip() or "Quelques mots."
        else:
            yield name, element.get("value") or FILLED.get(kind, "Quelques mots")


def _option(element: html.HtmlElement) -> str:
    options = list(element.iter("option"))
    named = [option for option in options if option.get("selected") is not None and option.get("value")]
    return next((option.get("value") for option in [*named, *options] if option.get("value")), "")
