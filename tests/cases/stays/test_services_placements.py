"""Stays, what they open to whom, and absences (definition of indicator 3)."""

import datetime as dt

import pytest
from django.utils import timezone

from cases.files.services import identity_write
from cases.guard.selectors import free_place_ids
from cases.guard.services import derogation_agree, derogation_ask
from cases.models import Case, Placement
from cases.stays.services import absence_close, absence_open, placement_confirm, placement_end
from cms.partners.conventions.services import convention_advance, partner_suspend
from cms.partners.enums import Stage
from cms.partners.models import Convention, Place
from tests.cases.steps import FACTS, days_ago, open_case, orient, partner, place, refused_on


@pytest.fixture
def case(cast, acting_as):
    with acting_as("coordination"):
        return open_case(cast, received_at=days_ago(300))[1]


def stay(cast, case, **changes):
    """A stay at Les Tilleuls, asked by the gendarmerie."""
    return place(cast, case, **changes)


def test_an_arrival_takes_the_convention_of_its_civil_day_in_paris(cast, acting_as, case):
    with acting_as("coordination"):
        convention = Convention.objects.get(partner__code_name="Les Tilleuls")
        evening = dt.datetime.combine(convention.starts_on, dt.time(0), dt.UTC) - dt.timedelta(minutes=30)
        placement = stay(cast, case, arrived_at=evening)
        assert placement.arrived_on == convention.starts_on
        assert placement.convention == convention


def test_without_convention_a_reason_keeps_the_stay_out_of_the_headline(cast, acting_as, case):
    with acting_as("coordination"):
        convention = Convention.objects.get(partner__code_name="Les Tilleuls")
        convention_advance(
            convention=convention, stage=Stage.DENOUNCED, on=timezone.localdate() - dt.timedelta(days=9)
        )
        with refused_on("outside_reason"):
            stay(cast, case)
        placement = stay(cast, case, outside_reason_id="motif_hors_convention:RENOUV")
        assert placement.convention is None
        assert not Placement.objects.in_network().filter(pk=placement.pk).exists()


def test_under_a_convention_no_reason_is_taken(cast, acting_as, case):
    with acting_as("coordination"), refused_on("outside_reason"):
        stay(cast, case, outside_reason_id="motif_hors_convention:RENOUV")


def test_a_suspended_structure_houses_when_two_people_say_so(cast, acting_as, case):
    with acting_as("coordination"):
        house = partner("Les Tilleuls")
        partner_suspend(partner=house, starts_on=timezone.localdate() - dt.timedelta(days=2), reason="Travaux")
        with refused_on("partner", match="suspendue"):
            stay(cast, case)
        asked = derogation_ask(case=case, partner=house, reason="La nuit seulement.", by=cast["coordination"])
    with acting_as("direction"):
        derogation_agree(derogation=asked, by=cast["direction"])
    with acting_as("coordination"):
        with refused_on("outside_reason"):
            stay(cast, case)
        assert stay(cast, case, outside_reason_id="motif_hors_convention:SUSPENSION").convention is None


def test_what_contradicts_itself_is_refused_beside_its_field(cast, acting_as, case, rows):
    with acting_as("coordination"):
        other_place = partner("Aubépine").places.first()
        ended = timezone.localdate() - dt.timedelta(days=30)
        for field, changes in [
            ("arrived_at", {"arrived_at": days_ago(-1)}),
            ("place", {"place": other_place}),
            ("orientation", {"orientation": rows["orientation_a"]}),
            ("partner", {"name": "Brigade 12"}),
            ("legal_frame", {"legal_frame_id": "sexe:F"}),
        ]:
            with refused_on(field):
                stay(cast, case, **changes)
        first = stay(cast, case, arrived_at=days_ago(40))
        with refused_on("__all__", match="déjà accueilli"):
            stay(cast, case, name="Aubépine")
        placement_end(placement=first, ended_on=ended, reason_id="motif_fin:TRANSFERT", by=cast["coordination"])
        noon = timezone.make_aware(dt.datetime.combine(ended, dt.time(12)))
        assert stay(cast, case, name="Aubépine", arrived_at=noon).arrived_on == first.ended_on


def test_an_arrival_before_birth_is_refused(cast, acting_as):
    with acting_as("coordination"):
        _, case = open_case(cast, facts=FACTS | {"birth_year": 2010}, age=None)
        with refused_on("arrived_at", match="naissance"):
            stay(cast, case, arrived_at=days_ago(365 * 30))


def test_one_place_houses_one_minor(cast, acting_as, case):
    with acting_as("coordination"):
        house = partner("Les Tilleuls")
        bed = Place.objects.get(pk=free_place_ids(house, timezone.localdate(days_ago(1)))[0])
        stay(cast, case, place=bed)
        _, other = open_case(cast)
        with refused_on("place", match="occupée"):
            stay(cast, other, place=bed)


