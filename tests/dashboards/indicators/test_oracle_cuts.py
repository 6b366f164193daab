"""Cuts and two-way tables of indicators 4 to 8 against an independent count: plain loops over the rows."""

import datetime as dt
import random
from collections import Counter, defaultdict

import pytest

from cases.enums import IncidentState
from cases.models import Incident, IncidentTask
from cms.partners.models import Place, StructureProfile
from cms.territory.models import Territory
from dashboards.figures.selectors.report import RowsQuery, figures_for, rows_for
from dashboards.indicators.selectors.coverage import LABELS
from formation.enums import SessionState
from formation.models import Professional, Session, SupportAct
from tests.dashboards.indicators.test_oracle import in_period, scatter, table, tally
from tests.dashboards.indicators.test_oracle_network import (
    LAST,
    PERIOD,
    attended,
    counted_structures,
    incidents,
    measures_by_hand,
    network,
    signed_authorities,
    training,
)
from tests.dashboards.world import at
from tests.plugins.extent import sampled


def cross(result, code: str) -> dict[tuple[str, str], int]:
    """Cells of a two-way table, by keys; the totals are those of another test."""
    found = next(item for item in result.grids if item.code == code)
    if not found.rows:
        return {}
    downs, acrosses = found.keys
    return {
        (down, across): n
        for down, row in zip(downs, found.rows, strict=False)
        for across, n in zip(acrosses, row[1:], strict=False)
        if n
    }


def pairs(found) -> dict[tuple[str, str], int]:
    return dict(Counter((first or "", second or "") for first, second in found))


def class_of_places(n: int) -> str:
    return "none" if n == 0 else "few" if n <= 2 else "some" if n <= 5 else "many"


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([51, 52], [51]))
def test_structures_and_authorities_two_ways_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    for house in network(world, draw):
        habilitation = draw.choice(["habilitation:ASE", "habilitation:PJJ", None])
        StructureProfile.objects.update_or_create(partner=house, defaults={"habilitation_id": habilitation})
    fourth = figures_for(world.by, PERIOD).results["I4"]
    counted, authorities = counted_structures(), signed_authorities()
    opened = Counter(
        row.partner_id
        for row in Place.objects.filter(partner__in=counted)
        if row.starts_on <= LAST and (row.ends_on is None or row.ends_on >= LAST)
    )
    habilitations = {row.partner_id: row.habilitation_id for row in StructureProfile.objects.all()}
    kinds = {row.pk: row.structure_type_id for row in counted}
    assert cross(fourth, "region_type") == pairs(
        (row.territory.region_id or "COM", row.structure_type_id) for row in counted
    )
    assert cross(fourth, "type_habilitation") == pairs((kind, habilitations.get(pk)) for pk, kind in kinds.items())
    assert cross(fourth, "type_places") == pairs((kind, class_of_places(opened[pk])) for pk, kind in kinds.items())
    assert table(fourth, "by_authority_zone") == tally(row.territory.zone for row in authorities)
    for row in fourth.breakdown("by_authority_zone").rows:
        rows = rows_for(world.by, RowsQuery("I4", PERIOD, line="authorities", cut="by_authority_zone", key=row.key))
        assert rows.total == row.n


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([61, 62], [61]))
def test_the_four_measures_by_region_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    scatter(world, seed)
    network(world, draw)
    found = next(grid for grid in figures_for(world.by, PERIOD).results["I5"].grids if grid.code == "region_measures")
    measures = measures_by_hand(counted_structures(), signed_authorities())
    names = {
        place.pk: "Outre-mer" if place.zone == "drom" else place.region.name
        for place in Territory.objects.exclude(zone="com").select_related("region")
    }
    expected = defaultdict(lambda: [0, 0, *[0] * len(LABELS)])
    for code, name in names.items():
        for line in (name, "Total"):
            expected[line][0] += 1
            expected[line][1] += code in measures["C1"] | measures["C2"]
            for place, measure in enumerate(LABELS, start=2):
                expected[line][place] += code in measures[measure]
    assert {row[0]: [row[1], row[2], *row[4:]] for row in found.rows} == expected
    assert found.rows[-1][:2] == ("Total", 101)
    assert "Guadeloupe" not in {row[0] for row in found.rows}


