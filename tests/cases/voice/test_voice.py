"""What a child says: kept without a trace of the child, read by the coordination alone, answered under a code."""

import logging
import re
import uuid

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.enums import IncidentState
from cases.models import Incident, VoiceMessage, VoiceReply
from cases.voice.papers import poster_data
from cases.voice.rules import RATES, code_of, key_new
from cases.voice.selectors import voice_thread
from cases.voice.services import (
    VoiceFacts,
    voice_answer,
    voice_close,
    voice_send,
    voice_take,
    voice_to_incident,
    voice_write,
)
from cms.journal.models import JournalLine
from cms.notify.inbox.models import Obligation
from cms.notify.models import Ring
from cms.wall import scope
from tests.cases.requests.test_portal_requests import text_of
from tests.cases.steps import journal_of, partner, walled
from tests.cast.situations import VOICE_KEY

SAY, FOLLOW = "/dire/", "/dire/reponse/"
CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
DEVICE = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Telephone-de-Lina/1.0"}


@pytest.fixture(autouse=True)
def _nothing_counted():
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def key_of(client) -> str:
    return re.search(r'name="key" value="([^"]+)"', client.get(SAY).content.decode())[1]


def say(client, **changes) -> str:
    """The code of the receipt."""
    page = client.post(SAY, {"key": key_of(client), "words": "On me crie dessus.", **changes}, **DEVICE)
    assert page.status_code == 200, text_of(page)
    return CODE.search(text_of(page))[0]


def read(client, code: str, **more):
    return client.post(FOLLOW, {"code": code, **more})


def newest() -> VoiceMessage:
    return VoiceMessage.objects.latest("sent_at")


@pytest.fixture
def said(client, cast) -> str:
    return say(client)


def test_a_child_writes_without_account_and_reads_the_answer_with_the_code(client, said, acting_as, cast):
    assert "n’est pas encore lu" in text_of(read(client, said))
    with acting_as("coordination"):
        voice_answer(message=newest(), words="Merci. Je viens te voir demain.", by=cast["coordination"])
    page = text_of(read(Client(), said.replace(" ", "-")))
    assert "Je viens te voir demain." in page
    assert "On me crie dessus." in page
    assert "Un adulte a lu ton message" in page
    assert "Vasseur" not in page, "the child never reads the name of who answers"


def test_calls_come_first_and_nothing_names_the_network(client, cast):
    page = client.get(SAY)
    html = page.content.decode()
    assert html.index('href="tel:17"') < html.index('href="tel:119"') < html.index("<textarea")
    assert "Se connecter" not in html
    assert not re.search(r"Tilleuls|Aubépine|P-20", text_of(page))


def test_nothing_of_the_device_is_kept(client, acting_as, caplog):
    with caplog.at_level(logging.DEBUG):
        code = say(client)
        read(client, code, words="Encore.")
    assert not client.cookies
    for page in (client.get(SAY), read(client, code)):
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in page
    kept = caplog.text
    with acting_as("coordination"), connection.cursor() as cursor:
        for table in ("cases_voicemessage", "cases_voicereply"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            kept += str(cursor.fetchall())
        kept += str(list(JournalLine.objects.filter(object_kind="voice").values()))
    kept += str(list(caches["limits"]._cache))
    assert not [trace for trace in ("203.0.113", "Lina", "crie", code, code.replace(" ", "")) if trace in kept]


def test_the_same_page_sent_twice_is_one_message_and_one_code(client, cast, acting_as):
    key = key_of(client)
    assert say(client, key=key) == say(client, key=key, words="Renvoyé.")
    with acting_as("coordination"):
        assert VoiceMessage.objects.waiting().count() == 1
        assert [action for action, _ in journal_of(newest().pk)] == ["cases.voice.send"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"words": "   "}, "Écris ton message."),
        ({"words": "x" * 3001}, "Ton message est trop long."),
        ({"words": "hv1:k:abc"}, "Ton message est trop long."),
        ({"key": "forge"}, "Cette page est trop vieille."),
    ],
)
def test_bad_input_is_said_simply_and_keeps_nothing(client, cast, acting_as, changes, sentence):
    page = client.post(SAY, {"key": key_new(), "words": "Je ne vais pas bien.", **changes})
    assert page.status_code == 422
    assert sentence in text_of(page)
    with acting_as("coordination"):
        assert not VoiceMessage.objects.waiting().exists()


