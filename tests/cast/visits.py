"""A visit of Les Tilleuls, at each of its stages, for the tests that look at it."""

import datetime as dt

from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from referentiel.assessments.selectors import levels_of
from referentiel.assessments.services import assessment_submit, marks_write, step_write
from referentiel.derogations.services import derogation_agree, derogation_ask
from referentiel.models import Assessment, Derogation, Visit
from referentiel.visits.services.visits import (
    Answer,
    MarkProposal,
    mark_confirm,
    marks_confirm_agreed,
    observations_send,
    observations_write,
    visit_close,
    visit_marks_write,
    visit_open,
    visit_send,
)
from tests.cast.assessments import SOON, assessment, campaign

TODAY = dt.date.today()
MARKS = {
    "E1.3": MarkProposal("2", "Une seule veilleuse les nuits de week-end."),
    "E1.4": MarkProposal("4"),
    "E1.7": MarkProposal("3", "L’affichage manque à l’étage."),
}
"""E1.3 and E1.4 are imperative, E1.7 is standard; the structure gave itself 3, 4 and « non concerné »."""
ANSWERS = {
    "E1.3": Answer(False, "Une seconde veilleuse est recrutée depuis lundi."),
    "E1.4": Answer(True),
}


def person(key: str) -> User:
    return User.objects.get(email=f"{key.replace('_', '-')}@havre.example")


def sent_assessment() -> Assessment:
    """Les Tilleuls has sent its self-assessment: 3 on E1.3 with its action, « non concerné » on E1.7, 4 elsewhere."""
    row, by = assessment(campaign()), person("director_a")
    with scope.acting(by):
        values = dict.fromkeys(levels_of(row.version), "4") | {"E1.3": "3", "E1.7": "nc"}
        marks_write(assessment=row, values=values, by=by)
        step_write(
            assessment=row,
            code="E1.3",
            what="Recruter un veilleur",
            pilot="Chef de service",
            due_on=SOON,
            proof="Planning de nuit",
        )
        return assessment_submit(assessment=row, by=by)


def prepared(name: str = "Les Tilleuls", marks: dict[str, MarkProposal] = MARKS, by: str = "coordination") -> Visit:
    """A draft of the coordination, which nobody else sees."""
    with scope.acting(person(by)):
        row = visit_open(partner=Partner.objects.get(code_name=name), kind="desk", by=person(by))
        visit_marks_write(visit=row, marks=marks, by=person(by))
        return row


def sent(name: str = "Les Tilleuls", marks: dict[str, MarkProposal] = MARKS) -> Visit:
    row, by = prepared(name, marks), person("coordination")
    with scope.acting(by):
        return visit_send(visit=row, visited_on=TODAY, summary="Une équipe engagée, des nuits fragiles.", by=by)


def answered(
    name: str = "Les Tilleuls",
    marks: dict[str, MarkProposal] = MARKS,
    answers: dict[str, Answer] = ANSWERS,
    director: str = "director_a",
) -> Visit:
    row, by = sent(name, marks), person(director)
    with scope.acting(by):
        observations_write(visit=row, answers=answers, by=by)
        return observations_send(visit=row, by=by)


def confirmed(code: str, value: str, name: str = "Les Tilleuls", director: str = "director_a") -> Visit:
    """The structure agrees on one mark, and the coordination confirms it."""
    marks = {code: MarkProposal(value, "Vu sur place.")}
    row, by = answered(name, marks, {code: Answer(True)}, director), person("coordination")
    with scope.acting(by):
        mark_confirm(visit=row, code=code, value=value, reply="", by=by)
        return visit_close(visit=row, closing="À suivre.", by=by)


def waived(code: str, name: str = "Les Tilleuls", days: int = 30) -> Derogation:
    """A derogation in force, proposed by the coordination and agreed by the direction."""
    until = TODAY + dt.timedelta(days=days)
    with scope.acting(person("coordination")):
        row = derogation_ask(
            partner=Partner.objects.get(code_name=name),
            code=code,
            reason="Recrutement en cours.",
            ends_on=until,
            by=person("coordination"),
        )
    with scope.acting(person("direction")):
        return derogation_agree(derogation=row, by=person("direction"))


def visits() -> None:
    """For every test: a visit closed at Les Tilleuls, one that Aubépine has to answer, a derogation proposed."""
    answered(
        "Les Tilleuls", {"E1.10": MarkProposal("3", "MARQUEUR-CONSTAT-A")}, {"E1.10": Answer(True, "MARQUEUR-OBS-A")}
    )
    by = person("coordination")
    with scope.acting(by):
        row = Visit.objects.get(partner__code_name="Les Tilleuls")
        marks_confirm_agreed(visit=row, by=by)
        visit_close(visit=row, closing="MARQUEUR-CONCLUSION-A", by=by)
        derogation_ask(
            partner=row.partner,
            code="E1.5",
            reason="MARQUEUR-DEROGATION-A",
            ends_on=TODAY + dt.timedelta(days=60),
            by=by,
        )
    sent("Aubépine", {"E1.4": MarkProposal("2", "MARQUEUR-CONSTAT-B")})
