"""OpenAPI: our own paths alone, and our two doors."""

from drf_spectacular.authentication import SessionScheme, TokenScheme


class SessionDoor(SessionScheme):
    target_class = "cms.sessions.authentication.SessionAuthentication"
    name = "session"


class TokenDoor(TokenScheme):
    target_class = "cms.sessions.authentication.TokenAuthentication"
    name = "jeton"


def keep_our_paths(endpoints):
    """Wagtail describes its own API."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
