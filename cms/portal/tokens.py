"""« Accès d’un logiciel »: the tokens of the person signed in."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from cms.events.software.selectors import software_own
from cms.kit.forms.portal import PortalForm
from cms.sessions.models import ApiToken
from cms.sessions.scopes.rules import READS
from cms.sessions.step_up import fresh_factor
from cms.sessions.tokens import DAYS, may_hold_token, token_create, token_narrow, token_revoke
from cms.users.requests import UserRequest

LENGTHS = dict(zip(DAYS, ("Un mois", "Trois mois", "Six mois", "Un an"), strict=True))


def scopes_field(choices: list[tuple[str, str]], help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Ce qu’il ouvre",
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
        error_messages={"required": "Cochez au moins une chose à ouvrir."},
    )


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
    scopes = scopes_field(
        [(scope.value, scope.label) for scope in READS],
        "Le moins possible : vous pourrez en retirer, jamais en ajouter. Il ne lit jamais plus que vous.",
    )


class NarrowForm(PortalForm):
    def __init__(self, data: QueryDict | None, *, token: ApiToken) -> None:
        super().__init__(data, initial={"scopes": token.scopes})
        self.fields["scopes"] = scopes_field(token.opened())


def token_list(request: UserRequest) -> HttpResponse:
    context = {
        "tokens": ApiToken.objects.filter(software_id=None),
        "live": set(ApiToken.objects.live()),
        "may_hold": may_hold_token(),
        "software": software_own(request.user),
    }
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


def token_less(request: UserRequest, pk: UUID) -> HttpResponse:
    """Leave a token fewer permissions."""
    token = get_object_or_404(ApiToken.objects.live(), pk=pk)
    form = NarrowForm(request.POST if request.method == "POST" else None, token=token)
    if request.method == "POST" and form.is_valid():
        token_narrow(token=token, scopes=form.cleaned_data["scopes"], by=request.user)
        messages.success(request, "C’est fait : le jeton n’ouvre plus que ce qui est coché, dès maintenant.")
        return redirect("portal:tokens")
    context = {"form": form, "token": token}
    return render(request, "portal/token_less.html", context, status=422 if form.is_bound else 200)


def token_end(request: UserRequest, pk: UUID) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.live(), pk=pk)
    if request.method == "POST":
        token_revoke(token=token, by=request.user)
        messages.success(request, "Le jeton est révoqué : il n’ouvre plus rien.")
        return redirect("portal:tokens")
    return render(request, "portal/token_end.html", {"token": token})
