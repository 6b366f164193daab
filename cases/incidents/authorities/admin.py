"""Actions of the coordination: an authority told or set aside, and the report to the authority that licensed."""

from django.http import Http404, HttpRequest, HttpResponse

from cases.common.admin.forms import pk_of
from cases.common.admin.views import data_of, file_url, row_or_404
from cases.incidents.authorities.forms import AdminProofForm, AdminReportForm, AdminTellForm, WaiveForm, split
from cases.incidents.authorities.papers import report_pdf
from cases.incidents.authorities.selectors import authority_calls
from cases.incidents.authorities.services import authority_proof_add, authority_tell, authority_waive
from cases.incidents.authorities.words import noted
from cases.incidents.models.declared import Incident
from cms.kit.pages import action_page
from cms.kit.papers import pdf_response


def _incident(pk) -> Incident:
    return row_or_404(Incident.objects.select_related("incident_type", "severity", "partner"), pk)


def incident_tell_view(request: HttpRequest, pk) -> HttpResponse:
    row = _incident(pk)
    return action_page(
        request,
        form=AdminTellForm(data_of(request), request.FILES or None, calls=authority_calls(row)),
        run=lambda cleaned: authority_tell(
            incident=row,
            authority_id=split(cleaned["authority"])[0],
            ase_authority_id=split(cleaned["authority"])[1],
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


def incident_proof_view(request: HttpRequest, pk, notice_pk) -> HttpResponse:
    row = _incident(pk)
    notice = row_or_404(row.notices.select_related("authority").prefetch_related("proofs"), notice_pk)
    known = f" Déjà noté : {said}" if (said := noted(notice)) else ""
    return action_page(
        request,
        form=AdminProofForm(data_of(request), request.FILES or None),
        run=lambda cleaned: authority_proof_add(notice=notice, by=request.user, **cleaned),
        title="Ajouter un justificatif",
        subtitle=str(row),
        intro=f"Il s’ajoute à l’information de cette autorité, sans la changer : {notice.authority}.{known}",
        done="Le justificatif est ajouté.",
        back_url=file_url(row),
    )


def incident_waive_view(request: HttpRequest, pk) -> HttpResponse:
    row = _incident(pk)
    return action_page(
        request,
        form=WaiveForm(data_of(request), calls=authority_calls(row)),
        run=lambda cleaned: authority_waive(
            incident=row,
            authority_id=split(cleaned["authority"])[0],
            ase_authority_id=split(cleaned["authority"])[1],
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
    if row.partner is None:
        raise Http404  # nobody licensed a structure that is not recognised yet
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
