"""Distinctive words are written in every sealed field, the main screens are walked, then everything that could keep a
copy is searched: the whole database as `pg_dump` gives it, answers that show no identity, logs, mails, workbooks.
"""

import base64
import datetime as dt
import io
import logging
import os
import shutil
import subprocess
import uuid
import zipfile
from pathlib import Path

import pikepdf
import psycopg
import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cases.arrival.enums import Party, Way
from cases.arrival.services.answers import Call
from cases.arrival.services.journeys import journey_set
from cases.arrival.services.linking import arrival_waive
from cases.arrival.services.protocol import protocol_write
from cases.arrival.services.received import PAYER, answer_note
from cases.circuit.selectors import versions_to_start
from cases.circuit.services import circuit_start, circuit_step_move
from cases.extra.services import extra_answers_write
from cases.files.identity.services import SaidIdentity, identity_give
from cases.files.protection.services import Decided, keep_away_add, legal_frame_set, people_to_avoid_write
from cases.files.selectors import cases_named
from cases.files.services import identity_write
from cases.grid.selectors import grid_in_force
from cases.grid.services import grid_attach
from cases.guard.services import derogation_ask
from cases.incidents.authorities.services import authority_proof_add, authority_tell, authority_waive
from cases.incidents.runaways.services import runaway_return
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare
from cases.incidents.services.events import event_add
from cases.incidents.services.following import retex_write, task_add
from cases.models import Case, Incident, LinkingVersion, Milestone, StepState, VoiceMessage
from cases.proposals.exchange.services import proposal_reply
from cases.proposals.services import proposal_answer
from cases.proposals.sheet.services import SheetAddition
from cases.requests.messages.services import sollicitation_ask_more
from cases.requests.services.sollicitations import sollicitation_link
from cases.requests.shelter.services import shelter_note
from cases.requests.unverified.services import unverified_send
from cases.stays.reviews.services import ReviewAnswers, after_stay_note, review_write
from cases.stays.services import Arrival, absence_open, placement_confirm, placement_end, placement_open
from cases.voice.rules import code_of
from cases.voice.services import voice_answer, voice_send, voice_write
from cms.data_rights.control.services import alert_receive, review_sign
from cms.data_rights.readings.services import BRAKE, reading_lift, reading_stop
from cms.data_rights.register.services import request_close, request_note, request_register
from cms.documents.versions.rules.canonical import content_hash
from cms.files.models import Attachment
from cms.files.services import attachment_add, attachment_open
from cms.journal.services import attempt_refused, journal_seal, refusals_take, refusals_write
from cms.partners.book.services import StructureCriteria, partner_identity_write, profile_set
from cms.partners.models import Partner, PartnerIdentity
from cms.proconnect.services.openid import ProviderIdentity
from cms.proconnect.services.requests import request_open
from cms.sessions.drafts import draft_save
from cms.users.models import User
from cms.values.selectors import values_of
from cms.vault.keyring import keyring_rotate
from cms.vault.places import tables
from cms.vault.rotation import reseal, values_by_key
from cms.vault.sealing import unseal
from cms.wall import scope
from cms.wall.models import Alert, RevealReason
from cms.wall.reveals.services import reveal_open, sealed_row_open
from tests import database
from tests.cases.steps import days_ago, orient, partner, send
from tests.cast.files import pdf, upload
from tests.cast.session import signed_in
from tests.journal.sql import as_owner
from tools.pg import bin_dir

BORN = dt.date(2010, 2, 27)
NAMES = """callback_name callback_phone minor_label place narrative last_name first_name alias phone case_place
case_narrative facts measures real_name address mail_address break_words break_necessity
message_text asker_name asker_contact asker_words asker_answer step_words alert_words review_remarks piece_title
piece_body given_name usual_name email draft_words derogation waiver_words meeting_point relay
voice_words voice_more voice_answer
unit_name front_name front_phone front_words front_answer step_note review_words after_words
told_note aside_words runaway_told
signed_words said_last_name said_first_name said_alias said_phone
severity_reason event_words task_words lessons proof_words structure_named outside_words extra_asked extra_case
court decision_number check_words answer_by answer_words payer_by payer_words
people_words sheet_note bed_reason condition_words exchange_words shelter_agreed reopened_words"""
WORDS = {name: f"Zq{name.replace('_', '').title()}Xv" for name in NAMES.split()}
MARKERS = [*WORDS.values(), BORN.isoformat(), BORN.strftime("%d/%m/%Y"), BORN.strftime("%Y%m%d")]


