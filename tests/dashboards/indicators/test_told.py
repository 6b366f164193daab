"""What a figure leaves out, and what it says of itself: each rule of a definition that a reader could get wrong."""

import datetime as dt

import pytest
from django.utils import timezone

from cms.partners.models import Partner, StructureProfile
from cms.values.models import Value
from dashboards.drawings.words.charts import Point, bars, line
from dashboards.figures.selectors.report import figures_for
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.rules.results import Breakdown, Row
from dashboards.indicators.selectors.cuts import most_first
from dashboards.periods import Period
from formation.enums import SessionState
from formation.models import Session
from tests.dashboards.indicators.test_oracle import table
from tests.dashboards.world import at

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
DAY = dt.date(2026, 2, 10)


def house() -> Partner:
    return Partner.objects.get(code_name="Les Tilleuls")


def grid(result, code: str):
    return next(item for item in result.grids if item.code == code)


def test_a_share_of_what_stands_in_several_lines_is_of_the_things_themselves(world):
    version = world.standard(dt.date(2025, 1, 1))
    forms = Value.objects.filter(list_id="forme", parent=None)[:3]
    for number in range(4):
        partner = world.structure(f"Maison {number}", "59", signed_on=dt.date(2025, 3, 1))
        world.acknowledge(version, partner, dt.date(2025, 4, 1))
        StructureProfile.objects.get_or_create(partner=partner)[0].forms.set(forms)
    result = figures_for(world.by, PERIOD).results["I4"]
    item = result.breakdown_always("by_accepted_form")
    assert item.base == result.figure("I4.structures").value < item.total
    assert item.rows[0].n / item.base <= 1
    assert Breakdown("x", "X", (Row("a", "A", 1), Row("b", "B", 3))).base == 4


def test_a_request_whose_answer_is_not_due_yet_is_neither_kept_nor_late(world):
    today = timezone.localtime()
    year = Period(today.date() - dt.timedelta(days=90), today.date())
    before = figures_for(world.by, year).results["I1"].figure("I1.kept")
    for sent, answered in (
        (today - dt.timedelta(days=60), dt.timedelta(minutes=5)),
        (today - dt.timedelta(days=60), dt.timedelta(days=30)),
        (today - dt.timedelta(days=60), None),
        (today - dt.timedelta(minutes=10), None),
    ):
        world.sollicitation(sent, urgency_id="urgence:U2", first_answered_at=answered and sent + answered)
    kept = figures_for(world.by, year).results["I1"].figure("I1.kept")
    assert (kept.part - before.part, kept.whole - before.whole) == (1, 3)
    assert kept.note == f"sur {kept.whole} répondues ou échues"


def test_the_outcome_is_that_of_the_orientations_that_count(world):
    def person(*decided) -> None:
        case = world.case()
        asked = world.sollicitation(at(DAY), case=case)
        for number, (values, answer) in enumerate(decided):
            row = world.orientation(asked, at(DAY + dt.timedelta(days=number)), **values)
            if answer:
                world.proposal(row, house(), answer)

    refused, accepted = ({}, "reponse:REFUS"), "reponse:ACC"
    person(refused, ({"cancelled_at": at(DAY + dt.timedelta(days=3))}, accepted))
    person(refused, ({"age_at_decision": 18}, accepted))
    person(refused, ({"identification_level_id": "niveau_identification:RISQ"}, accepted))
    person(refused, ({}, accepted))
    person(({"decision_id": "decision:DROIT-COMMUN"}, None), ({}, accepted))
    result = figures_for(world.by, PERIOD).results["I2"]
    assert table(result, "by_outcome") == {"unsolved": 3, "accepted": 1, "ordinary": 1}
    assert table(result, "by_decision") == {"decision:RESEAU": 4, "decision:DROIT-COMMUN": 1}
    shown = {code: result.figure(f"I2.{code}").value for code in ("ordinary", "network", "accepted", "unsolved")}
    assert shown == {"ordinary": 1, "network": 4, "accepted": 1, "unsolved": 3}


