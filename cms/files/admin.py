"""Attachments in the admin: the block of a file, and the actions that each viewset adds with `piece_actions`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import ResolverMatch, reverse
from django.utils import timezone

from cms.admin.actions import RowAction
from cms.files.forms import AdminAttachForm, AdminCaseAttachForm, AdminRemoveForm
from cms.files.models import Attachment
from cms.files.papers import attachment_response
from cms.files.selectors import attachment_get, attachments_all
from cms.files.services import NeedsRevealError, attachment_add, attachment_remove, attachment_restore
from cms.files.words import size_words, title_of
from cms.kit.blocks import Action, Cell, Listing
from cms.wall.reveals.services import SEALED_OF

PIECE = "pieces/<uuid:piece_pk>"
HEADINGS = ("Pièce", "Type", "Taille", "Ajoutée", "État")


def piece_action(space: str, pk: UUID) -> Action:
    return Action("Ajouter une pièce", reverse(f"{space}:piece_add", args=[pk]))


def pieces_block(kind: str, pk: UUID, space: str) -> Listing:
    """Every attachment of a file, those removed and not yet destroyed included."""
    attachments = list(attachments_all(kind=kind, object_id=pk))
    rows = [
        (
            title_of(row) if row.removed_at else Cell(title_of(row), reverse(f"{space}:piece", args=[pk, row.pk])),
            row.get_file_type_display(),
            size_words(row.size),
            f"le {timezone.localtime(row.added_at):%d/%m/%Y} par {row.added_by}",
            _state(row),
        )
        for row in attachments
    ]
    actions = [[_row_action(space, pk, row)] for row in attachments]
    return Listing("Pièces", HEADINGS, rows, "Aucune pièce.", actions)


def _state(row: Attachment) -> str:
    if row.removed_at:
        day = f"{timezone.localtime(row.removed_at):%d/%m/%Y}"
        return f"retirée le {day} par {row.removed_by} : {row.get_removal_reason_display().lower()}"
    return "s’ouvre après « Voir l’identité »" if row.is_identifying else "gardée"


def _row_action(space: str, pk: UUID, row: Attachment) -> Action:
    label, page = ("Rétablir", "piece_restore") if row.removed_at else ("Retirer", "piece_remove")
    return Action(label, reverse(f"{space}:{page}", args=[pk, row.pk]))


@dataclass(frozen=True)
class Pieces:
    """The attachments of the files of one model, found and acted on from the admin."""

    model: type[Model]
    kind: str

    def file(self, row: Attachment) -> Model:
        return get_object_or_404(self.model, pk=row.object_id)

    def find(self, verb: str, *, removed: bool = False) -> Callable[[UUID, UUID], Attachment]:
        def found(pk: UUID, piece_pk: UUID) -> Attachment:
            action = f"files.attachment.{verb}"
            return attachment_get(kind=self.kind, object_id=pk, pk=piece_pk, action=action, removed=removed)

        return found

    def read(self, request: HttpRequest, pk: UUID, piece_pk: UUID) -> HttpResponseBase:
        try:
            return attachment_response(request, self.find("read")(pk, piece_pk))
        except NeedsRevealError:
            messages.warning(request, "Cette pièce nomme le mineur : dites d’abord pourquoi, puis revenez l’ouvrir.")
            return redirect(f"{cast(ResolverMatch, request.resolver_match).namespace}:reveal", pk)

    def addition(self, order: int) -> RowAction:
        return RowAction(
            "piece_add",
            route="pieces/ajouter",
            label="Ajouter une pièce",
            order=order,
            form=AdminCaseAttachForm if self.kind in SEALED_OF else AdminAttachForm,
            service=lambda row, cleaned, by: attachment_add(kind=self.kind, object_id=row.pk, by=by, **cleaned),
            intro="Le fichier est vérifié, débarrassé de ce qu’il dit de son auteur et de l’appareil, puis chiffré.",
            submit_label="Ajouter",
            done="La pièce est ajoutée.",
        )

    def removal(self) -> RowAction:
        return RowAction(
            "piece_remove",
            route=f"{PIECE}/retirer",
            find=self.find("remove"),
            form=AdminRemoveForm,
            service=lambda row, cleaned, by: attachment_remove(attachment=row, by=by, **cleaned),
            title="Retirer une pièce",
            subtitle=self.file,
            intro=lambda row: (
                f"« {title_of(row)} » ne s’ouvrira plus. Son contenu sera détruit après le délai des réglages."
            ),
            submit_label="Retirer",
            done="La pièce est retirée : plus personne ne peut l’ouvrir.",
        )

    def restoration(self) -> RowAction:
        return RowAction(
            "piece_restore",
            route=f"{PIECE}/retablir",
            find=self.find("restore", removed=True),
            service=lambda row, cleaned, by: attachment_restore(attachment=row),
            title="Rétablir une pièce",
            subtitle=self.file,
            intro=lambda row: f"« {title_of(row)} » s’ouvrira de nouveau pour celles et ceux qui voient ce dossier.",
            submit_label="Rétablir",
            done="La pièce est rétablie.",
        )


def piece_actions(model: type[Model], *, kind: str, order: int = 0) -> tuple[RowAction, ...]:
    """Return the pages that add, open, remove and restore the attachments of the files of `model`."""
    pieces = Pieces(model, kind)
    reading = RowAction("piece", route=PIECE, permission="view", view=pieces.read)
    return pieces.addition(order), reading, pieces.removal(), pieces.restoration()
