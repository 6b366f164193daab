"""Refusals of the API as problem details (RFC 9457): one shape for every status, whoever refuses.

Without the framework: middlewares answer it too, before any view is known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import JsonResponse

from cms.journal.context import request_id_current

KIND = "application/problem+json"
TITLES = {
    304: "Rien n’a changé",
    400: "Demande mal formée",
    401: "Identification nécessaire",
    403: "Accès refusé",
    404: "Introuvable",
    405: "Méthode refusée",
    406: "Format refusé",
    409: "Conflit",
    410: "Retiré",
    412: "L’objet a changé depuis votre lecture",
    413: "Demande trop grande",
    415: "Format de corps refusé",
    422: "Clé déjà employée",
    428: "Condition nécessaire",
    429: "Trop de demandes",
    500: "Erreur du service",
    503: "Havre est arrêté pour le moment",
}
MISSING = "Aucun enregistrement à cette adresse, ou il ne vous est pas ouvert."
"""What is hidden and what does not exist answer the same words."""


@dataclass(frozen=True)
class Fault:
    """One thing to correct, and where it was sent: a parameter of the address, or a place in the body."""

    where: Mapping[str, str]
    detail: str
    code: str

    def data(self) -> dict[str, str]:
        return {**self.where, "detail": self.detail, "code": self.code}


def problem(status: int, detail: str = "", faults: Iterable[Fault] = ()) -> dict[str, Any]:
    """Return the body of a refusal. `instance` is the identifier that the journal gives to the request."""
    title = TITLES.get(status, "Demande refusée")
    body: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail or title}
    request_id = request_id_current()
    if request_id:
        body["instance"] = f"urn:uuid:{request_id}"
    errors = [fault.data() for fault in faults]
    return {**body, "errors": errors} if errors else body


def refused(status: int, detail: str = "", headers: Mapping[str, str] | None = None) -> JsonResponse:
    """Answer a refusal from outside the framework."""
    return JsonResponse(problem(status, detail), status=status, headers=dict(headers or {}), content_type=KIND)
