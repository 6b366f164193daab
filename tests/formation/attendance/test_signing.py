"""Signing on a telephone without an account, on the trainer's device; the countersignature and what follows it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.journal.services import acting_as_journal
from cms.operations.integrity import check_run, checks_all
from cms.sessions.displays import display_open, display_read
from cms.wall import scope
from formation.attendance.forms import mark_name
from formation.attendance.rules import scan_token, typed_code
from formation.attendance.services.attendance import attendance_record
from formation.attendance.services.signatures import half_day_countersign, signature_give
from formation.attendance.services.walk_ins import walk_in_accept
from formation.closure.services import session_close
from formation.common.rules import CodeRefusalError
from formation.enums import SessionState, Status, WalkInState, Way
from formation.models import Attendance, CounterSignature, Enrolment, Professional, Signature, WalkIn
from tests.formation.conftest import OVER

SIGN = "/formation/emarger/signer/"
IN_ROOM = {"is_present": "on"}


def text(answer) -> str:
    return answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


def scan(half_day, *, seconds: float = 0, browser: Client | None = None) -> tuple[Client, object]:
    """What a telephone gets from a code of `seconds` ago."""
    browser = browser or Client()
    at = timezone.now() - dt.timedelta(seconds=seconds)
    return browser, browser.get(f"/formation/emarger/{scan_token(half_day.pk, at)}/")


def sign(browser: Client, name: str, **more):
    first, last = name.split()
    return browser.post(SIGN, {"first_name": first, "last_name": last} | IN_ROOM | more)


def refusals() -> list[str]:
    with acting_as_journal():
        rows = JournalLine.objects.filter(action="auth.signing.refused").order_by("at", "id")
        return [row.details["why"][1] for row in rows]


def signatures(acting_as) -> list[tuple[str, str]]:
    with acting_as("coordination"):
        rows = Signature.objects.exclude(enrolment=None).select_related("enrolment__professional")
        return [(row.enrolment.professional.first_name, row.way) for row in rows]


def test_a_telephone_signs_for_one_person_and_the_journal_keeps_what_was_refused(acting_as, held_now, sessions):
    _, half_day = held_now()
    browser, answer = scan(half_day)
    assert answer["Location"] == SIGN
    page = text(browser.get(SIGN))
    assert "Nadia" not in page
    assert "<script" not in page.split("<body")[1]
    assert sign(browser, "nadia BENSAID").status_code == 302
    assert "Votre présence est signée" in text(browser.get("/formation/emarger/signe/"))
    assert browser.get(SIGN).status_code == 404

    scan(half_day, browser=browser)
    answer = sign(browser, "Hugo Marchand")
    assert answer.status_code == 422
    assert "déjà signé pour une autre personne" in text(answer)
    scan(half_day, browser=browser)
    sign(browser, "Nadia Bensaïd")
    assert "Vous aviez déjà signé" in text(browser.get("/formation/emarger/signe/"))
    assert signatures(acting_as) == [("Nadia", Way.QR)]

    with acting_as("coordination"):
        later = sessions["trainer_b"].half_days.first()
    tried = {
        "late": scan(half_day, seconds=60)[1],
        "early": scan(half_day, seconds=-60)[1],
        "before": scan(later)[1],
        "forged": Client().get("/formation/emarger/nimporte-quoi/"),
    }
    assert {answer.status_code for answer in tried.values()} == {404}
    assert "une photo ou une copie ne sert plus" in text(tried["late"])
    assert "pas encore ouvert" in text(tried["before"])
    other = scan(half_day)[0]
    answer = sign(other, "Sarah Klein")
    assert answer.status_code == 422
    assert "pas sur la liste" in text(answer)
    assert sign(other, "Sarah Klein", is_present="").status_code == 422
    assert refusals() == ["shared", *tried, "stranger"]
    drawn = Client().get(f"/formation/emarger/{scan_token(half_day.pk, timezone.now())}/code/")
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
    assert b"style" not in drawn.content


def test_a_code_is_typed_and_an_account_signs_with_one_box(acting_as, client_of, held_now):
    _, half_day = held_now()
    browser = client_of("trainee")
    assert browser.post("/formation/emarger/", {"code": "ZZZZZZ"}).status_code == 422
    assert browser.post("/formation/emarger/", {"code": typed_code(half_day.pk, timezone.now())}).status_code == 302
    assert "Yanis Faure" in text(browser.get(SIGN))
    assert browser.post(SIGN, IN_ROOM).status_code == 302
    assert signatures(acting_as) == [("Yanis", Way.CODE)]
    assert refusals() == ["unknown"]


def test_the_projector_shows_the_code_and_reloads_when_it_changes(cast, held_now):
    session, _ = held_now()
    with scope.acting(cast["trainer_b"]):
        display, token = display_open(kind="attendance", object_id=session.pk, opened_by=cast["trainer_b"])
    answer = Client().get(f"/ecran/{token}/")
    assert 1 <= int(answer.headers["Refresh"]) <= 30
    shown = display_read(display)
    assert f"/formation/emarger/{shown['scanned']}/code/" in text(answer)
    assert "Bensaïd" not in text(answer)
    assert len(shown["typed"].replace(" ", "")) == 6


STRANGER = {
    "last_name": "Le Goff", "first_name": "Éloïse", "email": "eloise@exemple.fr", "profession": "profession:GENDARME",
    "employer_type": "type_employeur:GENDARMERIE", "employer_name": "Brigade de Lille", "is_present": "on",
}  # fmt: skip


def test_who_was_not_enrolled_counts_once_the_trainer_has_decided(acting_as, cast, client_of, held_now):
    session, half_day = held_now(ago=OVER, capacity=3)
    browser, _ = scan(half_day)
    assert browser.post("/formation/emarger/inscription/", STRANGER | {"email": "non"}).status_code == 422
    assert browser.post("/formation/emarger/inscription/", STRANGER).status_code == 302
    assert "Encore une étape" in text(browser.get("/formation/emarger/signe/"))
    with acting_as("trainer_b"):
        walk_in = WalkIn.objects.get()
        marks = {row.pk: Status.PRESENT for row in Enrolment.objects.filter(session=session)}
        with pytest.raises(ValidationError, match="attend votre décision"):
            half_day_countersign(half_day=half_day, marks=marks, by=cast["trainer_b"])
    address = f"/formation/arrivees/{walk_in.pk}/"
    for key in ("trainer", "director_a", "trainee", "gendarme"):
        assert client_of(key).get(address).status_code == 404
    with acting_as("trainer_b"):
        known = Professional.objects.create(
            last_name="LE GOFF", first_name="Eloise", created_by_id=cast["trainer_b"].pk
        )
    trainer = client_of("trainer_b")
    assert "LE GOFF" in text(trainer.get(address))
    assert trainer.post(address, {"who": "00000000-0000-4000-8000-000000000000"}).status_code == 422
    assert trainer.post(address, {"who": str(known.pk)}).status_code == 302
    assert trainer.get(address).status_code == 404
    with acting_as("coordination"):
        walk_in.refresh_from_db()
        enrolment = Enrolment.objects.get(professional=known)
        assert (walk_in.state, walk_in.last_name, walk_in.email) == (WalkInState.ACCEPTED, "", "")
        assert Signature.objects.get(walk_in=walk_in).enrolment == enrolment
        assert Professional.objects.filter(last_name__iexact="le goff").count() == 1
        session.refresh_from_db()
        assert session.capacity == 4

    other, _ = scan(half_day)
    other.post("/formation/emarger/inscription/", STRANGER | {"first_name": "Iris", "email": "iris@exemple.fr"})
    with acting_as("trainer_b"):
        refused = WalkIn.objects.get(state=WalkInState.PENDING)
    assert trainer.post(f"/formation/arrivees/{refused.pk}/", {"who": "refuse"}).status_code == 302
    with acting_as("coordination"):
        assert not Professional.objects.filter(first_name="Iris").exists()
        assert not WalkIn.objects.exclude(last_name="").exists()
    with acting_as("trainer_b"), pytest.raises(ValidationError, match="déjà décidée"):
        walk_in_accept(walk_in=refused, by=cast["trainer_b"])


def test_the_sheet_is_countersigned_then_each_correction_has_its_reason(acting_as, cast, client_of, held_now):
    session, half_day = held_now(ago=OVER, people=("Nadia", "Olivier", "Hugo", "Yanis"))
    with acting_as("coordination"):
        rows = {row.professional.first_name: row for row in Enrolment.objects.filter(session=session)}
    late = half_day.begins_at + dt.timedelta(minutes=16)
    for name, at in (("Nadia Bensaïd", half_day.begins_at), ("Hugo Marchand", late)):
        signature_give(half_day=half_day, way=Way.QR, name=name, at=at)
    trainer = client_of("trainer_b")
    device = f"/formation/demi-journees/{half_day.pk}/appareil/"
    assert trainer.post(device, IN_ROOM | {"enrolment": str(rows["Olivier"].pk)}).status_code == 302
    assert trainer.post(device, IN_ROOM | {"enrolment": str(rows["Olivier"].pk)}).status_code == 422
    board = trainer.get(f"/formation/demi-journees/{half_day.pk}/?suivre=3")
    assert "3 signatures sur 4" in text(board)
    assert text(board).count("Signé en retard") == 2
    assert board.headers["Refresh"] == "15; url=?suivre=2"
    assert "Refresh" not in trainer.get(f"/formation/demi-journees/{half_day.pk}/?suivre=non").headers

    address = f"/formation/demi-journees/{half_day.pk}/contresigner/"
    assert client_of("coordination").post(address, {}).status_code == 422
    sent = {mark_name(half_day.pk, row.pk): Status.PRESENT for row in rows.values()}
    sent[mark_name(half_day.pk, rows["Yanis"].pk)] = Status.ABSENT
    assert trainer.post(address, sent).status_code == 302
    assert "Feuille contresignée" in text(trainer.get(f"/formation/demi-journees/{half_day.pk}/"))
    with pytest.raises(CodeRefusalError) as caught:
        signature_give(half_day=half_day, way=Way.QR, name="Yanis Faure")
    assert caught.value.why == "closed"

    sheet = f"/formation/sessions/{session.pk}/presences/"
    changed = {mark_name(half_day.pk, rows["Yanis"].pk): Status.EXCUSED}
    assert "indiquez le motif" in text(trainer.post(sheet, changed))
    assert trainer.post(sheet, changed | {"reason": "Mot de son chef de service"}).status_code == 302
    with acting_as("trainer_b"):
        ranks = CounterSignature.objects.filter(half_day=half_day).values_list("rank", "is_correction")
        assert list(ranks) == [(1, False), (2, True)]
        session_close(session=session, by=cast["trainer_b"])
        with pytest.raises(ValidationError, match="48 heures"):
            attendance_record(
                session=session, half_day=half_day, marks={rows["Yanis"].pk: Status.PRESENT}, by=cast["trainer_b"],
                at=timezone.now() + dt.timedelta(hours=49), reason="trop tard",
            )  # fmt: skip
    check = next(check for check in checks_all() if check.name == "attendance")
    assert check_run(check) == []
    with acting_as("trainer_b"):
        Attendance.objects.filter(enrolment=rows["Yanis"]).update(status=Status.PRESENT)
    assert len(check_run(check)) == 1


def test_an_absence_is_told_in_advance_by_the_person_or_the_direction(acting_as, client_of, sessions, held_now):
    session, half_day = held_now(ago=-300)
    with acting_as("coordination"):
        rows = {row.professional.first_name: row for row in Enrolment.objects.filter(session=session)}
    for key, name, status in (("trainee", "Yanis", 302), ("director_a", "Nadia", 302), ("director_b", "Nadia", 404)):
        address = f"/formation/inscriptions/{rows[name].pk}/absence/"
        assert client_of(key).post(address, {"half_days": [str(half_day.pk)]}).status_code == status
    page = text(client_of("trainer_b").get(f"/formation/demi-journees/{half_day.pk}/"))
    assert page.count("Absence prévenue") == 2
    assert "pas encore ouvert" in page
    begun, _ = held_now(people=("Olivier",))
    with acting_as("coordination"):
        row = Enrolment.objects.get(session=begun)
        begun_half_day = begun.half_days.get()
    answer = client_of("director_a").post(
        f"/formation/inscriptions/{row.pk}/absence/", {"half_days": [str(begun_half_day.pk)]}
    )
    assert answer.status_code == 422


def test_the_database_takes_no_signature_by_another_way(acting_as, cast, held_now, sessions):
    session, half_day = held_now()
    with acting_as("coordination"):
        nadia = Enrolment.objects.get(session=session, professional__first_name="Nadia")
        stranger = Enrolment.objects.get(session=sessions["trainer_b"])
    forged = {"half_day": half_day, "enrolment": nadia, "way": Way.QR}
    for key in ("trainer_b", "trainer", "director_a", "trainee"):
        with acting_as(key), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Signature.objects.create(**forged)
    with acting_as("trainer_b"):
        for wrong, said in (
            ({"enrolment": stranger}, "of another session"),
            ({"signed_at": timezone.now() - dt.timedelta(days=1)}, "outside the half-day"),
        ):
            with pytest.raises(DatabaseError, match=said), transaction.atomic():
                Signature.objects.create(**forged | {"way": Way.DEVICE} | wrong)
        row = Signature.objects.create(**forged | {"way": Way.DEVICE})
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            Signature.objects.filter(pk=row.pk).update(signed_at=half_day.begins_at)
    with scope.acting(scope.SIGNING):
        assert not Signature.objects.exists()
        assert not Professional.objects.exists()
        assert not Enrolment.objects.exists()
        assert session.state == SessionState.PLANNED
