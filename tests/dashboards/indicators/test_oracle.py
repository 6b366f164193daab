"""The figures against an independent count: plain loops over the rows, written without the queries they check."""

import datetime as dt
import random
from collections import Counter, defaultdict

import pytest

from cases.models import Orientation, Placement, Sollicitation
from cms.partners.models import Partner
from dashboards.figures.selectors.report import RowsQuery, figures_for, rows_for
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period
from tests.dashboards.world import PARIS, at
from tests.plugins.extent import sampled

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
VICTIM = {"niveau_identification:SUSP", "niveau_identification:FORM", "niveau_identification:JUD"}


def scatter(world, seed: int) -> None:
    """A small network drawn at random: tests, young adults, relances, advice, cancellations, stays outside."""
    draw = random.Random(seed)
    inside, outside = Partner.objects.get(code_name="Les Tilleuls"), world.structure("Sans convention", "38")
    trial = world.structure("Maison d’essai", "59", signed_on=dt.date(2025, 3, 1))
    Partner.objects.filter(pk=trial.pk).update(is_test=True)
    for _ in range(25):
        known = draw.choice([None, 2008, 2010])
        case = world.case(
            is_test=draw.random() < 0.1,
            form=draw.choice(["forme:SEX-PROX", "forme:DEL-VOL", None]),
            sex_id=draw.choice(["sexe:F", "sexe:M", None]),
            birth_year=known,
            exploitation_place_id=draw.choice(["13", "59", "971", "978", None]),
        )
        day = dt.date(2025, 11, 1) + dt.timedelta(days=draw.randrange(240))
        age = draw.choice([14, 15, 17, 18, 19, None])
        first = None
        for _ in range(draw.choice([1, 1, 2])):
            row = world.sollicitation(
                at(day, draw.randrange(24)),
                case=case,
                is_test=case.is_test or draw.random() < 0.08,
                form=draw.choice(["forme:SEX", "forme:MEN", None]),
                nature_id=draw.choice(["nature:PEC", "nature:PEC", "nature:PEC", "nature:AVIS", "nature:INFO"]),
                age_at_reception=age,
                exploitation_place_id=case.exploitation_place_id,
                relance_of=first if draw.random() < 0.4 else None,
            )
            first = first or row
            day += dt.timedelta(days=draw.randrange(1, 40))
        for _ in range(draw.choice([0, 1, 1, 2])):
            decided = at(day, draw.randrange(24))
            orientation = world.orientation(
                first,
                decided,
                decision_id=draw.choice(
                    ["decision:RESEAU", "decision:RESEAU", "decision:DROIT-COMMUN", "decision:APPUI"]
                ),
                identification_level_id=draw.choice([*sorted(VICTIM), "niveau_identification:RISQ"]),
                age_at_decision=age,
                cancelled_at=decided + dt.timedelta(hours=1) if draw.random() < 0.1 else None,
            )
            if orientation.decision_id == "decision:RESEAU":
                world.proposal(
                    orientation,
                    draw.choice([inside, inside, trial]),
                    draw.choice(["reponse:ACC", "reponse:REFUS", "reponse:ATTENTE", None]),
                )
            day += dt.timedelta(days=draw.randrange(1, 60))
        for _ in range(draw.choice([0, 1, 1, 2])):
            ended = day + dt.timedelta(days=draw.randrange(1, 50))
            world.placement(
                case,
                draw.choice([inside, inside, inside, outside, trial]),
                at(day, draw.randrange(24)),
                is_confirmed=draw.random() < 0.9,
                age_at_arrival=age,
                ended_on=ended,
                end_reason_id="motif_fin:PREVUE",
            )
            day = ended + dt.timedelta(days=draw.randrange(0, 20))


def in_period(moment: dt.datetime) -> bool:
    return PERIOD.first <= moment.astimezone(PARIS).date() <= PERIOD.last


def counted_sollicitations() -> list[Sollicitation]:
    return [
        row
        for row in Sollicitation.objects.select_related("case")
        if in_period(row.received_at)
        and not row.is_test
        and row.nature_id == "nature:PEC"
        and row.relance_of_id is None
        and (row.age_at_reception is None or row.age_at_reception < 18)
    ]


