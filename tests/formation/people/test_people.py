"""Enrolling from a workbook, and two files of one person."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from openpyxl import Workbook

from cms.notify.models import Obligation
from cms.partners.models import Partner
from cms.values.selectors import values_of
from cms.wall import scope
from formation.attendance.services.attendance import attendance_record
from formation.attestations.services.renewals import renewals_follow
from formation.closure.services import session_close
from formation.enums import Period
from formation.models import Enrolment, Professional, ProfessionalMerge
from formation.people.rules import PersonFacts
from formation.people.selectors.people import doubles
from formation.people.selectors.skills import network_matrix
from formation.people.selectors.workbook import COLUMNS, template_book
from formation.people.services.merges import professionals_apart, professionals_merge, professionals_separate
from formation.people.services.people import enrol, enrolment_cancel, professional_register
from formation.sessions.services.sessions import SessionFacts, session_plan
from tests.notify.steps import messages_leave, obligations_end

GOOD = ["Roy", "Ève", "eve@exemple.fr", "Gendarme", "Gendarmerie", "Brigade de Lille", "59"]


def text(answer) -> str:
    return answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


def book(*lines, headings=COLUMNS) -> bytes:
    made = Workbook()
    made.active.append(list(headings))
    for line in lines:
        made.active.append(list(line))
    output = io.BytesIO()
    made.save(output)
    return output.getvalue()


def sent(browser, session, data: bytes, name: str = "liste.xlsx", **more):
    file = SimpleUploadedFile(name, data)
    return browser.post(f"/formation/sessions/{session.pk}/importer/", {"file": file} | more)


def count(acting_as, session) -> int:
    with acting_as("coordination"):
        return Enrolment.objects.live().filter(session=session).count()


def labels(acting_as) -> tuple[str, str]:
    with acting_as("coordination"):
        return values_of("profession").first().label, values_of("type_employeur").first().label


def test_each_line_is_told_and_nothing_is_written_unless_asked(acting_as, client_of, sessions):
    session = sessions["trainer_b"]
    profession, employer = labels(acting_as)
    good = ["Roy", "Ève", "eve@exemple.fr", profession, employer, "Brigade de Lille", "59"]
    lines = [
        good,
        ["ROY", "Eve", "EVE@exemple.fr", profession, employer, "Brigade de Lille", "59"],
        ["Roux", "Luc", "pas une adresse", profession, employer, "", ""],
        ["Roux", "Luc", "", "astronaute", employer, "", ""],
        ["Roux", "Luc", "", profession, "inconnu", "", ""],
        ["Roux", "Luc", "", profession, employer, "", "99"],
        ["", "Luc", "", profession, employer, "", ""],
        ["=1+1", "Luc", "", profession, employer, "", ""],
        ["RÃ©my", "Luc", "", profession, employer, "", ""],
        ["Klein", "Sarah", "", profession, employer, "", ""],
        [],
        ["Blanc", "Zoé", "", profession, employer, "", 1],
    ]
    trainer = client_of("trainer_b")
    page = text(sent(trainer, session, book(*lines)))
    assert "Le classeur est vérifié, rien n’est écrit" in page
    assert "2 à inscrire et 9 à corriger" in page
    for number, said in (
        (3, "déjà à la ligne 2"), (4, "n’est pas une adresse"), (5, "« astronaute »"), (6, "« inconnu »"),
        (7, "« 99 »"), (8, "donnez le nom"), (9, "formule"), (10, "abîmés"), (11, "une personne connue"),
    ):  # fmt: skip
        row = page.split(f'<th scope="row">{number}</th>')[1].split("</tr>")[0]
        assert said in row
    assert count(acting_as, session) == 1
    page = text(sent(trainer, session, book(*lines), does_enrol="on"))
    assert "les inscriptions sont faites" in page
    assert count(acting_as, session) == 3
    page = text(sent(trainer, session, book(good), does_enrol="on"))
    assert "déjà inscrite" in page
    assert count(acting_as, session) == 3
    for key in ("trainer", "director_a", "trainee"):
        assert sent(client_of(key), session, book(good)).status_code == 404


def test_one_person_twice_or_a_file_sent_again_doubles_nobody(acting_as, client_of, sessions):
    session = sessions["trainer_b"]
    profession, employer = labels(acting_as)
    facts = [profession, employer, "Brigade de Lille", "59"]
    lines = [["Blanc", "Zoé", "", *facts], ["BLANC", "Zoe", "", profession, employer, "Autre service", ""]]
    trainer = client_of("trainer_b")
    page = text(sent(trainer, session, book(*lines), does_enrol="on"))
    assert "même nom qu’à la ligne 2" in page
    assert count(acting_as, session) == 2
    for _ in range(2):
        page = text(sent(trainer, session, book(*lines), does_enrol="on"))
        assert "déjà inscrite sous ce nom" in page
        assert count(acting_as, session) == 2
    with acting_as("coordination"):
        assert Professional.objects.filter(last_name__iexact="Blanc").count() == 1


def test_what_is_not_such_a_workbook_is_refused_in_words(acting_as, client_of, sessions):
    session, trainer = sessions["trainer_b"], client_of("trainer_b")
    csv = ";".join(COLUMNS).encode("latin-1", "replace") + b"\nRoy;\xc9ve"
    for data, said in (
        (csv, "n’est pas un classeur"),
        (b"PK\x03\x04rien", "n’est pas un classeur"),
        (book(GOOD, headings=["Prénom", "Nom", *COLUMNS[2:]]), "le titre attendu est « Nom »"),
        (book(), "personne sous les titres"),
        (book(*([GOOD] * 10_000)), "découpez-le"),
    ):
        answer = sent(trainer, session, data)
        assert answer.status_code == 422
        assert said in text(answer)
    assert count(acting_as, session) == 1
    with acting_as("trainer_b"):
        assert template_book()[:2] == b"PK"


def test_a_duplicate_enrolment_that_was_cancelled_keeps_no_files_apart(acting_as, cast, sessions):
    with acting_as("coordination"):
        by, session = cast["coordination"], sessions["trainer_b"]
        kept = professional_register(PersonFacts(last_name="Le Goff", first_name="Éloïse"), by=by)
        merged = professional_register(PersonFacts(last_name="LE-GOFF", first_name="Eloise"), by=by)
        first = enrol(session=session, professional=kept, by=by)
        second = enrol(session=session, professional=merged, by=by)
        enrolment_cancel(enrolment=first, by=by)
        assert {kept, merged} in [{pair.one, pair.other} for pair in doubles()]
        with pytest.raises(ValidationError, match="autre sens"):
            professionals_merge(kept=kept, merged=merged, by=by)
        merge = professionals_merge(kept=merged, merged=kept, by=by)
        for row, person in ((first, kept), (second, merged)):
            row.refresh_from_db()
            assert row.professional == person
        professionals_separate(merge=merge, by=by)
        kept.refresh_from_db()
        assert kept.merged_into is None


def test_two_files_of_one_person_are_merged_by_the_coordination_and_back(acting_as, cast, client_of, sessions):
    with acting_as("coordination"):
        by = cast["coordination"]
        kept = professional_register(
            PersonFacts(last_name="Le Goff", first_name="Éloïse", email="eloise@exemple.fr"), by=by
        )
        merged = professional_register(
            PersonFacts(last_name="LE-GOFF", first_name="Eloise", email="elo@exemple.fr"), by=by
        )
        row = enrol(session=sessions["trainer_b"], professional=merged, by=by)
        pairs = [{pair.one, pair.other} for pair in doubles()]
        assert {kept, merged} in pairs
    for key in ("trainer", "director_a", "trainee"):
        assert client_of(key).get("/formation/doublons/").status_code == 404
        assert client_of(key).get(f"/formation/doublons/{kept.pk}/{merged.pk}/").status_code == 404
    browser = client_of("coordination")
    assert "Comparer" in text(browser.get("/formation/doublons/"))
    one = browser.get(f"/formation/doublons/{kept.pk}/{merged.pk}/")
    assert "elo@exemple.fr" in text(one)
    assert browser.post(f"/formation/doublons/{kept.pk}/{merged.pk}/", {}).status_code == 422
    assert browser.post(f"/formation/doublons/{kept.pk}/{merged.pk}/", {"choice": "one"}).status_code == 302
    with acting_as("coordination"):
        row.refresh_from_db()
        assert row.professional == kept
        # Whoever types the address of the merged file reaches the person.
        assert professional_register(PersonFacts(last_name="x", first_name="y", email="elo@exemple.fr"), by=by) == kept
        merge = ProfessionalMerge.objects.get()
        with pytest.raises(ValidationError, match="déjà rapprochée"):
            professionals_merge(kept=kept, merged=merged, by=by)
    assert browser.post(f"/formation/rapprochements/{merge.pk}/defaire/").status_code == 302
    with acting_as("coordination"):
        row.refresh_from_db()
        assert row.professional == merged
        with pytest.raises(ValidationError, match="déjà défait"):
            professionals_separate(merge=merge, by=by)
        professionals_apart(one=merged, other=kept, by=by)
        assert {kept, merged} not in [{pair.one, pair.other} for pair in doubles()]
        enrol(session=sessions["trainer_b"], professional=kept, by=by)
        with pytest.raises(ValidationError, match="même session"):
            professionals_merge(kept=kept, merged=merged, by=by)
    with acting_as("director_a"):
        with pytest.raises(ValidationError, match="coordination"):
            professionals_merge(kept=kept, merged=merged, by=cast["director_a"])
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            ProfessionalMerge.objects.create(kept=kept, merged=merged, merged_by=cast["director_a"])
        assert not Professional.objects.filter(pk=kept.pk).exists()


def followed(acting_as, cast, professional, day: dt.date) -> None:
    """They followed a module on this day."""
    with acting_as("trainer_b"):
        session = session_plan(
            SessionFacts(
                module_code="M1",
                starts_on=day,
                ends_on=day,
                half_days=[(day, Period.MORNING, Decimal("3.5"))],
                trainers=[cast["trainer_b"]],
            ),
            planned_by=cast["trainer_b"],
        )
    with acting_as("coordination"):
        row = enrol(session=session, professional=professional, by=cast["coordination"])
    with acting_as("trainer_b"):
        half_day = session.half_days.get()
        attendance_record(session=session, half_day=half_day, marks={row.pk: "present"}, by=cast["trainer_b"])
        session_close(session=session, by=cast["trainer_b"])


def test_one_training_is_not_every_module_that_is_asked_for(acting_as, cast, client_of):
    with acting_as("coordination"):
        nadia = Professional.objects.get(first_name="Nadia")
        before = {line.structure.pk: line for line in network_matrix().lines}[nadia.employer_id]
    followed(acting_as, cast, nadia, dt.date(2026, 3, 11))
    with acting_as("coordination"):
        matrix = network_matrix()
        line = {line.structure.pk: line for line in matrix.lines}[nadia.employer_id]
    assert 0 in line.counts
    assert (line.trained, line.whole) == (max(before.trained, 1), 0)
    page = text(client_of("coordination").get("/formation/competences/"))
    assert "Part formée" not in page
    assert "Tous les modules" in page


def test_who_must_renew_is_told_once_at_each_step(acting_as, cast):
    with acting_as("coordination"):
        yanis = Professional.objects.get(first_name="Yanis")
    followed(acting_as, cast, yanis, dt.date(2026, 3, 10))
    due_on = dt.date(2028, 3, 10)
    obligations_end()
    mail.outbox.clear()
    for left, told in ((91, 0), (90, 1), (89, 1), (30, 2), (30, 2), (8, 2), (7, 3), (0, 3), (-1, 3)):
        renewals_follow(due_on - dt.timedelta(days=left))
        messages_leave(due_on - dt.timedelta(days=left))
        mine = [message for message in mail.outbox if message.to == [yanis.email]]
        assert len(mine) == told, left
    assert due_on.strftime("%d/%m/%Y") in mine[0].body
    with acting_as("trainee"):
        assert not Obligation.objects.open().filter(kind="training_renewal").exists()


def test_whoever_has_no_account_is_told_by_mail_and_has_no_inbox(acting_as, cast):
    day = dt.date(2026, 3, 10)
    with acting_as("coordination"):
        hugo = Professional.objects.get(first_name="Hugo")
        Professional.objects.filter(pk=hugo.pk).update(email="hugo@exemple.fr")
    followed(acting_as, cast, hugo, day)
    obligations_end()
    mail.outbox.clear()
    for left in (90, 90, 30):
        renewals_follow(dt.date(2028, 3, 10) - dt.timedelta(days=left))
        messages_leave(dt.date(2028, 3, 10) - dt.timedelta(days=left))
    assert [message.to for message in mail.outbox if "formation" in message.subject] == [["hugo@exemple.fr"]] * 2
    with scope.acting(scope.NOTIFY):
        row = Obligation.objects.open().get(kind="training_renewal", object_id=hugo.pk)
        assert (row.person, row.address) == (None, "hugo@exemple.fr")


def test_a_director_and_the_coordination_read_who_followed_what(client_of, acting_as):
    page = text(client_of("director_a").get("/formation/mon-equipe/competences/"))
    assert "Nadia" in page
    assert "Hugo" not in page
    assert "à suivre" in page
    assert "Les Tilleuls" in text(client_of("coordination").get("/formation/competences/"))
    for key in ("trainer", "director_a", "gendarme"):
        assert client_of(key).get("/formation/competences/").status_code == 404


def test_an_act_of_support_is_noted_for_a_team_or_for_one_person(acting_as, cast, client_of, sessions):
    with acting_as("coordination"):
        team = Partner.objects.get(code_name="Les Tilleuls")
        yanis = Professional.objects.get(first_name="Yanis")
    address = "/formation/accompagnements/noter/"
    sent = {"kind": "type_acte:VISITE", "happened_on": timezone.localdate().isoformat(), "head_count": "6"}
    coordination, trainer = client_of("coordination"), client_of("trainer")
    assert coordination.post(address, sent | {"partner": str(team.pk)}).status_code == 302
    assert "Les Tilleuls" in text(coordination.get("/formation/accompagnements/"))
    assert "Les Tilleuls" not in text(trainer.get(address))
    for wrong in (
        {"partner": str(team.pk)},
        {},
        {"professional": str(yanis.pk)},
        {"professional": str(yanis.pk), "head_count": "1", "happened_on": "2999-01-01"},
    ):
        assert trainer.post(address, sent | wrong).status_code == 422
    assert trainer.post(address, sent | {"professional": str(yanis.pk), "head_count": "1"}).status_code == 302
    page = text(trainer.get("/formation/accompagnements/"))
    assert "Yanis Faure" in page
    assert "6 personnes" not in page
