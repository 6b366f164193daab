"""What the network learns: medians, repeats, structures that say nothing, runaways that only a service knew."""

import datetime as dt

import pytest
from django.utils import timezone

from cases.incidents.learning.admin import in_words
from cases.incidents.learning.selectors import (
    absences_undeclared,
    delays_by,
    drill_is_due,
    measured,
    runaways_untold,
    since,
    structures_silent,
)
from cases.incidents.learning.services import drill_start
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_attach, incident_declare
from cases.incidents.services.following import incidents_pair
from cases.models import Incident, Placement
from cms.partners.models import Partner
from cms.wall import scope
from dashboards.indicators.selectors.incidents import population
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.periods import Period
from tests.cases.incidents.test_incident_outside import from_outside
from tests.cases.incidents.test_services_incidents import declare
from tests.cases.stays.test_portal_structures import text_of
from tests.journal.sql import as_owner


@pytest.fixture
def emptied(cast, acting_as):
    """What the cast declared is set apart: only what a test declares is measured."""
    with acting_as("coordination"):
        Incident.objects.update(is_test=True)


def hours(number: float) -> dt.timedelta:
    return dt.timedelta(hours=number)


def told(cast, acting_as, *, ago: float, noticed: float, key="director_a", **changes) -> Incident:
    """Declared `ago` hours ago, `noticed` hours after the finding."""
    at = timezone.now() - hours(ago)
    with acting_as("coordination"):
        house = Partner.objects.get(code_name="Les Tilleuls")
        times = {"declared_at": at, "noticed_at": at - hours(noticed), "occurred_at": at - hours(noticed)}
        return declare(cast["coordination"], house, **times | changes)


def line(label: str):
    day = timezone.localdate()
    [found] = [
        row for row in delays_by("incident_type__label", day - dt.timedelta(days=400), day) if row.label == label
    ]
    return found


@pytest.mark.usefixtures("emptied")
def test_medians_share_and_repeats_are_those_of_a_count_by_hand(cast, acting_as):
    first = told(cast, acting_as, ago=80 * 24, noticed=1)
    told(cast, acting_as, ago=48, noticed=3)
    told(cast, acting_as, ago=200 * 24, noticed=30)  # too old to be repeated by the first one
    with acting_as("coordination"):
        incident_acknowledge(incident=first, by=cast["coordination"], at=first.declared_at + hours(2))
        row = line("Fugue, disparition")
    assert (row.number, row.in_time, row.repeats) == (3, 2, 1)
    assert row.declare == hours(3)
    assert row.acknowledge == hours(2)
    assert row.tell is None


@pytest.mark.usefixtures("emptied")
def test_two_declarations_of_the_same_fact_are_no_repeat(cast, acting_as):
    first, second = (told(cast, acting_as, ago=ago, noticed=1) for ago in (50, 48))
    with acting_as("coordination"):
        assert line("Fugue, disparition").repeats == 1
        incidents_pair(first=first, second=second, is_same=True, by=cast["coordination"])
        assert line("Fugue, disparition").repeats == 0


@pytest.mark.usefixtures("emptied")
def test_a_structure_that_says_nothing_is_named_until_it_declares_itself(cast, acting_as, rows):
    with acting_as("coordination"):
        assert not structures_silent().exists()  # its first minor came ten days ago: nothing to say yet
        long_ago = timezone.now() - dt.timedelta(days=500)
        move = {"arrived_at": long_ago, "arrived_on": timezone.localdate(long_ago)}
        with as_owner(triggers=False):  # the hour of an arrival never moves
            Placement.objects.filter(pk=rows["placement_b"].pk).update(**move)
        [silent] = structures_silent()
        assert (silent.code_name, silent.minors, silent.last_declared_on) == ("Aubépine", 1, None)
    with acting_as("ase"):
        runaway = incident_declare(
            Declaration(
                service=Partner.objects.get(code_name="ASE du Nord"),
                placements=[Placement.objects.get(pk=rows["placement_b"].pk)],
                incident_type_id="type_incident:FUG",
                occurred_at=timezone.now(),
                noticed_at=timezone.now(),
                narrative="Trouvée par la police.",
            ),
            declared_by=cast["ase"],
        )
    month = timezone.localdate() - dt.timedelta(days=30)
    with acting_as("coordination"):
        assert [row.code_name for row in structures_silent()] == ["Aubépine"]
        assert list(runaways_untold(month)) == [Incident.objects.get(pk=runaway.pk)]
    with acting_as("director_b"):
        declare(cast["director_b"], "Aubépine")
    with acting_as("coordination"):
        assert not structures_silent().exists()
        assert not runaways_untold(month).exists()


