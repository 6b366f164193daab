"""Derogations of arrival on the file of a minor: asked, then decided by another person."""

import uuid

from django import forms
from django.http import Http404
from django.urls import reverse

from cases.common.admin.words import moment
from cases.files.models import Case
from cases.guard.models import StayDerogation
from cases.guard.selectors import derogations_about
from cases.guard.services import derogation_agree, derogation_ask, derogation_refuse
from cms.admin.actions import RowAction
from cms.admin.parts import FilePart
from cms.kit.blocks import Action, Facts, Listing
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.partners.models import Partner

ROUTE = "derogation-d-accueil/<uuid:derogation_pk>"
INTRO = (
    "Un lieu à éviter, une suspension ou l’absence de place écarte cette structure. Deux personnes peuvent en décider "
    "autrement, pour ce mineur et pour un temps court ; l’accord de la structure, lui, reste toujours nécessaire."
)


class DerogationForm(AdminForm):
    partner = LazyChoiceField(lambda: Partner.objects.structures().filter(closed_on=None), label="Structure")
    reason = forms.CharField(
        label="Pourquoi l’y accueillir quand même",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Gardé sous scellé. Dites ce qui protège le mineur malgré cela.",
    )


def _derogation(pk: uuid.UUID, derogation_pk: uuid.UUID) -> StayDerogation:
    row = derogations_about(Case(pk=pk)).select_related("case").filter(pk=derogation_pk).first()
    if row is None:
        raise Http404
    return row


def _decide_intro(row: StayDerogation) -> str:
    return (
        f"{row.partner} est écartée : {', '.join(row.labels)}. Demandée par {row.asked_by} "
        f"le {moment(row.asked_at)}. Motif : {row.reason}"
    )


def _state(row: StayDerogation) -> str:
    if row.agreed_at:
        return f"accordée par {row.agreed_by}, jusqu’au {moment(row.ends_at)}"
    if row.refused_at:
        return f"refusée par {row.refused_by} le {moment(row.refused_at)}"
    return "attend une seconde personne"


def derogation_actions(row: StayDerogation) -> list[Action]:
    if not row.is_waiting:
        return []
    names = (("Accorder", "guard_agree", True), ("Refuser", "guard_refuse", False))
    return [
        Action(label, reverse(f"cases_case:{name}", args=[row.case_id, row.pk]), is_main)
        for label, name, is_main in names
    ]


def derogations_block(case: Case) -> list[Facts | Listing]:
    """Show nothing on the file of a minor for whom nobody asked a derogation."""
    rows = list(derogations_about(case))
    if not rows:
        return []
    cells = [
        (row.partner, ", ".join(row.labels), f"{row.asked_by}, {moment(row.asked_at)}", _state(row)) for row in rows
    ]
    actions = [derogation_actions(row) for row in rows]
    return [Listing("Dérogations d’accueil", ("Structure", "Obstacle", "Demandée par", "État"), cells, "", actions)]


CASE_PARTS = (FilePart(order=60, tab="Protection", blocks=derogations_block),)

CASE_ACTIONS = (
    RowAction(
        "guard_ask",
        route="derogation-d-accueil",
        label="Demander une dérogation d’accueil",
        when=lambda case: case.closed_on is None,
        order=95,
        form=DerogationForm,
        service=lambda case, cleaned, by: derogation_ask(case=case, by=by, **cleaned),
        intro=INTRO,
        submit_label="Demander à une seconde personne",
        done="La demande est faite : une autre personne de la coordination ou de la direction doit l’accorder.",
    ),
    RowAction(
        "guard_agree",
        route=f"{ROUTE}/accorder",
        find=_derogation,
        service=lambda row, cleaned, by: derogation_agree(derogation=row, by=by),
        title="Accorder la dérogation d’accueil",
        subtitle=lambda row: row.case,
        intro=_decide_intro,
        submit_label="Accorder",
        done="La dérogation est accordée : la mise en lien et l’arrivée sont possibles.",
    ),
    RowAction(
        "guard_refuse",
        route=f"{ROUTE}/refuser",
        find=_derogation,
        service=lambda row, cleaned, by: derogation_refuse(derogation=row, by=by),
        title="Refuser la dérogation d’accueil",
        subtitle=lambda row: row.case,
        intro=_decide_intro,
        submit_label="Refuser",
        done="La dérogation est refusée.",
    ),
)
