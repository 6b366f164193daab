"""What the files show of the way to an arrival, and of what follows it."""

from django.urls import reverse

from cases.arrival.models import Linking
from cases.common.admin.words import day, linked
from cases.files.models import Case
from cases.requests.models import Sollicitation
from cases.stays.models import Placement
from cms.kit.blocks import Cell, Listing


def unmet_cell(row: Sollicitation) -> Cell:
    return Cell(row.unmet_need.reason, reverse("cases_unmetneed:inspect", args=[row.unmet_need.pk]))


def waiting_linking(row: Case) -> Cell | None:
    """`row.linking_waits`: the linking in which the next arrival is prepared, read with the case."""
    if not row.linking_waits:
        return None
    return Cell("à compléter avant l’arrivée", reverse("cases_linking:inspect", args=[row.linking_waits]))


def running_circuit(row: Case) -> Cell | None:
    if not row.circuit_runs:
        return None
    return Cell("en cours", reverse("cases_circuit:inspect", args=[row.circuit_runs]))


def linkings_block(linkings) -> Listing:
    rows = [
        (linked(row), row.partner, "par dérogation" if row.waived_at else "", linking_state(row))
        for row in linkings.select_related("partner")
    ]
    return Listing("Mises en lien", ("Mise en lien", "Structure", "Dérogation", "État"), rows, "Aucune mise en lien.")


def linking_state(row: Linking) -> str:
    if row.cancelled_at:
        return "abandonnée"
    return "arrivé" if row.placement_id else "en préparation"


def reviews_block(row: Placement) -> Listing:
    reviews = row.reviews.select_related("safety", "schooling", "adhesion", "next_goal")
    rows = [
        (
            review,
            day(review.written_on),
            review.safety,
            "soin à engager" if review.needs_care else "aucun soin à engager",
            review.schooling,
            review.adhesion,
            review.next_goal,
            review.words,
        )
        for review in reviews
    ]
    headings = ("Bilan", "Fait le", "Sécurité", "Santé", "Scolarité", "Adhésion", "Prochain objectif", "Autre")
    return Listing("Bilans d’étape", headings, rows, "Aucun bilan.")


def after_words(row: Placement) -> str:
    after = getattr(row, "after", None)
    return f"{after.exploitation}, su le {after.known_on:%d/%m/%Y}" if after else ""
