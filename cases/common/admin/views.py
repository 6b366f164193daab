"""Actions of the coordination on one row: a form, a service, back to the file. Each view is guarded by its viewset."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cases.arrival.services.linking import arrival_waive
from cases.common.admin.forms import (
    AnswerForm,
    CloseCaseForm,
    CloseSollicitationForm,
    ConfirmForm,
    EndStayForm,
    ExploitationForm,
    IdentityForm,
    LinkForm,
    OrientForm,
    StayForm,
    UnmetForm,
    pk_of,
)
from cases.enums import ORIENTATION_ORDINARY
from cases.files.duplicates.selectors import duplicates_of
from cases.files.identity.selectors import identity_rows
from cases.files.models import Case
from cases.files.services import case_close, case_update_facts, identity_write
from cases.proposals.models import Orientation, Proposal
from cases.proposals.services import (
    orientation_cancel,
    orientation_decide,
    proposal_answer,
    proposal_confirm,
    proposal_withdraw,
)
from cases.proposals.unmet.services import need_note
from cases.requests.models import Sollicitation
from cases.requests.selectors import siblings_waiting
from cases.requests.services.exploitation import case_forms_set, sollicitation_forms_set
from cases.requests.services.sollicitations import sollicitation_close, sollicitation_link, sollicitation_take
from cases.stays.models import Placement
from cases.stays.services import placement_confirm, placement_end, placement_open
from cms.kit.pages import action_page
from cms.wall.reveals.admin import reveal_page


def file_url(row) -> str:
    return reverse(f"cases_{row._meta.model_name}:inspect", args=[row.pk])


def confirm_page(request: HttpRequest, row, *, run, title: str, intro: str, done: str, label: str) -> HttpResponse:
    """A page whose only field is its button."""
    return action_page(
        request,
        form=ConfirmForm(request.POST if request.method == "POST" else None),
        run=lambda cleaned: run(),
        title=title,
        subtitle=str(row),
        intro=intro,
        done=done,
        back_url=file_url(row),
        submit_label=label,
    )


def data_of(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def row_or_404(rows, pk):
    """The guard has seen the row through the wall; between the two it may only have gone."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def sollicitation_take_view(request, pk):
    row = row_or_404(Sollicitation.objects, pk)
    others = ", ".join(str(sibling) for sibling in siblings_waiting(row))
    intro = "Vous devenez la personne qui suit cette demande. C’est la première réponse au service demandeur."
    return confirm_page(
        request,
        row,
        run=lambda: sollicitation_take(sollicitation=row, by=request.user),
        title="Prendre en charge",
        intro=f"{intro} Ses frères et sœurs sont pris en charge avec elle : {others}." if others else intro,
        done=f"Vous suivez {row}." + (f" Et avec elle : {others}." if others else ""),
        label="Prendre en charge",
    )


def sollicitation_link_view(request, pk):
    row = row_or_404(Sollicitation.objects, pk)

    def run(cleaned):
        case = sollicitation_link(sollicitation=row, by=request.user, case=cleaned["case"])
        opened.extend([] if cleaned["case"] else [case])

    opened: list[Case] = []
    answer = action_page(
        request,
        form=LinkForm(data_of(request)),
        run=run,
        title="Rattacher à une situation",
        subtitle=str(row),
        intro="Sans situation choisie, une nouvelle s’ouvre avec les faits de la demande.",
        done="La demande est rattachée à une situation.",
        back_url=file_url(row),
        submit_label="Rattacher",
    )
    return _duplicates_shown(request, opened[0], answer) if opened and answer.status_code == 302 else answer


def _duplicates_shown(request, case, answer):
    """A file that has just been opened may be the second one of a minor: the moment to see it is now."""
    if not duplicates_of(case):
        return answer
    messages.warning(request, f"{case} ressemble à un dossier connu : est-ce le même mineur ?")
    return redirect(reverse("cases_case:duplicates", args=[case.pk]))


