"""A sollicitation, from its sending to its outcome (definition of indicator 1)."""

import datetime as dt
import uuid

import pytest
from django.db import connection

from cases.models import Case, Sollicitation, SollicitationDetail
from cases.requests.selectors import outcome_for_requester
from cases.requests.services.sollicitations import sollicitation_close, sollicitation_link, sollicitation_take
from tests.cases.steps import FACTS, PARIS, days_ago, journal_of, open_case, partner, refused_on, send


def test_the_reference_carries_the_civil_year_of_reception(cast, acting_as):
    at = dt.datetime(2025, 12, 31, 23, 30, tzinfo=dt.UTC)
    with acting_as("coordination"):
        sollicitation = send(cast["coordination"], received_at=at)
    assert sollicitation.received_on == at.astimezone(PARIS).date() == dt.date(2026, 1, 1)
    assert sollicitation.reference.startswith("S-2026-")


def test_the_type_of_service_comes_from_the_partner(cast, acting_as):
    with acting_as("gendarme"):
        assert send(cast["gendarme"]).requester_type_id == "acteur:GN-BT"
    with acting_as("ase"):
        assert send(cast["ase"], "ASE du Nord").requester_type_id == "acteur:ASE-INS"


def test_a_transmitter_sends_without_reading_back_the_words(cast, acting_as):
    with acting_as("transmitter"):
        sollicitation = send(cast["transmitter"], "Collège 7")
        assert Sollicitation.objects.filter(pk=sollicitation.pk).exists()
        assert not SollicitationDetail.objects.filter(pk=sollicitation.pk).exists()
    with acting_as("coordination"):
        assert SollicitationDetail.objects.get(pk=sollicitation.pk).narrative.startswith("Un récit")


def test_nobody_speaks_for_another_service(cast, acting_as):
    with acting_as("coordination"):
        other = partner("ASE du Nord")
    for key in ("gendarme", "transmitter", "director_a", "state_reader"):
        with acting_as(key):
            count = Sollicitation.objects.count()
            with refused_on("requester"):
                send(cast[key], other)
            assert Sollicitation.objects.count() == count


def test_the_same_key_twice_gives_the_first_row(cast, acting_as):
    key = uuid.uuid4()
    with acting_as("gendarme"):
        first = send(cast["gendarme"], idempotency_key=key)
        second = send(cast["gendarme"], idempotency_key=key, age=12)
        assert second.pk == first.pk
        assert second.age_at_reception == 15
        assert first.forms.count() == 1
        assert Sollicitation.objects.filter(idempotency_key=key).count() == 1


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("received_at", {"received_at": days_ago(-1)}),
        ("birth_year", {"facts": FACTS | {"birth_year": days_ago(0).year + 1}}),
        ("birth_year", {"facts": FACTS | {"birth_year": 2012, "birth_month": 6}, "received_at": days_ago(365 * 20)}),
        ("birth_month", {"facts": FACTS | {"birth_month": 6}}),
        ("age_at_reception", {"facts": FACTS | {"birth_year": 2010}, "age": 9}),
        ("age_at_reception", {"age": 40}),
        ("forms", {"forms": [], "main_form": ""}),
        ("forms", {"forms": ["forme:SEX", "sexe:F"]}),
        ("forms", {"forms": ["forme:SEX", "forme:SEX"]}),
        ("main_form", {"forms": ["forme:DEL"]}),
        ("urgency", {"urgency_id": "nature:PEC"}),
        ("current_place", {"current_place_id": "00"}),
    ],
)
def test_what_contradicts_itself_is_refused_beside_its_field(cast, acting_as, field, changes):
    with acting_as("gendarme"):
        count = Sollicitation.objects.count()
        with refused_on(field):
            send(cast["gendarme"], **changes)
        assert Sollicitation.objects.count() == count


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        ({"birth_year": 2010, "birth_month": 5}, 16),
        ({"birth_year": 2010, "birth_month": 6}, 15),
        ({"birth_year": 2010, "birth_month": 7}, 15),
        ({"birth_year": 2010}, 15),
        ({}, None),
    ],
)
def test_the_age_is_frozen_at_reception_and_doubt_keeps_the_youngest(cast, acting_as, birth, age):
    at = dt.datetime(2026, 6, 15, 12, tzinfo=PARIS)
    with acting_as("coordination"):
        sollicitation = send(cast["coordination"], facts=FACTS | birth, age=None, received_at=at)
    assert sollicitation.age_at_reception == age


def test_words_are_sealed_and_stay_out_of_the_journal(cast, acting_as):
    with acting_as("gendarme"):
        sollicitation = send(cast["gendarme"])
        with connection.cursor() as cursor:
            sql = "SELECT narrative FROM cases_sollicitationdetail WHERE sollicitation_id = %s"
            cursor.execute(sql, [sollicitation.pk])
            assert cursor.fetchone()[0].startswith("hv1:")
    [(action, details)] = journal_of(sollicitation.pk)
    assert action == "cases.sollicitation.send"
    assert details["coded"]["nature_id"] == [None, "nature:PEC"]
    assert "récit" not in str(details)


def test_a_relance_given_by_the_sender_comes_from_the_same_service(cast, acting_as, rows):
    with acting_as("coordination"), refused_on("relance_of"):
        send(cast["coordination"], relance_of=rows["sollicitation_b"])


