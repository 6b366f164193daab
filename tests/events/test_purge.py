"""The cache in front forgets what moved: queued with what is public, tried again when it does not answer."""

import pytest
from django.db import connection

from cms.documents.content.services import PURGE, PurgeError, front_cache_purge
from cms.documents.enums import VisibilityLevel
from cms.events.feed.services import events_ready
from cms.home.models import TextPage
from cms.partners.models import Partner
from cms.wall import scope


@pytest.fixture
def queued(db):
    """How many times the cache is to be told since the last call."""
    seen = 0

    def count():
        nonlocal seen
        with scope.acting(scope.EVENTS):
            events_ready()
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [PURGE])
                total = cursor.fetchone()[0]
        found, seen = total - seen, total
        return found

    count()
    return count


def test_what_moves_for_everybody_is_told_to_the_cache_and_nothing_else(acting_as, queued, publish, change):
    publish()
    assert queued() == 1
    with acting_as("coordination"):
        Partner.objects.filter(code_name="Les Tilleuls").update(manager_name="Autre")
    assert queued() == 0
    change(TextPage.objects.get(slug="accessibilite").page_ptr, VisibilityLevel.NETWORK)
    assert queued() == 1, "ce qui se ferme part du cache aussi"
    publish()
    assert queued() == 0, "une page du réseau n’y est pas"


def test_the_cache_is_called_and_a_refusal_is_tried_again(receiver, settings):
    front_cache_purge()
    assert receiver.calls == 0, "sans cache, rien"
    settings.HAVRE_CALLS_LOOPBACK = False
    settings.HAVRE_FRONT_CACHE_URL = receiver.url
    receiver.statuses = [204]
    front_cache_purge()
    assert receiver.headers_seen[0]["X-Purge-Match"].startswith("^/(api/content/")
    receiver.statuses = [503]
    with pytest.raises(PurgeError):
        front_cache_purge()
    settings.HAVRE_FRONT_CACHE_URL = "http://127.0.0.1:1/"
    with pytest.raises(PurgeError):
        front_cache_purge()
