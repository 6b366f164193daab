"""A unit without an account: received at once, believed after a call to its switchboard, told nothing before."""

import re
import uuid

import pytest
from django.core.cache import caches
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases.models import Sollicitation, SollicitationDetail, SwitchboardCall, UnverifiedRequest
from cases.requests.unverified.services import unverified_call, unverified_send
from cms.journal.models import JournalLine
from cms.notify.models import Ring
from cms.wall import scope
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.sollicitations import compute
from dashboards.periods import Period
from tests.cases.requests.test_portal_requests import filled, text_of
from tests.cases.steps import held_by, journal_of, partner, refused_on, walled
from tests.cast.references import reference_of
from tests.cast.situations import UNVERIFIED_KEY

NEW, FOLLOW = reverse("cases:unverified_new"), reverse("cases:unverified_follow")
STANDARD = "01 99 00 90 00"


@pytest.fixture(autouse=True)
def _nothing_counted():
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def typed(**changes) -> dict:
    unit = {"unit": "Brigade de Valmont", "unit_type": "acteur:GN-BT", "rights_told": "on"}
    return filled(**unit | changes)


def send(client, **changes) -> tuple[str, str]:
    """The reference and the code of the receipt."""
    page = client.post(NEW, typed(**changes))
    assert page.status_code == 200, page.content.decode()
    return re.search(r"N-\d{4}-\d{4}", text_of(page))[0], re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){2}", text_of(page))[0]


def of(reference: str) -> UnverifiedRequest:
    return UnverifiedRequest.objects.get(reference=reference)


def test_a_unit_without_an_account_sends_and_reads_its_code_once(client, cast, acting_as):
    assert "Brigade de Valmont" in text_of(client.post(NEW, typed(step="next", screen="2")))
    key = str(uuid.uuid4())
    reference, code = send(client, key=key)
    with acting_as("coordination"):
        row = of(reference)
        assert (row.unit, row.callback_phone, row.state) == ("Brigade de Valmont", "01 99 00 12 34", "waiting")
        assert Ring.objects.open().filter(kind="unverified", object_id=row.pk).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT u::text FROM cases_unverifiedrequest u WHERE u.id = %s", [row.pk])
            [(stored,)] = cursor.fetchall()
    assert code not in stored
    assert key not in stored
    assert "Valmont" not in stored
    assert code not in text_of(client.get(NEW))
    assert (reference, code) == send(client, key=key, narrative="Renvoyé par une page rechargée.")
    with acting_as("coordination"):
        assert UnverifiedRequest.objects.filter(state="waiting").count() == 2
    assert [action for action, _ in journal_of(row.pk)] == ["cases.unverified.send"]


def test_whoever_sends_reads_nothing_and_writes_nothing_else(cast, rows):
    actor = scope.SystemActor("front_door")
    for reader in (actor, cast["gendarme"], cast["dpo"], cast["trainee"], scope.FIGURES):
        with scope.acting(reader):
            assert not UnverifiedRequest.objects.exists()
            assert not SwitchboardCall.objects.exists()
    with scope.acting(actor):
        assert not Sollicitation.objects.exists()
        row = rows["unverified"]
        row.pk, row.reference, row.key_hash, row.state = uuid.uuid4(), "N-2026-9999", "x", "dismissed"
        with walled():
            row.save(force_insert=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"unit": ""}, "Indiquez votre unité"),
        ({"unit_type": "acteur:EN-ETAB"}, "Sélectionnez un choix valide"),
        ({"urgency": "urgence:U4"}, "Sélectionnez un choix valide"),
        ({"callback_phone": "demain"}, "Écrivez un numéro"),
        ({"forms": []}, "Cochez au moins une forme"),
    ],
)
def test_bad_input_is_said_and_writes_nothing(client, acting_as, changes, sentence):
    page = client.post(NEW, typed(**changes))
    assert page.status_code == 422
    assert sentence in text_of(page)
    with acting_as("coordination"):
        assert UnverifiedRequest.objects.count() == 1


def test_nothing_of_the_network_is_shown_before(client, cast):
    pages = [text_of(client.get(NEW)), text_of(client.post(NEW, typed())), text_of(client.get(FOLLOW))]
    for page in pages:
        assert not re.search(r"Tilleuls|Aubépine|Brigade 12|Collège 7|01 99 00 00|Vasseur|S-20|M-20", page)


def test_the_page_that_follows_needs_both_and_tells_a_state_alone(client, cast, acting_as):
    reference, code = send(client)
    loose = code.lower().replace("-", " ")
    for wrong in (("N-2026-0001", code), (reference, "AAAA-BBBB-CCCC"), ("'", "'")):
        page = client.post(FOLLOW, {"reference": wrong[0], "code": wrong[1]})
        assert page.status_code == 422
        assert "ne vont pas ensemble" in text_of(page)
    page = text_of(client.post(FOLLOW, {"reference": reference.lower(), "code": loose}))
    assert "va appeler le standard" in page
    assert "Rappel promis avant le" in page
    assert "Valmont" not in page
    with acting_as("coordination"):
        unverified_call(request=of(reference), by=cast["coordination"], outcome="unknown", number=STANDARD)
    assert "n’a pas confirmé" in text_of(client.post(FOLLOW, {"reference": reference, "code": loose}))


