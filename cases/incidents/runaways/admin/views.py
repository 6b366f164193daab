"""What the coordination does of a runaway: the return that it was told of, the notice for the police."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cases.common.admin.views import data_of, file_url, row_or_404
from cases.enums import INCIDENT_RUNAWAY
from cases.incidents.models.declared import Incident
from cases.incidents.runaways.forms import AdminNoticeForm, AdminReturnForm, SourceForm
from cases.incidents.runaways.papers import notice_pdf
from cases.incidents.runaways.services import runaway_return, runaway_source_say
from cases.stays.models import Placement
from cms.kit.pages import action_page
from cms.kit.papers import pdf_response
from cms.wall.reveals.services import reveal_live


def placement_return_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Placement.objects.prefetch_related("absences__runaway_return"), pk)
    waiting = [one for one in row.absences.all() if one.is_runaway and not hasattr(one, "runaway_return")]
    if not waiting:
        raise Http404
    return action_page(
        request,
        form=AdminReturnForm(data_of(request)),
        run=lambda cleaned: runaway_return(absence=waiting[-1], by=request.user, **cleaned),
        title="Écrire le retour de fugue",
        subtitle=str(row),
        intro=f"Absent depuis le {waiting[-1].starts_on:%d/%m/%Y}. L’entretien et la visite médicale se proposent "
        "toujours. Au-delà de trente jours, le séjour prend fin.",
        done="Le retour est écrit.",
        back_url=file_url(row),
    )


def incident_source_view(request: HttpRequest, pk) -> HttpResponse:
    """Whether the network learnt of the runaway from the police, the structure having told nothing."""
    row = row_or_404(Incident.objects.filter(incident_type_id=INCIDENT_RUNAWAY).select_related("runaway"), pk)
    known = getattr(row, "runaway", None)
    return action_page(
        request,
        form=SourceForm(
            data_of(request), initial={"source": "police" if known and known.is_known_from_police else ""}
        ),
        run=lambda cleaned: runaway_source_say(
            incident=row, is_known_from_police=cleaned["source"] == "police", by=request.user
        ),
        title="Comment cette fugue nous est connue",
        subtitle=str(row),
        intro="Une fugue que la police nous apprend, sans que la structure l’ait déclarée, est un silence à "
        "comprendre avec elle.",
        done="C’est noté.",
        back_url=file_url(row),
    )


def incident_notice_view(request: HttpRequest, pk) -> HttpResponse:
    """The identity is opened first, on the file of the minor, with a reason."""
    row = row_or_404(Incident.objects.select_related("placement__case"), pk)
    if row.incident_type_id != INCIDENT_RUNAWAY or row.placement is None:
        raise Http404
    case = row.placement.case
    if reveal_live(kind="case", object_id=case.pk) is None:
        return redirect(reverse("cases_case:reveal", args=[case.pk]))
    made: list[bytes] = []
    answer = action_page(
        request,
        form=AdminNoticeForm(data_of(request)),
        run=lambda cleaned: made.append(notice_pdf(incident=row, told=cleaned)),
        title="Avis de fugue",
        subtitle=str(row),
        intro="Le document porte l’identité du jeune et ce que vous écrivez ici, rien de plus. Il n’est pas conservé.",
        done="L’avis est prêt.",
        back_url=file_url(row),
        submit_label="Télécharger l’avis",
    )
    return pdf_response(made[0], "avis-de-fugue") if made else answer
