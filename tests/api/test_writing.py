"""What a software writes: once for a key, on what it has read, with the refusals of the screens."""

import datetime as dt
import threading

import pytest
from django.core.cache import caches
from django.db import connections
from django.test import Client
from django.utils import timezone

from cases.matching.models import PlaceConfirmation
from cases.models import Sollicitation, SollicitationDetail
from cases.requests import api as requests_api
from cms.sessions.calls import services as calls
from cms.sessions.calls.models import IdempotentCall
from cms.sessions.calls.services import calls_forget
from cms.users.models import User
from cms.wall import scope
from formation.sessions.models.sessions import Session
from tests.api.reading import problem
from tests.cast.session import signed_in

REQUESTS, IMPORTS = "/api/v1/requests/", "/api/v1/formation/sessions/imports/"
NARRATIVE = "Menacée par téléphone."


@pytest.fixture(autouse=True)
def _uncounted():
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def asked(**changes) -> dict:
    return {
        "callback_name": "Gaëlle Roche",
        "callback_phone": "01 99 00 12 34",
        "urgency": "urgence:U1",
        "sex": "sexe:F",
        "age": 15,
        "current_place": "59",
        "forms": ["forme:SEX", "forme:DEL"],
        "main_form": "forme:SEX",
        "has_phone": True,
        "narrative": NARRATIVE,
    } | changes


def planned(**changes) -> dict:
    day = (timezone.localdate() + dt.timedelta(days=40)).isoformat()
    slots = [{"day": day, "period": "morning", "hours": "3.5", "starts_at": "09:00"}]
    return {"module_code": "M4", "half_days": slots, "venue": "Lille", "capacity": 12} | changes


def post(browser, address, body, key="envoi-0001", **headers):
    sent = {"Idempotency-Key": key} if key else {}
    return browser.post(address, body, content_type="application/json", headers=sent | headers)


@pytest.fixture
def vacancy(client_of):
    browser = client_of("director_a")
    [row] = browser.get("/api/v1/vacancies/").json()["results"]
    return browser, f"/api/v1/vacancies/{row['id']}/"


def test_a_structure_reads_its_free_places_then_confirms_them(vacancy, acting_as, cast):
    browser, address = vacancy
    read = browser.get(address)
    body = read.json()
    answer = post(browser, f"{address}confirmations/", {"free": 0}, **{"If-Match": read["ETag"]})
    assert answer.status_code == 201, answer.content
    assert (answer.json()["free"], answer.json()["blocked"]) == (0, body["free"] + body["blocked"])
    assert answer["ETag"] == browser.get(address)["ETag"] != read["ETag"]
    with acting_as("director_a"):
        row = PlaceConfirmation.objects.latest("confirmed_at")
    assert (row.free, row.confirmed_by_id) == (0, cast["director_a"].pk)


def test_nobody_confirms_what_was_not_read_nor_what_moved_since(vacancy, acting_as):
    browser, address = vacancy
    confirm, mark = f"{address}confirmations/", browser.get(address)["ETag"]
    problem(post(browser, confirm, {"free": 0}), 428)
    problem(post(browser, confirm, {"free": 0}, **{"If-Match": f"W/{mark}"}), 412)
    assert post(browser, confirm, {"free": 0}, key="premier-envoi", **{"If-Match": mark}).status_code == 201
    problem(post(browser, confirm, {"free": 1}, key="second-envoi", **{"If-Match": mark}), 412)
    again = post(browser, confirm, {"free": 0}, key="premier-envoi", **{"If-Match": mark})
    assert again.status_code == 201
    with acting_as("director_a"):
        assert IdempotentCall.objects.count() == 1


def test_what_the_network_does_not_know_free_is_refused_with_the_words_of_the_screen(vacancy):
    browser, address = vacancy
    mark = browser.get(address)["ETag"]
    refused = problem(post(browser, f"{address}confirmations/", {"free": 499}, **{"If-Match": mark}), 400)
    assert refused["errors"][0]["pointer"] == "/free"
    assert "au plus" in refused["errors"][0]["detail"]


