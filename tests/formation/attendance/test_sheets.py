"""Closing without a countersignature, the sheet as a PDF, the paper scanned back; what nobody writes round screens."""

import datetime as dt
import io
import re
from decimal import Decimal

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from formation.attendance.papers import row_id, sheet_pdf, sheet_words
from formation.attendance.selectors import sheet_of
from formation.attendance.services.attendance import attendance_record
from formation.attendance.services.signatures import half_day_countersign
from formation.closure.services import session_close
from formation.enums import Period, Status
from formation.models import CounterSignature, Enrolment, Professional, Session
from formation.people.services.people import enrol
from formation.sessions.selectors import trainers_of
from formation.sessions.services.sessions import SessionFacts, session_plan
from tests.cast.files import photo, upload


def text(answer) -> str:
    return answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


@pytest.fixture
def recorded(acting_as, cast):
    """A session of the other trainer over three days, everybody marked present, countersigned by nobody."""
    days = [dt.date(2026, 3, 10) + dt.timedelta(days=number) for number in range(3)]
    with acting_as("trainer_b"):
        session = session_plan(
            SessionFacts(
                module_code="M4",
                starts_on=days[0],
                ends_on=days[-1],
                half_days=[(day, period, Decimal("3.5")) for day in days for period in Period],
                trainers=[cast["trainer_b"]],
                venue="Lille, salle Vauban",
            ),
            planned_by=cast["trainer_b"],
        )
    with acting_as("coordination"):
        for person in Professional.objects.filter(first_name__in=("Nadia", "Hugo")):
            enrol(session=session, professional=person, by=cast["coordination"])
    with acting_as("trainer_b"):
        for half_day in session.half_days.all():
            marks = dict.fromkeys(session.enrolments.values_list("pk", flat=True), Status.PRESENT)
            attendance_record(session=session, half_day=half_day, marks=marks, by=cast["trainer_b"])
    return session


def test_the_coordination_does_not_sign_for_who_taught(acting_as, cast, client_of, recorded):
    first = recorded.half_days.order_by("begins_at").first
    with acting_as("trainer_b"):
        half_day_countersign(half_day=first(), marks={}, by=cast["trainer_b"])
    with acting_as("coordination"), pytest.raises(ValidationError, match="Pas encore de contre-signature") as refused:
        session_close(session=recorded, by=cast["coordination"])
    assert refused.value.code == "reason"
    address = f"/formation/sessions/{recorded.pk}/clore/"
    client = client_of("coordination")
    page = text(client.get(address))
    assert "Pourquoi clore sans contre-signature" in page
    assert "10 mars après-midi" in page
    assert "10 mars matin" not in page
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Formatrice partie du réseau."}).status_code == 302
    with acting_as("coordination"):
        row = Session.objects.get(pk=recorded.pk)
        assert (row.state, row.closed_without) == ("held", "Formatrice partie du réseau.")
        assert CounterSignature.objects.filter(half_day__session=row).count() == 1
    assert "Formatrice partie du réseau." in text(client.get(f"/formation/sessions/{recorded.pk}/emargement/"))


def test_who_taught_countersigns_the_rest_by_closing(acting_as, client_of, recorded):
    client = client_of("trainer_b")
    assert "Pourquoi" not in text(client.get(f"/formation/sessions/{recorded.pk}/clore/"))
    assert client.post(f"/formation/sessions/{recorded.pk}/clore/").status_code == 302
    with acting_as("coordination"):
        assert CounterSignature.objects.filter(half_day__session=recorded).count() == 6
        assert Session.objects.get(pk=recorded.pk).closed_without == ""


def test_the_sheet_as_a_pdf_says_who_signed_and_when(acting_as, cast, client_of, recorded):
    with acting_as("trainer_b"):
        session_close(session=recorded, by=cast["trainer_b"])
        session = Session.objects.select_related("clause__version").prefetch_related("half_days").get(pk=recorded.pk)
        sheet = sheet_of(session)
        words = str(sheet_words(session, sheet, trainers_of(session)))
        content = sheet_pdf(session, sheet, trainers_of(session))
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert len(document.pages) == 1
    for enrolment, _ in sheet.lines:
        assert enrolment.professional.last_name in words
        assert row_id(enrolment) in words
    assert "contresigné le" in words
    assert "Béatrice Noël, pour la formation" in words
    assert "10/03/2026, matin, 09:00 à 12:30" in words
    address = f"/formation/sessions/{recorded.pk}/emargement/pdf/"
    answer = client_of("trainer_b").get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="emargement.pdf"' in answer.headers["Content-Disposition"]
    page = text(client_of("trainer_b").get(f"/formation/sessions/{recorded.pk}/emargement/"))
    assert all(row_id(enrolment) in page for enrolment, _ in sheet.lines)


