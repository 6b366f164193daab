"""The account of a software: two people, permissions within the rights of its owner, an end; what it writes."""

import datetime as dt
import re

import pytest
from django.core.cache import caches
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Sollicitation
from cms.events.software.models import SoftwareAccount
from cms.events.software.services import software_agree, software_ask, software_key, software_stop
from cms.sessions.models import ApiToken
from cms.wall import scope
from formation.sessions.models.sessions import Session
from tests.api.reading import everything, problem
from tests.api.test_writing import IMPORTS, REQUESTS, asked, planned, post
from tests.cast.session import signed_in

NEW, TOKENS = reverse("portal:software_new"), reverse("portal:tokens")


@pytest.fixture(autouse=True)
def _uncounted():
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def ask(user, *scopes, days=200) -> SoftwareAccount:
    with scope.acting(user):
        ends_on = timezone.localdate() + dt.timedelta(days)
        return software_ask(name="Gestion", scopes=scopes, ends_on=ends_on, reason="Moins de saisie.", by=user)


@pytest.fixture
def key_of(cast):
    """What the software of somebody sends, once the coordination agreed to these permissions."""

    def made(key, *scopes):
        row = ask(cast[key], *scopes)
        with scope.acting(cast["coordination"]):
            software_agree(row=row, by=cast["coordination"])
        with scope.acting(cast[key]):
            return {"Authorization": f"Bearer {software_key(row=row, by=cast[key])}"}

    return made


def test_two_people_on_screens_then_a_key_shown_once(cast, client):
    owner, decider = signed_in(cast["gendarme"]), signed_in(cast["coordination"])
    ends_on = (timezone.localdate() + dt.timedelta(days=90)).isoformat()
    sent = {"name": "Main courante", "scopes": ["request.create", "request.read"], "ends_on": ends_on, "reason": "x"}
    assert owner.post(NEW, sent | {"ends_on": "2060-01-01"}).status_code == 422
    assert owner.post(NEW, sent | {"scopes": []}).status_code == 422
    assert owner.post(NEW, sent)["Location"] == TOKENS
    with scope.acting(cast["gendarme"]):
        row = SoftwareAccount.objects.get()
    screen, make = reverse("events_software", args=[row.pk]), reverse("portal:software_key", args=[row.pk])
    assert owner.post(make).status_code == 404
    assert "Envoyer des demandes" in decider.get(screen).content.decode()
    assert decider.post(screen, {"verb": "agree"})["Location"] == screen
    assert "hvj_" not in owner.get(make).content.decode()
    shown = owner.post(make)
    assert shown["Cache-Control"] == "private, no-store"
    text = re.search(r"hvj_[\w-]{40,}", shown.content.decode())[0]
    assert text not in owner.get(TOKENS).content.decode()
    assert post(client, REQUESTS, asked(), Authorization=f"Bearer {text}").status_code == 201
    assert decider.post(screen, {"verb": "revoke"})["Location"] == screen
    problem(client.get(REQUESTS, headers={"Authorization": f"Bearer {text}"}), 401)


def test_nobody_agrees_alone(cast):
    row = ask(cast["coordination"], "request.read")
    with scope.acting(cast["coordination"]), pytest.raises(ValidationError):
        software_agree(row=row, by=cast["coordination"])
    with scope.acting(cast["coordination"]), pytest.raises(IntegrityError), transaction.atomic():
        SoftwareAccount.objects.filter(pk=row.pk).update(agreed_by=cast["coordination"], agreed_at=timezone.now())
    for key in ("tech_admin", "director_a"):
        with scope.acting(cast[key]), pytest.raises(PermissionDenied):
            software_agree(row=row, by=cast[key])


def test_what_was_agreed_to_does_not_change(cast, key_of):
    key_of("director_a", "place.confirm")
    for key in ("director_a", "coordination"):
        with scope.acting(cast[key]), pytest.raises(IntegrityError), transaction.atomic():
            SoftwareAccount.objects.update(scopes=["place.confirm", "stay.read"])


