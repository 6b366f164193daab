"""Visits: what is seen before it is sent, what silence accepts, what two people decide, what is frozen."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from cms.journal.models import JournalLine
from cms.notify.models import Obligation
from cms.partners.models import Partner
from cms.wall import scope
from referentiel.derogations.services import derogation_agree, derogation_ask, derogation_revoke
from referentiel.enums import VisitState
from referentiel.models import ConfirmedMark, Observation, Visit, VisitMark
from referentiel.visits.rules import NEXT
from referentiel.visits.selectors.marks import confirmed_marks, failing_marks
from referentiel.visits.services.reminders import standards_follow, visits_silence
from referentiel.visits.services.visits import (
    Answer,
    MarkProposal,
    mark_confirm,
    marks_confirm_agreed,
    observations_send,
    observations_write,
    visit_cancel,
    visit_close,
    visit_marks_write,
    visit_open,
    visit_send,
)
from tests.cast.visits import ANSWERS, MARKS, TODAY, answered, confirmed, prepared, sent, sent_assessment
from tests.journal.sql import as_owner, run
from tests.notify.steps import messages_leave, obligations_end

LATE = TODAY + dt.timedelta(days=31)
pytestmark = pytest.mark.django_db


def of_another_given_up(acting_as, cast) -> None:
    """The visit that the cast of Aubépine has to answer is out of the way."""
    with acting_as("coordination"):
        row = Visit.objects.get(partner__code_name="Aubépine")
        visit_cancel(visit=row, reason="Reportée.", by=cast["coordination"])


def test_the_coordination_marks_beside_the_structure_and_says_why(cast, acting_as):
    assessment = sent_assessment()
    with acting_as("coordination"):
        row = visit_open(partner=assessment.partner, kind="visit", by=cast["coordination"])
        assert row.assessment == assessment
        for marks, field, sentence in (
            ({"E1.4": MarkProposal("3")}, "E1.4_comment", "constaté"),
            ({"E1.8": MarkProposal("2")}, "E1.8_comment", "constaté"),
            ({"E1.3": MarkProposal("nc", "Vu.")}, "E1.3", "concerne toutes"),
            ({"E1.3": MarkProposal("7", "Vu.")}, "E1.3", "réponse de la liste"),
            ({"Z9": MarkProposal("4")}, "Z9", "pas dans la version"),
        ):
            with pytest.raises(ValidationError, match=sentence) as refused:
                visit_marks_write(visit=row, marks=marks, by=cast["coordination"])
            assert list(refused.value.error_dict) == [field]
        with pytest.raises(ValidationError, match="au moins une"):
            visit_send(visit=row, visited_on=TODAY, summary="", by=cast["coordination"])
        assert visit_marks_write(visit=row, marks=MARKS, by=cast["coordination"]) == 3
        assert visit_marks_write(visit=row, marks=MARKS, by=cast["coordination"]) == 0
        assert visit_marks_write(visit=row, marks={"E1.4": MarkProposal("")}, by=cast["coordination"]) == 1
        with pytest.raises(ValidationError, match="déjà en cours"):
            visit_open(partner=assessment.partner, kind="desk", by=cast["coordination"])
    with acting_as("director_a"), pytest.raises(ValidationError, match="coordination seule"):
        visit_open(partner=assessment.partner, kind="desk", by=cast["director_a"])


def test_nobody_sees_a_mark_before_it_is_sent_and_only_its_structure_after(cast, acting_as):
    row = prepared()
    for key in ("director_a", "educator_a", "director_b", "gendarme", "trainer", "editor"):
        with acting_as(key):
            assert not Visit.objects.filter(pk=row.pk).exists()
            assert not VisitMark.objects.filter(visit=row).exists()
            assert not Visit.objects.filter(pk=row.pk).update(summary="x")
    with acting_as("coordination"):
        visit_send(visit=row, visited_on=TODAY, summary="", by=cast["coordination"])
        with pytest.raises(ValidationError, match="ne changent plus"):
            visit_marks_write(visit=row, marks={"E1.4": MarkProposal("1", "Vu.")}, by=cast["coordination"])
        assert not VisitMark.objects.filter(visit=row).update(value="1")
    for key, seen in {"director_a": 3, "educator_a": 3, "direction": 3, "director_b": 0, "gendarme": 0}.items():
        with acting_as(key):
            assert VisitMark.objects.filter(visit=row).count() == seen, key


def test_what_the_team_writes_is_its_own_until_it_is_sent(cast, acting_as):
    row = sent()
    with acting_as("educator_a"):
        assert observations_write(visit=row, answers=ANSWERS, by=cast["educator_a"]) == 2
        with pytest.raises(ValidationError, match="La direction"):
            observations_send(visit=row, by=cast["educator_a"])
        with pytest.raises(IntegrityError, match="visit_answer"), transaction.atomic():
            Visit.objects.filter(pk=row.pk).update(answer_by=LATE)
    for key in ("coordination", "director_b"):
        with acting_as(key):
            assert not Observation.objects.filter(visit=row).exists()
    with acting_as("coordination"), pytest.raises(IntegrityError, match="visit_answer"), transaction.atomic():
        # Nobody answers in the place of the structure.
        Visit.objects.filter(pk=row.pk).update(
            state="answered", answered_by=cast["coordination"], answered_at=row.sent_at, reply_by=LATE
        )
    with acting_as("director_a"):
        observations_send(visit=row, by=cast["director_a"])
        with pytest.raises(ValidationError, match="ne changent plus"):
            observations_write(visit=row, answers={"E1.7": Answer(True)}, by=cast["director_a"])
        assert not Observation.objects.filter(visit=row).update(text="x")
    with acting_as("coordination"):
        assert dict(row.observations.values_list("code", "is_agreed")) == {"E1.3": False, "E1.4": True}
    with acting_as("director_b"):
        assert not Observation.objects.exists()
        forged = Observation(
            visit=row, code="E1.7", is_agreed=True, written_by=cast["director_b"], written_at=row.sent_at
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged.save(force_insert=True)
        with pytest.raises(ValidationError, match="propre structure"):
            observations_write(visit=row, answers={"E1.7": Answer(True)}, by=cast["director_b"])


def test_each_imperative_exigence_is_answered_and_a_refusal_says_why(cast, acting_as):
    row, by = sent(), cast["director_a"]
    with acting_as("director_a"):
        with pytest.raises(ValidationError, match="pas d’accord") as refused:
            observations_write(visit=row, answers={"E1.3": Answer(False, " ")}, by=by)
        assert list(refused.value.error_dict) == ["E1.3_text"]
        with pytest.raises(ValidationError, match="n’attend pas"):
            observations_write(visit=row, answers={"E1.5": Answer(True)}, by=by)
        observations_write(visit=row, answers={"E1.3": Answer(True)}, by=by)
        with pytest.raises(ValidationError, match=r"impérative : E1\.4\."):
            observations_send(visit=row, by=by)


def test_the_coordination_decides_once_answers_and_closes(cast, acting_as, mailoutbox):
    row, by = answered(), cast["coordination"]
    with acting_as("coordination"):
        with pytest.raises(ValidationError, match=r"E1\.3, E1\.4, E1\.7"):
            visit_close(visit=row, closing="Merci.", by=by)
        with pytest.raises(IntegrityError, match="visit_undecided"), transaction.atomic():
            Visit.objects.filter(pk=row.pk).update(state="closed", closed_by=by, closed_at=row.sent_at)
        for value, reply, sentence in (
            ("2", "", "Répondez"),
            ("3", "", "Répondez"),
            ("1", "Vu.", "nouvelle visite"),
            ("nc", "Vu.", "concerne toutes"),
        ):
            with pytest.raises(ValidationError, match=sentence):
                mark_confirm(visit=row, code="E1.3", value=value, reply=reply, by=by)
        # E1.7 is standard and was answered without a word; E1.4 was agreed on.
        assert marks_confirm_agreed(visit=row, by=by) == 2
        mark_confirm(visit=row, code="E1.3", value="2", reply="Le contrat n’est pas signé.", by=by)
        with pytest.raises(ValidationError, match="autre personne"):
            mark_confirm(visit=row, code="E1.3", value="3", reply="Vu.", by=by)
        visit_close(visit=row, closing="Le prochain examen portera sur les nuits.", by=by)
        assert not ConfirmedMark.objects.filter(code="E1.3").exclude(value="2")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            ConfirmedMark.objects.filter(visit=row).update(value="4")
        with pytest.raises(IntegrityError, match="visit_frozen"), transaction.atomic():
            Visit.objects.filter(pk=row.pk).update(closing="Autre.")
        origins = dict(confirmed_marks().filter(visit=row).values_list("code", "origin"))
        assert origins == {"E1.3": "decided", "E1.4": "agreed", "E1.7": "agreed"}
    messages_leave()
    mine = [message for message in mailoutbox if "director-a@havre.example" in message.to]
    subjects = {message.subject.replace("\xa0", " ") for message in mine}
    # The observations are given before the job ran: nobody is asked for them any more.
    assert {"Havre : une décision vous attend", "Havre : une lettre vous attend"} <= subjects
    assert "Havre : des observations sont attendues" not in subjects
    assert not any(word in message.body for message in mailoutbox for word in ("Tilleuls", "E1.3", "veilleuse"))
    with acting_as("direction"):
        actions = set(JournalLine.objects.filter(object_id=row.pk).values_list("action", flat=True))
    verbs = {"open", "mark", "send", "observe", "answer", "agree", "decide", "close"}
    assert actions >= {f"referentiel.visit.{verb}" for verb in verbs}


def test_silence_accepts_what_is_standard_and_nothing_imperative(cast, acting_as):
    row = sent()
    of_another_given_up(acting_as, cast)
    assert visits_silence(on=TODAY + dt.timedelta(days=30)) == 0
    assert visits_silence(on=LATE) == 1
    assert visits_silence(on=LATE) == 0
    with acting_as("coordination"):
        row.refresh_from_db()
        assert (row.state, row.reply_by) == ("unanswered", LATE + dt.timedelta(days=15))
        assert list(row.confirmed.values_list("code", "origin")) == [("E1.7", "silence")]
        assert not failing_marks()
        with pytest.raises(ValidationError, match="sur quoi la structure"):
            marks_confirm_agreed(visit=row, by=cast["coordination"])
    # Late, the structure is still heard on what stays open, and on nothing else.
    with acting_as("director_a"):
        with pytest.raises(ValidationError, match="n’attend pas"):
            observations_write(visit=row, answers={"E1.7": Answer(False, "Non.")}, by=cast["director_a"])
        observations_write(visit=row, answers=ANSWERS, by=cast["director_a"])
        observations_send(visit=row, by=cast["director_a"])
    with acting_as("coordination"):
        mark_confirm(visit=row, code="E1.3", value="2", reply="Vu sur le planning.", by=cast["coordination"])
        assert [mark.code for mark in failing_marks()] == ["E1.3"]


def test_no_imperative_exigence_is_confirmed_by_silence_whoever_writes_it(cast, acting_as):
    row = sent()
    with as_owner(), pytest.raises(IntegrityError, match="confirmed_mark_never_by_silence"), transaction.atomic():
        run(
            """INSERT INTO referentiel_confirmedmark (id, visit_id, partner_id, code, level, value, origin, reply,
               decided_at) VALUES (gen_random_uuid(), %s, %s, 'E1.3', 'imperative', '2', 'silence', '', now())""",
            row.pk,
            row.partner_id,
        )


def test_the_database_holds_the_table_of_states(cast, acting_as):
    row = sent()
    allowed = {(before, after) for before, following in NEXT.items() for after in following}
    whole = "answered_at = now(), answered_by_id = opened_by_id, silent_at = now(), reply_by = current_date"
    for before, after in itertools.permutations(VisitState.values, 2):
        ends = {
            "closed": ", closed_at = now(), closed_by_id = opened_by_id",
            "cancelled": ", cancelled_at = now(), cancelled_by_id = opened_by_id, cancel_reason = 'x'",
        }
        with as_owner(triggers=False), transaction.atomic():
            run(
                f"UPDATE referentiel_visit SET state = %s, {whole}{ends.get(before, '')} WHERE id = %s", before, row.pk
            )
        sql = f"UPDATE referentiel_visit SET state = '{after}'{ends.get(after, '')} WHERE id = '{row.pk}'"
        refused = refusal_of(sql)
        assert (refused not in ("visit_step", "visit_frozen")) == ((before, after) in allowed), (
            before,
            after,
            refused,
        )
        with as_owner(triggers=False), transaction.atomic():
            run(
                "UPDATE referentiel_visit SET state = 'draft', closed_at = NULL, closed_by_id = NULL WHERE id = %s",
                row.pk,
            )


def refusal_of(sql: str) -> str:
    """Name of the rule that refuses a change, as the job of the morning would try it; empty when none does."""
    with as_owner(), scope.acting(scope.NOTIFY):
        try:
            with transaction.atomic():
                run(sql)
                transaction.set_rollback(True)
        except IntegrityError as error:
            return error.__cause__.diag.constraint_name or ""
    return ""


def test_a_visit_given_up_says_why_and_frees_the_structure(cast, acting_as):
    row, by = prepared(), cast["coordination"]
    with acting_as("coordination"):
        with pytest.raises(ValidationError, match="pourquoi"):
            visit_cancel(visit=row, reason=" ", by=by)
        visit_cancel(visit=row, reason="Mauvaise structure.", by=by)
        with pytest.raises(ValidationError, match="rechargez"):
            visit_send(visit=row, visited_on=TODAY, summary="", by=by)
    with acting_as("director_a"):
        assert not Visit.objects.filter(pk=row.pk).exists()
    assert prepared().pk != row.pk


def test_the_latest_confirmed_mark_counts_and_regaining_puts_back(cast, acting_as):
    confirmed("E1.3", "2")
    with acting_as("coordination"):
        assert [(mark.partner.code_name, mark.code) for mark in failing_marks()] == [("Les Tilleuls", "E1.3")]
    confirmed("E1.3", "3")
    with acting_as("coordination"):
        assert confirmed_marks().get(code="E1.3").value == "3"
        assert not failing_marks()
    with acting_as("director_b"):
        assert not confirmed_marks()


def test_an_exigence_that_is_no_longer_imperative_stops_nobody(cast, acting_as, publish_next, exigence):
    confirmed("E1.3", "1")
    exigence.level = "standard"
    publish_next()
    with acting_as("coordination"):
        assert confirmed_marks().get(code="E1.3").value == "1"
        assert not failing_marks()


def test_a_derogation_takes_two_coordinators_and_ends_by_itself(cast, acting_as):
    confirmed("E1.3", "2")
    day = dt.timedelta(days=1)
    with acting_as("coordination"):
        tilleuls, by = Partner.objects.get(code_name="Les Tilleuls"), cast["coordination"]
        facts = {"partner": tilleuls, "code": "E1.3", "reason": "Recrutement en cours, nuits tenues par le siège."}
        for wrong, sentence in (
            ({"code": "E1.7"}, "impérative"),
            ({"ends_on": TODAY - day}, "dans les 180 jours"),
            ({"ends_on": TODAY + 181 * day}, "dans les 180 jours"),
        ):
            with pytest.raises(ValidationError, match=sentence):
                derogation_ask(**{**facts, "ends_on": TODAY + 30 * day, **wrong}, by=by)
        row = derogation_ask(**facts, ends_on=TODAY + 30 * day, by=by)
        rows = type(row).objects.filter(code="E1.3")
        with pytest.raises(ValidationError, match="attend déjà"):
            derogation_ask(**facts, ends_on=TODAY + 30 * day, by=by)
        with pytest.raises(ValidationError, match="une autre personne"):
            derogation_agree(derogation=row, by=by)
        with pytest.raises(IntegrityError, match="derogation_two_people"), transaction.atomic():
            rows.update(agreed_by=by, agreed_at=row.asked_at)
        assert failing_marks().exists()
    with acting_as("director_a"):
        assert not rows.exists()
    with acting_as("direction"):
        derogation_agree(derogation=row, by=cast["direction"])
        assert not failing_marks().exists()
        assert failing_marks(at=row.asked_at + 31 * day).exists()
        with pytest.raises(IntegrityError, match="two_people_guard"), transaction.atomic():
            rows.update(ends_on=TODAY + 90 * day)
    for key, count in {"director_a": 1, "director_b": 0}.items():
        with acting_as(key):
            assert rows.count() == count
            assert not rows.update(revoke_reason="x")
    with acting_as("coordination"):
        derogation_revoke(derogation=row, reason="Les nuits ne sont plus tenues.", by=cast["coordination"])
        assert failing_marks().exists()
        with pytest.raises(ValidationError, match="n’attend plus"):
            derogation_agree(derogation=row, by=cast["coordination"])


def told(mailoutbox, *, on: dt.date) -> list[str]:
    """Who receives what, once the job of the morning and that of each minute have run on this day."""
    mailoutbox.clear()
    standards_follow(on=on)
    messages_leave(on)
    assert not any(word in message.body for message in mailoutbox for word in ("Tilleuls", "E1.3"))
    return sorted(f"{message.to[0].split('@')[0]}: {message.subject[8:]}" for message in mailoutbox)


def test_each_side_is_reminded_once_a_step_and_never_of_whom(cast, acting_as, mailoutbox):
    obligations_end()
    sent()
    of_another_given_up(acting_as, cast)
    messages_leave(TODAY)
    observe = "director-a: des observations sont attendues"
    for days, who in ((0, []), (19, []), (20, [observe]), (20, []), (27, [observe]), (30, [])):
        assert told(mailoutbox, on=TODAY + dt.timedelta(days=days)) == who, days
    visits_silence(on=LATE)
    # The director is told that the delay is over; the coordination, that its own begins to run out.
    assert told(mailoutbox, on=LATE) == ["director-a: une visite attend toujours votre réponse"]
    digest = ["coordination: votre récapitulatif du matin"]
    assert told(mailoutbox, on=LATE + dt.timedelta(days=12)) == digest
    assert told(mailoutbox, on=LATE + dt.timedelta(days=16)) == digest
    with acting_as("director_a"):
        assert Obligation.objects.open().filter(kind="standards_silence").exists()
        assert not Obligation.objects.open().filter(kind="standards_answer").exists()
    with acting_as("director_b"):
        assert not Obligation.objects.open().filter(kind__startswith="standards_").exists()


def test_the_job_alone_says_that_a_delay_is_over(cast, acting_as):
    row = sent()
    for key in ("coordination", "director_a"):
        with acting_as(key), pytest.raises(DatabaseError), transaction.atomic():
            Visit.objects.filter(pk=row.pk).update(state="unanswered", silent_at=row.sent_at, reply_by=TODAY)
        with acting_as(key), pytest.raises(DatabaseError, match="their own job"), transaction.atomic():
            run("SELECT visits_silence(%s, 1)", LATE)
    with acting_as("coordination"):
        assert run("SELECT count(*) FROM standards_owed(%s, 400, 400, 400)", TODAY) == [(0,)]
