"""What the coordination does of a runaway: the return that it was told of, the notice for the police."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cases.common.admin.views import data_of, file_url, row_or_404
from cases.enums import INCIDENT_RUNAWAY
from cases.files.models import Case
from cases.incidents.models.declared import Incident
from cases.incidents.runaways.forms import AdminNoticeForm, AdminReturnForm, SourceForm
from cases.incidents.runaways.papers import notice_pdf
from cases.incidents.runaways.services import runaway_return, runaway_source_say
from cases.stays.models import Absence, Placement
from cms.admin.actions import RowAction
from cms.kit.pages import action_page
from cms.kit.papers import pdf_response
from cms.wall.reveals.services import reveal_live


def _absence(pk: uuid.UUID) -> Absence:
    """Return the absence of this stay that no return closes, or raise 404."""
    row = row_or_404(Placement.objects.prefetch_related("absences__runaway_return"), pk)
    waiting = [one for one in row.absences.all() if one.is_runaway and not hasattr(one, "runaway_return")]
    if not waiting:
        raise Http404
    return waiting[-1]


def _runaway(pk: uuid.UUID) -> Incident:
    return row_or_404(Incident.objects.filter(incident_type_id=INCIDENT_RUNAWAY).select_related("runaway"), pk)


def _source_known(row: Incident) -> dict[str, str]:
    known = getattr(row, "runaway", None)
    return {"source": "police" if known and known.is_known_from_police else ""}


def _to_notice(pk: uuid.UUID) -> tuple[Incident, Case]:
    row = row_or_404(Incident.objects.select_related("placement__case"), pk)
    if row.incident_type_id != INCIDENT_RUNAWAY or row.placement is None:
        raise Http404
    return row, row.placement.case


def incident_notice_view(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Make the notice to the police. The identity is opened first, on the file of the minor, with a reason."""
    row, case = _to_notice(pk)
    if reveal_live(kind="case", object_id=case.pk) is None:
        return redirect(reverse("cases_case:reveal", args=[case.pk]))
    return action_page(
        request,
        form=AdminNoticeForm(data_of(request)),
        run=lambda cleaned: notice_pdf(incident=row, answers=cleaned),
        title="Avis de fugue",
        subtitle=str(row),
        intro="Le document porte l’identité du jeune et ce que vous écrivez ici, rien de plus. Il n’est pas conservé.",
        done="L’avis est prêt.",
        back_url=file_url(row),
        done_url=lambda made: pdf_response(made, "avis-de-fugue"),
        submit_label="Télécharger l’avis",
    )


PLACEMENT_ACTIONS = (
    RowAction(
        "runaway_return",
        route="retour-de-fugue",
        label="Écrire le retour de fugue",
        when=lambda row: row.absences.filter(is_runaway=True, runaway_return=None).exists(),
        order=20,
        find=_absence,
        form=AdminReturnForm,
        service=lambda absence, cleaned, by: runaway_return(absence=absence, by=by, **cleaned),
        subtitle=lambda absence: absence.placement,
        intro=lambda absence: (
            f"Absent depuis le {absence.starts_on:%d/%m/%Y}. L’entretien et la visite médicale se "
            "proposent toujours. Au-delà de trente jours, le séjour prend fin."
        ),
        done="Le retour est écrit.",
    ),
)

ACTIONS = (
    RowAction(
        "notice",
        route="avis-de-fugue",
        label="Avis de fugue",
        when=lambda row: row.incident_type_id == INCIDENT_RUNAWAY and row.placement_id is not None,
        order=40,
        needs_fresh=True,
        view=incident_notice_view,
    ),
    RowAction(
        "source",
        route="connue-par",
        label="Comment cette fugue nous est connue",
        when=lambda row: row.incident_type_id == INCIDENT_RUNAWAY,
        order=50,
        find=_runaway,
        form=SourceForm,
        initial=_source_known,
        service=lambda row, cleaned, by: runaway_source_say(
            incident=row, is_known_from_police=cleaned["source"] == "police", by=by
        ),
        intro="Une fugue que la police nous apprend, sans que la structure l’ait déclarée, est un silence à "
        "comprendre avec elle.",
        done="C’est noté.",
    ),
)
