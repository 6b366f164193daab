"""Indicators 3 to 8 against an independent count: plain loops, written without the queries they check."""

import datetime as dt
import random
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

import pytest
from django.utils import timezone

from cases.models import AuthorityNotice, Incident, Orientation, Placement, Sollicitation
from cms.documents.models import Acknowledgement, DocumentVersion
from cms.partners.conventions.services import partner_suspend, places_open
from cms.partners.models import Convention, Membership, Partner, Place, StructureProfile, Suspension
from cms.territory.models import AseCoverage, Territory
from cms.users.services import user_create
from cms.values.models import Value
from dashboards.figures.selectors.report import RowsQuery, figures_for, rows_for
from dashboards.periods import Period
from formation.enums import Period as HalfDayPeriod, SessionState, Status
from formation.models import Attendance, Enrolment, HalfDay, Professional, Session, SupportAct
from tests.dashboards.indicators.test_oracle import in_period, scatter, table, tally
from tests.dashboards.world import PARIS, at
from tests.plugins.extent import sampled

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
LAST = PERIOD.last
SEVERITIES = ("gravite:G1", "gravite:G2", "gravite:G3", "gravite:G4")


def some_day(draw, first=dt.date(2025, 10, 1), span=320) -> dt.date:
    return first + dt.timedelta(days=draw.randrange(span))


def network(world, draw) -> list[Partner]:
    """Structures and authorities: signed or not, suspended, closed, tests, with and without places."""
    version = world.standard(dt.date(2025, 6, 1))
    houses = []
    for number, place in enumerate(["13", "59", "38", "971", "33", "2A", "69", "75", "987"]):
        signed = draw.choice([dt.date(2025, 3, 1), dt.date(2026, 4, 2), None])
        house = world.structure(f"Maison {number}", place, signed_on=signed)
        if signed and draw.random() < 0.8:
            world.acknowledge(version, house, max(signed, dt.date(2025, 6, 2)))
        if draw.random() < 0.2:
            partner_suspend(partner=house, starts_on=dt.date(2026, 5, 1), reason="Visite")
        if draw.random() < 0.5:
            places_open(partner=house, count=draw.randrange(1, 4), starts_on=dt.date(2026, draw.randrange(1, 9), 1))
        facts = {"is_test": draw.random() < 0.1, "manager_name": draw.choice(["Association A", "Association B", ""])}
        facts["closed_on"] = dt.date(2026, 6, 1) if draw.random() < 0.1 else None
        Partner.objects.filter(pk=house.pk).update(**facts)
        houses.append(house)
    for code, place in (("67A", "67"), ("20R", "2A"), ("69M", "69"), ("974", "974"), ("44", "44")):
        world.authority(code, place, signed_on=draw.choice([dt.date(2025, 9, 1), dt.date(2026, 8, 1), None]))
    return houses


def in_force(partner) -> bool:
    return any(
        row.signed_on
        and row.signed_on <= LAST
        and row.starts_on <= LAST
        and not (row.ends_on and row.ends_on < LAST)
        and not (row.denounced_on and row.denounced_on <= LAST)
        for row in Convention.objects.filter(partner=partner)
    )


def still_signed(partner) -> bool:
    due = [
        row.sequence
        for row in DocumentVersion.objects.filter(document__kind="referentiel", is_major=True)
        if row.effective_on <= LAST - dt.timedelta(days=60)
    ]
    mine = [
        row.version.sequence
        for row in Acknowledgement.objects.filter(partner=partner).select_related("version__document")
        if row.version.document.kind == "referentiel" and row.signed_at.astimezone(PARIS).date() <= LAST
    ]
    return bool(mine) and max(mine) >= max(due, default=0)


def standing(partner) -> str:
    if partner.closed_on and partner.closed_on < LAST:
        return "closed"
    if any(
        row.starts_on <= LAST and (row.ends_on is None or row.ends_on >= LAST)
        for row in Suspension.objects.filter(partner=partner)
    ):
        return "suspended"
    if not in_force(partner):
        return "none"
    return "counted" if still_signed(partner) else "unsigned"


def structures() -> dict[Partner, str]:
    rows = Partner.objects.select_related("territory").filter(kind="structure", is_test=False)
    return {row: standing(row) for row in rows if row.opened_on <= LAST}


def counted_structures() -> list[Partner]:
    return [row for row, line in structures().items() if line == "counted"]


