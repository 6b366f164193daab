"""Questionnaires: asked as frozen, answered once and in time, shown to whom they are for."""

import datetime as dt
import io
import re

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from cms.wall import scope
from formation.attendance.rules import typed_code
from formation.attendance.services.attendance import attendance_record
from formation.attendance.services.signatures import WalkInFacts, walk_in_ask
from formation.attendance.services.walk_ins import walk_in_accept, walk_in_refuse
from formation.attestations.papers import _result
from formation.attestations.services.attestations import attestations_issue
from formation.closure.services import session_close
from formation.common.rules import CodeRefusalError
from formation.curriculum.rules import questions_of
from formation.enums import AnswerWay, Moment, Status, Way
from formation.models import AnswerSheet, Enrolment, HalfDay, ModulePage, Satisfaction, Session, SessionNotice, WalkIn
from formation.people.rules import PersonFacts
from formation.people.services.people import enrol, enrolment_cancel, professional_register, result_record
from formation.questions.rules import SATISFACTION, confidence_of, knowledge_of
from formation.questions.selectors import modules_evaluated, opinions_of, results_of
from formation.questions.services import answers_give, questionnaire_open
from formation.sessions.rules import answer_read, answer_token
from formation.sessions.services.notices import notices_hand_over
from tests.formation.conftest import days_pass
from tests.notify.steps import messages_leave, obligations_end
from tests.retention.steps import erase_what_is_due

GOOD = dict.fromkeys([name for name, _ in SATISFACTION], 4) | {"comment": ""}


def text(answer) -> str:
    return answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ")


def answers(session, *, right: bool, mark: int = 2) -> dict:
    """Every scored question right, or every one wrong; the same mark on each scale."""
    found = {}
    for question in questions_of(session.clause.content):
        if question.kind == "scale":
            found[question.key] = mark
        elif question.is_scored:
            found[question.key] = sorted(question.right) if right else []
    return found


def give(session, enrolment, at, *, right=True, mark=2, opinion=GOOD):
    asked = questionnaire_open(person_id=enrolment.pk, at=at)
    opinion = opinion if asked.moment == Moment.AFTER else None
    given = answers(session, right=right, mark=mark)
    return answers_give(questionnaire=asked, way=AnswerWay.LINK, answers=given, opinion=opinion, at=at)


@pytest.fixture
def room(acting_as, cast, held_now):
    """A session of one half-day that began twenty minutes ago: six people, by first name, and when it is over."""
    session, half_day = held_now(people=("Nadia", "Hugo", "Yanis", "Olivier", "Sarah"))
    with acting_as("coordination"):
        person = professional_register(PersonFacts(last_name="Royer", first_name="Lise"), by=cast["coordination"])
        enrol(session=session, professional=person, by=cast["coordination"])
        rows = Enrolment.objects.filter(session=session).select_related("professional")
        session = Session.objects.select_related("clause__version").prefetch_related("half_days").get(pk=session.pk)
        return session, {row.professional.first_name: row for row in rows}, half_day.ends_at


def close(acting_as, cast, session, absent=()):
    """Close the session the day after."""
    days_pass(1)
    with acting_as("trainer_b"):
        for half_day in session.half_days.all():
            rows = Enrolment.objects.live().filter(session=session).select_related("professional")
            marks = {
                row.pk: Status.ABSENT if row.professional.first_name in absent else Status.PRESENT for row in rows
            }
            attendance_record(session=session, half_day=half_day, marks=marks, by=cast["trainer_b"])
        session_close(session=session, by=cast["trainer_b"])


def test_the_questionnaire_is_frozen_with_the_module(acting_as, room):
    session, people, _ = room
    with acting_as("coordination"):
        page = ModulePage.objects.get(code="M1")
        before = [question.text for question in questions_of(session.clause.content)]
        page.questions.pop(0)
        page.save_revision().publish()
        asked = questionnaire_open(person_id=people["Hugo"].pk)
        assert [question.text for question in asked.questions] == before[:3]
        assert len(questions_of(ModulePage.objects.get(code="M1").as_clause())) == len(before) - 1