def test_taking_is_the_first_answer(cast, acting_as):
    with acting_as("coordination"):
        sollicitation = send(cast["coordination"], received_at=days_ago(2))
        sollicitation_take(sollicitation=sollicitation, by=cast["coordination"], at=days_ago(1))
        assert (sollicitation.state, sollicitation.taken_by) == ("in_charge", cast["coordination"])
        first = sollicitation.first_answered_at
        with refused_on(match="Claire Vasseur suit déjà cette demande"):
            sollicitation_take(sollicitation=sollicitation, by=cast["coordination"])
        sollicitation_close(sollicitation=sollicitation, outcome_id="decision:APPUI", by=cast["coordination"])
        assert sollicitation.first_answered_at == first
        with refused_on(match="close"):
            sollicitation_close(sollicitation=sollicitation, outcome_id="decision:APPUI", by=cast["coordination"])


def test_an_answer_cannot_precede_the_reception(cast, acting_as):
    with acting_as("coordination"):
        sollicitation = send(cast["coordination"], received_at=days_ago(2))
        with refused_on("__all__", match="précède la réception"):
            sollicitation_take(sollicitation=sollicitation, by=cast["coordination"], at=days_ago(3))


def test_the_coordination_alone_takes_links_and_closes(cast, acting_as):
    with acting_as("gendarme"):
        sollicitation = send(cast["gendarme"])
        for service, arguments in (
            (sollicitation_take, {}),
            (sollicitation_link, {}),
            (sollicitation_close, {"outcome_id": "decision:APPUI"}),
        ):
            with refused_on(match="votre compte"):
                service(sollicitation=sollicitation, by=cast["gendarme"], **arguments)


def test_linking_opens_a_case_that_repeats_facts_and_forms(cast, acting_as):
    with acting_as("coordination"):
        sollicitation, case = open_case(
            cast, forms=["forme:DEL", "forme:SEX"], facts=FACTS | {"birth_year": 2010, "origin_id": "59"}, age=None
        )
        assert case.reference.startswith(f"M-{sollicitation.received_on.year}-")
        assert (case.birth_year, case.origin_id, case.sex_id) == (2010, "59", "sexe:M")
        assert set(case.forms.values_list("form_id", "is_main")) == {("forme:DEL", False), ("forme:SEX", True)}
        assert sollicitation.case == case
        with refused_on(match="déjà rattachée"):
            sollicitation_link(sollicitation=sollicitation, by=cast["coordination"])


def test_linking_to_a_known_case_adds_forms_and_keeps_its_principal(cast, acting_as):
    with acting_as("coordination"):
        _, case = open_case(cast)
        second = send(cast["coordination"], "ASE du Nord", forms=["forme:DEL"], main_form="forme:DEL")
        sollicitation_link(sollicitation=second, case=case, by=cast["coordination"])
        assert set(case.forms.values_list("form_id", "is_main")) == {("forme:SEX", True), ("forme:DEL", False)}
        assert Case.objects.filter(sollicitations=second).get() == case


def test_a_test_sheet_stays_apart_from_real_cases(cast, acting_as):
    with acting_as("coordination"):
        _, case = open_case(cast)
        trial = send(cast["coordination"], is_test=True)
        with refused_on("case"):
            sollicitation_link(sollicitation=trial, case=case, by=cast["coordination"])


@pytest.mark.parametrize(
    ("closed_days_ago", "changes", "is_relance"),
    [
        (None, {}, True),
        (30, {}, True),
        (31, {}, False),
        (None, {"service": "ASE du Nord"}, False),
        (None, {"nature_id": "nature:AVIS"}, False),
        (None, {"received_at": days_ago(200)}, False),
    ],
)
def test_a_relance_is_the_same_service_asking_again_within_thirty_days(
    cast, acting_as, closed_days_ago, changes, is_relance
):
    with acting_as("coordination"):
        now = days_ago(0)
        first, case = open_case(cast, received_at=now - dt.timedelta(days=90))
        if closed_days_ago:
            sollicitation_close(
                sollicitation=first,
                outcome_id="decision:APPUI",
                by=cast["coordination"],
                at=now - dt.timedelta(days=closed_days_ago),
            )
        again = send(cast["coordination"], **{"received_at": now} | changes)
        sollicitation_link(sollicitation=again, case=case, by=cast["coordination"])
        assert again.relance_of == (first if is_relance else None)
        assert Sollicitation.objects.for_care().filter(pk=again.pk).exists() is (
            not is_relance and again.nature_id == "nature:PEC"
        )


def test_a_relance_of_a_relance_points_at_the_first_request(cast, acting_as):
    with acting_as("coordination"):
        first, case = open_case(cast, received_at=days_ago(9))
        for days in (6, 3):
            again = send(cast["coordination"], received_at=days_ago(days))
            sollicitation_link(sollicitation=again, case=case, by=cast["coordination"])
            assert again.relance_of == first


def test_a_transmitter_reads_the_outcome_alone(cast, acting_as):
    with acting_as("transmitter"):
        sent = send(cast["transmitter"], "Collège 7")
        before = outcome_for_requester(sollicitation=sent)
    with acting_as("coordination"):
        taken = Sollicitation.objects.get(pk=sent.pk)
        sollicitation_take(sollicitation=taken, by=cast["coordination"])
    with acting_as("transmitter"):
        assert outcome_for_requester(sollicitation=Sollicitation.objects.get(pk=sent.pk)) == before
    with acting_as("coordination"):
        sollicitation_close(sollicitation=taken, outcome_id="decision:APPUI", by=cast["coordination"])
    with acting_as("transmitter"):
        outcome = outcome_for_requester(sollicitation=Sollicitation.objects.get(pk=sent.pk))
        assert outcome == "Suite donnée : Appui technique, sans orientation."


def test_a_requester_reads_each_step(cast, acting_as, rows):
    with acting_as("gendarme"):
        new = outcome_for_requester(sollicitation=send(cast["gendarme"]))
        oriented = outcome_for_requester(sollicitation=Sollicitation.objects.get(pk=rows["sollicitation_a"].pk))
    assert new != oriented
    assert "orientation" in oriented
