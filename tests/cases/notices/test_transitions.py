"""The table of passages, walked: each is caused by the service that causes it, and those whom it names are told."""

import datetime as dt
from functools import partial

import pytest
from django.core import mail
from django.utils import timezone

from cases.arrival.enums import Party
from cases.arrival.services.guardians import linking_guardian_set
from cases.arrival.services.journeys import journey_set, journey_share
from cases.arrival.services.linking import linking_agree
from cases.arrival.services.protocol import protocol_write
from cases.enums import Answer, Authority
from cases.incidents.authorities.services import authority_tell
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare
from cases.models import Linking, Placement, Proposal
from cases.notices.enums import Ends, To
from cases.notices.notifications import ROLES
from cases.notices.rules.table import TRANSITIONS
from cases.proposals.exchange.services import proposal_ask, proposal_reply
from cases.proposals.services import proposal_answer, proposal_confirm, proposal_withdraw
from cases.proposals.silence.services import proposals_silent_tell
from cases.requests.messages.services import sollicitation_advise, sollicitation_ask_more, sollicitation_reply
from cases.requests.services.sollicitations import sollicitation_link, sollicitation_take
from cases.stays.reviews.services import after_stay_note, after_stays_follow
from cases.stays.services import absence_close, absence_open, placement_confirm, placement_end
from cms.kit.words import hour
from cms.notify.inbox.rules import notification_kind
from cms.notify.inbox.selectors import inbox
from cms.notify.inbox.services.messages import notifications_send
from cms.notify.models import Obligation, Ring
from cms.wall import scope
from tests.cases.steps import PARIS, days_ago, open_case, orient, partner, place, refused_on, send
from tests.cast.linkings import ase_north, sentences
from tests.notify.steps import obligations_end

BOTH = ("Les Tilleuls", "Aubépine")


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda transition: transition.code)
def test_each_passage_has_somebody_to_tell_a_way_and_words(transition):
    assert transition.notices
    for notice in transition.notices:
        spec = notification_kind(notice.kind)
        assert spec is not None
        assert spec.is_information == (notice.ends == Ends.READ)
        assert ROLES[notice.to]
        assert "{lien}" in notice.body
        assert notice.label
        assert "{jour}" not in notice.body


def test_no_kind_is_said_twice():
    kinds = [notice.kind for transition in TRANSITIONS for notice in transition.notices]
    assert len(kinds) == len(set(kinds))


@pytest.fixture
def world(cast, acting_as):
    """Nobody is owed anything, nothing rings: what follows is what the test causes."""
    obligations_end()
    with scope.acting(scope.NOTIFY):
        Ring.objects.open().update(closed_at=timezone.now())
    return cast


def told(kind: str) -> set[str]:
    """Who is owed a kind now."""
    with scope.acting(scope.NOTIFY):
        rows = Obligation.objects.open().filter(kind=kind).select_related("person")
        return {row.person.email.split("@")[0] for row in rows if row.person}


def ringing(kind: str) -> int:
    with scope.acting(scope.NOTIFY):
        return Ring.objects.open().filter(kind=kind).count()


def asked(cast, acting_as, urgency="urgence:U0", **changes):
    """A request of the gendarme, taken, its case opened, and the sheet sent to both structures."""
    with acting_as("gendarme"):
        request = send(cast["gendarme"], urgency_id=urgency)
    with acting_as("coordination"):
        sollicitation_take(sollicitation=request, by=cast["coordination"])
        sollicitation_link(sollicitation=request, by=cast["coordination"])
        orientation = orient(cast, request, BOTH, **changes)
    return request, orientation


def sheet(orientation, name="Les Tilleuls") -> Proposal:
    return Proposal.objects.get(orientation_id=orientation.pk, partner__code_name=name)


def answer(cast, acting_as, orientation, code=Answer.ACCEPTED, who="director_a", name="Les Tilleuls", **more):
    if code in (Answer.ACCEPTED, Answer.CONDITIONAL):
        more = {"available_from": timezone.now()} | more
    with acting_as(who):
        return proposal_answer(proposal=sheet(orientation, name), answer_id=code, answered_by=cast[who], **more)


