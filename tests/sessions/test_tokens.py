"""Tokens of the API: created after a step-up, kept hashed, only to read, ended with the rights of their owner."""

import datetime as dt
import hashlib
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import caches
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.partners.people.services import membership_end
from cms.sessions.factors import factor_reset
from cms.sessions.models import ApiToken
from cms.sessions.tokens import DAYS, token_create, token_revoke
from cms.wall import scope
from tests.cast.session import signed_in, token_header
from tests.queue import queue_run

SESSIONS, NEW, LIST = "/api/v1/formation/sessions/", reverse("portal:token_new"), reverse("portal:tokens")
ASKED = {"label": "Tableur du suivi", "days": "90", "scopes": ["training.read", "partner.read"]}


@pytest.fixture(autouse=True)
def _real_network(settings):
    settings.HAVRE_FICTITIOUS = False
    caches["limits"].clear()


def read(header: dict, address: str = SESSIONS, method: str = "get"):
    return getattr(Client(), method)(address, **header)


def lines(cast, action: str) -> list[tuple]:
    with scope.acting(cast["direction"]), connection.cursor() as cursor:
        cursor.execute("SELECT outcome, object_id, details::text FROM journal_line WHERE action = %s", [action])
        return cursor.fetchall()


def test_it_is_shown_once_and_kept_hashed(cast):
    client = signed_in(cast["coordination"])
    text = re.search(r"hvj_[\w-]{40,}", client.post(NEW, ASKED).content.decode())[0]
    assert read({"HTTP_AUTHORIZATION": f"Token {text}"}).status_code == 200
    with scope.acting(cast["coordination"]):
        token = ApiToken.objects.get()
    assert token.digest == hashlib.sha256(text.encode()).hexdigest()
    assert token.last_used_on == timezone.localdate()
    assert text not in client.get(LIST).content.decode()
    assert text not in str(dict(client.session))
    (line,) = lines(cast, "access.token.create")
    assert line[:2] == ("done", cast["coordination"].pk)
    assert text not in line[2]
    assert "Tableur" not in line[2]


def test_a_session_too_old_is_led_to_confirm(cast):
    stale = signed_in(cast["coordination"], ago=301)
    assert "reauthenticate" in stale.get(NEW)["Location"]
    assert stale.post(NEW, ASKED).status_code == 403
    with scope.acting(cast["coordination"]):
        assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {**ASKED, "days": "400"},
        {**ASKED, "days": ""},
        {**ASKED, "label": ""},
        {**ASKED, "scopes": ["place.confirm"]},
        {**ASKED, "scopes": []},
        {},
    ],
)
def test_a_bad_form_creates_nothing(cast, sent):
    assert signed_in(cast["coordination"]).post(NEW, sent).status_code == 422
    with scope.acting(cast["coordination"]):
        assert not ApiToken.objects.exists()


def test_neither_the_service_nor_the_database_takes_more_than_a_year(cast):
    with scope.acting(cast["coordination"]):
        with pytest.raises(ValidationError):
            token_create(by=cast["coordination"], label="Tableur", days=max(DAYS) + 1)
        token, _ = token_create(by=cast["coordination"], label="Tableur", days=max(DAYS))
        token.expires_at = token.created_at + dt.timedelta(days=367)
        with pytest.raises(IntegrityError), transaction.atomic():
            token.save()


@pytest.mark.parametrize("key", ["trainee", "former_member"])
def test_who_holds_no_role_has_no_token(cast, key):
    client = signed_in(cast[key])
    assert client.get(NEW).status_code == 404
    assert client.get(LIST).status_code == 200
    with scope.acting(cast[key]), pytest.raises(ValidationError):
        token_create(by=cast[key], label="Tableur", days=30)


def test_ten_at_most(cast):
    with scope.acting(cast["ase"]):
        for _ in range(10):
            token_create(by=cast["ase"], label="Tableur", days=30)
        with pytest.raises(ValidationError):
            token_create(by=cast["ase"], label="Tableur", days=30)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_writes_nothing(cast, method):
    answer = read(token_header(cast["trainer"]), "/api/v1/formation/attendance/", method)
    assert (answer.status_code, answer.json()["status"]) == (403, 403)
    assert lines(cast, "auth.token.refused")[0][:2] == ("refused", cast["trainer"].pk)