def test_what_an_answer_is_worth(room):
    session, _, _ = room
    questions = questions_of(session.clause.content)
    assert knowledge_of(questions, answers(session, right=True)) == 100
    assert knowledge_of(questions, answers(session, right=False)) == 0
    several = next(question for question in questions if question.kind == "several")
    # All the right ones and no other: one missing is a wrong answer.
    assert knowledge_of(questions, {several.key: sorted(several.right)[1:]}) == 0
    assert knowledge_of(questions, {several.key: sorted(several.right)}) == 50
    assert [confidence_of(questions, answers(session, right=True, mark=mark)) for mark in (1, 3, 5)] == [0, 50, 100]
    assert confidence_of(questions, {}) is None


def test_each_answers_once_and_in_time(acting_as, cast, room):
    session, people, ends = room
    begins = session.half_days.all()[0].begins_at
    assert give(session, people["Hugo"], begins, right=False)
    assert not give(session, people["Hugo"], begins, right=True)
    with acting_as("coordination"):
        [sheet] = AnswerSheet.objects.all()
        assert (sheet.knowledge, sheet.confidence, sheet.moment) == (0, 25, "before")
    for minutes, why in ((90, "not_yet"), (210 + 9 * 24 * 60, "over")):
        with pytest.raises(CodeRefusalError, match=why):
            questionnaire_open(person_id=people["Hugo"].pk, at=begins + dt.timedelta(minutes=minutes))
    asked = questionnaire_open(person_id=people["Nadia"].pk, at=begins)
    with pytest.raises(CodeRefusalError, match="over"):
        answers_give(questionnaire=asked, way=AnswerWay.LINK, answers={}, at=ends)
    assert give(session, people["Hugo"], ends)
    with acting_as("coordination"):
        enrolment_cancel(enrolment=people["Lise"], by=cast["coordination"])
    with pytest.raises(CodeRefusalError, match="gone"):
        questionnaire_open(person_id=people["Lise"].pk, at=begins)


def test_who_was_absent_is_not_asked(acting_as, cast, room):
    session, people, ends = room
    close(acting_as, cast, session, absent=("Hugo",))
    with pytest.raises(CodeRefusalError, match="absent"):
        questionnaire_open(person_id=people["Hugo"].pk, at=ends)
    assert give(session, people["Nadia"], ends)


def test_a_link_is_signed_and_opens_one_questionnaire(client_of, room):
    _, people, _ = room
    token = answer_token(people["Hugo"].pk, AnswerWay.LINK)
    assert answer_read(token) == (people["Hugo"].pk, "link")
    assert Client().get(f"/formation/questionnaire/{token}/").status_code == 200
    other = answer_token(people["Nadia"].pk, AnswerWay.LINK)
    forged = [token[:-1] + ("A" if token[-1] != "A" else "B"), other[:23] + token[23:], "d" + token[1:], "x", "a.b"]
    for wrong in forged:
        answer = Client().get(f"/formation/questionnaire/{wrong}/")
        assert answer.status_code == 404
        assert "Hugo" not in text(answer)
    page = text(Client().get(f"/formation/questionnaire/{token}/"))
    assert "Hugo" not in page
    assert "Bonne réponse" not in page


def test_answering_from_a_telephone(acting_as, client_of, room):
    session, people, _ = room
    address = f"/formation/questionnaire/{answer_token(people['Yanis'].pk, AnswerWay.LINK)}/"
    phone = Client()
    refused = phone.post(address, {})
    assert refused.status_code == 422
    assert "Choisissez une réponse" in text(refused)
    with acting_as("coordination"):
        assert not AnswerSheet.objects.exists()
    sent = {}
    for question in questions_of(session.clause.content, Moment.BEFORE):
        sent[f"q-{question.key}"] = {"one": "?", "several": ["0", "1", "2"], "scale": "5"}[question.kind]
    assert "reçues" in text(phone.post(address, sent, follow=True))
    assert "reçues" in text(phone.get(address))
    assert "reçues" in text(phone.post(address, sent))
    with acting_as("trainee"):
        [sheet] = AnswerSheet.objects.all()
        assert (sheet.knowledge, sheet.confidence, sheet.way) == (50, 100, "link")
    own = text(client_of("trainee").get("/formation/ma-formation/"))
    assert "questionnaire d’avant" not in own.split(session.title)[1].split("</li>")[0]


