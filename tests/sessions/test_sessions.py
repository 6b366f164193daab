"""Connexions end with time, with the account, with the password or the factor, or by choice; each on the server."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.partners.models import Membership
from cms.partners.people.services import membership_end
from cms.sessions.devices import device_words
from cms.sessions.models import Ending, SignIn
from cms.sessions.services import (
    SIGN_IN,
    session_end,
    session_open,
    session_touch,
    sessions_end,
    sessions_forget,
    sessions_live,
)
from cms.users.models import User
from cms.values.services import setting_change
from cms.wall import scope
from cms.wall.middleware import SECRET
from tests.cast.people import PASSWORD

NEW = "une toute nouvelle phrase de passe"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"
MINUTE = dt.timedelta(minutes=1)
ACCOUNT = "/mon-compte/"


def enter(password: str = PASSWORD, browser: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": browser})
    client.post("/compte/login/", {"login": "gendarme@havre.example", "password": password})
    return client


def age(client: Client, user: User, by: dt.timedelta) -> SignIn:
    """Give the browser a connexion opened, and last seen, some time ago."""
    with scope.acting(user):
        old = session_open(user=user, device="Firefox sous Windows", at=timezone.now() - by)
    session = client.session
    session[SIGN_IN], session[SECRET] = str(old.pk), old.secret
    session.save()
    return old


def lines(user: User, action: str) -> list[dict]:
    with scope.acting(User.objects.get(email="direction@havre.example")):
        rows = JournalLine.objects.filter(object_kind="user", object_id=user.pk, action=action)
        return [row.details for row in rows.order_by("id")]


def test_closing_an_account_ends_its_sessions(cast):
    client = enter()
    assert client.get(ACCOUNT).status_code == 200
    cast["gendarme"].is_active = False
    cast["gendarme"].save()
    assert client.get(ACCOUNT).status_code == 302


def test_changing_the_password_ends_the_other_sessions(cast):
    here, elsewhere = enter(), enter()
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/compte/password/change/", sent).status_code == 302
    assert here.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert {"ending": "password", "count": 1} in lines(cast["gendarme"], "auth.session.end")


def test_fifteen_idle_minutes_end_a_connexion_in_the_portal_and_in_the_admin(client_of, cast):
    for key, address in (("gendarme", ACCOUNT), ("coordination", "/admin/")):
        client = client_of(key)
        age(client, cast[key], 14 * MINUTE)
        assert client.get(address).status_code == 200
        old = age(client, cast[key], 15 * MINUTE)
        response = client.get(address)
        assert response.status_code == 302
        assert "login" in response["Location"]
        assert lines(cast[key], "auth.session.timeout") == [{"ending": "idle"}]
        with scope.acting(cast[key]):
            assert SignIn.objects.get(pk=old.pk).ending == Ending.IDLE
        assert "a pris fin" in client.get("/compte/login/").content.decode()


def test_a_connexion_that_ended_brings_no_second_factor_to_the_next_one(client_of, cast):
    client = client_of("gendarme")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session.save()
    age(client, cast["gendarme"], 16 * MINUTE)
    client.get(ACCOUNT)
    client.post("/compte/login/", {"login": "gendarme@havre.example", "password": PASSWORD})
    methods = [record["method"] for record in client.session["account_authentication_methods"]]
    assert methods == ["password"]
    assert client.get(ACCOUNT).status_code == 200


def test_a_session_without_a_connexion_or_with_that_of_somebody_else_is_refused(client_of, cast):
    with scope.acting(cast["ase"]):
        foreign = session_open(user=cast["ase"], device="Firefox sous Windows")
    for forged in (None, str(uuid.uuid4()), str(foreign.pk)):
        client = client_of("gendarme")
        session = client.session
        session[SIGN_IN] = forged
        session.save()
        assert client.get(ACCOUNT).status_code == 302, forged


def touch(row: SignIn, at: dt.datetime, *, is_activity: bool = True):
    return session_touch(str(row.pk), str(row.user_id), is_activity=is_activity, at=at)


@pytest.fixture
def row(cast):
    with scope.acting(cast["gendarme"]):
        yield session_open(user=cast["gendarme"], device="Firefox sous Windows")


def test_seen_at_moves_once_a_minute_at_most(row):
    begun = row.started_at
    touch(row, begun + 59 * dt.timedelta(seconds=1))
    row.refresh_from_db()
    assert row.seen_at == begun
    touch(row, begun + MINUTE)
    row.refresh_from_db()
    assert row.seen_at == begun + MINUTE


def test_activity_prolongs_until_twelve_hours_and_no_further(row):
    at = row.started_at
    while at + 14 * MINUTE < row.started_at + dt.timedelta(hours=12):
        at += 14 * MINUTE
        assert touch(row, at).is_live
    last = touch(row, at + MINUTE)
    assert last.is_final
    assert last.ends_at == row.started_at + dt.timedelta(hours=12)
    ended = touch(row, row.started_at + dt.timedelta(hours=12))
    assert (ended.state, ended.has_just_ended) == ("absolute", True)
    assert not touch(row, row.started_at).is_live


def test_what_a_page_asks_by_itself_prolongs_nothing(row):
    asked = touch(row, row.started_at + 14 * MINUTE, is_activity=False)
    assert (asked.is_live, asked.seconds_left(row.started_at + 14 * MINUTE)) == (True, 60)
    assert touch(row, row.started_at + 15 * MINUTE, is_activity=False).state == "idle"


@pytest.mark.parametrize(
    ("address", "headers", "is_activity"),
    [
        (ACCOUNT, {}, True),
        (ACCOUNT, {"havre-passive": "1"}, False),
        ("/mon-compte/connexion/", {}, False),
        ("/nulle-part/", {}, False),
    ],
)
def test_which_requests_are_activity(client_of, cast, address, headers, is_activity):
    client = client_of("gendarme")
    old = age(client, cast["gendarme"], 10 * MINUTE)
    client.get(address, headers=headers)
    with scope.acting(cast["gendarme"]):
        seen = SignIn.objects.get(pk=old.pk).seen_at
    assert (seen > old.seen_at) is is_activity


def test_wagtail_asking_who_else_edits_is_no_activity(client_of, cast):
    client = client_of("coordination")
    old = age(client, cast["coordination"], 10 * MINUTE)
    client.post("/admin/editing-sessions/ping/home/homepage/1/1/")
    with scope.acting(cast["coordination"]):
        assert SignIn.objects.get(pk=old.pk).seen_at == old.seen_at


def test_a_form_with_errors_is_activity(client_of, cast):
    client = client_of("gendarme")
    old = age(client, cast["gendarme"], 10 * MINUTE)
    assert client.post("/situations/demander/", {"step": "next"}).status_code == 422
    with scope.acting(cast["gendarme"]):
        assert SignIn.objects.get(pk=old.pk).seen_at > old.seen_at


def test_the_coordination_changes_the_delay(row, cast):
    with scope.acting(cast["coordination"]):
        setting_change(key="access.idle_minutes", value=5, changed_by_id=cast["coordination"].pk)
    assert touch(row, row.started_at + 5 * MINUTE).state == "idle"


def test_my_connexions_are_listed_in_plain_words_and_one_is_ended(cast):
    here, phone = enter(), enter(browser=PHONE)
    page = here.get("/mon-compte/connexions/").content.decode()
    assert "Firefox sous Windows" in page
    assert "Safari sur iPhone" in page
    assert "Mozilla" not in page
    other = phone.session[SIGN_IN]
    assert here.post(f"/mon-compte/connexions/{other}/terminer/").status_code == 302
    assert phone.get(ACCOUNT).status_code == 302
    assert here.get(ACCOUNT).status_code == 200
    assert lines(cast["gendarme"], "auth.session.end") == [{"ending": "chosen"}]


def test_ending_all_others_keeps_this_one(cast):
    here, others = enter(), [enter(browser=PHONE), enter()]
    assert here.post("/mon-compte/connexions/autres/terminer/").status_code == 302
    assert [other.get(ACCOUNT).status_code for other in others] == [302, 302]
    assert here.get(ACCOUNT).status_code == 200
    assert lines(cast["gendarme"], "auth.session.end") == [{"ending": "chosen", "count": 2}]


def test_nobody_sees_nor_ends_the_connexions_of_somebody_else(client_of, cast):
    victim = client_of("ase")
    foreign = victim.session[SIGN_IN]
    client = client_of("director_a")
    assert client.post(f"/mon-compte/connexions/{foreign}/terminer/").status_code == 404
    assert victim.get(ACCOUNT).status_code == 200
    for key in ("direction", "tech_admin", "dpo"):
        with scope.acting(cast[key]):
            assert not SignIn.objects.filter(user=cast["ase"]).exists()


def test_signing_out_ends_the_connexion_for_good(cast):
    client = enter()
    cookies = client.cookies.copy()
    key = client.session[SIGN_IN]
    client.post("/compte/logout/")
    client.cookies = cookies
    assert client.get(ACCOUNT).status_code == 302
    with scope.acting(cast["gendarme"]):
        assert SignIn.objects.get(pk=key).ending == Ending.SIGNED_OUT
    assert lines(cast["gendarme"], "auth.signed_out") == [{"ending": "signed_out"}]


def test_a_membership_that_ends_today_ends_the_connexions_at_once(client_of, cast):
    client = client_of("educator_a")
    with scope.acting(cast["coordination"]):
        membership = Membership.objects.get(user=cast["educator_a"], role="structure_educator")
        membership_end(membership=membership, ends_on=timezone.localdate() + dt.timedelta(days=3))
        assert client.get(ACCOUNT).status_code == 200
        membership_end(membership=membership, ends_on=timezone.localdate())
    assert client.get(ACCOUNT).status_code == 302


def test_without_a_scope_nothing_ends(row):
    with scope.acting(scope.HOUSEKEEPING):
        assert sessions_forget() == 0
    scope.enter(scope.SystemActor(""))
    assert sessions_end(user=row.user) == 0


def test_old_connexions_are_removed_by_the_job_alone(cast):
    past = timezone.now() - dt.timedelta(days=31)
    with scope.acting(cast["gendarme"]):
        old = session_open(user=cast["gendarme"], device="Firefox sous Windows", at=past)
        session_end(sign_in=old, at=past + MINUTE)
        assert sessions_forget() == 0
    with scope.acting(scope.HOUSEKEEPING):
        assert sessions_forget() == 1


def test_an_expired_connexion_is_not_listed(cast):
    with scope.acting(cast["gendarme"]):
        begun = session_open(user=cast["gendarme"], device="Firefox sous Windows").started_at
        assert len(sessions_live(user=cast["gendarme"])) == 1
        assert not sessions_live(user=cast["gendarme"], at=begun + 15 * MINUTE)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox sous Windows"),
        (PHONE, "Safari sur iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/138.0 Mobile Safari/537.36",
            "Chrome sous Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/138.0 Safari/537.36 Edg/138.0",
            "Edge sur Mac",
        ),
        ("curl/8.14.1", "Appareil non reconnu"),
        ("", "Appareil non reconnu"),
    ],
)
def test_a_device_in_plain_words(said, words):
    assert device_words(said) == words


def test_the_clock_says_what_is_left_and_staying_gives_it_back(client_of, cast):
    client = client_of("gendarme")
    age(client, cast["gendarme"], 13 * MINUTE)
    assert 100 < client.get("/mon-compte/connexion/").json()["left"] <= 120
    assert client.post("/mon-compte/connexion/rester/").json()["left"] > 880
