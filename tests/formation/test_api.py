"""The API of training."""

import pytest

from formation.models import Attendance, Enrolment
from tests.cast.session import token_header

ADDRESS = "/api/v1/formation/attendance/"


@pytest.fixture
def call(client_of):
    def run(key, method, address, data=None):
        return getattr(client_of(key), method)(address, data, content_type="application/json")

    return run


def body(half_day, *marks):
    return {"half_day": str(half_day.pk), "marks": [{"enrolment": str(row.pk), "status": s} for row, s in marks]}


def test_everybody_signed_in_reads_sessions(client_of, sessions):
    browser = client_of("gendarme")
    answer = browser.get("/api/v1/formation/sessions/").json()
    assert len(answer["results"]) == 2
    assert {row["places_taken"] for row in answer["results"]} == {4, 1}
    assert len(browser.get("/api/v1/formation/sessions/", {"module_code": "M4"}).json()["results"]) == 1
    assert len(browser.get(f"/api/v1/formation/sessions/{sessions['trainer'].pk}/").json()["half_days"]) == 4
    assert client_of("anonymous").get("/api/v1/formation/sessions/").status_code in (401, 403)


def test_an_impossible_filter_is_400(client_of):
    answer = client_of("gendarme").get("/api/v1/formation/sessions/", {"starts_after": "2026-02-31"})
    assert answer.status_code == 400


def test_the_trainer_records_by_session_and_by_token(call, client, cast, enrolments, half_days):
    answer = call("trainer", "post", ADDRESS, body(half_days[0], (enrolments["Nadia"], "present")))
    assert answer.status_code == 201
    assert answer.json()[0]["status"] == "present"
    header = token_header(cast["trainer"])
    sent = body(half_days[1], (enrolments["Nadia"], "absent"))
    assert client.post(ADDRESS, sent, content_type="application/json", **header).status_code == 403
    assert len(client.get(ADDRESS, **header).json()["results"]) == 1


def test_each_lists_the_own_scope(call, client_of, enrolments, half_days):
    call("trainer", "post", ADDRESS, body(half_days[0], *((row, "present") for row in enrolments.values())))
    counts = {"trainer": 4, "trainer_b": 0, "director_a": 2, "director_b": 1, "trainee": 1, "gendarme": 0}
    for key, count in counts.items():
        assert len(client_of(key).get(ADDRESS).json()["results"]) == count


def test_a_presence_is_corrected(call, enrolments, half_days):
    row = call("trainer", "post", ADDRESS, body(half_days[0], (enrolments["Nadia"], "absent"))).json()[0]
    answer = call("trainer", "put", f"{ADDRESS}{row['id']}/", {"status": "excused"})
    assert answer.status_code == 200
    assert answer.json()["status"] == "excused"
    assert call("trainer_b", "put", f"{ADDRESS}{row['id']}/", {"status": "present"}).status_code == 404
    assert call("director_a", "put", f"{ADDRESS}{row['id']}/", {"status": "present"}).status_code == 400
    assert call("trainer", "put", f"{ADDRESS}{row['id']}/", {"status": "asleep"}).status_code == 400


def test_somebody_not_enrolled_is_400_and_nothing_is_written(call, acting_as, sessions, enrolments, half_days):
    with acting_as("coordination"):
        stranger = Enrolment.objects.get(session=sessions["trainer_b"])
    answer = call(
        "trainer", "post", ADDRESS, body(half_days[0], (enrolments["Nadia"], "present"), (stranger, "present"))
    )
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/marks"
    assert error["detail"] == "Une personne n’est pas inscrite à cette session. Inscrivez-la d’abord."
    with acting_as("coordination"):
        assert not Attendance.objects.exists()


@pytest.mark.parametrize("key", ["trainer_b", "director_a", "trainee", "gendarme"])
def test_nobody_else_records(call, acting_as, enrolments, half_days, key):
    answer = call(key, "post", ADDRESS, body(half_days[0], (enrolments["Yanis"], "present")))
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/half_day"]
    with acting_as("coordination"):
        assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"half_day": "x", "marks": []},
        {"half_day": "0" * 8, "marks": "present"},
        {"half_day": "00000000-0000-4000-8000-000000000000", "marks": [{"enrolment": "x", "status": "y"}]},
    ],
)
def test_bad_input_is_400(call, sent):
    assert call("trainer", "post", ADDRESS, sent).status_code == 400