def test_one_reaches_the_own_questionnaire_and_no_other(client_of, room):
    _, people, _ = room
    own = client_of("trainee").get(f"/formation/inscriptions/{people['Yanis'].pk}/questionnaire/")
    assert own.status_code == 302
    assert client_of("trainee").get(own.url).status_code == 200
    for key, name in (("trainee", "Hugo"), ("director_b", "Hugo"), ("trainer_b", "Hugo"), ("coordination", "Hugo")):
        assert client_of(key).get(f"/formation/inscriptions/{people[name].pk}/questionnaire/").status_code == 404


def test_on_the_device_of_the_trainer(acting_as, client_of, room):
    session, people, _ = room
    address = f"/formation/sessions/{session.pk}/questionnaires/appareil/"
    for key in ("trainer", "director_b", "trainee"):
        assert client_of(key).get(address).status_code == 404
        assert client_of(key).post(address, {"enrolment": people["Hugo"].pk}).status_code == 404
    trainer = client_of("trainer_b")
    handed = trainer.post(address, {"enrolment": people["Hugo"].pk})
    assert handed.status_code == 302
    assert "Avant de commencer" in text(trainer.get(handed.url))
    give(session, people["Hugo"], timezone.now())
    assert trainer.post(address, {"enrolment": people["Hugo"].pk}).status_code == 422
    assert "Rendez l’appareil" in text(trainer.get(handed.url))


def test_a_walk_in_answers_and_the_answers_follow_the_decision(acting_as, cast, client_of, room):
    session, _, _ = room
    with acting_as("coordination"):
        half_day = HalfDay.objects.select_related("session").get(session=session)
    facts = {"profession_id": "profession:CPE", "employer_type_id": "type_employeur:EDUCATION", "employer_name": ""}
    for name in ("Zoé", "Éva"):
        walk_in_ask(
            half_day=half_day,
            way=Way.QR,
            facts=WalkInFacts(last_name="Vidal", first_name=name, email=f"vidal-{name == 'Zoé'}@exemple.fr", **facts),
        )
    with acting_as("trainer_b"):
        rows = {row.first_name: row for row in WalkIn.objects.filter(session=session)}
    for row in rows.values():
        assert give(session, row, timezone.now(), right=True)
    with acting_as("trainer_b"):
        accepted = walk_in_accept(walk_in=rows["Zoé"], by=cast["trainer_b"])
        walk_in_refuse(walk_in=rows["Éva"], by=cast["trainer_b"])
        sheets = {row.walk_in_id: row for row in AnswerSheet.objects.all()}
        assert sheets[rows["Zoé"].pk].enrolment_id == accepted.pk
        assert sheets[rows["Éva"].pk].answers == {}
        assert results_of(session).before == 1
    # The link that was given at the door goes on serving, for the enrolment.
    asked = questionnaire_open(person_id=rows["Zoé"].pk)
    assert asked.has_answered
    with pytest.raises(CodeRefusalError, match="gone"):
        questionnaire_open(person_id=rows["Éva"].pk)


def test_the_page_of_a_signature_leads_to_it(room):
    session, _, _ = room
    phone = Client()
    phone.post("/formation/emarger/", {"code": typed_code(session.half_days.all()[0].pk, timezone.now())})
    sent = {"last_name": "Marchand", "first_name": "Hugo", "is_present": "on"}
    page = text(phone.post("/formation/emarger/signer/", sent, follow=True))
    link = re.search(r"/formation/questionnaire/[\w.\-]+/", page).group()
    assert "Avant de commencer" in text(phone.get(link))