def first_by_person(rows, moment: str) -> list:
    chosen = {}
    for row in sorted(rows, key=lambda row: getattr(row, moment)):
        chosen.setdefault(row.case.person_key, row)
    return list(chosen.values())


def counted_orientations() -> list[Orientation]:
    rows = [
        row
        for row in Orientation.objects.select_related("case", "sollicitation")
        if in_period(row.decided_at)
        and not row.case.is_test
        and not row.sollicitation.is_test
        and row.decision_id in {"decision:RESEAU", "decision:DROIT-COMMUN"}
        and row.cancelled_at is None
        and row.identification_level_id in VICTIM
        and (row.age_at_decision is None or row.age_at_decision < 18)
    ]
    return first_by_person(rows, "decided_at")


def counted_placements() -> list[Placement]:
    rows = [
        row
        for row in Placement.objects.select_related("case", "partner")
        if in_period(row.arrived_at)
        and not row.case.is_test
        and not row.partner.is_test
        and row.confirmed_at
        and row.convention_id
        and (row.age_at_arrival is None or row.age_at_arrival < 18)
    ]
    return first_by_person(rows, "arrived_at")


def nights_slept() -> int:
    total = 0
    for row in Placement.objects.select_related("case", "partner"):
        adult = row.age_at_arrival is not None and row.age_at_arrival >= 18
        if row.case.is_test or row.partner.is_test or not row.confirmed_at or not row.convention_id or adult:
            continue
        night = PERIOD.first
        while night <= PERIOD.last:
            total += row.arrived_on <= night and (row.ended_on is None or night < row.ended_on)
            night += dt.timedelta(days=1)
    return total


def table(result, code: str) -> dict[str, int]:
    return {row.key: row.n for row in result.breakdown(code).rows if row.n}


def tally(keys) -> dict[str, int]:
    return dict(Counter("" if key is None else str(key) for key in keys))


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([1, 2, 3], [1]))
def test_the_figures_are_those_of_a_count_by_hand(world, seed):
    scatter(world, seed)
    results = figures_for(world.by, PERIOD).results

    asked = counted_sollicitations()
    assert results["I1"].figure("I1").value == len(asked) > 0
    assert results["I1"].figure("I1.persons").value == len({row.case.person_key for row in asked})
    assert table(results["I1"], "by_territory") == tally(row.exploitation_place_id for row in asked)
    assert table(results["I1"], "by_month") == tally(row.received_on.replace(day=1) for row in asked)
    assert table(results["I1"], "by_region") == tally(region(row.exploitation_place) for row in asked)

    oriented = counted_orientations()
    assert results["I2"].figure("I2").value == len(oriented) > 0
    assert table(results["I2"], "by_month") == tally(row.decided_on.replace(day=1) for row in oriented)
    assert table(results["I2"], "by_sex") == tally(row.case.sex_id for row in oriented)
    assert table(results["I2"], "by_level") == tally(row.identification_level_id for row in oriented)
    assert table(results["I2"], "by_decision") == tally(row.decision_id for row in oriented)
    assert table(results["I2"], "by_outcome") == tally(outcome(row) for row in oriented)
    assert results["I2"].figure("I2.accepted").value == sum(outcome(row) == "accepted" for row in oriented)
    ordinary = results["I2"].figure("I2.ordinary").value
    assert ordinary == sum(outcome(row) == "ordinary" for row in oriented)
    assert results["I2"].figure("I2.network").value == len(oriented) - ordinary

    housed = counted_placements()
    assert results["I3"].figure("I3").value == len(housed) > 0
    assert table(results["I3"], "by_month") == tally(row.arrived_on.replace(day=1) for row in housed)
    assert results["I3"].figure("I3.nights").value == nights_slept()
    present = {
        row.case.person_key
        for row in Placement.objects.select_related("case", "partner")
        if row.confirmed_at
        and row.convention_id
        and not row.case.is_test
        and not row.partner.is_test
        and (row.age_at_arrival is None or row.age_at_arrival < 18)
        and row.arrived_on <= PERIOD.last
        and (row.ended_on is None or row.ended_on > PERIOD.last)
    }
    assert results["I3"].figure("I3.stock").value == len(present)


