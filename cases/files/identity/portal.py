"""« Identité du jeune », that the pages of a linking and of a stay call once their own row was fetched."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from cases.common.forms.fields import refuse
from cases.common.portal.pages import form_page
from cases.files.identity.forms import IdentityForm
from cases.files.identity.selectors import identity_may_give, identity_missing
from cases.files.identity.services import identity_give
from cms.users.requests import UserRequest

WHY = "Si le jeune disparaît, l’avis remis à la police porte son nom et sa photo."


def identity_page(request: UserRequest, *, case_id: uuid.UUID, partner_id: uuid.UUID, back: str) -> HttpResponse:
    if not identity_may_give(case_id):
        raise Http404
    form = IdentityForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        portrait = form.cleaned_data["portrait"]
        try:
            identity_give(case_id=case_id, partner_id=partner_id, said=form.said(), portrait=portrait, by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "C’est sous scellé. Merci.")
            return redirect(back)
    context = {"form": form, "back": back, "next_step": missing_words(identity_missing(case_id))}
    return form_page(request, "cases/files/identity/form.html", context)


def missing_words(missing: list[str]) -> str:
    """Return what is still to be asked, and why, in a sentence."""
    if not missing:
        return "Le nom, le prénom, la date de naissance et une photo sont là. Complétez s’il y a du nouveau."
    *first, last = missing
    words = f"{', '.join(first)} et {last}" if first else last
    return f"Il manque encore {words}. {WHY}"
