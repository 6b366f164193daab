"""The published documents on which the qualitative indicators rest."""

import datetime as dt

from cms.documents.models import DocumentKind, DocumentVersion
from dashboards.indicators.rules.results import Figure


def document_figure(code: str, label: str, kind: DocumentKind, day: dt.date) -> Figure:
    """Return the version of a document in force on a day, or that there is none."""
    version = (
        DocumentVersion.objects.filter(document__kind=kind, effective_on__lte=day)
        .order_by("-effective_on", "-sequence")
        .values_list("number", "effective_on")
        .first()
    )
    text = f"version {version[0]} du {version[1]:%d/%m/%Y}" if version else "pas encore publié"
    return Figure(code, label, text, "text")
