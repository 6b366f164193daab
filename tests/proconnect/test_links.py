"""Who may tie an account to ProConnect: its holder, who has just shown it; the wall holds the others."""

import time
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from cms.proconnect.enums import RequestState
from cms.proconnect.models import AccountRequest
from cms.proconnect.services.requests import request_approve, request_refuse
from cms.users.roles import Role
from tests.cast.people import SINCE
from tests.proconnect.test_sign_in import asked_by, causes, enter, lines, there

LINK = "/compte/proconnect/relier/"


@pytest.fixture
def at_home(provider, settings, client_of):
    """`at_home("gendarme")` is signed in here, and has just confirmed who she is."""
    settings.HAVRE_FICTITIOUS = True  # her own second factor is another story

    def enter_home(key: str) -> Client:
        client = client_of(key)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = str(session["_auth_user_id"])
        session.save()
        return client

    return enter_home


def link(client: Client):
    return client.get(there(client.post(LINK)["Location"]))


def test_linking_asks_first_who_one_is(cast, provider, settings, client_of):
    settings.HAVRE_FICTITIOUS = True
    client = client_of("gendarme")
    assert "Relier mon compte à ProConnect" in client.get("/mon-compte/").content.decode()
    for answer in (client.get(LINK), client.post(LINK)):
        assert answer["Location"].startswith("/compte/reauthenticate/")
    assert Client().get(LINK)["Location"].startswith("/compte/login/")


def test_the_holder_links_and_then_enters(cast, provider, at_home, acting_as, mailoutbox):
    provider.signed_in = provider.person("gaelle", emails=["gendarme@havre.example"])
    enter()
    client = at_home("gendarme")
    assert provider.issuer in client.get(LINK)["Content-Security-Policy"]
    assert link(client)["Location"] == "/mon-compte/"
    assert "relié à ProConnect depuis" in client.get("/mon-compte/").content.decode()
    request = asked_by(acting_as, "gaelle")
    assert (request.state, request.user_id) == (RequestState.LINKED, cast["gendarme"].pk)
    again, answer = enter()
    assert answer["Location"] == "/"
    assert again.session["_auth_user_id"] == str(cast["gendarme"].pk)
    assert lines("proconnect.account.link")
    with acting_as("coordination"), pytest.raises(ValidationError):
        request_refuse(request=request, reason="outside")


def test_an_identity_opens_one_account_and_an_account_has_one_identity(cast, provider, at_home):
    provider.signed_in = provider.person("unique")
    assert link(at_home("gendarme"))["Location"] == "/mon-compte/"
    taken = link(at_home("ase"))
    assert taken.status_code == 409
    assert "ne peut pas être relié" in taken.content.decode()
    provider.signed_in = provider.person("seconde")
    assert link(at_home("gendarme")).status_code == 409
    assert [row.user_id for row in SocialAccount.objects.all()] == [cast["gendarme"].pk]
    assert causes() == ["taken", "taken"]


