"""When questionnaires are open, what their answers are worth, and the words of their acts."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.values.settings import setting_counts_register, setting_register, setting_still_register, setting_value
from formation.enums import Moment, SessionState
from formation.questions.models import AnswerSheet
from formation.sessions.models.sessions import Session

YEAR = dt.timedelta(days=365)
ACTIONS = {
    "auth.answers.refused": "lien de questionnaire refusé",
    "formation.answers.export": "résultats de questionnaires exportés",
    "formation.answers.give": "questionnaire rempli",
}


def register() -> None:
    _windows()
    _results()
    _impacts()
    actions_register(ACTIONS)
    sentence_register(
        answersheet_moment="Ce questionnaire n’est pas ouvert en ce moment.",
        answersheet_once="Cette personne vient de répondre. Rechargez la page.",
    )


def _windows() -> None:
    setting_register(
        "formation.before_minutes",
        "Questionnaire d’avant : jusqu’à combien de temps après le début",
        60,
        unit="minutes",
        help="Au-delà, les réponses ne diraient plus ce que la personne savait en arrivant.",
        most=240,
    )
    setting_register(
        "formation.after_minutes",
        "Questionnaire d’après : à partir de combien de temps avant la fin",
        60,
        unit="minutes",
        help="Pour y répondre ensemble avant de se quitter.",
        most=240,
    )
    setting_register(
        "formation.answer_days",
        "Questionnaire d’après : jusqu’à combien de jours après la session",
        7,
        unit="jours",
        help="La satisfaction ne s’affiche qu’ensuite, ou dès que tout le monde a répondu, et jamais sous cinq "
        "réponses.",
        most=60,
    )


def _results() -> None:
    setting_register(
        "formation.acquired_share",
        "Bonnes réponses d’après pour un résultat « acquis »",
        70,
        unit="%",
        help="Repris sur l’attestation d’un module évalué, quand qui anime n’a pas noté de résultat.",
        most=100,
    )
    setting_register(
        "formation.partly_share",
        "Bonnes réponses d’après pour « en cours d’acquisition »",
        40,
        unit="%",
        help="En dessous, le résultat est « non acquis ».",
        most=100,
    )


def _impacts() -> None:
    setting_counts_register("formation.answer_days", "Sessions dont le questionnaire d’après reste ouvert", _answering)
    setting_counts_register("formation.acquired_share", "Réponses « acquis » des 12 derniers mois", _acquired)
    setting_counts_register("formation.partly_share", "Réponses « non acquis » des 12 derniers mois", _missed)
    moment = "Vaut aussitôt, pour les sessions de demain comme pour celle qui se tient. Les réponses données restent."
    setting_still_register(**dict.fromkeys(("formation.before_minutes", "formation.after_minutes"), moment))


def _answering() -> int:
    since = timezone.localdate() - dt.timedelta(days=setting_value("formation.answer_days"))
    return Session.objects.real().filter(state=SessionState.HELD, ends_on__gte=since).count()


def _sheets_scored() -> QuerySet[AnswerSheet]:
    since = timezone.localdate() - YEAR
    rows = AnswerSheet.objects.filter(moment=Moment.AFTER, enrolment__session__is_test=False)
    return rows.filter(enrolment__session__ends_on__gt=since).exclude(knowledge=None)


def _acquired() -> int:
    return _sheets_scored().filter(knowledge__gte=setting_value("formation.acquired_share")).count()


def _missed() -> int:
    return _sheets_scored().filter(knowledge__lt=setting_value("formation.partly_share")).count()