def test_a_signature_stands_with_its_hour_and_its_way(acting_as, cast, held_now):
    from formation.attendance.services.signatures import signature_on_device

    session, half_day = held_now(people=("Hugo",))
    with acting_as("trainer_b"):
        enrolment = Enrolment.objects.get(session=session)
        row = signature_on_device(half_day=half_day, enrolment=enrolment, by=cast["trainer_b"])
        session = Session.objects.prefetch_related("half_days").get(pk=session.pk)
        words = str(sheet_words(session, sheet_of(session), trainers_of(session)))
    assert f"signé à {timezone.localtime(row.signed_at):%H:%M}, appareil du formateur" in words


def test_the_paper_comes_back_scanned(client_of, recorded):
    base = f"/formation/sessions/{recorded.pk}"
    for key in ("trainer", "director_a", "trainee", "gendarme"):
        assert client_of(key).get(f"{base}/pieces/ajouter/").status_code == 404
    trainer = client_of("trainer_b")
    assert trainer.post(f"{base}/pieces/ajouter/", {"title": "Feuille du 10 mars"}).status_code == 422
    sent = {"title": "Feuille du 10 mars", "file": upload("feuille.jpg", photo())}
    assert trainer.post(f"{base}/pieces/ajouter/", sent).status_code == 302
    page = text(trainer.get(f"{base}/emargement/"))
    assert "Feuille du 10 mars" in page
    link = re.search(rf"{base}/pieces/[0-9a-f-]{{36}}/", page).group()
    assert trainer.get(link).status_code == 200
    assert client_of("coordination").get(link).status_code == 200
    for key in ("trainer", "director_a", "director_b", "trainee", "state_reader"):
        assert client_of(key).get(link).status_code == 404


def test_nobody_gives_an_enrolment_another_employer(acting_as, cast, sessions, enrolments):
    with acting_as("coordination"):
        other = Professional.objects.get(first_name="Hugo").employer_id
        sarah = Professional.objects.get(first_name="Sarah")
    row = enrolments["Nadia"]
    with acting_as("trainer"):
        for change in (
            {"employer_id": other}, {"employer_id": None}, {"profession_id": "profession:CPE"},
            {"professional_id": enrolments["Hugo"].professional_id}, {"session_id": sessions["trainer_b"].pk},
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                Enrolment.objects.filter(pk=row.pk).update(**change)
        assert Enrolment.objects.filter(pk=row.pk).update(result="acquired") == 1
    with acting_as("trainer_b"), pytest.raises(DatabaseError), transaction.atomic():
        Enrolment.objects.create(session=sessions["trainer_b"], professional_id=row.professional_id, employer_id=other)
    with acting_as("director_b"):
        assert not Enrolment.objects.filter(pk=row.pk).exists()
    with acting_as("director_a"), pytest.raises(DatabaseError), transaction.atomic():
        Enrolment.objects.filter(professional=sarah).update(employer_id=other)


def test_a_direction_ties_nobody_to_an_account_and_merges_nobody(acting_as, cast):
    with acting_as("director_a"):
        nadia = Professional.objects.get(first_name="Nadia")
        olivier = Professional.objects.get(first_name="Olivier")
        me = cast["director_a"]
        for change in ({"user": me}, {"merged_into": olivier}, {"created_by_id": me.pk}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Professional.objects.filter(pk=nadia.pk).update(**change)
        assert Professional.objects.filter(pk=nadia.pk).update(first_name="Nadia-Rose") == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            Professional.objects.create(
                last_name="Faux", first_name="Nom", employer=nadia.employer, user=cast["gendarme"],
                created_by_id=cast["director_a"].pk,
            )  # fmt: skip


def test_only_the_coordination_opens_two_files_side_by_side(acting_as, client_of, enrolments):
    one, other = (enrolments[name].professional_id for name in ("Nadia", "Hugo"))
    address = f"/formation/doublons/{one}/{other}/"
    for key in ("trainer", "director_a", "trainee", "state_reader", "dpo"):
        assert client_of(key).get(address).status_code == 404
        assert client_of(key).post(address, {"choice": "one"}).status_code == 404
    assert client_of("coordination").get(address).status_code == 200


def test_a_session_meant_for_some_says_so(acting_as, cast, client_of):
    facts = {
        "module_code": "M1", "trainers": [str(cast["trainer"].pk)], "day_1": "2027-03-02", "morning_1": "3.5",
        "morning_from_1": "09:00", "capacity": "12", "audiences": ["groupe_profession:EDUC"],
        "aimed_territories": ["59", "62"],
    }  # fmt: skip
    answer = client_of("trainer").post("/formation/planifier/", facts)
    assert answer.status_code == 302
    page = text(client_of("director_a").get(answer.url))
    assert "Nord, Pas-de-Calais" in page
    assert "ducati" in page.split("<dt>Pour</dt>")[1][:60]
