"""What a structure learns of a minor, step by step, and what it no longer reads after its answer."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Proposal
from cases.proposals.selectors import proposal_contact
from cases.proposals.services import proposal_answer, proposal_withdraw
from cms.partners.models import Membership
from cms.values.services import setting_change
from cms.values.settings import setting_value
from cms.wall.models import Grant, Level
from cms.wall.services import grants_end
from tests.cases.steps import days_ago, open_case, orient
from tests.cast.situations import rows as cast_rows


@pytest.fixture
def asked(cast, acting_as):
    """A sheet sent to Les Tilleuls twelve days ago."""
    with acting_as("coordination"):
        sollicitation, _ = open_case(cast, received_at=days_ago(13))
        return orient(cast, sollicitation, decided_at=days_ago(12)).proposals.get()


def answered(cast, acting_as, proposal, code, at=None, **more):
    if code == "ACC-COND":
        more = {"condition": "Après le repas du soir."} | more
    if code in ("ACC", "ACC-COND"):
        more = {"available_from": at or timezone.now()} | more
    with acting_as("coordination"):
        proposal_answer(
            proposal=Proposal.objects.get(pk=proposal.pk),
            answer_id=f"reponse:{code}",
            answered_by=cast["director_a"],
            at=at,
            **more,
        )


def sees(acting_as, key, proposal) -> bool:
    with acting_as(key):
        return Proposal.objects.filter(pk=proposal.pk).exists()


def levels(acting_as, proposal) -> list[int]:
    with acting_as("coordination"):
        return sorted(Grant.objects.live().on("proposal", proposal.pk).values_list("level", flat=True))


def test_a_sheet_is_sent_with_its_grant(acting_as, asked):
    assert levels(acting_as, asked) == [Level.SHEET]
    assert sees(acting_as, "director_a", asked)
    assert not sees(acting_as, "educator_a", asked)
    assert not sees(acting_as, "director_b", asked)
    with acting_as("director_a"):
        assert proposal_contact(proposal=asked) is None


@pytest.mark.parametrize("code", ["ACC", "ACC-COND", "ATTENTE"])
def test_an_interested_structure_learns_whom_to_call(cast, acting_as, asked, code):
    answered(cast, acting_as, asked, code)
    assert levels(acting_as, asked) == [Level.SHEET, Level.CONTACT]
    with acting_as("director_a"):
        assert proposal_contact(proposal=asked).name == str(cast["coordination"])
        assert not Case.objects.filter(orientations=asked.orientation_id).exists()
    with acting_as("director_b"):
        assert proposal_contact(proposal=asked) is None


def test_the_page_says_whom_to_call_once_interested(cast, client_of, acting_as, asked):
    address = reverse("cases:proposal", args=[asked.pk])
    assert str(cast["coordination"]) not in client_of("director_a").get(address).content.decode()
    answered(cast, acting_as, asked, "ACC-COND")
    assert str(cast["coordination"]) in client_of("director_a").get(address).content.decode()


@pytest.mark.parametrize(("days", "is_seen"), [(0, True), (6.9, True), (7.1, False)])
def test_a_refused_sheet_is_lost_after_seven_days(cast, acting_as, client_of, asked, days, is_seen):
    answered(cast, acting_as, asked, "REFUS", at=days_ago(days), refusal_reason_id="motif_refus:PLACE")
    assert sees(acting_as, "director_a", asked) is is_seen
    status = client_of("director_a").get(reverse("cases:proposal", args=[asked.pk])).status_code
    assert status == (200 if is_seen else 404)
    assert sees(acting_as, "coordination", asked)


def test_the_delay_is_a_setting(cast, acting_as, asked):
    assert setting_value("cases.sheet_days") == 7
    with connection.cursor() as cursor:
        cursor.execute("SELECT sheet_days()")
        assert cursor.fetchone() == (dt.timedelta(days=7),)
    with acting_as("direction"):
        setting_change(key="cases.sheet_days", value=2, changed_by_id=cast["direction"].pk)
    answered(cast, acting_as, asked, "REFUS", at=days_ago(3), refusal_reason_id="motif_refus:PLACE")
    assert not sees(acting_as, "director_a", asked)


def test_a_withdrawn_sheet_stays_readable_for_the_delay_and_its_contact_closes(cast, acting_as, asked):
    answered(cast, acting_as, asked, "ACC", at=days_ago(10))
    with acting_as("coordination"):
        proposal_withdraw(proposal=Proposal.objects.get(pk=asked.pk), by=cast["coordination"], at=days_ago(6))
    assert sees(acting_as, "director_a", asked)
    with acting_as("director_a"):
        assert proposal_contact(proposal=asked) is None
    assert levels(acting_as, asked) == [Level.SHEET]
    with acting_as("coordination"):
        grant = Grant.objects.on("proposal", asked.pk).get(level=Level.SHEET)
        assert abs(grant.ends_at - timezone.now() - dt.timedelta(days=1)) < dt.timedelta(minutes=5)


def test_a_sheet_can_be_revoked(acting_as, asked):
    with acting_as("coordination"):
        assert grants_end(kind="proposal", object_id=asked.pk, reason="Erreur d’envoi") == 1
    assert not sees(acting_as, "director_a", asked)


def test_a_former_member_loses_the_sheet_the_contact_and_the_file(cast, acting_as):
    case, proposal = cast_rows()["case_a"], cast_rows()["proposal_a"]
    assert sees(acting_as, "director_a", proposal)
    with acting_as("coordination"):
        Membership.objects.filter(user=cast["director_a"]).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert not sees(acting_as, "director_a", proposal)
    with acting_as("director_a"):
        assert not Case.objects.filter(pk=case.pk).exists()
        assert proposal_contact(proposal=cast_rows()["proposal_placed_a"]) is None
