"""What comes too late, twice, from the wrong person or against the guard: a clear sentence, nothing half done, and
whoever waits is told.
"""

import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.enums import Answer
from cases.files.protection.services import keep_away_add
from cases.matching.services import places_confirm
from cases.models import Linking, Proposal
from cases.proposals.services import ANSWERED, SUSPENDED, WITHDRAWN, proposal_confirm, proposal_withdraw
from cases.proposals.silence.services import proposals_silent_tell
from cms.partners.conventions.services import partner_suspend
from cms.partners.models import Membership
from cms.partners.people.services import membership_delegate
from cms.wall import scope
from tests.cases.notices.test_transitions import BOTH, answer, asked, ringing, sheet, told
from tests.cases.steps import open_case, orient, partner, refused_on
from tests.notify.steps import obligations_end

TAKEN = "Une structure est déjà retenue pour cette orientation."


def text_of(response) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode())).replace("\u00a0", " ")


def says(response, sentence: str) -> bool:
    return re.sub(r"\s+", " ", sentence) in text_of(response)


def accepting() -> dict[str, str]:
    return {"answer": Answer.ACCEPTED, "available_from": f"{timezone.localtime():%Y-%m-%dT%H:%M}"}


@pytest.fixture
def night(cast, acting_as):
    """Two structures have the sheet of an urgent request; nobody is owed anything else."""
    obligations_end()
    return asked(cast, acting_as)[1]


@pytest.fixture
def address(night, acting_as):
    with acting_as("coordination"):
        return reverse("cases:proposal", args=[sheet(night).pk])


def sheet_of_a(cast, night) -> Proposal:
    with scope.acting(cast["coordination"]):
        return sheet(night)


def hour_passes(cast, night) -> None:
    with scope.acting(cast["coordination"]):
        Proposal.objects.filter(orientation=night).update(answer_by=timezone.now() - dt.timedelta(minutes=5))


def suspend(cast, name="Les Tilleuls") -> None:
    with scope.acting(cast["coordination"]):
        partner_suspend(partner=partner(name), starts_on=timezone.localdate(), reason="Incendie")


def test_an_answer_after_its_hour_is_taken_said_late_and_told(night, address, cast, client_of):
    hour_passes(cast, night)
    proposals_silent_tell()
    assert told("proposal_silent") == {"coordination"}
    shown = text_of(client_of("director_a").post(address, accepting(), follow=True))
    assert "L’heure demandée était passée : votre réponse est envoyée quand même" in shown
    assert sheet_of_a(cast, night).is_late
    assert told("proposal_accepted") == {"coordination"}


def test_an_answer_after_another_was_kept_is_refused_with_thanks(night, address, cast, acting_as, client_of):
    answer(cast, acting_as, night, who="director_b", name="Aubépine")
    with acting_as("coordination"):
        proposal_confirm(proposal=sheet(night, "Aubépine"), by=cast["coordination"])
    assert told("proposal_not_kept") == {"director-a"}
    refused = client_of("director_a").post(address, accepting())
    assert (refused.status_code, says(refused, WITHDRAWN)) == (422, True)
    assert sheet_of_a(cast, night).answer_id is None
    assert told("proposal_accepted") == set()


def test_the_same_answer_twice_is_one_answer_and_one_message(night, address, cast, client_of):
    browser = client_of("director_a")
    assert browser.post(address, accepting()).status_code == 302
    again = browser.post(address, {"answer": Answer.REFUSED, "refusal_reason": "motif_refus:PLACE"})
    assert (again.status_code, says(again, ANSWERED)) == (422, True)
    assert sheet_of_a(cast, night).answer_id == Answer.ACCEPTED
    assert (told("proposal_accepted"), told("proposal_refused")) == ({"coordination"}, set())


@pytest.mark.parametrize("who", ["director_b", "educator_a", "gendarme", "ase", "former_member"])
def test_the_wrong_person_finds_no_sheet_and_the_right_one_still_owes_an_answer(night, address, cast, client_of, who):
    refused = client_of(who).post(address, accepting())
    assert refused.status_code == 404
    assert "Cette page n’existe pas, ou n’est plus ici" in text_of(refused)
    assert sheet_of_a(cast, night).answer_id is None
    assert "director-a" in told("proposal")
    assert ringing("proposal_answer") == 0


def test_who_lost_the_delegation_answers_nothing_and_the_direction_still_does(
    night, address, cast, acting_as, client_of
):
    with acting_as("director_a"):
        educator = Membership.objects.get(user=cast["educator_a"], revoked_at=None)
        membership_delegate(membership=educator, may_answer=True)
    browser = client_of("educator_a")
    assert browser.get(address).status_code == 200
    with acting_as("director_a"):
        educator.refresh_from_db()
        membership_delegate(membership=educator, may_answer=False)
    assert browser.post(address, accepting()).status_code == 404
    assert sheet_of_a(cast, night).answer_id is None
    assert "director-a" in told("proposal")