def test_a_request_is_told_to_the_coordination_then_to_its_service(world, acting_as):
    with acting_as("gendarme"):
        urgent = send(world["gendarme"], urgency_id="urgence:U0")
    assert (told("request_received"), ringing("sollicitation")) == (set(), 1), "it rings instead"
    with acting_as("coordination"):
        sollicitation_take(sollicitation=urgent, by=world["coordination"])
        obligations_end()
    with acting_as("gendarme"):
        request = send(world["gendarme"], urgency_id="urgence:U2")
    assert told("request_received") == {"coordination"}
    with acting_as("coordination"):
        sollicitation_take(sollicitation=request, by=world["coordination"])
    assert told("request_received") == set()
    assert told("request_taken") == {"gendarme"}
    with acting_as("coordination"):
        sollicitation_ask_more(sollicitation=request, text="Quel âge ?", by=world["coordination"])
    assert told("request_question") == {"gendarme"}
    with acting_as("gendarme"):
        sollicitation_reply(sollicitation=request, text="Quinze ans.", by=world["gendarme"])
    assert told("request_question") == set()
    assert told("request_reply") == {"coordination"}
    with acting_as("coordination"):
        sollicitation_advise(sollicitation=request, text="Voici.", by=world["coordination"])
    assert told("request_advice") == {"gendarme"}


def test_a_message_of_a_service_reaches_the_coordination_before_anybody_took_the_request(world, acting_as):
    with acting_as("gendarme"):
        request = send(world["gendarme"], urgency_id="urgence:U0")
        sollicitation_reply(sollicitation=request, text="Il est parti.", by=world["gendarme"])
    assert told("request_message") == {"coordination", "direction"}
    with acting_as("coordination"):
        sollicitation_ask_more(sollicitation=request, text="Où ?", by=world["coordination"])
    assert told("request_message") == set()


def test_a_sheet_is_told_before_its_hour(world, acting_as):
    _, orientation = asked(world, acting_as)
    assert told("proposal") == {"director-a", "director-b"}
    assert ringing("proposal") == 2
    with acting_as("director_a"):
        due = sheet(orientation).answer_by
        lines = [line for line in inbox().waiting if "proposition" in line["label"]]
    at = timezone.localtime(due)
    assert f"avant {at.hour}\u00a0h\u00a0{at.minute:02d}" in lines[0]["label"]
    assert due - orientation.decided_at == dt.timedelta(minutes=60)


@pytest.mark.parametrize(
    ("code", "kind", "words", "more"),
    [
        (Answer.ACCEPTED, "proposal_accepted", "Les Tilleuls accepte", {}),
        (
            Answer.CONDITIONAL,
            "proposal_conditional",
            "Les Tilleuls accepte sous condition",
            {"condition": "Avec lit."},
        ),
        (Answer.WAITING, "proposal_waiting", "Les Tilleuls met en attente", {}),
        (Answer.REFUSED, "proposal_refused", "Les Tilleuls refuse", {"refusal_reason_id": "motif_refus:PLACE"}),
    ],
)
def test_an_answer_reaches_home_board_files_and_inbox_and_rings(world, acting_as, client_of, code, kind, words, more):
    request, orientation = asked(world, acting_as)
    if code in (Answer.ACCEPTED, Answer.CONDITIONAL):
        more = more | {"available_from": timezone.now() + dt.timedelta(minutes=50)}
    answer(world, acting_as, orientation, code, **more)
    assert told(kind) == {"coordination"}
    assert ringing("proposal_answer") == 1
    assert ringing("proposal") == 1
    assert told("proposal") == {"director-b"}
    if "available_from" in more:
        words = f"{words}, admet à partir de {hour(more['available_from'])}"
    browser = client_of("coordination")
    pages = ["/admin/", "/admin/astreinte/", f"/admin/sollicitations/inspect/{request.pk}/"]
    pages += [f"/admin/orientations/inspect/{orientation.pk}/", "/boite/"]
    for address in pages:
        page = browser.get(address, follow=True)
        assert page.status_code == 200, address
        assert words.replace("\xa0", " ") in page.content.decode().replace("&nbsp;", " ").replace("\xa0", " "), address


def test_an_answer_that_is_not_urgent_rings_nobody(world, acting_as):
    _, orientation = asked(world, acting_as, urgency="urgence:U2")
    answer(world, acting_as, orientation)
    assert told("proposal_accepted") == {"coordination"}
    assert ringing("proposal_answer") == ringing("proposal") == 0


def test_silence_past_the_hour_is_told_once_and_rings(world, acting_as):
    _, orientation = asked(world, acting_as)
    with scope.acting(world["coordination"]):
        Proposal.objects.filter(orientation=orientation).update(answer_by=timezone.now() - dt.timedelta(minutes=1))
    assert proposals_silent_tell() == 2
    assert proposals_silent_tell() == 0
    assert told("proposal_silent") == {"coordination"}
    assert ringing("proposal_answer") == 1
    answer(world, acting_as, orientation)
    with scope.acting(scope.NOTIFY):
        assert Obligation.objects.open().filter(kind="proposal_silent").count() == 1