def signed_authorities() -> list[Partner]:
    rows = Partner.objects.filter(kind="ase", is_test=False)
    return [row for row in rows if row.opened_on <= LAST and not row.closed_on and in_force(row)]


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([11, 12], [11]))
def test_partners_and_coverage_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    scatter(world, seed)
    network(world, draw)
    results = figures_for(world.by, PERIOD).results
    fourth, fifth = results["I4"], results["I5"]
    counted, authorities = counted_structures(), signed_authorities()
    assert fourth.figure("I4.structures").value == len(counted) > 0
    assert fourth.figure("I4.authorities").value == len(authorities) > 0
    lines = Counter(structures().values())
    for line in ("suspended", "unsigned", "none", "closed"):
        assert fourth.figure(f"I4.{line}").value == lines[line], line
    opened = Counter(
        row.partner_id
        for row in Place.objects.filter(partner__in=counted)
        if row.starts_on <= LAST and (row.ends_on is None or row.ends_on >= LAST)
    )
    assert fourth.figure("I4.places").value == sum(opened.values())
    assert fourth.figure("I4.with_places").value == len(opened)
    assert fourth.figure("I4.managers").value == len({row.manager_name for row in counted} - {""})
    assert table(fourth, "by_region") == tally(row.territory.region_id or "COM" for row in counted)
    classes = ((0, "none"), (2, "few"), (5, "some"), (10**6, "many"))
    assert table(fourth, "by_places") == tally(
        next(name for most, name in classes if opened[row.pk] <= most) for row in counted
    )
    assert rows_for(world.by, RowsQuery("I4", PERIOD, line="authorities")).total == len(authorities)
    for row in fourth.breakdown("by_authority_region").rows:
        found = rows_for(world.by, RowsQuery("I4", PERIOD, line="authorities", cut="by_authority_region", key=row.key))
        assert found.total == row.n

    measures = measures_by_hand(counted, authorities)
    among = set(Territory.objects.exclude(zone="com").values_list("pk", flat=True))
    drom = set(Territory.objects.filter(zone="drom").values_list("pk", flat=True))
    covered = (measures["C1"] | measures["C2"]) & among
    assert fifth.figure("I5").value == len(covered) > 0
    assert fifth.figure("I5.overseas").value == len(covered & drom)
    for code, places in measures.items():
        assert fifth.figure(f"I5.{code}").value == len(places & among), code


def measures_by_hand(counted, authorities) -> dict[str, set[str]]:
    mine = {row.ase_authority_id for row in authorities}
    active = set()
    for row in Partner.objects.filter(kind__in=("requester", "ase"), is_test=False, territory__isnull=False):
        account = any(
            one.starts_on <= LAST and (one.ends_on is None or one.ends_on >= LAST)
            for one in Membership.objects.filter(partner=row)
        )
        asked = any(
            in_period(one.received_at) and not one.is_test for one in Sollicitation.objects.filter(requester=row)
        )
        if not row.closed_on and (asked or (account and row.opened_on <= LAST)):
            active.add(row.territory_id)
    oriented = {
        row.case.origin_id
        for row in Orientation.objects.select_related("case", "sollicitation")
        if in_period(row.decided_at)
        and not row.case.is_test
        and not row.sollicitation.is_test
        and row.decision_id in {"decision:RESEAU", "decision:DROIT-COMMUN"}
        and row.cancelled_at is None
        and row.identification_level_id != "niveau_identification:RISQ"
        and (row.age_at_decision is None or row.age_at_decision < 18)
    }
    return {
        "C1": {row.territory_id for row in AseCoverage.objects.all() if row.authority_id in mine},
        "C2": {row.territory_id for row in counted},
        "C3": active,
        "C4": oriented - {None},
    }


