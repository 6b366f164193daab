"""A minor sheltered for the hours that come: noted once, read by who asked, said on the board; no clock stops."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.enums import MessageKind, SollicitationState
from cases.models import Shelter, Sollicitation, SollicitationMessage
from cases.requests.board.selectors import board_rows
from cases.requests.board.words import clock
from cases.requests.messages.services import sollicitation_advise, sollicitation_reply
from cases.requests.shelter.rules import usual_end
from cases.requests.shelter.selectors import ase_phones
from cases.requests.shelter.services import shelter_note
from cases.requests.shelter.words import message_words, shelter_words
from cms.notify.models import Obligation
from cms.partners.models import Partner
from cms.partners.people.services import contact_add
from cms.wall import scope
from tests.cases.steps import journal_of, open_case, place, refused_on, send, walled
from tests.journal.sql import as_owner, run

PARIS = ZoneInfo("Europe/Paris")
KIND = "abri_provisoire:ASE-URGENCE"
WORDS = "Mme Roy, cadre d’astreinte"


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 12, day, hour, minute, tzinfo=PARIS)


def note(cast, sollicitation, **changes) -> list[Shelter]:
    facts = {"kind_id": KIND, "until": timezone.now() + dt.timedelta(hours=9), "agreed_by": WORDS} | changes
    return shelter_note(sollicitation=sollicitation, by=cast["coordination"], **facts)


@pytest.fixture
def asked(cast, acting_as):
    """A request of the gendarmerie in the night, received and not taken."""
    with acting_as("gendarme"):
        row = send(cast["gendarme"])
    with acting_as("coordination"):
        yield row


def test_a_shelter_is_noted_once_with_its_journal(asked, cast):
    [shelter] = note(cast, asked)
    row = Sollicitation.objects.get(pk=asked.pk)
    assert (row.safe_until, row.state, row.taken_by) == (
        shelter.until,
        SollicitationState.IN_CHARGE,
        cast["coordination"],
    )
    assert shelter.agreed_by == WORDS
    lines = [details for action, details in journal_of(asked.pk) if action == "cases.sollicitation.shelter"]
    assert any(details["coded"].get("kind_id") == [None, KIND] for details in lines)
    assert WORDS not in str(journal_of(asked.pk))


def test_who_asked_reads_it_with_its_hour(asked, cast, client_of):
    until = timezone.now() + dt.timedelta(hours=9)
    note(cast, asked, until=until)
    message = SollicitationMessage.objects.get(sollicitation=asked)
    assert message.kind == MessageKind.NEWS
    assert message.text == message_words(until, "Accueil d’urgence de l’ASE")
    with scope.acting(cast["gendarme"]):
        owed = Obligation.objects.get(object_id=asked.pk, kind="request_news")
        assert (owed.person, owed.closed_at) == (cast["gendarme"], None)
        assert not Shelter.objects.exists()
    shown = client_of("gendarme").get(reverse("cases:request", args=[asked.pk])).content.decode()
    assert "Nouvelle de la coordination" in shown
    assert "Le mineur est mis à l’abri jusqu’au" in shown
    assert WORDS not in shown


def test_a_message_of_the_service_still_waits_after_the_news(asked, cast):
    with scope.acting(cast["gendarme"]):
        sollicitation_reply(sollicitation=asked, text="Elle a froid.", by=cast["gendarme"])
    note(cast, asked)
    row = board_rows(at=timezone.now()).get(pk=asked.pk)
    assert row.last_message == MessageKind.REPLY


def test_the_clock_to_a_place_keeps_running_and_the_board_says_the_shelter(asked, cast, client_of):
    note(cast, asked)
    now = timezone.now()
    row = board_rows(at=now).get(pk=asked.pk)
    assert row.placed_at is None
    assert clock(row, at=now).words.startswith("Lieu : reste")
    board = client_of("coordination").get(reverse("havre_board")).content.decode()
    assert "(accueil d’urgence de l’ASE)" in board
    file = client_of("coordination").get(reverse("cases_sollicitation:inspect", args=[asked.pk])).content.decode()
    assert "À l’abri jusqu’à" in file
    assert WORDS in file


def test_the_last_shelter_holds(asked, cast):
    note(cast, asked)
    [second] = note(cast, asked, kind_id="abri_provisoire:FOYER", until=timezone.now() + dt.timedelta(days=2))
    row = board_rows(at=timezone.now()).get(pk=asked.pk)
    assert (row.shelter_kind, row.shelter_until) == ("Foyer de l’enfance du département", second.until)


@pytest.mark.parametrize(
    ("until", "now", "words"),
    [
        (at(3, 12), at(2, 23), "À l’abri jusqu’à 12 h (accueil d’urgence de l’ASE)"),
        (at(5, 9, 30), at(2, 23), "À l’abri jusqu’au 5 décembre 2026 à 9 h 30 (accueil d’urgence de l’ASE)"),
        (at(3, 12), at(3, 13), "L’abri n’est plus assuré depuis 12 h (accueil d’urgence de l’ASE)"),
        (
            at(3, 12),
            at(6, 13),
            "L’abri n’est plus assuré depuis le 3 décembre 2026 à 12 h (accueil d’urgence de l’ASE)",
        ),
    ],
)
def test_words_carry_the_hour(until, now, words):
    assert shelter_words(until, "Accueil d’urgence de l’ASE", now).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("now", "end"), [(at(2, 23), at(3, 12)), (at(3, 2), at(3, 12)), (at(3, 7), at(4, 12)), (at(3, 15), at(4, 12))]
)
def test_a_shelter_holds_until_the_next_noon(now, end):
    assert usual_end(now) == end


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": timezone.now() - dt.timedelta(minutes=5)}, "until"),
        ({"until": timezone.now() + dt.timedelta(days=120)}, "safe_until"),
        ({"agreed_by": "  "}, "agreed_by"),
        ({"kind_id": "decision:RESEAU"}, "kind"),
    ],
)
def test_what_cannot_be_is_refused(asked, cast, changes, field):
    with refused_on(field):
        note(cast, asked, **changes)
    assert not Shelter.objects.exists()


def test_a_closed_request_takes_no_shelter(asked, cast):
    sollicitation_advise(sollicitation=asked, text="Adressez-vous à la CRIP.", by=cast["coordination"])
    with refused_on(match="close"):
        note(cast, asked)


@pytest.mark.parametrize("key", ["gendarme", "director_a", "dpo", "ase"])
def test_the_coordination_alone_notes_and_reads_shelters(asked, cast, key):
    note(cast, asked)
    with scope.acting(cast[key]):
        assert not Shelter.objects.exists()
        with refused_on(match="pas ouverte"):
            note(cast, asked)
        with walled():
            Shelter.objects.create(
                sollicitation=asked,
                kind_id=KIND,
                until=timezone.now() + dt.timedelta(hours=1),
                agreed_by="x",
                noted_at=timezone.now(),
                noted_by=cast[key],
            )


def test_brothers_and_sisters_sleep_there_too(asked, cast):
    group = uuid.uuid4()
    first, second, third = (open_case(cast, group_id=group)[0] for _ in range(3))
    place(cast, Sollicitation.objects.get(pk=third.pk).case)
    shelters = note(cast, first, with_siblings=True)
    assert {row.sollicitation_id for row in shelters} == {first.pk, second.pk}


def test_a_shelter_goes_with_the_words_of_its_request(asked, cast):
    note(cast, asked)
    with as_owner():
        run("SELECT sollicitation_words_forget(%s)", asked.pk)
        assert run("SELECT count(*) FROM cases_shelter WHERE sollicitation_id = %s", asked.pk) == [(0,)]


def test_the_form_gives_the_number_of_the_ase(cast, client_of, acting_as):
    with acting_as("coordination"):
        row = send(cast["coordination"], current_place_id="59")
        ase = Partner.objects.get(code_name="ASE du Nord")
        contact_add(partner=ase, name="Astreinte", position="cadre d’astreinte", phone="05 00 00 00 33")
        known = ase_phones("59")
    url = reverse("cases_sollicitation:shelter", args=[row.pk])
    shown = client_of("coordination").get(url)
    assert shown.status_code == 200
    html = shown.content.decode()
    assert "Appelez l’ASE" in html
    assert "05 00 00 00 33" in {phone.number for phone in known}
    assert 'href="tel:0500000033"' in html
    assert "with_siblings" not in html
    data = {"kind": KIND, "until": f"{usual_end(timezone.now()):%Y-%m-%dT%H:%M}", "agreed_by": WORDS}
    assert client_of("coordination").post(url, data | {"agreed_by": ""}).status_code == 422
    assert client_of("coordination").post(url, data).status_code == 302
    with acting_as("coordination"):
        assert Shelter.objects.get(sollicitation=row).until == usual_end(timezone.now())