def test_nobody_answers_the_telephone_and_it_is_said_so(world, acting_as, client_of):
    """« Sans réponse », noted by who called: the structure has not answered, and a file never says that it has."""
    _, orientation = asked(world, acting_as)
    answer(world, acting_as, orientation, Answer.NONE, who="direction")
    assert told("proposal_silent") == {"coordination"}
    page = client_of("coordination").get(f"/admin/orientations/inspect/{orientation.pk}/").content.decode()
    assert "Les Tilleuls n’a pas répondu" in page
    assert "a répondu" not in page


def test_an_acceptance_says_from_which_hour_whatever_the_door(world, acting_as):
    _, orientation = asked(world, acting_as)
    for code in (Answer.ACCEPTED, Answer.CONDITIONAL):
        with refused_on("available_from", match="à partir de quelle heure"):
            answer(world, acting_as, orientation, code, condition="Avec lit.", available_from=None)
    assert told("proposal_accepted") == told("proposal_conditional") == set()


def test_a_question_back_and_its_answer(world, acting_as, client_of):
    _, orientation = asked(world, acting_as)
    with acting_as("director_a"):
        proposal_ask(proposal=sheet(orientation), text="Parle-t-il français ?", by=world["director_a"])
    assert told("proposal_question") == {"coordination"}
    assert ringing("proposal_answer") == 1
    with acting_as("coordination"):
        pk = sheet(orientation).pk
        proposal_reply(proposal=sheet(orientation), text="Oui, un peu.", by=world["coordination"])
    assert told("proposal_question") == set()
    assert told("proposal_reply") == {"director-a"}
    page = client_of("director_a").get(f"/situations/propositions/{pk}/").content.decode()
    assert "Oui, un peu." in page
    assert client_of("director_b").get(f"/situations/propositions/{pk}/").status_code == 404


def test_who_is_kept_and_who_is_not(world, acting_as):
    _, orientation = asked(world, acting_as)
    for who, name in (("director_a", "Les Tilleuls"), ("director_b", "Aubépine")):
        answer(world, acting_as, orientation, who=who, name=name)
    with acting_as("coordination"):
        proposal_confirm(proposal=sheet(orientation), by=world["coordination"])
    assert told("proposal_kept") == {"director-a"}
    assert told("place_chosen") == {"gendarme"}
    assert told("proposal_not_kept") == {"director-b"}
    assert told("proposal_accepted") == set()
    assert ringing("proposal_answer") == 0
    assert told("agreement_structure") == {"director-a"}
    assert told("agreement_guardian") == set()
    linking = _linking(acting_as, orientation)
    with acting_as("coordination"):
        linking_guardian_set(linking=linking, guardian=ase_north(), by=world["coordination"])
    assert told("agreement_guardian") == {"ase"}
    for who, party in (("director_a", Party.STRUCTURE), ("ase", Party.REQUESTER)):
        with acting_as(who):
            linking_agree(linking=linking, party=party, by=world[who])
    assert told("agreement_structure") == told("agreement_guardian") == set()
    with acting_as("coordination"):
        protocol_write(linking=linking, words=sentences(), by=world["coordination"])
    assert told("agreement_structure") == {"director-a"}
    assert told("agreement_guardian") == {"ase"}
    with acting_as("coordination"):
        journey = journey_set(
            linking=linking,
            driver_id="conduite:SERVICE",
            leaves_at=timezone.now() + dt.timedelta(hours=1),
            meeting_point="Gare routière",
            relay="Une éducatrice",
            by=world["coordination"],
        )
        journey_share(journey=journey, by=world["coordination"])
    assert told("journey_structure") == {"director-a"}
    assert told("journey_requester") == {"gendarme"}


def test_a_convention_that_changes_under_a_stay_waits_for_the_morning(world, acting_as):
    """Nobody is woken at night to sign again; a minor still to arrive for a request that rings is another matter."""
    at_night = dt.datetime.combine(timezone.localdate() + dt.timedelta(days=1), dt.time(2), PARIS)
    with acting_as("coordination"):
        stay = place(world, open_case(world)[1])
        linking = Linking.objects.get(placement=stay)
        assert linking.orientation is None
        protocol_write(linking=linking, words=sentences(), by=world["coordination"])
        assert told("agreement_structure") == set()
    assert told("agreement_structure_again") == {"director-a"}
    mail.outbox.clear()
    notifications_send(at=at_night)
    assert not any("accord" in message.subject for message in mail.outbox)
    notifications_send(at=at_night + dt.timedelta(hours=7))
    assert [message.to for message in mail.outbox if "à nouveau" in message.subject] == [["director-a@havre.example"]]
    with acting_as("director_a"):
        linking_agree(linking=Linking.objects.get(pk=linking.pk), party=Party.STRUCTURE, by=world["director_a"])
    assert told("agreement_structure_again") == set()


