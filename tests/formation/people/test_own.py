"""Enrolling by oneself: known or not, in a full session, and giving the place back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from formation.attendance.services.attendance import attendance_record
from formation.enums import Status
from formation.models import Enrolment, Professional, Session, SessionNotice, WaitingEntry
from formation.people.rules import OwnFacts, PersonFacts
from formation.people.services.own import enrol_own, enrol_own_end
from formation.people.services.people import professional_register


def text(answer) -> str:
    return answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


def own(acting_as, key) -> set:
    with acting_as(key):
        return set(Enrolment.objects.live().values_list("session", flat=True))


def test_somebody_known_enrols_in_one_press_and_gives_the_place_back(acting_as, client_of, sessions):
    other, client = sessions["trainer_b"], client_of("trainee")
    page = text(client.get(f"/formation/sessions/{other.pk}/"))
    assert "M’inscrire" in page
    form = text(client.get(f"/formation/sessions/{other.pk}/m-inscrire/"))
    assert "Votre profession" not in form
    assert client.post(f"/formation/sessions/{other.pk}/m-inscrire/").status_code == 302
    assert client.post(f"/formation/sessions/{other.pk}/m-inscrire/").status_code == 422
    with acting_as("trainee"):
        row = Enrolment.objects.get(session=other)
        assert row.profession_id == "profession:EDUC-RUE"
        assert SessionNotice.objects.get(enrolment=row).kind == "invited"
    page = text(client.get(f"/formation/sessions/{other.pk}/"))
    assert "Rendre ma place" in page
    assert client.post(f"/formation/inscriptions/{row.pk}/rendre/").status_code == 302
    assert other.pk not in own(acting_as, "trainee")
    # Back again: one enrolment, live.
    assert client.post(f"/formation/sessions/{other.pk}/m-inscrire/").status_code == 302
    with acting_as("coordination"):
        assert Enrolment.objects.filter(session=other, professional=row.professional_id).count() == 1


def test_somebody_unknown_says_who_they_are_once(acting_as, cast, client_of, sessions):
    client, other = client_of("gendarme"), sessions["trainer_b"]
    address = f"/formation/sessions/{other.pk}/m-inscrire/"
    assert client.post(address, {}).status_code == 422
    facts = {"profession": "profession:GENDARME", "employer_type": "type_employeur:GENDARMERIE", "territory": "59"}
    assert client.post(address, facts).status_code == 302
    with acting_as("coordination"):
        person = Professional.objects.get(user=cast["gendarme"])
        assert (person.last_name, person.email, person.territory_id) == ("Roche", cast["gendarme"].email, "59")
        assert person.employer_id is None
    with acting_as("trainer_b"):
        assert Enrolment.objects.filter(session=other, professional=person).exists()


def test_a_member_of_a_structure_is_of_its_team(acting_as, cast, client_of, sessions):
    address = f"/formation/sessions/{sessions['trainer_b'].pk}/m-inscrire/"
    assert client_of("educator_a").post(address, {"profession": "profession:EDUC-SPE"}).status_code == 302
    with acting_as("director_a"):
        row = Enrolment.objects.get(professional__user=cast["educator_a"])
        assert row.employer.code_name == "Les Tilleuls"
        assert row.employer_type_id == "type_employeur:STRUCTURE"
    with acting_as("director_b"):
        assert not Enrolment.objects.filter(pk=row.pk).exists()


def test_a_file_entered_with_the_address_of_the_account_is_that_person(acting_as, cast, sessions):
    with acting_as("coordination"):
        Professional.objects.filter(email=cast["ase"].email).delete()
        known = professional_register(
            PersonFacts(last_name="Garnier", first_name="Sonia", email="sonia@exemple.fr"), by=cast["coordination"]
        )
        Professional.objects.filter(pk=known.pk).update(email=cast["ase"].email.upper())
    with acting_as("ase"):
        enrol_own(session=sessions["trainer_b"], by=cast["ase"], facts=OwnFacts(profession_id="profession:CPE"))
        assert Professional.objects.get().pk == known.pk


def test_a_full_session_gives_a_place_in_the_queue(acting_as, cast, client_of, sessions):
    other = sessions["trainer_b"]
    with acting_as("coordination"):
        Session.objects.filter(pk=other.pk).update(capacity=1)
    client = client_of("trainee")
    answer = client.post(f"/formation/sessions/{other.pk}/m-inscrire/", follow=True)
    assert "attendez une place" in text(answer)
    assert client.post(f"/formation/sessions/{other.pk}/m-inscrire/").status_code == 422
    with acting_as("trainee"):
        assert WaitingEntry.objects.filter(session=other).count() == 1
    assert other.pk not in own(acting_as, "trainee")


def test_nobody_enrols_in_what_they_teach_or_what_is_over(acting_as, cast, sessions):
    with acting_as("trainer"), pytest.raises(ValidationError, match="animez"):
        enrol_own(session=sessions["trainer"], by=cast["trainer"], facts=OwnFacts(profession_id="profession:EDUC-SPE"))
    with acting_as("coordination"):
        Session.objects.filter(pk=sessions["trainer_b"].pk).update(state="cancelled")
    with acting_as("trainee"):
        with pytest.raises(ValidationError, match="fermées"):
            enrol_own(session=sessions["trainer_b"], by=cast["trainee"])
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM enrol_own(%s)", [sessions["trainer_b"].pk])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM enrol_own(%s)", [sessions["trainer"].pk])


def test_nobody_gives_back_the_place_of_another_nor_one_already_taken(
    acting_as, cast, client_of, enrolments, sessions, half_days
):
    assert client_of("trainee").post(f"/formation/inscriptions/{enrolments['Hugo'].pk}/rendre/").status_code == 404
    assert client_of("director_b").post(f"/formation/inscriptions/{enrolments['Hugo'].pk}/rendre/").status_code == 404
    with acting_as("trainee"), pytest.raises(ValidationError):
        enrol_own_end(enrolment=enrolments["Hugo"], by=cast["trainee"])
    with acting_as("trainer"):
        marks = {enrolments["Yanis"].pk: Status.PRESENT}
        at = timezone.now() + dt.timedelta(hours=1)
        attendance_record(session=sessions["trainer"], half_day=half_days[0], marks=marks, by=cast["trainer"], at=at)
    with acting_as("trainee"), pytest.raises(ValidationError, match="déjà relevée"):
        enrol_own_end(enrolment=enrolments["Yanis"], by=cast["trainee"])
