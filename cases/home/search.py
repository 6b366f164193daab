"""What the one search finds in the portal: the requests, stays and incidents of whoever asks, by their reference."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from cases.common.words import minor_words
from cases.incidents.selectors import incidents_of_actor
from cases.requests.selectors import sollicitations_of_requester
from cases.stays.selectors import placements_of_structure
from cms.navigation.search import SHOWN, Door, Group, Hit, reference_asked, search_register


def requests_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    for row in sollicitations_of_requester().filter(reference_asked(words))[:SHOWN]:
        note = f"votre demande pour {minor_words(row.sex_id, row.age_at_reception).lower()}"
        yield Hit(row.reference, reverse("cases:request", args=[row.pk]), note)


def stays_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    for row in placements_of_structure().filter(reference_asked(words, "case__reference"))[:SHOWN]:
        who = minor_words(row.case.sex_id, None).lower()
        yield Hit(row.case.reference, reverse("cases:stay", args=[row.pk]), f"séjour en cours, {who}")


def incidents_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    for row in incidents_of_actor().filter(reference_asked(words))[:SHOWN]:
        note = f"{row.incident_type.label}, {row.get_state_display().lower()}"
        yield Hit(row.reference, reverse("cases:incident", args=[row.pk]), note)


def register() -> None:
    for find in (requests_found, stays_found, incidents_found):
        search_register(Door.PORTAL, Group.FILES, find)
