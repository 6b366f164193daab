"""From an acceptance to an arrival: three agreements, a security protocol, who pays, or a waiver that says why."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.arrival.selectors import linkings_to_agree, waivers_to_settle
from cases.arrival.services.guardians import linking_guardian_set
from cases.arrival.services.journeys import journey_set, journey_share
from cases.arrival.services.linking import (
    linking_agree,
    linking_arrived,
    linking_cancel,
    linking_finance,
    linking_open,
    linking_waive,
)
from cases.arrival.services.protocol import protocol_write
from cases.guard.selectors import free_place_ids
from cases.models import Journey, Linking, LinkingAgreement, Party, Placement
from cases.stays.selectors import runaways_too_long
from cases.stays.services import Arrival, absence_open, placement_confirm, placement_open, placement_transfer
from cms.values.selectors import values_of
from tests.cases import scenes
from tests.cases.steps import days_ago, held_by, linked, open_case, partner, place, refused_on, settle, walled
from tests.cast.linkings import ase_north, decision_written, linking_complete, sentences
from tests.retention.steps import time_passes


@pytest.fixture
def case(cast, acting_as):
    with acting_as("coordination"):
        return open_case(cast, received_at=days_ago(300))[1]


@pytest.fixture
def linking(cast, acting_as, case):
    """Les Tilleuls and the gendarmerie, who asked, and which entrusts nobody."""
    with acting_as("coordination"):
        return linking_open(case=case, partner=partner("Les Tilleuls"), by=cast["coordination"])


def arrive(cast, case, name="Les Tilleuls", **changes):
    own = {"partner": changes.pop("partner", None) or partner(name), "orientation": changes.pop("orientation", None)}
    arrival = {"arrived_at": days_ago(1), "legal_frame_id": "cadre_juridique:AE"} | changes
    return placement_open(case=case, by=cast["coordination"], arrival=Arrival(**arrival), **own)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("&nbsp;", " "))


def test_nobody_arrives_before_everything_is_there(cast, acting_as, case, linking):
    by = cast["coordination"]
    with acting_as("coordination"):
        with refused_on("waiver_reason", match="Aucune mise en lien"):
            arrive(cast, case, "Aubépine")
        first, *others = sentences().items()
        for step in (
            lambda: protocol_write(linking=linking, words=dict(others), by=by),
            lambda: decision_written(linking, by=by, on=days_ago(2).date(), frame="cadre_juridique:AE"),
            lambda: linking_finance(
                linking=linking,
                payer_kind_id="payeur:PJJ",
                daily_price_cents=0,
                financed_on=dt.date(2026, 1, 5),
                by=by,
            ),
            lambda: linking_guardian_set(linking=linking, guardian=ase_north(), by=by),
            lambda: [linking_agree(linking=linking, party=party, by=by) for party in Party],
            # The protocol changes: what was signed is no longer what it says.
            lambda: protocol_write(linking=linking, words=dict([first]), by=by),
            lambda: [linking_agree(linking=linking, party=party, by=by) for party in (Party.STRUCTURE, Party.NETWORK)],
            lambda: linking_agree(linking=linking, party=Party.REQUESTER, by=by),
        ):
            with refused_on("waiver_reason", match="il manque"):
                arrive(cast, case)
            step()
        placement = arrive(cast, case)
        settle()
        linking.refresh_from_db()
        assert linking.placement == placement
        assert waivers_to_settle() == []
        with refused_on(match="déjà commencé"):
            linking_waive(linking=linking, reason_id="motif_derogation:DANGER", by=by)
        with refused_on(match="ne s’efface plus"):
            protocol_write(linking=linking, words={first[0]: ""}, by=by)
        protocol_write(linking=linking, words={first[0]: "Réécrit avec l’équipe."}, by=by)


def test_the_database_holds_the_arrival_to_it(cast, acting_as, case, linking):
    def insert(tie: bool):
        placement = Placement.objects.create(
            case=case,
            partner=partner("Les Tilleuls"),
            place_id=free_place_ids(partner("Les Tilleuls"), timezone.localdate(days_ago(1)))[0],
            legal_frame_id="cadre_juridique:AE",
            arrived_at=days_ago(1),
            arrived_on=timezone.localdate(days_ago(1)),
            outside_reason_id="motif_hors_convention:URGENCE",
        )
        if tie:
            linking_arrived(linking=Linking.objects.get(pk=linking.pk), placement=placement)

    with acting_as("coordination"):
        for tie in (False, True):
            with held_by("placement_linked"):
                insert(tie)
        with held_by("linking_frozen"):
            Linking.objects.filter(pk=linking.pk).update(
                waived_at=timezone.now(), waived_by=cast["direction"], waiver_reason_id="motif_derogation:DANGER"
            )
        linking_complete(
            linking, coordination=cast["coordination"], on=timezone.localdate(), frame="cadre_juridique:AE"
        )
        insert(tie=True)
        settle()
        with held_by("linking_frozen"):
            Linking.objects.filter(pk=linking.pk).update(placement=None)
        with held_by("linking_frozen"):
            Linking.objects.filter(pk=linking.pk).update(partner=partner("Aubépine"))


def test_a_point_asked_later_does_not_hold_a_linking_already_open(cast, acting_as, case, linking):
    with acting_as("coordination"):
        point = values_of("protocole_securite").get(code="EQUIPE")
        point.extra = {"is_required": True}
        point.active_from = timezone.localdate() + dt.timedelta(days=1)
        point.save()
        linking_complete(linking, coordination=cast["coordination"], on=days_ago(2).date(), frame="cadre_juridique:AE")
        assert arrive(cast, case).pk


def test_a_waiver_says_why_and_is_regularised_in_time(cast, acting_as, case, linking, client_of):
    by = cast["coordination"]
    for key in ("director_a", "gendarme"):
        with acting_as(key), refused_on(match="votre compte"):
            linking_waive(linking=linking, reason_id="motif_derogation:DANGER", by=cast[key])
    with acting_as("coordination"):
        with refused_on("waiver_reason"):
            linking_waive(linking=linking, reason_id="payeur:PJJ", by=by)
        linking_waive(linking=linking, reason_id="motif_derogation:FINANCE", words="Promis ce matin.", by=by)
        with refused_on(match="Personne ne le donne à sa place"):
            arrive(cast, case, arrived_at=timezone.now())
        linking_agree(linking=linking, party=Party.STRUCTURE, by=by)
        arrive(cast, case, arrived_at=timezone.now())
        settle()
        [waived] = waivers_to_settle()
        assert (waived.due_at - waived.waived_at) == dt.timedelta(hours=72)
    home = text_of(client_of("coordination").get("/admin/"))
    assert "Les Tilleuls" in home
    assert reverse("cases_linking:inspect", args=[linking.pk]) in home
    assert "Promis ce matin" not in home
    time_passes(4, tables="cases_linking cases_placement")
    assert "de retard" in text_of(client_of("direction").get("/admin/"))
    with acting_as("coordination"):
        linking.refresh_from_db()
        linking_complete(linking, coordination=by, on=timezone.localdate(), frame="cadre_juridique:AE")
        assert waivers_to_settle() == []


def test_each_party_gives_its_own_agreement_and_no_other(cast, acting_as, linking, client_of):
    own = {"director_a": Party.STRUCTURE, "ase": Party.REQUESTER}
    with acting_as("coordination"):
        linking_guardian_set(linking=linking, guardian=ase_north(), by=cast["coordination"])
    for key in ("director_a", "gendarme", "educator_a", "director_b", "ase", "transmitter"):
        with acting_as(key):
            assert Linking.objects.filter(pk=linking.pk).exists() is (key in own or key == "gendarme")
            for party in Party:
                if own.get(key) == party:
                    continue
                with refused_on(match="votre compte"):
                    linking_agree(linking=linking, party=party, by=cast[key])
                with walled():
                    LinkingAgreement.objects.create(
                        linking=linking, party=party, answered_at=timezone.now(), given_by=cast[key]
                    )
    for key, party in own.items():
        with acting_as(key):
            assert [row.pk for row in linkings_to_agree(party)] == [linking.pk]
        browser = client_of(key)
        address = reverse("cases:linking", args=[linking.pk])
        assert address in text_of(browser.get("/"))
        assert browser.post(address).status_code == 422
        assert "Votre accord est donné" in text_of(browser.post(address, {"agreed": "on"}, follow=True))
        assert address not in text_of(browser.get("/"))
        assert browser.post(address, {"agreed": "on"}).status_code == 422
    asked = client_of("gendarme").get(address).content.decode()
    assert "Les Tilleuls" not in asked
    assert "Donner l’accord" not in asked
    assert client_of("gendarme").post(address, {"agreed": "on"}).status_code == 404
    with acting_as("coordination"):
        assert set(linking.agreements.values_list("party", "way")) == {
            ("structure", "online"),
            ("requester", "online"),
        }
        linking_cancel(linking=linking, by=cast["coordination"])
        with refused_on(match="plus cours"):
            linking_agree(linking=linking, party=Party.NETWORK, by=cast["coordination"])
    for key in own:
        assert client_of(key).get(address).status_code == 404


def test_the_journey_is_read_once_shared_and_never_tells_the_place(cast, acting_as, linking, client_of):
    told = {"driver_id": "conduite:FORCES", "leaves_at": timezone.now(), "relay": "Camille, 01 99 00 00 01"}
    note = reverse("cases:handover", args=[linking.pk])
    with acting_as("coordination"):
        by = cast["coordination"]
        for text in ("12 bis, marqueur  adresse-a, à 18 h", "Devant Les Tilleuls", "au MARQUEUR NOM-REEL-A"):
            with refused_on("meeting_point", match="où est la structure"):
                journey_set(linking=linking, by=by, meeting_point=text, **told)
        journey = journey_set(linking=linking, by=by, meeting_point="Hall de la gare", **told)
        journey = journey_set(linking=linking, by=by, meeting_point="Sous l’horloge", **told)
    for key in ("director_a", "gendarme"):
        with acting_as(key):
            assert not Journey.objects.exists() or not Journey.objects.filter(pk=journey.pk).exists()
        assert client_of(key).get(note).status_code == 404
    assert "Sous l’horloge" in text_of(client_of("coordination").get(note))
    with acting_as("coordination"):
        journey_share(journey=journey, by=cast["coordination"])
        with refused_on(match="déjà transmis"):
            journey_share(journey=journey, by=cast["coordination"])
    for key in ("director_a", "gendarme"):
        page = text_of(client_of(key).get(note))
        assert "Sous l’horloge" in page
        assert "Les Tilleuls" not in page or key == "director_a"
        assert "MARQUEUR" not in page
    for key in ("educator_a", "director_b", "ase", "transmitter"):
        assert client_of(key).get(note).status_code == 404
    time_passes(8, tables="access_grant cases_journey")
    for key in ("director_a", "gendarme"):
        assert client_of(key).get(note).status_code == 404


def test_a_structure_kept_then_set_aside_closes_its_linking(cast, acting_as):
    proposal = scenes.proposed(scenes.request_sent())[0]
    stay = scenes.arrived(proposal)
    with acting_as("coordination"):
        linking = Linking.objects.get(placement=stay)
        assert linking.orientation_id == proposal.orientation_id
        assert linking.requester == partner("Brigade 12")


def test_a_minor_goes_from_a_structure_to_another_the_same_day(cast, acting_as, case):
    by = cast["coordination"]
    with acting_as("coordination"):
        first = place(cast, case, arrived_at=days_ago(40))
        house = partner("Aubépine")
        own = {"placement": first, "partner": house, "by": by}
        with refused_on("waiver_reason"):
            placement_transfer(arrival=Arrival(days_ago(1), "cadre_juridique:AE"), **own)
        linked(cast, case, house)
        with refused_on("arrived_at"):
            placement_transfer(arrival=Arrival(days_ago(50), "cadre_juridique:AE"), **own)
        first.refresh_from_db()
        second = placement_transfer(arrival=Arrival(days_ago(1), "cadre_juridique:AE"), **own)
        settle()
        first.refresh_from_db()
        assert first.ended_on is None, "nobody said yet that the minor arrived"
        with refused_on("__all__", match="déjà annoncé"):
            linked(cast, case, house)
            placement_transfer(arrival=Arrival(timezone.now(), "cadre_juridique:AE"), **own)
        assert list(Placement.objects.present_on(timezone.localdate()).filter(case=case)) == [first]
    with acting_as("director_b"):
        placement_confirm(placement=Placement.objects.get(pk=second.pk), by=cast["director_b"])
        settle()
    with acting_as("coordination"):
        first.refresh_from_db()
        assert (first.ended_on, first.end_reason_id) == (second.arrived_on, "motif_fin:TRANSFERT")
        assert Placement.objects.filter(case=case).count() == 2
        with refused_on(match="déjà terminé"):
            placement_transfer(arrival=Arrival(timezone.now(), "cadre_juridique:AE"), **own)


def test_a_runaway_of_more_than_thirty_days_waits_on_the_home_of_the_coordination(cast, acting_as, case, client_of):
    with acting_as("coordination"):
        stay = place(cast, case, arrived_at=days_ago(90))
        gone = timezone.localdate() - dt.timedelta(days=31)
        absence_open(placement=stay, starts_on=gone, by=cast["coordination"])
        assert [row.placement_id for row in runaways_too_long()] == [stay.pk]
    assert "Fugue sans retour" in text_of(client_of("coordination").get(reverse("havre_week")))


def test_the_coordination_leads_a_linking_to_the_arrival(cast, acting_as, case, client_of):
    browser = client_of("coordination")

    def post(name, pk, **form):
        response = browser.post(reverse(name, args=[pk]), form)
        assert response.status_code == 302, response.context["form"].errors
        return response

    with acting_as("coordination"):
        house = partner("Aubépine").pk
    post("cases_case:linking", case.pk, partner=str(house))
    with acting_as("coordination"):
        linking = Linking.objects.get(case=case)
    file = reverse("cases_linking:inspect", args=[linking.pk])
    assert "Permettre l’arrivée par dérogation" in text_of(browser.get(file))
    with acting_as("coordination"):
        guardian = str(ase_north().pk)
        points = {f"point_{number}": "Dit à l’équipe." for number, _ in enumerate(values_of("protocole_securite"))}
    post("cases_linking:checks", linking.pk, **points)
    post(
        "cases_linking:decision", linking.pk, frame="cadre_juridique:AE", decided_at="2026-01-05T22:00",
        decider="decideur:JE", court="Tribunal judiciaire fictif", number="26-014",
    )  # fmt: skip
    assert (
        browser.post(
            reverse("cases_linking:finance", args=[linking.pk]),
            {"payer_kind": "payeur:ASE", "daily_price": "185,50", "financed_on": "2026-01-05"},
        ).status_code
        == 422
    )
    post(
        "cases_linking:finance",
        linking.pk,
        payer_kind="payeur:ASE",
        payer="59",
        daily_price="185,50",
        financed_on="2026-01-05",
    )
    for party in Party.values:
        post(
            "cases_linking:agree", linking.pk, party=party, reply="agreed", at="2026-01-05T23:40", way="phone",
            said_by="MARQUEUR-QUI, cadre de permanence", guardian=guardian,
        )  # fmt: skip
    post(
        "cases_linking:journey",
        linking.pk,
        driver="conduite:ASE",
        leaves_at="2026-01-06T10:00",
        meeting_point="Hall de la gare",
        relay="Camille",
    )
    post("cases_linking:share", linking.pk)
    post("cases_linking:arrive", linking.pk, arrived_at="2026-01-06T18:00", legal_frame="cadre_juridique:AE")
    page = text_of(browser.get(file))
    assert "185,50 €" in page
    assert "Le mineur est arrivé." in page
    assert "par téléphone, MARQUEUR-QUI, cadre de permanence, noté par" in page
    with acting_as("coordination"):
        linking.refresh_from_db()
        assert linking.daily_price_cents == 18550
        assert linking.placement_id
