"""Actions of the coordination: an authority told or set aside, and the report to the authority that licensed."""

import uuid
from typing import Any

from django.http import Http404

from cases.common.admin.forms import keyed
from cases.common.admin.views import row_or_404
from cases.enums import IncidentState
from cases.incidents.authorities.forms import AdminProofForm, AdminReportForm, AdminTellForm, AuthorityWaiveForm, split
from cases.incidents.authorities.papers import report_response
from cases.incidents.authorities.selectors import authority_calls
from cases.incidents.authorities.services import authority_proof_add, authority_tell, authority_waive
from cases.incidents.authorities.words import notice_words
from cases.incidents.models.declared import AuthorityNotice, Incident
from cms.admin.actions import RowAction

READ = ("incident_type", "severity", "partner")


def _incident(pk: uuid.UUID) -> Incident:
    return row_or_404(Incident.objects.select_related(*READ), pk)


def _notice(pk: uuid.UUID, notice_pk: uuid.UUID) -> AuthorityNotice:
    rows = _incident(pk).notices.select_related("authority", "incident").prefetch_related("proofs")
    return row_or_404(rows, notice_pk)


def _licensed(pk: uuid.UUID) -> Incident:
    row = _incident(pk)
    if row.partner is None:
        raise Http404  # nobody licensed a structure that is not recognised yet
    return row


def _called(row: Incident) -> dict[str, Any]:
    return {"calls": authority_calls(row)}


def _by_authority(cleaned: dict[str, Any], *names: str) -> dict[str, Any]:
    authority_id, ase_authority_id = split(cleaned["authority"])
    others = {name: value for name, value in cleaned.items() if name != "authority"}
    return {"authority_id": authority_id, "ase_authority_id": ase_authority_id, **keyed(others, *names)}


def _has_to_tell(row: Incident) -> bool:
    is_followed = row.state == IncidentState.ACKNOWLEDGED
    return is_followed and row.partner_id is not None and not row.is_drill and any(c.is_missing for c in row.calls)


def _proof_intro(notice: AuthorityNotice) -> str:
    known = f" Déjà noté : {words}" if (words := notice_words(notice)) else ""
    return f"Il s’ajoute à l’information de cette autorité, sans la changer : {notice.authority}.{known}"


ACTIONS = (
    RowAction(
        "tell",
        route="autorite",
        label="Noter une autorité informée",
        is_main=_has_to_tell,
        order=20,
        select_related=READ,
        form=AdminTellForm,
        form_kwargs=_called,
        service=lambda row, cleaned, by: authority_tell(incident=row, told_by=by, **_by_authority(cleaned, "channel")),
        done="C’est noté.",
    ),
    RowAction(
        "proof",
        route="autorite/<uuid:notice_pk>/justificatif",
        find=_notice,
        form=AdminProofForm,
        service=lambda notice, cleaned, by: authority_proof_add(notice=notice, by=by, **cleaned),
        title="Ajouter un justificatif",
        subtitle=lambda notice: notice.incident,
        intro=_proof_intro,
        done="Le justificatif est ajouté.",
    ),
    RowAction(
        "waive",
        route="ecarter",
        label="Écarter un destinataire",
        order=120,
        select_related=READ,
        form=AuthorityWaiveForm,
        form_kwargs=_called,
        service=lambda row, cleaned, by: authority_waive(incident=row, by=by, **_by_authority(cleaned, "reason")),
        intro="Vous dites pourquoi une autorité que cet incident appelle n’est pas prévenue. La structure le lit.",
        submit_label="Écarter",
        done="Le destinataire est écarté.",
    ),
    RowAction(
        "report",
        route="signalement",
        label="Préparer le signalement",
        title="Préparer le signalement à l’autorité",
        when=lambda row: row.partner_id is not None,
        order=130,
        needs_fresh=True,
        find=_licensed,
        form=AdminReportForm,
        service=lambda row, cleaned, by: report_response(incident=row, answers=cleaned),
        intro="Les dates, les faits et les mesures déclarés y sont déjà. N’écrivez le nom d’aucun enfant. Le nom et "
        "l’adresse de la structure y figurent si vous venez de les ouvrir. Rien de ce document n’est gardé.",
        submit_label="Télécharger le document",
        done="Le document est prêt.",
        goes_to=lambda row, made: made,
    ),
)