def test_gain_counts_only_who_answered_both(acting_as, room):
    session, people, ends = room
    begins = session.half_days.all()[0].begins_at
    give(session, people["Hugo"], begins, right=False, mark=1)
    give(session, people["Nadia"], begins, right=True, mark=3)
    give(session, people["Sarah"], begins, right=True, mark=5)
    give(session, people["Hugo"], ends, right=True, mark=5)
    give(session, people["Nadia"], ends, right=True, mark=4)
    give(session, people["Yanis"], ends, right=False, mark=1)
    with acting_as("trainer_b"):
        found = results_of(session)
    # Hugo 0 then 100, Nadia 100 then 100: fifty points. Sarah and Yanis answered once.
    assert (found.knowledge.people, found.knowledge.before, found.knowledge.after) == (2, 50, 100)
    assert (found.confidence.before, found.confidence.after) == (25, 88)
    assert (found.before, found.after) == (3, 3)
    with acting_as("trainer"):
        assert results_of(session).before == 0


def opinions(acting_as, session):
    with acting_as("trainer_b"):
        return opinions_of([session.pk]).get(session.pk)


def test_opinions_show_at_once_from_five_and_say_nobody(acting_as, cast, client_of, room):
    session, people, ends = room
    names = ["Hugo", "Nadia", "Yanis", "Olivier"]
    for name in names:
        give(session, people[name], ends, opinion=GOOD | {"comment": "MARQUEUR-AVIS"})
    close(acting_as, cast, session)
    give(session, people["Sarah"], ends, opinion=GOOD | {"useful": 1})
    assert opinions(acting_as, session) is None
    # The sixth answers: nobody is left, the total shows.
    give(session, people["Lise"], ends)
    found = opinions(acting_as, session)
    assert found.answers == 6
    assert {label: counts for label, _, counts in found.lines}[SATISFACTION[1][1]] == [1, 0, 0, 5, 0]
    assert found.comments == ["MARQUEUR-AVIS"] * 4
    page = text(client_of("trainer_b").get(f"/formation/sessions/{session.pk}/questionnaires/"))
    assert "moyenne 3,9 sur 5" in page
    assert "MARQUEUR-AVIS" in page
    with acting_as("trainer"):
        assert opinions_of([session.pk]) == {}
    for key in ("trainer_b", "coordination", "director_b", "trainee"):
        with acting_as(key):
            assert not Satisfaction.objects.exists()


def test_under_five_opinions_never_show(acting_as, cast, room):
    session, people, ends = room
    for name in ("Hugo", "Nadia", "Yanis", "Olivier"):
        give(session, people[name], ends)
    close(acting_as, cast, session)
    days_pass(10)
    assert opinions(acting_as, session) is None


def test_five_opinions_show_once_answers_are_over(acting_as, cast, room):
    session, people, ends = room
    for name in ("Hugo", "Nadia", "Yanis", "Olivier", "Sarah"):
        give(session, people[name], ends)
    close(acting_as, cast, session)
    assert opinions(acting_as, session) is None
    days_pass(10)
    assert opinions(acting_as, session).answers == 5
    with acting_as("trainer_b"):
        [line] = [row for row in modules_evaluated() if row.code == "M1"]
        assert (line.opinions, line.satisfaction) == (5, 4.0)


