"""Attachments in the admin: the block of a file, and the pages that each viewset adds with `piece_urls`."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from cms.admin.viewsets import ScopedSnippetViewSet
from cms.files.forms import AdminAttachForm, AdminCaseAttachForm, AdminRemoveForm
from cms.files.models import Attachment
from cms.files.papers import attachment_response
from cms.files.selectors import attachment_get, attachments_all
from cms.files.services import NeedsReveal, attachment_add, attachment_remove, attachment_restore
from cms.files.words import size_words, title_of
from cms.kit.blocks import Action, Cell, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.wall.reveals.services import SEALED_OF

HEADINGS = ("Pièce", "Type", "Taille", "Ajoutée", "État")


def piece_action(space: str, pk) -> Action:
    return Action("Ajouter une pièce", reverse(f"{space}:piece_add", args=[pk]))


def pieces_block(kind: str, pk, space: str) -> Listing:
    """Every attachment of a file, those removed and not yet destroyed included."""
    found = list(attachments_all(kind=kind, object_id=pk))
    rows = [
        (
            title_of(row) if row.removed_at else Cell(title_of(row), reverse(f"{space}:piece", args=[pk, row.pk])),
            row.get_file_type_display(),
            size_words(row.size),
            f"le {timezone.localtime(row.added_at):%d/%m/%Y} par {row.added_by}",
            _state(row),
        )
        for row in found
    ]
    actions = [[_row_action(space, pk, row)] for row in found]
    return Listing("Pièces", HEADINGS, rows, "Aucune pièce.", actions)


def _state(row: Attachment) -> str:
    if row.removed_at:
        day = f"{timezone.localtime(row.removed_at):%d/%m/%Y}"
        return f"retirée le {day} par {row.removed_by} : {row.get_removal_reason_display().lower()}"
    return "s’ouvre après « Voir l’identité »" if row.is_identifying else "gardée"


def _row_action(space: str, pk, row: Attachment) -> Action:
    label, page = ("Rétablir", "piece_restore") if row.removed_at else ("Retirer", "piece_remove")
    return Action(label, reverse(f"{space}:{page}", args=[pk, row.pk]))


def piece_urls(viewset: ScopedSnippetViewSet) -> list:
    """Pages to add, open, remove and restore, under the address of the viewset and its guard."""
    row = "pieces/<uuid:piece_pk>"

    def view(function: Callable) -> Callable:
        return partial(function, viewset=viewset)

    return [
        viewset.action("pieces/ajouter", view(_add), name="piece_add"),
        viewset.action(row, view(_read), name="piece", permission="view"),
        viewset.action(f"{row}/retirer", view(_remove), name="piece_remove"),
        viewset.action(f"{row}/retablir", view(_restore), name="piece_restore"),
    ]


def _page(request: HttpRequest, viewset: ScopedSnippetViewSet, pk, form: AdminForm, **texts) -> HttpResponseBase:
    row = get_object_or_404(viewset.model, pk=pk)
    back_url = reverse(f"{viewset.admin_url_namespace}:inspect", args=[pk])
    return action_page(request, form=form, subtitle=str(row), back_url=back_url, **texts)


def _add(request: HttpRequest, pk, *, viewset: ScopedSnippetViewSet) -> HttpResponseBase:
    kind = viewset.journal_kind
    form_class = AdminCaseAttachForm if kind in SEALED_OF else AdminAttachForm
    form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
    return _page(
        request,
        viewset,
        pk,
        form,
        run=lambda cleaned: attachment_add(kind=kind, object_id=pk, by=request.user, **cleaned),
        title="Ajouter une pièce",
        intro="Le fichier est vérifié, débarrassé de ce qu’il dit de son auteur et de l’appareil, puis chiffré.",
        done="La pièce est ajoutée.",
        submit_label="Ajouter",
    )


def _piece(viewset: ScopedSnippetViewSet, pk, piece_pk, verb: str, *, removed: bool = False) -> Attachment:
    action = f"files.attachment.{verb}"
    return attachment_get(kind=viewset.journal_kind, object_id=pk, pk=piece_pk, action=action, removed=removed)


def _read(request: HttpRequest, pk, piece_pk, *, viewset: ScopedSnippetViewSet) -> HttpResponseBase:
    try:
        return attachment_response(request, _piece(viewset, pk, piece_pk, "read"))
    except NeedsReveal:
        messages.warning(request, "Cette pièce nomme le mineur : dites d’abord pourquoi, puis revenez l’ouvrir.")
        return redirect(f"{viewset.admin_url_namespace}:reveal", pk)


def _remove(request: HttpRequest, pk, piece_pk, *, viewset: ScopedSnippetViewSet) -> HttpResponseBase:
    piece = _piece(viewset, pk, piece_pk, "remove")
    return _page(
        request,
        viewset,
        pk,
        AdminRemoveForm(request.POST if request.method == "POST" else None),
        run=lambda cleaned: attachment_remove(attachment=piece, by=request.user, **cleaned),
        title="Retirer une pièce",
        intro=f"« {title_of(piece)} » ne s’ouvrira plus. Son contenu sera détruit après le délai des réglages.",
        done="La pièce est retirée : plus personne ne peut l’ouvrir.",
        submit_label="Retirer",
    )


def _restore(request: HttpRequest, pk, piece_pk, *, viewset: ScopedSnippetViewSet) -> HttpResponseBase:
    piece = _piece(viewset, pk, piece_pk, "restore", removed=True)
    return _page(
        request,
        viewset,
        pk,
        AdminForm(request.POST if request.method == "POST" else None),
        run=lambda cleaned: attachment_restore(attachment=piece),
        title="Rétablir une pièce",
        intro=f"« {title_of(piece)} » s’ouvrira de nouveau pour celles et ceux qui voient ce dossier.",
        done="La pièce est rétablie.",
        submit_label="Rétablir",
    )