def test_one_address_is_slowed_and_never_locked(client, client_of, cast):
    for _ in range(20):
        send(client)
    slowed = client.post(NEW, typed(narrative="Toujours là."))
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "120")
    assert "Toujours là." in text_of(slowed)
    assert client.post(NEW, typed(step="next", screen="1")).status_code == 200
    assert client.post(NEW, typed(), REMOTE_ADDR="192.0.2.9").status_code == 200
    caches["limits"].clear()  # what ten minutes do
    assert client.post(NEW, typed()).status_code == 200
    for _ in range(60):
        client.post(FOLLOW, {"reference": "N-2026-0001", "code": "x"})
    assert client.post(FOLLOW, {"reference": "N-2026-0001", "code": "x"}).status_code == 429


def counted(day) -> int:
    """Indicator 1 of one day."""
    with scope.acting(scope.FIGURES):
        return compute(Period(day, day), Lexicon.read()).headline[0].value


def test_a_call_to_the_switchboard_makes_it_a_request_dated_at_its_reception(client, client_of, cast, acting_as):
    reference, code = send(client, siblings="1", sibling_1_sex="sexe:M", sibling_1_age="9")
    with acting_as("coordination"):
        row, before = of(reference), Sollicitation.objects.count()
    day = timezone.localdate(row.received_at)
    figure = counted(day)
    browser, address = client_of("coordination"), reverse("cases_unverified:call", args=[row.pk])
    with acting_as("coordination"):
        unit = partner("Brigade 12")
    data = {"called_at": "", "outcome": "no_answer", "number": STANDARD}
    at = row.received_at.astimezone().strftime("%Y-%m-%dT%H:%M:%S.%f")
    assert browser.post(address, data | {"called_at": at}).status_code == 302
    own_line = browser.post(address, data | {"called_at": at, "number": "+33 1 99 00 12 34"})
    assert own_line.status_code == 422
    assert "trouvé ailleurs" in text_of(own_line)
    confirmed = {"called_at": at, "outcome": "confirmed", "number": STANDARD, "requester": str(unit.pk)}
    assert browser.post(address, confirmed | {"requester": ""}).status_code == 422
    done = browser.post(address, confirmed)
    assert done.status_code == 302
    with acting_as("coordination"):
        row = of(reference)
        sollicitation = row.sollicitation
        assert done.url == reverse("cases_sollicitation:inspect", args=[sollicitation.pk])
        assert Sollicitation.objects.count() == before + 2
        assert (sollicitation.received_at, sollicitation.channel_id) == (row.received_at, "canal:PUBLIC")
        assert (sollicitation.state, sollicitation.taken_by_id) == ("in_charge", cast["coordination"].pk)
        assert sollicitation.rights_told
        assert SollicitationDetail.objects.get(pk=sollicitation.pk).callback_name == "Gaëlle Roche"
        assert (row.unit, row.callback_phone, row.narrative, row.answers) == ("", "", "", {})
        calls = [(call.outcome, call.number, call.called_by) for call in row.calls.order_by("outcome")]
        assert calls == [(each, STANDARD, cast["coordination"]) for each in ("confirmed", "no_answer")]
        assert not Ring.objects.open().filter(object_id__in=[row.pk, sollicitation.pk]).exists()
    assert counted(day) == figure + 2
    assert "Votre unité a confirmé" in text_of(client.post(FOLLOW, {"reference": reference, "code": code}))
    assert browser.post(address, confirmed).status_code == 422


def test_the_database_believes_a_call_alone(cast, acting_as, rows):
    row = rows["unverified"]
    told = {"state": "verified", "decided_at": row.received_at, "decided_by": cast["coordination"]}
    with acting_as("coordination"):
        with held_by("unverified_called_back"):
            UnverifiedRequest.objects.filter(pk=row.pk).update(**told, sollicitation=rows["sollicitation_a"])
        with held_by("unverified_called_back"):
            UnverifiedRequest.objects.filter(pk=row.pk).update(**told | {"state": "dismissed"})
        call = {"request": row, "number": STANDARD, "outcome": "confirmed", "called_at": row.received_at}
        with walled():
            SwitchboardCall.objects.create(**call, called_by=cast["direction"])
        with refused_on("number"):
            unverified_call(request=row, by=cast["coordination"], outcome="unknown")
        unverified_call(request=row, by=cast["coordination"], outcome="no_unit")
        with held_by("unverified_called_back"):
            UnverifiedRequest.objects.filter(pk=row.pk).update(state="waiting", decided_at=None, decided_by=None)
        assert not Sollicitation.objects.filter(channel_id="canal:PUBLIC").exists()
    with acting_as("gendarme"), refused_on(match="votre compte"):
        unverified_call(request=row, by=cast["gendarme"], outcome="no_unit")


def test_the_board_shows_what_waits_for_a_call_and_quiet_notes_tell_what_is_odd(client, client_of, cast, acting_as):
    reference, _ = send(client, narrative="test azerty", callback_phone="0000000000")
    with acting_as("coordination"):
        row = of(reference)
    browser = client_of("coordination")
    board = text_of(browser.get(reverse("havre_board")))
    assert reference in board
    assert "rappel en retard" in board  # that of the cast waits for ten days
    file = text_of(browser.get(reverse("cases_unverified:inspect", args=[row.pk])))
    assert "mots d’essai" in file
    assert "pas l’air d’un vrai numéro" in file


def test_the_code_comes_from_the_key_and_nothing_else(cast):
    words = dict.fromkeys(("unit", "callback_name", "callback_phone", "narrative"), "")
    first = unverified_send(
        key=UNVERIFIED_KEY, unit_type_id="acteur:GN-BT", urgency_id="urgence:U2", words=words, answers={}
    )
    assert first.reference == reference_of(f"{first.reference[:-5]}-0001")
    with scope.acting(cast["dpo"]):
        assert JournalLine.objects.filter(action="cases.unverified.send").count() == 1
