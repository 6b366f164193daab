"""The board of visits: visits under way, structures kept out, derogations, structures to visit, proofs that expire."""

import datetime as dt
import uuid
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from cms.documents.versions.admin import DocumentScreen
from cms.kit.blocks import Action, Cell, Listing
from cms.users.roles import SEES_ALL_CASES
from referentiel.assessments.models import Evidence
from referentiel.common.words import url
from referentiel.derogations.models import Derogation
from referentiel.derogations.selectors import derogations_open
from referentiel.visits.rules import TO_DECIDE
from referentiel.visits.selectors.marks import failing_marks
from referentiel.visits.selectors.visits import deadline_of, proofs_expiring, structures_to_visit, visits_open
from referentiel.visits.words import day, due


class VisitsView(DocumentScreen, TemplateView):
    """Visits under way, structures kept out, derogations, structures to visit, proofs that expire."""

    page_title = "Visites"
    template_name = "kit/inspect.html"
    roles = tuple(sorted(SEES_ALL_CASES))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        blocks = [running(today), stopped(), derogations(today, self.request.user.pk), to_visit(today), proofs(today)]
        intro = (
            "La coordination cote à son tour, la structure répond, puis chaque cotation est confirmée. Une exigence "
            "impérative confirmée sous 3 écarte la structure des recherches de lieu."
        )
        actions = [Action("Préparer une visite", url("visit_open"), True)]
        return super().get_context_data(blocks=blocks, next_step=intro, actions=actions, **kwargs)


def running(today: dt.date) -> Listing:
    rows = [
        (
            Cell(row.partner.code_name, url("visit", row.pk)),
            row.get_kind_display(),
            row.get_state_display(),
            due(deadline_of(row), today),
            row.is_imperative_open and row.state in TO_DECIDE,
        )
        for row in visits_open()
    ]
    headings = ("Structure", "Nature", "État", "Délai", "Impérative à décider")
    return Listing("En cours", headings, rows, "Aucune visite en cours.")


def stopped() -> Listing:
    """List the exigences that keep a structure out of searches, one per line."""
    marks = list(failing_marks().select_related("partner").order_by("partner__code_name", "code"))
    rows = [
        (
            mark.partner.code_name,
            mark.code,
            mark.get_value_display(),
            Cell(day(mark.decided_at), url("visit", mark.visit_id)),
        )
        for mark in marks
    ]
    actions = [
        [
            Action("Proposer une dérogation", f"{url('derogation_ask', mark.partner_id)}?exigence={mark.code}"),
            Action("Examiner de nouveau", f"{url('visit_open')}?structure={mark.partner_id}"),
        ]
        for mark in marks
    ]
    headings = ("Structure", "Exigence impérative", "Cotation confirmée", "Le")
    return Listing("Écartées des recherches", headings, rows, "Aucune structure n’est écartée.", actions)


def derogations(today: dt.date, user_id: uuid.UUID | None) -> Listing:
    waivers = list(derogations_open(today))
    rows = [
        (
            row.partner.code_name,
            row.code,
            f"jusqu’au {day(row.ends_on)}",
            row.reason,
            row.asked_by,
            row.agreed_by or "attend une seconde personne",
        )
        for row in waivers
    ]
    actions = [derogation_actions(row, user_id) for row in waivers]
    headings = ("Structure", "Exigence", "Durée", "Motif", "Proposée par", "Accordée par")
    return Listing("Dérogations", headings, rows, "Aucune dérogation.", actions)


def derogation_actions(row: Derogation, user_id: uuid.UUID | None) -> list[Action]:
    end = Action("Lever" if row.agreed_at else "Refuser", url("derogation_revoke", row.pk))
    # Whoever proposed it does not agree to it.
    is_theirs = row.agreed_at is None and row.asked_by_id != user_id
    return [Action("Accorder", url("derogation_agree", row.pk), True), end] if is_theirs else [end]


def to_visit(today: dt.date) -> Listing:
    structures = structures_to_visit(today)
    rows = [(partner.code_name, day(last_on) or "jamais") for partner, last_on in structures]
    actions = [[Action("Préparer", f"{url('visit_open')}?structure={partner.pk}")] for partner, _ in structures]
    return Listing("À visiter", ("Structure", "Dernière visite"), rows, "Aucune structure n’est à visiter.", actions)


def page_of(row: Evidence) -> str:
    return f"{reverse('referentiel:assessment', args=[row.assessment_id])}#{row.code}"


def proofs(today: dt.date) -> Listing:
    rows = [
        (Cell(row.assessment.partner.code_name, page_of(row)), row.code, until(row.valid_until, today))
        for row in proofs_expiring(today)
        if row.valid_until
    ]
    headings = ("Structure", "Exigence", "Validité")
    return Listing("Preuves qui se périment", headings, rows, "Aucune preuve ne se périme bientôt.")


def until(value: dt.date, today: dt.date) -> str:
    return f"périmée depuis le {day(value)}" if value < today else f"jusqu’au {day(value)}"