def region(place) -> str | None:
    return None if place is None else place.region_id or "COM"


def outcome(first: Orientation) -> str:
    """What became of a person, by the orientations that count alone; the first one says where they were sent."""
    if first.decision_id == "decision:DROIT-COMMUN":
        return "ordinary"
    answers = [
        (proposal.answer_id, proposal.withdrawn_at)
        for row in Orientation.objects.filter(case__person_key=first.case.person_key).prefetch_related(
            "proposals__partner", "sollicitation", "case"
        )
        if in_period(row.decided_at) and row.cancelled_at is None and row.decision_id == "decision:RESEAU"
        if row.identification_level_id in VICTIM and (row.age_at_decision is None or row.age_at_decision < 18)
        if not row.case.is_test and not row.sollicitation.is_test
        for proposal in row.proposals.all()
        if not proposal.partner.is_test
    ]
    if any(answer in {"reponse:ACC", "reponse:ACC-COND"} for answer, _ in answers):
        return "accepted"
    waits = any(answer == "reponse:ATTENTE" or (answer is None and not gone) for answer, gone in answers)
    return "pending" if waits else "unsolved"


@pytest.mark.sampled
def test_the_rows_behind_each_cell_are_as_many_as_the_cell_says(world):
    scatter(world, 4)
    report = figures_for(world.by, PERIOD)
    checked = 0
    for code in ("I1", "I2", "I3"):
        for item in report.results[code].breakdowns:
            if not item.line or item.is_total:
                continue
            rows = [row for row in item.rows if row.n]
            for row in sampled(rows, rows[::3]):
                found = rows_for(world.by, RowsQuery(code, PERIOD, cut=item.code, key=row.key))
                assert found.total == row.n, (code, item.code)
                checked += 1
        assert rows_for(world.by, RowsQuery(code, PERIOD)).total == report.results[code].headline[0].value
    assert checked > sampled([40], [14])[0]


def test_each_breakdown_of_a_headline_adds_up_to_it(world):
    scatter(world, 5)
    for code, result in figures_for(world.by, PERIOD).results.items():
        if code in ("I1", "I2", "I3"):
            for cut in INDICATORS[code].rows.cuts:
                assert result.breakdown(cut.name).total == result.headline[0].value, (code, cut.name)


def test_a_cohort_never_grows_from_one_step_to_the_next(world):
    scatter(world, 6)
    steps = [row[2] for row in figures_for(world.by, PERIOD).funnel.rows]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] > 0


def test_forms_are_grouped_under_the_four_great_purposes(world):
    world.sollicitation(at(dt.date(2026, 2, 1)), form="forme:DEL-STUP")
    world.sollicitation(at(dt.date(2026, 2, 1)), form="forme:DEL")
    assert table(figures_for(world.by, PERIOD).results["I1"], "by_form") == {"forme:DEL": 2}


def test_the_first_orientation_as_a_minor_is_the_one_that_counts(world):
    case = world.case()
    asked = world.sollicitation(at(dt.date(2026, 1, 5)), case=case)
    world.orientation(asked, at(dt.date(2026, 1, 10)), identification_level_id="niveau_identification:RISQ")
    world.orientation(asked, at(dt.date(2026, 2, 10)), age_at_decision=17)
    world.orientation(asked, at(dt.date(2026, 3, 10)), age_at_decision=18)
    result = figures_for(world.by, PERIOD).results["I2"]
    assert result.figure("I2").value == 1
    assert table(result, "by_month") == {"2026-02-01": 1}
    assert result.figure("I2.young").value == 0


def test_two_files_of_one_person_are_one_victim(world):
    known = world.case()
    double = world.case(person_key=known.person_key)
    for case in (known, double):
        world.orientation(world.sollicitation(at(dt.date(2026, 1, 5)), case=case), at(dt.date(2026, 1, 10)))
    result = figures_for(world.by, PERIOD).results["I2"]
    assert result.figure("I2").value == 1
    assert result.figure("I2.orientations").value == 2


