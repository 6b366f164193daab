"""The line of a structure: who is rung at night, at which number, and what the link of the message opens."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Placement, Proposal
from cases.proposals.rules import link_sign
from cases.proposals.services import proposal_answer
from cases.requests.services.sollicitations import sollicitation_link, sollicitation_take
from cases.stays.services import placement_confirm
from cms.notify.duty.services.scan import rings_scan
from cms.notify.models import Ring
from cms.partners.conventions.services import partner_suspend
from cms.partners.models import Membership, OnCallLine, Partner
from cms.partners.oncall.rules import PARIS, is_covered
from cms.partners.oncall.services import LineFacts, line_set
from cms.wall import scope
from tests.cases.steps import journal_of, open_case, orient, place
from tests.notify.steps import ask, obligations_end

PHONE = "06 00 00 00 77"
ALWAYS = {"phone": PHONE, "days": range(1, 8)}


@pytest.fixture(autouse=True)
def quiet(cast):
    obligations_end()
    with scope.acting(scope.NOTIFY):
        Ring.objects.open().update(closed_at=timezone.now())


def membership(cast, who) -> Membership:
    with scope.acting(cast["coordination"]):
        return Membership.objects.get(user=cast[who], revoked_at=None)


def line(cast, acting_as, *, by="director_a", delegates=("educator_a",), members=("educator_a",), **facts):
    with acting_as(by):
        house = Partner.objects.get(code_name="Les Tilleuls")
    ids = {who: membership(cast, who).pk for who in {*delegates, *members}}
    with acting_as(by):
        return line_set(
            partner=house,
            facts=LineFacts(
                members=[ids[who] for who in members], delegates=[ids[who] for who in delegates], **ALWAYS | facts
            ),
        )


def proposal_of_the_night(cast, acting_as, urgency="urgence:U0") -> Proposal:
    request = ask(urgency)
    with acting_as("coordination"):
        sollicitation_take(sollicitation=request, by=cast["coordination"])
        sollicitation_link(sollicitation=request, by=cast["coordination"])
        return orient(cast, request).proposals.get()


def test_a_proposal_of_the_night_rings_the_line(cast, acting_as, mails, gateway):
    line(cast, acting_as)
    proposal = proposal_of_the_night(cast, acting_as)
    rings_scan()
    [(payload, _)] = gateway.received
    assert payload["to"] == PHONE
    assert reverse("cases:proposal_link", args=[link_sign(proposal.pk)]) in payload["text"]
    rung = [mail for mail in mails if "message urgent" in mail]
    assert len(rung) == 1
    assert "educator-a@havre.example" in rung[0]


def test_an_ordinary_proposal_wakes_nobody(cast, acting_as, mails, gateway):
    line(cast, acting_as)
    proposal_of_the_night(cast, acting_as, "urgence:U2")
    rings_scan()
    assert gateway.received == []


def test_outside_its_hours_the_direction_is_called(cast, acting_as, mails, gateway):
    later = timezone.localtime() + dt.timedelta(hours=2)
    line(cast, acting_as, starts_at=later.time(), ends_at=(later + dt.timedelta(minutes=5)).time())
    proposal_of_the_night(cast, acting_as)
    rings_scan()
    assert [payload["to"] for payload, _ in gateway.received if payload["to"] == PHONE] == []
    assert any("director-a@havre.example" in mail and "message urgent" in mail for mail in mails)


def test_the_line_falls_silent_once_the_sheet_is_open_and_ends_with_the_answer(
    cast, acting_as, mails, gateway, client_of
):
    line(cast, acting_as)
    proposal = proposal_of_the_night(cast, acting_as)
    rings_scan()
    page = client_of("educator_a").get(reverse("cases:proposal_link", args=[link_sign(proposal.pk)]))
    assert page.headers["Location"] == reverse("cases:proposal", args=[proposal.pk])
    rings_scan(at=timezone.now() + dt.timedelta(minutes=30))
    assert len(gateway.received) == 1
    with acting_as("educator_a"):
        proposal_answer(
            proposal=Proposal.objects.get(pk=proposal.pk),
            answer_id="reponse:ACC",
            answered_by=cast["educator_a"],
            available_from=timezone.now(),
        )
    with scope.acting(scope.NOTIFY):
        assert not Ring.objects.open().filter(kind="proposal").exists()


def test_it_calls_three_times_and_no_more(cast, acting_as, mails, gateway):
    line(cast, acting_as)
    proposal_of_the_night(cast, acting_as)
    for minutes in range(0, 55, 6):
        rings_scan(at=timezone.now() + dt.timedelta(minutes=minutes))
    assert len([payload for payload, _ in gateway.received if payload["to"] == PHONE]) == 3


def test_the_link_alone_opens_nothing(cast, acting_as, client_of, client):
    proposal = proposal_of_the_night(cast, acting_as)
    address = reverse("cases:proposal_link", args=[link_sign(proposal.pk)])
    assert reverse("account_login") in client.get(address).headers["Location"]
    for who in ("director_b", "educator_a", "gendarme"):
        assert client_of(who).get(address).status_code == 404, who
    assert client_of("director_a").get(address).status_code == 302
    forged = reverse("cases:proposal_link", args=[f"{proposal.pk.hex}:faux"])
    assert client_of("director_a").get(forged).status_code == 404


def test_the_link_ends_with_the_hour_of_the_answer(cast, acting_as, client_of):
    proposal = proposal_of_the_night(cast, acting_as)
    with acting_as("coordination"):
        Proposal.objects.filter(pk=proposal.pk).update(answer_by=timezone.now() - dt.timedelta(minutes=1))
    page = client_of("director_a").get(reverse("cases:proposal_link", args=[link_sign(proposal.pk)]), follow=True)
    assert page.redirect_chain[0][0] == reverse("cases:proposals")
    assert "Ce lien valait jusqu’à" in page.content.decode()


def test_a_delegate_answers_and_confirms_and_no_other_educator_does(cast, acting_as, client_of):
    proposal = proposal_of_the_night(cast, acting_as)
    address = reverse("cases:proposal", args=[proposal.pk])
    assert client_of("educator_a").get(address).status_code == 404
    line(cast, acting_as)
    browser = client_of("educator_a")
    assert browser.get(address).status_code == 200
    assert browser.get(reverse("cases:places")).status_code == 200
    now = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    assert browser.post(address, {"answer": "reponse:ACC", "available_from": now}).status_code == 302
    with acting_as("coordination"):
        answered = Proposal.objects.get(pk=proposal.pk)
        assert (answered.answer_id, answered.answered_by_id) == ("reponse:ACC", cast["educator_a"].pk)
        _, case = open_case(cast, received_at=timezone.now() - dt.timedelta(days=2))
        stay = place(cast, case)
    with acting_as("educator_a"):
        placement_confirm(placement=Placement.objects.get(pk=stay.pk), by=cast["educator_a"])
    line(cast, acting_as, members=("director_a",), delegates=())
    assert client_of("educator_a").get(address).status_code == 404


def test_who_answers_the_line_holds_the_delegation(cast, acting_as):
    with pytest.raises(ValidationError) as caught:
        line(cast, acting_as, delegates=())
    assert "délégation" in str(caught.value)


@pytest.mark.parametrize("who", ["director_b", "educator_a", "gendarme"])
def test_nobody_else_sets_a_line(cast, acting_as, who):
    with acting_as("director_a"):
        house = Partner.objects.get(code_name="Les Tilleuls")
    with acting_as(who), pytest.raises(ValidationError):
        line_set(partner=house, facts=LineFacts(**ALWAYS))
    with acting_as(who), pytest.raises(DatabaseError), transaction.atomic():
        OnCallLine(partner=house, phone=PHONE).save(force_insert=True)


def test_the_number_stays_out_of_the_journal_and_shows_where_it_is_needed(cast, acting_as, client_of):
    house = line(cast, acting_as).partner
    assert not [details for _, details in journal_of(house.pk) if "00 77" in str(details)]
    proposal = proposal_of_the_night(cast, acting_as)
    browser = client_of("coordination")
    for address in (
        reverse("partners_partner:inspect", args=[house.pk]),
        reverse("cases_orientation:inspect", args=[proposal.orientation_id]),
    ):
        page = browser.get(address).content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
        assert PHONE in re.sub(r"\s+", " ", page), address


def test_a_structure_suspended_meanwhile_may_not_accept(cast, acting_as):
    proposal = proposal_of_the_night(cast, acting_as)
    with acting_as("coordination"):
        partner_suspend(partner=proposal.partner, starts_on=timezone.localdate(), reason="Contrôle")
    with acting_as("director_a"), pytest.raises(ValidationError, match="suspendue"):
        proposal_answer(
            proposal=Proposal.objects.get(pk=proposal.pk),
            answer_id="reponse:ACC",
            answered_by=cast["director_a"],
            available_from=timezone.now(),
        )


@pytest.mark.parametrize(
    ("moment", "days", "hours", "is_open"),
    [
        (dt.datetime(2026, 11, 26, 23, 40), [4], (20, 8), True),
        (dt.datetime(2026, 11, 27, 2, 10), [4], (20, 8), True),
        (dt.datetime(2026, 11, 27, 2, 10), [5], (20, 8), False),
        (dt.datetime(2026, 11, 26, 12, 0), [4], (20, 8), False),
        (dt.datetime(2026, 11, 26, 12, 0), [4], (0, 0), True),
        (dt.datetime(2026, 11, 26, 9, 0), [4], (8, 20), True),
    ],
)
def test_hours_go_past_midnight(moment, days, hours, is_open):
    start, end = (dt.time(hour) for hour in hours)
    assert is_covered(moment.replace(tzinfo=PARIS), days=days, starts_at=start, ends_at=end) == is_open