def write(document: pikepdf.Pdf, words: str) -> None:
    document.pages[0].contents_add(f"BT ({words}) Tj ET".encode())


def user(key: str) -> User:
    return User.objects.get(email=f"{key.replace('_', '-')}@havre.example")


def words(*names: str) -> dict[str, str]:
    return {name: WORDS[name] for name in names}


def plant() -> Case:
    """Every sealed field of the project, written through the services."""
    with scope.acting(user("coordination")):
        coordination = user("coordination")
        detail = words("callback_name", "callback_phone", "minor_label", "place", "narrative")
        sollicitation = send(coordination, detail=detail)
        case = sollicitation_link(sollicitation=sollicitation, by=coordination)
        for parent, code, name in (
            (sollicitation, "personne_de_confiance", "extra_asked"),
            (case, "tuteur_designe", "extra_case"),
        ):
            extra_answers_write(parent=parent, answers={code: WORDS[name]}, by=coordination)
        identity_write(
            case=case,
            by=coordination,
            **words("last_name", "first_name", "phone"),
            birth_date=BORN,
            aliases=[WORDS["alias"]],
            place=WORDS["case_place"],
            narrative=WORDS["case_narrative"],
        )
        attachment_add(
            kind="case",
            object_id=case.pk,
            file=upload("a.pdf", pdf(change=lambda document: write(document, WORDS["piece_body"]))),
            title=WORDS["piece_title"],
            by=coordination,
        )
        linking = arrival_waive(
            case=case,
            partner=partner("Les Tilleuls"),
            reason_id="motif_derogation:DANGER",
            words=WORDS["waiver_words"],
            by=coordination,
        )
        journey_set(
            linking=linking,
            driver_id="conduite:FORCES",
            leaves_at=timezone.now(),
            by=coordination,
            **words("meeting_point", "relay"),
        )
        decided = Decided("decideur:PARQUET", WORDS["court"], WORDS["decision_number"])
        frame = {"frame_id": "cadre_juridique:OPP-P", "decided_at": timezone.now()}
        legal_frame_set(case=case, decided=decided, by=coordination, **frame)
        point = values_of("protocole_securite")[0]
        protocol_write(linking=linking, words={point.pk: WORDS["check_words"]}, by=coordination)
        terms = {"payer_kind_id": "payeur:ASE", "payer_id": "59", "daily_price_cents": 18550, "ends_on": None}
        for party, name in ((Party.STRUCTURE, "answer"), (PAYER, "payer")):
            call = Call(way=Way.PHONE, said_by=WORDS[f"{name}_by"], words=WORDS[f"{name}_words"])
            answer_note(linking=linking, party=party, call=call, terms=terms, by=coordination)
        # What a convention says today comes from lists: words are planted as a row would hold them.
        content = {"convention": [{"title": "", "lines": [], "texts": [WORDS["signed_words"]]}], "protocol": []}
        LinkingVersion.objects.create(
            linking=linking,
            number=99,
            content=content,
            content_hash=content_hash(content),
            written_at=timezone.now(),
            written_by=coordination,
        )
        with scope.acting(user("gendarme")):
            said = SaidIdentity(
                birth_date=BORN,
                last_name=WORDS["said_last_name"],
                first_name=WORDS["said_first_name"],
                aliases=(WORDS["said_alias"],),
                phone=WORDS["said_phone"],
            )
            identity_give(
                case_id=case.pk, partner_id=partner("Brigade 12").pk, said=said, by=user("gendarme"), portrait=None
            )
        circuit = circuit_start(case=case, version=versions_to_start()[0], by=coordination)
        step = circuit.steps.first()
        circuit_step_move(step=step, state=StepState.DOING, note=WORDS["step_note"], by=coordination)
        stay = placement_open(
            case=case,
            partner=partner("Les Tilleuls"),
            by=coordination,
            arrival=Arrival(arrived_at=days_ago(10), legal_frame_id="cadre_juridique:AE"),
        )
        placement_confirm(placement=stay, by=coordination)
        review_write(
            placement=stay,
            milestone=Milestone.WEEK,
            by=coordination,
            answers=ReviewAnswers(
                safety_id="bilan_securite:SUR",
                needs_care=False,
                schooling_id="bilan_scolarite:SUIVIE",
                adhesion_id="adhesion:ACCEPTE",
                next_goal_id="bilan_objectif:ECOLE",
                words=WORDS["review_words"],
            ),
        )
        away = absence_open(placement=stay, starts_on=timezone.localdate(), by=coordination)
        runaway_return(
            absence=away,
            returned_at=timezone.now(),
            interview="accepted",
            medical="accepted",
            police_told=True,
            told=WORDS["runaway_told"],
            by=coordination,
        )
        placement_end(placement=stay, ended_on=timezone.localdate(), reason_id="motif_fin:PREVUE", by=coordination)
        after_stay_note(
            placement=stay, exploitation_id="reexploitation:NON", words=WORDS["after_words"], by=coordination
        )
        sollicitation_ask_more(sollicitation=sollicitation, text=WORDS["message_text"], by=coordination)
        shelter_note(
            sollicitation=sollicitation,
            kind_id="abri_provisoire:FOYER",
            until=timezone.now() + dt.timedelta(hours=9),
            agreed_by=WORDS["shelter_agreed"],
            by=coordination,
        )
        grid_attach(
            sollicitation=sollicitation,
            key=uuid.uuid4(),
            number=grid_in_force().number,
            answers={"S16": "told"},
            by=coordination,
        )
        cases_named(text=f"{WORDS['first_name']} {WORDS['last_name']}")
        draft_save(
            user=coordination, address=reverse("cases:request_new"), fields={"narrative": [WORDS["draft_words"]]}
        )
        structure = Partner.objects.get(code_name="Les Tilleuls")
        # Too young for this structure: only a reason opens it.
        profile_set(
            partner=structure,
            criteria=StructureCriteria(
                age_min=16, age_max=17, sexes=list(values_of("sexe")), forms=[], takes_at_night=True
            ),
        )
        added = SheetAddition(note=WORDS["sheet_note"])
        asked = orient({"coordination": coordination}, sollicitation, derogation=WORDS["derogation"], added=added)
        sheet = asked.proposals.get()
        proposal_reply(proposal=sheet, text=WORDS["exchange_words"], by=coordination)
        condition = {
            "answer_id": "reponse:ACC-COND",
            "condition": WORDS["condition_words"],
            "available_from": timezone.now(),
        }
        proposal_answer(proposal=sheet, answered_by=coordination, **condition)
        people_to_avoid_write(case=case, words=WORDS["people_words"], by=coordination)
        out = partner("Aubépine")
        family = "motif_eloignement:ENTOURAGE"
        keep_away_add(case=case, territory_id=out.territory_id, reason_id=family, by=coordination)
        derogation_ask(case=case, partner=out, reason=WORDS["bed_reason"], by=coordination)
        partner_identity_write(partner=structure, **words("real_name", "address"))
        with sealed_row_open("partner", structure.pk):
            PartnerIdentity.objects.filter(partner=structure).update(**words("mail_address"))
        reveal_open(kind="case", object_id=case.pk, by=coordination, reason=RevealReason.CONTACT)
    request_open(identity=ProviderIdentity(sub="agent-marque", **words("given_name", "usual_name", "email")))
    unverified_send(
        key=uuid.uuid4(),
        unit_type_id="acteur:GN-BT",
        urgency_id="urgence:U2",
        words={
            "unit": WORDS["unit_name"],
            "callback_name": WORDS["front_name"],
            "callback_phone": WORDS["front_phone"],
            "narrative": WORDS["front_words"],
        },
        answers={"note": WORDS["front_answer"]},
    )
    key = uuid.uuid4()
    voice_send(key=key, words=WORDS["voice_words"])
    voice_write(code=code_of(key), words=WORDS["voice_more"])
    with scope.acting(coordination):
        voice_answer(message=VoiceMessage.objects.waiting().get(), words=WORDS["voice_answer"], by=coordination)
    with scope.acting(user("director_a")):
        incident = incident_declare(
            Declaration(
                partner=partner("Les Tilleuls"),
                incident_type_id="type_incident:FUG",
                severity_id="gravite:G3",
                occurred_at=days_ago(1),
                noticed_at=days_ago(1),
                narrative=WORDS["facts"],
                measures=WORDS["measures"],
                severity_reason=WORDS["severity_reason"],
            ),
            declared_by=user("director_a"),
        )
        notice = authority_tell(
            incident=incident, authority_id="autorite:FSI", told_by=user("director_a"), note=WORDS["told_note"]
        )
        authority_proof_add(
            notice=notice, dated_on=timezone.localdate(), words=WORDS["proof_words"], by=user("director_a")
        )
    with scope.acting(user("trainer")):
        incident_declare(
            Declaration(
                structure_named=WORDS["structure_named"],
                incident_type_id="type_incident:MAL",
                occurred_at=days_ago(1),
                noticed_at=days_ago(1),
                narrative=WORDS["outside_words"],
            ),
            declared_by=user("trainer"),
        )
    with scope.acting(user("coordination")):
        authority_waive(
            incident=incident,
            authority_id="autorite:PARENTS",
            reason_id="motif_non_information:INTERET",
            words=WORDS["aside_words"],
            by=user("coordination"),
        )
    follow(incident)
    with scope.acting(user("dpo")):
        reveal_open(
            kind="case",
            object_id=case.pk,
            by=user("dpo"),
            reason=RevealReason.DANGER,
            is_break_glass=True,
            words=f"{WORDS['break_words']} et la suite de la phrase",
            necessity=f"{WORDS['break_necessity']} et la suite de la phrase",
            reference=case.reference,
        )
    rights(case)
    readings_reopened()
    return case


