"""What a person invited sees. The link is followed once: its token then leaves the address of the pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from cms.accounts.forms import SurePortalForm, WelcomeForm
from cms.accounts.portal.team import form_run, page, posted
from cms.accounts.services.invitations import (
    InvitationFacts,
    invitation_accept_known,
    invitation_accept_new,
    invitation_opened,
    token_hash,
)

KEY = "invitation"
GONE = 404
"""Unknown, used, cancelled or late: the same page, so that trying links tells nothing."""


@never_cache
@login_not_required
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the hash of the token in the session: the address shown, sent as referrer or left in a history has none."""
    if len(token) > 100 or invitation_opened(token_hash(token)) is None:
        return over(request)
    request.session[KEY] = token_hash(token)
    return redirect("accounts:welcome")


@never_cache
@login_not_required
def welcome(request: HttpRequest) -> HttpResponse:
    hashed = request.session.get(KEY, "")
    opened = invitation_opened(hashed) if hashed else None
    if opened is None:
        return over(request)
    if request.user.is_authenticated:
        return known(request, opened, hashed)
    if opened.account_id:
        return render(request, "accounts/welcome_known.html", {"invitation": opened, "is_signed_in": False})
    return new(request, opened, hashed)


def new(request: HttpRequest, opened: InvitationFacts, hashed: str) -> HttpResponse:
    form = WelcomeForm(posted(request))
    if form_run(form, lambda: invitation_accept_new(hashed=hashed, **form.cleaned_data)):
        del request.session[KEY]
        messages.success(
            request, "Votre compte est ouvert. Connectez-vous avec le mot de passe que vous venez de choisir."
        )
        return redirect("account_login")
    return page(request, "accounts/welcome.html", form, invitation=opened)


def known(request: HttpRequest, opened: InvitationFacts, hashed: str) -> HttpResponse:
    """Somebody signed in: the account of this address accepts with one button, another is told to sign out."""
    if opened.account_id != request.user.pk:
        return render(request, "accounts/welcome_other.html", {"invitation": opened})
    form = SurePortalForm(posted(request))
    if form_run(form, lambda: invitation_accept_known(hashed=hashed)):
        del request.session[KEY]
        messages.success(request, "C’est fait : votre nouveau rattachement est ouvert.")
        return redirect("portal:home")
    return page(request, "accounts/welcome_known.html", form, invitation=opened, is_signed_in=True)


def over(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_over.html", status=GONE)
