"""The référentiel in the portal: read it, sign it, keep the receipt."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.documents.models import Acknowledgement, DocumentKind
from cms.documents.selectors import (
    acknowledgement_get,
    partner_to_sign_for,
    partners_to_sign_for,
    version_in_force,
    version_to_read,
)
from cms.documents.services import acknowledgement_sign
from referentiel.forms import SignForm
from referentiel.presentation import chapters_of, grouped
from referentiel.selectors import signatures_of, standing_of


def read(request: HttpRequest) -> HttpResponse:
    """The version in force, word for word as it was frozen."""
    version = version_to_read(DocumentKind.REFERENTIEL)
    if version is None:
        return render(request, "referentiel/none.html")
    context = {"version": version, "chapters": chapters_of(version), "standing": standing_of(request.user, version)}
    return render(request, "referentiel/read.html", context)


def sign(request: HttpRequest) -> HttpResponse:
    """A person with signing authority commits a structure; anybody else finds nothing here."""
    version = version_in_force(DocumentKind.REFERENTIEL)
    partners = partners_to_sign_for(request.user)
    if version is None or not partners:
        raise Http404
    signed = signatures_of(version, partners)
    left = [partner for partner in partners if partner.pk not in signed]
    if request.method != "POST" and not left:
        messages.info(request, f"La version {version.number} est déjà signée.")
        return redirect("referentiel:receipt", signed[partners[0].pk].pk)
    form = SignForm(request.POST or None, user=request.user, partners=left or partners, version=version)
    if request.method == "POST" and form.is_valid() and (receipt_of := _sign(request, form, version)):
        messages.success(request, f"Vous avez signé la version {version.number} du référentiel.")
        return redirect("referentiel:receipt", receipt_of.pk)
    context = {"form": form, "version": version, "partner": left[0] if len(left) == 1 else None}
    return render(request, "referentiel/sign.html", context, status=422 if form.errors else 200)


def _sign(request: HttpRequest, form: SignForm, version) -> Acknowledgement | None:
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


def receipt(request: HttpRequest, acknowledgement_id: uuid.UUID) -> HttpResponse:
    """Who committed which structure, to which words, when."""
    row = acknowledgement_get(acknowledgement_id)
    return render(request, "referentiel/receipt.html", {"row": row, "groups": grouped(row.version_hash)})
