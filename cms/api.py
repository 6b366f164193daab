"""The two APIs: what is published, without account when it is public, and everything else over our own selectors and
policies.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import TemplateView
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter
from wagtail.api.v2.router import WagtailAPIRouter

from cases.api import ROUTES as CASES
from cms.documents.api import ROUTES as DOCUMENTS
from cms.documents.content.api.pages import PublicPages
from cms.documents.content.urls import urlpatterns as published
from cms.events.feed.api import EventsView
from cms.kit.api.problems import MISSING, refused
from cms.partners.api import ROUTES as PARTNERS
from cms.values.api import ROUTES as VALUES
from dashboards.api import ROUTES as DASHBOARDS
from dashboards.reporting.api import ROUTES as REPORTING
from dashboards.tables.api import ROUTES as TABLES
from formation.api import ROUTES as FORMATION
from referentiel.api import ROUTES as REFERENTIEL

router = DefaultRouter()
router.include_root_view = False
router.include_format_suffixes = False
ROUTES = [
    *DOCUMENTS,
    *REFERENTIEL,
    *FORMATION,
    *CASES,
    *DASHBOARDS,
    *REPORTING,
    *PARTNERS,
    *TABLES,
    *VALUES,
]
for prefix, viewset, basename in ROUTES:
    router.register(prefix, viewset, basename=basename)

content = WagtailAPIRouter("content")
content.register_endpoint("pages", PublicPages)


@login_not_required
def missing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer in JSON where there is no resource: a software reads no page."""
    return refused(404, MISSING)


urlpatterns = [
    path("v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("v1/docs/", TemplateView.as_view(template_name="api/docs.html"), name="api-docs"),
    path("v1/events/", EventsView.as_view(), name="events"),
    path("v1/", include(router.urls)),
    path("v1/", missing, name="api-missing"),
    path("v1/<path:rest>/", missing, name="api-missing"),  # with its slash, or none would be added
    path("content/v2/", ([*content.get_urlpatterns(), *published], "content", "content")),
]