def test_midnight_in_paris_separates_two_periods(world):
    world.sollicitation(dt.datetime(2026, 6, 30, 23, 59, tzinfo=PARIS))
    world.sollicitation(dt.datetime(2026, 7, 1, 0, 1, tzinfo=PARIS))
    world.sollicitation(dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC))  # already 1 January in Paris
    result = figures_for(world.by, PERIOD).results["I1"]
    assert table(result, "by_month") == {"2026-01-01": 1, "2026-06-01": 1}


def test_the_hour_of_a_call_is_the_hour_of_paris_on_both_sides_of_the_change(world):
    # 28 and 30 March 2026: the same 18:30 of Greenwich is 19:30, then 20:30 in Paris, where the night begins at 20:00.
    world.sollicitation(dt.datetime(2026, 3, 27, 18, 30, tzinfo=dt.UTC))
    world.sollicitation(dt.datetime(2026, 3, 30, 18, 30, tzinfo=dt.UTC))
    assert figures_for(world.by, PERIOD).results["I1"].figure("I1.off_hours").value == 0.5


def test_a_relance_a_test_and_a_young_adult_stay_out_of_the_headline(world):
    first = world.sollicitation(at(dt.date(2026, 2, 1)))
    world.sollicitation(at(dt.date(2026, 2, 3)), relance_of=first)
    world.sollicitation(at(dt.date(2026, 2, 3)), is_test=True)
    world.sollicitation(at(dt.date(2026, 2, 3)), age_at_reception=19)
    world.sollicitation(at(dt.date(2026, 2, 3)), nature_id="nature:AVIS")
    result = figures_for(world.by, PERIOD).results["I1"]
    shown = {code: result.figure(f"I1{code}").value for code in ("", ".relance", ".young", ".advice")}
    assert shown == {"": 1, ".relance": 1, ".young": 1, ".advice": 1}


def test_a_rate_of_unknown_above_a_fifth_carries_a_warning(world):
    for place in ("13", "13", "13", "13", None):
        world.sollicitation(at(dt.date(2026, 2, 1)), exploitation_place_id=place)
    found = figures_for(world.by, PERIOD).results["I1"].breakdown("by_territory")
    assert (found.unknown, found.unknown_rate, found.is_warning) == (1, 0.2, False)
    world.sollicitation(at(dt.date(2026, 2, 1)))
    found = figures_for(world.by, PERIOD).results["I1"].breakdown("by_territory")
    assert found.rows[-1].label == "Non renseigné"
    assert found.is_warning


def test_absences_are_taken_off_the_nights(world):
    stay = world.placement(world.case(), Partner.objects.get(code_name="Les Tilleuls"), at(dt.date(2026, 6, 1)))
    before = figures_for(world.by, PERIOD).results["I3"].figure("I3.nights").value
    stay.absences.create(starts_on=dt.date(2026, 6, 10), ends_on=dt.date(2026, 6, 13))
    after = figures_for(world.by, PERIOD).results["I3"].figure("I3.nights").value
    assert (before, after) == (30, 27)


def test_a_stay_outside_any_convention_is_apart_until_the_structure_signs(world):
    house = world.structure("Future partenaire", "38")
    world.placement(world.case(), house, at(dt.date(2026, 2, 1)))
    result = figures_for(world.by, PERIOD).results["I3"]
    assert [result.figure(code).value for code in ("I3", "I3.outside", "I3.adhesion")] == [0, 1, 0]
    world.sign(house, dt.date(2026, 3, 1))
    result = figures_for(world.by, PERIOD).results["I3"]
    assert [result.figure(code).value for code in ("I3", "I3.outside", "I3.adhesion")] == [0, 1, 1]


def test_a_person_moved_within_the_network_is_placed_once(world):
    case, by_person = world.case(), defaultdict(int)
    first, second = Partner.objects.get(code_name="Les Tilleuls"), Partner.objects.get(code_name="Aubépine")
    world.placement(
        case, first, at(dt.date(2026, 2, 1)), ended_on=dt.date(2026, 3, 1), end_reason_id="motif_fin:TRANSFERT"
    )
    world.placement(case, second, at(dt.date(2026, 3, 1), 15))
    for row in Placement.objects.filter(case=case):
        by_person[row.case.person_key] += 1
    assert list(by_person.values()) == [2]
    assert figures_for(world.by, PERIOD).results["I3"].figure("I3").value == 1
