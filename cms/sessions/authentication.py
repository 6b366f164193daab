"""Authentication of the API: the session of the portal, or a token. Both enter the scope of their user."""

from typing import TYPE_CHECKING

from rest_framework import authentication, exceptions
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from cms.journal.services import refusal_queue
from cms.sessions.tokens import token_user
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

if TYPE_CHECKING:  # rest_framework imports this module while it defines its views
    from rest_framework.views import APIView

ENDED = "Ce jeton ne sert plus : il a pris fin, il a été révoqué, ou vos accès ont changé."


class SessionAuthentication(authentication.SessionAuthentication):
    """The middleware has entered the scope already."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Bearer …` (RFC 6750), or `Token …` as before, to read alone.

    An unknown token leaves no line: anybody may send thousands.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        self.method = request.method
        sent = authentication.get_authorization_header(request).split()
        self.keyword = "Bearer" if sent and sent[0].lower() == b"bearer" else "Token"
        return super().authenticate(request)

    def authenticate_header(self, request: Request) -> str:
        sent = authentication.get_authorization_header(request)
        return 'Bearer realm="havre"' + (', error="invalid_token"' if sent else "")

    def authenticate_credentials(self, key: str) -> tuple[User, None]:
        user, is_live = token_user(key)
        if user is None:
            raise exceptions.AuthenticationFailed("Jeton inconnu.")
        if not is_live:
            refusal_queue("user", user.pk, "auth.token.refused")
            raise exceptions.AuthenticationFailed(ENDED)
        if self.method not in SAFE_METHODS:
            refusal_queue("user", user.pk, "auth.token.refused")
            raise exceptions.PermissionDenied("Un jeton ne sert qu’à lire : pour écrire, connectez-vous au portail.")
        return user, None


class AggregatesForTheState(BasePermission):
    """A token of the State opens what is published and nothing else: a view says so with `is_aggregate`."""

    message = "Ce jeton ouvre les publications, leurs définitions et leurs périodes, et rien d’autre."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        is_state = scope.current().roles == {Role.STATE_READER.value}
        by_token = isinstance(request.successful_authenticator, TokenAuthentication)
        return not (is_state and by_token) or getattr(view, "is_aggregate", False)