def sollicitation_orient_view(request, pk):
    row = row_or_404(Sollicitation.objects.select_related("case"), pk)

    def run(cleaned):
        level = cleaned["identification_level"].pk
        if row.case and level != row.case.identification_level_id:
            case_update_facts(case=row.case, by=request.user, identification_level_id=level)
        orientation_decide(
            sollicitation=row,
            decision_id=ORIENTATION_ORDINARY,
            decided_by=request.user,
            ordinary_service_id=cleaned["ordinary_service"].pk,
        )

    initial = {"identification_level": row.case and row.case.identification_level_id}
    return action_page(
        request,
        form=OrientForm(data_of(request), initial=initial),
        run=run,
        title="Orienter vers le droit commun",
        subtitle=str(row),
        intro="Pour un mineur qu’un service hors du réseau prend en charge. Les chiffres le comptent à part.",
        done="L’orientation vers le droit commun est décidée.",
        back_url=file_url(row.case or row),
        submit_label="Orienter",
    )


def sollicitation_close_view(request, pk):
    row = row_or_404(Sollicitation.objects, pk)
    return action_page(
        request,
        form=CloseSollicitationForm(data_of(request)),
        run=lambda cleaned: sollicitation_close(
            sollicitation=row,
            outcome_id=cleaned["outcome"].pk,
            unmet_reason_id=pk_of(cleaned["unmet_reason"]) or "",
            by=request.user,
        ),
        title="Clore la demande",
        subtitle=str(row),
        done="La demande est close.",
        back_url=file_url(row),
        submit_label="Clore",
    )


def sollicitation_unmet_view(request, pk):
    row = row_or_404(Sollicitation.objects.select_related("case"), pk)
    return action_page(
        request,
        form=UnmetForm(data_of(request)),
        run=lambda cleaned: need_note(sollicitation=row, reason_id=cleaned["reason"].pk, by=request.user),
        title="Noter un besoin non couvert",
        subtitle=str(row),
        intro="Toutes les structures ont refusé. La demande attend : l’accueil vous dira quand une place s’ouvre dans "
        "une structure qui convient.",
        done="Le besoin est noté. La demande reste ouverte.",
        back_url=file_url(row),
    )


def sollicitation_forms_view(request, pk):
    row = row_or_404(Sollicitation.objects, pk)
    form = ExploitationForm(data_of(request), row=row)
    return _exploitation(
        request, row, form, lambda: sollicitation_forms_set(sollicitation=row, by=request.user, **form.chosen())
    )


def case_forms_view(request, pk):
    row = row_or_404(Case.objects, pk)
    form = ExploitationForm(data_of(request), row=row)
    return _exploitation(request, row, form, lambda: case_forms_set(case=row, by=request.user, **form.chosen()))


def _exploitation(request, row, form, run):
    return action_page(
        request,
        form=form,
        run=lambda cleaned: run(),
        title="Formes d’exploitation",
        subtitle=str(row),
        intro="Cochez toutes celles qui sont connues ou présumées, puis choisissez la principale : elle seule compte "
        "dans les chiffres.",
        done="Les formes d’exploitation sont enregistrées.",
        back_url=file_url(row),
    )


def case_identity_view(request, pk):
    row = row_or_404(Case.objects, pk)
    form = IdentityForm(data_of(request))
    return action_page(
        request,
        form=form,
        run=lambda cleaned: identity_write(case=row, by=request.user, **form.written()),
        title="Écrire l’identité",
        subtitle=str(row),
        intro="Ce que vous écrivez va sous scellé et ne s’affiche pas ici. Un champ vide garde ce qu’il contient.",
        done="L’identité est sous scellé.",
        back_url=file_url(row),
        submit_label="Sceller",
    )


def case_reveal_view(request, pk):
    row = row_or_404(Case.objects, pk)
    return reveal_page(
        request,
        kind="case",
        object_id=row.pk,
        read=lambda: identity_rows(row.pk),
        title="Identité",
        subtitle=str(row),
        back_url=file_url(row),
    )


def case_close_view(request, pk):
    row = row_or_404(Case.objects, pk)
    return action_page(
        request,
        form=CloseCaseForm(data_of(request)),
        run=lambda cleaned: case_close(case=row, reason_id=cleaned["reason"].pk, on=cleaned["on"], by=request.user),
        title="Clore la situation",
        subtitle=str(row),
        intro="Les droits de regard sur ce dossier prennent fin.",
        done="La situation est close.",
        back_url=file_url(row),
        submit_label="Clore",
    )


def case_stay_view(request, pk):
    row = row_or_404(Case.objects, pk)
    return _stay(request, row, back=row)


def orientation_stay_view(request, pk):
    row = row_or_404(Orientation.objects.select_related("case"), pk)
    kept = row.proposals.exclude(confirmed_at=None).first()
    return _stay(request, row.case, back=row, orientation=row, partner_id=kept and kept.partner_id)


