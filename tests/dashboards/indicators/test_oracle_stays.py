"""Delays, promises, nights, trained teams, refusals, six months after: against plain loops over the rows."""

import datetime as dt
import random
from collections import Counter, defaultdict
from decimal import Decimal
from statistics import median

import pytest

from cases.models import Absence, AfterStay, Linking, Placement, Proposal, Sollicitation
from cms.partners.conventions.services import places_open
from cms.partners.models import Convention, Partner, Place
from cms.values.models import Value
from dashboards.figures.selectors.report import figures_for
from formation.enums import SessionState
from formation.models import Enrolment
from tests.dashboards.indicators.test_oracle import (
    PERIOD,
    VICTIM,
    counted_orientations,
    counted_placements,
    counted_sollicitations,
    in_period,
    scatter,
    table,
    tally,
)
from tests.dashboards.indicators.test_oracle_cuts import cross, pairs
from tests.dashboards.indicators.test_oracle_network import hours_of, incidents, network, training
from tests.dashboards.world import at
from tests.plugins.extent import sampled

LAST = PERIOD.last
MINUTES = {"urgence:U0": 30, "urgence:U1": 240, "urgence:U2": 2880, "urgence:U3": 10080}


def grid(result, code: str):
    return next(item for item in result.grids if item.code == code)


def purpose(form: str | None) -> str | None:
    return form and (Value.objects.get(pk=form).parent_id or form)


def main_form(row) -> str | None:
    return next((one.form_id for one in row.forms.all() if one.is_main), None)


def bracket(age: int | None) -> str | None:
    if age is None:
        return None
    return next(
        row.pk
        for row in Value.objects.filter(list_id="tranche_age")
        if row.extra["min_age"] <= age <= row.extra["max_age"]
    )


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([101, 102], [101]))
def test_first_answers_and_promises_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    scatter(world, seed)
    for number in range(25):
        form = draw.choice(["forme:SEX", "forme:SEX-NUM", "forme:DEL-VOL", None])
        world.sollicitation(
            at(dt.date(2026, 3, 1 + number)), form=form, age_at_reception=draw.choice([13, 15, 17, None])
        )
    for row in Sollicitation.objects.all():
        Sollicitation.objects.filter(pk=row.pk).update(
            urgency_id=draw.choice([*MINUTES, "urgence:U4"]),
            sex_id=draw.choice(["sexe:F", "sexe:M", None]),
            first_answered_at=draw.choice([None, row.received_at + dt.timedelta(minutes=draw.randrange(5000))]),
        )
    result, asked = figures_for(world.by, PERIOD).results["I1"], counted_sollicitations()
    told = {row[0]: row for row in grid(result, "urgency_answer").rows}
    labels = dict(Value.objects.filter(list_id="urgence").values_list("pk", "label"))
    assert len(told) > 3
    for urgency in {row.urgency_id for row in asked}:
        mine = [row for row in asked if row.urgency_id == urgency]
        waits = [row.first_answered_at - row.received_at for row in mine if row.first_answered_at]
        minutes = MINUTES.get(urgency)
        kept = sum(wait <= dt.timedelta(minutes=minutes) for wait in waits) if minutes else None
        line = told[labels[urgency]]
        assert line[1:4] == (minutes and minutes / 60, len(mine), len(waits))
        hours = median(wait.total_seconds() / 3600 for wait in waits) if waits else None
        assert line[4] == (hours if hours is None else pytest.approx(hours))
        # Every request of the period is older than its promise.
        share = kept / len(mine) if minutes else None
        assert line[5:] == (len(mine) if minutes else None, kept, share if share is None else pytest.approx(share))

    def promise(row) -> str | None:
        if row.urgency_id not in MINUTES:
            return None
        allowed = dt.timedelta(minutes=MINUTES[row.urgency_id])
        return "kept" if row.first_answered_at and row.first_answered_at - row.received_at <= allowed else "late"

    assert table(result, "by_promise") == tally(map(promise, asked))
    assert cross(result, "urgency_promise") == pairs((row.urgency_id, promise(row)) for row in asked)
    assert table(result, "by_precise_form") == tally(main_form(row) for row in asked)
    assert cross(result, "form_sex") == pairs((purpose(main_form(row)), row.sex_id) for row in asked)
    assert cross(result, "age_sex") == pairs((bracket(row.age_at_reception), row.sex_id) for row in asked)


