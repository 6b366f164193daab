"""The case: its facts, its identity, the ages of its events, its closing."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from cases.files.services import case_close, case_update_facts, identity_write
from cases.models import CaseIdentity, Orientation, Placement, Sollicitation
from cases.requests.services.sollicitations import sollicitation_close
from cases.stays.services import placement_end
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open
from tests.cases.steps import FACTS, PARIS, journal_of, open_case, orient, place, refused_on

NOON = dt.datetime(2026, 6, 15, 12, tzinfo=PARIS)


@pytest.fixture
def oriented(cast, acting_as):
    """A case with one event of each kind: received and oriented on 15 June 2026, arrived the next day."""
    with acting_as("coordination"):
        sollicitation, case = open_case(cast, facts=FACTS | {"birth_year": 2010}, age=None, received_at=NOON)
        orientation = orient(cast, sollicitation, decided_at=NOON)
        placement = place(cast, case, arrived_at=NOON + dt.timedelta(days=1), orientation=orientation)
        yield sollicitation, case, orientation, placement


def ages(oriented):
    sollicitation, _, orientation, placement = oriented
    return (
        Sollicitation.objects.get(pk=sollicitation.pk).age_at_reception,
        Orientation.objects.get(pk=orientation.pk).age_at_decision,
        Placement.objects.get(pk=placement.pk).age_at_arrival,
    )


def test_a_birth_date_moves_birth_and_frozen_ages(cast, oriented):
    _, case, *_ = oriented
    assert ages(oriented) == (15, 15, 15)
    identity_write(case=case, by=cast["coordination"], last_name="Nom", birth_date=dt.date(2010, 6, 16))
    assert (case.birth_year, case.birth_month) == (2010, 6)
    assert ages(oriented) == (15, 15, 16)
    identity_write(case=case, by=cast["coordination"], birth_date=dt.date(2008, 1, 31))
    assert ages(oriented) == (18, 18, 18)


def test_a_birth_after_an_event_is_refused(cast, oriented):
    _, case, *_ = oriented
    with refused_on("birth_date"):
        identity_write(case=case, by=cast["coordination"], birth_date=dt.date(2026, 6, 16))
    with refused_on("birth_year"):
        case_update_facts(case=case, by=cast["coordination"], birth_year=2027)
    assert ages(oriented) == (15, 15, 15)


def test_a_birth_year_moves_frozen_ages_until_the_date_is_known(cast, oriented):
    _, case, *_ = oriented
    case_update_facts(case=case, by=cast["coordination"], birth_year=2011, birth_month=1)
    assert ages(oriented) == (15, 15, 15)
    case_update_facts(case=case, by=cast["coordination"], birth_year=2012)
    assert ages(oriented) == (14, 14, 14)
    identity_write(case=case, by=cast["coordination"], birth_date=dt.date(2010, 1, 1))
    with refused_on("birth_year", match="corrigez-la"):
        case_update_facts(case=case, by=cast["coordination"], birth_year=2012)


def test_an_age_given_at_reception_grows_with_the_years(cast, acting_as):
    with acting_as("coordination"):
        sollicitation, _ = open_case(cast, age=15, received_at=NOON - dt.timedelta(days=366))
        assert orient(cast, sollicitation, decided_at=NOON).age_at_decision == 16


def test_identity_is_sealed_and_the_journal_names_fields_only(cast, oriented):
    _, case, *_ = oriented
    identity_write(case=case, by=cast["coordination"], last_name="Dupont", aliases=["Zed"])
    assert not CaseIdentity.objects.filter(case=case).exists()
    reveal_open(kind="case", object_id=case.pk, by=cast["coordination"], reason=RevealReason.CORRECTION)
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_name, aliases FROM cases_caseidentity WHERE case_id = %s", [case.pk])
        assert all(value.startswith("hv1:") for value in cursor.fetchone())
    assert CaseIdentity.objects.get(case=case).last_name == "Dupont"
    details = dict(journal_of(case.pk))["cases.identity.write"]
    assert details == {"coded": {"parts": [None, ["last_name"]]}, "sealed": ["aliases", "last_name"]}


def test_a_closing_waits_for_stays_and_sollicitations(cast, oriented):
    sollicitation, case, _, placement = oriented
    close = {"case": case, "reason_id": "motif_cloture:ACCOMPLI", "by": cast["coordination"]}
    today = timezone.localdate()
    with refused_on(match="séjour"):
        case_close(on=today, **close)
    placement_end(placement=placement, ended_on=today, reason_id="motif_fin:PREVUE", by=cast["coordination"])
    with refused_on(match="sollicitation"):
        case_close(on=today, **close)
    sollicitation_close(sollicitation=sollicitation, outcome_id="decision:RESEAU", by=cast["coordination"])
    with refused_on("closed_on"):
        case_close(on=today + dt.timedelta(days=1), **close)
    with refused_on("__all__", match="précède"):
        case_close(on=case.opened_on - dt.timedelta(days=1), **close)
    case_close(on=today, **close)
    with refused_on(match="déjà close"):
        case_close(on=today, **close)
    assert ("closed_on" in dict(journal_of(case.pk))["cases.case.close"]["coded"]) is True


@pytest.mark.parametrize("key", ["director_a", "gendarme", "dpo"])
def test_the_coordination_alone_writes_a_case(cast, acting_as, rows, key):
    with acting_as(key):
        with refused_on(match="votre compte"):
            case_update_facts(case=rows["case_a"], by=cast[key], sex_id="sexe:M")
        with refused_on(match="votre compte"):
            identity_write(case=rows["case_a"], by=cast[key], last_name="Intrus")
        with refused_on(match="votre compte"):
            case_close(case=rows["case_a"], reason_id="motif_cloture:AUTRE", on=timezone.localdate(), by=cast[key])
