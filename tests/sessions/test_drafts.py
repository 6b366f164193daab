"""What is typed is kept sealed, for its author alone, and is never lost because a connexion came to its time."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from cms.sessions.drafts import LARGEST, draft_fields, draft_get, draft_save, drafts_forget, drafts_waiting
from cms.sessions.models import Draft
from cms.sessions.services import sessions_end
from cms.values.services import setting_change
from cms.vault.sealing import PREFIX
from cms.wall import scope
from tests.cast.everything import all_rows
from tests.cast.people import PASSWORD
from tests.sessions.test_sessions import MINUTE, age, enter

ASK, DECLARE = "/situations/demander/", "/situations/incidents/declarer/"
SAVE, DROP = "/mon-compte/saisie/garder/", "/mon-compte/saisie/effacer/"
WORDS = "MARQUEUR-SAISIE : vue à la gare, elle attend quelqu’un."
TYPED = {"narrative": WORDS, "callback_name": "Adjudant Morel", "forms": ["sexuelle", "vol"]}


@pytest.fixture
def kept(client_of):
    client = client_of("gendarme")
    assert client.post(SAVE, {**TYPED, "draft_address": ASK}).status_code == 204
    return client


def mine(cast, key: str = "gendarme", address: str = ASK, at: dt.datetime | None = None) -> Draft | None:
    with scope.acting(cast[key]):
        return draft_get(user=cast[key], address=address, at=at)


def test_what_is_typed_comes_back_when_its_author_wants_it(kept):
    offered = kept.get(ASK).content.decode()
    assert "Reprendre votre saisie" in offered
    assert "MARQUEUR-SAISIE" not in offered
    resumed = kept.get(f"{ASK}?saisie=reprendre")
    assert resumed.status_code == 200
    page = resumed.content.decode()
    assert "MARQUEUR-SAISIE" in page
    assert "Adjudant Morel" in page
    assert "hv-errors" not in page
    account = kept.get("/mon-compte/").content.decode()
    assert f'href="{ASK}?saisie=reprendre"' in account
    assert "MARQUEUR-SAISIE" not in account


def test_it_is_sealed_in_the_database(kept, cast):
    with scope.acting(cast["gendarme"]), connection.cursor() as cursor:
        cursor.execute("SELECT fields, access_draft::text FROM access_draft")
        [(fields, whole)] = cursor.fetchall()
    assert fields.startswith(f"{PREFIX}:")
    assert "MARQUEUR-SAISIE" not in whole


@pytest.mark.parametrize("key", ["coordination", "direction", "tech_admin", "dpo", "director_a"])
def test_nobody_else_finds_it(kept, cast, key):
    with scope.acting(cast[key]):
        assert not Draft.objects.exists()
        assert Draft.objects.all().delete() == (0, {})
    assert mine(cast) is not None


def test_it_can_be_erased(kept, cast):
    assert kept.post(DROP, {"draft_address": ASK}).headers["Location"] == ASK
    assert mine(cast) is None
    assert "Reprendre votre saisie" not in kept.get(ASK).content.decode()


@pytest.mark.parametrize(
    "address", ["", "/mon-compte/", "/compte/login/", "https://ailleurs.example/", "//x.example/", "/non/"]
)
def test_only_the_long_forms_are_kept(client_of, address):
    client = client_of("gendarme")
    assert client.post(SAVE, {**TYPED, "draft_address": address}).status_code == 404
    assert client.post(DROP, {"draft_address": address}).status_code == 404


def test_what_is_too_long_is_refused_and_the_previous_one_stays(kept, cast):
    assert kept.post(SAVE, {"narrative": "x" * (LARGEST + 1), "draft_address": ASK}).status_code == 413
    assert mine(cast).fields["narrative"] == [WORDS]


def test_passwords_codes_and_the_token_are_never_kept():
    posted = QueryDict(mutable=True)
    secrets = ("password", "oldpassword", "new_password1", "code", "otp_code", "csrfmiddlewaretoken", "step")
    for name in (*secrets, "narrative", "encoded_note", "empty"):
        posted[name] = "" if name == "empty" else "x"
    assert draft_fields(posted) == {"narrative": ["x"], "encoded_note": ["x"]}


def test_a_later_saving_replaces_the_former(kept, cast):
    kept.post(SAVE, {"narrative": "autre", "draft_address": ASK})
    with scope.acting(cast["gendarme"]):
        [draft] = Draft.objects.all()
    assert draft.fields == {"narrative": ["autre"]}


def test_seventy_two_hours_later_it_is_gone(cast):
    now = timezone.now()
    with scope.acting(cast["gendarme"]):
        draft_save(user=cast["gendarme"], address=ASK, fields={"narrative": ["x"]}, at=now - dt.timedelta(hours=71))
        draft_save(
            user=cast["gendarme"], address=DECLARE, fields={"narrative": ["x"]}, at=now - dt.timedelta(hours=72)
        )
    assert mine(cast, address=DECLARE) is None  # before the job too
    with scope.acting(cast["gendarme"]):
        assert drafts_forget() == 0
    with scope.acting(scope.HOUSEKEEPING):
        assert not Draft.objects.exists()
        assert drafts_forget() == 1
    assert mine(cast) is not None


def test_the_coordination_shortens_how_long_it_is_kept(client_of, cast):
    now = timezone.now()
    with scope.acting(cast["gendarme"]):
        for address, hours in ((ASK, 24), (DECLARE, 23)):
            at = now - dt.timedelta(hours=hours)
            draft_save(user=cast["gendarme"], address=address, fields={"narrative": ["x"]}, at=at)
    with scope.acting(cast["coordination"]):
        setting_change(key="access.draft_hours", value=24, changed_by_id=cast["coordination"].pk)
    assert mine(cast) is None
    assert mine(cast, address=DECLARE) is not None
    with scope.acting(cast["gendarme"]):
        assert [draft.address for _, draft in drafts_waiting()] == [DECLARE]
    with scope.acting(scope.HOUSEKEEPING):
        assert drafts_forget() == 1
    assert "24&nbsp;heures au plus" in client_of("gendarme").get(ASK).content.decode()


@pytest.mark.parametrize("hours", [0, 73])
def test_nothing_is_kept_longer_than_three_days(cast, hours):
    with scope.acting(cast["coordination"]), pytest.raises(ValidationError):
        setting_change(key="access.draft_hours", value=hours, changed_by_id=cast["coordination"].pk)


def test_sending_forgets_what_was_kept(client_of, cast):
    client = client_of("director_a")
    address = f"/situations/propositions/{all_rows()['proposal_a'].pk}/"
    page = client.get(address).content.decode()
    answers = re.findall(r'name="answer" value="([^"]+)"', page)
    sent = {"answer": answers[0], "available_from": f"{timezone.localtime():%Y-%m-%dT%H:%M}"}
    client.post(SAVE, {**sent, "draft_address": address})
    assert mine(cast, "director_a", address) is not None
    assert client.post(address, sent).status_code == 302
    assert mine(cast, "director_a", address) is None


def test_errors_keep_what_was_kept(kept, cast):
    assert kept.post(ASK, {"step": "send"}).status_code == 422
    assert mine(cast) is not None


def sign_in_again(client: Client, key: str) -> None:
    client.post("/compte/login/", {"login": f"{key.replace('_', '-')}@havre.example", "password": PASSWORD})


def test_a_form_sent_after_the_end_is_found_again_after_signing_in(client_of, cast):
    client = client_of("educator_a")
    age(client, cast["educator_a"], 20 * MINUTE)
    response = client.post(DECLARE, {"narrative": WORDS, "measures": "Appel au 17."})
    assert response.headers["Location"] == f"/compte/login/?next={DECLARE.replace('/', '%2F')}"
    page = client.get("/compte/login/").content.decode()
    assert "votre saisie est gardée" in page
    assert "MARQUEUR-SAISIE" not in page
    assert client.get(f"{DECLARE}?saisie=reprendre").status_code == 302
    sign_in_again(client, "educator_a")
    assert "Reprendre votre saisie" in client.get(DECLARE).content.decode()
    assert "MARQUEUR-SAISIE" in client.get(f"{DECLARE}?saisie=reprendre").content.decode()


def test_another_window_that_found_the_end_first_changes_nothing(client_of, cast):
    client = client_of("gendarme")
    age(client, cast["gendarme"], 20 * MINUTE)
    assert client.get("/").status_code == 200
    assert client.post(ASK, TYPED).status_code == 302
    assert mine(cast).fields["narrative"] == [WORDS]


def test_somebody_else_who_signs_in_next_finds_nothing(client_of, cast):
    client = client_of("gendarme")
    age(client, cast["gendarme"], 20 * MINUTE)
    client.post(ASK, TYPED)
    sign_in_again(client, "ase")
    assert "Reprendre votre saisie" not in client.get(ASK).content.decode()
    client.post("/compte/logout/")
    client.post(ASK, {"narrative": "pour qui ?"})
    assert mine(cast).fields["narrative"] == [WORDS]
    assert mine(cast, "ase") is None


def test_a_forged_request_is_refused_before_anything_is_kept(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["gendarme"])
    age(client, cast["gendarme"], 20 * MINUTE)
    assert client.post(ASK, TYPED).status_code == 403
    assert mine(cast) is None


def test_a_connexion_that_was_ended_on_purpose_keeps_nothing(cast):
    client = enter()
    with scope.acting(cast["gendarme"]):
        sessions_end(user=cast["gendarme"])
    client.post(ASK, TYPED)
    assert mine(cast) is None


def test_an_account_that_was_closed_keeps_nothing(client_of, cast):
    client = client_of("gendarme")
    age(client, cast["gendarme"], 20 * MINUTE)
    cast["gendarme"].is_active = False
    cast["gendarme"].save()
    client.post(ASK, TYPED)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT count(*) FROM access_draft")
        assert cursor.fetchone() == (0,)
        cursor.execute("SET ROLE havre_app")