def training(world, draw, houses) -> None:
    """Sessions held, planned and cancelled, long and short, attended in part, and acts of support."""
    employers = [row.pk for row in Value.objects.filter(list_id="type_employeur")]
    professions = [row.pk for row in Value.objects.filter(list_id="profession")]
    people = [
        Professional.objects.create(
            last_name=f"Nom {number}",
            first_name="Essai",
            profession_id=draw.choice([*professions, None]),
            employer=draw.choice([*houses, None]),
            employer_type_id=draw.choice([*employers, None]),
            territory_id=draw.choice(["13", "971", None]),
            sex=draw.choice(["F", "M", "X", ""]),
            working_since=draw.choice([2026, 2024, 2021, 2017, 2001, None]),
            is_test=draw.random() < 0.1,
        )
        for number in range(30)
    ]
    for _ in range(10):
        ended = some_day(draw)
        session = Session.objects.create(
            module_code=draw.choice(["M1", "M2"]), title="Essai", starts_on=ended, ends_on=ended,
            state=draw.choice([SessionState.HELD, SessionState.HELD, SessionState.HELD, *SessionState]),
            is_test=draw.random() < 0.1, territory_id=draw.choice(["13", None]),
        )  # fmt: skip
        halves = [
            HalfDay.objects.create(
                session=session, day=ended, period=period, hours=Decimal(draw.choice(["1.5", "3.5"]))
            )
            for period in list(HalfDayPeriod)[: draw.choice([1, 2])]
        ]
        for half in halves:
            half.refresh_from_db()
        for person in draw.sample(people, 8):
            enrolment = Enrolment.objects.create(
                session=session, professional=person, profession=person.profession, employer=person.employer,
                employer_type=person.employer_type, cancelled_at=timezone.now() if draw.random() < 0.1 else None,
            )  # fmt: skip
            if enrolment.cancelled_at:
                continue
            for half in halves:
                status = draw.choice(
                    [Status.PRESENT, Status.PRESENT, Status.PRESENT, Status.LEFT_EARLY, Status.ABSENT]
                )
                came = half.begins_at + dt.timedelta(minutes=draw.choice([10, 20, 45]))
                left = half.ends_at - dt.timedelta(minutes=draw.choice([5, 20, 40]))
                Attendance.objects.create(
                    enrolment=enrolment, half_day=half, recorded_by=world.by, recorded_at=timezone.now(),
                    status=status,
                    came_at=came if status != Status.ABSENT and draw.random() < 0.2 else None,
                    left_at=left if status == Status.LEFT_EARLY else None,
                )  # fmt: skip
    for _ in range(60):
        person = draw.choice([*people[:8], *[None] * 6])
        SupportAct.objects.create(
            professional=person, partner=None if person else draw.choice(houses),
            kind_id=draw.choice(["type_acte:VISITE", "type_acte:APP"]), happened_on=some_day(draw),
            head_count=1 if person else draw.randrange(1, 9), recorded_by=world.by, is_test=draw.random() < 0.1,
        )  # fmt: skip


def arrivals(draw, houses) -> None:
    """People who join teams, once or again, some leave early; half of them have a file of training."""
    files = list(Professional.objects.order_by("last_name"))
    for number in range(30):
        user = user_create(email=f"arrivee-{number}@exemple.fr", first_name="Essai", last_name=f"A{number}")
        if number % 2:
            files[number].user = user
            files[number].save()
        house, day = draw.choice(houses), some_day(draw, dt.date(2025, 5, 25), 230)
        gone = draw.choice([None, None, day + dt.timedelta(days=100), day + dt.timedelta(days=220)])
        for again in range(draw.choice([1, 1, 2])):
            started = day + dt.timedelta(days=230 * again)
            Membership.objects.create(
                user=user, partner=house, role=draw.choice(["structure_director", "structure_educator"]),
                starts_on=started, ends_on=gone and started + (gone - day),
            )  # fmt: skip
            if gone is None:
                break


def half_a_year_after(day: dt.date) -> dt.date:
    year, month = (day.year, day.month + 6) if day.month <= 6 else (day.year + 1, day.month - 6)
    for last in range(day.day, 0, -1):
        try:
            return dt.date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


def hires_by_hand() -> list[str]:
    """« yes » or « no » for each person whose six months in a team end in the period."""
    trained = defaultdict(list)
    for row in Enrolment.objects.select_related("session", "professional"):
        session, halves = row.session, list(row.session.half_days.all())
        marks = {mark.half_day_id: mark for mark in row.attendances.all()}
        total = sum(half.hours for half in halves)
        here = sum(hours_of(half, marks.get(half.pk)) for half in halves)
        is_real = not (row.cancelled_at or session.is_test or row.professional.is_test)
        if is_real and session.state == SessionState.HELD and total >= 3 and here and here * 100 >= total * 80:
            trained[row.professional.user_id].append(session.ends_on)
    found, seen = [], set()
    for row in Membership.objects.select_related("partner").order_by("starts_on"):
        is_team = row.partner.kind == "structure" and row.role in ("structure_director", "structure_educator")
        if not is_team or row.partner.is_test or (row.user_id, row.partner_id) in seen:
            continue
        seen.add((row.user_id, row.partner_id))
        due = half_a_year_after(row.starts_on)
        if PERIOD.first <= due <= LAST and (row.ends_on is None or row.ends_on >= due):
            found.append("yes" if any(day <= due for day in trained[row.user_id]) else "no")
    return found


