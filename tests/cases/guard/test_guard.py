"""No way to a bed without its guard: keep-away, suspension, imperative exigence, places, the structure's own yes."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.arrival.services.linking import arrival_waive, linking_agree, linking_arrived, linking_open
from cases.files.protection.services import keep_away_add, keep_away_lift
from cases.files.services import case_update_facts
from cases.guard.enums import Obstacle
from cases.guard.selectors import derogations_to_agree, free_place_ids, obstacles_of, structures_open_to
from cases.guard.services import derogation_agree, derogation_ask, derogation_refuse
from cases.models import Linking, Party, Placement, StayDerogation
from cases.stays.services import Arrival, placement_open
from cms.notify.models import Obligation
from cms.partners.conventions.services import partner_suspend, place_close
from cms.partners.models import Place
from cms.wall import scope
from tests.cases.steps import days_ago, held_by, linked, open_case, partner, place, refused_on, settle
from tests.retention.steps import time_passes

HOUSE = "Les Tilleuls"
FAMILY = "motif_eloignement:ENTOURAGE"


@pytest.fixture
def case(cast, acting_as):
    with acting_as("coordination"):
        return open_case(cast, received_at=days_ago(3))[1]


def away(cast, case, name=HOUSE):
    return keep_away_add(
        case=case, territory_id=partner(name).territory_id, reason_id=FAMILY, by=cast["coordination"], radius_km=10
    )


def only_places(house, count: int) -> None:
    """Close the free places of a structure but for `count`."""
    today = timezone.localdate()
    for pk in free_place_ids(house, today)[count:]:
        place_close(place=Place.objects.get(pk=pk), on=today)


def told(kind: str) -> set[str]:
    with scope.acting(scope.NOTIFY):
        return {row.person.email.split("@")[0] for row in Obligation.objects.open().filter(kind=kind)}


def test_a_place_to_keep_away_from_closes_every_way(cast, acting_as, case):
    by = cast["coordination"]
    with acting_as("coordination"):
        house = partner(HOUSE)
        linking = linked(cast, case, house)
        away(cast, case)
        with refused_on("partner", match="dans le département à éviter"):
            place(cast, case)
        other = open_case(cast)[1]
        away(cast, other)
        with refused_on("partner", match="Choisissez une autre structure"):
            linking_open(case=other, partner=house, by=by)
        with refused_on("partner"):
            arrival_waive(case=other, partner=house, reason_id="motif_derogation:DANGER", by=by)
        assert house not in structures_open_to(other, timezone.localdate())
        assert Linking.objects.filter(pk=linking.pk, placement=None).exists()


def test_the_form_offers_no_structure_that_the_search_refuses(cast, acting_as, case, client_of):
    with acting_as("coordination"):
        away(cast, case)
        house_id = str(partner(HOUSE).pk)
    browser = client_of("coordination")
    for name in ("linking", "stay"):
        url = reverse(f"cases_case:{name}", args=[case.pk])
        assert f">{HOUSE}<" not in browser.get(url).content.decode()
        answer = browser.post(url, {"partner": house_id})
        assert answer.status_code == 422
        assert "choisissez-en une autre" in answer.content.decode()


def test_the_database_refuses_what_the_services_would(cast, acting_as, case):
    """A stay written without its service: the wall of the search, the bed and the yes of the structure hold."""

    def insert(**changes):
        house = partner(HOUSE)
        now = timezone.now()
        values = {"place_id": free_place_ids(house, timezone.localdate())[0], "arrived_at": now} | changes
        placement = Placement.objects.create(
            case=case,
            partner=house,
            convention=house.conventions.first(),
            legal_frame_id="cadre_juridique:AE",
            arrived_on=timezone.localdate(now),
            **values,
        )
        linking_arrived(linking=Linking.objects.get(case=case, partner=house), placement=placement)

    with acting_as("coordination"):
        by, house = cast["coordination"], partner(HOUSE)
        linking = arrival_waive(case=case, partner=house, reason_id="motif_derogation:DANGER", by=by)
        with held_by("placement_accepted"):
            insert()
        linking_agree(linking=linking, party=Party.STRUCTURE, by=by)
        with held_by("placement_has_place"):
            insert(place_id=None)
        kept = away(cast, case)
        with held_by("placement_guarded"):
            insert()
        keep_away_lift(keep_away=kept, by=by)
        partner_suspend(partner=house, starts_on=timezone.localdate(), reason="Incendie")
        with held_by("placement_guarded"):
            insert()


def test_two_people_and_no_fewer_set_a_place_aside(cast, acting_as, case):
    by = cast["coordination"]
    with acting_as("coordination"):
        with refused_on("partner", match="aucune dérogation"):
            derogation_ask(case=case, partner=partner(HOUSE), reason="Pour rien.", by=by)
        away(cast, case)
        derogation = derogation_ask(case=case, partner=partner(HOUSE), reason="Son frère y est.", by=by)
        assert derogation.obstacles == [Obstacle.AWAY]
        with refused_on(match="Une autre personne que vous"):
            derogation_agree(derogation=derogation, by=by)
        with held_by("stayderogation_two_people"):
            StayDerogation.objects.filter(pk=derogation.pk).update(
                agreed_by=by, agreed_at=timezone.now(), ends_at=timezone.now()
            )
        assert derogations_to_agree(by) == []
    assert told("stay_derogation") == {"direction"}
    with acting_as("direction"):
        assert derogations_to_agree(cast["direction"]) == [derogation]
        derogation_agree(derogation=derogation, by=cast["direction"])
        with refused_on(match="déjà répondu"):
            derogation_refuse(derogation=derogation, by=cast["direction"])
    assert told("stay_derogation") == set()
    assert told("stay_derogation_decided") == {"coordination"}
    with acting_as("coordination"):
        place(cast, case)
        settle()


def test_a_derogation_holds_for_its_hours_its_minor_and_its_structure(cast, acting_as, case):
    with acting_as("coordination"):
        other = open_case(cast)[1]
        for each in (case, other):
            away(cast, each)
        derogation = derogation_ask(case=case, partner=partner(HOUSE), reason="Deux nuits.", by=cast["coordination"])
    with acting_as("direction"):
        derogation_agree(derogation=derogation, by=cast["direction"])
    with acting_as("coordination"), refused_on("partner"):
        linked(cast, other, partner(HOUSE))
    time_passes(2, tables="cases_stayderogation")
    with acting_as("coordination"), refused_on("partner"):
        place(cast, case)


def test_a_derogation_read_by_a_structure_does_not_exist(cast, acting_as, case):
    with acting_as("coordination"):
        away(cast, case)
        derogation_ask(case=case, partner=partner(HOUSE), reason="Secret.", by=cast["coordination"])
    for key in ("director_a", "gendarme", "ase", "state_reader"):
        with acting_as(key):
            assert not StayDerogation.objects.exists()


def test_every_stay_takes_a_place_and_the_last_one_needs_two_people(cast, acting_as):
    with acting_as("coordination"):
        house = partner(HOUSE)
        only_places(house, 2)
        while free_place_ids(house, timezone.localdate()):
            stay = place(cast, open_case(cast)[1], arrived_at=timezone.now())
            assert stay.place.partner_id == house.pk
        settle()
        late = open_case(cast)[1]
        with refused_on("place", match="plus aucune place libre"):
            place(cast, late, arrived_at=timezone.now())
        derogation = derogation_ask(case=late, partner=house, reason="Lit d’appoint.", by=cast["coordination"])
        assert derogation.obstacles == [Obstacle.PLACE]
    with acting_as("direction"):
        derogation_agree(derogation=derogation, by=cast["direction"])
    with acting_as("coordination"):
        assert place(cast, late, arrived_at=timezone.now()).place is None
        settle()
        one = Placement.objects.filter(partner=house, ended_on=None).exclude(place=None).first()
        assert Place.objects.filter(pk=one.place_id).exists()
        with held_by("placement_frozen"):
            Placement.objects.filter(pk=one.pk).update(place=None)


def test_a_place_freed_under_an_extra_minor_is_not_free(cast, acting_as):
    """Three minors for two places: the first who leaves frees no place."""
    today = timezone.localdate()
    with acting_as("coordination"):
        house = partner(HOUSE)
        only_places(house, 2)
        while free_place_ids(house, today):
            place(cast, open_case(cast)[1], arrived_at=timezone.now())
        late = open_case(cast)[1]
        derogation = derogation_ask(case=late, partner=house, reason="Lit d’appoint.", by=cast["coordination"])
    with acting_as("direction"):
        derogation_agree(derogation=derogation, by=cast["direction"])
    with acting_as("coordination"):
        place(cast, late, arrived_at=timezone.now())
        first = Placement.objects.filter(partner=house, ended_on=None).exclude(place=None).first()
        Placement.objects.filter(pk=first.pk).update(ended_on=today, end_reason_id="motif_fin:FAMILLE")
        assert free_place_ids(house, today)
        assert obstacles_of(late, house, today, needs_place=True) == [Obstacle.PLACE]


@pytest.mark.parametrize("by_exploitation", [False, True])
def test_a_place_added_later_alerts_whoever_coordinates(cast, acting_as, case, client_of, by_exploitation):
    with acting_as("coordination"):
        place(cast, case)
        settle()
        assert told("stay_too_near") == set()
        if by_exploitation:
            territory = partner(HOUSE).territory_id
            case_update_facts(case=case, by=cast["coordination"], exploitation_place_id=territory)
        else:
            away(cast, case)
    assert told("stay_too_near") >= {"coordination", "direction"}
    browser = client_of("coordination")
    page = browser.get(reverse("cases_case:inspect", args=[case.pk]))
    assert "trop près d’un lieu à éviter" in page.content.decode()
    home = browser.get("/admin/").content.decode()
    assert "accueilli trop près d’un lieu à éviter" in home
    assert "Préparer un passage" in home
    with acting_as("coordination"):
        derogation_ask(case=case, partner=partner(HOUSE), reason="Cette nuit.", by=cast["coordination"])
    waits = "demande une dérogation, une autre personne y répond"
    assert waits in browser.get("/admin/").content.decode()
    with acting_as("direction"):
        derogation_agree(derogation=StayDerogation.objects.get(), by=cast["direction"])
    assert "trop près d’un lieu à éviter" not in browser.get("/admin/").content.decode()


def test_the_file_asks_and_another_person_gives(cast, acting_as, case, client_of):
    with acting_as("coordination"):
        away(cast, case)
        house_id = str(partner(HOUSE).pk)
    asking = client_of("coordination")
    url = reverse("cases_case:guard_ask", args=[case.pk])
    asking.post(url, {"partner": house_id, "reason": "Motif sous scellé."})
    with acting_as("coordination"):
        derogation = StayDerogation.objects.get()
    agree = reverse("cases_case:guard_agree", args=[case.pk, derogation.pk])
    assert asking.post(agree).status_code == 422
    deciding = client_of("direction")
    assert "Motif sous scellé." in deciding.get(agree).content.decode()
    deciding.post(agree)
    with acting_as("coordination"):
        derogation.refresh_from_db()
        assert derogation.agreed_by == cast["direction"]
        assert placement_open(
            case=case,
            partner=linked(cast, case, partner(HOUSE)).partner,
            by=cast["coordination"],
            arrival=Arrival(timezone.now() - dt.timedelta(minutes=5), "cadre_juridique:AE"),
        )