def test_the_account_of_another_does_not_exist(cast, key_of):
    key_of("director_a", "place.confirm")
    with scope.acting(cast["director_a"]):
        row = SoftwareAccount.objects.get()
    for key in ("director_b", "gendarme", "dpo"):
        browser = signed_in(cast[key])
        for name in ("software_key", "software_end"):
            assert browser.post(reverse(f"portal:{name}", args=[row.pk])).status_code == 404
        assert browser.get(reverse("events_software", args=[row.pk])).status_code in (302, 403, 404)
        with scope.acting(cast[key]):
            assert not SoftwareAccount.objects.exists()


def test_a_new_key_ends_the_former_and_the_account_ends_both(cast, key_of, client):
    first = key_of("gendarme", "request.read")
    assert client.get(REQUESTS, headers=first).status_code == 200
    with scope.acting(cast["gendarme"]):
        row = SoftwareAccount.objects.get()
        second = {"Authorization": f"Bearer {software_key(row=row, by=cast['gendarme'])}"}
        assert ApiToken.objects.live().get().expires_at.date() <= row.ends_on + dt.timedelta(days=1)
    problem(client.get(REQUESTS, headers=first), 401)
    assert client.get(REQUESTS, headers=second).status_code == 200
    with scope.acting(cast["gendarme"]):
        software_stop(row=row, by=cast["gendarme"])
    problem(client.get(REQUESTS, headers=second), 401)
    with scope.acting(cast["gendarme"]), pytest.raises(ValidationError):
        software_key(row=row, by=cast["gendarme"])


def test_it_sends_a_request_as_its_owner_would(cast, key_of, client):
    header = key_of("gendarme", "request.create")
    answers = [post(client, REQUESTS, asked(siblings=[{"sex": "sexe:M", "age": 9}]), **header) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].content
    assert answers[0].json()["requester"] == answers[1].json()["requester"]
    assert answers[0].content == answers[1].content
    with scope.acting(cast["gendarme"]):
        row = Sollicitation.objects.get(pk=answers[0].json()["id"])
    assert row.submitted_by_id == cast["gendarme"].pk
    problem(client.get(REQUESTS, headers=header), 403)
    problem(post(client, IMPORTS, {"sessions": [planned()]}, **header), 403)


def test_it_confirms_places_of_its_structure(cast, key_of, client):
    header = key_of("director_a", "place.confirm")
    [row] = everything(client, "/api/v1/vacancies/", headers=header)
    assert row == everything(signed_in(cast["director_a"]), "/api/v1/vacancies/")[0]
    address = f"/api/v1/vacancies/{row['id']}/"
    mark = client.get(address, headers=header)["ETag"]
    confirmed = post(client, f"{address}confirmations/", {"free": 0}, **header | {"If-Match": mark})
    assert (confirmed.status_code, confirmed.json()["free"]) == (201, 0), confirmed.content
    problem(client.get("/api/v1/stays/", headers=header), 403)


def test_it_plans_sessions_and_records_attendance_apart(cast, key_of, client):
    header = key_of("trainer", "training.plan")
    answer = post(client, IMPORTS, {"sessions": [planned()]}, **header)
    assert answer.status_code == 201, answer.content
    with scope.acting(cast["trainer"]):
        assert Session.objects.filter(pk=answer.json()["sessions"][0]["id"]).exists()
    problem(client.post("/api/v1/formation/attendance/", {}, content_type="application/json", headers=header), 403)
    records = key_of("trainer", "training.record")
    sent = {
        "half_day": str(cast["trainer"].pk),
        "marks": [{"enrolment": str(cast["trainer"].pk), "status": "present"}],
    }
    refused = client.post("/api/v1/formation/attendance/", sent, content_type="application/json", headers=records)
    assert [error["pointer"] for error in problem(refused, 400)["errors"]] == ["/half_day"]