def test_a_structure_confirms_for_itself_alone(client_of, vacancy):
    _, address = vacancy
    for key in ("director_b", "educator_a", "gendarme", "trainer", "state_reader"):
        answer = post(client_of(key), f"{address}confirmations/", {"free": 0}, **{"If-Match": "*"})
        assert answer.status_code in (403, 404), key


def test_a_service_sends_a_request_and_its_words_are_never_given_back(client_of, acting_as):
    answer = post(client_of("gendarme"), REQUESTS, asked())
    body = answer.json()
    assert answer.status_code == 201, body
    assert answer["Location"].endswith(f"{REQUESTS}{body['id']}/")
    assert (body["urgency"], body["forms"], body["age_at_reception"]) == ("urgence:U1", ["forme:SEX", "forme:DEL"], 15)
    assert NARRATIVE not in answer.content.decode()
    assert client_of("gendarme").get(f"{REQUESTS}{body['id']}/")["ETag"] == answer["ETag"]
    with acting_as("gendarme"):
        row = Sollicitation.objects.get(pk=body["id"])
        detail = SollicitationDetail.objects.get(pk=row.pk)
    assert (row.has_phone, row.needs_care, detail.narrative) == (True, None, NARRATIVE)


def test_the_same_sending_writes_once_and_answers_the_same(client_of, acting_as):
    browser = client_of("gendarme")
    with acting_as("coordination"):
        before = Sollicitation.objects.count()
    answers = [post(browser, REQUESTS, asked(siblings=[{"sex": "sexe:M", "age": 12}])) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.content for answer in answers}) == 1
    with acting_as("coordination"):
        assert Sollicitation.objects.count() == before + 2


def test_a_key_serves_one_sending_of_one_person(client_of, acting_as):
    browser = client_of("gendarme")
    first = post(browser, REQUESTS, asked())
    problem(post(browser, REQUESTS, asked(age=16)), 422)
    for key in ("", "court", "deux mots", "x" * 65):
        problem(post(browser, REQUESTS, asked(), key=key), 400)
    other = post(client_of("ase"), REQUESTS, asked())
    assert other.status_code == 201
    assert other.json()["id"] != first.json()["id"]


def test_a_refusal_keeps_nothing_and_may_be_tried_again_under_its_key(client_of):
    browser = client_of("gendarme")
    refused = problem(post(browser, REQUESTS, asked(urgency="urgence:ZZ")), 400)
    assert [error["pointer"] for error in refused["errors"]] == ["/urgency"]
    assert post(browser, REQUESTS, asked()).status_code == 201


@pytest.mark.parametrize(
    ("changes", "pointer", "sentence"),
    [
        ({"main_form": "forme:MEND"}, "/main_form", "choisissez"),
        ({"forms": []}, "/forms", "Cochez au moins une forme"),
        ({"callback_phone": "appelez-moi"}, "/callback_phone", "numéro de téléphone"),
        ({"siblings": [{"sex": "sexe:M"}, {"sex": "zzz"}]}, "/siblings/1/sex", "choix"),
        ({"birth_year": 2011}, "/birth_year", "n’est pas posée"),
        ({"urgence": "urgence:U1"}, "/urgence", "inconnu"),
        ({"requester": "7b0a8f1e-0c2b-4d7e-9a57-0d4b8a1f9f00"}, "/requester", "au nom de ce service"),
        ({"extra": {"zzz": "oui"}}, "/extra/zzz", "n’est pas posée"),
    ],
)
def test_a_fault_is_said_at_its_place(client_of, changes, pointer, sentence):
    body = problem(post(client_of("gendarme"), REQUESTS, asked(**changes)), 400)
    found = {error["pointer"]: error["detail"] for error in body["errors"]}
    assert sentence in found.get(pointer, ""), body


