"""What cannot stand is listed, leads to where it is corrected, and leaves the list once it is."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.partners.models import Partner
from cms.wall import scope
from dashboards.consistency.selectors import (
    CHECKS,
    consistency_board,
    consistency_counts,
    overfull,
    unconfirmed,
    unframed,
    unreachable,
    unsheeted,
)
from formation.enums import SessionState
from formation.models import Session
from tests.dashboards.world import World, at

TODAY = timezone.localdate()
CHECKS_BY_CODE = {check.code: check for check in CHECKS}


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def world(cast):
    with scope.acting(cast["coordination"]):
        yield World(cast["coordination"])


def house() -> Partner:
    return Partner.objects.get(code_name="Les Tilleuls")


def test_a_minor_without_legal_frame_shows_after_eight_days_and_no_sooner(world):
    late = world.placement(world.case(), house(), at(days_ago(9)), legal_frame_id="cadre_juridique:AUCUN")
    world.placement(world.case(), house(), at(days_ago(8)), legal_frame_id="cadre_juridique:AUCUN")
    world.placement(world.case(is_test=True), house(), at(days_ago(20)), legal_frame_id="cadre_juridique:AUCUN")
    world.placement(world.case(), house(), at(days_ago(20)), legal_frame_id="cadre_juridique:OPP-P")
    assert late in unframed(TODAY)
    assert unframed(TODAY).filter(arrived_on__gte=days_ago(20)).count() == 1


def test_a_session_held_without_its_sheet_leads_to_where_it_is_countersigned(world, client_of):
    session = Session.objects.filter(half_days__isnull=False).first()
    Session.objects.filter(pk=session.pk).update(state=SessionState.HELD, starts_on=days_ago(3), ends_on=days_ago(2))
    assert session in unsheeted(TODAY)
    [line] = [CHECKS_BY_CODE["sheet"].line(row) for row in unsheeted(TODAY).filter(pk=session.pk)]
    for key in ("coordination", "direction"):
        page = client_of(key).get(line.url)
        assert page.status_code == 200
        assert (
            reverse("formation:countersign", args=[unsheeted(TODAY).get(pk=session.pk).half_day])
            in page.content.decode()
        )
    assert session not in unsheeted(days_ago(2))


def test_more_minors_than_places(world):
    partner = world.structure("Maison pleine", "38", signed_on=days_ago(200))
    assert partner not in overfull(TODAY)
    world.placement(world.case(), partner, at(days_ago(2)))
    found = overfull(TODAY).get(pk=partner.pk)
    assert (found.present, found.open_places) == (1, 0)


def test_a_partner_under_convention_without_contact(world):
    partner = world.structure("Maison muette", "38", signed_on=days_ago(20))
    unsigned = world.structure("Maison en projet", "38")
    assert partner in unreachable(TODAY)
    assert unsigned not in unreachable(TODAY)
    partner.contacts.create(name="Accueil", phone="01 99 00 00 00")
    assert partner not in unreachable(TODAY)


def test_an_arrival_never_confirmed_and_one_entered_late(world):
    waited = world.placement(world.case(), house(), at(days_ago(5)), is_confirmed=False)
    assert waited in unconfirmed(TODAY)
    entered = world.placement(world.case(), house(), at(days_ago(10)))
    before = consistency_counts(TODAY).get("late", 0)
    type(entered).objects.filter(pk=entered.pk).update(confirmed_at=timezone.now())
    assert consistency_counts(TODAY)["late"] == before + 1


def test_counts_are_those_of_the_lists_and_cost_one_statement(world):
    world.placement(world.case(), house(), at(days_ago(9)), legal_frame_id="cadre_juridique:AUCUN")
    consistency_counts(TODAY)
    with CaptureQueriesContext(connection) as captured:
        counts = consistency_counts(TODAY)
    assert len([query for query in captured if "UNION" in query["sql"]]) == 1
    assert len(captured) <= 1 + 3  # settings
    assert {check.code: check.rows(TODAY).count() for check in CHECKS} == counts
    for found in consistency_board(TODAY):
        assert found.count == counts.get(found.check.code, 0)


def test_each_line_opens_for_the_coordination(client_of, world):
    world.placement(world.case(), house(), at(days_ago(9)), legal_frame_id="cadre_juridique:AUCUN")
    world.structure("Maison muette", "38", signed_on=days_ago(20))
    browser = client_of("coordination")
    page = browser.get(reverse("dashboards_consistency")).content.decode()
    assert "Mineur présent sans cadre juridique" in page
    for found in consistency_board(TODAY):
        for line in found.lines[:2]:
            assert line.url in page
            assert browser.get(line.url).status_code == 200
    assert "À corriger" in browser.get(reverse("havre_week")).content.decode()


@pytest.mark.parametrize("key", ["trainer", "dpo", "editor", "tech_admin"])
def test_it_is_for_those_who_read_figures(client_of, key):
    assert client_of(key).get(reverse("dashboards_consistency")).status_code == 404
    assert "À corriger" not in client_of(key).get("/admin/").content.decode()
