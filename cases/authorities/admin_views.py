"""Actions of the coordination: an authority told or set aside, and the report to the authority that licensed."""

from django.http import HttpRequest, HttpResponse

from cases.admin_forms import pk_of
from cases.admin_views import data_of, file_url, row_or_404
from cases.authorities.forms import AdminReportForm, AdminTellForm, WaiveForm
from cases.authorities.report import report_pdf
from cases.models import Incident
from cases.services.authorities import authority_tell, authority_waive
from cms.access.admin_actions import action_page
from cms.documents.printing import pdf_response


def _incident(pk) -> Incident:
    return row_or_404(Incident.objects.select_related("incident_type", "severity", "partner"), pk)


def incident_tell_view(request: HttpRequest, pk) -> HttpResponse:
    row = _incident(pk)
    return action_page(
        request,
        form=AdminTellForm(data_of(request), request.FILES or None),
        run=lambda cleaned: authority_tell(
            incident=row,
            authority_id=cleaned["authority"].pk,
            channel_id=pk_of(cleaned["channel"]),
            told_at=cleaned["told_at"],
            note=cleaned["note"],
            proof=cleaned["proof"],
            told_by=request.user,
        ),
        title="Noter une autorité informée",
        subtitle=str(row),
        done="C’est noté.",
        back_url=file_url(row),
    )


def incident_waive_view(request: HttpRequest, pk) -> HttpResponse:
    row = _incident(pk)
    return action_page(
        request,
        form=WaiveForm(data_of(request)),
        run=lambda cleaned: authority_waive(
            incident=row,
            authority_id=cleaned["authority"].pk,
            reason_id=cleaned["reason"].pk,
            words=cleaned["words"],
            by=request.user,
        ),
        title="Écarter un destinataire",
        subtitle=str(row),
        intro="Vous dites pourquoi une autorité que cet incident appelle n’est pas prévenue. La structure le lit.",
        done="Le destinataire est écarté.",
        back_url=file_url(row),
        submit_label="Écarter",
    )


def incident_report_view(request: HttpRequest, pk) -> HttpResponse:
    row, made = _incident(pk), []
    answer = action_page(
        request,
        form=AdminReportForm(data_of(request)),
        run=lambda cleaned: made.append(report_pdf(incident=row, told=cleaned)),
        title="Préparer le signalement à l’autorité",
        subtitle=str(row),
        intro="Les dates, les faits et les mesures déclarés y sont déjà. N’écrivez le nom d’aucun enfant. Le nom et "
        "l’adresse de la structure y figurent si vous venez de les ouvrir. Rien de ce document n’est gardé.",
        done="Le document est prêt.",
        back_url=file_url(row),
        submit_label="Télécharger le document",
    )
    return pdf_response(made[0], "signalement") if made else answer