def test_who_asks_for_no_place_sends_nothing(client_of):
    for key in ("director_a", "trainer", "tech_admin", "state_reader"):
        assert post(client_of(key), REQUESTS, asked()).status_code == 403, key


def test_a_software_gone_wrong_is_sent_to_the_telephone(client_of, monkeypatch):
    browser = client_of("gendarme")
    monkeypatch.setattr(requests_api, "HOUR", 10**9)  # no hour of the clock ends meanwhile
    sent = [post(browser, REQUESTS, asked(), key=f"envoi-{rank:04}") for rank in range(6)]
    assert [answer.status_code for answer in sent] == [201] * 5 + [429]
    assert "appelez la permanence" in problem(sent[-1], 429)["detail"]
    assert post(browser, REQUESTS, asked(), key="envoi-0000").status_code == 201


def test_a_trainer_plans_sessions_all_or_none(client_of, acting_as):
    browser = client_of("trainer")
    with acting_as("trainer"):
        before = Session.objects.count()
    later = (timezone.localdate() + dt.timedelta(days=41)).isoformat()
    good = [planned(), planned(half_days=[{"day": later, "period": "morning", "hours": 3}])]
    wrong = [good[0], planned(module_code="X9"), planned()]
    body = problem(post(browser, IMPORTS, {"sessions": wrong}), 400)
    assert {error["pointer"] for error in body["errors"]} == {"/sessions/1/module_code", "/sessions/2/half_days"}
    tried = browser.post(f"{IMPORTS}?dry_run=true", {"sessions": good}, content_type="application/json")
    assert (tried.status_code, tried.json()) == (200, {"count": 2, "sessions": []})
    with acting_as("trainer"):
        assert Session.objects.count() == before
    answers = [post(browser, IMPORTS, {"sessions": good}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["count"] == 2
    with acting_as("trainer"):
        assert Session.objects.count() == before + 2


def test_an_import_is_for_who_plans_with_who_teaches(client_of, cast):
    assert post(client_of("gendarme"), IMPORTS, {"sessions": [planned()]}).status_code == 403
    elsewhere = planned(trainers=[str(cast["gendarme"].pk)])
    body = problem(post(client_of("trainer"), IMPORTS, {"sessions": [planned(), elsewhere]}), 400)
    assert [error["pointer"] for error in body["errors"]] == ["/sessions/1/trainers"]
    problem(post(client_of("trainer"), f"{IMPORTS}?dry_run=oui", {"sessions": [planned()]}), 400)


def test_what_was_sent_is_forgotten_after_two_days(client_of, acting_as, cast):
    assert post(client_of("gendarme"), REQUESTS, asked()).status_code == 201
    now = timezone.now()
    with acting_as("gendarme"):
        assert calls_forget(now + dt.timedelta(hours=49)) == 0
    with scope.acting(scope.HOUSEKEEPING):
        assert calls_forget(now + dt.timedelta(hours=47)) == 0
        assert calls_forget(now + dt.timedelta(hours=49)) == 1
    with acting_as("coordination"):
        assert not IdempotentCall.objects.exists()


def test_twins_sent_at_once_write_one_row(committed, monkeypatch):
    """Real connections that commit: the second waits for the first, then answers the same."""
    caches["limits"].clear()
    monkeypatch.setattr(calls, "WAIT", "120s")  # a busy machine makes nobody give up
    user = User.objects.get(email="gendarme@havre.example")
    start, answers = threading.Barrier(4, timeout=30), []

    def send():
        try:
            browser: Client = signed_in(user)
            start.wait()
            answers.append(post(browser, REQUESTS, asked()))
        finally:
            connections.close_all()

    twins = [threading.Thread(target=send) for _ in range(4)]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        assert Sollicitation.objects.filter(pk=answers[0].json()["id"]).count() == 1