def seniority(person, day: dt.date) -> str | None:
    years = None if person.working_since is None else day.year - person.working_since
    if years is None:
        return None
    return "new" if years <= 1 else "settled" if years <= 5 else "long" if years <= 10 else "most"


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([71, 72], [71]))
def test_professionals_two_ways_and_the_profile_of_the_supported_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    houses = network(world, draw)
    training(world, draw, houses)
    results = figures_for(world.by, PERIOD).results
    sixth, seventh = results["I6"], results["I7"]
    first = {}
    for row, (total, here) in sorted(attended().items(), key=lambda item: (item[0].session.ends_on, item[0].pk)):
        if total >= 3 and here * 100 >= total * 80:
            first.setdefault(row.professional_id, row)
    group = {row.pk: row.profession and row.profession.extra.get("group") for row in first.values()}
    assert cross(sixth, "group_employer") == pairs((group[row.pk], row.employer_type_id) for row in first.values())
    assert cross(sixth, "region_group") == pairs(
        (row.professional.territory and row.professional.territory.region_id, group[row.pk]) for row in first.values()
    )
    assert cross(sixth, "group_seniority") == pairs(
        (group[row.pk], seniority(row.professional, row.session.ends_on)) for row in first.values()
    )

    acts = [row for row in SupportAct.objects.all() if not row.is_test and PERIOD.first <= row.happened_on <= LAST]
    named, teams = {}, {}
    for row in sorted(acts, key=lambda row: (row.happened_on, row.pk)):
        if row.professional_id and not row.professional.is_test:
            named.setdefault(row.professional_id, row)
    for row in sorted(acts, key=lambda row: (-row.head_count, row.happened_on, row.pk)):
        if not row.professional_id and not row.partner.is_test:
            teams.setdefault(row.partner_id, row)
    people = [(row.professional, row.happened_on) for row in named.values()]
    by_hand = {
        "by_support_territory": (person.territory_id for person, _ in people),
        "by_support_profession": (person.profession_id for person, _ in people),
        "by_support_sex": (person.sex or None for person, _ in people),
        "by_support_seniority": (seniority(person, day) for person, day in people),
        "by_support_month": (day.replace(day=1).isoformat() for _, day in people),
        "by_support_partner": (
            person.employer_type and str(person.employer_type.extra.get("is_partner", "")).lower()
            for person, _ in people
        ),
        "by_team_type": (row.partner.structure_type_id for row in teams.values()),
        "by_team_region": (row.partner.territory.region_id or "COM" for row in teams.values()),
    }
    for name, keys in by_hand.items():
        counted = {key: n for key, n in table(sixth, name).items() if n}
        assert counted == tally(keys), name
    for row in sixth.breakdown("by_team_region").rows:
        assert (
            rows_for(world.by, RowsQuery("I6", PERIOD, line="teams", cut="by_team_region", key=row.key)).total == row.n
        )

    held = [
        row
        for row in Session.objects.select_related("territory")
        if not row.is_test and PERIOD.first <= row.ends_on <= LAST and row.state == SessionState.HELD
    ]
    assert cross(seventh, "region_module") == pairs(
        (row.territory and row.territory.region_id, row.module_code) for row in held
    )
    assert cross(seventh, "month_module") == pairs(
        (row.ends_on.replace(day=1).isoformat(), row.module_code) for row in held
    )


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([81, 82], [81]))
def test_structures_by_share_of_their_team_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    houses = network(world, draw)
    training(world, draw, houses)
    sixth = figures_for(world.by, PERIOD).results["I6"]
    ready = {
        row.professional_id for row, (total, here) in attended().items() if total >= 3 and here * 100 >= total * 80
    }
    classes, teams = [], {house.pk: [] for house in counted_structures()}
    for person in Professional.objects.filter(is_test=False, merged_into=None):
        if person.employer_id in teams:
            teams[person.employer_id].append(is_ready(person, ready))
    for team in teams.values():
        share = sum(team) / len(team) if team else None
        if share is None:
            classes.append(None)
        elif share in (0, 1):
            classes.append("all" if share else "none")
        else:
            classes.append("quarter" if share < 0.25 else "half" if share <= 0.5 else "most")
    found = sixth.breakdown("by_team_share")
    assert {row.key: row.n for row in found.rows} == tally(classes)
    assert found.total == len(teams)
    known = [one for team in teams.values() for one in team]
    share = sixth.figure("I6.team")
    assert (share.part, share.whole) == (sum(known), len(known))