def test_a_page_too_old_is_sent_again_with_its_words(client, cast):
    page = client.post(SAY, {"key": "vieux", "words": "Je garde mes mots."}).content.decode()
    assert "Je garde mes mots." in page
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    assert CODE.search(text_of(client.post(SAY, {"key": key, "words": "Je garde mes mots."})))


def test_a_wrong_code_has_one_answer(client, cast):
    for code in ("1234", "0000 0000 0000 0000", "' OR 1=1", "é" * 16, code_of(uuid.uuid4())):
        page = read(client, code)
        assert page.status_code == 422
        assert "Ce code ne va pas" in text_of(page)
        assert read(client, code, words="Bonjour").status_code == 422


def test_the_pace_slows_and_never_locks(client, cast, acting_as):
    codes = {say(client) for _ in range(int(RATES["voice_send"].split("/")[0]))}
    slowed = client.post(SAY, {"key": key_of(client), "words": "Mot de trop."}, **DEVICE)
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "120")
    assert "Mot de trop." in slowed.content.decode(), "nothing typed is lost"
    elsewhere = client.post(SAY, {"key": key_of(client), "words": "Ailleurs."}, REMOTE_ADDR="203.0.113.78")
    assert elsewhere.status_code == 200
    caches["limits"].clear()
    assert client.post(SAY, {"key": key_of(client), "words": "Plus tard."}, **DEVICE).status_code == 200
    with acting_as("coordination"):
        assert VoiceMessage.objects.waiting().count() == len(codes) + 2


def test_the_coordination_is_told_and_a_danger_rings(client, cast, acting_as):
    say(client)
    with acting_as("coordination"):
        calm = newest()
        assert not Ring.objects.filter(kind="voice").exists()
        assert Obligation.objects.filter(kind="voice", object_id=calm.pk, closed_at=None).count() == 1
    page = client.post(SAY, {"key": key_of(client), "words": "Il est là.", "danger": "on"})
    assert text_of(page).index("Appelle le 17") < text_of(page).index("Ton code")
    with acting_as("coordination"):
        grave = newest()
        assert Ring.objects.open().filter(kind="voice", object_id=grave.pk).exists()
        voice_take(message=grave, by=cast["coordination"])
        assert not Ring.objects.open().filter(kind="voice").exists()
        assert not Obligation.objects.filter(kind="voice", object_id=grave.pk, closed_at=None).exists()
        with pytest.raises(ValidationError, match="déjà suivie"):
            voice_take(message=grave, by=cast["coordination"])


def test_new_words_open_it_again_and_a_danger_rings_again(client, said, cast, acting_as):
    with acting_as("coordination"):
        message = newest()
        with pytest.raises(ValidationError, match="pas suivie"):
            voice_close(message=message, by=cast["coordination"])
        voice_take(message=message, by=cast["coordination"])
        with pytest.raises(ValidationError, match="Répondez d’abord"):
            voice_close(message=message, by=cast["coordination"])
        voice_answer(message=message, words="Je t’ai lu.", by=cast["coordination"])
        voice_close(message=message, by=cast["coordination"])
    assert "Ton message est parti" in text_of(read(client, said, words="Ça recommence.", danger="on"))
    with acting_as("coordination"):
        message.refresh_from_db()
        assert (message.state, message.is_in_danger, message.closed_at, message.taken_by) == (
            "waiting", True, None, None,
        )  # fmt: skip
        assert Ring.objects.open().filter(kind="voice", object_id=message.pk).exists()
        assert [reply.is_from_child for reply in message.replies.all()] == [False, True]


def test_nobody_but_the_coordination_reads_and_nobody_else_writes(cast, said):
    for key in ("director_a", "educator_a", "gendarme", "ase", "trainer", "dpo", "tech_admin", "state_reader"):
        with scope.acting(cast[key]):
            assert not VoiceMessage.objects.exists()
            assert not VoiceReply.objects.exists()
    for actor in (scope.SystemActor("voice"), scope.FIGURES, scope.SystemActor("front_door")):
        with scope.acting(actor):
            assert not VoiceMessage.objects.exists()
            with walled():
                VoiceMessage(sent_at=timezone.now(), heard_at=timezone.now(), words="x").save(force_insert=True)
    with scope.acting(cast["coordination"]):
        row = newest()
        for forged in (
            lambda: VoiceMessage(sent_at=row.sent_at, heard_at=row.sent_at, words="x").save(force_insert=True),
            lambda: VoiceReply(
                message=row, is_from_child=True, words="x", written_at=timezone.now()
            ).save(force_insert=True),
        ):  # fmt: skip
            with walled():
                forged()