def test_a_request_still_in_its_delay_is_neither_kept_nor_late(world, monkeypatch):
    day = PERIOD.last - dt.timedelta(days=2)
    monkeypatch.setattr("dashboards.indicators.selectors.sollicitations.day_start", lambda: at(PERIOD.last, 0))
    world.sollicitation(at(day), urgency_id="urgence:U3")
    world.sollicitation(at(day), urgency_id="urgence:U0")
    assert table(figures_for(world.by, PERIOD).results["I1"], "by_promise") == {"open": 1, "late": 1}


def days_of(delay: dt.timedelta | None) -> str | None:
    if delay is None:
        return None
    limits = {"day": 1, "week": 7, "month": 30}
    return next((name for name, most in limits.items() if delay <= dt.timedelta(days=most)), "more")


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([111, 112], [111]))
def test_refusals_and_whole_delays_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    scatter(world, seed)
    for row in Placement.objects.select_related("case"):
        first = row.case.orientations.order_by("decided_at").first()
        if first and first.decided_at < row.arrived_at and draw.random() < 0.8:
            Placement.objects.filter(pk=row.pk).update(orientation=first)
    results = figures_for(world.by, PERIOD).results
    refused = [
        row
        for row in Proposal.objects.select_related("orientation__case", "orientation__sollicitation", "partner")
        if row.refusal_reason_id
        and in_period(row.orientation.decided_at)
        and row.orientation.identification_level_id in VICTIM
        and row.orientation.cancelled_at is None
        and not (row.partner.is_test or row.orientation.case.is_test or row.orientation.sollicitation.is_test)
    ]
    assert table(results["I2"], "refusals") == tally(row.refusal_reason_id for row in refused)
    forms = Counter(purpose(main_form(row.orientation.case)) for row in refused)
    told = grid(results["I2"], "refusals_form")
    labels = [Value.objects.get(pk=form).label if form else "Non renseigné" for form in forms]
    assert {name: sum(row[at] for row in told.rows) for at, name in enumerate(told.headers[1:-1], start=1)} == dict(
        zip(labels, forms.values(), strict=True)
    )
    oriented = counted_orientations()
    assert table(results["I2"], "by_precise_form") == tally(main_form(row.case) for row in oriented)
    assert cross(results["I2"], "age_sex") == pairs(
        (bracket(row.age_at_decision), row.case.sex_id) for row in oriented
    )

    third = results["I3"]
    # A stay that a test request led to counts no more.
    housed = [row for row in counted_placements() if not (row.orientation and row.orientation.sollicitation.is_test)]
    assert len(housed) == third.figure("I3").value
    waits = [row.orientation and row.arrived_at - row.orientation.sollicitation.received_at for row in housed]
    assert table(third, "by_whole_delay") == tally(map(days_of, waits))
    known = [wait.total_seconds() / 86400 for wait in waits if wait]
    assert third.figure("I3.whole").value == (pytest.approx(median(known)) if known else None)
    assert third.figure("I3.whole").whole == len(known) > 0
    assert cross(third, "form_sex") == pairs((purpose(main_form(row.case)), row.case.sex_id) for row in housed)


