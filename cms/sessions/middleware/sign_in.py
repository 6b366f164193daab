"""The time limits of a connexion, checked before `request.user` is read."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from cms.journal.services import journal_append
from cms.sessions import services as sessions
from cms.sessions.activity import is_activity
from cms.sessions.drafts import draft_hand_in
from cms.users.models import User
from cms.wall import doors, scope

TIMED_OUT = (
    "Votre connexion a pris fin, faute d’activité ou parce qu’elle durait depuis trop longtemps. Reconnectez-vous."
)
KEPT = (
    "Votre connexion avait pris fin : rien n’a été envoyé, mais votre saisie est gardée. "
    "Reconnectez-vous pour la reprendre."
)


UNTOLD = "connexion_end_untold"


class ConnexionRequest(HttpRequest):
    """A request whose connexion was checked: None for whoever is not signed in."""

    connexion: sessions.ConnexionState | None


class SignInMiddleware:
    """Refuses a browser whose connexion has ended, before `request.user` is read.

    What is noted here is committed at once, outside the transaction of the request: a form with errors is activity.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ConnexionRequest) -> HttpResponse:
        request.connexion = None
        owner = request.session.get("_auth_user_id")
        if owner:
            touch = sessions.session_touch(
                request.session.get(sessions.SIGN_IN), owner, is_activity=is_activity(request)
            )
            if touch.is_live:
                request.connexion = touch
            else:
                _close(request, owner, touch)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Run once the token against forged requests was checked, within the transaction of the request."""
        owner = request.session.get(sessions.OUTLIVED)
        if owner and request.method == "POST" and not request.user.is_authenticated:
            return _hand_in(request, owner)
        # Not on the request that found the end: a page that asks by itself how long is left shows nothing to anybody.
        if request.method == "GET" and is_activity(request) and request.session.pop(UNTOLD, False):
            messages.info(request, TIMED_OUT)
        return None


def _close(request: HttpRequest, owner: str, touch: sessions.ConnexionState) -> None:
    """Forget the session whole: its marks of a second factor must not serve the next sign-in."""
    user = User.objects.filter(pk=owner, is_active=True).first()
    if touch.has_just_ended and user:
        with scope.acting(user, door=doors.DRAFT):
            journal_append(
                action="auth.session.timeout", kind="user", object_id=user.pk, details={"ending": touch.state}
            )
    request.session.flush()
    if touch.has_timed_out and user:
        request.session[sessions.OUTLIVED] = owner
        request.session.set_expiry(0)
        request.session[UNTOLD] = True


def _hand_in(request: HttpRequest, owner: str) -> HttpResponse | None:
    """Keep a long form sent too late, sealed, for the account of the connexion that came to its time."""
    user = User.objects.filter(pk=owner, is_active=True).first()
    if user is None or not draft_hand_in(request, user):
        return None
    messages.warning(request, KEPT)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
