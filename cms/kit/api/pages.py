"""Pages of a list, by cursor, and the orders that a list has.

A cursor holds where the last row stood: a row that comes in while a copy is made neither hides another nor shows it
twice. It is signed: nobody writes one, and what it holds is compared by the database as it was written.
"""

import json
from collections.abc import Sequence
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

from django.core import signing
from django.db.models import Model, Q, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.filters import OrderingFilter
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from cms.kit.addresses import absolute

USUAL, LARGEST = 50, 200
SALT = "api.cursor"


def site_address(address: str) -> str:
    """Return an address with the name of this site, whatever the request says it was sent to."""
    return absolute(urlsplit(address)._replace(scheme="", netloc="").geturl())


class CursorPages(BasePagination):
    """`page_size` and `cursor`; `next` is null on the last page."""

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        size, terms = page_size(request), terms_of(queryset)
        position = _position(request, terms)
        rows = list((queryset.filter(_after(terms, position)) if position else queryset)[: size + 1])
        self.next = None
        if len(rows) > size:
            # Without the hour of its signature: the same page gives the same cursor.
            signer = signing.Signer(salt=_salt(request, terms))
            cursor = signer.sign_object([_value(rows[size - 1], term) for term in terms])
            self.next = site_address(replace_query_param(request.get_full_path(), "cursor", cursor))
        return rows[:size]

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        properties = {"next": {"type": ["string", "null"], "format": "uri"}, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": USUAL}
        return [
            {"name": "page_size", "in": "query", "description": "Lignes par page.", "schema": size},
            {
                "name": "cursor",
                "in": "query",
                "description": "Où reprendre : donné par `next`, à ne pas composer.",
                "schema": {"type": "string"},
            },
        ]


def page_size(request: Request) -> int:
    asked = request.query_params.get("page_size", str(USUAL))
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= LARGEST):
        raise ValidationError({"page_size": [f"Un nombre de 1 à {LARGEST}."]})
    return int(asked)


def terms_of(queryset: QuerySet) -> Sequence[str]:
    """Return the columns of the order of a list; the last one is the key, or two rows could change places."""
    terms = [str(term) for term in queryset.query.order_by]
    if not terms or terms[-1].removeprefix("-") not in ("pk", "id", "code"):
        raise TypeError(f"A list of {queryset.model.__name__} ends its order with its key.")
    return terms


def _position(request: Request, terms: Sequence[str]) -> list[Any]:
    cursor = request.query_params.get("cursor")
    if cursor is None:
        return []
    try:
        return list(signing.Signer(salt=_salt(request, terms)).unsign_object(cursor))
    except (signing.BadSignature, ValueError):
        raise ValidationError({"cursor": ["Ce curseur n’est pas de cette liste : reprenez au début."]}) from None


def _salt(request: Request, terms: Sequence[str]) -> str:
    return f"{SALT}:{request.path}:{','.join(terms)}"


def _value(row: Model, term: str) -> str:
    """Return a value as text that the field reads again whole, microseconds included."""
    value = attrgetter(term.removeprefix("-").replace("__", "."))(row)
    return value if isinstance(value, str) else json.dumps(value, default=str).strip('"')


def _after(terms: Sequence[str], position: Sequence[Any]) -> Q:
    after, same = Q(pk__in=[]), Q()
    for term, value in zip(terms, position, strict=True):
        name = term.removeprefix("-")
        beyond = "lt" if term.startswith("-") else "gt"
        after |= same & Q(**{f"{name}__{beyond}": value})
        same &= Q(**{name: value})
    return after


class ClosedOrdering(OrderingFilter):
    """An order from the list of the view, the key last: two rows never change places between two pages."""

    def get_ordering(self, request: Request, queryset: QuerySet, view: Any) -> list[str]:
        asked = request.query_params.get(self.ordering_param)
        known = orders_of(view)
        if asked is not None and asked not in known:
            raise ValidationError({"ordering": [f"Ordres connus : {', '.join(known)}."]})
        terms = list(view.ordering) if asked is None else [asked]
        return [*(column_of(queryset.model, term) for term in terms), "-pk" if terms[-1].startswith("-") else "pk"]

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": self.ordering_param,
                "in": "query",
                "description": "Ordre de la liste, du plus petit au plus grand ; `-` renverse.",
                "schema": {"type": "string", "enum": orders_of(view)},
            }
        ]


def column_of(model: type[Model], term: str) -> str:
    """Return the order by the column itself: by the name of a link, Django sorts by the order of what it leads to."""
    name = term.removeprefix("-")
    own = {field.name: field.attname for field in model._meta.concrete_fields}
    return term.removesuffix(name) + own.get(name, name)


def orders_of(view: Any) -> list[str]:
    return [sign + name for name in view.ordering_fields for sign in ("", "-")]
