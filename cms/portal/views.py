"""Home, account and sign-in. Each app brings its own panels and entries of navigation."""

from typing import Any

from allauth.account.views import LoginView as AllauthLoginView, PasswordResetDoneView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cms.navigation.registry import panels_for_current
from cms.portal.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from cms.portal.panels import guidance_for
from cms.portal.selectors import memberships_of
from cms.proconnect.portal.views import form_may_lead_there
from cms.proconnect.selectors import link_of
from cms.proconnect.settings import configuration
from cms.sessions import second_factor
from cms.sessions.drafts import drafts_waiting
from cms.sessions.mails import waiting_since
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.values.settings import settings_frozen
from cms.wall import scope

TRY_AGAIN_SECONDS = 60
"""The window of the limits by address (`ACCOUNT_RATE_LIMITS`)."""


class LoginView(AllauthLoginView):
    """The sign-in page; a fictitious instance shows its accounts there."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.HAVRE_FICTITIOUS:
            context |= {"demo_accounts": DEMO_ACCOUNTS, "demo_password": DEMO_PASSWORD}
        return {**context, "has_proconnect": configuration() is not None}

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        return form_may_lead_there(super().render_to_response(context, **options))


class ResetAskedView(PasswordResetDoneView):
    """What happens next once a new password was asked for: the same page for every address, known or not."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "waiting_since": waiting_since()}


class PasskeyAskedMixin:
    """Says which roles of the person ask for a passkey, so that nobody sets up what will not be enough."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The mixin stands before a view of allauth, which has this method and the request.
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        request = self.request  # type: ignore[attr-defined]
        return {**context, "passkey_roles": [] if second_factor.is_enough(request) else second_factor.passkey_roles()}


class FactorsView(PasskeyAskedMixin, IndexView):
    pass


class LinkApplicationView(PasskeyAskedMixin, ActivateTOTPView):
    pass


class ShowPasskeyView(PasskeyAskedMixin, ReauthenticateWebAuthnView):
    pass


class RemovePasskeyView(RemoveWebAuthnView):
    """allauth keeps the last application of codes, and lets the last passkey go: it would leave the password alone."""

    def form_valid(self, form: Form) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect(self.get_success_url())
        return super().form_valid(form)


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for me, first; the public page for whoever is not signed in."""
    if not request.user.is_authenticated:
        return render(request, "portal/welcome.html")
    # Several panels read a delay: one query for all.
    with settings_frozen():
        context = {"panels": panels_for_current(), "guidance": guidance_for(request.user)}
    return render(request, "portal/home.html", context)


def account(request: UserRequest) -> HttpResponse:
    """My account, my roles, and until when I hold them."""
    roles = [Role(role).label for role in sorted(scope.current().roles)]
    context = {"memberships": memberships_of(request.user), "roles": roles, "today": timezone.localdate()}
    context["drafts"] = drafts_waiting()
    context["opens_displays"] = scope.current().has_role(Role.TRAINER, Role.COORDINATION, Role.DIRECTION)
    if configuration():
        context |= {"has_proconnect": True, "proconnect_link": link_of(request.user)}
    return render(request, "portal/account.html", context)


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """429: too many people sign in from one address at once; a minute later it opens again."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return response


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for a search engine."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")