def test_the_answer_links_nobody_but_who_asked(cast, provider, at_home, client_of):
    provider.signed_in = provider.person("piege")
    thief = at_home("ase")
    back = there(thief.post(LINK)["Location"])
    victim = client_of("gendarme")
    assert victim.get(back).status_code == 400
    thief.post("/compte/logout/")
    assert thief.get(back).status_code == 400
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("key", ["gendarme", "director_a", "dpo", "tech_admin", "editor", "trainee"])
def test_nobody_else_reads_a_request_nor_writes_a_link(cast, acting_as, key):
    with acting_as(key):
        assert not AccountRequest.objects.exists()
        assert AccountRequest.objects.update(state=RequestState.PENDING) == 0
        for write in (
            lambda: SocialAccount.objects.create(user=cast["coordination"], provider="proconnect", uid="a-moi"),
            lambda: AccountRequest.objects.create(sub="x", given_name="x", usual_name="x", email="x@x.example"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                write()


def test_a_link_never_moves_nor_goes(cast, acting_as):
    with acting_as("gendarme"):
        row = SocialAccount.objects.create(user=cast["gendarme"], provider="proconnect", uid="sub")
        row.user = cast["coordination"]
        with pytest.raises(DatabaseError, match="never moves"), transaction.atomic():
            row.save()
        assert SocialAccount.objects.all().delete()[0] == 0


def test_a_refusal_may_be_taken_back_and_an_opening_may_not(cast, acting_as):
    from cms.partners.models import Partner

    with acting_as("coordination"):
        request, brigade = AccountRequest.objects.get(), Partner.objects.get(code_name="Brigade 12")
        request_refuse(request=request, reason="unknown")
        with pytest.raises(ValidationError, match="déjà refusée"):
            request_refuse(request=request, reason="unknown")
        for role in (Role.STRUCTURE_DIRECTOR, Role.COORDINATION):
            with pytest.raises(ValidationError):
                request_approve(request=request, partner=brigade, role=role, starts_on=SINCE)
        request_approve(request=request, partner=brigade, role=Role.REQUESTER, starts_on=SINCE)
        with pytest.raises(ValidationError, match="déjà acceptée"):
            request_approve(request=request, partner=brigade, role=Role.REQUESTER, starts_on=SINCE)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"PROCONNECT_CLIENT_SECRET": ""}, "E001"),
        ({"PROCONNECT_ISSUER": "http://fca.integ01.example/api/v2"}, "E002"),
        ({"PROCONNECT_ALGORITHM": "none"}, "E003"),
    ],
)
def test_a_configuration_that_is_half_written_or_in_clear_stops_every_command(provider, settings, told, code):
    for name, value in told.items():
        setattr(settings, name, value)
    with pytest.raises(SystemCheckError, match=f"proconnect.{code}"):
        call_command("check")


def test_a_request_once_over_http_leaves_one_row(committed, provider, settings):
    """Two browsers come back at the same instant, on a server and connections of their own."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections
    from pytest_django.live_server_helper import LiveServer

    from cms.users.models import User
    from cms.wall import scope

    live = LiveServer("localhost")
    try:
        provider.leads_back_to(live.url)
        settings.WAGTAILADMIN_BASE_URL = live.url
        provider.signed_in = provider.person("deux-fois")

        def walk(_) -> str:
            browser = requests.Session()
            page = browser.get(f"{live.url}/compte/login/", timeout=20)
            token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
            form = {"csrfmiddlewaretoken": token}
            answer = browser.post(
                f"{live.url}/compte/proconnect/entrer/", form, headers={"Referer": page.url}, timeout=20
            )
            return urlsplit(answer.url).path if answer.ok else answer.text

        with ThreadPoolExecutor(3) as pool:
            assert list(pool.map(walk, range(3))) == ["/compte/proconnect/demande/"] * 3
    finally:
        live.stop()
        for other in connections.all():
            other.close()
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        assert AccountRequest.objects.filter(sub="deux-fois").count() == 1
    assert len(lines("proconnect.request.open")) == 2


def test_two_answers_at_once_make_one(committed):
    """Two coordinators decide together: one account, one decision."""
    import threading
    from concurrent.futures import ThreadPoolExecutor

    from cms.partners.models import Partner
    from cms.users.models import User
    from cms.wall import scope

    start = threading.Barrier(2, timeout=30)

    def decide(email: str):
        try:
            with scope.acting(User.objects.get(email=email)):
                request, brigade = AccountRequest.objects.get(), Partner.objects.get(code_name="Brigade 12")
                start.wait()
                return request_approve(request=request, partner=brigade, role=Role.REQUESTER, starts_on=SINCE)
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(decide, ("coordination@havre.example", "direction@havre.example")))
    assert sum(isinstance(answer, ValidationError) for answer in done) == 1
    assert SocialAccount.objects.count() == 1
