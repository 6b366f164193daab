"""What data protection checks: alerts, the guard of the journal, the review of accesses, and its home page."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.files.services import identity_write
from cms.data_rights.control.admin import last_month, review_url
from cms.data_rights.control.services import alert_receive, night_check, review_sign
from cms.data_rights.models import AccessReview, AlertReceipt, NightCheck
from cms.data_rights.selectors import bounds_of, review_of
from cms.journal.models import JournalHold
from cms.operations.integrity import checks_all
from cms.wall.models import Alert
from cms.wall.reveals.services import reveal_open
from tests.admin.test_costs import queries_of
from tests.journal.sql import as_owner, run

WORDS = "Une famille demande ce qui est écrit sur son enfant."
HOME = reverse("wagtailadmin_home")


@pytest.fixture
def alert(acting_as, cast, found):
    with acting_as("dpo"):
        reveal_open(
            kind="case",
            object_id=found["case_a"].pk,
            by=cast["dpo"],
            reason="control",
            is_break_glass=True,
            words=WORDS,
            necessity="Le journal ne dit pas la date de naissance.",
            reference=found["case_a"].reference,
        )
        return Alert.objects.get()


def read_at(user, row, at, kind="case", action="", outcome="read"):
    """A line as it stood then: no service writes in the past."""
    with as_owner():
        run(
            "INSERT INTO journal_line (at, actor_id, action, object_kind, object_id, outcome)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            at,
            user.pk,
            action or f"{kind}.read",
            kind,
            row,
            outcome,
        )


def test_an_alert_is_read_by_somebody_else(acting_as, cast, alert):
    with acting_as("dpo"):
        with pytest.raises(ValidationError):
            alert_receive(alert=alert, by=cast["dpo"])
        with pytest.raises(DatabaseError), transaction.atomic():
            AlertReceipt.objects.create(alert=alert, by=cast["dpo"])
    with acting_as("coordination"), pytest.raises(DatabaseError), transaction.atomic():
        AlertReceipt.objects.create(alert=alert, by=cast["coordination"])
    with acting_as("direction"):
        alert_receive(alert=alert, by=cast["direction"], words="Vu avec elle.")
        with pytest.raises(ValidationError):
            alert_receive(alert=alert, by=cast["direction"])


def test_the_home_page_shows_an_alert_until_it_is_read(client_of, alert):
    direction, around = client_of("direction"), reverse("havre_around")
    address = reverse("havre_guard:alert", args=[alert.pk])
    assert address in direction.get(around).content.decode()
    assert "attend une autre personne que vous" in client_of("dpo").get(HOME).content.decode()
    assert direction.post(address, {"words": ""}).status_code == 302
    assert address not in direction.get(around).content.decode()


def test_the_home_page_of_data_protection_says_what_waits(client_of, acting_as, request_a, request_dpo):
    page = client_of("dpo").get(HOME).content.decode()
    for said in (request_a.reference, request_dpo.reference, "Aucune vérification", "Revue des accès", "à faire"):
        assert said in page
    assert "MARQUEUR" not in page
    coordination = client_of("coordination").get(reverse("havre_week")).content.decode()
    assert request_a.reference in coordination
    assert request_dpo.reference not in coordination


@pytest.mark.parametrize(
    ("key", "name", "most"),
    [
        ("dpo", "wagtailadmin_home", 20),  # a query a panel
        ("dpo", "havre_rights:index", 15),
        ("dpo", "havre_guard:index", 15),
        ("dpo", "havre_review:index", 15),
        ("coordination", "havre_names:index", 15),
    ],
)
def test_each_screen_keeps_within_its_queries(client_of, request_a, key, name, most):
    assert queries_of(client_of(key), reverse(name)) <= most


def test_a_request_and_a_review_keep_within_fifteen_queries(client_of, alert, request_a):
    browser, today = client_of("dpo"), timezone.localdate()
    assert queries_of(browser, reverse("havre_rights:page", args=[request_a.pk])) <= 15
    few = queries_of(browser, review_url(today))
    for _ in range(5):
        client_of("coordination").get(reverse("cases_case:list"))
        client_of("gendarme").get("/situations/demandes/")
    assert queries_of(browser, review_url(today)) == few <= 15


def test_the_review_counts_what_the_journal_holds(acting_as, cast, found):
    month, user = last_month(), cast["educator_a"]
    start, end = bounds_of(month)
    cases = [found[name].pk for name in ("case_a", "case_b", "case_open")]
    for number in range(4):
        read_at(user, cases[number % 3], start + dt.timedelta(days=2, hours=10 + number))
    read_at(user, cases[0], start + dt.timedelta(days=3, hours=23))
    read_at(user, cases[0], start + dt.timedelta(days=4, hours=12), action="cases.case.update", outcome="done")
    read_at(user, cases[1], start + dt.timedelta(days=4, hours=13), action="case.refused", outcome="refused")
    read_at(user, cases[1], start - dt.timedelta(seconds=1))
    read_at(user, cases[1], end)
    with acting_as("dpo"):
        [one] = [one for one in review_of(month).people if one.person == str(user)]
    assert (one.readings, one.files, one.night, one.strange, one.refused, one.median) == (5, 3, 1, 2, 1, 1.0)
    assert one.is_unusual(3)
    assert not one.is_unusual(4)


def test_an_ordinary_month_is_not_unusual(acting_as, cast, found):
    month, user = last_month(), cast["educator_a"]
    cases = [found[name].pk for name in ("case_a", "case_b", "case_open")]
    for months in range(4):
        start = bounds_of((month - dt.timedelta(days=28 * months)).replace(day=1))[0]
        for case in cases:
            read_at(user, case, start + dt.timedelta(days=5, hours=10))
    with acting_as("dpo"):
        [one] = [one for one in review_of(month).people if one.person == str(user)]
    assert one.median == 3
    assert not one.is_unusual(3)


def test_data_protection_reads_the_words_of_a_broken_glass(client_of, alert):
    for key in ("dpo", "direction"):
        page = client_of(key).get(review_url(timezone.localdate())).content.decode()
        assert WORDS in page
        assert alert.reference in page
    assert client_of("coordination").get(review_url(timezone.localdate())).status_code == 404


def test_a_review_is_signed_once_and_kept(client_of, acting_as, cast):
    month = last_month()
    browser = client_of("dpo")
    sign = reverse("havre_review:sign", args=[month.year, month.month])
    assert browser.post(sign, {"remarks": "Vu."}).status_code == 422
    assert browser.post(sign, {"remarks": "Une lecture de nuit expliquée.", "is_done": "on"}).status_code == 302
    assert browser.post(sign, {"remarks": "Encore.", "is_done": "on"}).status_code == 422
    page = browser.get(review_url(month)).content.decode()
    assert "Une lecture de nuit expliquée." in page
    assert "Revue faite" not in page
    with acting_as("dpo"), pytest.raises(DatabaseError), transaction.atomic():
        AccessReview.objects.update(remarks="")
    with acting_as("direction"), pytest.raises(DatabaseError), transaction.atomic():
        AccessReview.objects.create(month=month, signed_by=cast["direction"])


def test_a_month_that_goes_on_is_not_signed(acting_as, cast):
    with acting_as("dpo"), pytest.raises(ValidationError):
        review_sign(month=timezone.localdate(), by=cast["dpo"], figures={}, remarks="")


@pytest.mark.parametrize("month", ["2026/13", "0/1", "9999/1", "987654/1"])
def test_a_month_that_is_none_is_not_found(client_of, month):
    assert client_of("dpo").get(f"{reverse('havre_review:index')}{month}/").status_code == 404


def test_the_night_keeps_what_it_found(acting_as, client_of):
    row = night_check()
    assert (row.count, row.problems) == (0, {})
    assert len(checks_all()) >= 3
    assert "Rien à signaler" in client_of("dpo").get(HOME).content.decode()
    with as_owner(triggers=False):
        run(
            "UPDATE journal_line SET seq = 1, previous_hash = decode('00', 'hex'), hash = decode('00', 'hex')"
            " WHERE id = (SELECT min(id) FROM journal_line)"
        )
    assert night_check().count > 0
    page = client_of("dpo").get(reverse("havre_guard:index")).content.decode()
    assert "ligne 1" in page
    with acting_as("coordination"):
        assert not NightCheck.objects.exists()


def test_a_hold_is_placed_and_lifted_on_screen(client_of, acting_as):
    browser = client_of("dpo")
    hold = reverse("havre_guard:hold")
    tomorrow = timezone.localdate() + dt.timedelta(days=40)
    assert browser.post(hold, {"from_month": tomorrow, "reason": "justice"}).status_code == 422
    assert browser.post(hold, {"from_month": "2026-01-15", "reason": "justice"}).status_code == 302
    with acting_as("dpo"):
        [placed] = JournalHold.objects.filter(lifted_at=None)
    assert "janvier 2026" in browser.get(reverse("havre_guard:index")).content.decode()
    lift = reverse("havre_guard:lift", args=[placed.pk])
    assert browser.post(lift, {}).status_code == 422
    assert browser.post(lift, {"is_sure": "on"}).status_code == 302
    assert browser.get(lift).status_code == 404


def test_the_coordination_finds_a_file_by_a_name_and_not_in_series(client_of, acting_as, cast, found):
    with acting_as("coordination"):
        identity_write(case=found["case_b"], by=cast["coordination"], last_name="N’Diaye", first_name="Awa")
    browser, address = client_of("coordination"), reverse("havre_names:index")
    page = browser.post(address, {"name": "ndiaye AWA"}).content.decode()
    assert found["case_b"].reference not in page
    page = browser.post(address, {"name": "awa n diaye"}).content.decode()
    assert found["case_b"].reference in page
    assert "Aucune situation" in browser.post(address, {"name": "Inconnu"}).content.decode()
    assert browser.post(address, {"name": ""}).status_code == 422
    for _ in range(17):
        assert browser.post(address, {"name": "Inconnu"}).status_code == 200
    spent = browser.post(address, {"name": "awa n diaye"})
    assert spent.status_code == 422
    assert found["case_b"].reference not in spent.content.decode()
    assert client_of("dpo").get(address).status_code == 404
