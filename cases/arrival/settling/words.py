"""« À régulariser »: what is missing under a stay that has begun, who does it, until when, and where."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from cases.arrival.enums import PAYER, Party
from cases.arrival.models import Linking
from cases.arrival.selectors import waivers_to_settle
from cases.arrival.words import AGREEMENT, CHECK, DECISION, FINANCE


@dataclass(frozen=True)
class Settling:
    """One thing to do. `who`: who has to; `action` and `url`: the button with which the coordination notes it."""

    linking: Linking
    what: str
    who: str
    due_at: dt.datetime
    action: str
    url: str


def settlings() -> list[Settling]:
    """List what is to be settled, the first due first; the points of one protocol make one line."""
    return [line for linking in waivers_to_settle() for line in settlings_of(linking)]


def settlings_of(linking: Linking) -> Iterator[Settling]:
    codes = [code.partition(":")[::2] for code in linking.missing]
    kinds = {kind for kind, _ in codes}
    if DECISION in kinds:
        who = "Le magistrat ou l’ASE décide"
        yield _line(linking, "Décision qui confie le mineur", who, "decision", "Noter la décision")
    for party, who in _parties(linking).items():
        if (AGREEMENT, party.value) in codes:
            is_nameless = party == Party.REQUESTER and linking.guardian is None
            what = f"Accord : {party.label}"
            if is_nameless:
                yield _line(linking, what, who, "guardian", "Nommer le service")
            else:
                yield _agreement(linking, what, who, party.value)
    if FINANCE in kinds:
        who = linking.payer.name if linking.payer else "Qui paie, avec la coordination"
        yield _agreement(linking, "Accord financier", who, PAYER)
    if points := sum(kind == CHECK for kind, _ in codes):
        what = f"Protocole de sécurité, {points} points" if points > 1 else "Protocole de sécurité, un point"
        yield _line(linking, what, "La coordination, avec la structure", "checks", "Écrire les consignes")


def _parties(linking: Linking) -> dict[Party, str]:
    guardian = str(linking.guardian) if linking.guardian else "Service gardien, à nommer par la coordination"
    return {
        Party.REQUESTER: guardian,
        Party.STRUCTURE: f"La direction de {linking.partner}",
        Party.NETWORK: "La coordination",
    }


def _line(linking: Linking, what: str, who: str, name: str, action: str, query: str = "") -> Settling:
    url = reverse(f"cases_linking:{name}", args=[linking.pk])
    return Settling(linking, what, who, linking.due_at, action, f"{url}{query}")


def _agreement(linking: Linking, what: str, who: str, party: str) -> Settling:
    """Return the line of an agreement to note: its form opens on who is to answer."""
    return _line(linking, what, who, "agree", "Noter l’accord", f"?party={party}")
