"""The plan of the year, and what people answered before and after the latest sessions of the fictitious network."""

import datetime as dt
from random import Random
from typing import Any

from cms.demo.network import Network
from cms.wall import scope
from formation.curriculum.rules import Question
from formation.enums import AnswerWay, Moment, QuestionKind
from formation.models import Enrolment, HalfDay, Session
from formation.questions.rules import SATISFACTION
from formation.questions.services import answers_give, questionnaire_open
from formation.year_plan.selectors import quarter_days
from formation.year_plan.services import year_plan_line_set, year_plan_publish, year_plan_write

EVALUATED = 5
"""Latest sessions held that people evaluated."""
SEED = 20260
COMMENTS = (
    "Les situations concrètes m’ont aidé à sortir des idées reçues.",
    "Un peu plus de temps pour échanger entre structures.",
    "Je sais maintenant à qui transmettre, et quand.",
    "La partie sur l’emprise devrait venir plus tôt.",
)
AIMS = (
    "Que chaque équipe qui accueille ait suivi les modules socles avant une première arrivée, veilleurs compris.\n"
    "Rapprocher les sessions des structures, outre-mer et milieu rural d’abord."
)
PLAN = (("M1", 1, 9), ("M2", 1, 9), ("M4", 1, 6), ("M5", 1, 5))
"""Each quarter: module, sessions, people a tenth of which is trained."""


def plan_load(*, network: Network, today: dt.date) -> None:
    """Write the plan of the year. Nothing is drawn at random, so the other figures do not change."""
    with scope.acting(network.coordination):
        _plan(network, today)


def answers_load(session: Session, enrolments: list[Enrolment], half_days: list[HalfDay], moment: Moment) -> None:
    """Write the answers of most people, whose knowledge grows; seeded by session, apart from the other draws."""
    if moment == Moment.BEFORE and not (session.clause and session.clause.content.get("questions")):
        return
    draw, is_before = Random(f"{SEED}-{session.starts_on}-{moment}"), moment == Moment.BEFORE
    at = half_days[0].begins_at if is_before else half_days[-1].ends_at
    share, skill = (0.85, 0.45) if is_before else (0.8, 0.85)
    for enrolment in enrolments:
        if draw.random() < share:
            _give(draw, enrolment, at, skill=skill)


def _plan(network: Network, today: dt.date) -> None:
    plan = year_plan_write(year=today.year, aims=AIMS)
    for quarter in range(1, 5):
        for code, sessions, people in PLAN:
            year_plan_line_set(plan=plan, module_code=code, quarter=quarter, sessions=sessions, people=people * 4)
    first, _ = quarter_days(today.year, 3)
    year_plan_line_set(
        plan=plan, module_code="M6", quarter=(first.month + 2) // 3, sessions=1, people=15, region_id="04"
    )
    year_plan_publish(plan=plan, by=network.coordination)


def _give(draw: Random, enrolment: Enrolment, at: dt.datetime, *, skill: float) -> None:
    questionnaire = questionnaire_open(person_id=enrolment.pk, at=at)
    answers = {question.key: _chosen(draw, question, skill) for question in questionnaire.questions}
    opinion: dict[str, Any] | None = None
    if questionnaire.moment == Moment.AFTER:
        opinion = {name: min(5, draw.choice((3, 4, 4, 5, 5))) for name, _ in SATISFACTION}
        opinion |= {"comment": draw.choice(COMMENTS) if draw.random() < 0.15 else ""}
    answers_give(questionnaire=questionnaire, way=AnswerWay.LINK, answers=answers, opinion=opinion, at=at)


def _chosen(draw: Random, question: Question, skill: float) -> int | str | list[int]:
    if question.kind == QuestionKind.SCALE:
        return max(1, min(5, round(1 + 4 * skill + draw.uniform(-1, 1))))
    if question.kind == QuestionKind.TEXT:
        return ""
    if draw.random() < skill:
        return sorted(question.right)
    return [draw.randrange(len(question.choices))]
