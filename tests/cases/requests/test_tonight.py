"""What is known at the hour of a request: asked in the same three screens, carried to the sheet, never guessed."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.files.protection.services import people_to_avoid_write
from cases.files.services import identity_write
from cases.models import CaseLanguage, Proposal, Sollicitation
from cases.proposals.sheet.services import SheetAddition
from cases.requests.board.selectors import board_rows
from cases.requests.board.words import clock
from cases.requests.forms import RequestForm
from cases.requests.likely.selectors import cases_likely
from cases.requests.services.sollicitations import sollicitation_link, sollicitation_take
from cases.requests.siblings.services import Sibling, siblings_send
from cms.documents.versions.services.pages import document_written
from cms.notify.models import Obligation
from cms.values.models import Value
from cms.values.services import value_change
from cms.wall import scope
from tests.cases import scenes
from tests.cases.requests.test_portal_requests import NEW, filled, text_of
from tests.cases.steps import arguments, open_case, orient, place, refused_on, send

KNOWN = {
    "language": "langue:BIN",
    "accepts_leaving": "true",
    "has_phone": "false",
    "has_treatment": "true",
    "parquet_told": "not_yet",
    "placement_order": "asked",
}


def test_the_requester_ticks_what_the_protocol_asks(client_of, acting_as):
    browser = client_of("gendarme")
    second, third = (text_of(browser.post(NEW, filled(step=f"screen-{number}"))) for number in (2, 3))
    assert "A-t-il un téléphone sur lui" in second
    assert "Parquet informé" in third
    assert "Ce cadre suppose un jeune volontaire" in third, "the 72 hours, beside the decision and before sending"
    sent = browser.post(NEW, filled(**KNOWN))
    assert "Ce cadre suppose" not in text_of(browser.get(sent.url))
    with acting_as("gendarme"):
        row = Sollicitation.objects.latest("received_at")
    assert (row.language_id, row.accepts_leaving, row.has_phone, row.has_treatment) == (
        "langue:BIN",
        True,
        False,
        True,
    )
    assert (row.parquet_told, row.placement_order, row.is_exploiter_near) == ("not_yet", "asked", None)
    shown = text_of(browser.get(reverse("cases:request", args=[row.pk])))
    assert "edo" in shown
    assert "pas su" in shown


def test_what_is_known_of_one_is_not_said_of_the_others(cast, acting_as):
    from cases.requests.services.sollicitations import NewSollicitation

    tonight = {"language_id": "langue:BIN", "has_phone": True, "is_exploiter_near": True, "is_pregnant": True}
    with acting_as("gendarme"):
        first = NewSollicitation(**arguments(cast["gendarme"]) | {"tonight": tonight})
        one, other = siblings_send(first, [Sibling("sexe:M", 9)])
    assert (one.has_phone, one.is_pregnant) == (True, True)
    assert (other.has_phone, other.is_pregnant) == (None, None)
    assert (other.language_id, other.is_exploiter_near) == ("langue:BIN", True)


def test_a_worry_passed_on_asks_for_advice(client_of, acting_as):
    browser = client_of("transmitter")
    assert "Parquet informé" not in text_of(browser.post(NEW, filled(step="screen-3")))
    browser.post(NEW, filled())
    with acting_as("transmitter"):
        row = Sollicitation.objects.latest("received_at")
    assert row.nature_id == "nature:AVIS"
    with acting_as("coordination"):
        assert not Sollicitation.objects.for_care().filter(pk=row.pk).exists()
    file = text_of(client_of("coordination").get(reverse("cases_sollicitation:inspect", args=[row.pk])))
    assert "prenez la demande en charge" in file


def test_the_sheet_says_what_is_known_and_what_is_not(client_of, acting_as, cast):
    at = timezone.localtime() + dt.timedelta(hours=3)
    added = SheetAddition(arrival_from=at, wished_stay="weeks", note="Dort mal, a peur des voitures.")
    with acting_as("coordination"):
        row, case = open_case(cast, tonight={"language_id": "langue:BIN", "accepts_leaving": True, "has_phone": False})
        assert CaseLanguage.objects.get(case=case).language_id == "langue:BIN"
        proposal = orient(cast, row, added=added).proposals.get()
    page = text_of(client_of("director_a").get(reverse("cases:proposal", args=[proposal.pk])))
    assert "Pouvez-vous accueillir un garçon de 15 ans cette nuit" in page
    for told in (
        "edo",
        "quelques semaines",
        f"à {at:%H:%M}",
        "Dort mal",
        "Exploiteur à proximité</span> <strong>pas su",
    ):
        assert told in page, told
    assert "Accepte de partir</span> <strong>oui" in page
    assert "Téléphone sur lui</span> <strong>non" in page


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("Appelez le 06 99 00 12 34.", "numéro de téléphone"),
        ("Trouvée 12 rue des Lilas.", "adresse"),
        ("Aïcha dort mal.", "prénom"),
    ],
)
def test_a_note_that_tells_who_or_where_is_refused(acting_as, cast, note, sentence):
    with acting_as("coordination"):
        row, case = open_case(cast)
        identity_write(case=case, by=cast["coordination"], last_name="Diallo", first_name="Aicha")
        with refused_on("note", match=sentence):
            orient(cast, row, added=SheetAddition(note=note))
        assert not Proposal.objects.filter(orientation__case=case).exists()


def test_the_clock_runs_to_a_place_and_not_to_the_click(acting_as, cast):
    with acting_as("coordination"):
        row, case = open_case(cast, urgency_id="urgence:U0", received_at=timezone.now() - dt.timedelta(hours=5))
        sollicitation_take(sollicitation=row, by=cast["coordination"])
        at = timezone.now()
        said = clock(board_rows(at=at).get(pk=row.pk), at=at)
        assert (said.words[:20], said.is_late) == ("Lieu : en retard de ", True)
        place(cast, case, arrived_at=at)
        said = clock(board_rows(at=at).get(pk=row.pk), at=at)
        assert said.words.startswith("Lieu trouvé en 5\u00a0h")


def test_a_structure_kept_stops_the_clock_and_given_up_starts_it_again(acting_as, cast):
    from cases.proposals.services import proposal_answer, proposal_confirm, proposal_withdraw

    with acting_as("coordination"):
        row, _ = open_case(cast)
        proposal = orient(cast, row).proposals.get()
    with acting_as("director_a"):
        own = Proposal.objects.get(pk=proposal.pk)
        proposal_answer(
            proposal=own, answer_id="reponse:ACC", answered_by=cast["director_a"], available_from=timezone.now()
        )
    with acting_as("coordination"):
        proposal.refresh_from_db()
        proposal_confirm(proposal=proposal, by=cast["coordination"])
        row.refresh_from_db()
        assert row.placed_at
        proposal_withdraw(proposal=proposal, by=cast["coordination"])
        row.refresh_from_db()
        assert row.placed_at is None


def test_a_message_that_nobody_asked_for_reaches_the_coordination(client_of, acting_as, cast):
    row = scenes.request_sent()
    browser, address = client_of("gendarme"), reverse("cases:request", args=[row.pk])
    assert browser.post(address, {"text": "L’exploiteur est devant la porte."}).status_code == 302
    for key in ("coordination", "direction"):
        with acting_as(key):
            owed = Obligation.objects.get(kind="request_message", object_id=row.pk, closed_at=None)
            assert owed.person_id == cast[key].pk
    with acting_as("coordination"):
        sollicitation_take(sollicitation=row, by=cast["coordination"])
    office = client_of("coordination")
    file = text_of(office.get(reverse("cases_sollicitation:inspect", args=[row.pk])))
    assert "le service vous a écrit" in file
    assert file.index("devant la porte") < file.index("<h2>Ce que le service a écrit")
    assert "Le service a" in text_of(office.get(reverse("havre_board")))


def test_the_team_that_houses_reads_whom_and_what_to_avoid(client_of, acting_as, cast):
    with acting_as("coordination"):
        _, case = open_case(cast)
        stay = place(cast, case)
        people_to_avoid_write(case=case, words="Un oncle, voiture grise.", by=cast["coordination"])
    page = text_of(client_of("educator_a").get(reverse("cases:stay", args=[stay.pk])))
    assert "Un oncle, voiture grise." in page
    assert "Lieux à éviter" in page
    office = client_of("coordination")
    address = reverse("cases_case:people_to_avoid", args=[case.pk])
    assert office.post(address, {"words": "Une cousine."}).status_code == 302
    page = text_of(client_of("educator_a").get(reverse("cases:stay", args=[stay.pk])))
    assert "Une cousine." in page
    assert "Un oncle" not in page


def test_likely_minors_are_proposed_with_their_reasons(client_of, acting_as, cast):
    with acting_as("coordination"):
        _, case = open_case(cast, current_place_id="59", detail={"callback_phone": "01 99 00 12 34"})
        identity_write(case=case, by=cast["coordination"], last_name="Diallo", first_name="Aïcha")
        row = send(cast["coordination"], current_place_id="59", detail={"minor_label": "Aisha"})
        [first, *_] = cases_likely(row)
        assert first.case == case
        assert "prénom ou surnom qui sonne pareil" in first.reasons
        assert "même département" in first.reasons
        total = type(case).objects.filter(closed_on=None).count()
    office, address = client_of("coordination"), reverse("cases_sollicitation:link", args=[row.pk])
    page = office.get(address)
    assert len(page.context["form"].fields["likely"].choices) <= 9 < total + 9
    assert f"{case} : prénom ou surnom qui sonne pareil" in text_of(page)
    assert office.post(address, {"reference": "M-1900-9999"}).status_code == 422
    assert office.post(address, {"likely": str(case.pk)}).status_code == 302
    with scope.acting(cast["coordination"]):
        assert Sollicitation.objects.get(pk=row.pk).case_id == case.pk


def test_form_and_protocol_promise_the_delays_of_one_list(acting_as):
    with acting_as("coordination"):
        value_change(
            value=Value.objects.get(pk="urgence:U0"), extra={"answer_within_minutes": 45, "place_within_minutes": 180}
        )
        offered = dict(RequestForm(partners=()).fields["urgency"].choices)
        assert offered["urgence:U0"] == "Danger vital ou immédiat : réponse sous 45\u00a0minutes"
        written = " ".join(clause.content["text"] for clause in document_written("fsi-protocol").clauses)
    assert "le réseau rappelle sous 45\u00a0minutes" in written
    assert "Il propose une orientation sous 3\u00a0heures" in written
    assert "{" not in written


def test_two_sendings_of_the_key_keep_what_is_known(client_of, acting_as):
    browser, key = client_of("gendarme"), str(uuid.uuid4())
    first, second = (browser.post(NEW, filled(key=key, **KNOWN)) for _ in range(2))
    assert first.url == second.url


def test_linking_again_adds_no_language_twice(acting_as, cast):
    with acting_as("coordination"):
        _, case = open_case(cast, tonight={"language_id": "langue:BIN"})
        row = send(cast["coordination"], tonight={"language_id": "langue:BIN"})
        sollicitation_link(sollicitation=row, by=cast["coordination"], case=case)
        assert CaseLanguage.objects.filter(case=case).count() == 1