def seniority_by_hand(row) -> str | None:
    began, ended = row.professional.working_since, row.session.ends_on.year
    if began is None:
        return None
    return next((key for key, most in (("new", 1), ("settled", 5), ("long", 10)) if ended - began <= most), "most")


def hours_of(half: HalfDay, mark: Attendance | None) -> Decimal:
    """Hours between arrival and leaving, to the hundredth."""
    if mark is None or mark.status not in (Status.PRESENT, Status.LEFT_EARLY):
        return Decimal(0)
    there = (mark.left_at or half.ends_at) - (mark.came_at or half.begins_at)
    return (Decimal(int(there.total_seconds())) / 3600).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def attended() -> dict[Enrolment, tuple[Decimal, Decimal]]:
    """Hours of the session and hours present, of each participation that counts in the period."""
    found = {}
    for row in Enrolment.objects.select_related("session", "professional", "employer_type"):
        session = row.session
        if row.cancelled_at or session.is_test or row.professional.is_test or session.state != SessionState.HELD:
            continue
        if PERIOD.first <= session.ends_on <= LAST:
            marks = {mark.half_day_id: mark for mark in row.attendances.all()}
            halves = list(session.half_days.all())
            here = sum((hours_of(half, marks.get(half.pk)) for half in halves), Decimal(0))
            if here:
                found[row] = (sum(half.hours for half in halves), here)
    return found


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([21, 22], [21]))
def test_professionals_and_sessions_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    houses = network(world, draw)
    training(world, draw, houses)
    arrivals(draw, houses)
    results = figures_for(world.by, PERIOD).results
    sixth, seventh = results["I6"], results["I7"]
    present = attended()
    long = {row.professional_id for row, (total, here) in present.items() if total >= 3 and here * 100 >= total * 80}
    short = {row.professional_id for row, (total, here) in present.items() if total < 3 and here * 100 >= total * 80}
    assert sixth.figure("I6.trained").value == len(long) > 0
    assert sixth.figure("I6.aware").value == len(short - long)
    assert sixth.figure("I6.participations").value == len(present)
    assert sixth.figure("I6.hours").value == float(sum(here for _, here in present.values()))
    first = {}
    for row in sorted(present, key=lambda row: (row.session.ends_on, row.pk)):
        total, here = present[row]
        if total >= 3 and here * 100 >= total * 80:
            first.setdefault(row.professional_id, row)
    assert table(sixth, "by_sex") == tally(row.professional.sex or None for row in first.values())
    assert table(sixth, "by_seniority") == tally(seniority_by_hand(row) for row in first.values())
    hired = hires_by_hand()
    share = sixth.figure("I6.hires_ready")
    assert sixth.figure("I6.hires").value == len(hired)
    assert (share.part, share.whole) == (hired.count("yes"), len(hired))
    assert share.part > 0
    assert table(sixth, "by_hire_ready") == tally(hired)
    assert rows_for(world.by, RowsQuery("I6", PERIOD, line="hires")).total == len(hired)
    assert rows_for(world.by, RowsQuery("I6", PERIOD, line="hires", cuts={"by_hire_ready": "yes"})).total == share.part
    acts = [row for row in SupportAct.objects.all() if not row.is_test and PERIOD.first <= row.happened_on <= LAST]
    named = {row.professional_id for row in acts if row.professional_id and not row.professional.is_test}
    heads: dict = defaultdict(int)
    for row in acts:
        if not row.professional_id and not row.partner.is_test:
            heads[row.partner_id] = max(heads[row.partner_id], row.head_count)
    assert sixth.figure("I6.persons").value == len(named) > 0
    assert sixth.figure("I6.teams").value == len(heads) > 0
    assert sixth.figure("I6.supported").value == len(named) + sum(heads.values())
    assert rows_for(world.by, RowsQuery("I6", PERIOD, line="persons")).total == len(named)
    assert rows_for(world.by, RowsQuery("I6", PERIOD, line="teams")).total == len(heads)
    first_kind = {}
    for row in sorted(acts, key=lambda row: (row.happened_on, row.pk)):
        if row.professional_id in named:
            first_kind.setdefault(row.professional_id, row.kind_id)
    assert table(sixth, "by_support_kind") == tally(first_kind.values())

    ended = [row for row in Session.objects.all() if not row.is_test and PERIOD.first <= row.ends_on <= LAST]
    states = Counter(row.state for row in ended)
    assert seventh.figure("I7").value == states[SessionState.HELD]
    assert seventh.figure("I7.cancelled").value == states[SessionState.CANCELLED]
    assert seventh.figure("I7.achieved").value == pytest.approx(states[SessionState.HELD] / len(ended))
    held = [row for row in ended if row.state == SessionState.HELD]
    assert seventh.figure("I7.hours").value == float(sum(half.hours for row in held for half in row.half_days.all()))
    teams, taught = counted_structures(), {row.employer_id for row in present}
    expected = sum(row.pk in taught for row in teams) / len(teams) if teams else None
    assert seventh.figure("I7.teams").value == pytest.approx(expected)


