"""The second factor: a password alone reaches nothing, a code serves once, and seeds are sealed."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import caches
from django.db import connection
from django.test import Client

from cms.sessions.second_factor import ACCEPTED, TO_SET_UP
from cms.users.roles import Role
from cms.wall import scope
from tests.cast.people import PASSWORD, PEOPLE
from tests.cast.session import code_of
from tests.queue import queue_run
from tests.wall.routes import routes

HOLDERS = [key for key, person in PEOPLE.items() if person.role and not person.is_former]
OPEN = TO_SET_UP | {"portal:alive", "portal:ready", "wagtailadmin_logout"}
"""Addresses that a password alone opens; at the last one, the one sign-out answers."""
PLACES = [
    route.path({})
    for route in routes()
    if not route.parameters and "(?:" not in route.pattern and route.name not in OPEN
]
"""Every address of the service that asks for nothing but its name."""
PUBLISHED = {
    route.path({})
    for route in routes()
    if not route.parameters and (route.name.startswith("content:") or route.name in ("sitemap", "publications"))
}
"""What is published for everybody: a password alone reads there what nobody signed in reads, and no more."""


@pytest.fixture(autouse=True)
def _real_network(settings):
    settings.HAVRE_FICTITIOUS = False
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def email_of(key: str) -> str:
    return f"{key.replace('_', '-')}@havre.example"


def enter_password(key: str, client: Client | None = None):
    client = client or Client()
    return client, client.post("/compte/login/", {"login": email_of(key), "password": PASSWORD})


def wrong_code_of(secret: str) -> str:
    return f"{(int(code_of(secret)) + 1) % 1_000_000:06d}"


def refusals_of(cast, key: str) -> list[tuple[str, str]]:
    with scope.acting(cast["direction"]), connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, details->>'means' FROM journal_line WHERE action = 'auth.refused' AND object_id = %s",
            [cast[key].pk],
        )
        return cursor.fetchall()


def test_every_role_says_what_it_accepts():
    assert set(ACCEPTED) == set(Role)
    assert all(ACCEPTED.values())


def test_every_address_is_asked_for():
    assert len(PLACES) > 80


def _told(answer):
    """What is answered, but the number of the request, which a refusal of the API repeats."""
    return re.sub(rb"urn:uuid:[0-9a-f-]{36}", b"", answer.content)


@pytest.mark.parametrize(("number", "key"), list(enumerate(HOLDERS)))
def test_a_password_alone_reaches_nothing(number, key, cast):
    """The coordination asks for every address; the others, who meet the same door, for some each."""
    client, _ = enter_password(key)
    for place in PLACES if key == "coordination" else PLACES[number :: len(HOLDERS)]:
        answer = client.get(place)
        if place in PUBLISHED:
            assert _told(answer) == _told(Client().get(place)), place
        elif place.startswith("/api/"):
            assert (answer.status_code, answer.json()["status"]) == (403, 403), place
        else:
            assert (answer.status_code, answer.get("Location")) in ((302, "/compte/2fa/"), (404, None)), place
    assert client.get("/compte/2fa/").status_code == 200


def test_a_trainee_enters_with_a_password(cast):
    client, _ = enter_password("trainee")
    assert client.get("/").status_code == 200


def test_former_members_are_held_to_nothing_and_reach_nothing(cast):
    client, _ = enter_password("former_member")
    assert client.get("/situations/sejours/").status_code == 404


def test_the_invented_network_waives_it_and_says_so(cast, settings):
    settings.HAVRE_FICTITIOUS = True
    client, _ = enter_password("coordination")
    for place in ("/", "/admin/"):
        assert "double authentification levée" in client.get(place).content.decode()


def test_a_code_opens_the_session_and_serves_once(cast, seed_of):
    secret = seed_of("gendarme")
    client, answer = enter_password("gendarme")
    assert answer["Location"] == "/compte/2fa/authenticate/"
    assert client.get("/mon-compte/").status_code == 302
    code = code_of(secret)
    assert client.post("/compte/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/mon-compte/").status_code == 200
    other, _ = enter_password("gendarme")
    replayed = other.post("/compte/2fa/authenticate/", {"code": code})
    assert "a déjà servi" in replayed.content.decode()
    assert other.get("/mon-compte/").status_code == 302
    assert ("refused", "totp") in refusals_of(cast, "gendarme")


def test_a_code_is_taken_while_the_clock_passes_and_never_twice(cast, seed_of):
    """The mark of a code that served outlasts the code itself, which is taken for a minute and a half in all."""
    secret = seed_of("gendarme")
    client, _ = enter_password("gendarme")
    code = code_of(secret, steps=-1)
    assert client.post("/compte/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/mon-compte/").status_code == 200
    [(key, until)] = [item for item in caches["limits"]._expire_info.items() if "totp.used" in item[0]]
    assert until - time.time() > 60, key


def test_wrong_codes_are_refused_written_and_counted(cast, seed_of):
    secret = seed_of("director_a")
    client, _ = enter_password("director_a")
    for _ in range(5):
        answer = client.post("/compte/2fa/authenticate/", {"code": wrong_code_of(secret)})
        assert "Ce code ne convient pas" in answer.content.decode()
    stopped = client.post("/compte/2fa/authenticate/", {"code": code_of(secret)})
    assert stopped.status_code == 200
    assert client.get("/").status_code == 200
    assert client.get("/mon-compte/").status_code == 302
    assert refusals_of(cast, "director_a") == [("refused", "totp")] * 5


def test_a_wrong_password_is_written(cast):
    Client().post("/compte/login/", {"login": email_of("ase"), "password": "un mot de passe faux"})
    assert refusals_of(cast, "ase") == [("refused", "password")]


def test_setting_up_an_application_opens_the_session(committed):
    """In a database where requests commit: allauth says that a factor was added once the request is over."""
    client, _ = enter_password("director_b")
    asked = client.get("/compte/2fa/totp/activate/")
    assert asked["Location"].startswith("/compte/reauthenticate/")
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    page = client.get("/compte/2fa/totp/activate/")
    secret, before = page.context["form"].secret, client.cookies["sessionid"].value
    done = client.post("/compte/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    assert "Mes codes de secours" in done.content.decode()
    assert client.cookies["sessionid"].value != before
    assert client.get("/mon-compte/").status_code == 200
    stored = Authenticator.objects.get(user__email=email_of("director_b"), type="totp").data["secret"]
    assert secret not in stored
    assert stored.startswith("hv1:")


def test_a_new_factor_ends_the_other_sessions_and_is_told_by_mail(committed, mailoutbox):
    """A stranger who had the password, and whose session waited beside, is out."""
    client, stranger = enter_password("director_b")[0], enter_password("director_b")[0]
    assert stranger.get("/compte/2fa/").status_code == 200
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/compte/2fa/totp/activate/").context["form"].secret
    client.post("/compte/2fa/totp/activate/", {"code": code_of(secret)})
    assert stranger.get("/compte/2fa/")["Location"].startswith("/compte/login/")
    assert client.get("/mon-compte/").status_code == 200
    queue_run()
    assert mailoutbox[-1].to == [email_of("director_b")]
    assert secret not in mailoutbox[-1].body


def test_a_session_older_than_the_factor_proves_it_and_cannot_add_another(cast, seed_of):
    client, _ = enter_password("educator_a")
    secret = seed_of("educator_a")
    assert client.get("/mon-compte/")["Location"].startswith("/compte/2fa/reauthenticate/?next=")
    for place in ("/compte/2fa/", "/compte/2fa/webauthn/add/", "/compte/2fa/recovery-codes/generate/"):
        assert client.get(place)["Location"].startswith("/compte/2fa/reauthenticate/")
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    assert client.get("/mon-compte/").status_code == 302
    client.post("/compte/2fa/reauthenticate/", {"code": code_of(secret)})
    assert client.get("/mon-compte/").status_code == 200


def test_a_recovery_code_serves_once(cast, seed_of):
    seed_of("dpo")
    codes = RecoveryCodes.activate(cast["dpo"]).get_unused_codes()
    client, _ = enter_password("dpo")
    client.post("/compte/2fa/authenticate/", {"code": codes[0]})
    assert client.get("/admin/").status_code == 200
    other, _ = enter_password("dpo")
    other.post("/compte/2fa/authenticate/", {"code": codes[0]})
    assert other.get("/admin/").status_code == 302


def test_recovery_codes_are_shown_once(cast, seed_of):
    secret = seed_of("dpo")
    client, _ = enter_password("dpo")
    client.post("/compte/2fa/authenticate/", {"code": code_of(secret)})
    client.post("/compte/2fa/reauthenticate/", {"code": code_of(secret, steps=1)})
    shown = client.post("/compte/2fa/recovery-codes/generate/", follow=True).content.decode()
    codes = RecoveryCodes(Authenticator.objects.get(user=cast["dpo"], type="recovery_codes")).get_unused_codes()
    assert len(codes) == 10
    assert all(code in shown for code in codes)
    again = client.get("/compte/2fa/recovery-codes/")
    assert again.status_code == 200
    assert not any(code in again.content.decode() for code in codes)


def test_the_last_means_is_not_removed(cast, seed_of):
    secret = seed_of("trainer")
    client, _ = enter_password("trainer")
    client.post("/compte/2fa/authenticate/", {"code": code_of(secret)})
    for row in Authenticator.objects.filter(user=cast["trainer"]):
        row.last_used_at = None
        row.save()
    caches["limits"].clear()
    client.post("/compte/2fa/reauthenticate/", {"code": code_of(secret)})
    client.post("/compte/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=cast["trainer"], type="totp").exists()


def passkey_of(cast, key: str) -> Authenticator:
    return Authenticator.objects.create(user=cast[key], type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})


def confirmed(client: Client) -> Client:
    """The session says that its holder has just confirmed with a factor, as these pages ask."""
    session = client.session
    confirmation = {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [*session["account_authentication_methods"], confirmation]
    session.save()
    return client


@pytest.mark.parametrize(("has_other", "is_kept"), [(False, True), (True, False)])
def test_the_last_passkey_is_not_removed(cast, seed_of, has_other, is_kept):
    secret = seed_of("gendarme")
    client, _ = enter_password("gendarme")
    client.post("/compte/2fa/authenticate/", {"code": code_of(secret)})
    passkey = passkey_of(cast, "gendarme")
    if not has_other:
        Authenticator.objects.filter(user=cast["gendarme"], type=Authenticator.Type.TOTP).delete()
    answer = confirmed(client).post(f"/compte/2fa/webauthn/keys/{passkey.pk}/remove/")
    assert (answer.status_code, answer["Location"]) == (302, "/compte/2fa/webauthn/")
    assert Authenticator.objects.filter(pk=passkey.pk).exists() is is_kept
