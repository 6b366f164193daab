"""When every structure refuses: what was missing is told, the request waits, and a place that opens is said."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.enums import Answer
from cases.matching.selectors import waiting
from cases.matching.selectors.waiting import openings
from cases.matching.services import places_confirm
from cases.models import Proposal, Sollicitation, UnmetNeed
from cases.proposals.services import proposal_answer, proposal_withdraw
from cases.proposals.unmet.services import need_note
from cases.requests.services.sollicitations import sollicitation_close
from tests.cases import scenes
from tests.cases.steps import days_ago, held_by, orient, partner, refused_on, walled

NO_PLACE = "motif_sans_solution:PLACE"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("&nbsp;", " "))


def refused_by_a(cast, acting_as) -> Sollicitation:
    """A request proposed to Les Tilleuls, which has no place."""
    [proposal] = scenes.proposed(scenes.request_sent())
    with acting_as("director_a"):
        proposal_answer(
            proposal=Proposal.objects.get(pk=proposal.pk),
            answer_id=Answer.REFUSED,
            refusal_reason_id="motif_refus:PLACE",
            answered_by=cast["director_a"],
        )
    with acting_as("coordination"):
        return Sollicitation.objects.get(pk=proposal.orientation.sollicitation_id)


@pytest.fixture
def refused(cast, acting_as):
    return refused_by_a(cast, acting_as)


def test_a_request_that_nobody_took_in_is_closed_with_what_was_missing(cast, acting_as, refused, client_of):
    by = cast["coordination"]
    with acting_as("coordination"):
        with refused_on("unmet_reason", match="ce qui a manqué"):
            sollicitation_close(sollicitation=refused, outcome_id="decision:SANS-SUITE", by=by)
        with held_by("sollicitation_unmet_told"):
            Sollicitation.objects.filter(pk=refused.pk).update(
                state="closed", closed_at=days_ago(0), outcome_id="decision:SANS-SUITE"
            )
    browser = client_of("coordination")
    address = reverse("cases_sollicitation:close", args=[refused.pk])
    assert "dites ce qui a manqué" in text_of(browser.post(address, {"outcome": "decision:SANS-SUITE"}))
    answer = browser.post(address, {"outcome": "decision:SANS-SUITE", "unmet_reason": NO_PLACE})
    assert answer.status_code == 302
    with acting_as("coordination"):
        need = UnmetNeed.objects.get()
        assert (need.reason_id, need.form_id, need.met_on) == (NO_PLACE, "forme:SEX", None)
        assert not UnmetNeed.objects.waiting().exists()
    for key in ("director_a", "gendarme", "ase", "dpo"):
        with acting_as(key):
            assert not UnmetNeed.objects.exists()
            with walled():
                UnmetNeed.objects.create(
                    sollicitation=refused, reason_id=NO_PLACE, noted_at=days_ago(0), noted_by=cast[key]
                )
    export = browser.get(f"{reverse('cases_unmetneed:list')}?export=xlsx&reason={NO_PLACE}")
    assert export.status_code == 200


def test_what_was_missing_is_told_only_when_everybody_refused(cast, acting_as):
    by = cast["coordination"]
    proposals = scenes.proposed(scenes.request_sent(), "Les Tilleuls", "Aubépine")
    with acting_as("coordination"):
        asked = Sollicitation.objects.get(pk=proposals[0].orientation.sollicitation_id)
        with refused_on(match="pas encore répondu"):
            need_note(sollicitation=asked, reason_id=NO_PLACE, by=by)
        for proposal in Proposal.objects.filter(orientation__sollicitation=asked):
            proposal_withdraw(proposal=proposal, by=by)
        with refused_on("reason"):
            need_note(sollicitation=asked, reason_id="payeur:PJJ", by=by)
        first = need_note(sollicitation=asked, reason_id=NO_PLACE, by=by)
        assert need_note(sollicitation=asked, reason_id="motif_sans_solution:PROFIL", by=by).pk == first.pk
        with refused_on("unmet_reason", match="aucune structure"):
            sollicitation_close(
                sollicitation=asked, outcome_id="decision:DROIT-COMMUN", unmet_reason_id=NO_PLACE, by=by
            )
        sollicitation_close(sollicitation=asked, outcome_id="decision:SANS-SUITE", by=by)
        with refused_on(match="close"):
            need_note(sollicitation=asked, reason_id=NO_PLACE, by=by)


def test_a_place_that_opens_is_said_for_the_request_that_waits(cast, acting_as, refused, client_of):
    by = cast["coordination"]
    with acting_as("coordination"):
        need = need_note(sollicitation=refused, reason_id=NO_PLACE, by=by)
        UnmetNeed.objects.filter(pk=need.pk).update(noted_at=days_ago(1))
        assert openings() == ([], [])
    with acting_as("director_a"):
        places_confirm(partner=partner("Les Tilleuls"), free=1, by=cast["director_a"])
    with acting_as("coordination"):
        [opening], _ = openings()
        assert (opening.need, opening.names) == (need, ("Les Tilleuls",))
    home = text_of(client_of("coordination").get(reverse("havre_week")))
    assert "Une place s’ouvre pour une demande qui attend : Les Tilleuls" in home
    assert reverse("cases_sollicitation:places", args=[refused.pk]) in home
    with acting_as("coordination"):
        refused.refresh_from_db()
        again = orient(cast, refused, derogation="Une place s’est ouverte.")
    with acting_as("director_a"):
        sheet = Proposal.objects.get(orientation_id=again.pk)
        proposal_answer(
            proposal=sheet, answer_id="reponse:ACC", answered_by=cast["director_a"], available_from=timezone.now()
        )
    browser = client_of("coordination")
    assert browser.post(reverse("cases_orientation:proposal_confirm", args=[again.pk, sheet.pk])).status_code == 302
    with acting_as("coordination"):
        need.refresh_from_db()
        assert need.met_on
        assert openings() == ([], [])


def test_no_request_that_waits_is_forgotten_when_many_do(cast, acting_as, refused, client_of, monkeypatch):
    """Searching all of them again at each display would be slow: those left are named, to be searched by hand."""
    monkeypatch.setattr(waiting, "SEARCHED", 1)
    second = refused_by_a(cast, acting_as)
    with acting_as("coordination"):
        for request in (refused, second):
            need_note(sollicitation=request, reason_id=NO_PLACE, by=cast["coordination"])
        UnmetNeed.objects.filter(sollicitation=refused).update(noted_at=days_ago(2))
        UnmetNeed.objects.filter(sollicitation=second).update(noted_at=days_ago(1))
    with acting_as("director_a"):
        places_confirm(partner=partner("Les Tilleuls"), free=1, by=cast["director_a"])
    with acting_as("coordination"):
        [opening], [left] = openings()
        assert (opening.need.sollicitation, left.sollicitation) == (refused, second)
    home = text_of(client_of("coordination").get(reverse("havre_week")))
    assert "Des places se sont ouvertes depuis" in home
    assert reverse("cases_sollicitation:places", args=[second.pk]) in home