def test_nobody_writes_round_the_questionnaire(acting_as, cast, room):
    session, people, ends = room
    give(session, people["Hugo"], session.half_days.all()[0].begins_at)
    with connection.cursor() as cursor:
        for key in ("trainer_b", "trainee", "coordination", "director_b"):
            with acting_as(key):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(
                        "SELECT answers_give(%s, 'after', '{}', 100, NULL, 'link', %s, ARRAY[5,5,5,5], '')",
                        [people["Yanis"].pk, ends],
                    )
                for model, facts in (
                    (
                        AnswerSheet,
                        {"enrolment": people["Yanis"], "moment": "after", "way": "link", "answered_at": ends},
                    ),
                    (Satisfaction, {"session": session, "aims": 5, "useful": 5, "teaching": 5, "recommended": 5}),
                ):
                    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                        model.objects.create(**facts)
                assert Satisfaction.objects.update(aims=1) == 0
    with acting_as("coordination"):
        for change in ({"knowledge": 50}, {"answers": {}}, {"enrolment": people["Nadia"]}, {"moment": "after"}):
            with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
                AnswerSheet.objects.update(**change)
    with acting_as("director_b"):
        assert Enrolment.objects.filter(pk=people["Hugo"].pk).exists()
        assert not AnswerSheet.objects.exists()


def test_the_attestation_says_the_result_of_the_questionnaire(acting_as, cast, room):
    session, people, ends = room
    give(session, people["Hugo"], ends, right=True)
    give(session, people["Nadia"], ends, right=False)
    with acting_as("trainer_b"):
        result_record(enrolment=people["Yanis"], result="partly", by=cast["trainer_b"])
    close(acting_as, cast, session)
    with acting_as("trainer_b"):
        rows = {
            row.content["person"].split()[0]: row for row in attestations_issue(session=session, by=cast["trainer_b"])
        }
        said = {name: _result(row.content).replace("\xa0", " ") for name, row in rows.items()}
    assert said["Hugo"] == "acquis (100 % de bonnes réponses)"
    assert said["Nadia"] == "non acquis (0 % de bonnes réponses)"
    assert said["Yanis"] == "en cours d’acquisition"
    assert said["Sarah"] == "non relevés individuellement"


def test_closing_asks_by_mail_those_who_came_and_have_not_answered(acting_as, cast, room):
    session, people, ends = room
    give(session, people["Hugo"], ends)
    close(acting_as, cast, session, absent=("Nadia",))
    with acting_as("coordination"):
        owed = SessionNotice.objects.filter(kind="questions").values_list(
            "enrolment__professional__first_name", flat=True
        )
        assert set(owed) == {"Yanis", "Olivier", "Sarah", "Lise"}
    obligations_end()
    mail.outbox.clear()
    notices_hand_over()
    messages_leave()
    [message] = [sent for sent in mail.outbox if "avis" in sent.subject]
    assert message.to == [cast["trainee"].email]
    assert not message.attachments
    link = re.search(r"/formation/questionnaire/[\w.\-]+/", message.body).group()
    assert "Ce que vous en retenez" in text(Client().get(link))
    assert "Faure" not in message.body


def test_results_leave_as_a_workbook_without_names(acting_as, client_of, room):
    session, people, _ = room
    give(session, people["Hugo"], timezone.now())
    address = f"/formation/sessions/{session.pk}/questionnaires/exporter/"
    assert client_of("trainer").get(address).status_code == 404
    body = b"".join(client_of("trainer_b").get(address).streaming_content)
    cells = [cell for row in load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True) for cell in row]
    assert "Personnes qui ont répondu" in cells
    assert not [cell for cell in cells if "Marchand" in str(cell)]


def test_words_leave_with_the_person_and_opinions_before(acting_as, cast, room):
    session, people, ends = room
    give(session, people["Hugo"], ends, opinion=GOOD | {"comment": "MARQUEUR-AVIS"})
    close(acting_as, cast, session)
    days_pass(25 * 31)
    erase_what_is_due()
    with scope.acting(scope.FIGURES):
        assert set(Satisfaction.objects.values_list("comment", flat=True)) == {""}
        assert AnswerSheet.objects.get().answers
    days_pass(36 * 31)
    erase_what_is_due()
    with scope.acting(scope.FIGURES):
        sheet = AnswerSheet.objects.get()
        assert (sheet.answers, sheet.knowledge) == ({}, 100)
