"""OpenAPI: our own paths alone, and our two ways to authenticate."""

from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.authentication import SessionScheme, TokenScheme


class SessionDoor(SessionScheme):
    target_class = "cms.sessions.authentication.SessionAuthentication"
    name = "session"


class TokenDoor(TokenScheme):
    target_class = "cms.sessions.authentication.TokenAuthentication"
    name = "jeton"


Endpoint = tuple[str, str, str, Callable[..., Any]]
"""Path, path as a pattern, method, view: what drf-spectacular lists."""


def keep_our_paths(endpoints: Iterable[Endpoint]) -> list[Endpoint]:
    """Wagtail describes its own API."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
