"""Questionnaires: answered by a link, without an account; their results for who runs the session."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cms.journal.services import attempt_refused, journal_append, refusal_queue
from cms.kit.xlsx.lists import workbook_response, workbook_write
from cms.sessions.step_up import fresh_factor
from cms.wall import scope
from formation.common.policies import runs_all_sessions
from formation.common.portal import form_page, posted
from formation.common.rules import CodeRefusalError
from formation.common.services import too_many, wrong_once
from formation.enums import AnswerWay, Moment
from formation.questions.forms import AnswerOnDeviceForm, QuestionnaireForm
from formation.questions.papers import results_rows
from formation.questions.selectors import modules_evaluated, results_of
from formation.questions.services import answers_give, questionnaire_open
from formation.sessions.models.sessions import Enrolment
from formation.sessions.rules import answer_read, answer_token
from formation.sessions.selectors import enrolments_of, moment_now, session_run_get, timing_in_force, window_of

GONE = 404
SENTENCES = {
    "forged": "Ce lien n’est pas l’un des nôtres. Ouvrez celui de votre convocation, sans rien en couper.",
    "gone": "Vous n’êtes plus inscrit à cette session, ou elle est annulée : il n’y a rien à remplir.",
    "absent": "Ce questionnaire est pour les personnes qui ont suivi la session.",
    "not_yet": "Le questionnaire d’après s’ouvre à la fin de la session. Ce lien vous y mènera.",
    "over": "Le questionnaire est clos. Merci de votre visite.",
}


@never_cache
@login_not_required
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show and take the questionnaire open now, for whoever holds the link of one person."""
    if too_many(request):
        return render(request, "formation/attendance/signing/wait.html", status=429)
    try:
        person_id, way = answer_read(token)
        questionnaire = questionnaire_open(person_id=person_id)
    except CodeRefusalError as refusal:
        return _refused(request, refusal)
    form = QuestionnaireForm(posted(request), questions=questionnaire.questions, moment=questionnaire.moment)
    context = {
        "form": form,
        "session": questionnaire.session,
        "is_after": questionnaire.moment == Moment.AFTER,
        "is_on_device": way == AnswerWay.DEVICE,
    }
    if questionnaire.has_answered:
        return render(request, "formation/questions/done.html", context)
    if request.method == "POST" and form.is_valid():
        try:
            answers_give(questionnaire=questionnaire, way=way, answers=form.answers(), opinion=form.opinion())
        except CodeRefusalError as refusal:
            return _refused(request, refusal)
        return redirect("formation:answer", token)
    return form_page(request, "formation/questions/answer.html", context)


def _refused(request: HttpRequest, refusal: CodeRefusalError) -> HttpResponse:
    if refusal.why == "forged":
        wrong_once(request)
        attempt_refused("auth.answers.refused", {"why": [None, refusal.why]})
    return render(request, "formation/questions/refused.html", {"sentence": SENTENCES[refusal.why]}, status=GONE)


@require_GET
def own(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """Lead from « Ma formation » to one's own questionnaire."""
    row = Enrolment.objects.live().filter(pk=enrolment_id, professional__user=scope.current().user_id).first()
    if row is None:
        refusal_queue("enrolment", enrolment_id, "formation.answers.give")
        raise Http404
    return redirect("formation:answer", answer_token(row.pk, AnswerWay.ACCOUNT))


def on_device(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Choose who answers on the trainer's device, which is then handed over."""
    session = session_run_get(session_id, "formation.answers.device")
    timing = timing_in_force()
    moment = moment_now(session, timezone.now(), timing)
    people = enrolments_of(session).exclude(answer_sheets__moment=moment.value if moment else "")
    form = AnswerOnDeviceForm(posted(request), people=people)
    if request.method == "POST" and moment and form.is_valid():
        return redirect("formation:answer", answer_token(form.cleaned_data["enrolment"].pk, AnswerWay.DEVICE))
    context = {"form": form, "session": session, "moment": moment, "has_people": people.exists()}
    return form_page(request, "formation/questions/on_device.html", context | {"window": window_of(session, timing)})


@require_GET
def results(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Show who answered, what was learnt, what was thought."""
    session = session_run_get(session_id, "formation.answers.read")
    timing = timing_in_force()
    context = {
        "session": session,
        "results": results_of(session),
        "window": window_of(session, timing),
        "moment": moment_now(session, timezone.now(), timing),
    }
    return render(request, "formation/questions/results.html", context)


@require_GET
@fresh_factor
def export(request: HttpRequest, session_id: uuid.UUID) -> HttpResponseBase:
    """Send the same as a workbook: questions and totals, and nobody's name."""
    session = session_run_get(session_id, "formation.answers.export")
    headings, rows = results_rows(results_of(session))
    output, count = workbook_write(headings, rows, title="Questionnaires")
    details = {"rows": count}
    journal_append(action="formation.answers.export", kind="session", object_id=session.pk, details=details)
    return workbook_response(output, "questionnaires")


@require_GET
def evaluation(request: HttpRequest) -> HttpResponse:
    """Show, for each module, gain and satisfaction over the sessions that the reader runs."""
    context = {"modules": modules_evaluated(), "runs_all": runs_all_sessions()}
    return render(request, "formation/questions/evaluation.html", context)
