"""`/api/content/v2/pages/`: Wagtail's own API, over the pages that the scope may read."""

from collections import OrderedDict
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.serializers import PageHtmlUrlField, PageSerializer, RichTextFieldSerializer
from wagtail.api.v2.utils import BadRequestError, page_models_from_string
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page

from cms.documents.content.api.base import PublicRead
from cms.documents.content.selectors import page_address, pages_served
from cms.documents.visibility.selectors import page_models

LONGEST_OFFSET = 9
"""In figures: the database counts no further."""


class RichText(RichTextFieldSerializer):
    """As it is kept: the whole answer is expanded at once, so that a list costs a few statements."""

    def to_representation(self, value: str) -> str:
        return str(value)


class Address(PageHtmlUrlField):
    def to_representation(self, page: Page) -> str:
        return page_address(page)


class PublicPageSerializer(PageSerializer):
    html_url = Address(read_only=True)
    serializer_field_mapping = PageSerializer.serializer_field_mapping | {RichTextField: RichText}


class KnownLocale(BaseFilterBackend):
    """A language that no page has is a fault of whoever asks, and not an empty list."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        asked = request.GET.get("locale")
        if asked is not None and not Locale.objects.filter(language_code=asked).exists():
            raise BadRequestError("locale doesn't exist")
        return queryset


class PublicPages(PublicRead, PagesAPIViewSet):
    """Public pages; with a token, those of its owner. A page of a document is read in its frozen version."""

    base_serializer_class = PublicPageSerializer
    filter_backends = [
        KnownLocale,
        *PagesAPIViewSet.filter_backends,
    ]
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {"site", "rich_text_format", "_"}
    meta_fields = [*PagesAPIViewSet.meta_fields, "last_published_at"]
    listing_default_fields = [*PagesAPIViewSet.listing_default_fields, "last_published_at", "locale"]

    def check_parameters(self, request: Request) -> None:
        """Wagtail checks them, with the fields of the type that is asked for."""

    @classmethod
    def get_detail_default_fields(cls, model: type[Page]) -> list[str]:
        return [*super().get_detail_default_fields(model), "locale"]

    def get_base_queryset(self) -> Any:
        return pages_served()

    def get_queryset(self) -> QuerySet:
        models, rows = self._models(), self.get_base_queryset()
        if "search" in self.request.GET:
            # A search reads conditions over columns alone: who may read what is asked first.
            rows = Page.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
        if len(models) == 1:
            rows = models[0].objects.filter(pk__in=rows.order_by().values("pk"))
        elif models:
            rows = rows.type(*models)
        return rows.select_related("locale", "content_type").order_by("id")

    def _models(self) -> tuple[type[Page], ...]:
        asked = self.request.GET.get("type")
        try:
            models = page_models_from_string(asked) if asked else ()
        except (LookupError, ValueError) as error:
            raise BadRequestError("type doesn't exist") from error
        if not set(models) <= set(page_models()):
            raise BadRequestError("type doesn't exist")
        return models

    def listing_view(self, request: Request) -> Response:
        rows = self.get_queryset()
        self.check_query_parameters(rows)
        if len(request.GET.get("offset", "")) > LONGEST_OFFSET:
            raise BadRequestError("offset is beyond the last page")
        if request.GET.get("order") == "random":
            raise BadRequestError("random ordering is not available: an answer is the same for all")
        page = self.paginate_queryset(self.filter_queryset(rows))
        if rows.model is Page and request.GET.get("fields") == "*":
            return self._answered(self._of_their_types(page))
        return self._answered(self.get_serializer(page, many=True).data)

    def _of_their_types(self, pages: Any) -> list[OrderedDict]:
        """Each page with the fields of its type, and not those alone that all pages have."""
        context, classes, items = self.get_serializer_context(), {}, []
        locales = Locale.objects.in_bulk()
        for page in pages.specific():
            page.locale, model = locales[page.locale_id], type(page)
            if model not in classes:
                classes[model] = self._get_serializer_class(
                    context["router"], model, [("*", False, None)], show_details=False
                )
            items.append(classes[model](page, context=context).data)
        return items

    def _answered(self, items: Any) -> Response:
        return self.answer(self.get_paginated_response(list(items)).data)

    def detail_view(self, request: HttpRequest, pk: int) -> Response:
        data = super().detail_view(request, pk).data
        self.language = data["meta"].get("locale", self.language)
        return self.answer(data)
