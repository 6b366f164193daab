"""Reading a document in the portal: the whole, what changed, on paper."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.documents.articles import articles_of
from cms.documents.differences import difference
from cms.documents.enums import WRITTEN
from cms.documents.models import DocumentVersion
from cms.documents.pdfs import document_pdf
from cms.documents.printing import pdf_response
from cms.documents.selectors import version_previous, version_to_read
from cms.documents.standing import documents_standing
from cms.documents.writing import source_of


def version_of(kind: str) -> DocumentVersion:
    """The version in force of a document made of articles. Raises `Http404` when there is none."""
    version = version_to_read(kind) if kind in WRITTEN else None
    if version is None:
        raise Http404
    return version


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = [row for row in documents_standing(WRITTEN) if row.in_force]
    return render(request, "documents/index.html", {"rows": rows})


@require_safe
def read(request: HttpRequest, kind: str) -> HttpResponse:
    """The version in force, word for word as it was frozen."""
    version = version_of(kind)
    context = {"version": version, "kind": kind, "articles": articles_of(version.ordered_clauses)}
    return render(request, "documents/read.html", context)


@require_safe
def pdf(request: HttpRequest, kind: str) -> HttpResponseBase:
    version = version_of(kind)
    return pdf_response(document_pdf(version), f"{kind}-{version.number}")


@require_safe
def changes(request: HttpRequest, kind: str) -> HttpResponse:
    """What changed since the previous version."""
    version, source = version_of(kind), source_of(kind)
    before = version_previous(version)
    found = difference(before, version, readable=source.readable, head=source.head) if before else None
    context = {"version": version, "kind": kind, "before": before, "difference": found}
    return render(request, "documents/changes.html", context)