def test_it_opens_neither_the_portal_nor_the_admin(cast):
    header = token_header(cast["coordination"])
    for path in ("/mon-compte/", "/admin/", reverse("dashboards_export")):
        assert read(header, path)["Location"].startswith(("/compte/login/", "/admin/login/")), path


def test_it_ends_with_its_date_its_revocation_its_account(cast):
    header = token_header(cast["direction"])
    with scope.acting(cast["direction"]):
        token = ApiToken.objects.get()
        token.created_at, token.expires_at = timezone.now() - dt.timedelta(days=31), timezone.now()
        token.save()
    assert read(header).status_code == 401
    header = token_header(cast["gendarme"])
    with scope.acting(cast["gendarme"]):
        token_revoke(token=ApiToken.objects.get(), by=cast["gendarme"])
    assert read(header).status_code == 401
    assert [line[:2] for line in lines(cast, "access.token.revoke")] == [("done", cast["gendarme"].pk)]
    header = token_header(cast["ase"])
    cast["ase"].is_active = False
    cast["ase"].save()
    assert read(header).status_code == 401
    assert read({"HTTP_AUTHORIZATION": "Token inconnu"}).status_code == 401


def test_it_ends_with_the_membership(cast):
    header = token_header(cast["director_b"])
    assert read(header).status_code == 200
    with scope.acting(cast["coordination"]):
        membership = cast["director_b"].memberships.get()
        membership_end(membership=membership, ends_on=timezone.localdate() - dt.timedelta(days=1))
    refused = read(header)
    assert refused.status_code == 401
    assert "ne sert plus" in refused.json()["detail"]


def test_the_tokens_of_another_do_not_exist(cast):
    token_header(cast["director_a"])
    with scope.acting(cast["director_a"]):
        token = ApiToken.objects.get()
    for key in ("director_b", "educator_a", "coordination", "direction", "dpo", "tech_admin"):
        client = signed_in(cast[key])
        assert "Tableur" not in client.get(LIST).content.decode()
        assert client.post(reverse("portal:token_end", args=[token.pk])).status_code == 404
        with scope.acting(cast[key]):
            assert not ApiToken.objects.exists()
    with scope.acting(cast["director_b"]), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        ApiToken.objects.create(
            user=cast["director_a"],
            label="x",
            digest="0" * 64,
            held=[],
            scopes=["event.read"],
            expires_at=timezone.now() + dt.timedelta(1),
        )
    own = signed_in(cast["director_a"])
    end = reverse("portal:token_end", args=[token.pk])
    assert "Tableur" in own.get(end).content.decode()
    assert own.post(end)["Location"] == LIST
    assert own.get(end).status_code == 404


def always(user, by) -> bool:
    return True


def test_a_lost_factor_is_removed_by_another_person(cast, seed_of):
    seed_of("gendarme")
    header = token_header(cast["gendarme"])
    with scope.acting(cast["coordination"]):
        assert factor_reset(user=cast["gendarme"], by=cast["coordination"], policy=always) == 1
    assert not Authenticator.objects.filter(user=cast["gendarme"]).exists()
    assert read(header).status_code == 401
    assert lines(cast, "auth.factor.reset") == [("done", cast["gendarme"].pk, '{"means": ["totp"], "tokens": 1}')]
    queue_run()
    (sent,) = mail.outbox
    assert sent.to == ["gendarme@havre.example"]
    for word in ("Gaëlle", "Claire", "Brigade"):
        assert word not in sent.subject + sent.body


def test_nobody_removes_their_own_factor_this_way_nor_against_the_policy(cast, seed_of):
    seed_of("coordination")
    with scope.acting(cast["coordination"]):
        with pytest.raises(ValidationError):
            factor_reset(user=cast["coordination"], by=cast["coordination"], policy=always)
        with pytest.raises(PermissionDenied):
            factor_reset(user=cast["gendarme"], by=cast["coordination"], policy=lambda user, by: False)
    assert Authenticator.objects.filter(user=cast["coordination"]).exists()
