"""One sign-out for the portal and the admin: it asks first, ends the connexion, and leaves nothing in the browser."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from cms.journal.models import JournalLine
from cms.proconnect.portal.views import LogoutView
from cms.sessions.models import Ending, SignIn
from cms.sessions.services import SIGN_IN
from cms.sessions.store import SessionStore
from cms.wall import scope
from tests.wall.routes import routes

PORTAL, ADMIN = "/compte/logout/", "/admin/logout/"


def test_every_address_that_signs_out_is_the_one():
    paths = [route.path({}) for route in routes() if "logout" in route.pattern or "deconnexion" in route.pattern]
    assert {PORTAL, ADMIN} <= set(paths)
    for path in paths:
        assert resolve(path).func.view_class is LogoutView, path


@pytest.mark.parametrize("path", [PORTAL, ADMIN])
def test_a_link_or_a_picture_ends_nothing(path, client_of):
    client = client_of("coordination")
    page = client.get(path)
    assert page.status_code == 200
    assert 'action="/compte/logout/"' in page.content.decode()
    assert "Clear-Site-Data" not in page
    assert client.get("/admin/").status_code == 200
    assert client.head(path).status_code == 200
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("path", [PORTAL, ADMIN])
def test_signing_out_ends_the_connexion_and_empties_the_browser(path, client_of, cast):
    client = client_of("coordination")
    kept, key = client.cookies[settings.SESSION_COOKIE_NAME].value, client.session[SIGN_IN]
    done = client.post(path)
    assert (done.status_code, done["Location"]) == (302, "/")
    assert done["Clear-Site-Data"] == '"cache", "storage"'
    assert not SessionStore().exists(kept)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    for each in (client, thief):
        assert each.get("/admin/").status_code == 302
        assert each.get("/mon-compte/")["Location"].startswith("/compte/login/")
    with scope.acting(cast["coordination"]):
        assert SignIn.objects.get(pk=key).ending == Ending.SIGNED_OUT
        where = {"object_kind": "user", "object_id": cast["coordination"].pk, "action": "auth.signed_out"}
    with scope.acting(cast["direction"]):
        assert [line.details for line in JournalLine.objects.filter(**where)] == [{"ending": "signed_out"}]


@pytest.mark.parametrize("path", [PORTAL, ADMIN])
def test_another_site_signs_nobody_out(path, cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["coordination"])
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.post(path).status_code == 403
    assert SessionStore().exists(before)
