"""« Accès d’un logiciel »: the tokens of the person signed in."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cms.kit.forms.portal import PortalForm
from cms.sessions.models import ApiToken
from cms.sessions.step_up import fresh_factor
from cms.sessions.tokens import DAYS, may_hold_token, token_create, token_revoke
from cms.users.requests import UserRequest

LENGTHS = dict(zip(DAYS, ("Un mois", "Trois mois", "Six mois", "Un an"), strict=True))


class TokenForm(PortalForm):
    label = forms.CharField(
        label="À quoi sert-il ?",
        help_text="Le logiciel ou le tableau qui s’en sert. N’écrivez aucun nom de personne.",
        max_length=60,
        error_messages={"required": "Dites à quoi il sert : vous saurez plus tard s’il peut être révoqué."},
    )
    days = forms.TypedChoiceField(
        label="Combien de temps ?",
        choices=list(LENGTHS.items()),
        coerce=int,
        initial=90,
        error_messages={"invalid_choice": "Choisissez une durée de la liste : un an au plus."},
    )


def token_list(request: HttpRequest) -> HttpResponse:
    context = {"tokens": ApiToken.objects.all(), "live": set(ApiToken.objects.live()), "may_hold": may_hold_token()}
    return render(request, "portal/tokens.html", context)


@fresh_factor
def token_new(request: UserRequest) -> HttpResponse:
    """Show the text of a token in the answer to the form, and nowhere else: not in the session, nor in an address."""
    if not may_hold_token():
        raise Http404
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token, text = token_create(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return render(request, "portal/token_shown.html", {"token": token, "text": text})
    return render(request, "portal/token_new.html", {"form": form}, status=422 if form.is_bound else 200)


def token_end(request: UserRequest, pk: UUID) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.live(), pk=pk)
    if request.method == "POST":
        token_revoke(token=token, by=request.user)
        messages.success(request, "Le jeton est révoqué : il n’ouvre plus rien.")
        return redirect("portal:tokens")
    return render(request, "portal/token_end.html", {"token": token})
