"""A display shows one view, to whoever holds its address, for a time; it opens nothing else and prolongs nothing."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.sessions.displays import WRONG, display_close, display_find, display_open, display_read
from cms.sessions.models import DisplayToken, SignIn
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from formation.models import Enrolment
from tests.cast.everything import all_rows
from tests.cast.people import role_hold
from tests.sessions.test_sessions import MINUTE, age


@pytest.fixture
def session(cast):
    return all_rows()["session"]


def opened(client: Client, address: str) -> str:
    """The end of the address that the page gives."""
    page = client.post(address).content.decode()
    return re.search(r"/ecran/([\w-]{43})/", page).group(1)


def of_session(session) -> str:
    return f"/mon-compte/affichages/ouvrir/attendance/{session.pk}/"


def actions(display: DisplayToken) -> list[str]:
    with scope.acting(User.objects.get(email="direction@havre.example")):
        rows = JournalLine.objects.filter(object_kind="display", object_id=display.pk).order_by("id")
        return [row.action for row in rows]


def test_the_board_of_a_session_shows_counts_and_no_name(client_of, cast, session):
    token = opened(client_of("trainer"), of_session(session))
    response = Client().get(f"/ecran/{token}/")
    page = response.content.decode()
    assert response.status_code == 200
    assert int(response.headers["Refresh"]) > 0
    assert "<script" not in page
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    with scope.acting(cast["trainer"]):
        people = [row.professional for row in Enrolment.objects.live().filter(session=session)]
    assert people
    assert f">{len(people)}<" in page
    names = {name for person in people for name in (person.last_name, person.email) if name}
    assert not [name for name in names | {str(cast["trainer"])} if name in page]


def test_the_wall_board_counts_by_urgency_and_names_nothing(client_of, cast):
    token = opened(client_of("coordination"), "/mon-compte/affichages/ouvrir/on_call/")
    page = Client().get(f"/ecran/{token}/").content.decode()
    assert "en attente" in page
    assert "La plus ancienne attend depuis" in page
    assert not re.search(r"\b[A-Z]{1,3}-\d{4}-\d{4}\b", page)
    assert "MARQUEUR" not in page
    assert str(cast["coordination"]) not in page


@pytest.mark.parametrize("key", ["trainer_b", "director_a", "trainee", "gendarme", "tech_admin"])
def test_who_may_not_run_the_session_opens_nothing(client_of, session, key):
    client = client_of(key)
    assert client.get(of_session(session)).status_code == 404
    assert client.post(of_session(session)).status_code == 404
    assert client.post("/mon-compte/affichages/ouvrir/on_call/").status_code == 404


def test_it_opens_nothing_else(client_of, session):
    screen = Client()
    token = opened(client_of("trainer"), of_session(session))
    screen.get(f"/ecran/{token}/")
    for address in (f"/formation/sessions/{session.pk}/presences/", "/mon-compte/", "/admin/", of_session(session)):
        assert screen.get(address).status_code == 302
    assert screen.post(f"/ecran/{token}/").status_code == 405


def test_it_does_not_prolong_the_connexion_of_the_computer(client_of, cast, session):
    client = client_of("trainer")
    token = opened(client, of_session(session))
    old = age(client, cast["trainer"], 10 * MINUTE)
    assert client.get(f"/ecran/{token}/").status_code == 200
    with scope.acting(cast["trainer"]):
        assert SignIn.objects.get(pk=old.pk).seen_at == old.seen_at


def test_a_closed_one_shows_nothing_and_the_journal_says_so(client_of, cast, session):
    client = client_of("trainer")
    token = opened(client, of_session(session))
    display = display_find(token)
    assert client.post(f"/mon-compte/affichages/{display.pk}/fermer/").status_code == 302
    response = Client().get(f"/ecran/{token}/")
    assert response.status_code == 404
    assert "Refresh" not in response.headers
    assert actions(display) == ["access.display.open", "access.display.close", "auth.display.refused"]


def test_it_ends_at_its_hour(cast, session):
    begun = timezone.now()
    with scope.acting(cast["trainer"]):
        display, _ = display_open(kind="attendance", object_id=session.pk, opened_by=cast["trainer"], at=begun)
    assert display_read(display, begun + dt.timedelta(hours=11, minutes=59))
    assert display_read(display, begun + dt.timedelta(hours=12)) is None


def test_the_address_is_kept_nowhere(client_of, session):
    token = opened(client_of("trainer"), of_session(session))
    display = display_find(token)
    assert token not in str(DisplayToken.objects.filter(pk=display.pk).values())
    assert len(display.token_hash) == 64
    assert display_find(display.token_hash) is None


@pytest.mark.parametrize(("token", "status"), [("x", 404), ("a" * 43, 404), ("%00", 400), ("..%2Fadmin", 404)])
def test_an_invented_address_shows_nothing(db, token, status):
    assert Client().get(f"/ecran/{token}/").status_code == status


def test_it_shows_no_more_than_who_opened_it_may_still_see(cast, session):
    with scope.acting(cast["trainer"]):
        display, _ = display_open(kind="attendance", object_id=session.pk, opened_by=cast["trainer"])
    assert display_read(display)
    role_hold(cast["trainer"], Role.TRAINER, is_given=False)
    assert display_read(display) is None


def test_it_ends_with_the_account_of_who_opened_it(cast):
    with scope.acting(cast["coordination"]):
        display, _ = display_open(kind="on_call", object_id=None, opened_by=cast["coordination"])
    cast["coordination"].is_active = False
    cast["coordination"].save()
    assert display_read(display) is None


def test_who_sees_and_closes_the_displays_of_others(client_of, cast, session):
    with scope.acting(cast["trainer"]):
        display, _ = display_open(kind="attendance", object_id=session.pk, opened_by=cast["trainer"])
    for key in ("trainer_b", "director_a", "tech_admin"):
        assert client_of(key).post(f"/mon-compte/affichages/{display.pk}/fermer/").status_code == 404
    assert (
        "présences d’une session" in client_of("coordination").get("/mon-compte/affichages/").content.decode().lower()
    )
    with scope.acting(cast["coordination"]):
        assert display_close(display=display)
        assert not display_close(display=display)


def code_of(client: Client, address: str) -> str:
    """The six signs that the page gives."""
    page = client.post(address).content.decode()
    return re.search(r'class="hv-screen-typed">([^<]+)<', page).group(1)


def test_six_signs_open_the_screen_once(client_of, session):
    code = code_of(client_of("trainer"), of_session(session))
    assert re.fullmatch(r"[A-Z2-9]{3} [A-Z2-9]{3}", code)
    screen = Client()
    response = screen.post("/ecran/", {"code": code.lower()}, follow=True)
    assert "inscrits" in response.content.decode()
    assert screen.post("/ecran/", {"code": code}).status_code == 422


def test_a_code_opens_nothing_once_its_display_is_closed(client_of, session):
    client = client_of("trainer")
    page = client.post(of_session(session)).content.decode()
    display = display_find(re.search(r"/ecran/([\w-]{43})/", page).group(1))
    client.post(f"/mon-compte/affichages/{display.pk}/fermer/")
    code = re.search(r'class="hv-screen-typed">([^<]+)<', page).group(1)
    assert Client().post("/ecran/", {"code": code}).status_code == 422


def test_wrong_codes_are_soon_refused(db):
    screen = Client(REMOTE_ADDR="192.0.2.77")
    for _ in range(WRONG):
        assert "n’ouvre rien" in screen.post("/ecran/", {"code": "ZZZZZZ"}).content.decode()
    assert "Trop de codes faux" in screen.post("/ecran/", {"code": "ZZZZZZ"}).content.decode()
