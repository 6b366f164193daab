"""Kinds of events, and how one is told: an envelope of CloudEvents 1.0, thin."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cms.kit.addresses import absolute

PREFIX = "havre."
"""Before each kind in `type`: a receiver that listens to several programs tells them apart."""
KEPT_MONTHS = 13
CONTENT = {
    "content.page.published": "Une page du site mise en ligne, ou changée",
    "content.page.unpublished": "Une page du site retirée",
    "content.page.moved": "Une page du site qui change d’adresse",
    "content.version.published": "Une version de document publiée",
    "content.version.in_force": "Une version de document en vigueur",
    "content.visibility_changed": "Un document ou une page lu par d’autres qu’avant",
}
NETWORK = {
    "partner.created": "Un partenaire ajouté",
    "partner.changed": "Un partenaire modifié",
    "convention.created": "Une convention commencée",
    "convention.changed": "Une convention modifiée",
    "places.confirmed": "Des places confirmées par une structure",
    "session.created": "Une session de formation prévue",
    "session.changed": "Une session de formation modifiée",
}
MINORS = {
    f"{code}.{verb}": f"{label} {word}"
    for code, label, words in (
        ("request", "Une demande", ("reçue", "modifiée")),
        ("situation", "Une situation", ("ouverte", "modifiée")),
        ("proposal", "Une proposition", ("envoyée", "modifiée")),
        ("stay", "Un séjour", ("commencé", "modifié")),
        ("incident", "Un incident", ("déclaré", "modifié")),
    )
    for verb, word in zip(("created", "changed"), words, strict=True)
}
ERASED = {
    f"{code}.erased": f"{label} effacé de la base"
    for code, label in (
        ("partner", "Un partenaire"),
        ("convention", "Une convention"),
        ("session", "Une session"),
        ("request", "Une demande"),
        ("situation", "Une situation"),
        ("proposal", "Une proposition"),
        ("stay", "Un séjour"),
        ("incident", "Un incident"),
    )
}
KINDS = CONTENT | NETWORK | MINORS | ERASED
"""Every kind of the feed, with how a screen says it."""
LEAVES = CONTENT | NETWORK
"""What may be sent to an address. What is about a minor is never sent: whoever may read it asks for it."""

_addresses: dict[str, Callable[[str], str]] = {}


def address_register(code: str, path: Callable[[str], str]) -> None:
    """Say where the API gives an object of this nature, from its id: a path of this site."""
    _addresses[code] = path


@dataclass(frozen=True)
class Told:
    """What is said of an event, whichever row holds it."""

    key: str
    kind: str
    object: str
    object_id: str
    at: str


def envelope(told: Told) -> dict[str, Any]:
    """Return an event as CloudEvents says it. Its data hold an id and an address: the rest is read, under a right."""
    data = {"object": told.object, "id": told.object_id}
    if path := _addresses.get(told.object):
        data["url"] = absolute(path(told.object_id))
    return {
        "specversion": "1.0",
        "id": told.key,
        "source": absolute("/api/v1/events/"),
        "type": PREFIX + told.kind,
        "time": told.at,
        "subject": f"{told.object}/{told.object_id}",
        "datacontenttype": "application/json",
        "data": data,
    }
