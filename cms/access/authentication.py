"""Doors of the API: the session of the portal, or a token. Both enter the scope of their user."""

from rest_framework import authentication, exceptions

from cms.access import scope, second_factor


class SessionAuthentication(authentication.SessionAuthentication):
    """The middleware has entered the scope already."""

    def authenticate_header(self, request):
        return "Session"


class TokenAuthentication(authentication.TokenAuthentication):
    def authenticate(self, request):
        result = super().authenticate(request)
        if result:
            scope.enter(result[0])
            if second_factor.is_required():
                raise exceptions.PermissionDenied(
                    "Un jeton ne suffit pas pour ce compte : il se protège par une double authentification."
                )
        return result