def _linking(acting_as, orientation) -> Linking:
    with acting_as("coordination"):
        return Linking.objects.get(orientation=orientation)


def test_a_withdrawn_sheet_is_told(world, acting_as):
    _, orientation = asked(world, acting_as)
    with acting_as("coordination"):
        proposal_withdraw(proposal=sheet(orientation), by=world["coordination"])
    assert told("proposal_not_kept") == {"director-a"}


def test_a_stay_from_its_arrival_to_its_end(world, acting_as):
    with acting_as("gendarme"):
        request = send(world["gendarme"], urgency_id="urgence:U0", received_at=days_ago(2))
    with acting_as("coordination"):
        case = sollicitation_link(sollicitation=request, by=world["coordination"])
        stay = place(world, case, "Les Tilleuls", arrived_at=days_ago(1))
    assert told("arrival_said") == {"director-a"}
    with acting_as("director_a"):
        placement_confirm(placement=Placement.objects.get(pk=stay.pk), by=world["director_a"])
    assert told("arrival_said") == set()
    assert told("arrival_confirmed") == {"coordination"}
    assert told("arrival_requester") == {"gendarme"}
    with acting_as("educator_a"):
        absence = absence_open(
            placement=Placement.objects.get(pk=stay.pk), starts_on=timezone.localdate(), by=world["educator_a"]
        )
    assert told("runaway") == {"coordination"}
    assert told("runaway_requester") == {"gendarme"}
    with acting_as("educator_a"):
        absence_close(absence=absence, returned_on=timezone.localdate(), by=world["educator_a"])
    assert told("runaway_return") == {"coordination"}
    assert told("return_requester") == {"gendarme"}
    with acting_as("coordination"):
        stay = Placement.objects.get(pk=stay.pk)
        placement_end(
            placement=stay, ended_on=timezone.localdate(), reason_id="motif_fin:PREVUE", by=world["coordination"]
        )
    assert told("stay_ended") == {"director-a"}
    assert told("stay_ended_requester") == {"gendarme"}


def test_six_months_later_the_coordination_is_told(world, acting_as):
    with acting_as("coordination"):
        request = send(world["coordination"], received_at=days_ago(300))
        case = sollicitation_link(sollicitation=request, by=world["coordination"])
        stay = place(world, case, arrived_at=days_ago(290))
        placement_confirm(placement=stay, by=world["coordination"])
        placement_end(
            placement=stay,
            ended_on=timezone.localdate() - dt.timedelta(days=200),
            reason_id="motif_fin:PREVUE",
            by=world["coordination"],
        )
    assert told("stay_ended") == set()
    after_stays_follow()
    assert told("after_stay") == {"coordination"}
    with acting_as("coordination"):
        after_stay_note(placement=stay, exploitation_id="reexploitation:NON", by=world["coordination"])
    assert told("after_stay") == set()


def test_an_incident_taken_in_charge_and_the_ase_told(world, acting_as):
    now = timezone.now()
    declaration = partial(Declaration, occurred_at=now, noticed_at=now, narrative="Des faits.", severity_reason="")
    with acting_as("educator_a"):
        incident = incident_declare(
            declaration(incident_type_id="type_incident:CONT", partner=partner("Les Tilleuls")),
            declared_by=world["educator_a"],
        )
    with acting_as("coordination"):
        incident_acknowledge(incident=incident, by=world["coordination"])
    assert told("incident_taken") == {"educator-a"}
    assert told("incident_taken_structure") == {"director-a"}
    with acting_as("educator_a"):
        authority_tell(incident=incident, authority_id=Authority.GUARDIAN, told_by=world["educator_a"])
    assert told("ase_told") == {"coordination"}
    assert told("ase_told_structure") == {"director-a"}
    assert told("ase_told_declarant") == set()


def test_in_confidence_the_structure_is_not_told(world, acting_as):
    now = timezone.now()
    with acting_as("educator_a"):
        incident = incident_declare(
            Declaration(
                incident_type_id="type_incident:MAL",
                occurred_at=now,
                noticed_at=now,
                narrative="Des faits.",
                partner=partner("Les Tilleuls"),
            ),
            declared_by=world["educator_a"],
        )
    assert incident.is_confidential
    with acting_as("coordination"):
        incident_acknowledge(incident=incident, by=world["coordination"])
    assert told("incident_taken") == {"educator-a"}
    assert told("incident_taken_structure") == set()


def test_every_kind_of_recipient_is_in_the_table():
    assert {notice.to for transition in TRANSITIONS for notice in transition.notices} == set(To)