def _stay(request, case, *, back, orientation=None, partner_id=None):
    def run(cleaned):
        if cleaned["waiver_reason"]:
            arrival_waive(
                case=case,
                partner=cleaned["partner"],
                orientation=orientation,
                reason_id=cleaned["waiver_reason"].pk,
                words=cleaned["waiver_words"],
                by=request.user,
            )
        placement_open(
            case=case,
            orientation=orientation,
            partner=cleaned["partner"],
            place=cleaned["place"],
            arrived_at=cleaned["arrived_at"],
            legal_frame_id=cleaned["legal_frame"].pk,
            legal_frame_ends_on=cleaned["legal_frame_ends_on"],
            outside_reason_id=pk_of(cleaned["outside_reason"]),
            by=request.user,
        )

    return action_page(
        request,
        form=StayForm(data_of(request), initial={"partner": partner_id, "legal_frame": case.legal_frame_id}),
        run=run,
        title="Ouvrir un séjour",
        subtitle=str(back),
        intro="L’équipe de la structure pourra lire le dossier, sans l’identité, tant que dure le séjour.",
        done="Le séjour est ouvert.",
        back_url=file_url(case),
        submit_label="Ouvrir le séjour",
    )


def orientation_cancel_view(request, pk):
    row = row_or_404(Orientation.objects, pk)
    return confirm_page(
        request,
        row,
        run=lambda: orientation_cancel(orientation=row, by=request.user),
        title="Annuler l’orientation",
        intro="Elle ne comptera plus et les structures interrogées seront prévenues.",
        done="L’orientation est annulée.",
        label="Annuler l’orientation",
    )


def _proposal(pk, proposal_pk) -> Proposal:
    rows = Proposal.objects.filter(orientation_id=pk).select_related("partner", "orientation")
    return row_or_404(rows, proposal_pk)


def proposal_answer_view(request, pk, proposal_pk):
    row = _proposal(pk, proposal_pk)
    return action_page(
        request,
        form=AnswerForm(data_of(request)),
        run=lambda cleaned: proposal_answer(
            proposal=row,
            answer_id=cleaned["answer"].pk,
            answered_by=request.user,
            refusal_reason_id=pk_of(cleaned["refusal_reason"]),
        ),
        title=f"Réponse de {row.partner}",
        subtitle=str(row.orientation),
        intro="À remplir quand la structure répond par téléphone.",
        done="La réponse est enregistrée.",
        back_url=file_url(row.orientation),
    )


def proposal_confirm_view(request, pk, proposal_pk):
    row = _proposal(pk, proposal_pk)
    return confirm_page(
        request,
        row.orientation,
        run=lambda: proposal_confirm(proposal=row, by=request.user),
        title=f"Retenir {row.partner}",
        intro="Les autres structures interrogées seront libérées.",
        done=f"{row.partner} est retenue.",
        label="Retenir cette structure",
    )


def proposal_withdraw_view(request, pk, proposal_pk):
    row = _proposal(pk, proposal_pk)
    return confirm_page(
        request,
        row.orientation,
        run=lambda: proposal_withdraw(proposal=row, by=request.user),
        title=f"Retirer la proposition à {row.partner}",
        intro="La structure ne pourra plus répondre.",
        done="La proposition est retirée.",
        label="Retirer",
    )


def placement_confirm_view(request, pk):
    row = row_or_404(Placement.objects, pk)
    return confirm_page(
        request,
        row,
        run=lambda: placement_confirm(placement=row, by=request.user),
        title="Confirmer l’arrivée",
        intro="À faire si la structure l’a confirmée par téléphone.",
        done="L’arrivée est confirmée.",
        label="Confirmer l’arrivée",
    )


def placement_end_view(request, pk):
    row = row_or_404(Placement.objects, pk)
    return action_page(
        request,
        form=EndStayForm(data_of(request)),
        run=lambda cleaned: placement_end(
            placement=row, ended_on=cleaned["ended_on"], reason_id=cleaned["end_reason"].pk, by=request.user
        ),
        title="Terminer le séjour",
        subtitle=str(row),
        intro="Les droits de regard de la structure sur ce dossier prennent fin.",
        done="Le séjour est terminé.",
        back_url=file_url(row),
        submit_label="Terminer",
    )