def nights_by_hand(stays: list[Placement]) -> Counter:
    """Nights slept, by month and type of structure."""
    found: Counter = Counter()
    away = defaultdict(list)
    for row in Absence.objects.all():
        away[row.placement_id].append((row.starts_on, row.ends_on))
    for row in stays:
        night = PERIOD.first
        while night <= LAST:
            is_there = row.arrived_on <= night and (row.ended_on is None or night < row.ended_on)
            is_away = any(start <= night and (end is None or night < end) for start, end in away[row.pk])
            found[night.replace(day=1), row.partner.structure_type_id] += is_there and not is_away
            night += dt.timedelta(days=1)
    return found


def places_by_hand() -> Counter:
    """Nights of places of structures under a convention, by month and type."""
    found: Counter = Counter()
    signed = list(Convention.objects.all())
    for place in Place.objects.select_related("partner").filter(is_extra=False, partner__is_test=False):
        mine = [row for row in signed if row.partner_id == place.partner_id and row.signed_on]
        night = PERIOD.first
        while night <= LAST:
            is_open = place.starts_on <= night and (place.ends_on is None or night <= place.ends_on)
            is_bound = any(
                row.signed_on <= night
                and row.starts_on <= night
                and (row.ends_on is None or night <= row.ends_on)
                and (row.denounced_on is None or night < row.denounced_on)
                for row in mine
            )
            found[night.replace(day=1), place.partner.structure_type_id] += is_open and is_bound
            night += dt.timedelta(days=1)
    return found


def counted_stays() -> list[Placement]:
    return [
        row
        for row in Placement.objects.select_related("case", "partner")
        if row.confirmed_at
        and row.convention_id
        and not (row.case.is_test or row.partner.is_test)
        and (row.age_at_arrival is None or row.age_at_arrival < 18)
    ]


def by_place(counts: Counter, at: int) -> Counter:
    found: Counter = Counter()
    for key, n in counts.items():
        found[key[at]] += n
    return found


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([121, 122], [121]))
def test_occupancy_and_incidents_by_night_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    scatter(world, seed)
    houses = network(world, draw)
    types = ["type_structure:MECS", "type_structure:FDE", None]
    for house in [*houses, *Partner.objects.filter(code_name__in=["Les Tilleuls", "Maison d’essai"])]:
        Partner.objects.filter(pk=house.pk).update(structure_type_id=draw.choice(types[:2]))
        if draw.random() < 0.7:
            places_open(partner=house, count=2, starts_on=dt.date(2025, 12, 10))
    for row in Place.objects.all():
        ends_on = draw.choice([None, row.starts_on + dt.timedelta(days=draw.randrange(90))])
        Place.objects.filter(pk=row.pk).update(ends_on=ends_on)
    for stay in Placement.objects.all():
        if draw.random() < 0.3 and stay.ended_on:
            left = stay.arrived_on + dt.timedelta(days=draw.randrange((stay.ended_on - stay.arrived_on).days))
            back = draw.choice([None, left + dt.timedelta(days=draw.randrange(1, 20))])
            stay.absences.create(starts_on=left, ends_on=back)
    incidents(world, draw, [*houses, Partner.objects.get(code_name="Les Tilleuls")])
    results = figures_for(world.by, PERIOD).results
    third, eighth = results["I3"], results["I8"]
    slept, opened = nights_by_hand(counted_stays()), places_by_hand()
    assert third.figure("I3.nights").value == slept.total() > 0
    occupancy = third.figure("I3.occupancy")
    assert (occupancy.part, occupancy.whole) == (slept.total(), opened.total())
    assert opened.total() > 0
    months = [(opened_n, slept_n) for _, opened_n, slept_n, _ in grid(third, "occupancy_month").rows]
    by_month = by_place(opened, 0), by_place(slept, 0)
    assert months == [tuple(counts[month] for counts in by_month) for month in PERIOD.months]
    labels = {row.pk: row.label for row in Value.objects.filter(list_id="type_structure")}
    kinds = {kind for _, kind in slept.keys() | opened.keys()}
    expected = {labels[kind]: (by_place(opened, 1)[kind], by_place(slept, 1)[kind]) for kind in kinds}
    found = {row[0]: row[1:3] for row in grid(third, "occupancy_type").rows}
    assert found == {kind: pair for kind, pair in expected.items() if any(pair) or kind in found}
    for _, places, nights, share in grid(third, "occupancy_type").rows:
        assert share == (pytest.approx(nights / places) if places else None)

    declared = eighth.figure("I8").value
    assert eighth.figure("I8.rate").value == round(1000 * declared / slept.total(), 1)
    for kind, n, nights, rate in grid(eighth, "rate_place").rows:
        assert nights == expected[kind][1]
        assert rate == (round(1000 * n / nights, 1) if nights else None)
    assert sum(row[1] for row in grid(eighth, "rate_place").rows) == declared > 0