@pytest.mark.parametrize("key", ["coordination", "director_a", "front_door", None])
def test_the_functions_answer_the_page_alone(cast, key):
    """Whoever is not the public page gets nothing, even with the right hash."""
    from cases.voice.rules import code_hash

    digest = code_hash(code_of(VOICE_KEY))
    actor = scope.SystemActor(key) if key == "front_door" else cast[key] if key else None
    asked = "SELECT count(*) FROM voice_follow(%s)", "SELECT count(*) FROM voice_replies(%s)"
    with transaction.atomic(), scope.acting(actor) if actor else transaction.atomic(), connection.cursor() as cursor:
        for statement in asked:
            cursor.execute(statement, [digest])
            assert cursor.fetchone() == (0,)
        cursor.execute("SELECT voice_write(%s, %s, 'hv1:x', true, now())", [digest, uuid.uuid4()])
        assert cursor.fetchone() == (None,)
        cursor.execute("SELECT voice_send(%s, 'P-1', 'a', 'b', 'hv1:x', true, now())", [uuid.uuid4()])
        assert cursor.fetchone() == (False,)
    assert voice_thread(code_of(VOICE_KEY)) is not None


def test_what_was_said_never_changes(cast, said):
    with scope.acting(cast["coordination"]):
        row, now = newest(), timezone.now()
        for change in (
            {"words": "Autre chose."},
            {"code_hash": "0" * 64},
            {"state": "closed", "taken_at": now, "taken_by": cast["coordination"], "closed_at": now},
        ):
            with pytest.raises(DatabaseError, match="what a child said never changes"), transaction.atomic():
                VoiceMessage.objects.filter(pk=row.pk).update(**change)


def test_it_becomes_an_incident_that_the_structure_never_sees(client, said, cast, acting_as):
    facts = VoiceFacts(
        partner=None, incident_type_id="type_incident:FUG", narrative="Un enfant dit ne plus se sentir en sécurité."
    )
    with acting_as("coordination"):
        message = newest()
        facts = VoiceFacts(partner("Les Tilleuls"), facts.incident_type_id, facts.narrative)
        incident = voice_to_incident(message=message, facts=facts, by=cast["coordination"])
        assert (incident.is_confidential, incident.state) == (True, IncidentState.ACKNOWLEDGED)
        assert message.incident_id == incident.pk
        with pytest.raises(ValidationError, match="déjà suivie comme"):
            voice_to_incident(message=message, facts=facts, by=cast["coordination"])
    for key in ("director_a", "educator_a"):
        with scope.acting(cast[key]):
            assert not Incident.objects.filter(pk=incident.pk).exists()
    assert not Ring.objects.filter(kind="incident", object_id=incident.pk).exists()


def test_the_home_of_the_coordination_says_it_and_the_file_answers(client_of, said, acting_as):
    client = client_of("coordination")
    with acting_as("coordination"):
        row = newest()
    assert row.reference in text_of(client.get("/admin/"))
    file = reverse("cases_voice:inspect", args=[row.pk])
    assert "On me crie dessus." in text_of(client.get(file))
    page = client.post(reverse("cases_voice:answer", args=[row.pk]), {"words": "Je t’appelle ce soir."}, follow=True)
    assert "Je t’appelle ce soir." in text_of(page)
    assert row.reference not in text_of(client.get("/admin/"))


def test_the_poster_says_neither_who_nor_where(client_of, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://havre.example"
    data = poster_data()
    assert data["address"] == "havre.example/dire"
    for key in ("director_a", "educator_a", "coordination"):
        paper = client_of(key).get(reverse("cases:voice_poster"))
        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")
    assert client_of("gendarme").get(reverse("cases:voice_poster")).status_code == 404


def test_services_refuse_who_does_not_coordinate(cast, said):
    with scope.acting(cast["coordination"]):
        row = newest()
    with scope.acting(cast["director_a"]):
        for deed in (
            lambda: voice_take(message=row, by=cast["director_a"]),
            lambda: voice_answer(message=row, words="x", by=cast["director_a"]),
            lambda: voice_close(message=row, by=cast["director_a"]),
        ):
            with pytest.raises(ValidationError, match="pas ouverte à votre compte"):
                deed()
    assert voice_write(code=code_of(uuid.uuid4()), words="x") is False
    with pytest.raises(ValidationError, match="Écris ton message"):
        voice_send(key=uuid.uuid4(), words="")
