"""Attestations: frozen when issued, checked by anybody, replaced or withdrawn, never changed."""

import datetime as dt
import io
import re
from decimal import Decimal

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from cms.operations.integrity import check_run, checks_all
from cms.wall import scope
from formation.attendance.services.attendance import attendance_record
from formation.attestations.papers import attestations_pdf
from formation.attestations.services.attestations import attestation_replace, attestation_withdraw, attestations_issue
from formation.closure.services import session_close
from formation.enums import Period, Result, Status
from formation.models import Attestation, Enrolment, Professional
from formation.people.services.people import enrol, result_record
from formation.sessions.services.sessions import SessionFacts, session_plan
from formation.tasks import attestations
from tests.retention.steps import erase_what_is_due, time_passes

DAY = dt.date(2026, 3, 10)


def text(answer) -> str:
    return answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


@pytest.fixture
def closed(acting_as, cast):
    """A session of two half-days, held: Nadia followed all of it, Yanis too, Hugo half."""
    slots = [(DAY, period, Decimal("3.5")) for period in Period]
    with acting_as("trainer_b"):
        session = session_plan(
            SessionFacts(module_code="M4", starts_on=DAY, ends_on=DAY, half_days=slots, trainers=[cast["trainer_b"]]),
            planned_by=cast["trainer_b"],
        )
    with acting_as("coordination"):
        rows = {}
        for name in ("Nadia", "Hugo", "Yanis"):
            person = Professional.objects.get(first_name=name)
            rows[name] = enrol(session=session, professional=person, by=cast["coordination"])
    with acting_as("trainer_b"):
        result_record(enrolment=rows["Nadia"], result=Result.ACQUIRED, by=cast["trainer_b"])
        for half_day in session.half_days.all():
            marks = {row.pk: Status.PRESENT for row in rows.values()}
            if half_day.period == Period.AFTERNOON:
                marks[rows["Hugo"].pk] = Status.ABSENT
            attendance_record(session=session, half_day=half_day, marks=marks, by=cast["trainer_b"])
        session_close(session=session, by=cast["trainer_b"])
    return session


def issue(acting_as, cast, session) -> dict[str, Attestation]:
    with acting_as("trainer_b"):
        attestations_issue(session=session, by=cast["trainer_b"])
        return {row.content["person"].split()[0]: row for row in Attestation.objects.all()}


def checked(row: Attestation, number: str = "", code: str = ""):
    return Client().get(f"/formation/verifier/{number or row.number}/{code or row.check_code}/")


def test_closing_has_them_written_for_who_followed_enough(acting_as, cast, client_of, closed):
    [job] = ProcrastinateJob.objects.filter(task_name="formation.tasks.attestations")
    for _ in range(2):
        attestations(**job.args)
    with acting_as("trainer_b"):
        found = {row.content["person"] for row in Attestation.objects.all()}
    assert found == {"Nadia Bensaïd", "Yanis Faure"}
    address = f"/formation/sessions/{closed.pk}/attestations/"
    page = text(client_of("trainer_b").get(address))
    assert "Nadia Bensaïd" in page
    assert "Hugo" not in page
    printed = client_of("trainer_b").get(f"{address}imprimer/")
    with pikepdf.open(io.BytesIO(printed.content)) as document:
        assert len(document.pages) == 2
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr"
    own = text(client_of("trainee").get("/formation/ma-formation/"))
    link = re.search(r"/formation/attestations/[0-9a-f-]{36}/", own).group()
    assert client_of("trainee").get(link).headers["Content-Type"] == "application/pdf"
    for key in ("director_a", "educator_a", "gendarme", "trainer"):
        assert client_of(key).get(link).status_code == 404
        assert client_of(key).get(f"{link}retirer/").status_code == 404


def test_anybody_checks_a_paper_and_a_forged_number_fails(acting_as, cast, closed):
    rows = issue(acting_as, cast, closed)
    nadia, yanis = rows["Nadia"], rows["Yanis"]
    page = text(checked(nadia))
    assert "Valable" in page
    assert closed.title in page
    assert "10 mars 2026" in page
    assert "Nadia" not in page
    assert "Bensaïd" not in page
    for number, code in (
        ("AF-2026-9999", nadia.check_code), (yanis.number, nadia.check_code), (nadia.number, "AAAAAAAAAA"),
        (nadia.number, "%25"), ("' OR 1=1", "x"),
    ):  # fmt: skip
        answer = checked(nadia, number, code)
        assert answer.status_code == 404
        assert "aucune attestation" in text(answer)
    form = Client()
    sent = {"number": f" {nadia.number.lower()} ", "code": nadia.check_code.lower()}
    assert "Valable" in text(form.post("/formation/verifier/", sent, follow=True))
    assert form.post("/formation/verifier/", {"number": "", "code": ""}).status_code == 422
    assert form.post("/formation/verifier/", {"number": "a/b", "code": "c"}).status_code == 422


def test_a_correction_makes_another_and_the_first_never_changes(acting_as, cast, client_of, closed):
    first = issue(acting_as, cast, closed)["Nadia"]
    before = attestations_pdf([first])
    with acting_as("coordination"), pytest.raises(ValidationError, match="Rien n’a changé"):
        attestation_replace(attestation=first, by=cast["coordination"])
    with acting_as("coordination"):
        Professional.objects.filter(first_name="Nadia").update(last_name="Bensaïd-Roche")
        Enrolment.objects.filter(pk=first.enrolment_id).update(result="")
    trainer = client_of("trainer_b")
    assert trainer.post(f"/formation/attestations/{first.pk}/remplacer/").status_code == 302
    with acting_as("trainer_b"):
        again = Attestation.objects.get(pk=first.pk)
        second = again.successor
        assert attestations_pdf([again]) == before
        assert second.content["person"] == "Nadia Bensaïd-Roche"
        assert again.content["person"] == "Nadia Bensaïd"
    assert "Remplacée" in text(checked(first))
    assert "Valable" in text(checked(second))
    assert trainer.post(f"/formation/attestations/{first.pk}/remplacer/").status_code == 422
    assert trainer.post(f"/formation/attestations/{second.pk}/retirer/", {}).status_code == 422
    assert trainer.post(f"/formation/attestations/{second.pk}/retirer/", {"reason": "error"}).status_code == 302
    assert "Retirée" in text(checked(second))
    with acting_as("trainer_b"):
        assert attestations_issue(session=closed, by=cast["trainer_b"]) == []
        with pytest.raises(ValidationError, match="ne vaut plus"):
            attestation_withdraw(attestation=second, reason="error", by=cast["trainer_b"])
        for change in ({"content": {}}, {"title": "Autre"}, {"withdrawn_at": timezone.now()}):
            with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
                Attestation.objects.filter(pk=second.pk).update(**change)


def test_it_expires_and_its_name_leaves_with_the_person(acting_as, cast, closed):
    row = issue(acting_as, cast, closed)["Nadia"]
    check = next(check for check in checks_all() if check.name == "attestations")
    assert check_run(check) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    time_passes(6 * 365, tables="formation_session formation_halfday")
    erase_what_is_due()
    with acting_as("coordination"):
        row.refresh_from_db()
        assert row.content == {}
    page = text(checked(row))
    assert "Expirée" in page
    assert check_run(check) == []
    with scope.acting(cast["coordination"]), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM formation_attestation a WHERE a.content::text LIKE '%Bensa%'")
        assert cursor.fetchone() == (0,)