def is_ready(person, ready: set) -> bool:
    """Trained since two years on the last day: sessions drawn before the period count too."""
    if person.pk in ready:
        return True
    for row in person.enrolments.all():
        session, halves = row.session, list(row.session.half_days.all())
        marks = {mark.half_day_id: mark.status for mark in row.attendances.all()}
        total = sum(half.hours for half in halves)
        here = sum(half.hours for half in halves if marks.get(half.pk) == "present")
        is_real = not (row.cancelled_at or session.is_test) and session.state == SessionState.HELD
        recent = dt.date(2024, 6, 30) <= session.ends_on <= LAST
        if is_real and recent and total >= 3 and here and here * 100 >= total * 80:
            return True
    return False


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([91, 92], [91]))
def test_incidents_two_ways_by_delay_and_by_zone_are_those_of_a_count_by_hand(world, seed):
    draw = random.Random(seed)
    houses = network(world, draw)
    incidents(world, draw, houses)
    result = figures_for(world.by, PERIOD).results["I8"]
    rows = [
        row
        for row in Incident.objects.select_related("partner__territory")
        if in_period(row.declared_at) and not row.is_test and not row.partner.is_test
    ]
    assert cross(result, "type_severity") == pairs((row.incident_type_id, row.severity_id) for row in rows)
    assert cross(result, "type_place") == pairs((row.incident_type_id, row.partner.structure_type_id) for row in rows)
    assert cross(result, "severity_state") == pairs((row.severity_id, row.state) for row in rows)
    assert table(result, "by_zone") == tally(row.partner.territory.zone for row in rows)
    hours = [(row.declared_at - row.noticed_at).total_seconds() / 3600 for row in rows]
    assert table(result, "by_delay") == tally(
        "hour" if late <= 1 else "day" if late <= 24 else "three_days" if late <= 72 else "more" for late in hours
    )


def test_the_yearly_drill_and_what_training_learnt_from_incidents_are_told(world):
    house = world.structure("Maison du retour", "38", signed_on=dt.date(2026, 1, 5))
    before = figures_for(world.by, PERIOD).results
    assert before["I8"].figure("I8.drill").value == "aucun en douze mois"
    drill = world.incident(house, at(dt.date(2026, 3, 4)), is_test=True, is_drill=True)
    assert figures_for(world.by, PERIOD).results["I8"].figure("I8.drill").value == "aucun en douze mois"
    Incident.objects.filter(pk=drill.pk).update(
        acknowledged_at=at(dt.date(2026, 3, 4), 11), state=IncidentState.ACKNOWLEDGED
    )
    for day, code in ((dt.date(2026, 4, 2), "M1"), (dt.date(2026, 4, 3), ""), (dt.date(2025, 4, 3), "M1")):
        row = world.incident(house, at(day))
        IncidentTask.objects.create(
            incident=row, words="Reprendre le module", owner=world.by, due_on=day, is_action=True, module_code=code
        )
    results = figures_for(world.by, PERIOD).results
    assert results["I8"].figure("I8.drill").value == "fait le 4 mars 2026"
    assert results["I8"].figure("I8").value == before["I8"].figure("I8").value + 2, "a drill is no incident"
    learnt = results["I7"].figure("I7.actions")
    assert (learnt.value, learnt.note) == (1, "dont 0 faite")
