"""Rules of sessions, enrolment and attendance."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.journal.models import JournalLine
from cms.journal.services import acting_as_journal
from cms.partners.models import Partner
from formation.attendance.services.attendance import attendance_record
from formation.closure.services import session_cancel, session_close
from formation.enums import Period, SessionState, Status
from formation.models import Attendance, Enrolment, Professional
from formation.people.rules import PersonFacts
from formation.people.services.people import enrol, enrolment_cancel, professional_register
from formation.sessions.services.sessions import SessionFacts, session_plan
from formation.support.services import support_act_record
from tests.formation.conftest import days_pass

DAY = dt.date(2026, 3, 10)


def planned(cast, *, planned_by=None, **changes):
    facts = {
        "module_code": "M1",
        "starts_on": DAY,
        "ends_on": DAY,
        "half_days": [(DAY, Period.MORNING, Decimal("3.5"))],
        "trainers": [cast["trainer"]],
    }
    return session_plan(SessionFacts(**(facts | changes)), planned_by=planned_by or cast["trainer"])


def test_a_session_keeps_the_words_of_its_module(acting_as, cast):
    with acting_as("trainer"):
        session = planned(cast)
        assert session.title == session.clause.content["title"]
        assert session.clause.code == "M1"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"module_code": "X9"}, "module_code"),
        ({"half_days": []}, "half_days"),
        ({"half_days": [(DAY + dt.timedelta(days=1), Period.MORNING, Decimal("3"))]}, "half_days"),
        ({"half_days": [(DAY, Period.MORNING, Decimal("3"))] * 2}, "half_days"),
        ({"half_days": [(DAY, Period.MORNING, Decimal("9"))]}, "__all__"),
        ({"ends_on": DAY - dt.timedelta(days=1), "half_days": [(DAY, Period.MORNING, Decimal("3"))]}, "half_days"),
        ({"trainers": []}, "trainers"),
    ],
)
def test_an_impossible_session_is_refused(acting_as, cast, changes, field):
    with acting_as("trainer"), pytest.raises(ValidationError) as caught:
        planned(cast, **changes)
    assert field in caught.value.message_dict


def test_somebody_without_the_role_does_not_teach(acting_as, cast):
    with acting_as("coordination"), pytest.raises(ValidationError) as caught:
        planned(cast, trainers=[cast["editor"]], planned_by=cast["coordination"])
    assert "trainers" in caught.value.message_dict


def test_two_trainers_teach_together(acting_as, cast):
    with acting_as("trainer"):
        session = planned(cast, trainers=[cast["trainer_b"], cast["trainer"]])
        assert session.trainers.count() == 2


def test_a_person_is_entered_once(acting_as, cast):
    with acting_as("coordination"):
        facts, by = {"last_name": "Durand", "first_name": "Léa"}, cast["coordination"]
        by_mail = professional_register(PersonFacts(**facts, email="lea@exemple.fr"), by=by)
        assert (
            professional_register(PersonFacts(**(facts | {"first_name": "Lea"}), email="LEA@exemple.fr"), by=by)
            == by_mail
        )
        by_name = professional_register(PersonFacts(**facts, employer_name="Foyer du Lac"), by=by)
        assert by_name != by_mail
        assert (
            professional_register(
                PersonFacts(**(facts | {"last_name": "DURAND"}), employer_name="foyer du lac"), by=by
            )
            == by_name
        )
        assert professional_register(PersonFacts(**facts, employer_name="Autre foyer"), by=by) != by_name


def test_a_person_with_an_account_reads_the_own_training(acting_as, cast):
    with acting_as("coordination"):
        person = professional_register(
            PersonFacts(last_name="Moreau", first_name="Adam", email=cast["educator_a"].email), by=cast["coordination"]
        )
    assert person.user == cast["educator_a"]


def test_enrolment_freezes_profession_and_employer(acting_as, cast, enrolments):
    row = enrolments["Nadia"]
    with acting_as("coordination"):
        person = row.professional
        person.profession_id, person.employer = "profession:PSYCHO", Partner.objects.get(code_name="Aubépine")
        person.save()
        row.refresh_from_db()
        assert row.profession_id == "profession:EDUC-SPE"
        assert row.employer.code_name == "Les Tilleuls"


def test_nobody_enrols_twice_and_a_cancelled_place_comes_back(acting_as, cast, sessions, enrolments):
    row = enrolments["Nadia"]
    with acting_as("coordination"):
        with pytest.raises(ValidationError, match="déjà inscrite"):
            enrol(session=sessions["trainer"], professional=row.professional, by=cast["coordination"])
        enrolment_cancel(enrolment=row, by=cast["coordination"])
        again = enrol(session=sessions["trainer"], professional=row.professional, by=cast["coordination"])
        assert again.pk == row.pk
        assert again.cancelled_at is None


def test_a_full_session_takes_nobody(acting_as, cast, sessions):
    with acting_as("coordination"):
        session = sessions["trainer_b"]
        session.capacity = 1
        session.save()
        with pytest.raises(ValidationError, match="complète"):
            enrol(session=session, professional=Professional.objects.get(first_name="Nadia"), by=cast["coordination"])


def test_who_teaches_a_session_is_not_enrolled_in_it(acting_as, cast, sessions):
    with acting_as("coordination"):
        person = professional_register(
            PersonFacts(last_name="Belkacem", first_name="Farid", email=cast["trainer"].email), by=cast["coordination"]
        )
        with pytest.raises(ValidationError, match="anime"):
            enrol(session=sessions["trainer"], professional=person, by=cast["coordination"])


def record(sessions, half_day, marks, by, **more):
    return attendance_record(session=sessions["trainer"], half_day=half_day, marks=marks, by=by, **more)


def test_the_trainer_records_and_the_journal_keeps_both_values(acting_as, cast, sessions, enrolments, half_days):
    pk = enrolments["Nadia"].pk
    with acting_as("trainer"):
        assert len(record(sessions, half_days[0], {pk: Status.PRESENT}, cast["trainer"])) == 1
        assert record(sessions, half_days[0], {pk: Status.PRESENT}, cast["trainer"]) == []
        record(sessions, half_days[0], {pk: Status.EXCUSED}, cast["trainer"])
        assert Attendance.objects.get(enrolment=pk).status == Status.EXCUSED
    lines = journal_details("formation.attendance.record")
    assert [line["marks"][str(pk)] for line in lines] == [[None, "present"], ["present", "excused"]]


def journal_details(action):
    with acting_as_journal():
        return list(JournalLine.objects.filter(action=action).order_by("id").values_list("details", flat=True))


def test_somebody_not_enrolled_is_refused_and_nothing_is_written(acting_as, cast, sessions, enrolments, half_days):
    with acting_as("coordination"):
        stranger = Enrolment.objects.get(session=sessions["trainer_b"])
    with acting_as("trainer"):
        marks = {enrolments["Nadia"].pk: Status.PRESENT, stranger.pk: Status.PRESENT}
        with pytest.raises(ValidationError, match="inscrite"):
            record(sessions, half_days[0], marks, cast["trainer"])
        assert not Attendance.objects.exists()


def test_a_cancelled_enrolment_takes_no_presence(acting_as, cast, sessions, enrolments, half_days):
    with acting_as("trainer"):
        enrolment_cancel(enrolment=enrolments["Nadia"], by=cast["trainer"])
        with pytest.raises(ValidationError, match="inscrite"):
            record(sessions, half_days[0], {enrolments["Nadia"].pk: Status.PRESENT}, cast["trainer"])


def test_a_half_day_of_another_session_is_refused(acting_as, cast, sessions, enrolments):
    with acting_as("trainer"):
        foreign = sessions["trainer_b"].half_days.first()
        with pytest.raises(ValidationError, match="autre session"):
            record(sessions, foreign, {enrolments["Nadia"].pk: Status.PRESENT}, cast["trainer"])


def test_a_half_day_to_come_is_refused(acting_as, cast, sessions, enrolments, half_days):
    before = timezone.now() - dt.timedelta(days=3)
    with acting_as("trainer"), pytest.raises(ValidationError, match="à venir"):
        record(sessions, half_days[-1], {enrolments["Nadia"].pk: Status.PRESENT}, cast["trainer"], at=before)


def test_an_unknown_status_is_refused(acting_as, cast, sessions, enrolments, half_days):
    with acting_as("trainer"), pytest.raises(ValidationError, match="pas une présence"):
        record(sessions, half_days[0], {enrolments["Nadia"].pk: "asleep"}, cast["trainer"])


def test_after_48_hours_only_the_coordination_corrects_with_a_reason(acting_as, cast, sessions, enrolments, half_days):
    pk, late = enrolments["Nadia"].pk, timezone.now() + dt.timedelta(hours=49)
    with acting_as("trainer"):
        record(sessions, half_days[0], {pk: Status.ABSENT}, cast["trainer"])
        record(sessions, half_days[0], {pk: Status.EXCUSED}, cast["trainer"], at=late - dt.timedelta(hours=2))
        with pytest.raises(ValidationError, match="48 heures"):
            record(sessions, half_days[0], {pk: Status.PRESENT}, cast["trainer"], at=late)
    with acting_as("coordination"):
        with pytest.raises(ValidationError, match="motif"):
            record(sessions, half_days[0], {pk: Status.PRESENT}, cast["coordination"], at=late)
        facts = {"at": late, "reason": "Feuille papier retrouvée"}
        record(sessions, half_days[0], {pk: Status.PRESENT}, cast["coordination"], **facts)
        assert Attendance.objects.get(enrolment=pk).status == Status.PRESENT


def test_a_session_closes_once_everybody_is_marked(acting_as, cast, sessions, enrolments, half_days):
    days_pass(1)
    with acting_as("trainer"):
        with pytest.raises(ValidationError, match="16 présences"):
            session_close(session=sessions["trainer"], by=cast["trainer"])
        for half_day in sessions["trainer"].half_days.all():
            marks = {row.pk: Status.PRESENT for row in enrolments.values()}
            record(sessions, half_day, marks, cast["trainer"])
        session = session_close(session=sessions["trainer"], by=cast["trainer"])
        assert session.state == SessionState.HELD
        with pytest.raises(ValidationError, match="fermées"):
            enrol(session=session, professional=enrolments["Nadia"].professional, by=cast["trainer"])
        with pytest.raises(ValidationError, match="déjà"):
            session_cancel(session=session, by=cast["trainer"])


def test_a_session_to_come_does_not_close_and_a_cancelled_one_takes_no_presence(acting_as, cast, sessions):
    session = sessions["trainer_b"]
    with acting_as("trainer_b"):
        with pytest.raises(ValidationError, match="vous la clorez ensuite"):
            session_close(session=session, by=cast["trainer_b"])
        session = session_cancel(session=session, by=cast["trainer_b"])
        with pytest.raises(ValidationError, match="annulée"):
            attendance_record(
                session=session,
                half_day=session.half_days.first(),
                marks={Enrolment.objects.get(session=session).pk: Status.PRESENT},
                by=cast["trainer_b"],
            )


def test_a_marked_person_stays_on_the_sheet(acting_as, cast, sessions, enrolments, half_days):
    row = enrolments["Nadia"]
    with acting_as("trainer"):
        record(sessions, half_days[0], {row.pk: Status.ABSENT}, cast["trainer"])
        with pytest.raises(ValidationError, match="notez-la absente"):
            enrolment_cancel(enrolment=row, by=cast["trainer"])


def test_acts_of_support_are_dated_and_have_somebody(acting_as, cast):
    today = timezone.localdate()
    with acting_as("coordination"):
        facts = {"kind_id": "type_acte:VISITE", "happened_on": today, "by": cast["coordination"]}
        partner = Partner.objects.get(code_name="Les Tilleuls")
        assert support_act_record(**facts, partner=partner, head_count=4).head_count == 4
        with pytest.raises(ValidationError):
            support_act_record(**facts)
        with pytest.raises(ValidationError):
            support_act_record(**facts | {"happened_on": today + dt.timedelta(days=1)}, partner=partner)
        with pytest.raises(ValidationError):
            support_act_record(**facts | {"kind_id": "profession:PSYCHO"}, partner=partner)
