"""What the one search finds: people of the network, for those who manage accounts."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from cms.accounts.admin.pages import manages_accounts, roles_words
from cms.accounts.selectors import accounts_matching
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.navigation.search import SHOWN, Door, Group, Hit, search_register


def people_found(request: HttpRequest, words: str) -> Iterator[Hit]:
    if not manages_accounts(request):
        return
    rows = list(accounts_matching(words).prefetch_related("groups").order_by("last_name", "first_name", "pk")[:SHOWN])
    if rows:
        journal_append(action="user.read", kind="user", outcome=Outcome.READ, details={"count": len(rows)})
    for user in rows:
        yield Hit(str(user), reverse("havre_accounts:page", args=[user.pk]), roles_words(user))


def register() -> None:
    search_register(Door.ADMIN, Group.PEOPLE, people_found)
