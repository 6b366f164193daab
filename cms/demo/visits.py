"""Visits of the coordination: one to answer, one in preparation, one that keeps a structure out, one derogation."""

import datetime as dt
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cms.demo.network import Network
from cms.kit.papers import pdf_write
from cms.partners.models import Partner
from cms.wall import scope
from referentiel.assessments.services import evidence_add
from referentiel.derogations.services import derogation_agree, derogation_ask
from referentiel.models import Assessment, Visit
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

PROOF = Path(__file__).resolve().parent / "data" / "preuve.typ"
NIGHTS = MarkProposal("2", "Deux nuits de week-end sur quatre sont tenues par un intérimaire seul.")
RATIO = MarkProposal("2", "Le nombre d’adultes du week-end n’est écrit nulle part.")
TO_ANSWER = {
    "E1.3": NIGHTS,
    "E1.7": MarkProposal("3", "Les numéros sont affichés au bureau, pas encore à l’étage."),
    "E1.8": MarkProposal("2", "Une seule supervision a eu lieu cette année."),
    "P2.12": MarkProposal("4"),
}


def visits_load(*, network: Network) -> None:
    """Write the visits, after everything else: the structure that they exclude had received minors before."""
    waiting, _, stopped, waived, drafted = network.structures[:5]
    _sent(network, waiting, "visit", TO_ANSWER, "Une équipe engagée ; les nuits restent fragiles.")
    _proof(network, waiting)
    row = _answered(network, stopped, {"E1.3": NIGHTS, "E1.10": MarkProposal("3", "Un seul interprète référencé.")})
    _closed(network, row, "E1.3", "Le recrutement n’est pas fait : la cotation reste, nous revenons dans un mois.")
    row = _answered(network, waived, {"E1.4": RATIO})
    _closed(network, row, "E1.4", "La fiche est attendue : nous proposons une dérogation jusque-là.")
    _derogation(network, waived, "E1.4")
    with scope.acting(network.coordination):
        row = visit_open(partner=drafted, kind="desk", by=network.coordination)
        visit_marks_write(visit=row, marks={"E1.4": MarkProposal("4")}, by=network.coordination)


def _sent(network: Network, structure: Partner, kind: str, marks: dict[str, MarkProposal], summary: str) -> Visit:
    by, today = network.coordination, timezone.localdate()
    with scope.acting(by):
        row = visit_open(partner=structure, kind=kind, by=by)
        visit_marks_write(visit=row, marks=marks, by=by)
        return visit_send(visit=row, visited_on=today - dt.timedelta(days=3), summary=summary, by=by)


def _answered(network: Network, structure: Partner, marks: dict[str, MarkProposal]) -> Visit:
    """Answer as the structure: it disagrees on what is low and imperative, and agrees on the rest."""
    row = _sent(network, structure, "desk", marks, "")
    director = network.members[structure]
    with scope.acting(director):
        low = Answer(False, "Un recrutement est en cours, la cotation nous paraît sévère.")
        answers = {code: low if mark.value == "2" else Answer(True) for code, mark in marks.items()}
        observations_write(visit=row, answers=answers, by=director)
        return observations_send(visit=row, by=director)


def _closed(network: Network, row: Visit, code: str, reply: str) -> None:
    by = network.coordination
    with scope.acting(by):
        mark_confirm(visit=row, code=code, value="2", reply=reply, by=by)
        if row.marks.count() > 1:
            marks_confirm_agreed(visit=row, by=by)
        visit_close(visit=row, closing="Merci de votre accueil. Le prochain examen portera sur ce seul point.", by=by)


def _derogation(network: Network, structure: Partner, code: str) -> None:
    until = timezone.localdate() + dt.timedelta(days=60)
    with scope.acting(network.coordination):
        row = derogation_ask(
            partner=structure,
            code=code,
            reason="Fiche en cours de validation ; le siège tient deux adultes chaque week-end en attendant.",
            ends_on=until,
            by=network.coordination,
        )
    with scope.acting(network.accounts["direction"]):
        derogation_agree(derogation=row, by=network.accounts["direction"])


def _proof(network: Network, structure: Partner) -> None:
    """Add a proof that expires within the month, to be renewed."""
    director = network.members[structure]
    with scope.acting(director):
        row = Assessment.objects.get(partner=structure)
        body = pdf_write(PROOF, {"title": "Planning de nuit"})
        evidence_add(
            assessment=row,
            code="E1.3",
            title="Planning de nuit du trimestre",
            file=SimpleUploadedFile("planning.pdf", body, "application/pdf"),
            valid_until=timezone.localdate() + dt.timedelta(days=20),
            by=director,
        )
