import threading

import pytest

from cms.events.webhooks.models import Channel
from cms.events.webhooks.services.subscriptions import subscription_agree, subscription_ask
from cms.home.models import TextPage
from tests.documents.conftest import change, opened
from tests.events.receiver import Receiver

__all__ = ["change", "opened"]


@pytest.fixture
def receiver(settings):
    settings.HAVRE_CALLS_LOOPBACK = True
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.waits.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def subscribe(cast, acting_as, receiver):
    """`subscribe(kinds=…, sees=…)`: asked by one person, agreed to by the direction; the receiver knows its key."""

    def run(*kinds, sees="public", by="coordination", address=""):
        with acting_as(by):
            row = subscription_ask(
                name="Site public", address=address or receiver.url, kinds=kinds or ["content.page.published"],
                sees=sees, reason="Le site se construit de nouveau.", by=cast[by],
            )  # fmt: skip
        with acting_as("direction"):
            subscription_agree(row=row, by=cast["direction"])
            receiver.secret = Channel.objects.get(subscription=row).secret
        return row

    return run


@pytest.fixture
def publish(acting_as):
    """Publish a page of the site again, as the editor; answers its id as an event says it."""

    def run(slug="accessibilite"):
        with acting_as("editor"):
            page = TextPage.objects.get(slug=slug)
            page.save_revision().publish()
            return str(page.pk)

    return run