def test_what_happened_in_a_test_structure_or_after_a_test_request_counts_nowhere(world):
    version = world.standard(dt.date(2025, 1, 1))
    trial = world.structure("Maison d’essai", "59", signed_on=dt.date(2025, 3, 1))
    world.acknowledge(version, trial, dt.date(2025, 4, 1))
    Partner.objects.filter(pk=trial.pk).update(is_test=True)
    before = figures_for(world.by, PERIOD).results["I4"].figure("I4.structures").value
    world.placement(world.case(), trial, at(DAY))
    asked = world.orientation(world.sollicitation(at(DAY), case=world.case(), is_test=True), at(DAY))
    world.placement(asked.case, house(), at(DAY), orientation=asked)
    proposed = world.orientation(world.sollicitation(at(DAY), case=world.case()), at(DAY))
    world.proposal(proposed, trial, "reponse:ACC")
    results = figures_for(world.by, PERIOD).results
    assert results["I4"].figure("I4.structures").value == before
    assert results["I3"].figure("I3").value == results["I3"].figure("I3.stock").value == 0
    assert results["I3"].figure("I3.nights").value == 0
    assert table(results["I2"], "by_outcome") == {"unsolved": 1}
    assert results["I2"].figure("I2.asked").value == 0


def test_equal_numbers_always_stand_in_the_same_order(world):
    rows = [Row("b", "Même", 2), Row("c", "Autre", 2), Row("a", "Même", 2), Row("d", "Zoo", 5)]
    assert [row.key for row in most_first(rows)] == [row.key for row in most_first(rows[::-1])] == ["d", "c", "a", "b"]
    by_family = {value.extra["family"]: value.pk for value in Value.objects.filter(list_id="acteur")}
    for requester in list(by_family.values())[:4]:
        world.sollicitation(at(DAY), requester_type_id=requester)
    labels = [row.label for row in figures_for(world.by, PERIOD).results["I1"].breakdown_always("by_family").rows]
    assert labels == sorted(labels)


def test_a_table_by_month_follows_the_calendar_and_leaves_no_month_out(world):
    for day in (dt.date(2026, 2, 3), dt.date(2026, 4, 7)):
        Session.objects.create(
            module_code="M1", title="Essai", starts_on=day, ends_on=day, state=SessionState.HELD, territory_id="59"
        )
    found = grid(figures_for(world.by, PERIOD).results["I7"], "month_module")
    assert [row[0].split()[0] for row in found.rows] == [
        "janvier", "février", "mars", "avril", "mai", "juin", "Total",
    ]  # fmt: skip
    assert [row[-1] for row in found.rows] == [0, 1, 0, 1, 0, 0, 2]
    assert list(found.keys[0]) == [f"2026-{month:02}-01" for month in range(1, 7)]


def test_a_month_that_is_not_whole_says_its_days_and_is_drawn_pale(world):
    world.sollicitation(at(DAY))
    result = figures_for(world.by, Period(dt.date(2026, 1, 10), dt.date(2026, 3, 15))).results["I1"]
    rows = result.breakdown_always("by_month").rows
    assert [(row.label, row.is_partial) for row in rows] == [
        ("janvier 2026 (à partir du 10)", True), ("février 2026", False), ("mars 2026 (jusqu’au 15)", True),
    ]  # fmt: skip
    today = timezone.localdate()
    running = figures_for(world.by, Period(today.replace(month=1, day=1), today.replace(month=12, day=31)))
    for code in ("I1", "I4", "I5"):
        last = running.results[code].breakdown_always("by_month").rows[-1]
        assert last.is_partial == ((today + dt.timedelta(days=1)).day != 1)
        assert last.label.endswith(f"(jusqu’au {today.day})")
    points = [Point("Mai", 3), Point("Juin", 1, is_partial=True)]
    for drawn in (bars("Par mois", points), line("Par mois", points)):
        assert drawn.svg.count("fig-partial") == 1


def test_a_service_entered_after_the_period_is_active_by_its_requests(world):
    partner = world.requester
    Partner.objects.filter(pk=partner.pk).update(opened_on=PERIOD.last + dt.timedelta(days=30), territory_id="974")
    before = figures_for(world.by, PERIOD).results["I5"].figure("I5.C3").value
    world.sollicitation(at(DAY), requester=partner)
    results = figures_for(world.by, PERIOD).results
    assert results["I1"].figure("I1").value == 1
    assert results["I5"].figure("I5.C3").value == before + 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("I1", "peut encore recevoir sa réponse à temps"),
        ("I2", "sont le même nombre"),
        ("I5", "même si le service n’est entré au carnet qu’ensuite"),
        ("I6", "Qui signe en retard compte depuis sa signature"),
        ("I3", "les séjours en cours n’y sont pas"),
        ("I8", "n’est pas dans la médiane"),
    ],
)
def test_each_decision_is_published_with_a_version_of_its_own(code, words):
    definition = DEFINITIONS[code]
    assert any(words in rule.replace("\xa0", " ") for rule in definition.rules)
    assert definition.version != "1.0"
