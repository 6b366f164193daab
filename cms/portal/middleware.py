"""What is left to whoever left the network: account, receipts and attestations, and what is open to strangers."""

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch

from cms.journal.services import attempt_refused
from cms.kit.api.problems import refused
from cms.partners.people.policies import has_left

KEPT = (
    "account_*",
    "mfa_*",
    "proconnect:*",
    "portal:home",
    "portal:account",
    "portal:own_data",
    "portal:session*",
    "portal:token*",
    "portal:draft_*",
    "inbox:*",
    "formation:own",
    "formation:attestation",
    "referentiel:receipt",
    "referentiel:receipt_pdf",
    # Who saw something there may still tell it, and follow it: row security opens that declaration, and no other.
    "cases:incident_outside",
    "cases:incident_receipt",
    "cases:incident",
    "cases:incident_note",
    "cases:incident_piece",
    "cases:incident_piece_add",
    "cases:incident_piece_remove",
)
"""Names of routes. Row security closes rows; this closes what is nobody's row: pages, lists, addresses to come."""


class LeavingRequest(HttpRequest):
    """A request of somebody signed in, of whom it is known whether they left."""

    has_left: bool


class LeftMiddleware:
    """Answers 404 to whoever left, for every address that is not theirs to keep, and leaves it in the journal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: LeavingRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        request.has_left = has_left()
        name = cast(ResolverMatch, request.resolver_match).view_name
        is_api = request.path.startswith("/api/")
        # The API signs in by itself: to Django, all its views are open to strangers.
        is_public = not is_api and not getattr(view, "login_required", True)
        if not request.has_left or is_public or is_kept(name):
            return None
        attempt_refused("auth.left.refused", {"page": name})
        if is_api:
            return refused(404, "Votre rattachement a pris fin : rien n’est plus ouvert ici.")
        raise Http404


def is_kept(name: str) -> bool:
    return any(fnmatchcase(name, kept) for kept in KEPT)


def is_open_to(request: HttpRequest, name: str) -> bool:
    """Return whether the menu shows this page to whoever asks."""
    return is_kept(name) or not getattr(request, "has_left", False)