def incidents(world, draw, houses) -> None:
    for _ in range(30):
        declared = at(some_day(draw, dt.date(2025, 5, 1), 430), draw.randrange(24))
        row = world.incident(draw.choice(houses), declared, is_test=draw.random() < 0.1)
        noticed = declared - dt.timedelta(hours=draw.choice([1, 5, 30, 60]))
        facts = {"noticed_at": noticed, "occurred_at": noticed, "has_analysis": draw.random() < 0.5}
        facts["severity_id"] = draw.choice(SEVERITIES)
        if draw.random() < 0.7:
            facts |= {"acknowledged_at": declared + dt.timedelta(hours=draw.randrange(1, 40)), "state": "acknowledged"}
        if draw.random() < 0.5:
            facts |= {"closed_at": declared + dt.timedelta(days=9), "state": "closed"}
        Incident.objects.filter(pk=row.pk).update(**facts)
        for _ in range(draw.choice([0, 1, 2])):
            AuthorityNotice.objects.create(
                incident=row, authority_id="autorite:PARQUET", told_by=world.by,
                told_at=declared + dt.timedelta(hours=draw.randrange(1, 90)),
            )  # fmt: skip


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([31, 32], [31]))
def test_incidents_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    houses = network(world, draw)
    incidents(world, draw, houses)
    result = figures_for(world.by, PERIOD).results["I8"]
    rows = [
        row
        for row in Incident.objects.select_related("severity", "partner__territory")
        if in_period(row.declared_at) and not row.is_test and not row.partner.is_test
    ]
    assert result.figure("I8").value == len(rows) > 0
    assert table(result, "by_severity") == tally(row.severity_id for row in rows)
    assert table(result, "by_region") == tally(row.partner.territory.region_id or "COM" for row in rows)

    def middle(lengths):
        found = [length.total_seconds() / 3600 for length in lengths]
        return pytest.approx(median(found)) if found else None

    told = {row: min((one.told_at for one in row.notices.all()), default=None) for row in rows}
    assert result.figure("I8.declare").value == middle(row.declared_at - row.noticed_at for row in rows)
    assert result.figure("I8.acknowledge").value == middle(
        row.acknowledged_at - row.declared_at for row in rows if row.acknowledged_at
    )
    assert result.figure("I8.tell").value == middle(moment - row.declared_at for row, moment in told.items() if moment)
    limits = {row: row.severity.extra.get("report_within_minutes") for row in rows}
    timed = {row: limit for row, limit in limits.items() if limit is not None}
    in_time = sum(row.declared_at - row.noticed_at <= dt.timedelta(minutes=limit) for row, limit in timed.items())
    assert result.figure("I8.in_time").value == pytest.approx(in_time / len(timed))
    closed = [row for row in rows if row.state == "closed"]
    assert result.figure("I8.analysed").value == pytest.approx(sum(row.has_analysis for row in closed) / len(closed))
    before = [row for row in Incident.objects.all() if not row.is_test]
    again = [
        row
        for row in rows
        if any(
            dt.timedelta(0) < row.declared_at - other.declared_at <= dt.timedelta(days=90)
            for other in before
            if (other.partner_id, other.incident_type_id) == (row.partner_id, row.incident_type_id)
        )
    ]
    assert result.figure("I8.repeated").value == len(again) > 0
    spoke = {
        row.partner_id
        for row in Incident.objects.all()
        if not row.is_test and dt.date(2025, 6, 30) < row.declared_at.astimezone(PARIS).date() <= LAST
    }
    assert result.figure("I8.silent").value == sum(row.pk not in spoke for row in counted_structures())
    assert result.figure("I8.suspended").value == Counter(structures().values())["suspended"]


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([41, 42], [41]))
def test_presence_and_distance_are_those_of_a_count_by_hand(world, seed):
    scatter(world, seed)
    result = figures_for(world.by, PERIOD).results["I3"]
    stays = [
        row
        for row in Placement.objects.select_related("case__exploitation_place", "partner__territory")
        if row.confirmed_at and row.convention_id and not row.case.is_test
    ]
    chosen: dict = {}
    for row in sorted(stays, key=lambda row: row.arrived_at):
        if in_period(row.arrived_at) and (row.age_at_arrival is None or row.age_at_arrival < 18):
            chosen.setdefault(row.case.person_key, row)
    for days in (30, 90, 180):
        old = [row for row in chosen.values() if row.arrived_on + dt.timedelta(days=days) <= LAST]
        still = sum(is_there(stays, row, row.arrived_on + dt.timedelta(days=days)) for row in old)
        figure = result.figure(f"I3.there_{days}")
        assert figure.note == f"sur {len(old)}"
        assert figure.value == (pytest.approx(still / len(old)) if old else None)
    assert table(result, "by_distance") == tally(
        distance(row.case.exploitation_place, row.partner.territory) for row in chosen.values()
    )
    assert result.breakdown("by_distance").is_total


