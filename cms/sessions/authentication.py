"""Authentication of the API: the session of the portal, or a token. Both enter the scope of their user."""

from typing import TYPE_CHECKING, cast

from rest_framework import authentication, exceptions
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from cms.journal.services import refusal_queue
from cms.sessions.scopes.rules import ANY
from cms.sessions.tokens import token_user
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

if TYPE_CHECKING:  # rest_framework imports this module while it defines its views
    from rest_framework.views import APIView

ENDED = "Ce jeton ne sert plus : il a pris fin, il a été révoqué, ou vos accès ont changé."

NOT_OPENED = "Ce jeton n’ouvre pas cette adresse."
READS_ALONE = "Un jeton ne sert qu’à lire ici : pour écrire, connectez-vous au portail."


class SessionAuthentication(authentication.SessionAuthentication):
    """The middleware has entered the scope already."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Bearer …` (RFC 6750), or `Token …` as before.

    An unknown token leaves no line: anybody may send thousands.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
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
        return user, None


class InsufficientScope(exceptions.PermissionDenied):
    """403 of RFC 6750: the token is good, and does not open this."""

    default_detail = NOT_OPENED

    def __init__(self, permission: str) -> None:
        super().__init__(NOT_OPENED if permission else READS_ALONE)
        said = f', scope="{permission}"' if permission else ""
        self.auth_header = f'Bearer realm="havre", error="insufficient_scope"{said}'


class TokenOpens(BasePermission):
    """A token opens what its permissions name. A view says which one: `opened_by` to read, `written_by` to write.

    The policies of the database ask the same question of each table (`cms/sessions/scopes`).
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not isinstance(request.successful_authenticator, TokenAuthentication):
            return True
        if request.method in SAFE_METHODS:
            permission = getattr(view, "opened_by", None)
        else:
            permission = getattr(view, "written_by", {}).get(getattr(view, "action", ""))
        if permission == ANY or (permission and scope.current().opens(permission)):
            return True
        refusal_queue("user", cast(User, request.user).pk, "auth.token.refused")
        raise InsufficientScope(permission or "")


class AggregatesForTheState(BasePermission):
    """A token of the State opens what is published and nothing else: a view says so with `is_aggregate`."""

    message = "Ce jeton ouvre les publications, leurs définitions et leurs périodes, et rien d’autre."

    def has_permission(self, request: Request, view: "APIView") -> bool:
        is_state = scope.current().roles == {Role.STATE_READER.value}
        by_token = isinstance(request.successful_authenticator, TokenAuthentication)
        return not (is_state and by_token) or getattr(view, "is_aggregate", False)
