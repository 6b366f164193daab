"""Who has signed, and who signed on paper, in the administration."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from cms.documents.models import DocumentKind
from cms.documents.signatures.forms import PaperForm
from cms.documents.signatures.selectors import State, adherence_list
from cms.documents.signatures.services.signatures import acknowledgement_record
from cms.documents.versions.admin import DocumentScreen
from cms.documents.versions.selectors import version_in_force
from cms.kit.pages import action_page
from cms.partners.models import Partner
from cms.users.requests import UserRequest
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope
from referentiel.signing.words import adherence_words


class AdherenceView(DocumentScreen, TemplateView):
    page_title = "Engagements des structures"
    template_name = "referentiel/signing/admin/adherence.html"
    roles = tuple(sorted(SEES_ALL_CASES))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = version_in_force(DocumentKind.REFERENTIEL)
        rows = adherence_list(version) if version else []
        missing = sum(not row.is_up_to_date for row in rows)
        lines = [{"row": row, "words": adherence_words(row)} for row in rows]
        late = sum(row.state == State.LATE for row in rows)
        return super().get_context_data(version=version, lines=lines, missing=missing, late=late, **kwargs)


def paper_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Record what a structure signed on paper, in its name."""
    if not scope.current().has_role(*SEES_ALL_CASES):
        raise Http404
    partner = get_object_or_404(Partner.objects.structures(), pk=pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    return action_page(
        request,
        form=PaperForm(*posted, kind=DocumentKind.REFERENTIEL),
        run=lambda answers: acknowledgement_record(partner=partner, by=request.user, **answers),
        title="Enregistrer un engagement sur papier",
        subtitle=str(partner),
        intro=f"Au nom de {partner} : recopiez qui a signé et quand, et joignez le papier. L’enregistrement porte "
        "votre nom et ne se modifie plus.",
        done=f"L’engagement de {partner} est enregistré.",
        submit_label="Enregistrer l’engagement",
        back_url=reverse("referentiel_adherence"),
    )