def is_there(stays, row, day) -> bool:
    return any(
        other.case.person_key == row.case.person_key
        and other.arrived_on <= day
        and (other.ended_on is None or other.ended_on > day)
        for other in stays
    )


def distance(start, end) -> str | None:
    if start is None:
        return None
    if start == end:
        return "same"
    if "metro" not in (start.zone, end.zone) or start.zone != end.zone:
        return "overseas"
    if end in start.neighbours.all():
        return "adjacent"
    return "region" if start.region_id == end.region_id else "farther"


@pytest.mark.parametrize(
    ("place", "expected"),
    [("24", "same"), ("33", "adjacent"), ("64", "region"), ("59", "farther"), ("971", "overseas"), (None, "")],
)
def test_each_class_of_distance_from_the_dordogne(world, place, expected):
    world.placement(
        world.case(exploitation_place_id=place), Partner.objects.get(code_name="Les Tilleuls"), at(dt.date(2026, 2, 1))
    )
    assert table(figures_for(world.by, PERIOD).results["I3"], "by_distance") == {expected: 1}


def test_no_list_says_how_far_a_minor_is(client_of, world):
    world.placement(
        world.case(exploitation_place_id="33"), Partner.objects.get(code_name="Les Tilleuls"), at(dt.date(2026, 2, 1))
    )
    browser = client_of("coordination")
    days = {"du": "2026-01-01", "au": "2026-06-30"}
    answer = browser.get("/admin/chiffres/I3/lignes/", {**days, "par": "by_distance", "cle": "adjacent"})
    assert answer.status_code == 404
    assert "voisin" not in browser.get("/admin/chiffres/I3/lignes/", days).content.decode()


def test_structures_by_form_that_they_accept_count_once_for_each_purpose(world):
    signed = dt.date(2026, 2, 1)
    version = world.standard(signed)
    accepted = (("forme:SEX-NUM", "forme:SEX-PROX", "forme:DEL-VOL"), ("forme:SEX",), ())
    for number, forms in enumerate(accepted):
        house = world.structure(f"Accueil {number}", "38", signed_on=signed)
        world.acknowledge(version, house, signed)
        profile, _ = StructureProfile.objects.get_or_create(partner=house)
        profile.forms.set(forms)
    away = world.structure("Sans signature", "38")
    StructureProfile.objects.get_or_create(partner=away)[0].forms.set(["forme:MEN"])
    fourth = figures_for(world.by, PERIOD).results["I4"]
    found = fourth.breakdown("by_accepted_form")
    mine = {f"Accueil {number}" for number in range(3)}
    others = [row for row in counted_structures() if row.code_name not in mine]
    by_hand = Counter({"forme:SEX": 2, "forme:DEL": 1, "": 1})
    for row in others:
        told = StructureProfile.objects.filter(partner=row).values_list("forms__parent_id", "forms__id")
        by_hand.update({parent or form or "" for parent, form in told} or {""})
    assert {row.key: row.n for row in found.rows} == by_hand
    assert found.whole == fourth.figure("I4.structures").value == 3 + len(others)
    assert found.unknown_rate == by_hand[""] / found.whole