def test_a_structure_suspended_meanwhile_may_refuse_but_not_accept(night, address, cast, client_of):
    suspend(cast)
    refused = client_of("director_a").post(address, accepting())
    assert (refused.status_code, says(refused, SUSPENDED)) == (422, True)
    assert sheet_of_a(cast, night).answer_id is None
    assert told("proposal_accepted") == set()
    said = {"answer": Answer.REFUSED, "refusal_reason": "motif_refus:PLACE"}
    assert client_of("director_a").post(address, said).status_code == 302
    assert told("proposal_refused") == {"coordination"}


def test_a_structure_suspended_after_its_yes_is_not_kept(night, cast, acting_as, client_of):
    """Nothing is withdrawn from the other one, nobody reads that they are kept, and the yes still waits."""
    for who, name in (("director_a", "Les Tilleuls"), ("director_b", "Aubépine")):
        answer(cast, acting_as, night, who=who, name=name)
    suspend(cast)
    with acting_as("coordination"):
        page = reverse("cases_orientation:proposal_confirm", args=[night.pk, sheet(night).pk])
    refused = client_of("coordination").post(page)
    assert refused.status_code == 422
    assert "suspendue" in text_of(refused)
    with acting_as("coordination"):
        assert not Linking.objects.filter(orientation=night).exists()
        assert Proposal.objects.filter(orientation=night, confirmed_at=None, withdrawn_at=None).count() == 2
        assert told("proposal_kept") | told("place_chosen") | told("proposal_not_kept") == set()
        assert told("proposal_accepted") == {"coordination"}
        proposal_confirm(proposal=sheet(night, "Aubépine"), by=cast["coordination"])
    assert (told("proposal_kept"), told("proposal_not_kept")) == ({"director-b"}, {"director-a"})


def test_the_second_structure_kept_is_refused_and_nobody_is_told_of_it(night, cast, acting_as):
    for who, name in (("director_a", "Les Tilleuls"), ("director_b", "Aubépine")):
        answer(cast, acting_as, night, who=who, name=name)
    with acting_as("coordination"):
        second = sheet(night, "Aubépine")
        proposal_confirm(proposal=sheet(night), by=cast["coordination"])
        with refused_on(match="n’a plus cours"):
            proposal_confirm(proposal=second, by=cast["coordination"])
        with refused_on(match=TAKEN):
            proposal_confirm(proposal=sheet(night), by=cast["coordination"])
        assert Linking.objects.filter(orientation=night).count() == 1
    assert (told("proposal_kept"), told("proposal_not_kept")) == ({"director-a"}, {"director-b"})


def test_a_kept_structure_that_is_given_up_is_told_so_and_so_is_the_service(night, cast, acting_as):
    answer(cast, acting_as, night)
    with acting_as("coordination"):
        proposal_confirm(proposal=sheet(night), by=cast["coordination"])
        proposal_withdraw(proposal=sheet(night), by=cast["coordination"])
        assert not Linking.objects.live().filter(orientation=night).exists()
    assert told("proposal_not_kept") == {"director-a", "director-b"}
    assert told("linking_given_up") == set(), "the structure is told of its sheet"
    assert told("linking_given_up_requester") == {"gendarme"}
    assert told("agreement_structure") == told("proposal_kept") == told("place_chosen") == set()


def keep_away_everywhere(cast, case) -> None:
    """The whole of mainland France is too near."""
    keep_away_add(
        case=case,
        territory_id="63",
        reason_id="motif_eloignement:RESEAU",
        radius_km=1500,
        by=cast["coordination"],
    )


def test_a_place_to_avoid_that_leaves_no_structure_says_so_and_sends_nothing(cast, acting_as, client_of):
    with acting_as("coordination"):
        request, case = open_case(cast)
        for name in BOTH:
            places_confirm(partner=partner(name), free=1, by=cast["coordination"])
        keep_away_everywhere(cast, case)
        with refused_on("structures", match="lieu à éviter|trop près"):
            orient(cast, request, derogation="Elle le veut.")
        assert not Proposal.objects.filter(orientation__sollicitation=request).exists()
    shown = text_of(client_of("coordination").get(reverse("cases_sollicitation:places", args=[request.pk])))
    assert "Aucune structure ne peut accueillir cette nuit." in shown
    assert "Noter une mise à l’abri" in shown
    assert "lieu à éviter" in shown


def test_a_place_to_avoid_added_after_every_yes_keeps_nobody_and_the_request_still_waits(
    night, cast, acting_as, client_of
):
    for who, name in (("director_a", "Les Tilleuls"), ("director_b", "Aubépine")):
        answer(cast, acting_as, night, who=who, name=name)
    with acting_as("coordination"):
        keep_away_everywhere(cast, night.case)
        pages = [
            reverse("cases_orientation:proposal_confirm", args=[night.pk, sheet(night, name).pk]) for name in BOTH
        ]
    for page in pages:
        refused = client_of("coordination").post(page)
        assert refused.status_code == 422
        assert re.search("lieu à éviter|trop près", text_of(refused))
    assert told("proposal_kept") | told("place_chosen") == set()
    assert told("proposal_accepted") == {"coordination"}
    with acting_as("coordination"):
        for name in BOTH:
            proposal_withdraw(proposal=sheet(night, name), by=cast["coordination"])
    assert told("proposal_not_kept") == {"director-a", "director-b"}
    shown = text_of(client_of("coordination").get("/admin/"))
    assert night.sollicitation.reference in shown