PAYERS = ("payeur:PJJ", None), ("payeur:ETAT", "13"), ("payeur:ASE", "59"), ("payeur:ASE", "13"), (None, None)
NAMES = {"59": "ASE – Conseil départemental du Nord", "13": "ASE – Conseil départemental des Bouches-du-Rhône"}


def costs_by_hand(stays: list[Placement]) -> dict[tuple, list[int]]:
    """Priced nights, cents and nights without a price, by payer, month and type of structure: night after night."""
    found: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0])
    terms = {row.placement_id: row for row in Linking.objects.all()}
    labels = dict(Value.objects.filter(list_id="payeur").values_list("pk", "label"))
    for row in stays:
        terms_of = terms[row.pk]
        kind, price, until = terms_of.payer_kind_id, terms_of.daily_price_cents, terms_of.finance_ends_on
        payer = "Aucun accord financier écrit" if kind is None else labels[kind]
        if kind == "payeur:ASE":
            payer = NAMES[terms_of.payer_id]
        gone = [(one.starts_on, one.ends_on) for one in row.absences.all()]
        night = max(PERIOD.first, row.arrived_on)
        while night <= LAST and (row.ended_on is None or night < row.ended_on):
            if not any(start <= night and (end is None or night < end) for start, end in gone):
                is_priced = price is not None and (until is None or night <= until)
                for place, by in enumerate((payer, night.replace(day=1), row.partner.structure_type_id)):
                    line = found[place, by]
                    line[0] += is_priced
                    line[1] += price if is_priced else 0
                    line[2] += not is_priced
            night += dt.timedelta(days=1)
    return found


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([141, 142, 143], [141]))
def test_what_nights_cost_is_that_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    scatter(world, seed)
    other = world.structure("Accueil du Nord", "59", signed_on=dt.date(2025, 3, 1))
    Partner.objects.filter(pk=other.pk).update(structure_type_id="type_structure:FDE")
    for _ in range(6):
        world.placement(world.case(), other, at(dt.date(2025, 12, 1) + dt.timedelta(days=draw.randrange(150))))
    for stay in Placement.objects.select_related("linking"):
        kind, payer = draw.choice(PAYERS)
        until = draw.choice([None, stay.arrived_on + dt.timedelta(days=draw.randrange(60))])
        Linking.objects.filter(placement=stay).update(
            payer_kind=kind,
            payer=payer,
            daily_price_cents=kind and draw.choice([0, 18550, 21033]),
            financed_on=kind and stay.arrived_on,
            finance_ends_on=until if kind else None,
        )
        if draw.random() < 0.4:
            left = stay.arrived_on + dt.timedelta(days=draw.randrange(10))
            if stay.ended_on is None or left < stay.ended_on:
                back = draw.choice([None, left + dt.timedelta(days=draw.randrange(1, 20))])
                stay.absences.create(starts_on=left, ends_on=back)
    result = figures_for(world.by, PERIOD).results["I3"]
    expected = costs_by_hand(counted_stays())
    cost = result.figure("I3.cost")
    priced, cents, without = (sum(line[at] for (by, _), line in expected.items() if by == 0) for at in range(3))
    assert (cost.value, cost.whole) == (cents / 100, priced)
    assert cost.value > 0 < without
    assert priced + without == result.figure("I3.nights").value
    assert result.figure("I3.price").value == pytest.approx(cents / priced / 100)
    labels = {row.pk: row.label for row in Value.objects.filter(list_id="type_structure")}
    months = [line for (by, month), line in sorted(expected.items(), key=str) if by == 1]
    told = [row[1:] for row in grid(result, "cost_month").rows if row[1] or row[4]]
    assert told == [(n, paid / 100, paid / 100 / n if n else None, rest) for n, paid, rest in months]
    for place, code in ((0, "cost_payer"), (2, "cost_type")):
        wanted = {
            (labels[key] if place == 2 else key): (n, paid / 100, rest)
            for (by, key), (n, paid, rest) in expected.items()
            if by == place
        }
        found = {row[0]: (row[1], row[2], row[4]) for row in grid(result, code).rows if row[1] or row[4]}
        assert found == wanted
    assert len([key for by, key in expected if by == 0]) > 3


