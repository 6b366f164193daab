import pytest

from tests.proconnect.provider import CLIENT_ID, SECRET, Provider


@pytest.fixture(scope="session")
def running_provider():
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(running_provider, settings):
    """The provider, known to us, with nobody signed in over there."""
    running_provider.reset()
    running_provider.leads_back_to("http://testserver")
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"
    settings.PROCONNECT_ISSUER = running_provider.issuer
    settings.PROCONNECT_CLIENT_ID = CLIENT_ID
    settings.PROCONNECT_CLIENT_SECRET = SECRET
    settings.HAVRE_FICTITIOUS = False
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 60  # a slow machine is not a provider that is down
    return running_provider
