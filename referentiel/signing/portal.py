"""Signing: what is left to read, the form, the receipt."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.documents.models import Acknowledgement, DocumentKind, DocumentVersion
from cms.documents.pages.selectors import source_of
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.versions.selectors import (
    WHAT_CHANGES,
    acknowledgement_get,
    partner_to_sign_for,
    partners_to_sign_for,
    parts_left,
    version_in_force,
)
from cms.files.papers import attachment_response
from cms.files.selectors import attachment_get, attachments_of
from cms.kit.papers import pdf_response
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.requests import UserRequest
from referentiel.reading.papers import receipt_pdf as receipt_write
from referentiel.reading.rules import chapter_address, grouped
from referentiel.reading.selectors import signatures_of
from referentiel.signing.forms import ReferentielSignForm


def sign(request: UserRequest) -> HttpResponse:
    """Sign for a structure, as a person with signing authority. Raise `Http404` for anybody else."""
    version = version_in_force(DocumentKind.REFERENTIEL)
    partners = partners_to_sign_for(request.user)
    if version is None or not partners:
        raise Http404
    signed = signatures_of(version, partners)
    unsigned = [partner for partner in partners if partner.pk not in signed]
    if request.method != "POST" and not unsigned:
        messages.info(request, f"La version {version.number} est déjà signée.")
        return redirect("referentiel:receipt", signed[partners[0].pk].pk)
    form = ReferentielSignForm(request.POST or None, user=request.user, partners=unsigned or partners, version=version)
    if request.method == "POST" and form.is_valid() and (receipt_of := _sign(request, form, version)):
        messages.success(request, f"Vous avez signé la version {version.number} du référentiel.")
        return redirect("referentiel:receipt", receipt_of.pk)
    to_read = steps_left(request.user, version, unsigned or partners)
    context = {
        "form": form,
        "version": version,
        "partner": unsigned[0] if len(unsigned) == 1 else None,
        "to_read": to_read,
        "is_ready": form.is_bound or not to_read,
    }
    return render(request, "referentiel/signing/sign.html", context, status=422 if form.errors else 200)


def steps_left(user: User, version: DocumentVersion, partners: list[Partner]) -> list[dict[str, str]]:
    """List what is left to read before signing, each with its address."""
    parts = dict.fromkeys(part for partner in partners for part in parts_left(user, version, partner))
    titles = {chapter["code"]: chapter["title"] for chapter in version.content["chapters"]}
    return [
        {"label": "Ce qui a changé pour vous", "url": reverse("referentiel:changes"), "badge_label": "À lire"}
        if part == WHAT_CHANGES
        else {
            "label": titles.get(part, part),
            "url": chapter_address(part),
            "badge_label": "À lire",
        }
        for part in parts
    ]


def _sign(request: UserRequest, form: ReferentielSignForm, version: DocumentVersion) -> Acknowledgement | None:
    if form.cleaned_data["version"] != version.pk:
        form.add_error(None, "Une nouvelle version vient d’entrer en vigueur. Lisez-la avant de la signer.")
        return None
    try:
        return acknowledgement_sign(
            version=version,
            partner=partner_to_sign_for(request.user, form.cleaned_data["partner"]),
            signed_by=request.user,
            position=form.cleaned_data["position"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None


@require_safe
def receipt(request: HttpRequest, acknowledgement_id: uuid.UUID) -> HttpResponse:
    """Show who signed for which structure, under which version, when."""
    row = acknowledgement_get(acknowledgement_id)
    scans = attachments_of(kind="acknowledgement", object_id=row.pk) if row.is_on_paper else []
    kind = row.version.document.kind
    is_ours = kind == DocumentKind.REFERENTIEL
    context = {
        "row": row,
        "groups": grouped(row.version_hash),
        "scans": scans,
        "clauses": source_of(kind).clauses,
        "read_url": reverse("referentiel:read") if is_ours else reverse("documents:read", args=[kind]),
    }
    return render(request, "referentiel/signing/receipt.html", context)


@require_safe
def receipt_pdf(request: HttpRequest, acknowledgement_id: uuid.UUID) -> HttpResponseBase:
    row = acknowledgement_get(acknowledgement_id)
    return pdf_response(receipt_write(row), f"recu-{row.pk.hex[:8]}")


@require_safe
def receipt_piece(request: HttpRequest, acknowledgement_id: uuid.UUID, piece_pk: uuid.UUID) -> HttpResponseBase:
    """Send the paper that was signed, to its structure and the coordination."""
    row = acknowledgement_get(acknowledgement_id)
    piece = attachment_get(kind="acknowledgement", object_id=row.pk, pk=piece_pk, action="files.attachment.read")
    return attachment_response(request, piece)
