"""Somebody with a real account tries doors by the hundred, or takes everything out: the network is told at once."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cms.data_rights.readings.selectors import exports_of, night_of
from cms.data_rights.readings.services import UNUSUAL, readings_watch
from cms.data_rights.tasks import watch
from cms.notify.inbox.services.messages import notifications_send
from cms.values.settings import settings_supposed
from tests.admin.test_costs import queries_of
from tests.cast.everything import all_rows
from tests.data_rights.test_control import read_at
from tests.journal.sql import as_owner, run

LIMITS = {"rights.hour_refused": 5, "rights.hour_files": 3, "rights.hour_exports": 3}
PAGE = reverse("havre_readings:index")


@pytest.fixture(autouse=True)
def limits():
    with settings_supposed(**LIMITS):
        yield


def told() -> set[tuple[str, object]]:
    with as_owner():
        return set(
            run(
                "SELECT u.email, o.object_id FROM notify_obligation o JOIN users_user u ON u.id = o.person_id"
                " WHERE o.kind = %s AND o.closed_at IS NULL",
                UNUSUAL,
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
    people, exports, _ = page.context["blocks"]
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