def readings_reopened() -> None:
    """An account that the brake refused until it was stopped, and that the direction reopened with a reason."""
    person, direction = user("transmitter"), user("direction")
    with scope.acting(person):
        for _ in range(50):
            attempt_refused(BRAKE, {"is_stopped": False, "measures": ["exports"]})
        refusals_write(refusals_take())
    stop = reading_stop(person=person)
    assert stop
    with scope.acting(direction):
        reading_lift(stop=stop, by=direction, reason=WORDS["reopened_words"])


def follow(incident: Incident) -> None:
    """Sealed words of what follows an incident."""
    coordination, today = user("coordination"), timezone.localdate()
    with scope.acting(coordination):
        event_add(incident=incident, words=WORDS["event_words"], by=coordination)
        task_add(incident=incident, words=WORDS["task_words"], owner=coordination, due_on=today, by=coordination)
        incident_acknowledge(incident=incident, by=coordination)
        retex_write(
            incident=incident,
            held_on=today,
            lessons=WORDS["lessons"],
            causes=["cause_incident:CONSIGNE"],
            by=coordination,
        )


def rights(case: Case) -> None:
    """Sealed words of the register, of alerts and of reviews."""
    dpo, direction = user("dpo"), user("direction")
    today = timezone.localdate()
    with scope.acting(dpo):
        asked = {"name": WORDS["asker_name"], "contact": WORDS["asker_contact"], "words": WORDS["asker_words"]}
        row = request_register(by=dpo, right="erasure", asker="parent", received_on=today, **asked)
        request_note(request=row, by=dpo, kind="note", words=WORDS["step_words"])
        answer = f"{WORDS['asker_answer']} et la suite de la phrase"
        request_close(request=row, by=dpo, outcome="withdrawn", on=today, words=answer)
        last_month = today.replace(day=1) - dt.timedelta(days=1)
        review_sign(month=last_month, by=dpo, figures={}, remarks=WORDS["review_remarks"])
    with scope.acting(direction):
        alert_receive(alert=Alert.objects.get(object_id=case.pk), by=direction, words=WORDS["alert_words"])


