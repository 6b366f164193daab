"""The version being written, previewed in the administration."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from cms.documents.models import DocumentKind
from cms.documents.versions.admin import DocumentScreen
from cms.documents.versions.policies import PUBLISHERS
from cms.documents.versions.selectors import version_to_read
from referentiel.reading.rules import changes_between, chapters_changed, chapters_of
from referentiel.reading.services import version_preview


class PreviewView(DocumentScreen, View):
    """The version as partners would read it, and what it would change for them."""

    roles = PUBLISHERS

    def get(self, request: HttpRequest) -> HttpResponse:
        version = version_preview()
        if version is None:
            raise Http404
        current = version_to_read(DocumentKind.REFERENTIEL)
        difference = changes_between(current, version) if current else None
        context = {
            "version": version,
            "before": current,
            "difference": difference,
            "changed": chapters_changed(difference) if difference else [],
            "chapters": chapters_of(version),
        }
        return render(request, "referentiel/reading/preview.html", context)
