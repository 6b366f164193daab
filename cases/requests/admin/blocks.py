"""The file of a request: what was asked, by whom, about which minor, what looks odd in it, what was exchanged."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from cases.common.admin.blocks import Blocks, fact_rows, forms_block
from cases.common.admin.words import linked, moment, partner_cell, years
from cases.enums import SollicitationState
from cases.extra.admin import extra_blocks
from cases.files.models import Case
from cases.grid.admin import grids_block
from cases.grid.models import FilledGrid
from cases.proposals.admin.blocks import orientations_block
from cases.requests.models import Sollicitation, SollicitationDetail
from cases.requests.rules import notes_on
from cases.requests.selectors import siblings_of
from cms.files.admin import pieces_block
from cms.kit.blocks import Cell, Facts, Listing
from cms.retention.admin.blocks import retention_block


def sollicitation_blocks(row: Sollicitation) -> Blocks:
    detail = SollicitationDetail.objects.filter(pk=row.pk).first() or SollicitationDetail()
    return [
        *notes_blocks(row, detail),
        Facts("Demande", request_rows(row)),
        Facts("Mineur", minor_rows(row)),
        *siblings_blocks(row),
        forms_block(row),
        Facts("Ce que le service a écrit", told_rows(detail)),
        *extra_blocks(row),
        messages_block(row),
        grids_block(row),
        pieces_block("sollicitation", row.pk, "cases_sollicitation"),
        orientations_block(row.orientations.select_related("decision", "case")),
        retention_block("sollicitation", row.pk),
    ]


def request_rows(row: Sollicitation) -> list[tuple[str, Any]]:
    return [
        ("État", row.get_state_display()),
        ("Urgence", row.urgency),
        ("Nature", row.nature),
        ("Service demandeur", partner_cell(row.requester)),
        ("Type de service", row.requester_type),
        ("Acteur du repérage", row.detected_by),
        ("Canal", row.channel),
        ("Reçue le", moment(row.received_at)),
        ("Saisie par", row.submitted_by),
        ("Première réponse", moment(row.first_answered_at)),
        ("Suivie par", row.taken_by),
        ("Situation", linked(row.case)),
        ("Relance de", linked(row.relance_of)),
        ("Suite donnée", row.outcome),
        ("Close le", moment(row.closed_at)),
        ("Besoin non couvert", unmet_cell(row) if hasattr(row, "unmet_need") else None),
    ]


def minor_rows(row: Sollicitation) -> list[tuple[str, Any]]:
    return [
        ("Âge à la réception", years(row.age_at_reception)),
        ("Département où il se trouve", row.current_place),
        ("En sécurité jusqu’à", moment(row.safe_until)),
        ("Droits des victimes étrangères", "information remise" if row.rights_told else ""),
        *fact_rows(row),
    ]


def told_rows(detail: SollicitationDetail) -> list[tuple[str, Any]]:
    return [
        ("Personne à rappeler", detail.callback_name),
        ("Ligne de rappel", detail.callback_phone),
        ("Initiales ou prénom d’emprunt", detail.minor_label),
        ("Lieu précis", detail.place),
        ("Récit", detail.narrative),
    ]


def notes_blocks(row: Sollicitation, detail: SollicitationDetail) -> Blocks:
    """What looks odd, while the request may still be checked with the service."""
    if row.state == SollicitationState.CLOSED:
        return []
    notes = [(note,) for note in notes_on(row, detail)]
    return [Listing("À vérifier avec le service", ("Remarque",), notes, "")] if notes else []


def siblings_blocks(row: Sollicitation) -> Blocks:
    rows = [
        (linked(other), other.sex, years(other.age_at_reception), other.get_state_display())
        for other in siblings_of(sollicitation=row)
    ]
    return [Listing("Fratrie", ("Demande", "Sexe", "Âge", "État"), rows, "")] if rows else []


def messages_block(row: Sollicitation) -> Listing:
    lines = row.messages.select_related("written_by")
    rows = [
        (moment(line.written_at), line.get_kind_display().capitalize(), line.text, line.written_by) for line in lines
    ]
    headings = ("Quand", "Nature", "Message", "Écrit par")
    return Listing("Échanges avec le service demandeur", headings, rows, "Aucun message.")


def unmet_cell(row: Sollicitation) -> Cell:
    return Cell(row.unmet_need.reason, reverse("cases_unmetneed:inspect", args=[row.unmet_need.pk]))


def sollicitations_block(case: Case) -> Listing:
    # Said in the same query: the grids themselves are read in the file of the request.
    has_grid = Exists(FilledGrid.objects.filter(sollicitation=OuterRef("pk")))
    asked = case.sollicitations.select_related("nature", "urgency", "requester").annotate(has_grid=has_grid)
    rows = [
        (
            linked(row),
            row.nature,
            row.urgency,
            row.requester,
            moment(row.received_at),
            row.get_state_display(),
            row.has_grid,
        )
        for row in asked
    ]
    headings = ("Référence", "Nature", "Urgence", "Service", "Reçue le", "État", "Grille jointe")
    return Listing("Sollicitations", headings, rows, "Aucune sollicitation.")