def test_a_stay_opens_the_case_to_the_team_and_itself_to_the_requester(cast, acting_as, case):
    with acting_as("coordination"):
        identity_write(case=case, by=cast["coordination"], last_name="Secret")
    for key in ("director_a", "educator_a", "director_b", "gendarme"):
        with acting_as(key):
            assert not Case.objects.filter(pk=case.pk).exists()
    with acting_as("coordination"):
        placement = stay(cast, case)
    seen = {}
    for key in ("director_a", "educator_a", "director_b", "gendarme", "ase", "transmitter"):
        with acting_as(key):
            seen[key] = (
                Case.objects.filter(pk=case.pk).exists(),
                Placement.objects.filter(pk=placement.pk).exists(),
                Case.objects.filter(pk=case.pk, identity__isnull=False).exists(),
            )
    assert seen == {
        "director_a": (True, True, False),
        "educator_a": (True, True, False),
        "director_b": (False, False, False),
        "gendarme": (False, True, False),
        "ase": (False, False, False),
        "transmitter": (False, False, False),
    }
    with acting_as("coordination"):
        today = timezone.localdate()
        placement_end(placement=placement, ended_on=today, reason_id="motif_fin:PREVUE", by=cast["coordination"])
    with acting_as("director_a"):
        assert not Case.objects.filter(pk=case.pk).exists()
        assert Placement.objects.filter(pk=placement.pk).exists()
    with acting_as("gendarme"):
        assert not Placement.objects.filter(pk=placement.pk).exists()


def test_the_requester_of_the_orientation_follows_the_stay(cast, acting_as):
    with acting_as("coordination"):
        sollicitation, case = open_case(cast, service="ASE du Nord")
        placement = stay(cast, case, orientation=orient(cast, sollicitation), arrived_at=timezone.now())
    with acting_as("ase"):
        assert Placement.objects.filter(pk=placement.pk).exists()


def test_the_director_confirms_the_arrival_once(cast, acting_as, case):
    with acting_as("coordination"):
        placement = stay(cast, case, arrived_at=days_ago(2))
    with acting_as("educator_a"), refused_on(match="votre compte"):
        placement_confirm(placement=placement, by=cast["educator_a"])
    with acting_as("director_b"), refused_on(match="votre compte"):
        placement_confirm(placement=placement, by=cast["director_b"])
    with acting_as("director_a"):
        own = Placement.objects.get(pk=placement.pk)
        with refused_on("__all__", match="précède"):
            placement_confirm(placement=own, by=cast["director_a"], at=days_ago(3))
        placement_confirm(placement=own, by=cast["director_a"])
        with refused_on(match="déjà confirmée"):
            placement_confirm(placement=own, by=cast["director_a"])


def test_the_coordination_alone_ends_a_stay(cast, acting_as, case):
    with acting_as("coordination"):
        placement = stay(cast, case, arrived_at=days_ago(2))
        end = {"placement": placement, "reason_id": "motif_fin:PREVUE", "by": cast["coordination"]}
        with refused_on("ended_on"):
            placement_end(ended_on=timezone.localdate() + dt.timedelta(days=1), **end)
        with refused_on("ended_on", match="précède"):
            placement_end(ended_on=timezone.localdate() - dt.timedelta(days=5), **end)
    with acting_as("director_a"), refused_on(match="votre compte"):
        placement_end(ended_on=timezone.localdate(), **end)


@pytest.mark.parametrize(("days", "goes_on"), [(30, True), (31, False)])
def test_a_return_within_thirty_days_continues_the_stay(cast, acting_as, case, days, goes_on):
    today = timezone.localdate()
    with acting_as("coordination"):
        placement = stay(cast, case, arrived_at=days_ago(60))
        gone_on = today - dt.timedelta(days=days)
        absence = absence_open(placement=placement, starts_on=gone_on, by=cast["coordination"])
        absence_close(absence=absence, returned_on=today, by=cast["coordination"])
        placement.refresh_from_db()
        assert (placement.ended_on is None) is goes_on
        if not goes_on:
            assert (placement.ended_on, placement.end_reason_id) == (
                gone_on + dt.timedelta(days=30),
                "motif_fin:FUGUE",
            )
            assert stay(cast, case, arrived_at=timezone.now()).pk != placement.pk


def test_a_long_absence_that_is_no_runaway_continues_the_stay(cast, acting_as, case):
    with acting_as("coordination"):
        placement = stay(cast, case, arrived_at=days_ago(90))
        gone_on = timezone.localdate() - dt.timedelta(days=60)
        absence = absence_open(placement=placement, starts_on=gone_on, is_runaway=False, by=cast["coordination"])
        absence_close(absence=absence, returned_on=timezone.localdate(), by=cast["coordination"])
        placement.refresh_from_db()
        assert placement.ended_on is None


def test_the_team_keeps_absences_of_its_own_stays(cast, acting_as, case):
    today = timezone.localdate()
    with acting_as("coordination"):
        placement = stay(cast, case, arrived_at=days_ago(60))
    with acting_as("educator_a"):
        own = Placement.objects.get(pk=placement.pk)
        for field, day in (("starts_on", today + dt.timedelta(days=1)), ("starts_on", today - dt.timedelta(days=70))):
            with refused_on(field):
                absence_open(placement=own, starts_on=day, by=cast["educator_a"])
        absence = absence_open(placement=own, starts_on=today - dt.timedelta(days=40), by=cast["educator_a"])
        with refused_on(match="déjà en cours"):
            absence_open(placement=own, starts_on=today, by=cast["educator_a"])
        with refused_on("ends_on", match="coordination"):
            absence_close(absence=absence, returned_on=today, by=cast["educator_a"])
        with refused_on("ends_on", match="précède"):
            absence_close(absence=absence, returned_on=today - dt.timedelta(days=41), by=cast["educator_a"])
        absence_close(absence=absence, returned_on=today - dt.timedelta(days=39), by=cast["educator_a"])
        with refused_on(match="déjà enregistré"):
            absence_close(absence=absence, returned_on=today, by=cast["educator_a"])
    for key in ("director_b", "gendarme"):
        with acting_as(key), refused_on(match="votre compte"):
            absence_open(placement=placement, starts_on=today, by=cast[key])
