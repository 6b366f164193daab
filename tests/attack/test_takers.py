"""Somebody with a real account tries doors by the hundred, or takes everything out: the network is told at once."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cms.data_rights.models import ReadingStop
from cms.data_rights.readings.rules import PAUSE
from cms.data_rights.readings.selectors import brake_of, exports_of, night_of
from cms.data_rights.readings.services import STOPPED, UNUSUAL, reading_lift, reading_stop, readings_watch
from cms.data_rights.tasks import watch
from cms.notify.inbox.services.messages import notifications_send
from cms.values.settings import settings_supposed
from cms.wall import scope
from tests.admin.test_costs import queries_of
from tests.cast.everything import all_rows
from tests.cast.session import token_header
from tests.data_rights.test_control import read_at
from tests.journal.sql import as_owner, run
from tests.notify.steps import ask, ring_of

LIMITS = {"rights.hour_refused": 5, "rights.hour_files": 3, "rights.hour_exports": 3}
PAGE = reverse("havre_readings:index")


@pytest.fixture(autouse=True)
def limits():
    with settings_supposed(**LIMITS):
        yield


def told(kind: str = UNUSUAL) -> set[tuple[str, object]]:
    with as_owner():
        return set(
            run(
                "SELECT u.email, o.object_id FROM notify_obligation o JOIN users_user u ON u.id = o.person_id"
                " WHERE o.kind = %s AND o.closed_at IS NULL",
                kind,
            )
        )


def told_of(user) -> set[tuple[str, object]]:
    return {(f"{key}@havre.example", user.pk) for key in ("direction", "dpo")}


def doors_of_others(user, count: int) -> list[object]:
    with as_owner():
        rows = run("SELECT id FROM notify_obligation WHERE person_id <> %s ORDER BY id LIMIT %s", user.pk, count)
    assert len(rows) == count
    return [pk for (pk,) in rows]


def test_one_account_refused_on_many_objects_is_told_to_direction_and_data_protection(client_of, cast):
    thief = client_of("gendarme")
    doors = doors_of_others(cast["gendarme"], 5)
    for pk in doors[:4] * 3:
        assert thief.get(f"/boite/{pk}/").status_code == 404
    assert readings_watch() == 0, "trying one door again is not many doors"
    thief.get(f"/boite/{doors[4]}/")
    assert readings_watch() == 1
    assert told() == told_of(cast["gendarme"])


def test_exports_of_everything_are_told_likewise(client_of, cast):
    browser = client_of("coordination")
    for _ in range(3):
        answer = browser.get(f"{reverse('cases_case:list')}?export=xlsx")
        assert answer.status_code == 200
        b"".join(answer)
    watch(timestamp=0)
    assert told() == told_of(cast["coordination"])


def test_many_files_opened_are_told_and_once_an_hour(cast, db):
    now, files = timezone.now(), all_rows()
    names = [name for name, row in files.items() if name.startswith("case_")][:3]
    assert len(names) == 3
    for name in names:
        read_at(cast["educator_a"], files[name].pk, now - dt.timedelta(minutes=20))
    assert readings_watch(at=now) == 1
    assert readings_watch(at=now) == 0
    assert told() == told_of(cast["educator_a"])


def test_whoever_watches_is_watched_by_the_other(cast, client_of):
    thief = client_of("direction")
    for pk in doors_of_others(cast["direction"], 5):
        thief.get(f"/boite/{pk}/")
    readings_watch()
    assert told() == {("dpo@havre.example", cast["direction"].pk)}


def test_the_message_names_nobody_and_leaves_at_night(cast, client_of):
    thief = client_of("gendarme")
    for pk in doors_of_others(cast["gendarme"], 5):
        thief.get(f"/boite/{pk}/")
    readings_watch()
    mail.outbox.clear()
    notifications_send(at=at(3, back=-1))
    sent = [one for one in mail.outbox if one.subject.endswith("une activité inhabituelle demande votre attention")]
    assert {one.to[0] for one in sent} == {"direction@havre.example", "dpo@havre.example"}
    gendarme = cast["gendarme"]
    for word in (gendarme.email, gendarme.last_name, str(gendarme.pk)):
        assert all(word not in one.body for one in sent)


def test_an_ordinary_night_of_work_tells_nobody(cast, db):
    """Under the limits of the product: the same files read all night, and two exports."""
    now, files = timezone.now(), all_rows()
    cases = [row.pk for name, row in files.items() if name.startswith("case_")][:10]
    with settings_supposed(**{"rights.hour_refused": 30, "rights.hour_files": 120, "rights.hour_exports": 10}):
        for minute in range(50):
            read_at(cast["coordination"], cases[minute % len(cases)], now - dt.timedelta(minutes=minute))
        for minute in (3, 9):
            read_at(
                cast["coordination"],
                None,
                now - dt.timedelta(minutes=minute),
                action="cases.case.export",
                outcome="done",
            )
        assert readings_watch(at=now) == 0
    assert told() == set()


def test_the_page_says_who_read_was_refused_and_took_out_how_much(cast, client_of):
    thief = client_of("gendarme")
    for pk in doors_of_others(cast["gendarme"], 5) * 2:
        thief.get(f"/boite/{pk}/")
    with as_owner():
        before = exports_of(timezone.localdate())
    b"".join(client_of("coordination").get(f"{reverse('cases_case:list')}?export=xlsx"))
    page = client_of("dpo").get(PAGE)
    _, people, exports, _ = page.context["blocks"]
    [refused] = [row for row in people.rows if row[0] == str(cast["gendarme"])]
    assert refused[3:5] == (5, 10)
    words = ("export de la liste", "sans motif demandé", sum(one.count for one in before) + 1, 1)
    assert [row[:4] for row in exports.rows] == [words]
    assert queries_of(client_of("dpo"), PAGE) <= 15


def at(hour: int, back: int = 0) -> dt.datetime:
    day = timezone.localdate() - dt.timedelta(days=back)
    return dt.datetime.combine(day, dt.time(hour), timezone.get_current_timezone())


def test_the_night_is_read_by_data_protection(cast, client_of):
    """From 22 h of the day before to 6 h, in Paris: exports first."""
    files = all_rows()
    read_at(cast["educator_a"], files["case_a"].pk, at(21, 1))
    read_at(cast["educator_a"], files["case_a"].pk, at(22, 1))
    read_at(cast["educator_a"], files["case_b"].pk, at(5))
    read_at(cast["educator_a"], files["case_b"].pk, at(6))
    read_at(cast["director_a"], None, at(2), action="cases.case.export", outcome="done")
    with as_owner():
        rows = [(one.person, one.is_export, one.count, one.objects) for one in night_of(timezone.localdate())]
    assert rows == [(str(cast["director_a"]), True, 1, 0), (str(cast["educator_a"]), False, 2, 2)]
    assert "La nuit, de 22 h à 6 h" in client_of("dpo").get(PAGE).text


@pytest.mark.parametrize("key", ["coordination", "gendarme", "director_a", "tech_admin", "editor"])
def test_nobody_else_reads_who_read(client_of, key):
    assert client_of(key).get(PAGE).status_code in {302, 403, 404}


SLOWED, STOPPED_AT = 10, 25
"""Objects refused in the hour that slow an account under the limits of these tests; lines that stop it."""
LIST = "/situations/demandes/"


def refused_before(cast, key: str, count: int, ago: dt.timedelta = dt.timedelta(seconds=5)) -> None:
    """As many doors tried, each once, a moment ago."""
    for pk in doors_of_others(cast[key], count):
        read_at_object(cast[key], pk, timezone.now() - ago)


def read_at_object(user, pk, at) -> None:
    with as_owner():
        run(
            "INSERT INTO journal_line (at, actor_id, action, object_kind, object_id, outcome)"
            " VALUES (%s, %s, 'obligation.refused', 'obligation', %s, 'refused')",
            at,
            user.pk,
            pk,
        )


def brake_lines(user) -> list[dict]:
    with as_owner():
        return [
            details
            for (details,) in run(
                "SELECT details::text FROM journal_line WHERE actor_id = %s AND action = 'rights.readings.brake'"
                " AND outcome = 'refused'",
                user.pk,
            )
        ]


def stopped(cast, client_of, key: str):
    """The browser of an account that went on until it is stopped."""
    browser = client_of(key)
    refused_before(cast, key, SLOWED)
    for _ in range(STOPPED_AT - SLOWED):
        assert browser.get(LIST).status_code == 429
    return browser


def test_an_account_that_tries_doors_is_slowed_then_reads_once_a_minute(cast, client_of):
    thief = client_of("gendarme")
    refused_before(cast, "gendarme", SLOWED - 1)
    assert thief.get(LIST).status_code == 200
    refused_before(cast, "gendarme", SLOWED)
    answer = thief.get(LIST)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= PAUSE
    assert "une page par minute" in answer.text
    assert len(brake_lines(cast["gendarme"])) == 1, "what the brake refused is told to the journal"


def test_a_minute_later_one_page_opens(cast, client_of):
    refused_before(cast, "gendarme", SLOWED, dt.timedelta(seconds=PAUSE + 5))
    assert client_of("gendarme").get(LIST).status_code == 200


def test_an_hour_later_nothing_holds_back(cast, client_of):
    refused_before(cast, "gendarme", SLOWED * 2, dt.timedelta(minutes=61))
    assert client_of("gendarme").get(LIST).status_code == 200


def test_exports_are_slowed_likewise(cast, client_of):
    browser, address = client_of("coordination"), f"{reverse('cases_case:list')}?export=xlsx"
    for _ in range(6):
        b"".join(browser.get(address))
    assert browser.get(address).status_code == 429
    assert client_of("direction").get(address).status_code == 200


def test_the_api_is_slowed_in_json_by_session_and_token(cast, client_of, client):
    header = token_header(cast["coordination"])
    refused_before(cast, "coordination", SLOWED)
    for answer in (
        client_of("coordination").get("/api/v1/formation/sessions/"),
        client.get("/api/v1/formation/sessions/", **header),
    ):
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert "attendez une minute" in answer.json()["detail"]


def test_whoever_goes_on_is_stopped_and_direction_and_data_protection_are_told(cast, client_of):
    thief = stopped(cast, client_of, "gendarme")
    [stop] = stops_of(cast, "gendarme")
    assert stop.measures == {"refused": STOPPED_AT}
    answer = thief.get(LIST)
    assert answer.status_code == 403
    assert "Vos lectures sont arrêtées" in answer.text
    assert told(STOPPED) == {(f"{key}@havre.example", stop.pk) for key in ("direction", "dpo")}
    assert reading_stop(person=cast["gendarme"]) is None, "stopped once"
    assert thief.get("/api/v1/formation/sessions/").status_code == 403


def stops_of(cast, key: str) -> list[ReadingStop]:
    with as_owner():
        found = run("SELECT id FROM rights_readingstop WHERE account_id = %s", cast[key].pk)
    with scope.acting(cast["dpo"]):
        return list(ReadingStop.objects.filter(pk__in=[pk for (pk,) in found]))


def test_the_direction_reopens_with_a_reason_and_the_account_starts_again(cast, client_of):
    thief = stopped(cast, client_of, "gendarme")
    [stop] = stops_of(cast, "gendarme")
    chief, address = client_of("direction"), reverse("havre_readings:lift", args=[stop.pk])
    assert address in chief.get(PAGE).text
    assert address not in client_of("dpo").get(PAGE).text
    assert client_of("dpo").get(address).status_code == 404
    assert chief.get(address).status_code == 200
    assert chief.post(address, {"reason": "  "}).status_code == 422
    assert chief.post(address, {"reason": "Jointe par téléphone : elle préparait un contrôle."}).status_code == 302
    [stop] = stops_of(cast, "gendarme")
    assert stop.lifted_by_id == cast["direction"].pk
    assert told(STOPPED) == set()
    assert thief.get(LIST).status_code == 200
    assert chief.get(address).status_code == 404, "lifted once"


def test_nobody_reopens_their_own_readings(cast, client_of, acting_as):
    thief = stopped(cast, client_of, "direction")
    [stop] = stops_of(cast, "direction")
    address = reverse("havre_readings:lift", args=[stop.pk])
    assert told(STOPPED) == {("dpo@havre.example", stop.pk)}
    assert thief.get(address).status_code == 403
    for key in ("direction", "coordination", "dpo"):
        with acting_as(key), pytest.raises(ValidationError):
            reading_lift(stop=stop, by=cast[key], reason="C’est moi.")
    for key in ("direction", "dpo"):
        with acting_as(key):
            rows = ReadingStop.objects.filter(pk=stop.pk)
            assert rows.update(lifted_by=cast[key], lifted_at=timezone.now()) == 0, "nor in the database"


def test_a_stop_is_written_by_the_network_alone_and_never_rewritten(cast, client_of, acting_as):
    with acting_as("direction"), pytest.raises(DatabaseError), transaction.atomic():
        ReadingStop.objects.create(account=cast["gendarme"], measures={})
    stopped(cast, client_of, "gendarme")
    [stop] = stops_of(cast, "gendarme")
    with acting_as("direction"), pytest.raises(DatabaseError), transaction.atomic():
        ReadingStop.objects.filter(pk=stop.pk).update(
            account=cast["coordination"], lifted_by=cast["direction"], lifted_at=timezone.now()
        )
    with acting_as("coordination"):
        assert not ReadingStop.objects.exists()


def test_nobody_counts_what_another_read(cast, acting_as):
    refused_before(cast, "gendarme", SLOWED)
    with acting_as("coordination"):
        assert (
            run("SELECT * FROM readings_counted(%s, %s, %s, '{}')", cast["gendarme"].pk, at(0), timezone.now()) == []
        )
    with acting_as("gendarme"):
        assert brake_of(cast["gendarme"].pk).wait > 0


OPEN = (
    "portal:home",
    "portal:account",
    "inbox:list",
    "cases:proposals",
    "cases:incident_new",
    "cases:incident_outside",
)


@pytest.mark.parametrize("name", OPEN)
def test_nobody_is_cut_from_a_child_in_danger(cast, client_of, name):
    """Slowed, then stopped, an account still answers a proposal and declares an incident."""
    browser = stopped(cast, client_of, "director_a")
    assert browser.get(LIST).status_code == 403
    assert browser.get(reverse(name)).status_code == 200


def test_the_ring_is_taken_by_an_account_that_is_stopped(cast, client_of, acting_as):
    browser = stopped(cast, client_of, "coordination")
    assert browser.get(reverse("cases_case:list")).status_code == 403
    ring = ring_of(ask())
    address = reverse("notify:ring", args=[ring.pk])
    assert browser.get(address).status_code == 200
    assert browser.post(address).status_code == 302
    with acting_as("coordination"):
        ring.refresh_from_db()
    assert ring.acknowledged_by_id == cast["coordination"].pk


def test_a_proposal_is_answered_by_an_account_that_is_stopped(cast, client_of):
    browser = stopped(cast, client_of, "director_a")
    address = reverse("cases:proposal", args=[all_rows()["proposal_a"].pk])
    assert browser.get(address).status_code == 200
    assert browser.post(address, {}).status_code == 422, "the form is read, and says what it lacks"


def test_an_ordinary_night_is_not_slowed(cast, client_of):
    """Under the limits of the product: ten files read over and over, and two exports, then the list."""
    now, files = timezone.now(), all_rows()
    cases = [row.pk for name, row in files.items() if name.startswith("case_")][:10]
    with settings_supposed(**{"rights.hour_refused": 30, "rights.hour_files": 120, "rights.hour_exports": 10}):
        for minute in range(50):
            read_at(cast["coordination"], cases[minute % len(cases)], now - dt.timedelta(minutes=minute))
        browser = client_of("coordination")
        for _ in range(2):
            b"".join(browser.get(f"{reverse('cases_case:list')}?export=xlsx"))
        assert browser.get(reverse("cases_case:list")).status_code == 200
    assert brake_lines(cast["coordination"]) == []