def two_years_after(day: dt.date) -> dt.date:
    return day.replace(year=day.year + 2)


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([131, 132], [131]))
def test_arrivals_in_trained_teams_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    houses = [
        world.structure(f"Accueil {place}", place, signed_on=dt.date(2025, 3, 1)) for place in ("13", "59", "38")
    ]
    training(world, draw, houses)
    for _ in range(25):
        day = PERIOD.first + dt.timedelta(days=draw.randrange(180))
        world.placement(world.case(), draw.choice(houses), at(day))
    trained = defaultdict(list)
    for row in Enrolment.objects.select_related("session", "professional"):
        session, halves = row.session, list(row.session.half_days.all())
        marks = {mark.half_day_id: mark for mark in row.attendances.all()}
        total = sum(half.hours for half in halves)
        here = sum((hours_of(half, marks.get(half.pk)) for half in halves), Decimal(0))
        is_real = not (row.cancelled_at or session.is_test or row.professional.is_test)
        if is_real and session.state == SessionState.HELD and total >= 3 and here and here * 100 >= total * 80:
            trained[row.employer_id].append(session.ends_on)
    ready = [
        any(day <= row.arrived_on <= two_years_after(day) for day in trained[row.partner_id])
        for row in counted_placements()
    ]
    result = figures_for(world.by, PERIOD).results["I3"]
    figure = result.figure("I3.trained")
    assert (figure.part, figure.whole) == (sum(ready), len(ready))
    assert 0 < sum(ready) < len(ready)
    assert sum(row[2] for row in grid(result, "trained_type").rows) == sum(ready)


def test_what_is_known_six_months_after_a_stay_is_counted_by_its_day(world):
    house = Partner.objects.get(code_name="Les Tilleuls")
    for ended, known, reason in (
        (dt.date(2025, 7, 3), "reexploitation:OUI", "motif_fin:PREVUE"),
        (dt.date(2025, 8, 1), "reexploitation:NON", "motif_fin:PREVUE"),
        (dt.date(2025, 9, 1), "reexploitation:NON", "motif_fin:PREVUE"),
        (dt.date(2025, 9, 2), None, "motif_fin:PREVUE"),
        (dt.date(2025, 9, 3), "reexploitation:OUI", "motif_fin:TRANSFERT"),
        (dt.date(2025, 7, 2), "reexploitation:OUI", "motif_fin:PREVUE"),
    ):
        stay = world.placement(world.case(), house, at(dt.date(2025, 6, 1)), ended_on=ended, end_reason_id=reason)
        if known:
            AfterStay.objects.create(
                placement=stay, exploitation_id=known, known_on=dt.date(2026, 3, 1), noted_by=world.by
            )
    figure = figures_for(world.by, PERIOD).results["I3"].figure("I3.again")
    assert (figure.part, figure.whole) == (1, 3)
    assert figure.note == "sur 3 ; non su : 1"
