"""OpenAPI: our own paths alone, our two ways to authenticate, and each refusal beside the answer."""

from collections.abc import Callable, Iterable
from typing import Any, Literal

from drf_spectacular.authentication import SessionScheme, TokenScheme
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import is_list_serializer
from rest_framework import mixins, serializers

from cms.kit.api.problems import KIND, TITLES


class SessionDoor(SessionScheme):
    target_class = "cms.sessions.authentication.SessionAuthentication"
    name = "session"


class TokenDoor(TokenScheme):
    target_class = "cms.sessions.authentication.TokenAuthentication"
    name = "jeton"
    priority = 1  # before the scheme of the library, which matches every class below its own

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "`Authorization: Bearer hvj_…`, RFC 6750."}


class FaultSerializer(serializers.Serializer):
    """Ce qui est à corriger : un paramètre de l’adresse, ou un endroit du corps (RFC 6901)."""

    parameter = serializers.CharField(required=False)
    pointer = serializers.CharField(required=False)
    detail = serializers.CharField()
    code = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """Un refus (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(required=False)
    errors = FaultSerializer(many=True, required=False)  # type: ignore[assignment]  # the metaclass removes it from the class


Direction = Literal["request", "response"]
READ, WRITTEN = (400, 401, 403, 404, 406, 413, 429), (409, 415)
"""Refusals of every operation, and those of an operation that writes."""


class ResourceSchema(AutoSchema):
    def _is_list_view(self, serializer: Any = None) -> bool:
        """Return whether rows are answered: the library takes any action called `list` for a list."""
        asked = serializer if serializer is not None else self.get_response_serializers()
        is_rows = isinstance(self.view, mixins.ListModelMixin) or is_list_serializer(asked)
        return is_rows and super()._is_list_view(serializer)

    def is_deprecated(self) -> bool:
        return super().is_deprecated() or getattr(self.view, "ending", None) is not None

    def _get_filter_parameters(self) -> list[dict[str, Any]]:
        """Say yes or no as a boolean: the filter holds two words. What is written has no filter."""
        if self.method != "GET":
            return []
        parameters = super()._get_filter_parameters()
        for parameter in parameters:
            if parameter["schema"].get("enum") == ["false", "true"]:
                parameter["schema"] = {"type": "boolean"}
                parameter.pop("description", None)
        return parameters

    def _get_pagination_parameters(self) -> list[dict[str, Any]]:
        return super()._get_pagination_parameters() if self.method == "GET" else []

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        component = self.resolve_serializer(ProblemSerializer(), direction)
        content = {KIND: {"schema": component.ref}}
        statuses = [*READ, *(WRITTEN if self.method not in ("GET", "HEAD") else ()), *self._own()]
        refusals = {str(status): {"description": TITLES[status], "content": content} for status in statuses}
        answers = super()._get_response_bodies(direction)
        for kind, media in answers.get("200", {}).get("content", {}).items():
            if kind != "application/json":
                media["schema"] = {"type": "string", "description": "Une ligne par objet, toutes les lignes."}
        if getattr(self.view, "is_marked", False) and getattr(self.view, "action", "") == "retrieve":
            answers["304"] = {"description": TITLES[304]}
        return {**refusals, **answers}

    def get_auth(self) -> list[dict[str, Any]]:
        """Name beside its door the permission that a token needs: OpenAPI 3.1 lets any door name some."""
        view: Any = self.view
        asked = view.opened_by if self.method in ("GET", "HEAD") else view.written_by.get(getattr(view, "action", ""))
        named = [str(asked)] if asked else []
        return [
            {name: named if name == TokenDoor.name else held for name, held in door.items()}
            for door in super().get_auth()
        ]

    def _own(self) -> tuple[int, ...]:
        """Statuses that the view adds by action."""
        return getattr(self.view, "refusals", {}).get(getattr(self.view, "action", ""), ())


Endpoint = tuple[str, str, str, Callable[..., Any]]
"""Path, path as a pattern, method, view: what drf-spectacular lists."""


def keep_our_paths(endpoints: Iterable[Endpoint]) -> list[Endpoint]:
    """Wagtail describes its own API."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]
