"""Going to ProConnect, coming back, linking one's account, leaving."""

import hmac
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LogoutView as AllauthLogoutView
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cms.proconnect.enums import Fault
from cms.proconnect.portal.stops import fault_page
from cms.proconnect.provider import ProConnectProvider
from cms.proconnect.rules import SignInRefusedError
from cms.proconnect.selectors import link_of
from cms.proconnect.services.logout import STATE, end_session_address, id_token_take
from cms.proconnect.services.openid import ProConnectAdapter, ProviderIdentity
from cms.proconnect.services.requests import account_link
from cms.proconnect.settings import PROVIDER, configuration
from cms.users.models import User

LEFT_BEHIND = '"cache", "storage"'
"""What the browser forgets at sign-out. Cookies are Django's to clear; that of the device is kept (`cms.sessions`)."""


def provider_or_404(request: HttpRequest) -> ProConnectProvider:
    if configuration() is None:
        raise Http404
    return get_adapter().get_provider(request, PROVIDER)


def form_may_lead_there(response: HttpResponse) -> HttpResponse:
    """Chromium refuses a form whose answer leads to another site, unless the policy of its page names that site."""
    if conf := configuration():
        # The stubs do not know the attribute that the policy of contents reads from a response.
        response._csp_update = {"form-action": [conf.origin]}  # type: ignore[attr-defined]
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
@rate_limit(action="login")
def login(request: HttpRequest) -> HttpResponse:
    provider = provider_or_404(request)
    if request.method == "GET" or request.user.is_authenticated:
        return redirect("account_login")
    try:
        return provider.redirect(request, AuthProcess.LOGIN, get_next_redirect_url(request))
    except SignInRefusedError as refused:
        return fault_page(request, refused.fault)


@require_http_methods(["GET", "POST"])
@reauthentication_required
def link(request: HttpRequest) -> HttpResponse:
    """Somebody who has an account, and has just shown again who they are, links it."""
    provider = provider_or_404(request)
    if request.method == "GET":
        return form_may_lead_there(
            render(request, "proconnect/link.html", {"link": link_of(cast(User, request.user))})
        )
    try:
        return provider.redirect(request, AuthProcess.CONNECT, holder=str(request.user.pk))
    except SignInRefusedError as refused:
        return fault_page(request, refused.fault)


@login_not_required
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    provider = provider_or_404(request)
    try:
        state = _state_of(request, provider)
        sign_in = ProConnectAdapter(request).sign_in(request.GET["code"], state)
        if state["process"] == AuthProcess.CONNECT:
            return _linked(request, sign_in.identity, state)
        if request.user.is_authenticated:  # signed in meanwhile, in another tab
            return redirect("portal:home")
        sign_in.state = state
        return complete_social_login(request, sign_in)
    except SignInRefusedError as refused:
        return fault_page(request, refused.fault)


def _state_of(request: HttpRequest, provider: ProConnectProvider) -> dict:
    """Return what this session stored when it left, and remove it: it serves once."""
    try:
        state = provider.unstash_redirect_state(request, request.GET.get("state", ""))
    except PermissionDenied:
        raise SignInRefusedError(Fault.STATE) from None
    if request.GET.get("iss", provider.app.settings["server_url"]) != provider.app.settings["server_url"]:
        raise SignInRefusedError(Fault.CLAIMS)
    if "code" not in request.GET:
        is_cancelled = request.GET.get("error") == ProConnectAdapter.login_cancelled_error
        raise SignInRefusedError(Fault.CANCELLED if is_cancelled else Fault.PROVIDER)
    return state


def _linked(request: HttpRequest, identity: ProviderIdentity, state: dict) -> HttpResponse:
    if not request.user.is_authenticated or str(request.user.pk) != state["holder"]:
        raise SignInRefusedError(Fault.STATE)
    try:
        account_link(user=request.user, identity=identity)
    except ValidationError:
        raise SignInRefusedError(Fault.TAKEN) from None
    get_adapter().send_notification_mail("proconnect/email/linked", request.user)
    messages.success(request, "Votre compte est relié : vous pouvez entrer avec ProConnect.")
    return redirect("portal:account")


@login_not_required
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Show the same page to everybody: it says nothing of who asked."""
    provider_or_404(request)
    return render(request, "proconnect/waiting.html")


class LogoutView(AllauthLogoutView):
    """The one sign-out, of the portal and of the admin: it asks first, and leaves nothing on a shared computer.

    Whoever came through ProConnect leaves it too: its session would bring them back.
    """

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = self._leave(*args, **kwargs)
        response.headers["Clear-Site-Data"] = LEFT_BEHIND
        return response

    def _leave(self, *args: Any, **kwargs: Any) -> HttpResponse:
        id_token = id_token_take(self.request)
        response = super().post(*args, **kwargs)
        address = end_session_address(self.request, id_token)
        if not address:
            return response
        # A page, not a redirection: the policy of forms would hold every site that ProConnect leads through.
        return render(self.request, "proconnect/leaving.html", {"address": address})


@login_not_required
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """Back from ProConnect, whose session is closed."""
    provider_or_404(request)
    expected = request.session.pop(STATE, "")
    if not expected or not hmac.compare_digest(expected.encode(), request.GET.get("state", "").encode()):
        return fault_page(request, Fault.STATE)
    messages.success(request, "Vous êtes déconnecté de Havre et de ProConnect.")
    return redirect("portal:home")
