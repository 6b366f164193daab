"""The file of a request: what was asked, by whom, about which minor, what looks odd in it, what was exchanged."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from cases.common.admin.blocks import Blocks, fact_rows, forms_block
from cases.common.admin.sight import sight_block
from cases.common.admin.words import linked, moment, partner_cell, years
from cases.enums import MessageKind, SollicitationState
from cases.extra.admin.blocks import extra_blocks
from cases.extra.selectors import answers_missing, answers_subquery
from cases.requests.models import Sollicitation, SollicitationDetail
from cases.requests.rules import notes_on
from cases.requests.selectors import last_message, siblings_of
from cases.requests.tonight.words import tonight_rows
from cms.admin.parts import FilePart
from cms.files.admin import pieces_block
from cms.kit.blocks import Cell, Facts, Listing
from cms.retention.admin.blocks import retention_block


def _blocks(row: Sollicitation) -> Blocks:
    detail = SollicitationDetail.objects.filter(pk=row.pk).first() or SollicitationDetail()
    is_first = row.last_message == MessageKind.REPLY
    return [
        *([messages_block(row)] if is_first else []),
        *notes_blocks(row, detail),
        Facts("Demande", request_rows(row)),
        Facts("Mineur", minor_rows(row)),
        Facts("Ce que le service sait cette nuit", tonight_rows(row)),
        *siblings_blocks(row),
        forms_block(row),
        Facts("Ce que le service a écrit", written_rows(detail)),
        *extra_blocks(row),
        *([] if is_first else [messages_block(row)]),
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
        ("Lieu obtenu le", moment(row.placed_at)),
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


def written_rows(detail: SollicitationDetail) -> list[tuple[str, Any]]:
    return [
        ("Personne à rappeler", detail.callback_name),
        ("Ligne de rappel", detail.callback_phone),
        ("Initiales ou prénom d’emprunt", detail.minor_label),
        ("Lieu précis", detail.place),
        ("Récit", detail.narrative),
    ]


def notes_blocks(row: Sollicitation, detail: SollicitationDetail) -> Blocks:
    """List what looks odd, while the request may still be checked with the service."""
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


def case_part(*, has_grid: Callable[[], Exists]) -> FilePart:
    """Return what the file of a minor shows of its requests; `has_grid` says whether a grid is joined to one."""

    def blocks(case: Any) -> Blocks:
        return [sollicitations_block(case.sollicitations.annotate(has_grid=has_grid()))]

    return FilePart(
        order=30,
        tab="Orientation",
        annotations=lambda: {"has_request": Exists(Sollicitation.objects.open().filter(case=OuterRef("pk")))},
        blocks=blocks,
        next_step=lambda case: OPEN_REQUEST if case.has_request else "",
    )


def sollicitations_block(requests: QuerySet[Sollicitation]) -> Listing:
    """Return the requests of a minor, each with its `has_grid`: the grids are read in the file of the request."""
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
        for row in requests.select_related("nature", "urgency", "requester")
    ]
    headings = ("Référence", "Nature", "Urgence", "Service", "Reçue le", "État", "Grille jointe")
    return Listing("Sollicitations", headings, rows, "Aucune sollicitation.")


OPEN_REQUEST = (
    "Prochaine étape : ouvrez la sollicitation, onglet « Orientation », pour décider une orientation ou la clore."
)


def _sight(row: Sollicitation) -> Listing:
    """Return who reads a request: the service that asks, and whoever sent it for that service."""
    sent_by = row.submitted_by if row.submitted_by_id else None
    own = ((row.requester, "sa demande, les messages, l’avancement"), (sent_by, "ce qu’il a envoyé pour ce service"))
    return sight_block("Qui peut la voir", "sollicitation", row.pk, own)


PARTS = (
    FilePart(
        annotations=lambda: {
            "extra_shown": answers_subquery("sollicitation"),
            "extra_missing": answers_missing("sollicitation"),
            "last_message": last_message(),
        },
        blocks=_blocks,
    ),
    FilePart(
        order=20, tab="Pièces", blocks=lambda row: [pieces_block("sollicitation", row.pk, "cases_sollicitation")]
    ),
    FilePart(order=90, blocks=lambda row: [_sight(row), retention_block("sollicitation", row.pk)]),
)
"""What the file of a request shows by itself. Other capabilities add theirs between these, by `order`."""
