"""Pages of the portal."""

from django.urls import path

from dashboards.reporting.views import portal

app_name = "dashboards"
urlpatterns = [
    path("", portal.latest, name="state"),
    path("echanges/", portal.exchanges, name="exchanges"),
    path("echanges/poser/", portal.ask, name="ask"),
    path("echanges/<uuid:pk>/", portal.question, name="question"),
    path("<uuid:pk>/", portal.release, name="release"),
    path("<uuid:pk>/<slug:kind>/", portal.paper, name="paper"),
]