def walk(case: Case) -> list[bytes]:
    """Answers that must not show an identity: lists, file, history, search, exports, missing pages."""
    browser = signed_in(user("coordination"), raise_request_exception=False)
    listing = reverse("cases_case:list")
    addresses = [
        "/",
        listing,
        f"{listing}?q={case.reference}",
        reverse("cases_case:inspect", args=[case.pk]),
        reverse("cases_case:history", args=[case.pk]),
        reverse("cases_case:identity", args=[case.pk]),
        f"{listing}?export=xlsx",
        reverse("cases_incident:list"),
        reverse("cases_sollicitation:list"),
        reverse("partners_partner:list"),
        reverse("dashboards_figures"),
        "/situations/00000000-0000-4000-8000-000000000000/",
        "/nulle-part/",
    ]
    answers = [browser.get(address) for address in addresses]
    answers.append(browser.post(reverse("dashboards_export")))
    assert [answer.status_code for answer in answers] == [200] * 11 + [404] * 2 + [200]
    return [flat(b"".join(answer) if answer.streaming else answer.content) for answer in answers]


def flat(content: bytes) -> bytes:
    """A workbook is a zip: its parts, one after the other."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())


def breakdown(case: Case, monkeypatch) -> bytes:
    """The page of an error in the middle of a reading, when the identity is at hand."""
    from cases.files.admin import views as admin_views

    read = admin_views.identity_rows

    def fail(pk):
        rows = list(read(pk))
        raise RuntimeError(f"{len(rows)} rows")

    monkeypatch.setattr(admin_views, "identity_rows", fail)
    browser = signed_in(user("coordination"), raise_request_exception=False)
    answer = browser.get(reverse("cases_case:reveal", args=[case.pk]))
    assert answer.status_code == 500
    return answer.content


def dump(name: str) -> bytes:
    command = [str(bin_dir() / "pg_dump"), "--dbname", database.owner_url(name), "--no-owner"]
    return subprocess.run(command, check=True, capture_output=True, env={**os.environ, "LC_ALL": "C"}).stdout


def opened(name: str) -> dict[str, str]:
    """What the seals of each column hold, read as the owner."""
    held = {}
    with psycopg.connect(database.owner_url(name)) as connection:
        for table in tables():
            for column in filter(lambda column: column.purpose, table.columns):
                key = ", ".join(table.key)
                query = f"SELECT {column.name} FROM {table.name} WHERE {column.name} IS NOT NULL ORDER BY {key}"
                tokens = connection.execute(query).fetchall()
                held[column.purpose] = "\n".join(unseal(token, column.purpose).decode() for (token,) in tokens)
    return held


def copies(marker: str) -> list[bytes]:
    """The ways in which a text may stand in clear in a file."""
    raw = marker.encode()
    return [raw, raw.lower(), raw.hex().encode(), base64.b64encode(raw).rstrip(b"=")[:-1]]


def found(content: bytes) -> list[str]:
    return [marker for marker in MARKERS if any(copy in content for copy in copies(marker))]


def test_search_itself_sees_a_marker_in_every_form():
    for marker in MARKERS:
        for copy in copies(marker):
            assert found(b"..." + copy + b"...")


@pytest.fixture
def planted(committed, settings, tmp_path):
    settings.HAVRE_FILES = tmp_path / "files"
    return committed, plant()


def attachments_of_case(case: Case) -> list[Attachment]:
    with scope.acting(user("coordination")):
        return list(Attachment.objects.on("case", case.pk))


def piece_content(piece: Attachment) -> io.BytesIO:
    with scope.acting(user("coordination")):
        return io.BytesIO(b"".join(attachment_open(piece)))


def test_no_sealed_word_stands_in_clear_anywhere(planted, settings, monkeypatch, caplog, capfd):
    name, case = planted
    with caplog.at_level(logging.DEBUG):
        answers = [*walk(case), breakdown(case, monkeypatch)]
    journal_seal()
    held = opened(name)
    [piece] = [row for row in attachments_of_case(case) if row.title == WORDS["piece_title"]]
    with pikepdf.open(piece_content(piece)) as document:
        page = document.pages[0].obj.Contents
        parts = list(page) if isinstance(page, pikepdf.Array) else [page]
        assert WORDS["piece_body"].encode() in b"".join(part.read_bytes() for part in parts)
    missing = {
        word for word in WORDS if word != "piece_body" and not any(WORDS[word] in text for text in held.values())
    }
    assert missing == set()
    del held["files.attachment.body_key"], held["exports.export.body_key"]  # random bytes: no word is ever there
    del held["events.channel.secret"], held["events.channel.former_secret"]  # random bytes as well
    del held["exports.export.query"]  # what a list was asked: nothing was searched here
    assert "S16" in held.pop("cases.filledgrid.answers")  # codes of signs: no word either
    empty = {column for column, text in held.items() if not any(marker in text for marker in MARKERS)}
    assert empty == set()

    said = capfd.readouterr()
    places = {
        "database": dump(name),
        "logs": caplog.text.encode() + said.out.encode() + said.err.encode(),
        "private folder": b"".join(path.read_bytes() for path in settings.HAVRE_FILES.rglob("*") if path.is_file()),
        "mails": b"".join(message.message().as_bytes() for message in mail.outbox),
        **{f"answer {rank}": content for rank, content in enumerate(answers)},
    }
    assert b"journal_line" in places["database"]
    assert b"procrastinate_jobs" in places["database"]
    assert b"wagtailcore_referenceindex" in places["database"]
    # The file of the case shows the title, the people to avoid and the condition of a structure to who reads the case;
    # nothing else does.
    assert found(places["answer 3"]) == [WORDS["piece_title"], WORDS["people_words"], WORDS["condition_words"]]
    del places["answer 3"]
    assert {place: found(content) for place, content in places.items() if found(content)} == {}


def test_every_sealed_word_takes_the_new_key(planted, settings, tmp_path):
    name, _ = planted
    before = opened(name)
    settings.HAVRE_KEYRING = Path(shutil.copy(settings.HAVRE_KEYRING, tmp_path / "keyring.json"))
    key = keyring_rotate(settings.HAVRE_KEYRING)
    with transaction.atomic(), as_owner():
        assert [refused for progress in reseal() for refused in progress.refused] == []
        assert set(values_by_key()) == {key}
    assert opened(name) == before
