"""Pages of the portal."""

from django.urls import path

from dashboards.reporting.releases import portal
from dashboards.reporting.state.portal import exchanges, pieces
from dashboards.reporting.state.words import COMMITTEE, QUESTION

app_name = "dashboards"


def shared(where: str, name: str, kind: str) -> list:
    """Return the addresses of the documents of a question or of a committee."""
    of_kind, row = {"kind": kind}, f"echanges/{where}<uuid:pk>/pieces"
    return [
        path(f"{row}/ajouter/", pieces.add, of_kind, name=f"{name}_piece_add"),
        path(f"{row}/<uuid:piece_pk>/", pieces.read, of_kind, name=f"{name}_piece"),
        path(f"{row}/<uuid:piece_pk>/retirer/", pieces.remove, of_kind, name=f"{name}_piece_remove"),
    ]


urlpatterns = [
    path("", portal.latest, name="state"),
    path("echanges/", exchanges.exchanges, name="exchanges"),
    path("echanges/poser/", exchanges.ask, name="ask"),
    path("echanges/<uuid:pk>/", exchanges.question, name="question"),
    *shared("", "question", QUESTION),
    *shared("comites/", "committee", COMMITTEE),
    path("<uuid:pk>/", portal.release, name="release"),
    path("<uuid:pk>/<slug:kind>/", portal.paper, name="paper"),
]
