"""Pages of attachments, that each app calls once its own object was fetched."""

import uuid
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cms.files.forms import PortalAttachForm, PortalRemoveForm
from cms.files.selectors import attachment_get, attachment_may_add, attachment_may_remove, attachments_of
from cms.files.services import attachment_add, attachment_remove
from cms.files.words import size_words, title_of
from cms.kit.templatetags.french import date
from cms.users.models import User
from cms.wall import scope


def attachments_panel(*, kind: str, object_id: uuid.UUID, prefix: str) -> dict:
    """Return what `files/panel.html` shows. `prefix`: `cases:request` for the addresses `cases:request_piece…`."""
    rows = attachments_of(kind=kind, object_id=object_id)
    may_add, me = attachment_may_add(kind=kind, object_id=object_id), scope.current().user_id
    return {
        "items": [
            {
                "title": title_of(row),
                "hint": f"{row.get_file_type_display()}, {size_words(row.size)}, ajoutée le "
                f"{date(row.added_at, 'j F Y')} par {row.added_by}",
                "url": reverse(f"{prefix}_piece", args=[object_id, row.pk]),
                "remove_url": reverse(f"{prefix}_piece_remove", args=[object_id, row.pk])
                if may_add and row.added_by_id == me
                else "",
            }
            for row in rows
        ],
        "add_url": reverse(f"{prefix}_piece_add", args=[object_id]) if may_add else "",
    }


def attach_page(request: HttpRequest, *, kind: str, object_id: uuid.UUID, reference: str, back: str) -> HttpResponse:
    """Add an attachment to an object of the portal, then back to its page."""
    is_post = request.method == "POST"
    form = PortalAttachForm(request.POST, request.FILES) if is_post else PortalAttachForm()
    if is_post and form.is_valid():
        try:
            attachment_add(kind=kind, object_id=object_id, by=cast(User, request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "La pièce est ajoutée.")
            return redirect(back)
    context = {"form": form, "reference": reference, "back": back}
    return render(request, "files/attach.html", context, status=422 if form.is_bound else 200)


def remove_page(
    request: HttpRequest, *, kind: str, object_id: uuid.UUID, pk: uuid.UUID, reference: str, back: str
) -> HttpResponse:
    """Remove an attachment, with a reason, then back to the page of its object."""
    attachment = attachment_get(kind=kind, object_id=object_id, pk=pk, action="files.attachment.remove")
    if not attachment_may_remove(attachment):
        return redirect(back)
    form = PortalRemoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            attachment_remove(attachment=attachment, by=cast(User, request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "La pièce est retirée : plus personne ne peut l’ouvrir.")
            return redirect(back)
    context = {"form": form, "title": title_of(attachment), "reference": reference, "back": back}
    return render(request, "files/remove.html", context, status=422 if form.is_bound else 200)