@pytest.mark.usefixtures("emptied")
def test_a_runaway_written_in_a_stay_and_never_declared_is_named(cast, acting_as, rows):
    from cases.stays.services import absence_open

    with acting_as("director_b"):
        stay = Placement.objects.get(pk=rows["placement_b"].pk)
        absence_open(placement=stay, starts_on=timezone.localdate(), is_runaway=True, by=cast["director_b"])
    month = timezone.localdate() - dt.timedelta(days=30)
    with acting_as("coordination"):
        assert [row.placement_id for row in absences_undeclared(month)] == [stay.pk]
    with acting_as("director_b"):
        declare(cast["director_b"], "Aubépine", placement=Placement.objects.get(pk=stay.pk))
    with acting_as("coordination"):
        assert not absences_undeclared(month).exists()


def test_the_drill_is_due_until_somebody_answered_one(cast, acting_as):
    with acting_as("coordination"):
        assert drill_is_due()
        drill = drill_start(partner=Partner.objects.get(code_name="Les Tilleuls"), by=cast["coordination"])
        assert drill_is_due()
        incident_acknowledge(incident=drill, by=cast["coordination"])
        assert not drill_is_due()
        assert drill_is_due(timezone.localdate() + dt.timedelta(days=400))


def test_a_drill_goes_by_its_name_and_calls_nobody_outside(cast, acting_as, client_of):
    with acting_as("coordination"):
        drill = drill_start(partner=Partner.objects.get(code_name="Les Tilleuls"), by=cast["coordination"])
    director, coordination = client_of("director_a"), client_of("coordination")
    assert "Exercice annuel, aucun enfant concerné" in text_of(director.get("/situations/incidents/"))
    page = text_of(director.get(f"/situations/incidents/{drill.pk}/"))
    assert "Ceci est un exercice" in page
    assert "Voir qui prévenir" not in page
    assert "Exercice annuel" in text_of(coordination.get("/admin/incidents/"))


def test_months_ago_is_the_same_day_or_the_last_of_the_month():
    assert since(12, today=dt.date(2026, 11, 26)) == dt.date(2025, 11, 26)
    assert since(1, today=dt.date(2026, 3, 31)) == dt.date(2026, 2, 28)
    assert since(13, today=dt.date(2026, 1, 15)) == dt.date(2024, 12, 15)


def test_the_page_shows_tables_silences_and_the_drill(client_of):
    page = text_of(client_of("direction").get("/admin/apprendre-des-incidents/?mois=6"))
    for words in (
        "Par gravité",
        "n’ont rien déclaré d’elles-mêmes",
        "Fugues que la structure n’a pas déclarées",
        "exercice",
    ):
        assert words in page


@pytest.mark.usefixtures("emptied")
def test_what_the_police_or_somebody_from_outside_told_leaves_the_structure_silent(cast, acting_as, rows):
    long_ago = timezone.now() - dt.timedelta(days=500)
    with acting_as("coordination"):
        move = {"arrived_at": long_ago, "arrived_on": timezone.localdate(long_ago)}
        with as_owner(triggers=False):  # the hour of an arrival never moves
            Placement.objects.filter(pk=rows["placement_b"].pk).update(**move)
        told(cast, acting_as, ago=48, noticed=1)
        house = Partner.objects.get(code_name="Aubépine")
    with acting_as("trainer"):
        alert = from_outside(cast["trainer"])
    with acting_as("coordination"):
        declare(cast["coordination"], house, is_known_from_police=True)
        incident_attach(incident=Incident.objects.get(pk=alert.pk), partner=house, by=cast["coordination"])
        assert [row.code_name for row in structures_silent()] == ["Aubépine"]
        declare(cast["coordination"], house)  # the director called
        assert not structures_silent().exists()


@pytest.mark.parametrize(
    ("minutes", "said"), [(45, "45 min"), (60, "1 h"), (109, "1 h 49"), (660, "11 h"), (3000, "50 h"), (7200, "5 j")]
)
def test_a_delay_is_said_in_the_words_of_people(minutes, said):
    assert in_words(dt.timedelta(minutes=minutes)).replace("\u00a0", " ") == said


def test_the_page_counts_the_rows_of_the_indicator(acting_as):
    day = timezone.localdate()
    period = Period(day - dt.timedelta(days=365), day)
    with scope.acting(scope.FIGURES):
        counted = set(population(period, Lexicon.read()).values_list("pk", flat=True))
    with acting_as("coordination"):
        assert set(measured(period.first, period.last).values_list("pk", flat=True)) == counted
        assert counted
